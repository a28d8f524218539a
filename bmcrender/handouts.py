"""A handout ready for pagination: `Handout`, a flow that the renderer paginates.

Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping

from bmcrender.document import Document, Text
from bmcrender.frozen import dataclass
from bmcrender.sheets import Density, FieldBlock, Rect, Row, TextBlock


@dataclass(frozen=True, slots=True)
class CoverBox:
    """A block on the cover's drawing of the canvas: its number and its name."""

    rect: Rect
    group: str
    emphasis: bool
    number: TextBlock
    name: TextBlock


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page; rectangles are those of the page."""

    eyebrow: TextBlock | None
    title: TextBlock
    subtitle: TextBlock | None
    fields: tuple[FieldBlock, ...]
    logo: Rect | None
    canvas: Rect
    boxes: tuple[CoverBox, ...]
    foot: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A step in the contents; rectangles count from the row's upper left corner."""

    block: str
    group: str
    number: TextBlock
    title: TextBlock
    meaning: TextBlock | None
    locator: Rect
    page: TextBlock  # of no text: the renderer knows the number
    height: float


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: its heading, from the upper left corner of the page's content, and its rows."""

    heading: TextBlock
    height: float  # of the heading, with the space below it
    rows: tuple[ContentsRow, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a flow, broken into its lines; `label` is the number before it."""

    text: Text
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of a step: passages in one role, or items, or lines to write on."""

    label: Text
    drop: float  # from the section's first line down to the label's
    height: float  # measured, rules and padding included
    role: str = ""
    passages: tuple[Passage, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A block's section of a handout; rectangles of the head count from its upper left corner."""

    block: str
    group: str
    number: TextBlock
    eyebrow: TextBlock  # two runs: the step, and the block's code
    title: TextBlock
    locator: Rect
    locator_alt: str
    running: str
    bookmark: str
    head: float  # its height
    air: float  # factor on the space between parts
    density: Density
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """A handout ready for pagination: what is measured, and the lengths (mm) that its style sheet takes."""

    document: Document
    width: float
    height: float
    unit: float  # millimetres of one mm of the tokens
    stroke: float
    content: Rect  # of every page but the cover
    lengths: Mapping[str, float]  # by name, for the style sheet
    sizes: Mapping[str, float]  # of type, by role
    cover: Cover
    contents: Contents
    steps: tuple[Step, ...]
    map: Mapping[str, Rect]  # the blocks on a little map of the canvas, counted from its corner
    running: Text  # the title, short enough for the head of a page
    foot: str  # the lines at the foot of every page but the cover
