"""The colours of a template: what the names of its scheme stand for, and those of an element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Any

from bmcrender.render.pptx.colors import channels, written
from bmcrender.render.pptx.template.nodes import nodes, tag

_CLEAR = 50_000  # an opacity below, of 100,000, leaves what is behind


def scheme_of(layout: Any) -> Mapping[str, str]:
    """Return the colours of a layout's scheme as #rrggbb, by the names that shapes use: tx1, bg1, accent1."""
    found = dict(_theme_colors(layout.slide_master.part))
    over = nodes(layout._element, "p:clrMapOvr/a:overrideClrMapping")
    mapping = over or nodes(layout.slide_master._element, "p:clrMap")
    names = dict(mapping[0].attrib) if mapping else {}
    return found | {str(name): found[str(slot)] for name, slot in names.items() if slot in found}


def color_of(node: Any, scheme: Mapping[str, str]) -> str:
    """Return the colour of an element such as schemeClr or srgbClr, "" for any other or a clear one."""
    kind, value = tag(node), str(node.get("val", ""))
    if kind == "srgbClr" and len(value) == 6:
        found = "#" + value.lower()
    elif kind == "sysClr":
        found = "#" + str(node.get("lastClr", "ffffff")).lower()
    elif kind == "schemeClr":
        found = scheme.get(value, "")
    else:
        return ""
    alpha = nodes(node, "a:alpha/@val")
    return "" if not found or (alpha and _number(alpha[0]) < _CLEAR) else _changed(found, node)


def lightened(color: str, share: float, offset: float = 0.0) -> str:
    """Return a colour with its luminance multiplied by a share and raised by an offset."""
    hue, light, saturation = rgb_to_hls(*(channel / 255 for channel in channels(color)))
    made = hls_to_rgb(hue, min(max(light * share + offset, 0.0), 1.0), saturation)
    return written(channel * 255 for channel in made)


def between(one: str, other: str, share: float) -> str:
    """Return the colour so far on the way from one to another."""
    pairs = zip(channels(one), channels(other), strict=True)
    return written(a + (b - a) * share for a, b in pairs)


def _changed(color: str, node: Any) -> str:
    """Return a colour after the changes that stand in its element; those of hue are passed over."""
    for change in node:
        share = _number(change.get("val")) / 100_000
        if tag(change) in ("lumMod", "shade"):
            color = lightened(color, share)
        elif tag(change) == "lumOff":
            color = lightened(color, 1.0, share)
        elif tag(change) == "tint":
            color = lightened(color, share, 1 - share)
    return color


def _number(value: Any) -> int:
    """Return a share in hundred-thousandths; one that cannot be read changes nothing."""
    text = str(value)
    return int(text) if text.lstrip("-").isdigit() else 100_000


def _theme_colors(part: Any) -> Iterator[tuple[str, str]]:
    """Yield slot and colour of the scheme of a master's theme."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.oxml import parse_xml

    for slot in nodes(parse_xml(part.part_related_by(KIND.THEME).blob), "//a:clrScheme/*"):
        for value in slot:
            name = "val" if tag(value) == "srgbClr" else "lastClr"
            if len(str(value.get(name, ""))) == 6:
                yield tag(slot), "#" + str(value.get(name)).lower()
