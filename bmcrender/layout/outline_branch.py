"""One branch of an outline: its texts in lines, how high they stand, and how they are set beside its pill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from bmcrender.document import DocumentBlock, Entry, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.guide import Amount, run_in
from bmcrender.layout.outline_spread import Side
from bmcrender.layout.typeset import Typesetter
from bmcrender.sheets import BranchPoint, Leaf, TextBlock

# What a paragraph is: a text of its own, the text that heads a list, a point of a list, more of that point.
Form = Literal["text", "heading", "point", "more"]


@dataclass(frozen=True, slots=True)
class BranchDensity:
    """How tightly branches are set: the least space between two in u, the spaces inside them in em."""

    branches: float
    leaf: float
    item: float
    question: float
    nested: float
    paragraph: float


@dataclass(frozen=True, slots=True)
class BranchParagraph:
    """One paragraph of a branch: the space above it in em; `twig` where a twig leads to it."""

    text: Text
    role: str
    form: Form
    leaf: int
    gap_em: float
    level: int = 0
    twig: bool = False


@dataclass(frozen=True, slots=True)
class BranchModel:
    """Measures and sets the texts of one branch, or of a part of one; lengths in mm."""

    typesetter: Typesetter
    block: DocumentBlock
    title: Text
    step: Text
    code: Text
    density: BranchDensity
    paragraphs: tuple[BranchParagraph, ...]

    @classmethod
    def of(
        cls, typesetter: Typesetter, block: DocumentBlock, amount: Amount, density: BranchDensity
    ) -> BranchModel:
        """Return the model of a block with so much of its guide, so tightly set."""
        document = typesetter.document
        label = document.label("step", n=block.number)
        step = Text(f"{block.id}.step", (Run(f"{label} ·"),), document.direction)
        # A text of its own, so that "R$" keeps its direction in right-to-left.
        code = Text(f"{block.id}.code", (Run(block.code),), "ltr")
        title = typesetter.hyphenated(block.title)
        paragraphs = tuple(_paragraphs(typesetter, block, amount, density))
        return cls(typesetter, block, title, step, code, density, paragraphs)

    def height(self, width: float, size: float) -> float:
        """The height of the texts in a column `width` mm wide."""
        return self.between(0, len(self.paragraphs), width, size)

    def between(self, start: int, end: int, width: float, size: float) -> float:
        """The height of the paragraphs from `start` to before `end`, the first without its gap."""
        taken = self.paragraphs[start:end]
        gaps = sum(one.gap_em for one in taken[1:]) * size
        return gaps + sum(self._height(one, width, size) for one in taken)

    def parts(self, width: float, size: float, room: float) -> list[BranchModel]:
        """Return the branch in as few parts as fit a height, about equally high."""
        starts = self._starts(width, size, room)
        if len(starts) == 1:
            return [self]
        low, high = self.height(width, size) / len(starts), room
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (
                (low, middle) if len(self._starts(width, size, middle)) == len(starts) else (middle, high)
            )
        starts = self._starts(width, size, high)
        ends = [*starts, len(self.paragraphs)][1:]
        return [
            self._part(n, len(starts), *edges) for n, edges in enumerate(zip(starts, ends, strict=True), 1)
        ]

    def continued(self, number: int, total: int) -> Text:
        """Return the title of a further part."""
        label = self.typesetter.document.label("continued_title", title=self.title.plain, n=number, m=total)
        return replace(self.title, id=f"{self.title.id}.{number}", runs=(Run(label),))

    def set(
        self, side: Side, top: float, size: float
    ) -> tuple[tuple[Leaf, ...], list[tuple[BranchParagraph, TextBlock]]]:
        """Return the leaves below `top`, and each paragraph with its place."""
        placed = []
        y = top
        for index, one in enumerate(self.paragraphs):
            indent = self.indent(one.level) * size
            room = side.spread.text_width - indent
            height = self._height(one, side.spread.text_width, size)
            y += one.gap_em * size if index else 0.0
            rect = side.rect(side.spread.text + indent, y, room, height)
            text = self.typesetter.set(one.text, one.role, room, size)
            placed.append((one, TextBlock(text, one.role, rect, size, side.align)))
            y += height
        leaves = (list(group) for _, group in groupby(placed, key=lambda pair: pair[0].leaf))
        return tuple(map(_leaf, leaves)), placed

    def indent(self, level: int) -> float:
        """How far from the pill's side the text of a level starts, in em."""
        return float(self.typesetter.tokens["outline"]["text"]["indent_em"]) * level

    def _height(self, one: BranchParagraph, width: float, size: float) -> float:
        room = width / size - self.indent(one.level)
        return self.typesetter.shaped(one.text, one.role).height(room) * size

    def _starts(self, width: float, size: float, room: float) -> list[int]:
        """Return where parts no higher than `room` begin; a paragraph alone may be higher."""
        starts = [0]
        for at in range(1, len(self.paragraphs)):
            while starts[-1] < at and self.between(starts[-1], at + 1, width, size) > room + 1e-6:
                starts.append(self._break(starts[-1], at))
        return starts

    def _break(self, start: int, at: int) -> int:
        """Return where to part before `at`: at a twig if there is one, never right below a heading."""
        twigs = [n for n in range(start + 1, at + 1) if self.paragraphs[n].twig]
        if twigs:
            return twigs[-1]
        return at - 1 if self.paragraphs[at - 1].form == "heading" and at - 1 > start else at

    def _part(self, number: int, total: int, start: int, end: int) -> BranchModel:
        taken = self.paragraphs[start:end]
        if number == 1:
            return replace(self, paragraphs=taken)
        return replace(
            self,
            title=self.continued(number, total),
            step=replace(self.step, id=f"{self.step.id}.{number}"),
            code=replace(self.code, id=f"{self.code.id}.{number}"),
            paragraphs=(replace(taken[0], twig=True), *taken[1:]),
        )


