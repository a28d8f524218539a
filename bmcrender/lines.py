"""A shaped paragraph to lines at any width: broken greedily where the renderers break, tied words together.

Everything is in em of the text's own size, for widths scale linearly with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace

from bmcrender.breaks import SOFT_HYPHEN, SPACES
from bmcrender.document import Run, Text
from bmcrender.frozen import dataclass

# Pango rounds to 1/1024 px; a line that is this much too wide still fits.
_TOLERANCE_EM = 0.002

# No paragraph is longer on one line.
_ENDLESS_EM = 1e6

_SPACE_AT_END = re.compile(f"[{SPACES}]+\\n")


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


class Line:
    """A broken line: where it starts in the text, how wide it is, what its fonts extend to."""

    __slots__ = ("extents", "start", "width")

    def __init__(self, start: int, width: float = 0.0, extents: Sequence[Extent] = ()) -> None:
        self.start = start
        self.width = width
        self.extents = list(extents)


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
    _line_heights: dict[frozenset[int], float] = field(default_factory=dict, compare=False, repr=False)

    def with_line_height(self, line_height: float) -> Shaped:
        """Return the paragraph with another line height; what is known of its lines is shared."""
        return replace(self, line_height=line_height, _heights={}, _line_heights={})

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
            room = width / (1 + self.margin)
            if _ENDLESS_EM not in self._cache:
                self._cache[_ENDLESS_EM] = tuple(broken_lines(self.words, _ENDLESS_EM))
            whole = self._cache[_ENDLESS_EM]
            found = whole if whole[0].width <= room else tuple(broken_lines(self.words, room, self.tied))
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

    def fitting(self, width: float, room: float) -> int:
        """Return where in the text the first line begins that `room` em do not hold."""
        height = 0.0
        for line in self.broken(width):
            height += self._line_height(line.extents) * (1 + self.leading)
            if height > room:
                return line.start
        return self.words[-1].end if self.words else 0

    def _line_height(self, extents: Sequence[Extent]) -> float:
        """Height of one line: a fallback font with other metrics moves its box off the strut."""
        seen = {id(extent): extent for extent in extents}
        key = frozenset(seen)
        if key not in self._line_heights:
            self._line_heights[key] = self._height_of_line(seen.values())
        return self._line_heights[key]

    def _height_of_line(self, extents: Iterable[Extent]) -> float:
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


def cut(text: Text, at: int) -> tuple[Text, Text]:
    """Return the text before an offset, and the rest under an id of its own."""
    before: list[Run] = []
    after: list[Run] = []
    for run in text.runs:
        parts = run.text[: max(at, 0)], run.text[max(at, 0) :]
        for part, runs in zip(parts, (before, after), strict=True):
            runs += [replace(run, text=part)] if part else []
        at -= len(run.text)
    if before:
        last = before[-1].text.rstrip(SPACES)
        before[-1] = replace(before[-1], text=f"{last[:-1]}-" if last.endswith(SOFT_HYPHEN) else last)
    return replace(text, runs=tuple(before)), replace(text, runs=tuple(after), id=f"{text.id}.on")


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
        if unit and not (word.tied and _plain_width(words, [*unit, index]) <= longest):
            yield unit
            unit = []
        unit.append(index)
    if unit:
        yield unit


def _plain_width(words: Sequence[Word], unit: Sequence[int]) -> float:
    if len(unit) == 1:
        return words[unit[0]].width
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
        lines.append(Line(offsets[at], width, word.extents))
        at += count
    return lines


def _around_baseline(extent: Extent, line_height: float) -> tuple[float, float]:
    half_leading = (line_height - extent.ascent - extent.descent) / 2
    return extent.ascent + half_leading, extent.descent + half_leading
