"""How the texts of a .pptx file look by the rules of inheritance: size, colour, the ground they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from pptx_lint import NS, Package

from bmcrender.contrast import LEAST, contrast

_TITLES = ("title", "ctrTitle")
_FEET = ("ftr", "sldNum")
_SHAPES = "p:cSld/p:spTree/*[self::p:sp or self::p:pic]"
Box = tuple[int, int, int, int]
# The least sizes of text in points: of what a block's slide is about, and of everything.
BODY, ANYTHING = 12, 8


@dataclass(frozen=True)
class Written:
    """A run on a slide."""

    part: str
    shape: str
    placeholder: str  # its index, "" outside of placeholders
    text: str
    size: float
    color: str
    ground: str


def unreadable(data: bytes) -> list[str]:
    """Return the texts that are too small, or too faint on their ground."""
    return [
        f"{one.part}: {one.text!r} of {one.shape}: {fault}" for one in written(data) for fault in _faults(one)
    ]


def _faults(one: Written) -> Iterator[str]:
    least = BODY if one.placeholder in ("1", "13") else ANYTHING
    if one.size < least:
        yield f"{one.size} pt"
    if (ratio := contrast(one.color, one.ground)) < LEAST:
        yield f"{one.color} on {one.ground} is {ratio:.2f} : 1"


def written(data: bytes) -> Iterator[Written]:
    """Yield every run that a slide shows."""
    package = Package(data)
    for part in package.parts("ppt/slides/"):
        yield from Slide(package, part).runs()


class Slide:
    """A slide with the layout and the master under it."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.layout = self._under(part, "slideLayout")
        self.master = self._under(self.layout, "slideMaster")
        self.theme = self._under(self.master, "theme")

    def _under(self, part: str, kind: str) -> str:
        return next(target for name, target, _ in self.package.relationships(part).values() if name == kind)

    @cached_property
    def scheme(self) -> dict[str, str]:
        """The colours by the names that shapes use."""
        slots = {
            etree.QName(node).localname: "#" + node[0].get("val").lower()
            for node in self.package.find(self.theme, "//a:clrScheme/*")
        }
        names = self.package.find(self.master, "p:clrMap")[0].attrib
        return slots | {name: slots[slot] for name, slot in names.items()}

    def runs(self) -> Iterator[Written]:
        """Yield the runs of all shapes, each on the colour behind the middle of its shape."""
        under = [(self.ground, None), *self._fills(self.layout)]
        for shape in self.package.find(self.part, _SHAPES):
            box = self._box(shape)
            fill = self._fill(shape)
            under += [(fill, box)] if fill else []
            ground = next(color for color, over in reversed(under) if over is None or _inside(box, over))
            holder = shape.find("*/p:nvPr/p:ph", NS)
            for paragraph in shape.iterfind("p:txBody/a:p", NS):
                for run in paragraph.xpath("a:r | a:fld", namespaces=NS):
                    look = self._look(holder, paragraph, run)
                    yield Written(
                        self.part,
                        shape.find("*/p:cNvPr", NS).get("name"),
                        "" if holder is None else holder.get("idx", "0"),
                        run.findtext("a:t", namespaces=NS),
                        int(run.find("a:rPr", NS).get("sz")) / 100,
                        self._color(look),
                        ground,
                    )

    @cached_property
    def ground(self) -> str:
        """The colour of the slide's ground."""
        for part in (self.part, self.layout, self.master):
            for node in self.package.find(part, "p:cSld/p:bg/p:bgPr/a:solidFill"):
                return self._color(node)
        return "#ffffff"

    def _fills(self, part: str) -> Iterator[tuple[str, Box]]:
        """Yield colour and place of what is painted on a layout."""
        for shape in self.package.find(part, _SHAPES):
            if shape.find("*/p:nvPr/p:ph", NS) is None and (color := self._fill(shape)):
                yield color, self._box(shape)

    def _fill(self, shape: etree._Element) -> str:
        """Return the colour of a shape's fill, a placeholder's from its layout if it says nothing."""
        for one in (shape, *self._twins(shape.find("*/p:nvPr/p:ph", NS))):
            if one.find("p:spPr/a:solidFill", NS) is not None:
                return self._color(one.find("p:spPr/a:solidFill", NS))
            if one.find("p:spPr/a:noFill", NS) is not None:
                return ""
        return ""

    def _box(self, shape: etree._Element) -> Box:
        for one in (shape, *self._twins(shape.find("*/p:nvPr/p:ph", NS))):
            for frame in one.xpath("*/a:xfrm", namespaces=NS):
                (x, y), (w, h) = ([int(v) for v in node.attrib.values()] for node in frame)
                return x, y, w, h
        raise AssertionError(f"{self.part}: a shape without a place")

    def _twins(self, holder: etree._Element | None) -> Iterator[etree._Element]:
        """Yield the placeholders that one inherits from: of its layout, then of the master."""
        if holder is None:
            return
        kind, index = holder.get("type", "obj"), holder.get("idx", "0")
        path = "@type='title' or @type='ctrTitle'" if kind in _TITLES else f"@idx='{index}'"
        yield from self.package.find(self.layout, f"{_SHAPES}[p:nvSpPr/p:nvPr/p:ph[{path}]]")
        path = f"@type='{kind if kind in _FEET else 'title' if kind in _TITLES else 'body'}'"
        yield from self.package.find(self.master, f"{_SHAPES}[p:nvSpPr/p:nvPr/p:ph[{path}]]")

    def _look(
        self, holder: etree._Element | None, paragraph: etree._Element, run: etree._Element
    ) -> etree._Element:
        """Return the fill of a run: its own, or that of its level in what it inherits from."""
        own = run.find("a:rPr/a:solidFill", NS)
        if own is not None:
            return own
        properties = paragraph.find("a:pPr", NS)
        level = f"a:lvl{1 + int(properties.get('lvl', '0'))}pPr/a:defRPr/a:solidFill"
        kind = "obj" if holder is None else holder.get("type", "obj")
        style = "otherStyle" if holder is None else "titleStyle" if kind in _TITLES else "bodyStyle"
        lists = [twin.find("p:txBody/a:lstStyle", NS) for twin in self._twins(holder)]
        for one in (*lists, self.package.find(self.master, f"p:txStyles/p:{style}")[0]):
            if one is not None and (found := one.find(level, NS)) is not None:
                return found
        raise AssertionError(f"{self.part}: a run without a colour")

    def _color(self, fill: etree._Element) -> str:
        """Return the colour of a fill, changes to it included."""
        node = fill[0]
        value = node.get("val")
        base = "#" + value.lower() if node.tag.endswith("srgbClr") else self.scheme[value]
        changes = {etree.QName(child).localname: int(child.get("val")) for child in node}
        if not changes:
            return base
        hue, light, full = rgb_to_hls(*(int(base[at : at + 2], 16) / 255 for at in (1, 3, 5)))
        hue += changes.get("hueOff", 0) / 60_000 / 360
        full = full * changes.get("satMod", 100_000) / 1e5 + changes.get("satOff", 0) / 1e5
        light = light * changes.get("lumMod", 100_000) / 1e5 + changes.get("lumOff", 0) / 1e5
        channels = hls_to_rgb(hue % 1, min(light, 1), min(full, 1))
        return "#" + "".join(f"{round(255 * one):02x}" for one in channels)


def _inside(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box is in another."""
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return outer[0] <= x <= outer[0] + outer[2] and outer[1] <= y <= outer[1] + outer[3]
