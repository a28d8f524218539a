"""What a template shows behind a text: colours at some points of its background and its decoration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from bmcrender.contrast import contrast
from bmcrender.frozen import dataclass
from bmcrender.render.pptx.colors import written
from bmcrender.render.pptx.template.colors import between, color_of, scheme_of
from bmcrender.render.pptx.template.nodes import nodes, tag
from bmcrender.render.pptx.template.places import TemplateLayout, decoration, layers
from bmcrender.sheets import Rect

Ground = tuple[str, ...]  # colours, as #rrggbb
Point = tuple[float, float]

_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_WHITE = "#ffffff"
_SHARES = (0.03, 0.35, 0.65, 0.97)  # of a place's width and height, where its ground is looked at
_FEW = 0.15  # of the points: a corner of a place may be coloured otherwise
_MOST_PIXELS = 40_000_000  # of a picture that is looked at
_SMALL = 32  # pixels: as large as pictures are kept
_BOXES = {"rect", "roundRect", "flowChartProcess", "snip1Rect", "round1Rect", "round2SameRect"}
_INNER = 0.2  # of the box around a free form, on each side: there it may well be clear


def readable(color: str, ground: Ground) -> float:
    """Return the contrast of a colour to a ground, but for the few worst of its points."""
    return sorted(contrast(color, one) for one in ground)[int(len(ground) * _FEW)]


@dataclass(frozen=True, slots=True)
class Painted:
    """A fill with its part and place; `solid` is what it surely covers, `plain` that its colour is sure."""

    fill: Any
    part: Any
    rect: Rect
    solid: Rect
    plain: bool


@dataclass(frozen=True)
class Palette:
    """The colours of one layout: those of its scheme, and those that it shows behind texts."""

    source: TemplateLayout

    @cached_property
    def scheme(self) -> Mapping[str, str]:
        """The colours of the scheme by name."""
        return scheme_of(self.source.layout)

    def color(self, node: Any) -> str:
        """Return the colour of an element, "" if it has none."""
        return color_of(node, self.scheme)

    def under(self, place: Rect) -> Ground:
        """Return the colours behind a place."""
        points = ((place.x + place.w * x, place.y + place.h * y) for x in _SHARES for y in _SHARES)
        return tuple(self._at(point) for point in points)

    def trusted(self, place: Rect) -> bool:
        """Whether what stands behind a place is sure: no free forms, no pictures that are recoloured."""
        return not any(_overlaps(one.rect, place) and not one.plain for one in self._painted)

    def _at(self, point: Point) -> str:
        """Return the colour at a point of the slide."""
        for one in self._painted:
            inside = (
                one.solid.x <= point[0] <= one.solid.right and one.solid.y <= point[1] <= one.solid.bottom
            )
            if inside and one.rect.w > 0 and one.rect.h > 0:
                share = (point[0] - one.rect.x) / one.rect.w, (point[1] - one.rect.y) / one.rect.h
                if found := self._fill_at(one.fill, one.part, share):
                    return found
        return _WHITE

    @cached_property
    def _painted(self) -> Sequence[Painted]:
        """What is painted, the topmost first, the background last."""
        return tuple(self._fills())

    def _fills(self) -> Iterator[Painted]:
        for layer in layers(self.source.layout):
            for shape, rect in reversed([*decoration(layer._element.cSld.spTree)]):
                for fill in _own_fills(shape):
                    boxy = not set(nodes(shape, "p:spPr/a:prstGeom/@prst")) - _BOXES
                    boxy = boxy and not nodes(shape, "p:spPr/a:custGeom")
                    plain = boxy and not nodes(fill, "a:blip/a:duotone")
                    yield Painted(fill, layer.part, rect, rect if boxy else _inner(rect), plain)
        whole = Rect(0, 0, self.source.width, self.source.height)
        for layer in (self.source.layout, self.source.layout.slide_master):
            for node in nodes(layer._element, "p:cSld/p:bg/p:bgPr/* | p:cSld/p:bg/p:bgRef"):
                if tag(node) in (*_FILLS, "bgRef"):
                    yield Painted(node, layer.part, whole, whole, not nodes(node, "a:blip/a:duotone"))

    def _fill_at(self, fill: Any, part: Any, share: Point) -> str:
        """Return a fill's colour at a point given in shares of its place, "" where it is clear."""
        tones = [self.color(one) for one in nodes(fill, "a:blip/a:duotone/*")]
        if len(tones) == 2 and all(tones):
            return between(tones[0], tones[1], 0.5)
        if tag(fill) == "blipFill":
            return _picture_at(fill, part, share)
        if tag(fill) == "gradFill":
            stops = ((int(one.get("pos", "0")) / 100_000, one) for one in nodes(fill, "a:gsLst/a:gs"))
            colored = [(at, next(filter(None, map(self.color, one)), "")) for at, one in stops]
            return _gradient_at(fill, sorted(colored), share)
        return next(filter(None, map(self.color, fill.iter())), "")


