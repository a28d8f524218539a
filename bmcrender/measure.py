"""Text to shaped words: HarfBuzz widths with the fonts of a job, as the renderers will draw it.

A text is shaped once and asked about any size and width (`lines`). A margin tells the slide, which the
reader's program breaks anew, from the sheet, whose lines are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from bmcrender.breaks import SOFT_HYPHEN, SPACES, break_points
from bmcrender.document import Run, Text
from bmcrender.frozen import dataclass
from bmcrender.lines import Extent, Shaped, Word
from bmcrender.ties import ties

if TYPE_CHECKING:
    import uharfbuzz

    from bmcrender.fonts import Face, FontSet

_KEPT_TEXTS = 500
_COLLAPSED = re.compile("[ \t\n]+")  # what HTML shows as one space


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set: font stack, weights for plain and bold, line height and tracking in em.

    `tied` is the share of a line up to which number and unit, short brackets and the last two words stay
    together, `whole_runs` keeps each run so; only a renderer that takes our line breaks can do it.
    """

    stack: tuple[str, ...]
    weight: int = 400
    bold: int = 700
    line_height: float = 1.36
    tied: float = 0.0
    whole_runs: bool = False
    tracking: float = 0.0


# A character's run, its face, and the space that letter spacing puts after it in em.
_Letter = tuple[int, "Face", float]


