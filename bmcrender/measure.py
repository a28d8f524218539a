"""Shaped text to lines and heights: HarfBuzz widths, broken greedily where the renderers break.

Everything is in em of the text's own size, for widths scale linearly with it: a text is shaped once and
asked about any size. `Profile` tells the sheet (exact) from the slide (a safety margin on widths).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from bmcrender.breaks import SOFT_HYPHEN, SPACES, break_points
from bmcrender.model import Run, Text
from bmcrender.ties import ties

if TYPE_CHECKING:
    import uharfbuzz

    from bmcrender.fonts import Face, FontSet

# Pango rounds to 1/1024 px; a line that is this much too wide still fits.
_TOLERANCE_EM = 0.002

_COLLAPSED = re.compile("[ \t\n]+")  # what HTML shows as one space
_SPACE_AT_END = re.compile(f"[{SPACES}]+\\n")


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set: font stack, weights for plain and bold, line height in em.

    `tied` is the share of a line up to which number and unit, short brackets and the last two words stay
    together, `whole_runs` keeps each run so; only a renderer that takes our line breaks can do it.
    """

    stack: tuple[str, ...]
    weight: int = 400
    bold: int = 700
    line_height: float = 1.36
    tied: float = 0.0
    whole_runs: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """Ascent and descent of the fonts of one inline run, in em."""

    run: int
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch that no line break enters: its width, the space or kerning after it, its clusters by offset.

    `part` measures what stands between two offsets by itself, where the word must be broken after all.
    """

    start: int
    end: int
    width: float
    space: float
    clusters: tuple[tuple[int, float], ...]
    extents: tuple[Extent, ...]
    part: Callable[[int, int], float] = field(compare=False, repr=False)
    hyphen: float = 0.0  # width of the hyphen that shows when the line breaks after it
    tied: bool = False  # to the word before


@dataclass(slots=True)
class Line:
    """A broken line: where it starts in the text, how wide it is, what its fonts extend to."""

    start: int
    width: float = 0.0
    extents: list[Extent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph shaped once, to be broken into lines at any width."""

    words: tuple[Word, ...]
    line_height: float
    strut: Extent
    margin: float = 0.0  # share added to every width
    tied: float = 0.0
    leading: float = 0.0  # share added to every height
    _cache: dict[float, tuple[Line, ...]] = field(default_factory=dict, compare=False, repr=False)
    _heights: dict[float, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def widest(self) -> float:
        """Width of the longest unbreakable word, in em."""
        return max((word.width for word in self.words), default=0.0) * (1 + self.margin)

    @property
    def width(self) -> float:
        """Width on one line, in em."""
        spaces = sum(word.space for word in self.words[:-1])
        return (sum(word.width for word in self.words) + spaces) * (1 + self.margin)

    def broken(self, width: float) -> tuple[Line, ...]:
        """Return the lines in a column `width` em wide."""
        found = self._cache.get(width)
        if found is None:
            found = tuple(broken_lines(self.words, width / (1 + self.margin), self.tied))
            self._cache[width] = found
        return found

    def lines(self, width: float) -> int:
        """Return the number of lines in a column `width` em wide."""
        return len(self.broken(width))

    def height(self, width: float) -> float:
        """Return the height in em in a column `width` em wide."""
        if width not in self._heights:
            lines = sum(self._line_height(line.extents) for line in self.broken(width))
            self._heights[width] = lines * (1 + self.leading)
        return self._heights[width]

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


def set_text(text: Text, shaped: Shaped, width: float) -> Text:
    """Return a text with a line feed before each line but the first, in a column `width` em wide.

    A soft hyphen at a line's end becomes a hyphen; all others go.
    """
    starts = {line.start for line in shaped.broken(width)[1:]}
    if not starts and not any(SOFT_HYPHEN in run.text for run in text.runs):
        return text
    at = 0
    plain = text.plain
    runs: list[Run] = []
    for run in text.runs:
        letters, ends = [], ""
        for letter in run.text:
            letters.append(("\n" if at in starts else "") + letter)
            ends += _end(plain[at - 1]) if at in starts else ""
            at += 1
        joined = "".join(letters).replace(f"{SOFT_HYPHEN}\n", "-\n").replace(SOFT_HYPHEN, "")
        if joined.startswith("\n") and runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(SPACES))
        runs.append(replace(run, text=_SPACE_AT_END.sub("\n", joined), ends=ends if ends.strip() else ""))
    return replace(text, runs=tuple(runs))


def _end(letter: str) -> str:
    """Return what a line's end took the place of, by the letter before it."""
    return " " if letter in SPACES else "-" if letter == SOFT_HYPHEN else "|"


def broken_lines(words: Sequence[Word], width: float, tied: float = 0.0) -> Iterator[Line]:
    """Yield the lines that a greedy breaker makes; tied words, up to a share of a line, move together."""
    line: Line | None = None
    space = hyphen = 0.0
    room = width + _TOLERANCE_EM
    units = list(_units(words, width * tied + _TOLERANCE_EM))
    for place, unit in enumerate(units):
        first, last = words[unit[0]], words[unit[-1]]
        needed = _plain_width(words, unit)
        if line and not _fits(words, units[place:], room - line.width - space):
            line.width += hyphen
            yield line
            line, space = None, 0.0
        if line:
            line.width += space + needed
        elif len(unit) > 1 or _fits(words, units[place:], room):
            line = Line(first.start, needed)
        else:
            *full, line = _split_word(first, room - first.hyphen)
            yield from full
        line.extents.extend(extent for index in unit for extent in words[index].extents)
        space, hyphen = last.space, last.hyphen
    yield line or Line(0)