def _own_fills(shape: Any) -> Iterator[Any]:
    """Yield the fill of a shape or picture, at most one; without any, that of its style."""
    for child in (*nodes(shape, "p:blipFill"), *nodes(shape, "p:spPr/*")):
        if tag(child) in (*_FILLS, "noFill"):
            if tag(child) != "noFill":
                yield child
            return
    yield from nodes(shape, "p:style/a:fillRef[@idx!='0']")


def _inner(rect: Rect) -> Rect:
    """Return where a shape that is no rectangle is most likely painted."""
    return rect.inset(rect.w * _INNER, rect.h * _INNER, rect.w * _INNER, rect.h * _INNER)


def _overlaps(one: Rect, other: Rect) -> bool:
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def _gradient_at(fill: Any, stops: Sequence[tuple[float, str]], share: Point) -> str:
    """Return a gradient's colour at a point, "" where it is clear."""
    if not stops:
        return ""
    at = _way(fill, share)
    low = max((one for one in stops if one[0] <= at), default=stops[0])
    high = min((one for one in stops if one[0] >= at), default=stops[-1])
    gap = high[0] - low[0]
    way = (at - low[0]) / gap if gap > 0 else 0.0
    if not low[1] or not high[1]:  # it fades out here
        return low[1] if way < 0.5 else high[1]
    return between(low[1], high[1], way)


def _way(fill: Any, share: Point) -> float:
    """Return how far along a gradient a point lies."""
    x, y = share
    angle = nodes(fill, "a:lin/@ang")
    if angle or not nodes(fill, "a:path"):
        turn = radians(int(angle[0]) / 60_000) if angle else 0.0
        across, down = cos(turn), sin(turn)
        along = ((x - 0.5) * across + (y - 0.5) * down) / (abs(across) + abs(down)) + 0.5
    else:
        middle = (
            dict(nodes(fill, "a:path/a:fillToRect")[0].attrib) if nodes(fill, "a:path/a:fillToRect") else {}
        )
        left, top, right, bottom = (int(middle.get(side, "50000")) / 100_000 for side in "ltrb")
        along = 2 * max(abs(x - (left + 1 - right) / 2), abs(y - (top + 1 - bottom) / 2))
    return min(max(along, 0.0), 1.0)


def _picture_at(fill: Any, part: Any, share: Point) -> str:
    """Return a picture's colour at a point, "" where it is clear or cannot be read."""
    name = nodes(fill, "a:blip/@r:embed")
    small = _small(part.related_part(name[0]).blob) if name and name[0] in part.rels else b""
    if not small:
        return ""
    x, y = (min(int(one * _SMALL), _SMALL - 1) for one in share)
    red, green, blue, alpha = small[(y * _SMALL + x) * 4 :][:4]
    return "" if alpha < 128 else written(iter((red, green, blue)))


@lru_cache(maxsize=16)
def _small(blob: bytes) -> bytes:
    """Return a picture's pixels (RGBA), few of them; nothing for one that cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(blob), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return b""
            picture.draft("RGB", (8 * _SMALL, 8 * _SMALL))
            return picture.convert("RGBA").resize((_SMALL, _SMALL), Image.Resampling.BOX).tobytes()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
