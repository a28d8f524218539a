"""A laid-out deck: `Deck`, slides of native shapes, and the `Stage` for which it is laid out.

Lengths are millimetres unless a name says `_pt` (points).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bmcrender.document import Image, Text
from bmcrender.frozen import dataclass
from bmcrender.model import Direction, TemplateRole
from bmcrender.sheets import Rect

Role = Literal[TemplateRole, "section"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand on the slides of one role, in mm, not mirrored any more.

    `places` go by the names of placeholders (see `Shape`), and "canvas" for the room of drawn shapes:
    below the title, above the footers. A place that is not among `placeholders` becomes a text
    box. A frame of a foreign stage needs a "title" at least; what else it lacks
    the layout of the deck finds room for, or leaves out. Text on a closing slide stands in "subtitle" or,
    where there is none, in "items".
    """

    name: str  # of the layout
    places: Mapping[str, Rect]
    placeholders: frozenset[str]
    centred: bool = False  # whether the title stands in the middle of its place


@dataclass(frozen=True, slots=True)
class Stage:
    """The slides for which a deck is laid out: those of a theme, or those of somebody's template.

    `frames` has all roles; that of a template lacks "section", which no slide of ours needs.
    """

    width: float
    height: float
    frames: Mapping[Role, Frame]
    fonts: Mapping[str, str]  # "latin", "cs", and "heading_latin", "heading_cs" where these differ
    foreign: bool = False  # of a template: its colours, fonts and decoration are its own


# A line is this high, in em of its size, whatever the metrics of its fonts: the layout counts on it, and
# the renderer writes it.
LINE_EM = 1.2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph on a slide; lengths in points, colour a token's name."""

    text: Text
    size_pt: float
    color: str
    bold: bool = False
    level: int = 0
    marker: Literal["", "bullet", "dash"] = ""
    indent_pt: float = 0.0  # start edge of the text
    hang_pt: float = 0.0  # how far the marker stands before it
    end_pt: float = 0.0  # kept free where its lines end; not where its direction is not the deck's
    before_pt: float = 0.0
    line_spacing: float = 1.0
    break_before: bool = False  # a line break into the paragraph before, not a paragraph of its own
    heading: bool = False  # in the fonts of headings
    align: Literal["start", "center", "end"] = "start"
    marker_color: str = "accent"  # of a bullet; a dash has the text's


# The insets of a placeholder that names none, in all presentation programs; in the order of `Shape.inset`.
INSET = (2.54, 1.27, 2.54, 1.27)


@dataclass(frozen=True, slots=True)
class Shape:
    """A native shape or placeholder of a slide, in reading order.

    `placeholder` names the role in the layout ("title", "items", "questions", "subtitle",
    "eyebrow", "footer", "number"; "" = a shape of its own). `fill` and `line` are token names.
    On a foreign stage the insets of a placeholder are those that its text was measured with.
    """

    name: str
    rect: Rect
    paragraphs: tuple[Paragraph, ...] = ()
    placeholder: str = ""
    fill: str = ""
    line: str = ""
    line_pt: float = 0.0
    radius: float = 0.0  # of its corners
    inset: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom
    anchor: Literal["top", "middle", "bottom"] = "top"
    alt: str = ""
    decorative: bool = False
    image: Image | None = None
    link: str = ""  # id of the slide it leads to
    tooltip: str = ""
    wrap: bool = True


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its shapes in reading order, its speaker notes, and the name of its layout.

    A role may have several layouts, one for each group of blocks; on a foreign stage it is its frame's.
    """

    id: str
    role: Role
    title: str
    shapes: tuple[Shape, ...]
    notes: tuple[Paragraph, ...] = ()
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout: its placeholders (by name) and its decoration."""

    role: Role
    name: str
    background: str  # token name
    placeholders: tuple[Shape, ...]
    decoration: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckSection:
    """A stretch of slides under a name of its own, in the overview of presentation programs."""

    name: str  # no two alike
    slides: tuple[str, ...]  # ids, in order


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation: slide size, layouts and slides, with what its metadata needs.

    `layouts` is empty for a foreign stage: the template has its own. `sections` hold every slide once.
    """

    width: float
    height: float
    layouts: tuple[Layout, ...]
    slides: tuple[Slide, ...]
    title: str
    subject: str
    authors: tuple[str, ...]
    language: str
    direction: Direction
    fonts: Mapping[str, str]  # "latin", "cs": family names
    colors: Mapping[str, str]  # token name -> #rrggbb
    digits: str
    licence: str
    sections: tuple[DeckSection, ...] = ()