def _units(words: Sequence[Word], longest: float) -> Iterator[list[int]]:
    """Yield the indexes of words that stay together, while they are no longer than `longest`."""
    unit: list[int] = []
    for index, word in enumerate(words):
        fits = unit and _plain_width(words, [*unit, index]) <= longest
        if unit and not (word.tied and fits):
            yield unit
            unit = []
        unit.append(index)
    if unit:
        yield unit


def _plain_width(words: Sequence[Word], unit: Sequence[int]) -> float:
    return sum(words[index].width for index in unit) + sum(words[index].space for index in unit[:-1])


def _fits(words: Sequence[Word], units: Sequence[Sequence[int]], room: float) -> bool:
    """Whether the first unit fits: with its hyphen, unless the next one fits beside it."""
    last, width = words[units[0][-1]], _plain_width(words, units[0])
    if width > room or not last.hyphen or len(units) == 1:
        return width <= room
    return width + last.hyphen <= room or _fits(words, units[1:], room - width - last.space)


def _split_word(word: Word, room: float) -> list[Line]:
    """Return the lines that an over-long word fills when broken between any two clusters."""
    offsets = [offset for offset, _ in word.clusters]
    ends = [*offsets[1:], word.end]
    lines: list[Line] = []
    at = 0
    while at < len(offsets):
        count, width = 0, 0.0
        while at + count < len(offsets) and (count == 0 or width + word.clusters[at + count][1] <= room):
            width += word.clusters[at + count][1]
            count += 1
        # A letter at a line's edge has another form: the end of a joined word may be wider.
        while (width := word.part(offsets[at], ends[at + count - 1])) > room and count > 1:
            count -= 1
        lines.append(Line(offsets[at], width, list(word.extents)))
        at += count
    return lines


def _around_baseline(extent: Extent, line_height: float) -> tuple[float, float]:
    half_leading = (line_height - extent.ascent - extent.descent) / 2
    return extent.ascent + half_leading, extent.descent + half_leading


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
        self._clusters: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
        self._shaped: dict[tuple[tuple[Run, ...], Style], Shaped] = {}

    def shaped(self, text: Text, style: Style) -> Shaped:
        """Return the paragraph shaped in a style."""
        key = text.runs, style
        if key not in self._shaped:
            words = tuple(self._words(text.runs, style))
            primary = self._fonts.pieces("x", style.stack, style.weight, False)[0][2]
            strut = Extent(-1, *self._metrics(primary))
            self._shaped[key] = Shaped(
                words, style.line_height, strut, self._margin, style.tied, self._leading
            )
        return self._shaped[key]

    def _words(self, runs: Sequence[Run], style: Style) -> Iterator[Word]:
        plain = "".join(run.text for run in runs)
        letters = [(index, face) for index, run in enumerate(runs) for face in self._faces(run, style)]
        kept = ties(plain) if style.tied else frozenset()
        if style.whole_runs:
            kept |= {at for at in range(1, len(plain)) if letters[at][0] == letters[at - 1][0]}
        edges = (0, *break_points(plain), len(plain))
        for start, end in zip(edges, edges[1:], strict=False):
            if start < end:
                yield self._word(plain, start, end, letters, start in kept)

    def _faces(self, run: Run, style: Style) -> list[Face]:
        """Return the face of each character of a run, as Pango itemises it."""
        weight = style.bold if run.bold else style.weight
        pieces = self._fonts.pieces(run.text, style.stack, weight, run.italic)
        return [face for start, end, face in pieces for _ in range(start, end)]

    def _word(
        self, plain: str, start: int, end: int, letters: Sequence[tuple[int, Face]], tied: bool
    ) -> Word:
        solid = end
        while solid > start and plain[solid - 1] in SPACES:
            solid -= 1
        clusters: list[tuple[int, float]] = []
        extents: list[Extent] = []
        for (run, face), group in groupby(range(start, solid), key=lambda at: letters[at]):
            places = list(group)
            advances = self._advances(face, plain[places[0] : places[-1] + 1])
            clusters.extend((places[0] + offset, advance) for offset, advance in advances)
            extents.append(Extent(run, *self._metrics(face)))
        space, hyphen = self._after(plain, start, solid, end, letters)
        width = sum(advance for _, advance in clusters)
        part = partial(self._part, plain, letters)
        return Word(start, solid, width, space, tuple(clusters), tuple(extents), part, hyphen, tied)

    def _after(
        self, plain: str, start: int, solid: int, end: int, letters: Sequence[tuple[int, Face]]
    ) -> tuple[float, float]:
        """Return the space or kerning after a word, and the hyphen that it ends a line with."""
        face = letters[end - 1][1]
        bare = plain[start:solid].rstrip(SOFT_HYPHEN)[-1:]
        space = hyphen = 0.0
        if solid < end:
            space = self._width(face, _COLLAPSED.sub(" ", plain[solid:end]))
        elif bare and end < len(plain) and letters[end] == letters[end - 1]:
            space = self._kerning(face, bare, plain[end])
        if solid > start and plain[solid - 1] == SOFT_HYPHEN:
            hyphen = self._width(face, "-") + (self._kerning(face, bare, "-") if bare else 0.0)
        return space, hyphen

    def _part(self, plain: str, letters: Sequence[tuple[int, Face]], start: int, end: int) -> float:
        """Return the width of a stretch set by itself."""
        pieces = groupby(range(start, end), key=lambda at: letters[at])
        return sum(
            self._width(face, plain[places[0] : places[-1] + 1])
            for (_, face), group in pieces
            for places in (list(group),)
        )

    def _kerning(self, face: Face, first: str, second: str) -> float:
        """Return how much closer or wider two letters stand beside each other."""
        return self._width(face, first + second) - self._width(face, first) - self._width(face, second)

    def _width(self, face: Face, text: str) -> float:
        return sum(advance for _, advance in self._advances(face, text))

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
