"""What a template shows behind a text: colours at some points of its background and its decoration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from bmcrender.contrast import contrast
from bmcrender.render.pptx.nodes import nodes, tag
from bmcrender.render.pptx.template_colors import between, color_of, scheme_of, written
from bmcrender.render.pptx.template_places import TemplateLayout, rect_of
from bmcrender.sheets import Rect

Ground = tuple[str, ...]  # colours, as #rrggbb
Point = tuple[float, float]

_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_WHITE = "#ffffff"
_SHARES = (0.03, 0.35, 0.65, 0.97)  # of a place's width and height, where its ground is looked at
_FEW = 0.15  # of the points: a corner of a place may be coloured otherwise
_MOST_PIXELS = 40_000_000  # of a picture that is looked at
_SMALL = 32  # pixels: as large as pictures are kept
_INNER = 0.2  # of the box around a free form, on each side: there it may well be clear


def readable(color: str, ground: Ground) -> float:
    """Return the contrast of a colour to a ground, but for the few worst of its points."""
    return sorted(contrast(color, one) for one in ground)[int(len(ground) * _FEW)]


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

    def _at(self, point: Point) -> str:
        """Return the colour at a point of the slide."""
        for fill, part, rect in self._painted:
            inside = rect.x <= point[0] <= rect.right and rect.y <= point[1] <= rect.bottom
            if inside and rect.w > 0 and rect.h > 0:
                share = (point[0] - rect.x) / rect.w, (point[1] - rect.y) / rect.h
                if found := self._fill_at(fill, part, share):
                    return found
        return _WHITE

    @cached_property
    def _painted(self) -> Sequence[tuple[Any, Any, Rect]]:
        """Fills with their part and their place, the topmost first, the background last."""
        return tuple(self._fills())

    def _fills(self) -> Iterator[tuple[Any, Any, Rect]]:
        layout, master = self.source.layout, self.source.layout.slide_master
        hidden = layout._element.get("showMasterSp") in ("0", "false")
        for layer in (layout,) if hidden else (layout, master):
            shapes = nodes(layer._element, "p:cSld/p:spTree/*[self::p:sp or self::p:pic][not(*/p:nvPr/p:ph)]")
            for shape in reversed(shapes):
                rect = rect_of(shape)
                for fill in _own_fills(shape) if rect is not None else ():
                    yield fill, layer.part, _solid_part(shape, rect) if rect else Rect(0, 0, 0, 0)
        whole = Rect(0, 0, self.source.width, self.source.height)
        for layer in (layout, master):
            for node in nodes(layer._element, "p:cSld/p:bg/p:bgPr/* | p:cSld/p:bg/p:bgRef"):
                if tag(node) in (*_FILLS, "bgRef"):
                    yield node, layer.part, whole

    def _fill_at(self, fill: Any, part: Any, share: Point) -> str:
        """Return a fill's colour at a point given in shares of its place, "" where it is clear."""
        if tag(fill) == "blipFill":
            return _picture_at(fill, part, share)
        if tag(fill) == "gradFill":
            stops = ((int(one.get("pos", "0")) / 100_000, one) for one in nodes(fill, "a:gsLst/a:gs"))
            colored = [(at, next(filter(None, map(self.color, one)), "")) for at, one in stops]
            return _gradient_at(fill, sorted(colored), share)
        return next(filter(None, map(self.color, fill.iter())), "")


def _own_fills(shape: Any) -> Iterator[Any]:
    """Yield the fill of a shape or picture, at most one."""
    for holder in (shape, *nodes(shape, "p:spPr")):
        for child in holder:
            if tag(child) in _FILLS:
                yield child
                return


def _solid_part(shape: Any, rect: Rect) -> Rect:
    """Return where a shape is surely painted."""
    if not nodes(shape, "p:spPr/a:custGeom"):
        return rect
    return rect.inset(rect.w * _INNER, rect.h * _INNER, rect.w * _INNER, rect.h * _INNER)


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
