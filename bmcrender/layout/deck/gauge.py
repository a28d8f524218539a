"""Paragraphs on a slide to heights: shaped widths, and lines as presentation programs space them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from bmcrender.document import Document, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.stage import fonts
from bmcrender.layout.typeset import MM_PER_PT, font_stack
from bmcrender.lines import Shaped
from bmcrender.measure import Measurer, Style
from bmcrender.sheets import Rect
from bmcrender.slides import LINE_EM, Paragraph

# No program breaks and spaces lines quite as another: a text may fill this share of its height.
FULL = 0.97
_TINY = 8.0  # points: a word that fits at such a size is not broken at a larger one


def points(length_mm: float) -> float:
    """Return millimetres in points."""
    return length_mm / MM_PER_PT


@dataclass(frozen=True)
class Gauge:
    """Measures paragraphs in the fonts of a document's deck; widths in mm, heights in points.

    `families` are those of the stage, the theme's own stage if there are none.
    """

    document: Document
    measurer: Measurer
    families: Mapping[str, str] | None = None
    # The text of each is kept with it, so that its identity stays its own.
    _known: dict[tuple[int, bool, bool], tuple[Text, Shaped]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def lines(self, paragraph: Paragraph, width: float) -> int:
        """Return the number of lines of a paragraph."""
        return self._shaped(paragraph).lines(self._room(paragraph, width))

    def starts(self, paragraph: Paragraph, width: float) -> tuple[int, ...]:
        """Return where in a paragraph its lines begin, but the first."""
        return tuple(line.start for line in self._shaped(paragraph).broken(self._room(paragraph, width))[1:])

    def least_width(self, paragraph: Paragraph, width: float) -> float:
        """Return the width down to which a paragraph is broken as at a width."""
        shaped, given = self._shaped(paragraph), self._room(paragraph, width)
        longest = max(line.width for line in shaped.broken(given)) * (1 + shaped.margin)
        if shaped.widest > longest:
            return width  # a word is cut, and where hangs on the width itself
        return width - (given - longest) * paragraph.size_pt * MM_PER_PT

    def height(self, paragraphs: Sequence[Paragraph], width: float) -> float:
        """Return the height of some paragraphs; programs differ on a gap above the first, so it has none."""
        texts = sum(self.line(one) * self.lines(one, width) for one in paragraphs)
        return texts + sum(one.before_pt for one in paragraphs[1:])

    def room(self, paragraphs: Sequence[Paragraph], width: float) -> float:
        """Return the height in mm that some paragraphs need, spare height included."""
        return self.height(paragraphs, width) / FULL * MM_PER_PT

    def line(self, paragraph: Paragraph) -> float:
        """Return the height of one line of a paragraph."""
        return paragraph.size_pt * LINE_EM * paragraph.line_spacing

    def words_fit(self, paragraphs: Sequence[Paragraph], width: float, least: float = 1.0) -> bool:
        """Whether no word has to be broken, but those too long even at the size's share `least`."""
        for paragraph in paragraphs:
            widest, room = self._shaped(paragraph).widest, self._room(paragraph, width)
            if room < widest <= room / least:
                return False
        return True

    def fits(self, paragraphs: Sequence[Paragraph], area: Rect, least: float = 1.0) -> bool:
        """Whether paragraphs fit an area, spare height included."""
        high_enough = self.height(paragraphs, area.w) <= points(area.h) * FULL
        return high_enough and self.words_fit(paragraphs, area.w, least)

    def largest(
        self, sizes: Sequence[float], set_at: Callable[[float], Sequence[Paragraph]], area: Rect
    ) -> float:
        """Return the largest size at which a text that must stay in one piece fits an area.

        Below the theme's list it goes on in steps of a point: a text of unusual length gets small, not cut,
        and a word is broken only if it would have to become tiny.
        """
        tiny = max(sizes[-1] / 2, _TINY)
        for size in (ladder := emergency(sizes)):
            if self.fits(set_at(size), area, min(tiny / size, 1.0)):
                return size
        return ladder[-1]

    def cut(self, paragraph: Paragraph, width: float, height: float) -> int:
        """Return how many characters of a paragraph fit a height in points, up to a space; 0 if none do."""
        lines = self._shaped(paragraph).broken(self._room(paragraph, width))
        count = int(height / self.line(paragraph) + 1e-6)
        plain = paragraph.text.plain
        return next((line.start for line in lines[count:0:-1] if plain[line.start - 1] == " "), 0)

    def _room(self, paragraph: Paragraph, width: float) -> float:
        """Return the room for a line in em; a text of the other direction has its marker at its own side."""
        foreign = paragraph.text.direction != self.document.direction
        beside = paragraph.indent_pt + paragraph.end_pt + (paragraph.hang_pt if foreign else 0.0)
        return (points(width) - beside) / paragraph.size_pt

    def _shaped(self, paragraph: Paragraph) -> Shaped:
        # By identity: to compare texts takes longer than what is asked of them.
        key = id(paragraph.text), paragraph.bold, paragraph.heading
        if key not in self._known:
            weight = 700 if paragraph.bold else 400
            stack = self._heading_stack if paragraph.heading else self._stack
            style = Style(stack, weight, 700, LINE_EM)
            self._known[key] = paragraph.text, self.measurer.shaped(_drawn(paragraph.text), style)
        return self._known[key][1]

    @cached_property
    def _fonts(self) -> Mapping[str, str]:
        return fonts(self.document) if self.families is None else self.families

    @cached_property
    def _stack(self) -> tuple[str, ...]:
        """The families of the deck before those of the theme, which has all characters."""
        own = self._fonts["cs" if self.document.direction == "rtl" else "latin"]
        return tuple(dict.fromkeys((own, *font_stack(self.document.theme.tokens, self.document.script))))

    @cached_property
    def _heading_stack(self) -> tuple[str, ...]:
        own = self._fonts.get("heading_cs" if self.document.direction == "rtl" else "heading_latin")
        return (own, *self._stack) if own else self._stack


def emergency(sizes: Sequence[float]) -> tuple[float, ...]:
    """Return a list of sizes and, below it, those for texts of unusual length."""
    return (*sizes, *(float(size) for size in range(int(sizes[-1]) - 1, 3, -1)))


def _drawn(text: Text) -> Text:
    """Return a text as slides draw it: right-to-left scripts have no italic, emphasis is bold there."""
    if text.direction == "ltr" or not any(run.italic for run in text.runs):
        return text
    runs = tuple(replace(run, bold=run.bold or run.italic, italic=False) for run in text.runs)
    return replace(text, runs=runs)
