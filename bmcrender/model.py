"""The frozen dataclasses handed from stage to stage: from a `Job` and its `Canvas` to a `Result`.

Lengths are millimetres unless a name says `_pt` (points) or `_em` (of the text's own size).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from bmcrender.errors import Diagnostic

Direction = Literal["ltr", "rtl"]
Format = Literal["pdf", "pptx", "html", "png"]
Guide = Literal["auto", "none", "questions", "full"]
Tokens = Mapping[str, Any]


# -- a job and its result ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may set on top of the canvas; None leaves the canvas's own choice."""

    language: str | None = None
    theme: str | None = None
    layout: str | None = None
    guide: Guide | None = None
    page: str | None = None
    orientation: Literal["landscape", "portrait"] | None = None
    mirror: bool | None = None
    overflow: Literal["continue", "fail"] = "continue"
    missing_glyphs: Literal["error", "warn"] = "error"
    blank: bool = False  # a sheet to write on: the title block keeps its empty fields
    sticky: float | None = None  # side in mm of the sticky notes whose places a poster marks
    dpi: float | None = None  # of pictures; or their width in pixels
    width: int | None = None
    settings: tuple[tuple[str, str], ...] = ()  # --set key.path=value, in order


@dataclass(frozen=True, slots=True)
class Job:
    """One canvas to render: its bytes and all that it needs, no path left to follow.

    `assets` holds the files the canvas names (the logo), by the path as written there. `files`
    overlays the built-in data: `kinds/x.yaml`, `languages/it/common.yaml`, `themes/mine/theme.yaml`,
    `fonts/Some.ttf`. `findings` is what reading the files has found; `created` is the date that
    files carry, constant so that the same job gives the same bytes.
    """

    canvas: bytes
    formats: tuple[Format, ...] = ("pdf",)
    name: str = "<canvas>"
    options: Options = Options()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Result:
    """What a job gave: bytes by format (empty when there are errors), and every finding.

    A format that holds one page a file (PNG) has its first page in `outputs`, the others in `further`.
    """

    outputs: Mapping[Format, bytes]
    diagnostics: tuple[Diagnostic, ...] = ()
    further: Mapping[Format, tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether there is no error among the findings."""
        return not any(found.severity == "error" for found in self.diagnostics)


# -- data of the product: kinds, languages, themes -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Areas:
    """A grid as in CSS `grid-template-areas`; `columns` and `rows` are weights."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class KindBlock:
    """The structure of one block of a kind."""

    id: str
    code: str
    icon: str
    group: str
    emphasis: bool
    also: tuple[str, ...]
    questions: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    ordered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Which blocks a canvas has, their places and their order of work (keys of `blocks`)."""

    id: str
    name: str
    licence_name: str
    licence_url: str
    licence_holder: str
    blocks: Mapping[str, KindBlock]
    landscape: Areas
    portrait: Areas


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One point of a check-list; `question` belongs to an ordered list's phase."""

    id: str
    text: str
    gloss: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class GuideList:
    """One check-list of a block."""

    id: str
    heading: str
    items: tuple[GuideItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class GuideBlock:
    """What the product says about one block, in one language."""

    title: str
    meaning: str
    questions: tuple[GuideItem, ...]
    lists: tuple[GuideList, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language pack, for one kind: everything the product says in it."""

    tag: str
    name: str
    direction: Direction
    script: str  # ISO 15924: Latn, Arab …
    digits: str  # ten characters, 0 to 9, for numbers in labels
    calendar: str  # "gregorian" or "jalali"
    date: str  # pattern with {day} {month} {year}
    first_day: str  # how the first of a month is written; "" = as a number
    months: Mapping[str, tuple[str, ...]]  # by calendar, twelve names each
    separator: str  # between the names of several people
    labels: Mapping[str, str]
    steps: tuple[str, ...]  # ordinal labels: "First step" …
    breaks: Mapping[str, tuple[str, ...]]  # a long word of ours -> its parts
    kind_title: str
    attribution: str
    blocks: Mapping[str, GuideBlock]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with `extends` resolved: tokens and files, ready to dress sheets and decks."""

    name: str
    tokens: Tokens
    files: Mapping[str, str]  # templates and style sheets by name
    icons: Mapping[str, str]  # icon name -> SVG path data on a 256 × 256 grid
    flipped: tuple[str, ...] = ()  # icons that face the other way in right-to-left


# -- a validated canvas ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the user wrote it: text with inline Markdown, never altered."""

    text: str
    note: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """What the user wrote into one block; None leaves the guide's own words."""

    items: tuple[Item, ...] = ()
    title: str | None = None
    questions: tuple[str, ...] | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A canvas that passed the schema."""

    title: str
    kind: str = "bmc"
    language: str = "en"
    subtitle: str = ""
    organization: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    version: str = ""
    footer: str = ""
    logo: str = ""
    theme: str = "classic"
    theme_tokens: Mapping[str, Any] = field(default_factory=dict)
    render: Mapping[str, Any] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)


# -- a document: every text chosen, every token final ------------------------------------------------


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
    mirrored: bool
    guide: Guide
    layout: str
    page: tuple[float, float]  # width, height
    breaks: Mapping[str, tuple[str, ...]]
    theme: Theme
    overflow: Literal["continue", "fail"]
    sticky: float | None = None

    def number(self, value: int) -> str:
        """Return a number in the digits of the document's labels."""
        return str(value).translate({48 + index: digit for index, digit in enumerate(self.digits)})

    def label(self, key: str, **values: int | str) -> str:
        """Return a label with its placeholders filled, numbers in the language's digits."""
        shown = {name: self.number(v) if isinstance(v, int) else v for name, v in values.items()}
        return self.labels[key].format(**shown)


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


@dataclass(frozen=True, slots=True)
class Shape:
    """A native shape or placeholder of a slide, in reading order.

    `placeholder` names the role in the layout ("title", "items", "questions", "subtitle",
    "eyebrow", "footer", "number"; "" = a shape of its own). `fill` and `line` are token names.
    """

    name: str
    rect: Rect
    paragraphs: tuple[Paragraph, ...] = ()
    placeholder: str = ""
    fill: str = ""
    line: str = ""
    line_pt: float = 0.0
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
    """One slide: which layout it uses, its shapes in reading order, its speaker notes."""

    id: str
    role: Literal["opening", "overview", "block", "closing"]
    title: str
    shapes: tuple[Shape, ...]
    notes: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout: its placeholders (by name) and its decoration."""

    role: Literal["opening", "overview", "block", "closing"]
    name: str
    background: str  # token name
    placeholders: tuple[Shape, ...]
    decoration: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation: slide size, layouts and slides, with what its metadata needs."""

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
