"""What a block says, point by point, and the paragraphs that a point becomes at a size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from bmcrender.document import CheckList, Entry, ListItem, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.slides import Paragraph

PointRole = Literal["item", "question", "heading", "term", "step", "list"]

HANG_EM = 0.9
_NESTED_GAP_EM = 0.2
_RUN_ON = "\u00a0· "
_PARAGRAPH_GAP_EM = 0.3
_STEPS_DOWN = 2  # in the list of sizes, from an item to what is nested in it


@dataclass(frozen=True, slots=True)
class Look:
    """How points of a role are set."""

    color: str
    gap_em: float
    marker: Literal["", "bullet", "dash"] = ""
    bold: bool = False


_LOOKS: dict[PointRole, Look] = {
    "item": Look("ink", 0.5, "bullet"),
    "question": Look("ink2", 0.64),
    "heading": Look("heading", 0.9, bold=True),
    "term": Look("ink", 0.2, "bullet"),
    "step": Look("ink", 0.2),
    "list": Look("ink2", 0.64),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its paragraphs, how deep it is nested, what the speaker has to say to it.

    `goes_on` marks the rest of a point whose beginning stands on the slide before.
    """

    role: PointRole
    paragraphs: tuple[Text, ...]
    level: int = 0
    notes: tuple[Text, ...] = ()
    goes_on: bool = False


def item_points(entries: Sequence[Entry], level: int = 0) -> Iterator[Point]:
    """Yield a point for each item, depth first."""
    for entry in entries:
        yield Point("item", entry.paragraphs, level, entry.notes)
        yield from item_points(entry.items, level + 1)


def question_points(questions: Sequence[Text]) -> Iterator[Point]:
    """Yield a point for each question."""
    for question in questions:
        yield Point("question", (question,))


def list_points(lists: Sequence[CheckList]) -> Iterator[Point]:
    """Yield the points of check-lists: each heading, then its terms."""
    for given in lists:
        yield Point("heading", (given.heading,))
        for item in given.items:
            yield Point("step" if item.label else "term", (term(item),), level=1)


def short_list_points(lists: Sequence[CheckList]) -> Iterator[Point]:
    """Yield each check-list in short, as one paragraph: its heading, then its terms without glosses."""
    for given in lists:
        runs = [replace(run, bold=True) for run in given.heading.runs]
        for index, item in enumerate(given.items):
            bare = term(replace(item, gloss=None, question=None))
            runs += [Run(_RUN_ON if index else "\u2002"), *bare.runs]
        yield Point("list", (replace(given.heading, runs=tuple(runs)),))


def term(item: ListItem) -> Text:
    """Return a point of a check-list with its number, and with its gloss or its question."""
    runs = [*([Run(f"{item.label}.\u00a0")] if item.label else []), *item.text.runs]
    for more in (item.gloss, item.question):
        if more is not None:
            runs += [Run("\u00a0– "), *more.runs]
    return replace(item.text, runs=tuple(runs))


@dataclass(frozen=True, slots=True)
class PointSetter:
    """Sets points as paragraphs at sizes of a list."""

    sizes: tuple[float, ...]
    spacing: float
    marker_color: str = "accent"

    def paragraphs(self, points: Sequence[Point], size: float) -> tuple[Paragraph, ...]:
        """Return the paragraphs of some points, the first without a gap above it."""
        found = [paragraph for point in points for paragraph in self.point(point, size)]
        return (replace(found[0], before_pt=0.0), *found[1:]) if found else ()

    def point(self, point: Point, size: float) -> Iterator[Paragraph]:
        """Yield the paragraphs of one point; only the first has the marker."""
        look = _LOOKS[point.role]
        nested = point.role == "item" and point.level > 0
        own = self._nested(size) if nested else size
        color = "ink2" if nested else look.color
        indent = self._indent(point, look, size)
        gap = size * (_NESTED_GAP_EM if nested else look.gap_em)
        for index, text in enumerate(point.paragraphs):
            marked = bool(look.marker) and index == 0 and not point.goes_on
            yield Paragraph(
                text,
                own,
                color,
                look.bold,
                level=point.level if point.role == "item" else 0,
                marker=("dash" if nested else look.marker) if marked else "",
                indent_pt=indent,
                hang_pt=HANG_EM * own if marked else 0.0,
                before_pt=round(own * _PARAGRAPH_GAP_EM if index else gap, 1),
                line_spacing=self.spacing,
                marker_color=self.marker_color,
            )

    def _indent(self, point: Point, look: Look, size: float) -> float:
        if not look.marker:
            return 0.0
        deeper = point.level if point.role == "item" else 0
        return HANG_EM * (size + deeper * self._nested(size))

    def _nested(self, size: float) -> float:
        smaller = [step for step in self.sizes if step < size]
        return smaller[min(_STEPS_DOWN, len(smaller)) - 1] if smaller else size
