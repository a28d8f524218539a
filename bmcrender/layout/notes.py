"""Items as notes: cards side by side in a box, each as high as its text and not lower than its form says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from bmcrender.frozen import dataclass
from bmcrender.layout.rows import RowModel
from bmcrender.layout.typeset import Typesetter
from bmcrender.sheets import Density, Rect, Row


@dataclass(frozen=True, slots=True)
class NoteForm:
    """One way to set notes: how many stand side by side, how high they are at least (mm)."""

    across: int
    height: float


@dataclass(frozen=True, slots=True)
class Card:
    """A note in its place; the rectangle of its text leaves the padding free."""

    ground: Rect
    text: Rect
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class NoteModel:
    """Measures and places the notes of a box that has `inner` mm for them, at one size of type."""

    typesetter: Typesetter
    density: Density
    form: NoteForm
    unit: float
    inner: float
    size: float

    def heights(self, rows: Sequence[Row]) -> Callable[[int], float]:
        """Return the height of the first rows, as many as are asked for."""
        return lambda count: max((card.ground.bottom for card in self.cards(rows[:count])), default=0.0)

    def cards(self, rows: Sequence[Row]) -> Iterator[Card]:
        """Yield the notes where they stand, counted from the upper left corner, left to right."""
        column, y, row_height = 0, 0.0, 0.0
        for note in notes(rows):
            span = self._span(note)
            if column + span > self.form.across:
                column, y, row_height = 0, y + row_height + self._gap, 0.0
            ground = Rect(
                column * (self._width + self._gap),
                y,
                self._wide(span),
                max(self._text_height(note, span) + 2 * self._padding[0], self.form.height),
            )
            above, beside = self._padding
            yield Card(ground, ground.inset(beside, above, beside, above), note)
            column, row_height = column + span, max(row_height, ground.h)

    @cached_property
    def model(self) -> RowModel:
        """Measures the rows of a note."""
        return RowModel(self.typesetter, self.density, in_notes=True)

    @property
    def _given(self) -> Mapping[str, Any]:
        given: Mapping[str, Any] = self.typesetter.tokens["items"]["notes"]
        return given

    @property
    def _gap(self) -> float:
        return float(self._given["gap"]) * self.unit

    @property
    def _padding(self) -> tuple[float, float]:
        """Above and below the text of a note; beside it."""
        above, beside = self._given["padding"]
        return float(above) * self.unit, float(beside) * self.unit

    @property
    def _width(self) -> float:
        return (self.inner - self._gap * (self.form.across - 1)) / self.form.across

    def _wide(self, span: int) -> float:
        return self._width * span + self._gap * (span - 1)

    def _room(self, span: int) -> float:
        """The room for text in em."""
        return (self._wide(span) - 2 * self._padding[1]) / self.size

    def _text_height(self, note: Sequence[Row], span: int) -> float:
        heights = self.model.heights(note, self._room(span))
        return heights.between(0, len(note)) * self.size

    def _span(self, note: Sequence[Row]) -> int:
        """How many places a note takes: more than one for a long text or a word that is long."""
        lines = float(self._given["lines"]) * self.density.line_height * self.size
        for span in range(1, self.form.across):
            if not self.model.cuts_words(note, self._room(span)) and self._text_height(note, span) <= lines:
                return span
        return self.form.across


def notes(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield each item with what is nested in it."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at].level == 0:
            yield tuple(rows[start:at])
            start = at
