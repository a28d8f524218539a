"""Items to rows, and the height that rows take at a size: the box model that the style sheet paints.

A list with its nesting is flattened to rows, so that it can be set in two columns or go on, on another page,
at any row. Indents and gaps are those of `items` in the theme's tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from bmcrender.document import Entry, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.typeset import Typesetter
from bmcrender.lines import Shaped, cut, set_text
from bmcrender.sheets import Density, Row

_ROUNDING_EM = 1e-6


def rows(entries: Sequence[Entry], level: int = 0) -> Iterator[Row]:
    """Yield one row for each item, depth first."""
    for entry in entries:
        yield Row(level, entry.paragraphs)
        yield from rows(entry.items, level + 1)


@dataclass(frozen=True, slots=True)
class RowHeights:
    """Where each row ends in one column, in em; a first row has no gap above it."""

    tops: tuple[float, ...]
    openings: tuple[float, ...]
    levels: tuple[int, ...]

    def between(self, start: int, end: int) -> float:
        """The height of the rows from `start` to before `end`, set as a column of their own."""
        return self.tops[end] - self.tops[start] - self.openings[start] if start < end else 0.0

    def halves(self, end: int) -> int:
        """Return where the rows to before `end` part into two balanced columns, at a whole item if any."""
        starts = [at for at in range(1, end) if self.levels[at] == 0] or list(range(1, end))
        return min(
            starts,
            key=lambda at: (round(max(self.between(0, at), self.between(at, end)), 3), -at),
            default=end,
        )


@dataclass(frozen=True, slots=True)
class RowModel:
    """Measures rows set in a density; everything in em of the items' size."""

    typesetter: Typesetter
    density: Density
    in_notes: bool = False

    @property
    def items(self) -> Mapping[str, Any]:
        """Indents and gaps of the theme's tokens, those of notes where the rows stand in notes."""
        items: Mapping[str, Any] = self.typesetter.tokens["items"]
        return {**items, **items["notes"]} if self.in_notes else items

    def indent(self, level: int) -> float:
        """Where the text of a level starts."""
        nested = self.items["nested"]
        return float(self.items["hang_em"] + level * nested["hang_em"] * nested["scale"])

    def scale(self, level: int) -> float:
        """The size of a level's text."""
        return float(self.items["nested"]["scale"]) if level else 1.0

    def heights(self, given: Sequence[Row], width: float) -> RowHeights:
        """Return the heights of rows in a column `width` em wide."""
        gaps = [self._gap(row) for row in given]
        rooms = {row.level: (width - self.indent(row.level)) / self.scale(row.level) for row in given}
        bodies = [self._body(row, rooms[row.level]) for row in given]
        tops = [0.0, *accumulate(gap + body for gap, body in zip(gaps, bodies, strict=True))]
        openings = [gap if row.level == 0 else 0.0 for row, gap in zip(given, gaps, strict=True)]
        return RowHeights(tuple(tops), tuple(openings), tuple(row.level for row in given))

    def breaks_words(self, given: Sequence[Row], width: float, smaller: float) -> bool:
        """Whether a word is cut in a column `width` em wide that stays whole in one `smaller` em wide."""
        return any(
            (width - self.indent(row.level)) / self.scale(row.level)
            < shaped.widest
            <= (smaller - self.indent(row.level)) / self.scale(row.level)
            for row in given
            for shaped in self._shaped(row)
        )

    def cuts_words(self, given: Sequence[Row], width: float) -> bool:
        """Whether a word is longer than a line in a column `width` em wide."""
        return any(
            shaped.widest > (width - self.indent(row.level)) / self.scale(row.level)
            for row in given
            for shaped in self._shaped(row)
        )

    def set(self, given: Sequence[Row], width: float) -> tuple[Row, ...]:
        """Return rows with their texts broken into the lines they have in a column `width` em wide."""
        return tuple(
            Row(
                row.level,
                tuple(
                    set_text(text, shaped, (width - self.indent(row.level)) / self.scale(row.level))
                    for text, shaped in zip(row.paragraphs, self._shaped(row), strict=True)
                ),
                row.continued,
            )
            for row in given
        )

    def parted(self, row: Row, width: float, room: float) -> tuple[Row | None, Row | None]:
        """Return what of a row a column of `width` × `room` em holds, in whole lines, and what goes on."""
        scale = self.scale(row.level)
        wide = (width - self.indent(row.level)) / scale
        left = (room - (self._gap(row) if row.level else 0.0)) / scale
        for index, text in enumerate(row.paragraphs):
            left -= float(self.items["paragraph_em"]) if index else 0.0
            head, tail = self._cut(text, wide, left)
            if tail is not None:
                taken = row.paragraphs[:index] + ((head,) if head else ())
                rest = Row(row.level, (tail, *row.paragraphs[index + 1 :]), bool(taken) or row.continued)
                return (replace(row, paragraphs=taken) if taken else None), rest
            left -= self._shaped_text(text).height(wide)
        return row, None

    def _cut(self, text: Text, width: float, room: float) -> tuple[Text | None, Text | None]:
        """Return the lines of a text that `room` em hold, and the rest, None where there is none."""
        if self._shaped_text(text).height(width) <= room:
            return text, None
        while at := self._shaped_text(text).fitting(width, room):
            head, tail = cut(text, at)
            # By itself it may be broken otherwise: its last words stay together.
            over = self._shaped_text(head).height(width) - room
            if over <= _ROUNDING_EM:
                return head, tail
            room -= max(over, _ROUNDING_EM)
        return None, text

    def _gap(self, row: Row) -> float:
        """The space above a row."""
        nested = float(self.items["nested"]["gap_em"])
        return nested * self.scale(row.level) if row.level else self.density.gap_em

    def _body(self, row: Row, room: float) -> float:
        """The height of a row's own paragraphs in a column `room` of their own em wide."""
        scale = self.scale(row.level)
        between = float(self.items["paragraph_em"]) * (len(row.paragraphs) - 1)
        return (sum(shaped.height(room) for shaped in self._shaped(row)) + between) * scale

    def _shaped(self, row: Row) -> Iterator[Shaped]:
        return map(self._shaped_text, row.paragraphs)

    def _shaped_text(self, text: Text) -> Shaped:
        return self.typesetter.shaped(text, "item", self.density.line_height)
