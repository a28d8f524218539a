"""Points to pages: the largest size of a list at which they fit, and where they go on if they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bmcrender.layout.deck.gauge import FULL, Gauge, points
from bmcrender.layout.deck.points import Point, PointSetter
from bmcrender.model import Paragraph, Rect, Run, Text

_TRIES = 12  # halvings in the search for pages of equal height


@dataclass(frozen=True, slots=True)
class Fitted:
    """Points on as many pages as they need, all at one size."""

    size: float
    pages: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Fits points into an area; `head` stands above them on every page (points of height)."""

    gauge: Gauge
    setter: PointSetter
    area: Rect
    head: float = 0.0

    def fits(self, given: Sequence[Point], size: float) -> bool:
        """Whether points stand on one page at a size."""
        set_at = self.setter.paragraphs(given, size)
        return self.gauge.height(set_at, self.area.w) <= self._room and self._words_fit(set_at, size)

    def largest(self, given: Sequence[Point]) -> tuple[float, int]:
        """Return the fewest pages that points can stand on, and the largest size at which they do."""
        sizes = self.setter.sizes
        for size in sizes:
            if self.fits(given, size):
                return size, 1
        fewest = len(self._pages(given, sizes[-1], self._room))
        for size in sizes[:-1]:
            whole = self._words_fit(self.setter.paragraphs(given, size), size)
            if whole and len(self._pages(given, size, self._room)) == fewest:
                return size, fewest
        return sizes[-1], fewest

    def fitted(self, given: Sequence[Point], at_most: float) -> Fitted:
        """Return points on the fewest pages, evenly filled, at the largest size but not above a given one."""
        size, count = self.largest(given)
        size = min(size, at_most)
        return Fitted(size, (tuple(given),) if count == 1 else self._even(given, size, count))

    @property
    def _room(self) -> float:
        return points(self.area.h) * FULL - self.head

    def _words_fit(self, set_at: Sequence[Paragraph], size: float) -> bool:
        return self.gauge.words_fit(set_at, self.area.w, self.setter.sizes[-1] / size)

    def _even(self, given: Sequence[Point], size: float, count: int) -> tuple[tuple[Point, ...], ...]:
        """Return the pages with the lowest limit that still gives so many."""
        low, high = 0.0, self._room
        best = self._pages(given, size, high)
        for _ in range(_TRIES):
            limit = (low + high) / 2
            pages = self._pages(given, size, limit)
            if len(pages) == count:
                best, high = pages, limit
            else:
                low = limit
        return best

    def _pages(self, given: Sequence[Point], size: float, limit: float) -> tuple[tuple[Point, ...], ...]:
        """Return the points page by page, none higher than `limit` but for a single point."""
        whole = [part for point in given for part in self._parts(point, size)]
        sizes = [self._height(point, size) for point in whole]
        pages, start = [], 0
        while start < len(whole):
            used, end = 0.0, start
            while end < len(whole):
                before, height = sizes[end]
                used += height + (before if end > start else 0.0)
                if end > start and used > limit:
                    break
                end += 1
            end = self._whole(whole, start, end)
            pages.append(tuple(whole[start:end]))
            start = end
        return tuple(pages)

    def _whole(self, given: Sequence[Point], start: int, end: int) -> int:
        """Return an end of page that keeps an item with what is nested in it, if not half the page is lost.

        At least no item stands alone at its foot.
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

    def _height(self, point: Point, size: float) -> tuple[float, float]:
        """Return the gap above a point and its own height."""
        set_at = tuple(self.setter.point(point, size))
        return set_at[0].before_pt, self.gauge.height(set_at, self.area.w)

    def _parts(self, point: Point, size: float) -> Iterator[Point]:
        """Yield a point, or its parts if it is higher than a page."""
        if self._height(point, size)[1] <= self._room:
            yield point
            return
        first = True
        for text in point.paragraphs:
            for part in self._text_parts(replace(point, paragraphs=(text,)), size):
                yield replace(part, goes_on=not first, notes=point.notes if first else ())
                first = False

    def _text_parts(self, point: Point, size: float) -> Iterator[Point]:
        """Yield a point of one paragraph, cut at spaces where it is higher than a page."""
        (text,) = point.paragraphs
        spaces = [at for at, char in enumerate(text.plain) if char == " " and at]
        low, high = 0, len(spaces)
        if self._height(point, size)[1] <= self._room or not spaces:
            yield point
            return
        while low < high:  # the last space before which the text fits
            middle = (low + high) // 2
            head = replace(point, paragraphs=(_piece(text, 0, spaces[middle]),))
            if self._height(head, size)[1] <= self._room:
                low = middle + 1
            else:
                high = middle
        at = spaces[max(low - 1, 0)]
        yield replace(point, paragraphs=(_piece(text, 0, at),))
        yield from self._text_parts(replace(point, paragraphs=(_piece(text, at + 1, len(text.plain)),)), size)


def _piece(text: Text, start: int, end: int) -> Text:
    """Return a stretch of a text with its styles."""
    runs, at = [], 0
    for run in text.runs:
        inside = run.text[max(start - at, 0) : max(end - at, 0)]
        if inside:
            runs.append(Run(inside, run.bold, run.italic, run.code, run.link))
        at += len(run.text)
    return replace(text, runs=tuple(runs))
