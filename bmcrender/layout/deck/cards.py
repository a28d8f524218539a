"""Items as cards: native shapes side by side, as long as there are few of them and their text fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from bmcrender.document import DocumentBlock
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.points import HANG_EM, Point, PointSetter, item_points
from bmcrender.layout.deck.setting import Setting
from bmcrender.sheets import Rect
from bmcrender.slides import Paragraph, Shape

_WIDE = 230.0  # an area wider than this holds three side by side, else two
_RATIO = 0.6  # height to width, at most


@dataclass(frozen=True)
class Cards:
    """The items of a block, each on a card of its own in an area, all on one slide."""

    setting: Setting
    block: DocumentBlock
    area: Rect
    role: str = "cards"

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes of text, the largest first."""
        return self.setting.sizes("block", "cards")

    @cached_property
    def largest(self) -> tuple[float, int]:
        """The largest size at which every card holds its item, and the number of slides; none: (0, 0)."""
        if len(self.block.items) > int(self.setting.tokens["block"]["card"]["most"]):
            return 0.0, 0
        return next(((size, 1) for size in self.sizes if self._heights(size)), (0.0, 0))

    def pages(self, size: float) -> Iterator[tuple[tuple[Shape, ...], tuple[Point, ...]]]:
        """Yield the one page: its cards, and the points on them."""
        look = self.setting.tokens["block"]["card"]
        cards = tuple(
            Shape(
                f"Card {number}",
                rect,
                self._words(points, size),
                fill=self.setting.color(look["fill"], self.block),
                line=self.setting.color(look["line"], self.block),
                line_pt=float(look["pt"]),
                radius=float(look["radius"]),
                inset=(self._padding,) * 4,
                alt=points[0].paragraphs[0].plain,
            )
            for number, (rect, points) in enumerate(zip(self._rects(size), self._points, strict=True), 1)
        )
        yield cards, tuple(point for points in self._points for point in points)

    @property
    def _padding(self) -> float:
        return float(self.setting.tokens["block"]["card"]["padding"])

    @cached_property
    def _points(self) -> tuple[tuple[Point, ...], ...]:
        return tuple(tuple(item_points([entry])) for entry in self.block.items)

    def _rects(self, size: float) -> tuple[Rect, ...]:
        """Return the places of the cards, row by row from where lines start."""
        area, gap, across = self.area, self._gap, self._across
        heights = self._heights(size) or []
        found, y = [], area.y
        for index in range(len(self.block.items)):
            row, column = divmod(index, across)
            start = column * (self._width + gap)
            rtl = self.setting.document.direction == "rtl"
            x = area.right - start - self._width if rtl else area.x + start
            found.append(Rect(x, y, self._width, heights[row]))
            if column == across - 1:
                y += heights[row] + gap
        return tuple(found)

    def _heights(self, size: float) -> list[float] | None:
        """Return the heights of the rows: equal, but where a card needs more; None if that is too much."""
        pad, least = self._padding, self.sizes[-1] / size
        words = [self._words(points, size) for points in self._points]
        room = self._width - 2 * pad
        if not all(self.setting.gauge.words_fit(one, room, least) for one in words):
            return None
        needs = [self.setting.gauge.room(one, room) + 2 * pad for one in words]
        rows = [max(needs[at : at + self._across]) for at in range(0, len(needs), self._across)]
        available = self.area.h - (len(rows) - 1) * self._gap
        equal = min(available / len(rows), self._width * _RATIO)
        wanted = [max(equal, need) for need in rows]
        excess, slack = sum(wanted) - available, sum(wanted) - sum(rows)
        if excess > slack:
            return None
        share = max(excess, 0.0) / slack if slack else 0.0
        return [want - (want - need) * share for want, need in zip(wanted, rows, strict=True)]

    @property
    def _gap(self) -> float:
        return float(self.setting.tokens["block"]["card"]["gap"])

    @property
    def _across(self) -> int:
        return 3 if self.area.w > _WIDE * self.setting.scale else 2

    @property
    def _width(self) -> float:
        return (self.area.w - (self._across - 1) * self._gap) / self._across

    def _words(self, points: tuple[Point, ...], size: float) -> tuple[Paragraph, ...]:
        """Return the paragraphs of one card: the card itself is the item's marker."""
        setter = PointSetter(self.sizes, self.setting.spacing)
        return tuple(
            replace(
                one,
                marker="" if one.marker == "bullet" else one.marker,
                hang_pt=0.0 if one.marker == "bullet" else one.hang_pt,
                indent_pt=one.indent_pt - HANG_EM * size,
            )
            for one in setter.paragraphs(points, size)
        )
