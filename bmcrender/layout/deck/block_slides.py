"""The slides of the blocks: items beside the guiding questions, on more slides where one is too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bmcrender.document import Text
from bmcrender.layout.deck.block_head import head, way_back
from bmcrender.layout.deck.cards import Cards
from bmcrender.layout.deck.chrome import foot
from bmcrender.layout.deck.locator import locator
from bmcrender.layout.deck.notes import guide_notes, item_notes, own_notes
from bmcrender.layout.deck.plan import Part, Plan, body, plans, shared_sizes
from bmcrender.layout.deck.points import Point
from bmcrender.layout.deck.setting import Setting
from bmcrender.slides import Paragraph, Shape, Slide


def block_slides(setting: Setting, titles: Mapping[str, str], layouts: Mapping[str, str]) -> Iterator[Slide]:
    """Yield the slides of all blocks in the order of work; titles by block, names of layouts by group."""
    planned = plans(setting)
    sizes = shared_sizes(planned)
    for plan in planned:
        block = plan.block
        yield from _BlockSlides(setting, plan, sizes, titles[block.id], layouts[block.group]).slides()


class _BlockSlides:
    """The slides of one block."""

    def __init__(
        self, setting: Setting, plan: Plan, sizes: Mapping[str, float], title: str, layout: str
    ) -> None:
        self.setting, self.plan, self.sizes, self.title, self.layout = setting, plan, sizes, title, layout

    def slides(self) -> Iterator[Slide]:
        pages = [page for part in self.plan.parts for page in self._pages(part)]
        nothing = ((body(self.setting, "wide"),), ())
        for number, (shapes, points) in enumerate(pages or [nothing], start=1):
            title = self._numbered(number, max(len(pages), 1))
            identity = self.plan.block.id if number == 1 else f"{self.plan.block.id}.{number}"
            yield Slide(
                identity,
                "block",
                title.plain,
                (
                    *head(self.setting, self.plan.block, title),
                    *shapes,
                    *self._beside(),
                    *foot(self.setting, "block"),
                ),
                self._notes(points, number == 1),
                self.layout,
            )

    def _pages(self, part: Part | Cards) -> Iterator[tuple[tuple[Shape, ...], tuple[Point, ...]]]:
        return part.pages(min(part.largest[0], self.sizes[part.role]))

    def _numbered(self, number: int, count: int) -> Text:
        """Return the title of a slide, numbered if the block has several."""
        text = self.plan.block.title
        shown = self.title
        if count > 1:
            shown = self.setting.document.label("continued_title", title=self.title, n=number, m=count)
        return text if shown == text.plain else replace(text, runs=(replace(text.runs[0], text=shown),))

    def _beside(self) -> Iterator[Shape]:
        """Yield the panel, the same on each of the block's slides, the small canvas and the way back."""
        panel = self.plan.panel
        if panel is not None:
            for shapes, _ in self._pages(panel):
                yield from shapes
            yield from self._divider()
        if "locator" in self.setting.frame("block").places and (panel or not self.setting.stage.foreign):
            yield from locator(self.setting, self.plan.block)

        yield from way_back(self.setting, self.plan.block)

    def _divider(self) -> Iterator[Shape]:
        """Yield the line between items and panel, if the theme has one."""
        fill = self.setting.tokens["block"]["divider"]["fill"]
        if fill:
            yield Shape("Divider", self.setting.place("block", "divider"), fill=fill, decorative=True)

    def _notes(self, points: tuple[Point, ...], first: bool) -> tuple[Paragraph, ...]:
        notes = list(item_notes(points))
        if first:
            hidden = not self.plan.shows_questions
            notes = [*own_notes(self.plan.block), *notes, *guide_notes(self.setting, self.plan.block, hidden)]
        return tuple(replace(note, line_spacing=self.setting.spacing) for note in notes)
