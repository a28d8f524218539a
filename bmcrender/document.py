"""A canvas with every text chosen and every token final: `Document`.

Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping

from bmcrender.frozen import dataclass
from bmcrender.model import Areas, Direction, Guide, Overflow, Slides, Theme, in_digits


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; in a text that is set, a line feed ends a line.

    `ends` says what stood where each line ends: " " a space that was dropped, "-" a hyphen that was added,
    "|" nothing; empty, all were spaces.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph: its node's id, unique in the document, its runs and its own direction."""

    id: str
    runs: tuple[Run, ...]
    direction: Direction
    language: str = ""  # BCP 47 where it differs from the document's

    @property
    def plain(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a block: paragraphs, what is nested under it, and its note for the speaker."""

    paragraphs: tuple[Text, ...]
    items: tuple[Entry, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """A point of a check-list, ready to print; the label is "۱" for a first phase."""

    text: Text
    gloss: Text | None = None
    question: Text | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """A check-list of a block, ready to print."""

    heading: Text
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class DocumentBlock:
    """One block with all of its texts; `shows_questions` is the poster's choice for it."""

    id: str
    code: str
    icon: str
    group: str
    emphasis: bool
    number: int
    step: Text  # "Step 3 of 9", for slides
    eyebrow: Text  # "Third step", for posters
    title: Text
    meaning: Text
    questions: tuple[Text, ...]
    lists: tuple[CheckList, ...]
    items: tuple[Entry, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value of the title block; `name` is its place among the fields of a theme."""

    name: str
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Image:
    """A decoded picture: PNG or JPEG bytes and its size in pixels."""

    data: bytes
    media_type: str
    width_px: int
    height_px: int

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return width and height of the picture, as large as there is room for."""
        scale = min(width / self.width_px, height / self.height_px)
        return self.width_px * scale, self.height_px * scale


@dataclass(frozen=True, slots=True)
class Document:
    """A canvas ready to be laid out; pure data, the blocks in the order of work."""

    kind: str
    language: str
    direction: Direction
    script: str
    digits: str
    labels: Mapping[str, str]
    kind_title: Text
    title: Text
    subtitle: Text | None
    fields: tuple[Field, ...]
    footer: Text | None
    logo: Image | None
    attribution: Text
    licence_url: str
    authors: tuple[str, ...]
    blocks: tuple[DocumentBlock, ...]
    areas: Areas
    slide_areas: Areas  # the grid on slides and their drawings, whatever the page
    mirrored: bool
    guide: Guide
    layout: str
    page: tuple[float, float]  # width, height
    breaks: Mapping[str, tuple[str, ...]]
    theme: Theme
    overflow: Overflow
    sticky: float | None = None
    deck: Slides = "full"  # which slides there are between opening and closing

    def number(self, value: int) -> str:
        """Return a number in the digits of the document's labels."""
        return in_digits(value, self.digits)

    def label(self, key: str, **values: int | str) -> str:
        """Return a label with its placeholders filled, numbers in the language's digits."""
        shown = {name: self.number(v) if isinstance(v, int) else v for name, v in values.items()}
        return self.labels[key].format(**shown)
