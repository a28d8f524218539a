"""What goes in and what comes out: `Job` and `Result`; kinds, languages and themes; the checked `Canvas`.

With them, how the digits of a language and the tokens of themes are read. Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from bmcrender.errors import Diagnostic
from bmcrender.frozen import dataclass

if TYPE_CHECKING:
    from bmcrender.source import Source

Direction = Literal["ltr", "rtl"]
Format = Literal["pdf", "pptx", "html", "png"]
PAGED: tuple[Format, ...] = ("pdf", "html", "png")  # the formats that have pages, and so a page size
Orientation = Literal["landscape", "portrait"]
PageLayout = Literal["poster", "handout", "outline"]
Guide = Literal["auto", "none", "questions", "full"]
Slides = Literal["blocks", "overview", "full"]
Overflow = Literal["continue", "fail"]
MissingGlyphs = Literal["error", "warn"]
TemplateRole = Literal["opening", "overview", "block", "closing"]  # of slides, each with its layout
Tokens = Mapping[str, Any]
Fonts = tuple[tuple[str, bytes], ...]  # font files: names and bytes

TEMPLATE_ROLES: tuple[TemplateRole, ...] = get_args(TemplateRole)

# Stands for no date where a file must have one; PDFs then have none.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

# -- a job and its result ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may set on top of the canvas; None leaves the canvas's own choice."""

    language: str | None = None
    theme: str | None = None
    layout: PageLayout | None = None
    guide: Guide | None = None
    page: str | None = None
    orientation: Orientation | None = None
    mirror: bool | None = None
    deck: Slides | None = None
    overflow: Overflow = "continue"
    missing_glyphs: MissingGlyphs = "error"
    blank: bool = False  # a sheet to write on: the title block keeps its empty fields
    sticky: float | None = None  # side in mm of the sticky notes whose places a poster marks
    dpi: float | None = None  # of pictures; or their width in pixels
    width: int | None = None
    margin: float = 0.0  # mm kept free around the sheet, within the page
    bleed: float | None = None  # mm of colour beyond the cut, with crop marks
    tile: str | None = None  # the page size over whose pages a PDF's page is parted
    embed_fonts: bool = True  # a deck carries the fonts that it uses
    settings: tuple[tuple[str, str], ...] = ()  # --set key.path=value, in order
    template_layouts: tuple[tuple[str, str], ...] = ()  # role of slides, name of the template's layout


@dataclass(frozen=True, slots=True)
class Template:
    """Somebody's presentation whose masters and layouts a deck takes: its path as given, its bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """One canvas to render: its bytes and all that it needs, no path left to follow.

    `assets` holds the files the canvas names (the logo), by the path as written there. `files`
    overlays the built-in data: `kinds/x.yaml`, `languages/it/common.yaml`, `themes/mine/theme.yaml`,
    `fonts/Some.ttf`. `project` holds a project file's values, which lie under the canvas's own.
    `findings` is what reading the files has found; `created` is the date that files carry, constant so
    that the same job gives the same bytes. `template` is whose layouts a deck takes.
    """

    canvas: bytes
    formats: tuple[Format, ...] = ("pdf",)
    name: str = "<canvas>"
    options: Options = Options()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    project: Source | None = None
    findings: tuple[Diagnostic, ...] = ()
    created: datetime = UNDATED
    template: Template | None = None


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
    licence_url: str
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
    given: Mapping[str, str] = field(default_factory=dict)  # of `files` those of one's own -> `Job.files`


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


# -- numbers and tokens ----------------------------------------------------------------------------


def in_digits(number: int, digits: str) -> str:
    """Return a number in the ten digits of a language, from its nought on."""
    return str(number).translate({ord("0") + index: digit for index, digit in enumerate(digits)})


def laid_over(under: Tokens, over: Tokens) -> dict[str, Any]:
    """Return tokens with others over them, group by group."""
    found = dict(under)
    for key, value in over.items():
        known = found.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            value = laid_over(known, value)
        found[key] = value
    return found
