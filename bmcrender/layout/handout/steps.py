"""A step of a handout: its head, what the guide says, the canvas's items or lines to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bmcrender.document import CheckList, DocumentBlock, ListItem, Run, Text
from bmcrender.handouts import Passage, Section, Step
from bmcrender.layout.handout.head import head
from bmcrender.layout.handout.setting import Setting
from bmcrender.layout.handout.texts import running_step
from bmcrender.layout.rows import RowModel, rows
from bmcrender.sheets import Density, Row

_SPARE_MM = 1.0  # what a prediction of a page's end may be wrong by


def step(setting: Setting, block: DocumentBlock) -> Step:
    """Return a block's step, with as much air as it has on one page; where it has two, with all of it."""
    densities = setting.typesetter.densities
    tried = [
        _Step(setting, block, float(air), densities[min(index, len(densities) - 1)])
        for index, air in enumerate(setting.given["air"])
    ]
    return next((one for one in tried if one.pages == 1), tried[0]).step()


class _Step:
    """A step with so much air, its sections measured."""

    def __init__(self, setting: Setting, block: DocumentBlock, air: float, density: Density) -> None:
        self.setting = setting
        self.block = block
        self.air = air
        self.density = density
        self.head = head(setting, block)
        self.sections = tuple(self._sections())
        self.pages, self.used = self._filled()

    def step(self) -> Step:
        number = self.setting.document.number(self.block.number)
        return Step(
            block=self.block.id,
            group=self.block.group,
            number=self.head.number,
            eyebrow=self.head.eyebrow,
            title=self.head.title,
            locator=self.head.locator,
            locator_alt=self.setting.document.label("alt_locator", title=self.block.title.plain),
            running=running_step(self.setting, self.block.number, self.block.title),
            bookmark=f"{number} {self.block.title.plain}",
            head=self.head.height,
            air=self.air,
            density=self.density,
            sections=(*self.sections[:-1], self._to_the_end(self.sections[-1])),
        )

    def _filled(self) -> tuple[int, float]:
        """Return how many pages the step takes, and how much of the last one."""
        pages, used, room = 1, self.head.height, self.setting.content.h - _SPARE_MM
        for section in self.sections:
            if used + section.height > room:
                pages, used = pages + 1, 0.0
            used += section.height
        return pages, used

    def _to_the_end(self, section: Section) -> Section:
        """Return lines to write on down to the end of the page."""
        if not section.lines:
            return section
        line = self.setting.length("line")
        more = int((self.setting.content.h - _SPARE_MM - self.used) / line)
        return replace(section, lines=section.lines + max(more, 0), height=section.height + more * line)

    def _sections(self) -> Iterator[Section]:
        block, document = self.block, self.setting.document
        if document.guide != "none":
            yield self._section(
                block.meaning.id, document.labels["meaning"], "meaning", [Passage(block.meaning)]
            )
            if block.questions:
                label = document.labels["guiding_questions"]
                given = [Passage(self.hyphenated(text)) for text in block.questions]
                yield self._section(f"{block.id}.questions", label, "question", given)
        if document.guide in ("auto", "full"):
            yield from (self._list(given) for given in block.lists)
        yield self._own()

    def hyphenated(self, text: Text) -> Text:
        return self.setting.typesetter.hyphenated(text)

    def _list(self, given: CheckList) -> Section:
        explained = sum(bool(item.gloss or item.question) for item in given.items) * 2 >= len(given.items)
        passages = [Passage(self.hyphenated(_point(item, explained)), _label(item)) for item in given.items]
        return self._made(given.heading, "point", passages)

    def _section(self, node: str, label: str, role: str, passages: Sequence[Passage]) -> Section:
        return self._made(self.setting.text(f"{node}.label", label), role, passages)

    def _made(self, label: Text, role: str, passages: Sequence[Passage]) -> Section:
        setting = self.setting
        height = 0.0
        made: list[Passage] = []
        between = setting.length("between") * self.air
        for passage in passages:
            width = setting.text_width - self._indent(role, passage)
            height += setting.height_of(passage.text, role, width) + (between if made else 0.0)
            made.append(replace(passage, text=setting.set(passage.text, role, width)))
        return self._labelled(label, role, height, passages=tuple(made))

    def _indent(self, role: str, passage: Passage) -> float:
        """Return where a text starts beside its tick box or its number."""
        if role == "question":
            return self.setting.length("tick") + self.setting.length("tick_gap")
        return self.setting.length("phase") if passage.label else 0.0

    def _own(self) -> Section:
        """Return the canvas's items, or lines to write them on."""
        setting = self.setting
        label = setting.text(f"{self.block.id}.items.label", setting.document.labels["our_canvas"])
        given = tuple(rows(self.block.items))
        if not given:
            lines = int(setting.given["step"]["lines"])
            return self._labelled(label, "question", lines * setting.length("line"), lines=lines)
        size = setting.size("item")
        model = RowModel(setting.typesetter, self.density)
        width = setting.text_width / size
        height = model.heights(given, width).between(0, len(given)) * size
        return self._labelled(label, "item", height, rows=model.set(given, width))

    def _labelled(
        self,
        label: Text,
        role: str,
        height: float,
        passages: tuple[Passage, ...] = (),
        rows: tuple[Row, ...] = (),
        lines: int = 0,
    ) -> Section:
        """Return a section as high as its contents or its label."""
        setting = self.setting
        width = setting.length("label")
        label = self.hyphenated(label)
        drop = max(setting.baseline(role) - setting.baseline("label"), 0.0)
        needed = max(height, drop + setting.height_of(label, "label", width))
        around = (setting.length("part") + setting.length("part_end")) * self.air
        total = needed + around + float(setting.given["stroke"]["rule"]) * setting.scale
        return Section(setting.set(label, "label", width), drop, total, role, passages, rows, lines)


def _point(item: ListItem, strong: bool) -> Text:
    """Return a term and what is said about it as two runs of one paragraph."""
    more = item.question or item.gloss
    if more is None:
        return replace(item.text, runs=(Run(item.text.plain, bold=strong),))
    return replace(item.text, runs=(Run(f"{item.text.plain}\u2002", bold=strong), Run(more.plain)))


def _label(item: ListItem) -> Text | None:
    return replace(item.text, id=f"{item.text.id}.label", runs=(Run(item.label),)) if item.label else None
