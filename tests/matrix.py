"""Sheets to hold promises to: each layout in each theme and language, blank, filled as usual, and very full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from canvases import EXAMPLES, KIND, LANGUAGES, crowded, job

from bmcrender.choices import WORDS
from bmcrender.model import Format, Job, Options, Result
from bmcrender.pipeline import render
from bmcrender.resources import library
from bmcrender.starter import blank_canvas

LAYOUTS = WORDS["layout"]
THEMES = library().themes()
BLANK, TYPICAL, FULL = FILLS = ("blank", "typical", "full")
_TYPICAL = {
    "de": "de-fensterwerkstatt",
    "en": "en-fiddlewood",
    "es": "es-viento-nuevo",
    "fa": "fa-khaknegar",
    "fr": "fr-pomme-a-quatre-roues",
}
# As full as one canvas in twenty, with a paragraph of 900 characters in each block on top.
_ITEMS, _PARAGRAPHS = 21, 1


@dataclass(frozen=True)
class Case:
    """One sheet of the matrix."""

    layout: str
    fill: str
    language: str = "en"
    theme: str = "classic"

    def __str__(self) -> str:
        return f"{self.layout}-{self.theme}-{self.language}-{self.fill}"

    def job(self, formats: tuple[Format, ...] = ("pdf",), items: int = _ITEMS) -> Job:
        """Return what renders it; `items` is how many a very full block holds."""
        options = Options(layout=self.layout, theme=self.theme, blank=self.fill == BLANK)
        if self.fill == FULL:
            full = job(crowded(self.language, items, _PARAGRAPHS), formats)
            return replace(full, options=options, name=str(self))
        return Job(self._canvas(), formats, str(self), options)

    def _canvas(self) -> bytes:
        if self.fill == TYPICAL:
            return EXAMPLES[_TYPICAL[self.language]].read_bytes()
        words, _ = library().language(self.language, KIND)
        return blank_canvas(words, KIND).encode()


@lru_cache(64)
def drawn(case: Case) -> Result:
    """What rendering a case as a PDF gives, kept for all tests that look at it."""
    return render(case.job())


def whole() -> Iterator[Case]:
    """Yield every case."""
    for theme, layout, language, fill in product(THEMES, LAYOUTS, LANGUAGES, FILLS):
        yield Case(layout, fill, language, theme)
