"""Shaped text to lines and heights: HarfBuzz widths, broken greedily where the renderers break.

Everything is in em of the text's own size, for widths scale linearly with it: a text is shaped once and
asked about any size. `Profile` tells the sheet (exact) from the slide (a safety margin on widths).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from bmcrender.breaks import SOFT_HYPHEN, SPACES, break_points
from bmcrender.model import Run, Text

if TYPE_CHECKING:
    import uharfbuzz

    from bmcrender.fonts import Face, FontSet

# Pango rounds to 1/1024 px; a line that is this much too wide still fits.
_TOLERANCE_EM = 0.002


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set: font stack, weights for plain and bold, line height in em."""

    stack: tuple[str, ...]
    weight: int = 400
    bold: int = 700
    line_height: float = 1.36


@dataclass(frozen=True, slots=True)
class Extent:
    """Ascent and descent of the fonts of one inline run, in em."""

    run: int
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch that no line break enters: its width, the space after it, its clusters."""

    width: float
    space: float
    clusters: tuple[float, ...]
    extents: tuple[Extent, ...]
    hyphen: float = 0.0  # width of the hyphen that shows when the line breaks after it


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph shaped once, to be broken into lines at any width."""

    words: tuple[Word, ...]
    line_height: float
    strut: Extent
    margin: float = 0.0  # share added to every width
    _cache: dict[float, tuple[int, float]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def widest(self) -> float:
        """Width of the longest unbreakable word, in em."""
        return max((word.width for word in self.words), default=0.0) * (1 + self.margin)

    @property
    def width(self) -> float:
        """Width on one line, in em."""
        spaces = sum(word.space for word in self.words[:-1])
        return (sum(word.width for word in self.words) + spaces) * (1 + self.margin)

    def lines(self, width: float) -> int:
        """Return the number of lines in a column `width` em wide."""
        return self._broken(width)[0]

    def height(self, width: float) -> float:
        """Return the height in em in a column `width` em wide."""
        return self._broken(width)[1]

    def _broken(self, width: float) -> tuple[int, float]:
        found = self._cache.get(width)
        if found is None:
            lines = list(broken_lines(self.words, width / (1 + self.margin)))
            found = len(lines), sum(self._line_height(line) for line in lines)
            self._cache[width] = found
        return found

    def _line_height(self, extents: Sequence[Extent]) -> float:
        """Height of one line: a fallback font with other metrics moves its box off the strut."""
        above, below = _around_baseline(self.strut, self.line_height)
        runs: dict[int, Extent] = {}
        for extent in extents:
            known = runs.get(extent.run, extent)
            ascent, descent = max(known.ascent, extent.ascent), max(known.descent, extent.descent)
            runs[extent.run] = Extent(extent.run, ascent, descent)
        for extent in runs.values():
            ascent, descent = _around_baseline(extent, self.line_height)
            above, below = max(above, ascent), max(below, descent)
        return above + below


def broken_lines(words: Sequence[Word], width: float) -> Iterator[list[Extent]]:
    """Yield, line by line, the extents of the words that a greedy breaker puts on it."""
    extents: list[Extent] = []
    used = space = 0.0
    started = False
    room = width + _TOLERANCE_EM
    for index, word in enumerate(words):
        last_hyphen = word.hyphen if index + 1 < len(words) else 0.0
        needed = word.width + (last_hyphen if _breaks_next(words, index, used + space, room) else 0.0)
        if started and used + space + needed > room:
            yield extents
            extents, used, space, started = [], 0.0, 0.0, False
        rest = word.width
        if not started and rest > room:
            *full, rest = _split_clusters(word.clusters, room)
            for _ in full:
                yield list(word.extents)
        used += space + rest
        space = word.space
        extents.extend(word.extents)
        started = True
    if started or not words:
        yield extents


def _breaks_next(words: Sequence[Word], index: int, used: float, room: float) -> bool:
    """Whether the part after a soft hyphen no longer fits, so that the hyphen shows."""
    if not words[index].hyphen or index + 1 >= len(words):
        return False
    return used + words[index].width + words[index + 1].width > room


def _split_clusters(clusters: Sequence[float], room: float) -> list[float]:
    """Return the widths of the lines that an over-long word fills when broken anywhere."""
    lines = [0.0]
    for advance in clusters:
        if lines[-1] and lines[-1] + advance > room:
            lines.append(0.0)
        lines[-1] += advance
    return lines


def _around_baseline(extent: Extent, line_height: float) -> tuple[float, float]:
    half_leading = (line_height - extent.ascent - extent.descent) / 2
    return extent.ascent + half_leading, extent.descent + half_leading


class Measurer:
    """Shapes paragraphs with the fonts of a job; keeps what it has shaped."""

    def __init__(self, fonts: FontSet, data: Callable[[Face], bytes], margin: float = 0.0) -> None:
        self._fonts = fonts
        self._data = data
        self._margin = margin
        self._loaded: dict[str, uharfbuzz.Font] = {}
        self._extents: dict[str, tuple[float, float]] = {}
        self._clusters: dict[tuple[str, str], tuple[float, ...]] = {}
        self._shaped: dict[tuple[tuple[Run, ...], Style], Shaped] = {}

    def shaped(self, text: Text, style: Style) -> Shaped:
        """Return the paragraph shaped in a style."""
        key = text.runs, style
        if key not in self._shaped:
            words = tuple(self._words(text.runs, style))
            primary = self._fonts.pieces("x", style.stack, style.weight, False)[0][2]
            strut = Extent(-1, *self._metrics(primary))
            self._shaped[key] = Shaped(words, style.line_height, strut, self._margin)
        return self._shaped[key]

    def _words(self, runs: Sequence[Run], style: Style) -> Iterator[Word]:
        plain = "".join(run.text for run in runs)
        letters = [(index, face) for index, run in enumerate(runs) for face in self._faces(run, style)]
        edges = (0, *break_points(plain), len(plain))
        for start, end in zip(edges, edges[1:], strict=False):
            if start < end:
                yield self._word(plain, start, end, letters)

    def _faces(self, run: Run, style: Style) -> list[Face]:
        """Return the face of each character of a run, as Pango itemises it."""
        weight = style.bold if run.bold else style.weight
        pieces = self._fonts.pieces(run.text, style.stack, weight, run.italic)
        return [face for start, end, face in pieces for _ in range(start, end)]

    def _word(self, plain: str, start: int, end: int, letters: Sequence[tuple[int, Face]]) -> Word:
        solid = end
        while solid > start and plain[solid - 1] in SPACES:
            solid -= 1
        clusters: list[float] = []
        extents: list[Extent] = []
        for (run, face), group in groupby(range(start, solid), key=lambda at: letters[at]):
            places = list(group)
            clusters.extend(self._advances(face, plain[places[0] : places[-1] + 1]))
            extents.append(Extent(run, *self._metrics(face)))
        space = sum(self._advances(letters[end - 1][1], " ")) if solid < end else 0.0
        hyphen = 0.0
        if solid > start and plain[solid - 1] == SOFT_HYPHEN:
            hyphen = sum(self._advances(letters[solid - 1][1], "\u2010"))
        return Word(sum(clusters), space, tuple(clusters), tuple(extents), hyphen)

    def _advances(self, face: Face, text: str) -> tuple[float, ...]:
        """Return the advance of each cluster of a piece of text, in em, in logical order."""
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
            self._clusters[key] = tuple(widths[at] / upem for at in sorted(widths))
        return self._clusters[key]

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