class Measurer:
    """Shapes paragraphs with the fonts of a job; keeps what it has shaped."""

    def __init__(
        self, fonts: FontSet, data: Callable[[Face], bytes], margin: float = 0.0, leading: float = 0.0
    ) -> None:
        self._fonts = fonts
        self._data = data
        self._margin = margin
        self._leading = leading
        self._loaded: dict[str, uharfbuzz.Font] = {}
        self._extents: dict[str, tuple[float, float]] = {}
        self._extents_of_runs: dict[tuple[int, str], Extent] = {}
        self._clusters: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
        self._shaped: dict[tuple[tuple[Run, ...], Style], Shaped] = {}

    def forget(self) -> None:
        """Forget the texts of earlier documents when they have become many."""
        if len(self._shaped) > _KEPT_TEXTS:
            self._shaped.clear()
            self._clusters.clear()

    def shaped(self, text: Text, style: Style) -> Shaped:
        """Return the paragraph shaped in a style."""
        key = text.runs, style
        if key not in self._shaped:
            self._shaped[key] = self._led(text, style) if style.line_height else self._solid(text, style)
        return self._shaped[key]

    def _led(self, text: Text, style: Style) -> Shaped:
        """Return a paragraph with a line height; the same lines serve all of these."""
        solid = self.shaped(text, replace(style, line_height=0.0))
        return solid.with_line_height(style.line_height)

    def _solid(self, text: Text, style: Style) -> Shaped:
        words = tuple(self._words(text.runs, style))
        strut = Extent(-1, *self._metrics(self._primary(style)))
        return Shaped(words, 0.0, strut, self._margin, style.tied, self._leading)

    def _words(self, runs: Sequence[Run], style: Style) -> Iterator[Word]:
        plain = "".join(run.text for run in runs)
        letters = list(self._letters(runs, style))
        kept = ties(plain) if style.tied else frozenset()
        if style.whole_runs:
            kept |= {at for at in range(1, len(plain)) if letters[at][0] == letters[at - 1][0]}
        edges = (0, *break_points(plain), len(plain))
        for start, end in zip(edges, edges[1:], strict=False):
            if start < end:
                yield self._word(plain, start, end, letters, start in kept)

    def _letters(self, runs: Sequence[Run], style: Style) -> Iterator[_Letter]:
        """Yield each character; those of other faces Pango may leave as far apart as they are."""
        primary = self._primary(style)
        for index, run in enumerate(runs):
            for face in self._faces(run, style):
                yield index, face, style.tracking if face == primary else max(style.tracking, 0.0)

    def _primary(self, style: Style) -> Face:
        return self._fonts.pieces("x", style.stack, style.weight, False)[0][2]

    def _faces(self, run: Run, style: Style) -> list[Face]:
        """Return the face of each character of a run, as Pango itemises it."""
        weight = style.bold if run.bold else style.weight
        pieces = self._fonts.pieces(run.text, style.stack, weight, run.italic)
        return [face for start, end, face in pieces for _ in range(start, end)]

    def _word(self, plain: str, start: int, end: int, letters: Sequence[_Letter], tied: bool) -> Word:
        solid = end
        while solid > start and plain[solid - 1] in SPACES:
            solid -= 1
        clusters: list[tuple[int, float]] = []
        extents: list[Extent] = []
        for (run, face, apart), group in groupby(range(start, solid), key=lambda at: letters[at]):
            places = list(group)
            advances = self._advances(face, plain[places[0] : places[-1] + 1])
            clusters.extend((places[0] + offset, advance + apart) for offset, advance in advances)
            extents.append(self._extent(run, face))
        space, hyphen = self._after(plain, start, solid, end, letters)
        width = sum(advance for _, advance in clusters)
        part = partial(self._part, plain, letters)
        return Word(start, solid, width, space, tuple(clusters), tuple(extents), part, hyphen, tied)

    def _after(
        self, plain: str, start: int, solid: int, end: int, letters: Sequence[_Letter]
    ) -> tuple[float, float]:
        """Return the space or kerning after a word, and the hyphen that it ends a line with."""
        _, face, apart = letters[end - 1]
        bare = plain[start:solid].rstrip(SOFT_HYPHEN)[-1:]
        space = hyphen = 0.0
        if solid < end:
            space = self._width(face, _COLLAPSED.sub(" ", plain[solid:end]), apart)
        elif bare and end < len(plain) and letters[end] == letters[end - 1]:
            space = self._kerning(face, bare, plain[end])
        if solid > start and plain[solid - 1] == SOFT_HYPHEN:
            hyphen = self._width(face, "-", apart) + (self._kerning(face, bare, "-") if bare else 0.0)
        return space, hyphen

    def _part(self, plain: str, letters: Sequence[_Letter], start: int, end: int) -> float:
        """Return the width of a stretch set by itself."""
        pieces = groupby(range(start, end), key=lambda at: letters[at])
        return sum(
            self._width(face, plain[places[0] : places[-1] + 1], apart)
            for (_, face, apart), group in pieces
            for places in (list(group),)
        )

    def _kerning(self, face: Face, first: str, second: str) -> float:
        """Return how much closer or wider two letters stand beside each other."""
        return self._width(face, first + second) - self._width(face, first) - self._width(face, second)

    def _width(self, face: Face, text: str, apart: float = 0.0) -> float:
        return sum(advance + apart for _, advance in self._advances(face, text))

    def _advances(self, face: Face, text: str) -> tuple[tuple[int, float], ...]:
        """Return offset and advance (em) of each cluster of a piece of text, in logical order."""
        key = face.file, text
        if key not in self._clusters:
            import uharfbuzz

            font = self._font(face)
            buffer = uharfbuzz.Buffer()
            buffer.add_str(text)
            buffer.guess_segment_properties()
            uharfbuzz.shape(font, buffer)
            widths: dict[int, float] = {}
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                widths[info.cluster] = widths.get(info.cluster, 0.0) + position.x_advance
            upem = font.face.upem
            self._clusters[key] = tuple((at, widths[at] / upem) for at in sorted(widths))
        return self._clusters[key]

    def _extent(self, run: int, face: Face) -> Extent:
        """Return the extent of a face in a run, the same object each time."""
        if (run, face.file) not in self._extents_of_runs:
            self._extents_of_runs[run, face.file] = Extent(run, *self._metrics(face))
        return self._extents_of_runs[run, face.file]

    def _metrics(self, face: Face) -> tuple[float, float]:
        if face.file not in self._extents:
            font = self._font(face)
            extents = font.get_font_extents("ltr")
            upem = font.face.upem
            self._extents[face.file] = extents.ascender / upem, -extents.descender / upem
        return self._extents[face.file]

    def _font(self, face: Face) -> uharfbuzz.Font:
        if face.file not in self._loaded:
            import uharfbuzz

            self._loaded[face.file] = uharfbuzz.Font(uharfbuzz.Face(self._data(face)))
        return self._loaded[face.file]
