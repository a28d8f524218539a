"""The guide inside a box: questions under its heading, check-lists pinned to its foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from bmcrender.document import CheckList, DocumentBlock, ListItem, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.typeset import Typesetter
from bmcrender.sheets import Rect, TextBlock

# How much of the guide a block shows: lists with their glosses, lists, questions, nothing.
Amount = Literal["full", "terse", "questions", "none"]


@dataclass(frozen=True, slots=True)
class GuideModel:
    """Measures and sets the guide of one block; `size` is that of questions, in mm."""

    typesetter: Typesetter
    questions: tuple[Text, ...]
    lists: tuple[Text, ...]
    unit: float

    @classmethod
    def of(cls, typesetter: Typesetter, block: DocumentBlock, amount: Amount, unit: float) -> GuideModel:
        """Return as much of a block's guide as is asked for."""
        questions = block.questions if amount != "none" else ()
        lists = block.lists if amount in ("full", "terse") else ()
        lines = [line for given in lists for line in run_in(given, glosses=amount == "full")]
        prepare = typesetter.hyphenated
        return cls(typesetter, tuple(map(prepare, questions)), tuple(map(prepare, lines)), unit)

    def __bool__(self) -> bool:
        return bool(self.questions or self.lists)

    def questions_height(self, inner: float, size: float) -> float:
        """The height of the questions in a box `inner` mm wide."""
        width = self._column(inner)
        return max((self._height(part, "question", width, size) for part in self._parts(inner)), default=0.0)

    def lists_height(self, inner: float, size: float) -> float:
        """The height of the lists, the space above them included."""
        if not self.lists:
            return 0.0
        return self._list_gap + self._height(self.lists, "list", inner, self._list_size(size))

    def set_questions(self, area: Rect, top: float, size: float) -> Iterator[TextBlock]:
        """Yield the questions below `top`."""
        width = self._column(area.w)
        rtl = self.typesetter.document.direction == "rtl"
        for index, part in enumerate(self._parts(area.w)):
            offset = index * (area.w - width)
            x = area.right - width - offset if rtl else area.x + offset
            yield from self._set(part, "question", Rect(x, top, width, 0), size)

    def set_lists(self, area: Rect, size: float) -> Iterator[TextBlock]:
        """Yield the lists at the foot of a box."""
        top = area.bottom - self.lists_height(area.w, size) + self._list_gap
        yield from self._set(self.lists, "list", Rect(area.x, top, area.w, 0), self._list_size(size))

    def rule(self, area: Rect, size: float) -> Rect | None:
        """Return the line above the lists."""
        if not self.lists:
            return None
        y = area.bottom - self.lists_height(area.w, size) + self._list_gap * 0.4
        return Rect(area.x, y, area.w, 0)

    @property
    def _list_gap(self) -> float:
        return float(self.typesetter.tokens["box"]["list_gap"]) * self.unit

    def _list_size(self, size: float) -> float:
        return size * self.typesetter.size("list") / self.typesetter.size("question")

    def _column(self, inner: float) -> float:
        box = self.typesetter.tokens["box"]
        if not self._is_wide(inner):
            return inner
        return (inner - float(box["column_gap"]) * self.unit) / 2

    def _is_wide(self, inner: float) -> bool:
        return inner > float(self.typesetter.tokens["box"]["wide"]) * self.unit and len(self.questions) > 2

    def _parts(self, inner: float) -> tuple[tuple[Text, ...], ...]:
        if not self._is_wide(inner):
            return (self.questions,)
        half = (len(self.questions) + 1) // 2
        return self.questions[:half], self.questions[half:]

    def _gap(self, role: str) -> float:
        return float(self.typesetter.tokens["type"][role]["gap_em"])

    def _height(self, texts: Sequence[Text], role: str, width: float, size: float) -> float:
        heights = [self.typesetter.shaped(text, role).height(width / size) for text in texts]
        return (sum(heights) + self._gap(role) * max(len(heights) - 1, 0)) * size

    def _set(self, texts: Sequence[Text], role: str, place: Rect, size: float) -> Iterator[TextBlock]:
        y = place.y
        for text in texts:
            height = self.typesetter.shaped(text, role).height(place.w / size) * size
            broken = self.typesetter.set(text, role, place.w, size)
            yield TextBlock(broken, role, Rect(place.x, y, place.w, height), size)
            y += height + self._gap(role) * size


def run_in(given: CheckList, glosses: bool) -> Iterator[Text]:
    """Yield a check-list in running lines: heading and items in one, numbered phases in a line each."""
    heading, items = given.heading, given.items
    start = Run(heading.plain + "\u2002", bold=True)
    node = heading.id.removesuffix(".heading")
    if any(item.label for item in items):
        yield Text(heading.id, (Run(heading.plain, bold=True),), heading.direction)
        for item in items:
            yield Text(item.text.id, tuple(_numbered(item)), heading.direction)
        return
    separator = Run("\u00a0· ")
    parts = [Run(_said(item, glosses)) for item in items]
    runs = [run for part in parts for run in (separator, part)][1:]
    yield Text(node, (start, Run("".join(run.text for run in runs))), heading.direction)


def _numbered(item: ListItem) -> Iterator[Run]:
    yield Run(f"{item.label}\u2002", bold=True)
    question = f"\u2002{item.question.plain}" if item.question else ""
    yield Run(item.text.plain + question)


def _said(item: ListItem, glosses: bool) -> str:
    gloss = f" ({item.gloss.plain})" if item.gloss and glosses else ""
    return item.text.plain + gloss