def _paragraphs(
    typesetter: Typesetter, block: DocumentBlock, amount: Amount, density: BranchDensity
) -> Iterator[BranchParagraph]:
    """Yield what a branch says: meaning, items, questions, lists."""
    ours, apart = typesetter.hyphenated, density.leaf
    lists = amount in ("full", "terse")
    if lists:
        role = "outline_meaning_aside" if block.items else "outline_meaning"
        yield BranchParagraph(ours(block.meaning), role, "text", 0, apart, twig=True)
    yield from _items(block.items, density)
    for index, text in enumerate(block.questions if amount != "none" else ()):
        gap = density.question if index else apart
        yield BranchParagraph(ours(text), "outline_question", "point", 2, gap, twig=not index)
    for leaf, given in enumerate(block.lists if lists else (), start=3):
        lines = [ours(line) for line in run_in(given, glosses=amount == "full")]
        for index, text in enumerate(lines):
            form: Form = "text" if len(lines) == 1 else "point" if index else "heading"
            gap = density.nested if index else apart
            yield BranchParagraph(text, "outline_list", form, leaf, gap, twig=not index)


def _items(entries: Sequence[Entry], density: BranchDensity, level: int = 0) -> Iterator[BranchParagraph]:
    for number, entry in enumerate(entries):
        above = density.nested if level else density.item if number else density.leaf
        role = "outline_nested" if level else "outline_item"
        for index, text in enumerate(entry.paragraphs):
            gap = density.paragraph if index else above
            form: Form = "more" if index else "point"
            yield BranchParagraph(text, role, form, 1, gap, level, twig=not (level or index))
        yield from _items(entry.items, density, level + 1)


def _leaf(placed: Sequence[tuple[BranchParagraph, TextBlock]]) -> Leaf:
    (first, block), *rest = placed
    if first.form in ("text", "heading"):
        return Leaf(block, _points(rest))
    return Leaf(None, _points(placed))


def _points(placed: Sequence[tuple[BranchParagraph, TextBlock]]) -> tuple[BranchPoint, ...]:
    """Return placed paragraphs as points, nested by their levels."""
    points = []
    least = min((one.level for one, _ in placed), default=0)
    starts = [n for n, (one, _) in enumerate(placed) if not n or one.level == least and one.form != "more"]
    for start, end in zip(starts, [*starts, len(placed)][1:], strict=True):
        own = [block for one, block in placed[start:end] if one.level == least]
        nested = [pair for pair in placed[start:end] if pair[0].level > least]
        points.append(BranchPoint(tuple(own), _points(nested)))
    return tuple(points)
