"""The frozen dataclasses of what is laid out: `Sheet`, `Outline`, `Handout`, `Deck`.

Apart from `model` so that checking a canvas need not build them. Lengths are millimetres unless a name says
`_pt` (points) or `_em` (of the text's own size).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bmcrender.model import Direction, Document, Image, Text

# -- a sheet: pages of a poster ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in mm from the top left corner of its page or slide."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.h

    def inset(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """Return the rectangle made smaller on each side."""
        return Rect(self.x + left, self.y + top, self.w - left - right, self.h - top - bottom)

    def mirrored(self, width: float) -> Rect:
        """Return its mirror image on a page `width` wide."""
        return Rect(width - self.x - self.w, self.y, self.w, self.h)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One text in a rectangle; `role` names its type in the theme, `size` its height of type in mm."""

    text: Text
    role: str
    rect: Rect
    size: float
    align: Literal["start", "end", "center"] = "start"


@dataclass(frozen=True, slots=True)
class Row:
    """An item's own paragraphs at its level; a column of rows is a list with its nesting flattened."""

    level: int
    paragraphs: tuple[Text, ...]
    continued: bool = False  # it began on an earlier page or column


@dataclass(frozen=True, slots=True)
class Density:
    """How tightly items are set, lengths in em of the items' size; the base line is that of a first line."""

    name: str
    gap_em: float
    line_height: float
    baseline_em: float


@dataclass(frozen=True, slots=True)
class Column:
    """A run of items in a rectangle, or one item as a note."""

    rect: Rect
    size: float
    density: Density
    rows: tuple[Row, ...]
    ground: Rect | None = None  # of the note that it is


@dataclass(frozen=True, slots=True)
class Icon:
    """A pictogram by its name in the theme, in its rectangle."""

    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Box:
    """One block on a page: its frame, what stands in it, and which of its sides are inner rules."""

    block: str
    group: str
    emphasis: bool
    rect: Rect
    heading: TextBlock
    eyebrow: TextBlock | None
    icon: Icon | None
    questions: tuple[TextBlock, ...]
    columns: tuple[Column, ...]
    lists: tuple[TextBlock, ...] = ()
    lists_rule: Rect | None = None
    places: tuple[Rect, ...] = ()  # for sticky notes
    more: TextBlock | None = None
    band: float = 0.0  # height of the band behind the heading
    inner_top: bool = False
    inner_left: bool = False


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """A labelled value under its rule."""

    rule: Rect
    label: TextBlock
    value: TextBlock


@dataclass(frozen=True, slots=True)
class Page:
    """One page: title block, boxes in reading order, footer."""

    title: TextBlock
    subtitle: TextBlock | None
    fields: tuple[FieldBlock, ...]
    logo: Rect | None
    canvas: Rect
    boxes: tuple[Box, ...]
    footer: tuple[TextBlock, ...]
    rules: tuple[Rect, ...] = ()  # between boxes, where these have none of their own: no height or no width


@dataclass(frozen=True, slots=True)
class Sheet:
    """A laid-out poster: its pages, one unit (1/100 of the short side) and one stroke scale for all."""

    document: Document
    width: float
    height: float
    unit: float
    stroke: float  # millimetres of one u of stroke
    pages: tuple[Page, ...]


# -- an outline: pages of a mind map ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawn line: SVG path data in mm of its page, its width, its colour by the name of token or group."""

    path: str
    color: str
    width: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A rectangle with round corners, filled and edged in colours by the names of tokens or groups."""

    rect: Rect
    radius: float
    fill: str
    line: str = ""
    line_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of a list on a branch: its paragraphs, and the points nested under it."""

    paragraphs: tuple[TextBlock, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What belongs together on a branch: a text, a list of points, or a text that heads a list."""

    text: TextBlock | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One block on an outline: its pill on the trunk from the centre, its leaves on twigs."""

    block: str
    group: str
    title: TextBlock
    step: TextBlock
    code: TextBlock
    leaves: tuple[Leaf, ...]
    pill: Plate
    trunk: Curve
    twigs: tuple[Curve | Plate, ...]


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """One page: the centre with its texts, the fields at the foot, branches in the order of work, footer."""

    centre: Plate
    title: TextBlock
    around: tuple[TextBlock, ...]  # kind and subtitle
    logo: Rect | None
    fields: tuple[TextBlock, ...]
    branches: tuple[Branch, ...]
    footer: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A laid-out mind map: its pages, one unit (1/100 of the short side) and one stroke scale for all."""

    document: Document
    width: float
    height: float
    unit: float
    stroke: float  # millimetres of one u of stroke
    pages: tuple[OutlinePage, ...]


# -- a handout: a flow that the renderer paginates -----------------------------------------------------


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


# -- a deck: slides of native shapes -------------------------------------------------------------------

Role = Literal["opening", "overview", "block", "section", "closing"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand on the slides of one role, in mm, not mirrored any more.

    `places` go by the names of placeholders (see `Shape`), and "canvas" for the room of drawn shapes:
    below the title, above the footers. A place that is not among `placeholders` (name to index in the
    layout) becomes a text box. A frame of a foreign stage needs a "title" at least; what else it lacks
    the layout of the deck finds room for, or leaves out. Text on a closing slide stands in "subtitle" or,
    where there is none, in "items".
    """

    role: Role
    name: str  # of the layout
    places: Mapping[str, Rect]
    placeholders: Mapping[str, int]


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
    before_pt: float = 0.0
    line_spacing: float = 1.0
    break_before: bool = False  # a line break into the paragraph before, not a paragraph of its own
    heading: bool = False  # in the fonts of headings
    align: Literal["start", "end"] = "start"
    marker_color: str = "accent"  # of a bullet; a dash has the text's


# Around the text of a placeholder that says nothing of it, in all presentation programs, in the order of
# `Shape.inset`.
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
    stage: Stage | None = None  # for which it was laid out
