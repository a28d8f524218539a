"""The colours of a template: what its scheme holds, and what its layouts show under a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bmcrender.render.pptx.nodes import nodes, tag
from bmcrender.render.pptx.template_places import rect_of
from bmcrender.sheets import Rect

if TYPE_CHECKING:
    from bmcrender.render.pptx.template_places import TemplateLayout

_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_WHITE = "#ffffff"
_MOST_PIXELS = 40_000_000  # of a picture that is looked at


@dataclass(frozen=True)
class Palette:
    """The colours that a layout's scheme names stand for, as #rrggbb, and what it shows behind texts."""

    source: TemplateLayout

    @cached_property
    def scheme(self) -> Mapping[str, str]:
        """The colours by the names that shapes use: tx1, bg1, accent1 and others."""
        master = self.source.layout.slide_master
        found = dict(_theme_colors(master.part))
        mapping = nodes(master._element, "p:clrMap")
        over = nodes(self.source.layout._element, "p:clrMapOvr/a:overrideClrMapping")
        names = dict((over or mapping)[0].attrib) if over or mapping else {}
        return found | {str(name): found[str(slot)] for name, slot in names.items() if slot in found}

    def under(self, place: Rect) -> str:
        """Return the colour that most likely stands behind a place."""
        return next(self._grounds(place), _WHITE)

    def _grounds(self, place: Rect) -> Iterator[str]:
        """Yield colours behind a place, the topmost first; what has no colour is passed over."""
        layout, master = self.source.layout, self.source.layout.slide_master
        layers = [layout] if layout._element.get("showMasterSp") in ("0", "false") else [layout, master]
        for layer in layers:
            for shape in reversed([*_painted(layer._element)]):
                rect = rect_of(shape)
                if rect is not None and _covers(rect, place):
                    yield from self._filled(nodes(shape, "p:spPr"), layer.part, place, rect)
                    yield from self._filled([shape], layer.part, place, rect)
        whole = Rect(0, 0, self.source.width, self.source.height)
        for layer in (layout, master):
            for ground in nodes(layer._element, "p:cSld/p:bg"):
                yield from self._filled(nodes(ground, "p:bgPr"), layer.part, place, whole)
                yield from filter(None, (self.color(node) for node in nodes(ground, "p:bgRef/*")))

    def _filled(self, holders: Sequence[Any], part: Any, place: Rect, rect: Rect) -> Iterator[str]:
        """Yield the colour of a fill, or the mean of its colours."""
        for node in (child for holder in holders for child in holder if tag(child) in _FILLS):
            if tag(node) == "blipFill":
                mean = _picture_mean(node, part, place, rect)
                colors = [mean] if mean else []
            else:
                colors = [found for one in node.iter() if (found := self.color(one))]
            if colors:
                yield _mean(colors)

    def color(self, node: Any) -> str:
        """Return the colour of an element such as schemeClr or srgbClr, "" for any other or a clear one."""
        kind, value = tag(node), str(node.get("val", ""))
        if kind == "srgbClr" and len(value) == 6:
            found = "#" + value.lower()
        elif kind == "sysClr":
            found = "#" + str(node.get("lastClr", "ffffff")).lower()
        elif kind == "schemeClr":
            found = self.scheme.get(value, "")
        else:
            return ""
        alpha = nodes(node, "a:alpha/@val")
        return "" if not found or (alpha and int(alpha[0]) < 50_000) else _changed(found, node)


def lightened(color: str, share: float, offset: float = 0.0) -> str:
    """Return a colour with its luminance multiplied by a share and raised by an offset."""
    hue, light, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(color)))
    red, green, blue = hls_to_rgb(hue, min(max(light * share + offset, 0.0), 1.0), saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))


def _changed(color: str, node: Any) -> str:
    """Return a colour after the changes that stand in its element; those of hue are passed over."""
    for change in node:
        share = int(change.get("val", "100000")) / 100_000 if str(change.get("val", "1")).isdigit() else 1.0
        if tag(change) in ("lumMod", "shade"):
            color = lightened(color, share)
        elif tag(change) == "lumOff":
            color = lightened(color, 1.0, share)
        elif tag(change) == "tint":
            color = lightened(color, share, 1 - share)
    return color


def _theme_colors(part: Any) -> Iterator[tuple[str, str]]:
    """Yield slot and colour of the scheme of a master's theme."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.oxml import parse_xml

    for slot in nodes(parse_xml(part.part_related_by(KIND.THEME).blob), "//a:clrScheme/*"):
        for value in slot:
            name = "val" if tag(value) == "srgbClr" else "lastClr"
            if len(str(value.get(name, ""))) == 6:
                yield tag(slot), "#" + str(value.get(name)).lower()


def _painted(element: Any) -> Iterator[Any]:
    """Yield the shapes and pictures of a layout or master that are no placeholders, from the back."""
    yield from nodes(element, "p:cSld/p:spTree/*[self::p:sp or self::p:pic][not(*/p:nvPr/p:ph)]")


def _covers(rect: Rect, place: Rect) -> bool:
    """Whether a rectangle lies behind the middle half of a place."""
    inner = place.inset(place.w / 4, place.h / 4, place.w / 4, place.h / 4)
    across = rect.x <= inner.x and rect.right >= inner.right
    return across and rect.y <= inner.y and rect.bottom >= inner.bottom


def _picture_mean(node: Any, part: Any, place: Rect, rect: Rect) -> str:
    """Return the mean colour of a picture behind a place, "" for one that cannot be read or is clear."""
    from PIL import Image, UnidentifiedImageError

    try:
        blob = part.related_part(nodes(node, "a:blip/@r:embed")[0]).blob
        with Image.open(BytesIO(blob), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ""
            picture.draft("RGB", (256, 256))
            box = _part_of(place, rect, *picture.size)
            small = picture.convert("RGBA").resize((1, 1), Image.Resampling.BOX, box)
    except (UnidentifiedImageError, OSError, ValueError, KeyError, IndexError, SyntaxError):
        return ""
    red, green, blue, alpha = small.tobytes()
    return "" if alpha < 128 else f"#{red:02x}{green:02x}{blue:02x}"


def _part_of(place: Rect, rect: Rect, width: int, height: int) -> tuple[float, float, float, float]:
    """Return the part of a picture of so many pixels, drawn in a rectangle, that lies behind a place."""
    left, right = (min(max((x - rect.x) / rect.w, 0.0), 1.0) * width for x in (place.x, place.right))
    top, bottom = (min(max((y - rect.y) / rect.h, 0.0), 1.0) * height for y in (place.y, place.bottom))
    return (min(left, width - 1), min(top, height - 1), max(right, left + 1), max(bottom, top + 1))


def _mean(colors: Sequence[str]) -> str:
    """Return the mean of some colours."""
    sums = (sum(channels) / len(colors) for channels in zip(*map(_channels, colors), strict=True))
    return "#" + "".join(f"{round(channel):02x}" for channel in sums)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
