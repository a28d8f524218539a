"""Further pages of a poster: what did not fit its box, block beside block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bmcrender.document import Run, Text
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.frozen import dataclass
from bmcrender.layout import grid
from bmcrender.layout.boxes import BoxModel
from bmcrender.layout.fit import Bounds, largest
from bmcrender.layout.header import HeaderModel
from bmcrender.layout.rows import RowModel
from bmcrender.layout.rules import inner_sides, rules_between
from bmcrender.layout.typeset import Typesetter
from bmcrender.sheets import Box, Density, Page, Rect, Row

_BESIDE = 5  # blocks side by side on a page
_LEAST_HEIGHT = 0.3  # of the page's canvas: a frame is not lower
_FEWER_BELOW = 1.15  # of the floor: fewer side by side before the type gets this small


@dataclass(frozen=True, slots=True)
class Remainder:
    """The rows of a block that its box did not take."""

    box: BoxModel
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one continuation page shows of a block."""

    box: BoxModel
    rows: tuple[Row, ...]
    page: int


def _crowded(remainder: Remainder) -> Diagnostic:
    """Say that a page which goes on has room for headings only."""
    block = remainder.box.block.id
    message = f"the headings of the page on which '{block}' goes on leave no room for its items"
    hint = "shorten the title of the canvas or of the block, or choose a larger page"
    return Diagnostic("error", "no-room", message, hint, path=("blocks", block))


def continuation_pages(
    typesetter: Typesetter,
    headers: HeaderModel,
    unit: float,
    height: float,
    remainders: Sequence[Remainder],
    bounds: Bounds,
) -> list[Page]:
    """Return the pages that the remainders fill; page 1 is the poster itself."""
    model = _Continuation(typesetter, headers, unit, height, bounds)
    return model.pages(list(remainders)) if remainders else []


def pages_of(rest: Sequence[Page]) -> dict[str, tuple[int, int]]:
    """Return the first and last page on which each block goes on, by the block's id."""
    found: dict[str, tuple[int, int]] = {}
    for number, page in enumerate(rest, start=2):
        for box in page.boxes:
            found[box.block] = found.get(box.block, (number, number))[0], number
    return found


