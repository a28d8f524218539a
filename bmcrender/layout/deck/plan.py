"""What stands where on the slides of each block, and the sizes that the blocks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from bmcrender.layout.deck.paging import Pager
from bmcrender.layout.deck.points import (
    Point,
    PointSetter,
    item_points,
    list_points,
    question_points,
    short_list_points,
)
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import DocumentBlock
from bmcrender.sheets import Paragraph, Rect

BODY_Y, _BODY_H = 53.0, 117.5
_GAP = 20.7  # between items and panel
_PADDING = 8.0  # of the panel
_ALONE_W = 240.0  # texts without a panel beside them: longer lines are hard to read from afar
_HEADING_GAP_PT = 9.0
_MOST = 2 / 3  # so many of the blocks share one size; the others are too full for it


@dataclass(frozen=True, slots=True)
class Part:
    """Points on as many slides as they need, under a heading; those of a `role` share their size."""

    role: str
    pager: Pager
    heading: Paragraph | None = None

    @staticmethod
    def prompt(setting: Setting) -> tuple[Paragraph, ...]:
        """Return what the layout shows where items go: an item, and one nested in it."""
        setter = PointSetter(setting.sizes("block", "items"), setting.spacing)
        words = (setting.label("example_item"),)
        return setter.paragraphs([Point("item", words), Point("item", words, 1)], setter.sizes[1])


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of one block, one after the other, and what stands beside them on each slide."""

    block: DocumentBlock
    parts: tuple[Part, ...]
    panel: Part | None
    shows_questions: bool


def main_area(setting: Setting, panel: bool) -> Rect:
    """Return the place of the items, with a panel beside them or alone."""
    beside = float(setting.tokens["block"]["panel"]) + _GAP if panel else 0.0
    return setting.at(setting.margin, BODY_Y, setting.inner - beside, _BODY_H)


def panel_area(setting: Setting) -> tuple[Rect, Rect]:
    """Return the panel, and the place in it for text."""
    width = float(setting.tokens["block"]["panel"])
    rect = setting.at(setting.margin + setting.inner - width, BODY_Y, width, _BODY_H)
    return rect, rect.inset(_PADDING, _PADDING, _PADDING, _PADDING)


def plans(setting: Setting) -> tuple[Plan, ...]:
    """Return the plan of each block."""
    return tuple(_plan(setting, block) for block in setting.document.blocks)


def shared_sizes(given: Sequence[Plan]) -> dict[str, float]:
    """Return the size of each role, one for all slides but the few that are too full for it."""
    found: dict[str, list[Part]] = {}
    for plan in given:
        for part in (*plan.parts, *((plan.panel,) if plan.panel else ())):
            found.setdefault(part.role, []).append(part)
    return {role: _shared(parts) for role, parts in found.items()}


def _shared(parts: Sequence[Part]) -> float:
    """Return the size that most can have; the largest of the list only if all can."""
    sizes = parts[0].pager.setter.sizes
    own = sorted((part.pager.largest[0] for part in parts), reverse=True)
    size = own[ceil(len(own) * _MOST) - 1]
    return size if own[-1] == sizes[0] else min(size, *sizes[1:2])


def set_paragraphs(part: Part, points: Sequence[Point], size: float) -> tuple[Paragraph, ...]:
    """Return the paragraphs of one page of a part, its heading first."""
    words = part.pager.setter.paragraphs(points, size)
    if part.heading is None or not words:
        return words
    return (part.heading, replace(words[0], before_pt=_HEADING_GAP_PT), *words[1:])


def _plan(setting: Setting, block: DocumentBlock) -> Plan:
    """Return what a block shows.

    Questions stand beside the items, large where there are none; check-lists beside the questions of an
    empty block, else on a slide of their own. What a panel has no room for gets slides as well.
    """
    guide = setting.document.guide
    asks = guide != "none" and bool(block.questions)
    rest = {
        "questions": tuple(question_points(block.questions)) if asks else (),
        "lists": tuple(list_points(block.lists)) if guide == "full" else (),
    }
    role = "questions" if block.items else "lists"
    short = tuple(short_list_points(block.lists)) if role == "lists" and rest[role] else rest["questions"]
    panel = _panel(setting, role, short) if rest[role] else None
    if panel:
        del rest[role]
    parts = tuple(_parts(setting, block, rest, panel is not None))
    return Plan(block, parts, panel, asks)


def _parts(
    setting: Setting, block: DocumentBlock, rest: Mapping[str, tuple[Point, ...]], panel: bool
) -> Iterator[Part]:
    if block.items:
        yield _part(setting, "items", tuple(item_points(block.items)), main_area(setting, panel))
    area = main_area(setting, panel)
    alone = area if panel else setting.at(setting.margin, area.y, _ALONE_W, area.h)
    for role, points in rest.items():
        if points:
            yield _part(setting, f"{role}_alone", points, alone, _HEADINGS[role])


_HEADINGS = {"questions": "guiding_questions", "lists": "checklists"}


def _panel(setting: Setting, role: str, points: tuple[Point, ...]) -> Part | None:
    """Return points as a panel if they fit one."""
    part = _part(setting, role, points, panel_area(setting)[1], _HEADINGS[role])
    return part if part.pager.largest[1] == 1 else None


def _part(setting: Setting, role: str, points: tuple[Point, ...], area: Rect, heading: str = "") -> Part:
    """Return a part; its sizes are the theme's list of the role's name."""
    setter = PointSetter(setting.sizes("block", role), setting.spacing)
    if not heading:
        return Part(role, Pager(setting.gauge, setter, area, points))
    size = setting.sizes("block", "panel_title")[0]
    above = Paragraph(setting.label(heading), size, "accent_text", bold=True)
    height = setting.gauge.height([above], area.w) + _HEADING_GAP_PT
    return Part(role, Pager(setting.gauge, setter, area, points, height), above)
