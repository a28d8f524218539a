"""Items to rows, and the height that rows take at a size: the box model that the style sheet paints.

A list with its nesting is flattened to rows, so that it can be set in two columns or go on, on another page,
at any row. Indents and gaps are those of `items` in the theme's tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bmcrender.layout.typeset import Typesetter
from bmcrender.measure import Shaped, set_text
from bmcrender.model import Density, Entry, Row


def rows(entries: Sequence[Entry], level: int = 0) -> Iterator[Row]:
    """Yield one row for each item, depth first."""
    for entry in entries:
        yield Row(level, entry.paragraphs)
        yield from rows(entry.items, level + 1)


@dataclass(frozen=True, slots=True)
class RowModel:
    """Measures rows set in a density; everything in em of the items' size."""

    typesetter: Typesetter
    density: Density

    def indent(self, level: int) -> float:
        """Where the text of a level starts."""
        items = self.typesetter.tokens["items"]
        nested = items["nested"]
        return float(items["hang_em"] + level * nested["hang_em"] * nested["scale"])

    def scale(self, level: int) -> float:
        """The size of a level's text."""
        return float(self.typesetter.tokens["items"]["nested"]["scale"]) if level else 1.0

    def gap(self, row: Row, first: bool) -> float:
        """The space above a row."""
        if row.level:
            return float(self.typesetter.tokens["items"]["nested"]["gap_em"]) * self.scale(row.level)
        return 0.0 if first else self.density.gap_em

    def row_height(self, row: Row, width: float, first: bool) -> float:
        """The height of one row in a column `width` em wide, the gap above it included."""
        scale = self.scale(row.level)
        room = (width - self.indent(row.level)) / scale
        between = float(self.typesetter.tokens["items"]["paragraph_em"]) * (len(row.paragraphs) - 1)
        text = sum(shaped.height(room) for shaped in self._shaped(row))
        return self.gap(row, first) + (text + between) * scale

    def height(self, given: Sequence[Row], width: float) -> float:
        """The height of a run of rows."""
        return sum(self.row_height(row, width, index == 0) for index, row in enumerate(given))

    def breaks_words(self, given: Sequence[Row], width: float, smaller: float) -> bool:
        """Whether a word is cut in a column `width` em wide that stays whole in one `smaller` em wide."""
        return any(
            (width - self.indent(row.level)) / self.scale(row.level)
            < shaped.widest
            <= (smaller - self.indent(row.level)) / self.scale(row.level)
            for row in given
            for shaped in self._shaped(row)
        )

    def columns(self, given: Sequence[Row], width: float) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Return the rows in two balanced columns, parted before a whole item where there is one."""
        starts = [at for at, row in enumerate(given) if row.level == 0 and at] or list(range(1, len(given)))
        best = min(
            starts,
            key=lambda at: (
                round(max(self.height(given[:at], width), self.height(given[at:], width)), 3),
                -at,
            ),
        )
        return tuple(given[:best]), tuple(given[best:])

    def fitting(self, given: Sequence[Row], width: float, height: float) -> int:
        """Return how many of the rows fit, never parting a heading item from its first nested one."""
        used, count = 0.0, 0
        for index, row in enumerate(given):
            used += self.row_height(row, width, index == 0)
            if used > height + 1e-6:
                break
            count = index + 1
        while 0 < count < len(given) and given[count].level > given[count - 1].level:
            count -= 1
        return count

    def set(self, given: Sequence[Row], width: float) -> tuple[Row, ...]:
        """Return rows with their texts broken into the lines they have in a column `width` em wide."""
        return tuple(
            Row(
                row.level,
                tuple(
                    set_text(text, shaped, (width - self.indent(row.level)) / self.scale(row.level))
                    for text, shaped in zip(row.paragraphs, self._shaped(row), strict=True)
                ),
            )
            for row in given
        )

    def _shaped(self, row: Row) -> Iterator[Shaped]:
        for text in row.paragraphs:
            yield self.typesetter.shaped(text, "item", self.density.line_height)
