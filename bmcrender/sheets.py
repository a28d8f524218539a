"""Laid-out pages of fixed rectangles: `Sheet`, a poster, and `Outline`, a mind map.

Lengths are millimetres unless a name says `_em` (of the text's own size).
"""

from __future__ import annotations

from typing import Literal

from bmcrender.document import Document, Text
from bmcrender.frozen import dataclass

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
class BranchPoint:
    """An entry of a list on a branch: its paragraphs, and the points nested under it."""

    paragraphs: tuple[TextBlock, ...]
    points: tuple[BranchPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What belongs together on a branch: a text, a list of points, or a text that heads a list."""

    text: TextBlock | None
    points: tuple[BranchPoint, ...]


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
