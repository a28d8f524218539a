"""What stands where on the slides of each block, and the sizes that the blocks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from bmcrender.document import DocumentBlock
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.cards import Cards
from bmcrender.layout.deck.paging import Pager
from bmcrender.layout.deck.points import (
    Point,
    PointSetter,
    item_points,
    list_points,
    question_points,
    short_list_points,
)
from bmcrender.layout.deck.setting import Setting, room
from bmcrender.slides import Paragraph, Shape

_HEADING_GAP_PT = 9.0
_MOST = 2 / 3  # so many of the blocks share one size; the others are too full for it


@dataclass(frozen=True, slots=True)
class Part:
    """Points on as many slides as they need, under a heading; those of a `role` share their size."""

    role: str
    shape: Shape  # where they stand
    pager: Pager
    heading: Paragraph | None = None

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes that it may have, the largest first."""
        return self.pager.setter.sizes

    @property
    def largest(self) -> tuple[float, int]:
        """The largest size that it can have, and the number of slides that it needs."""
        return self.pager.largest

    def pages(self, size: float) -> Iterator[tuple[tuple[Shape, ...], tuple[Point, ...]]]:
        """Yield what stands on each slide, and the points of it, at a size not above the largest."""
        for page in self.pager.pages(size):
            yield (replace(self.shape, paragraphs=self._words(page, size)),), page

    def _words(self, points: Sequence[Point], size: float) -> tuple[Paragraph, ...]:
        """Return the paragraphs of one page, the heading first."""
        words = self.pager.setter.paragraphs(points, size)
        if self.heading is None or not words:
            return words
        return (self.heading, replace(words[0], before_pt=_HEADING_GAP_PT), *words[1:])


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of one block, one after the other, and what stands beside them on each slide."""

    block: DocumentBlock
    parts: tuple[Part | Cards, ...]
    panel: Part | None
    shows_questions: bool
    wants_panel: bool


def body(setting: Setting, place: str) -> Shape:
    """Return the shape for items with questions beside them ("items"), without ("wide"), or others."""
    shape = setting.shape("block", "items", "Items")
    return replace(shape, rect=setting.place("block", place))


def panel(setting: Setting, block: DocumentBlock) -> Shape:
    """Return the shape for what stands beside the items; it has the theme's look where it is ours."""
    shape = setting.shape("block", "questions", "Questions")
    if setting.stage.foreign and shape.placeholder:
        return shape
    look = setting.tokens["block"]["panel"]
    pad = float(look["padding"])
    return replace(
        shape,
        fill=setting.color(look["fill"], block),
        line=setting.color(look["line"], block),
        line_pt=float(look["pt"]),
        radius=float(look["radius"]),
        inset=(pad, pad, pad, pad) if look["fill"] or look["line"] else (0.0, 0.0, 0.0, 0.0),
    )


def panels_fit(setting: Setting) -> bool:
    """Whether what is to stand beside the items has room there, on the slides of all blocks."""
    return all(plan.panel or not plan.wants_panel for plan in plans(setting))


def item_prompt(setting: Setting, block: DocumentBlock) -> tuple[Paragraph, ...]:
    """Return what the layout shows where items go: an item, and one nested in it."""
    setter = _setter(setting, block, "items")
    words = (setting.label("example_item"),)
    return setter.paragraphs([Point("item", words), Point("item", words, 1)], setter.sizes[1])


def question_prompt(setting: Setting, block: DocumentBlock) -> tuple[Paragraph, ...]:
    """Return what the layout shows where questions go."""
    setter = _setter(setting, block, "questions")
    return setter.paragraphs([Point("question", (setting.label("guiding_questions"),))], setter.sizes[1])


def plans(setting: Setting) -> tuple[Plan, ...]:
    """Return the plan of each block."""
    return tuple(_plan(setting, block) for block in setting.document.blocks)


def shared_sizes(given: Sequence[Plan]) -> dict[str, float]:
    """Return the size of each role, one for all slides but the few that are too full for it."""
    found: dict[str, list[Part | Cards]] = {}
    for plan in given:
        for part in (*plan.parts, *((plan.panel,) if plan.panel else ())):
            found.setdefault(part.role, []).append(part)
    return {role: _shared(parts) for role, parts in found.items()}


