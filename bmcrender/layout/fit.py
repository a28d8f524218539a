"""The largest size of type that fits every box of a page: bisection over the measured box model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TypeVar

from bmcrender.frozen import dataclass
from bmcrender.layout import grid
from bmcrender.layout.boxes import BoxModel
from bmcrender.model import Areas
from bmcrender.sheets import Density, Rect

# Sizes are found to this share of themselves.
_PRECISION = 0.004
# Rows may come out lower than a box needs by less than this, from rounding. A box that needs more than the
# whole canvas and this fits no page.
_TOO_HIGH_MM = 0.01
# A looser setting is kept although a tighter one would print this much larger.
WORTH = 1.06
# Below this share of the largest size it is tried whether one block alone is too full …
_ROOMY = 0.875
# … and it is set smaller alone where that prints the rest so much larger.
_WORTH_ALONE = 1.18

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Sizes of items in mm: the largest, the one below which to tighten, the floor; sizes of questions."""

    largest: float
    easy: float
    floor: float
    question: float
    question_floor: float
    question_share: float  # of the items' size, where questions stand above items
    alone: float  # share of the page's size that a block shrunk alone keeps


@dataclass(frozen=True, slots=True)
class Fit:
    """How a page is set: sizes in mm, heights of rows in mm, and the blocks too full for it."""

    size: float
    density: Density
    question: float
    heights: tuple[float, ...]
    own_sizes: Mapping[str, float] = field(default_factory=dict)
    too_full: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageModel:
    """The boxes of one page on their grid."""

    areas: Areas
    canvas: Rect
    gap: float
    boxes: Mapping[str, BoxModel]
    lines: Mapping[str, int]  # of headings, the same for boxes side by side
    densities: Sequence[Density]
    bounds: Bounds
    shift: tuple[float, float]

    def fit(self) -> Fit:
        """Return the best setting; blocks that do not fit at the floor are named in `too_full`."""
        roomy, normal, *_, compact = self.densities
        fixed = self._largest(normal, (1.0, 1.0))
        moved = self._largest(normal, self.shift)
        best = fixed if fixed and (not moved or fixed.size * WORTH >= moved.size) else moved
        if best and best.size >= self.bounds.largest * 0.999:
            return self._at(best.size, roomy, (1.0, 1.0), {}) or best
        if best and best.size < self.bounds.largest * _ROOMY:
            worth = max(best.size * _WORTH_ALONE, self.bounds.easy)
            alone = self._largest_with_one_alone(normal, worth)
            if alone and alone.size >= worth:
                return alone
        if best and best.size >= self.bounds.easy:
            return best
        tight = self._largest(compact, self.shift)
        if tight and best and best.size * WORTH >= tight.size:
            tight = best
        alone = self._largest_with_one_alone(compact, tight.size if tight else 0.0)
        if alone and (not tight or alone.size > tight.size * WORTH):
            return alone
        return tight or self._overfull(compact)

    @cached_property
    def _widths(self) -> dict[str, float]:
        """The widths of the boxes, which no shift of lines changes."""
        return {name: rect.w for name, rect in grid.rectangles(self.areas, self.canvas, self.gap).items()}

    def needs(self, size: float, density: Density, own: Mapping[str, float]) -> dict[str, float]:
        """The height that each box needs."""
        question = self.question(size)
        return {name: self._need(name, own.get(name, size), density, question) for name in self.boxes}

    def _need(self, name: str, size: float, density: Density, question: float) -> float:
        """The height that a box needs; the same is asked again and again while one block is set alone."""
        key = name, size, density.name, question
        if key not in self._needs:
            box = self.boxes[name]
            self._needs[key] = box.need(self._widths[name], self.lines[name], size, density, question)
        return self._needs[key]

    @cached_property
    def _needs(self) -> dict[tuple[str, float, str, float], float]:
        return {}

    def _at(
        self,
        size: float,
        density: Density,
        shift: tuple[float, float],
        own: Mapping[str, float],
    ) -> Fit | None:
        if self._breaks_words(size, density, own):
            return None
        question, needs = self.question(size), {}
        for name in self.boxes:
            needs[name] = self._need(name, own.get(name, size), density, question)
            if needs[name] > self.canvas.h + _TOO_HIGH_MM:
                return None
        heights = grid.row_heights(self.areas, needs, self.canvas.h, self.gap, shift)
        return Fit(size, density, question, tuple(heights), dict(own)) if heights else None

    def _breaks_words(self, size: float, density: Density, own: Mapping[str, float]) -> bool:
        """Whether a word is cut that a smaller size, still an easy one, would leave whole."""
        return any(self._breaks(name, own.get(name, size), density) for name in self.boxes)

    def _breaks(self, name: str, size: float, density: Density) -> bool:
        key = name, size, density.name
        if key not in self._broken:
            box = self.boxes[name]
            self._broken[key] = box.breaks_words(self._widths[name], size, density, self.bounds.easy)
        return self._broken[key]

    @cached_property
    def _broken(self) -> dict[tuple[str, float, str], bool]:
        return {}

    def _largest(self, density: Density, shift: tuple[float, float]) -> Fit | None:
        return largest(
            lambda size: self._at(size, density, shift, {}), self.bounds.floor, self.bounds.largest
        )

    def _largest_with_one_alone(self, density: Density, worth: float) -> Fit | None:
        """The largest page size when the fullest block alone is set smaller, within its bound.

        Blocks with which the page does not reach a size that is `worth` it are not looked at further.
        """
        share, floor = self.bounds.alone, self.bounds.floor
        found: Fit | None = None
        for name in self.boxes:

            def fitting(size: float, name: str = name) -> Fit | None:
                return self._at(size, density, self.shift, {name: max(size * share, floor)})

            least = max(worth, found.size if found else floor)
            fit = largest(fitting, floor, self.bounds.largest) if fitting(least) else None
            if fit and (found is None or fit.size > found.size):
                found = fit
        return self._grown(found) if found else None

    def _grown(self, fit: Fit) -> Fit:
        """Let the block that is set alone grow again as far as its box allows."""
        ((name, size),) = fit.own_sizes.items()
        grown = largest(lambda own: self._at(fit.size, fit.density, self.shift, {name: own}), size, fit.size)
        return grown or fit

    def _overfull(self, density: Density) -> Fit:
        """Set the page although some blocks are too full even at the floor."""
        floor = self.bounds.floor
        needs = self.needs(floor, density, {})
        heights = grid.least_overfull_heights(self.areas, needs, self.canvas.h, self.gap, self.shift)
        rects = grid.rectangles(self.areas, self.canvas, self.gap, heights)
        full = tuple(name for name, need in needs.items() if need > rects[name].h)

        def others(size: float) -> float | None:
            question, rest = self.question(size), (name for name in self.boxes if name not in full)
            fits = all(self._need(name, size, density, question) <= rects[name].h for name in rest)
            return size if fits else None

        size = largest(others, floor, floor / self.bounds.alone) or floor
        return Fit(size, density, self.question(size), tuple(heights), dict.fromkeys(full, floor), full)

    def _heights_for(self, needs: Mapping[str, float]) -> list[float] | None:
        return grid.row_heights(self.areas, needs, self.canvas.h, self.gap, self.shift)

    def question(self, size: float) -> float:
        """The size of questions on a page with items of `size`: quiet beside these, else as large as fits."""
        together = any(box.guide and box.rows for box in self.boxes.values())
        if not together:
            return self._question_alone
        return max(min(self.bounds.question, size * self.bounds.question_share), self.bounds.question_floor)

    @cached_property
    def _question_alone(self) -> float:
        """The largest size of questions with which boxes that show only these keep their own height."""
        density = self.densities[-1]

        def fitting(size: float) -> float | None:
            needs = {
                name: box.need(self._widths[name], self.lines[name], size, density, size)
                for name, box in self.boxes.items()
                if box.guide and not box.rows
            }
            return size if self._heights_for(needs) else None

        low, high = self.bounds.question_floor, self.bounds.question
        return largest(fitting, low, high) or low

    def guide_fits(self, fit: Fit) -> bool:
        """Whether every box has room for its guide at least."""
        rects = grid.rectangles(self.areas, self.canvas, self.gap, fit.heights)
        return all(
            self.boxes[name].fixed_height(rects[name].w, self.lines[name], fit.question) <= rects[name].h
            for name in fit.too_full
            if self.boxes[name].guide
        )


def largest(fitting: Callable[[float], T | None], low: float, high: float) -> T | None:
    """Return what `fitting` gives for the largest size it accepts between the bounds, None if none."""
    best = fitting(high)
    if best is not None:
        return best
    best = fitting(low)
    if best is None:
        return None
    while high - low > low * _PRECISION:
        middle = (low + high) / 2
        found = fitting(middle)
        if found is None:
            high = middle
        else:
            best, low = found, middle
    return best
