"""One box of the overview slide: its heading, and as many items as its height has room for."""

from __future__ import annotations

from collections.abc import Sequence

from bmcrender.document import DocumentBlock
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.points import Point
from bmcrender.layout.deck.setting import Setting
from bmcrender.slides import Paragraph

_HEADING_GAP_EM, _ITEM_GAP_EM, _NESTED_GAP_EM = 0.3, 0.22, 0.06
_HANG_EM = 0.8
_LONGEST = 0.75  # share of a box that a single item may fill while others are hidden
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class OverviewBox:
    """The texts of a box; `width` is the room for them in mm, heights include padding and what is above.

    `above` is the height of a bar above the text; `apart`, whether the heading stands in it, alone.
    """

    setting: Setting
    block: DocumentBlock
    points: tuple[Point, ...]
    heading: Paragraph
    width: float
    padding: float  # above and below
    above: float = 0.0
    apart: bool = False

    def need(self, size: float) -> float:
        """Return the height in mm for everything, with items of a size."""
        return self._height(self._words(self.points, size))

    def words_fit(self, size: float, least: float) -> bool:
        """Whether no word of the items has to be broken that the least size would keep whole."""
        return self.setting.gauge.words_fit(self._items(self.points, size), self.width, least / size)

    def shown(self, size: float, height: float) -> tuple[tuple[Paragraph, ...], int]:
        """Return what fits a height, and how many points do not: items first, then what is nested in them."""
        words = self._words(self.points, size)
        if self._height(words) <= height + _TOLERANCE:
            return words, 0
        chosen: list[int] = []
        for at in sorted(range(len(self.points)), key=lambda at: (self.points[at].level > 0, at)):
            point = self.points[at]
            # A point that leaves no room for others is left to its own slide.
            too_long = self._height(self._words([point], size)) > height * _LONGEST
            if too_long or point.level and self._parent(at) not in chosen:
                continue
            tried = sorted([*chosen, at])
            if self._height(self._choice(tried, size)) <= height + _TOLERANCE:
                chosen = tried
            elif not point.level:
                break
        return self._choice(chosen, size), len(self.points) - len(chosen)

    def _parent(self, at: int) -> int:
        """Return the point in which a nested one stands."""
        return next(i for i in range(at - 1, -1, -1) if self.points[i].level < self.points[at].level)

    def _choice(self, chosen: Sequence[int], size: float) -> tuple[Paragraph, ...]:
        """Return some of the points, and the number of those left out."""
        words = self._words([self.points[at] for at in chosen], size)
        more = "…\u00a0" + self.setting.document.label("more", n=len(self.points) - len(chosen))
        text = self.setting.words(f"{self.block.id}.more", more)
        gap = round(size * _ITEM_GAP_EM, 1)
        color = self.setting.tokens["overview"]["more"]["color"]
        return (*words, Paragraph(text, size, color, before_pt=gap, line_spacing=self.setting.spacing))

    def _words(self, shown: Sequence[Point], size: float) -> tuple[Paragraph, ...]:
        return (*(() if self.apart else (self.heading,)), *self._items(shown, size))

    def _items(self, shown: Sequence[Point], size: float) -> tuple[Paragraph, ...]:
        return tuple(
            paragraph
            for index, point in enumerate(shown)
            for paragraph in self._point(point, size, first=not index)
        )

    def _point(self, point: Point, size: float, first: bool) -> list[Paragraph]:
        gap = _HEADING_GAP_EM if first else _NESTED_GAP_EM if point.level else _ITEM_GAP_EM
        return [
            Paragraph(
                text,
                size,
                "ink2" if point.level else "ink",
                level=point.level,
                marker="dash" if point.level and not index else "",
                indent_pt=point.level * _HANG_EM * size,
                hang_pt=_HANG_EM * size if point.level and not index else 0.0,
                before_pt=round(size * (_NESTED_GAP_EM if index else gap), 1),
                line_spacing=self.setting.spacing,
            )
            for index, text in enumerate(point.paragraphs)
        ]

    def _height(self, words: Sequence[Paragraph]) -> float:
        return self.setting.gauge.room(words, self.width) + 2 * self.padding + self.above
