"""The slides of the blocks: items beside the guiding questions, on more slides where one is too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bmcrender.layout import grid
from bmcrender.layout.deck.chrome import empty, foot
from bmcrender.layout.deck.locator import areas, drawing
from bmcrender.layout.deck.notes import guide_notes, item_notes, own_notes
from bmcrender.layout.deck.plan import (
    BODY_Y,
    Part,
    Plan,
    main_area,
    panel_area,
    plans,
    set_paragraphs,
    shared_sizes,
)
from bmcrender.layout.deck.points import Point
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import Text
from bmcrender.sheets import Layout, Paragraph, Rect, Shape, Slide

_EYEBROW = (12.5, 7.5)  # y and height
_TITLE = (20.0, 23.0)
_RULE_Y, _RULE_PT = 45.0, 1.4
_LOCATOR = (38.0, 24.0)
_LOCATOR_Y, _LOCATOR_GAP = 14.0, 10.0
_LOCATOR_PT = 0.75


def block_layout(setting: Setting) -> Layout:
    """Return the layout of the block slides: places for all texts, the rule, the canvas in small."""
    rule = Shape(
        "Rule",
        setting.at(setting.margin, _RULE_Y, setting.inner, 0),
        line="grid",
        line_pt=_RULE_PT,
        decorative=True,
    )
    prompt = Part.prompt(setting)
    items = Shape("Items", main_area(setting, panel=True), prompt, "items")
    shapes = (_title(setting), _eyebrow(setting), items, _panel(setting), *empty(foot(setting)))
    canvas = drawing(setting, _locator_area(setting), "line", _LOCATOR_PT, "page")
    return Layout("block", setting.layout_name("Block"), "page", shapes, (rule, *canvas))


def block_slides(setting: Setting, titles: Mapping[str, str]) -> Iterator[Slide]:
    """Yield the slides of all blocks in the order of work, under titles that are given by block."""
    planned = plans(setting)
    sizes = shared_sizes(planned)
    for plan in planned:
        yield from _BlockSlides(setting, plan, sizes, titles[plan.block.id]).slides()


class _BlockSlides:
    """The slides of one block."""

    def __init__(self, setting: Setting, plan: Plan, sizes: Mapping[str, float], title: str) -> None:
        self.setting, self.plan, self.sizes, self.title = setting, plan, sizes, title

    def slides(self) -> Iterator[Slide]:
        pages = [page for part in self.plan.parts for page in self._pages(part)]
        count = max(len(pages), 1)
        for number, (area, points, paragraphs) in enumerate(pages or [(None, (), ())], start=1):
            title = self._numbered(number, count)
            identity = self.plan.block.id if number == 1 else f"{self.plan.block.id}.{number}"
            body = Shape("Items", area or main_area(self.setting, panel=False), paragraphs, "items")
            yield Slide(
                identity,
                "block",
                title.plain,
                (*self._head(title), body, *self._beside(), self._locator(), *foot(self.setting)),
                self._notes(points, number == 1),
            )

    def _pages(self, part: Part) -> Iterator[tuple[Rect | None, tuple[Point, ...], tuple[Paragraph, ...]]]:
        size = min(part.pager.largest[0], self.sizes[part.role])
        for page in part.pager.pages(size):
            yield part.pager.area, page, set_paragraphs(part, page, size)

    def _numbered(self, number: int, count: int) -> Text:
        """Return the title of a slide, numbered if the block has several."""
        text = self.plan.block.title
        shown = self.title
        if count > 1:
            shown = self.setting.document.label("continued_title", title=self.title, n=number, m=count)
        return text if shown == text.plain else replace(text, runs=(replace(text.runs[0], text=shown),))

    def _head(self, title: Text) -> tuple[Shape, Shape]:
        heading, eyebrow = _title(self.setting), _eyebrow(self.setting)
        sizes = self.setting.sizes("block", "title")
        words = self.setting.fitted(title, sizes, heading.rect, "heading", bold=True, loose=True)
        sizes = self.setting.sizes("block", "eyebrow")
        step = self.setting.fitted(self.plan.block.step, sizes, eyebrow.rect, "accent_text", bold=True)
        return replace(heading, paragraphs=(words,)), replace(eyebrow, paragraphs=(step,))

    def _beside(self) -> tuple[Shape, ...]:
        """Return the panel, the same on each of the block's slides."""
        panel = self.plan.panel
        if panel is None:
            return ()
        size = min(panel.pager.largest[0], self.sizes[panel.role])
        words = set_paragraphs(panel, panel.pager.points, size)
        return (replace(_panel(self.setting), paragraphs=words),)

    def _locator(self) -> Shape:
        """Return the block's own place in the small canvas of the layout; it leads back to the overview."""
        document = self.setting.document
        rects = grid.rectangles(areas(document), _locator_area(self.setting))
        return Shape(
            "Locator",
            rects[self.plan.block.id],
            fill="accent",
            line="line",
            line_pt=_LOCATOR_PT,
            alt=document.label("alt_locator", title=self.plan.block.title.plain),
            link="overview",
            tooltip=document.label("back_to_overview"),
        )

    def _notes(self, points: tuple[Point, ...], first: bool) -> tuple[Paragraph, ...]:
        notes = list(item_notes(points))
        if first:
            hidden = not self.plan.shows_questions
            notes = [*own_notes(self.plan.block), *notes, *guide_notes(self.setting, self.plan.block, hidden)]
        return tuple(notes)


def _eyebrow(setting: Setting) -> Shape:
    rect = setting.at(setting.margin, _EYEBROW[0], _title_width(setting), _EYEBROW[1])
    return Shape("Step", rect, (), "eyebrow", anchor="bottom")


def _title(setting: Setting) -> Shape:
    rect = setting.at(setting.margin, _TITLE[0], _title_width(setting), _TITLE[1])
    return Shape("Title", rect, (), "title")


def _title_width(setting: Setting) -> float:
    return setting.inner - _LOCATOR[0] - _LOCATOR_GAP


def _panel(setting: Setting) -> Shape:
    rect, inner = panel_area(setting)
    pad = inner.y - BODY_Y
    return Shape("Questions", rect, (), "questions", fill="tint", inset=(pad, pad, pad, pad))


def _locator_area(setting: Setting) -> Rect:
    return setting.at(setting.margin + setting.inner - _LOCATOR[0], _LOCATOR_Y, *_LOCATOR)