def _shared(parts: Sequence[Part | Cards]) -> float:
    """Return the size that most can have; the largest of the list only if all can."""
    sizes = parts[0].sizes
    own = sorted((part.largest[0] for part in parts), reverse=True)
    size = own[ceil(len(own) * _MOST) - 1]
    return size if own[-1] == sizes[0] else min(size, *sizes[1:2])


def _plan(setting: Setting, block: DocumentBlock) -> Plan:
    """Return what a block shows.

    Questions stand beside the items, large where there are none; check-lists beside the questions of an
    empty block, else on a slide of their own. What a panel has no room for gets slides as well. A deck
    without any items is made to be filled in: questions that have nothing beside them get room for answers.
    """
    guide = setting.document.guide
    asks = guide != "none" and bool(block.questions)
    rest = {
        "questions": tuple(question_points(block.questions)) if asks else (),
        "lists": tuple(list_points(block.lists)) if guide == "full" else (),
    }
    role = "questions" if block.items else "lists"
    short = tuple(short_list_points(block.lists)) if role == "lists" and rest[role] else rest["questions"]
    wanted = bool(rest[role])
    beside = _beside(setting, block, role, short, _HEADINGS[role]) if wanted else None
    if beside:
        del rest[role]
    elif asks and not wanted and not any(one.items for one in setting.document.blocks):
        beside = _beside(
            setting, block, "questions", (Point("item", (setting.words("answer", ""),)),), _ANSWERS
        )
    return Plan(block, tuple(_parts(setting, block, rest, beside is not None)), beside, asks, wanted)


def _parts(
    setting: Setting, block: DocumentBlock, rest: Mapping[str, tuple[Point, ...]], beside: bool
) -> Iterator[Part | Cards]:
    if block.items:
        yield _items(setting, block, body(setting, "items" if beside else "wide"))
    for role, points in rest.items():
        if points:
            shape = body(setting, "items" if beside else "alone")
            yield _part(setting, block, f"{role}_alone", points, shape, _HEADINGS[role])


def _items(setting: Setting, block: DocumentBlock, shape: Shape) -> Part | Cards:
    """Return the items: as cards where the theme wants them so and they fit, else as a list."""
    if setting.tokens["block"]["form"] == "cards":
        cards = Cards(setting, block, shape.rect)
        if cards.largest[1]:
            return cards
    return _part(setting, block, "items", tuple(item_points(block.items)), shape)


_HEADINGS = {"questions": "guiding_questions", "lists": "checklists"}
_ANSWERS = "our_canvas"


def _beside(
    setting: Setting, block: DocumentBlock, role: str, points: tuple[Point, ...], heading: str
) -> Part | None:
    """Return points as a panel if the slides have a place for one, and they fit it."""
    if "questions" not in setting.frame("block").places:
        return None
    part = _part(setting, block, role, points, panel(setting, block), heading)
    return part if part.largest[1] == 1 else None


def _part(
    setting: Setting,
    block: DocumentBlock,
    role: str,
    points: tuple[Point, ...],
    shape: Shape,
    heading: str = "",
) -> Part:
    """Return a part; its sizes are the theme's list of the role's name."""
    setter = _setter(setting, block, role)
    area = room(shape)
    if not heading:
        return Part(role, shape, Pager(setting.gauge, setter, area, points))
    size = setting.sizes("block", "panel_title")[0]
    color = setting.color(setting.tokens["block"]["panel"]["color"], block)
    above = setting.heading(setting.label(heading), size, color)
    height = setting.gauge.height([above], area.w) + _HEADING_GAP_PT
    return Part(role, shape, Pager(setting.gauge, setter, area, points, height), above)


def _setter(setting: Setting, block: DocumentBlock, role: str) -> PointSetter:
    color = setting.color(setting.tokens["block"]["marker"]["color"], block)
    return PointSetter(setting.sizes("block", role), setting.spacing, color)