@dataclass(frozen=True, slots=True)
class _Continuation:
    typesetter: Typesetter
    headers: HeaderModel
    unit: float
    height: float
    bounds: Bounds

    def pages(self, queue: list[Remainder]) -> list[Page]:
        planned: list[tuple[list[Part], float]] = []
        while queue:
            count, size = self._best(queue)
            taken, queue = queue[:count], queue[count:]
            parts, rest, lines = [], [], self._lines([one.box for one in taken], count)
            for remainder in taken:
                fitting = self._fitting(remainder, count, size, lines)
                if not fitting:
                    remainder, fitting = self._parted(remainder, size, lines)
                parts.append(Part(remainder.box, remainder.rows[:fitting], len(planned) + 2))
                if fitting < len(remainder.rows):
                    rest.append(Remainder(remainder.box, remainder.rows[fitting:], remainder.total))
            planned.append((parts, size))
            queue = rest + queue
        return [self._page(parts, size, planned) for parts, size in planned]

    @property
    def density(self) -> Density:
        return self.typesetter.densities[1]

    def _best(self, queue: Sequence[Remainder]) -> tuple[int, float]:
        """How many blocks stand side by side on the next page, and the size of their items."""
        comfortable = min(self.bounds.easy, self.bounds.largest)
        for count in range(min(_BESIDE, len(queue)), 0, -1):
            size = largest(
                lambda size, count=count: size if self._all_fit(queue[:count], size) else None,  # type: ignore[misc]
                self.bounds.floor,
                comfortable,
            )
            if size and size >= self.bounds.floor * _FEWER_BELOW:
                return count, size
        return 1, self.bounds.floor * _FEWER_BELOW

    def _all_fit(self, remainders: Sequence[Remainder], size: float) -> bool:
        count = len(remainders)
        lines = self._lines([remainder.box for remainder in remainders], count)
        return all(
            self._fitting(remainder, count, size, lines) == len(remainder.rows) for remainder in remainders
        )

    def _lines(self, boxes: Sequence[BoxModel], count: int) -> int:
        """The lines of the longest heading: items begin side by side."""
        rects = self._rects(count)
        return max(
            self._box(box, self._longest_title(box), (), rect).heading_lines(rect.w)
            for box, rect in zip(boxes, rects, strict=False)
        )

    def _fitting(self, remainder: Remainder, count: int, size: float, lines: int) -> int:
        """How many rows fit one of `count` boxes side by side."""
        box, inner, room = self._room(remainder, count, lines)
        return box.fitting(inner, room, size, self.density)

    def _room(self, remainder: Remainder, count: int, lines: int) -> tuple[BoxModel, float, float]:
        """Return one of `count` boxes side by side, and the width and height (mm) that it has for rows."""
        # The narrowest for text is one in the middle, if there is one.
        rect = self._rects(count)[count // 2 if count > 2 else 0]
        box = self._box(remainder.box, self._longest_title(remainder.box), remainder.rows, rect)
        return box, box.inner(rect.w), rect.h - 2 * box.padding - box.head(lines)

    def _parted(self, remainder: Remainder, size: float, lines: int) -> tuple[Remainder, int]:
        """Part the first row, longer than a page, at a line; return how many rows the page takes."""
        box, inner, room = self._room(remainder, 1, lines)
        model, width = RowModel(self.typesetter, self.density), box.column_width(inner)
        taken: list[Row] = []
        rest: Row | None = remainder.rows[0]
        for _ in range(int(inner // width)):
            if rest is not None:
                row, rest = model.parted(rest, width / size, room / size)
                taken += [row] if row else []
        if not taken:
            raise CanvasError([_crowded(remainder)])
        rows = (*taken, *([rest] if rest else []), *remainder.rows[1:])
        return replace(remainder, rows=rows), len(taken)

    def _page(self, parts: Sequence[Part], size: float, planned: Sequence[tuple[list[Part], float]]) -> Page:
        header = self.headers.header(self._page_title(parts[0].page), with_fields=False)
        full = self._canvas()
        # The frame ends with its text: an empty half page would look as if something were missing.
        rects = self._rects(len(parts))
        lines = self._lines([part.box for part in parts], len(parts))
        needs = []
        for part, rect in zip(parts, rects, strict=True):
            box = self._box(part.box, self._longest_title(part.box), part.rows, rect)
            needs.append(box.need(rect.w, lines, size, self.density, size))
        canvas = Rect(full.x, full.y, full.w, min(full.h, max(*needs, full.h * _LEAST_HEIGHT)))
        boxes = tuple(self._boxes(parts, size, planned, canvas, lines))
        rules = rules_between(boxes, canvas, self.typesetter.tokens, self.unit)
        return Page(header.title, None, (), None, canvas, boxes, (), rules)

    def _boxes(
        self,
        parts: Sequence[Part],
        size: float,
        planned: Sequence[tuple[list[Part], float]],
        canvas: Rect,
        lines: int,
    ) -> list[Box]:
        rects = [Rect(rect.x, rect.y, rect.w, canvas.h) for rect in self._rects(len(parts))]
        if self.headers.document.direction == "rtl":
            rects.reverse()
        boxes = []
        for part, rect in zip(parts, rects, strict=True):
            name = part.box.block.id
            pages = [p.page for each, _ in planned for p in each if p.box.block.id == name]
            title = self._title(part.box, pages.index(part.page) + 2, len(pages) + 1)
            box = self._box(part.box, title, part.rows, rect)
            sides = inner_sides(rect, canvas, self.typesetter.tokens)
            boxes.append(box.set(rect, lines, size, self.density, size, sides))
        return boxes

    def _box(self, box: BoxModel, title: Text, rows: Sequence[Row], rect: Rect) -> BoxModel:
        return box.with_rows(title, rows, grid.outer_sides(rect, self._canvas()))

    def _title(self, box: BoxModel, number: int, total: int) -> Text:
        document = self.headers.document
        label = document.label("continued_title", title=box.block.title.plain, n=number, m=total)
        return Text(f"{box.block.id}.title.{number}", (Run(label),), box.block.title.direction)

    def _longest_title(self, box: BoxModel) -> Text:
        """The heading with numbers as wide as any, for measuring before the pages are known."""
        return self._title(box, 88, 88)

    def _page_title(self, page: int) -> Text:
        document = self.headers.document
        label = document.label("continued_from", title=document.title.plain)
        return Text(f"title.{page}", (Run(label),), document.title.direction)

    def _canvas(self) -> Rect:
        header = self.headers.header(self._page_title(2), with_fields=False)
        page = self.typesetter.tokens["page"]
        top = max(
            (float(page["margin"]) + float(page["header"]) * 0.75) * self.unit,
            header.bottom + 1.6 * self.unit,
        )
        bottom = self.headers.foot(self.height)
        return Rect(self.headers.canvas_x, top, self.headers.canvas_w, bottom - top)

    def _rects(self, count: int) -> list[Rect]:
        canvas = self._canvas()
        gap = float(self.typesetter.tokens["box"]["gap"]) * self.unit
        width = (canvas.w - gap * (count - 1)) / count
        return [Rect(canvas.x + index * (width + gap), canvas.y, width, canvas.h) for index in range(count)]
