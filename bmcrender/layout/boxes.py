"""One block of a poster in its rectangle: how much height it needs, and how it is set."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bmcrender.document import DocumentBlock, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.guide import Amount, GuideModel
from bmcrender.layout.notes import NoteForm, NoteModel
from bmcrender.layout.rows import RowModel, rows
from bmcrender.layout.typeset import CAP_EM, Typesetter
from bmcrender.sheets import Box, Column, Density, Icon, Rect, Row, TextBlock

Sides = tuple[bool, bool]  # left, right
Notes = tuple[()] | tuple[NoteForm, NoteForm]

_BETWEEN_NOTES_MM = 6.0


@dataclass(frozen=True, slots=True)
class Headings:
    """What all boxes of a page share: the size of headings (mm), whether step labels show."""

    size: float
    eyebrows: bool


@dataclass(frozen=True, slots=True)
class BoxModel:
    """Measures and sets one block; lengths in mm."""

    typesetter: Typesetter
    block: DocumentBlock
    title: Text
    rows: tuple[Row, ...]
    guide: GuideModel
    unit: float
    headings: Headings
    outer: Sides = (False, False)
    notes: Notes = ()  # forms in a narrow box and in a wide one; none: items are a list
    spare: float = 0.0  # height to keep free in a box without items

    @classmethod
    def of(
        cls,
        typesetter: Typesetter,
        block: DocumentBlock,
        unit: float,
        headings: Headings,
        amount: Amount,
        outer: Sides = (False, False),
    ) -> BoxModel:
        """Return the model of a block as the document has it, with so much of its guide."""
        return cls(
            typesetter,
            block,
            typesetter.hyphenated(block.title),
            tuple(rows(block.items)),
            GuideModel.of(typesetter, block, amount, unit),
            unit,
            headings,
            outer,
        )

    @property
    def padding(self) -> float:
        """The space above and below what stands in a box."""
        return self._length("padding")

    @property
    def beside(self) -> tuple[float, float]:
        """The space to the left and to the right of what stands in a box."""
        outer = self.padding * float(self.typesetter.tokens["box"]["outer"])
        return outer if self.outer[0] else self.padding, outer if self.outer[1] else self.padding

    def inner(self, width: float) -> float:
        """The room for text in a box."""
        return width - sum(self.beside)

    @property
    def has_icon(self) -> bool:
        """Whether the theme draws the block's icon."""
        return self.block.icon in self.typesetter.document.theme.icons

    def heading_width(self, width: float) -> float:
        """The room for the heading in a box, beside its icon."""
        icon = self._icon_size + self._length("icon_air") if self.has_icon else 0.0
        return self.inner(width) - icon

    def heading_lines(self, width: float) -> int:
        """The number of lines of the heading in a box."""
        shaped = self.typesetter.shaped(self.title, "heading")
        return shaped.lines(self.heading_width(width) / self.headings.size)

    def head(self, lines: int) -> float:
        """The height from the box's upper padding to its first text, with a heading of so many lines."""
        band = self.band(lines)
        above = band - self.padding if band else self._length("heading_offset") + self._words_height(lines)
        return above + self._length("heading_gap")

    def band(self, lines: int) -> float:
        """The height of the band behind a heading of so many lines; 0 where the theme has none."""
        least = self._length("band")
        return max(least, self._words_height(lines) + 2 * self._length("band_padding")) if least else 0.0

    def need(self, width: float, lines: int, size: float, density: Density, question: float) -> float:
        """The height that the box needs with items of `size` and questions of `question` mm."""
        fixed = self.fixed_height(width, lines, question)
        if not self.rows:
            return fixed + self.spare
        return fixed + self.items_height(self.inner(width), size, density)

    def fixed_height(self, width: float, lines: int, question: float) -> float:
        """The height of all but the items: padding, heading, guide."""
        inner = self.inner(width)
        asked = self.guide.questions_height(inner, question)
        between = self._length("heading_gap") if asked and self.rows else 0.0
        listed = self.guide.lists_height(inner, question)
        return 2 * self.padding + self.head(lines) + asked + between + listed

    def items_height(self, inner: float, size: float, density: Density) -> float:
        """The height of the items in one or two columns."""
        return self._items_heights(inner, size, density)(len(self.rows))

    def fitting(self, inner: float, room: float, size: float, density: Density) -> int:
        """Return how many rows fit a height, never parting an item from its first nested one; at most all."""
        heights = self._items_heights(inner, size, density)
        count = bisect_right(range(1, len(self.rows) + 1), room + 1e-6, key=heights)
        while 0 < count < len(self.rows) and self.rows[count].level > self.rows[count - 1].level:
            count -= 1
        return count

    def _items_heights(self, inner: float, size: float, density: Density) -> Callable[[int], float]:
        """Return the height of the first rows, as many as are asked for."""
        if self.notes:
            return self._note_model(inner, size, density).heights(self.rows)
        width = self.column_width(inner) / size
        measured = RowModel(self.typesetter, density).heights(self.rows, width)
        if not self._is_wide(inner):
            return lambda count: measured.between(0, count) * size

        def in_columns(count: int) -> float:
            half = measured.halves(count)
            return max(measured.between(0, half), measured.between(half, count)) * size

        return in_columns

    def breaks_words(self, width: float, size: float, density: Density, easy: float) -> bool:
        """Whether items of `size` cut a word that items of the `easy` size would leave whole."""
        if self.notes:
            return False  # a note takes the room that its longest word needs
        column = self.column_width(self.inner(width))
        model = RowModel(self.typesetter, density)
        return size > easy and model.breaks_words(self.rows, column / size, column / easy)

    def column_width(self, inner: float) -> float:
        """The width of one column of items."""
        if not self._is_wide(inner):
            return inner
        return (inner - self._length("column_gap")) / 2

    def set(
        self,
        rect: Rect,
        lines: int,
        size: float,
        density: Density,
        question: float,
        inner_sides: tuple[bool, bool] = (False, False),
        more: Text | None = None,
    ) -> Box:
        """Return the box set in its rectangle; `inner_sides` says whether top and left are rules."""
        area = rect.inset(self.beside[0], self.padding, self.beside[1], self.padding)
        rtl = self.typesetter.document.direction == "rtl"
        heading = self._heading(rect, area, lines, rtl)
        top = area.y + self.head(lines)
        questions = tuple(self.guide.set_questions(area, top, question))
        if questions:
            top += self.guide.questions_height(area.w, question) + self._length("heading_gap")
        foot = area.bottom - self.guide.lists_height(area.w, question)
        body = Rect(area.x, top, area.w, foot - top)
        return Box(
            block=self.block.id,
            group=self.block.group,
            emphasis=self.block.emphasis,
            rect=rect,
            heading=heading,
            eyebrow=self._eyebrow(area, heading),
            icon=self._icon(rect, area, heading, lines),
            questions=questions,
            lists=tuple(self.guide.set_lists(area, question)),
            lists_rule=self.guide.rule(area, question),
            columns=tuple(self._columns(body, size, density, rtl)),
            places=self._places(body),
            more=self._more(body, more),
            band=self.band(lines),
            inner_top=inner_sides[0],
            inner_left=inner_sides[1],
        )

    def _places(self, body: Rect) -> tuple[Rect, ...]:
        """Return where sticky notes fit in what the guide leaves of the box, in rows from its upper edge."""
        side = self.typesetter.document.sticky
        if side is None or self.rows:
            return ()
        step = side + _BETWEEN_NOTES_MM
        across, down = int((body.w + _BETWEEN_NOTES_MM) // step), int((body.h + _BETWEEN_NOTES_MM) // step)
        left = body.x + (body.w - across * step + _BETWEEN_NOTES_MM) / 2
        return tuple(
            Rect(left + column * step, body.y + row * step, side, side)
            for row in range(down)
            for column in range(across)
        )

    def with_rows(self, title: Text, given: Sequence[Row], outer: Sides = (False, False)) -> BoxModel:
        """Return the model of a part of the block, under a title of its own."""
        guide = replace(self.guide, questions=(), lists=())
        headings = replace(self.headings, eyebrows=False)
        return replace(
            self, title=title, rows=tuple(given), guide=guide, headings=headings, outer=outer, notes=()
        )

    def more_height(self) -> float:
        """The height that a line such as "continued on page 2" takes at the foot."""
        size = self.typesetter.size("more") * self.unit
        return size * self.typesetter.line_height("more") + 0.5 * self.unit

    def _is_wide(self, inner: float) -> bool:
        return inner > self._length("wide") and self._has_many

    @property
    def _has_many(self) -> bool:
        """Whether the whole block has items for two columns: a part of it is set as the whole is measured."""
        items = self.block.items
        return len(items) > 3 or sum(1 for _ in rows(items)) > 6

    def _parts(self, model: RowModel, width_em: float, inner: float) -> tuple[tuple[Row, ...], ...]:
        if not self.rows:
            return ()
        if not self._is_wide(inner):
            return (self.rows,)
        half = model.heights(self.rows, width_em).halves(len(self.rows))
        return self.rows[:half], self.rows[half:]

    def _columns(self, body: Rect, size: float, density: Density, rtl: bool) -> list[Column]:
        if self.notes:
            return list(self._cards(body, size, density, rtl))
        model = RowModel(self.typesetter, density)
        width = self.column_width(body.w)
        columns = []
        for index, part in enumerate(self._parts(model, width / size, body.w)):
            offset = index * (body.w - width)
            x = body.right - width - offset if rtl else body.x + offset
            rect = Rect(x, body.y, width, body.h)
            columns.append(Column(rect, size, density, model.set(part, width / size)))
        return columns

    def _note_model(self, inner: float, size: float, density: Density) -> NoteModel:
        form = self.notes[inner > self._length("wide")]
        return NoteModel(self.typesetter, density, form, self.unit, inner, size)

    def _cards(self, body: Rect, size: float, density: Density, rtl: bool) -> Iterator[Column]:
        model = self._note_model(body.w, size, density)
        for card in model.cards(self.rows):
            text, ground = (
                replace(rect.mirrored(body.w) if rtl else rect, y=body.y + rect.y)
                for rect in (card.text, card.ground)
            )
            text, ground = replace(text, x=body.x + text.x), replace(ground, x=body.x + ground.x)
            yield Column(text, size, density, model.model.set(card.rows, text.w / size), ground)

    def _eyebrow_height(self) -> float:
        if not self.headings.eyebrows:
            return 0.0
        size = self.typesetter.size("eyebrow") * self.unit
        return size * self.typesetter.line_height("eyebrow") + self._length("eyebrow_gap")

    def _words_height(self, lines: int) -> float:
        """The height of step label and heading."""
        return self._eyebrow_height() + lines * self.headings.size * self.typesetter.line_height("heading")

    def _heading(self, rect: Rect, area: Rect, lines: int, rtl: bool) -> TextBlock:
        size, width = self.headings.size, self.heading_width(rect.w)
        x = area.right - width if rtl else area.x
        high = self.typesetter.shaped(self.title, "heading").height(width / size) * size
        above = area.y + self._length("heading_offset")
        if self.band(lines):
            above = rect.y + (self.band(lines) - self._eyebrow_height() - high) / 2
        place = Rect(x, above + self._eyebrow_height(), width, high)
        return TextBlock(self.typesetter.set(self.title, "heading", width, size), "heading", place, size)

    def _eyebrow(self, area: Rect, heading: TextBlock) -> TextBlock | None:
        if not self.headings.eyebrows:
            return None
        size = self.typesetter.size("eyebrow") * self.unit
        height = size * self.typesetter.line_height("eyebrow")
        width = area.w - self._icon_size
        x = area.right - width if self.typesetter.document.direction == "rtl" else area.x
        y = heading.rect.y - self._eyebrow_height()
        return TextBlock(self.block.eyebrow, "eyebrow", Rect(x, y, width, height), size)

    @property
    def _icon_size(self) -> float:
        return float(self.typesetter.tokens["icons"]["size"]) * self.unit

    def _length(self, name: str) -> float:
        """A length of the theme's tokens for boxes, in mm."""
        return float(self.typesetter.tokens["box"][name]) * self.unit

    def _icon(self, rect: Rect, area: Rect, heading: TextBlock, lines: int) -> Icon | None:
        if not self.has_icon:
            return None
        size = self._icon_size
        middle = heading.rect.y + (self.typesetter.baseline("heading") - CAP_EM / 2) * heading.size
        if self.band(lines):
            middle = rect.y + self.band(lines) / 2
        elif self.headings.eyebrows:
            middle = heading.rect.y - self._eyebrow_height() + size / 2
        x = area.x if self.typesetter.document.direction == "rtl" else area.right - size
        return Icon(self.block.icon, Rect(x, middle - size / 2, size, size))

    def _more(self, body: Rect, text: Text | None) -> TextBlock | None:
        if text is None:
            return None
        size = self.typesetter.size("more") * self.unit
        height = size * self.typesetter.line_height("more")
        return TextBlock(text, "more", Rect(body.x, body.bottom - height, body.w, height), size)
