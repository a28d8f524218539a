"""Points to pages: the largest size of a list at which they fit, and where they go on if they do not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from bmcrender.document import Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.gauge import FULL, Gauge, points
from bmcrender.layout.deck.points import Point, PointSetter
from bmcrender.sheets import Rect

_TRIES = 12  # halvings in the search for pages of equal height


@dataclass(frozen=True, slots=True)
class Measured:
    """A point that fits a page: the gap above it and its own height, in points."""

    point: Point
    gap: float
    height: float


@dataclass(frozen=True)
class Pager:
    """Fits points into an area; `head` stands above them on every page (points of height)."""

    gauge: Gauge
    setter: PointSetter
    area: Rect
    points: tuple[Point, ...]
    head: float = 0.0

    @cached_property
    def largest(self) -> tuple[float, int]:
        """The largest size at which the points stand on the fewest pages they can have, and that number."""
        sizes = self.setter.sizes
        if self._on_one(sizes[-1]):
            return sizes[bisect_left(sizes, True, key=self._on_one)], 1
        fewest = len(_dealt(self._measured(sizes[-1]), self._room))

        def on_fewest(size: float) -> bool:
            return self._words_fit(size) and len(_dealt(self._measured(size), self._room)) == fewest

        return sizes[min(bisect_left(sizes, True, key=on_fewest), len(sizes) - 1)], fewest

    def pages(self, size: float) -> tuple[tuple[Point, ...], ...]:
        """Return the points page by page, evenly filled, at a size not above the largest."""
        count = self.largest[1]
        if count == 1:
            return (self.points,)
        measured = self._measured(size)
        low, high = 0.0, self._room
        best = _dealt(measured, high)
        for _ in range(_TRIES):  # the lowest limit that gives so many pages
            limit = (low + high) / 2
            pages = _dealt(measured, limit)
            if len(pages) <= count:
                best, high = pages, limit
            else:
                low = limit
        return tuple(tuple(one.point for one in page) for page in best)

    @property
    def _room(self) -> float:
        return points(self.area.h) * FULL - self.head

    def _on_one(self, size: float) -> bool:
        words = self.setter.paragraphs(self.points, size)
        return self._words_fit(size) and self.gauge.height(words, self.area.w) <= self._room

    def _words_fit(self, size: float) -> bool:
        words = self.setter.paragraphs(self.points, size)
        return self.gauge.words_fit(words, self.area.w, self.setter.sizes[-1] / size)

    def _measured(self, size: float) -> list[Measured]:
        """Return the points with their heights, those higher than a page in parts."""
        found = []
        for point in self.points:
            for part in self._parts(point, size):
                words = tuple(self.setter.point(part, size))
                found.append(Measured(part, words[0].before_pt, self.gauge.height(words, self.area.w)))
        return found

    def _parts(self, point: Point, size: float) -> Iterator[Point]:
        """Yield a point, or its parts if it is higher than a page."""
        if self.gauge.height(tuple(self.setter.point(point, size)), self.area.w) <= self._room:
            yield point
            return
        parts = [part for text in point.paragraphs for part in self._text_parts(point, text, size)]
        for index, text in enumerate(parts):
            yield replace(point, paragraphs=(text,), goes_on=index > 0, notes=() if index else point.notes)

    def _text_parts(self, point: Point, text: Text, size: float) -> Iterator[Text]:
        """Yield a paragraph, cut at spaces where it is higher than a page."""
        while text.runs:
            (words,) = self.setter.point(replace(point, paragraphs=(text,)), size)
            fits = self.gauge.height([words], self.area.w) <= self._room
            at = 0 if fits else self.gauge.cut(words, self.area.w, self._room)
            yield _piece(text, 0, at - 1) if at else text
            text = _piece(text, at, len(text.plain)) if at else replace(text, runs=())


def _dealt(measured: Sequence[Measured], limit: float) -> list[list[Measured]]:
    """Return the points page by page, no page higher than `limit` but for a single point."""
    pages: list[list[Measured]] = []
    start = 0
    while start < len(measured):
        used, end = 0.0, start
        while end < len(measured):
            used += measured[end].height + (measured[end].gap if end > start else 0.0)
            if end > start and used > limit:
                break
            end += 1
        end = _whole([one.point for one in measured], start, end)
        pages.append(list(measured[start:end]))
        start = end
    return pages


def _whole(given: Sequence[Point], start: int, end: int) -> int:
    """Return where a page ends so that an item and what is nested in it stay together.

    Where that would leave half of the page empty, no item at its foot is parted from its first nested one.
    """
    if end == len(given):
        return end
    whole = next((at for at in range(end, start, -1) if not given[at].level), start)
    if whole - start >= (end - start) / 2:
        return whole
    back = end
    while start < back and given[back].level > given[back - 1].level:
        back -= 1
    return back if back > start else end


def _piece(text: Text, start: int, end: int) -> Text:
    """Return a stretch of a text with its styles."""
    runs: list[Run] = []
    at = 0
    for run in text.runs:
        inside = run.text[max(start - at, 0) : max(end - at, 0)]
        if inside:
            runs.append(replace(run, text=inside))
        at += len(run.text)
    return replace(text, runs=tuple(runs))
