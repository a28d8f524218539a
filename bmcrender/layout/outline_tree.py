"""Branches in their places on one page of an outline: two balanced sides, pills beside texts or above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bmcrender.document import Text
from bmcrender.frozen import dataclass
from bmcrender.layout.outline_branch import BranchModel, BranchParagraph
from bmcrender.layout.outline_curves import Pen
from bmcrender.layout.outline_spread import Side, Spread
from bmcrender.layout.typeset import MM_PER_PT, Typesetter
from bmcrender.sheets import Branch, Curve, Plate, Rect, TextBlock

# The middle of the small letters stands about so far above the base line.
_SMALL_LETTERS_EM = 0.27
# Between the step and the code in a pill.
_BETWEEN_EM = 0.28


@dataclass(frozen=True, slots=True)
class TreeModel:
    """Measures and sets branches on the two sides of a page; lengths in mm."""

    typesetter: Typesetter
    spread: Spread
    unit: float
    stroke: float
    area: Rect  # where branches may stand
    pill_size: float  # of the titles in the pills

    @property
    def tokens(self) -> Mapping[str, Any]:
        """What the theme says about outlines."""
        found: Mapping[str, Any] = self.typesetter.tokens["outline"]
        return found

    # -- measuring -----------------------------------------------------------------------------------

    def height(self, branch: BranchModel, size: float) -> float:
        """The height of a branch, its pill included."""
        texts, pill = branch.height(self.spread.text_width, size), self.pill_height(branch)
        if self.spread.stacked:
            return pill + (self._below_pill + texts if branch.paragraphs else 0.0)
        return max(pill, texts)

    def room(self, branch: BranchModel) -> float:
        """The height that a branch's texts have on a side of their own."""
        if not self.spread.stacked:
            return self.area.h
        # As if it went on for many pages: then its title is longest.
        high = max(map(self.pill_height, (branch, replace(branch, title=branch.continued(88, 88)))))
        return self.area.h - high - self._below_pill

    def pill_height(self, branch: BranchModel) -> float:
        """The height of a branch's pill."""
        air = 2 * self._mm("pill", "padding_y")
        return max(self._mm("pill", "height"), self._title_height(branch.title) + self._code_height + air)

    def heights(self, branches: Sequence[BranchModel], size: float) -> list[float]:
        """The height of each branch with the least space below it."""
        return [self.height(one, size) + one.density.branches * self.unit for one in branches]

    def _title_height(self, title: Text) -> float:
        shaped = self.typesetter.shaped(title, "outline_pill")
        return shaped.height(self._pill_room / self.pill_size) * self.pill_size

    @property
    def _pill_room(self) -> float:
        return self.spread.pill_width - 2 * self._mm("pill", "padding_x")

    @property
    def _code_size(self) -> float:
        return legible(self.typesetter, "outline_code", self.unit)

    @property
    def _code_height(self) -> float:
        return self._code_size * self.typesetter.line_height("outline_code")

    @property
    def _below_pill(self) -> float:
        return self._mm("pill", "below")

    def _mm(self, part: str, name: str) -> float:
        return float(self.tokens[part][name]) * self.unit

    # -- setting -------------------------------------------------------------------------------------

    def set(self, branches: Sequence[BranchModel], size: float) -> tuple[Branch, ...]:
        """Return the branches set on both sides, in their order."""
        document = self.typesetter.document
        _, count = split(self.heights(branches, size))
        first = -1 if document.mirrored else 1
        middle = self.area.x + self.area.w / 2
        return tuple(
            branch
            for sign, taken in ((first, branches[:count]), (-first, branches[count:]))
            for branch in self._set_side(taken, Side(self.spread, middle, sign, document.direction), size)
        )

    def _set_side(self, branches: Sequence[BranchModel], side: Side, size: float) -> Iterator[Branch]:
        """Yield one side's branches, in equal distances around the page's middle."""
        heights = [self.height(one, size) for one in branches]
        gaps = max(len(branches) - 1, 1)
        apart = self._mm("text", "apart" if any(one.paragraphs for one in branches) else "apart_empty")
        gap = min((self.area.h - sum(heights)) / gaps, apart)
        middle = self.area.y + self.area.h / 2
        y = middle - (sum(heights) + gap * (len(branches) - 1)) / 2
        roots = min(self._mm("trunk", "spread"), self._straight / gaps)
        root = middle - roots * (len(branches) - 1) / 2
        for branch, height in zip(branches, heights, strict=True):
            yield self._branch(branch, side, Rect(0, y, 0, height), root, size)
            y += height + gap
            root += roots

    @property
    def _straight(self) -> float:
        """How much of the centre's side edge is straight."""
        return self._mm("centre", "height") - 2 * self._mm("centre", "radius")

    def _branch(self, branch: BranchModel, side: Side, place: Rect, root: float, size: float) -> Branch:
        """Return a branch that stands at the heights of its place."""
        pen = Pen(self.tokens, side, self.unit, self.stroke, branch.block.group)
        high = self.pill_height(branch)
        texts = branch.height(self.spread.text_width, size)
        y, top = place.y + (place.h - high) / 2, place.y + (place.h - texts) / 2
        if self.spread.stacked:
            y, top = place.y, place.y + high + self._below_pill
        pill = side.rect(self.spread.pill, y, self.spread.pill_width, high)
        title, step, code = self._pill_texts(branch, pill)
        leaves, placed = branch.set(side, top, size)
        return Branch(
            branch.block.id,
            branch.block.group,
            title,
            step,
            code,
            leaves,
            self._plate(pill, pen),
            pen.trunk(root, pill),
            tuple(self._twigs(placed, branch, pen, pill)),
        )

    def _plate(self, pill: Rect, pen: Pen) -> Plate:
        given = self.tokens["pill"]
        width = float(given["line_width"]) * self.stroke
        radius = self._mm("pill", "radius")
        return Plate(pill, radius, pen.color(given["fill"]), pen.color(given["line"]), width)

    def _pill_texts(self, branch: BranchModel, pill: Rect) -> tuple[TextBlock, TextBlock, TextBlock]:
        high = self._title_height(branch.title)
        y = pill.y + (pill.h - high - self._code_height) / 2
        place = Rect(pill.x + self._mm("pill", "padding_x"), y, self._pill_room, high)
        title = centred(self.typesetter, branch.title, "outline_pill", place, self.pill_size)
        return title, *self._code_texts(branch, pill, y + high)

    def _code_texts(self, branch: BranchModel, pill: Rect, y: float) -> tuple[TextBlock, TextBlock]:
        """Return step and code side by side in the middle of a pill."""
        role, size = "outline_code", self._code_size
        widths = [self.typesetter.shaped(one, role).width * size for one in (branch.step, branch.code)]
        between = _BETWEEN_EM * size
        x = pill.x + (pill.w - sum(widths) - between) / 2
        places = [Rect(x, y, widths[0], self._code_height)]
        places.append(Rect(x + widths[0] + between, y, widths[1], self._code_height))
        if self.typesetter.document.direction == "rtl":
            places = [place.mirrored(2 * pill.x + pill.w) for place in places]
        step, code = (
            TextBlock(one, role, place, size)
            for one, place in zip((branch.step, branch.code), places, strict=True)
        )
        return step, code

    def _twigs(
        self, placed: Sequence[tuple[BranchParagraph, TextBlock]], branch: BranchModel, pen: Pen, pill: Rect
    ) -> Iterator[Curve | Plate]:
        for one, block in placed:
            y = block.rect.y + (self.typesetter.baseline(one.role) - _SMALL_LETTERS_EM) * block.size
            if one.twig:
                yield from pen.twig(pill, y)
            elif one.level and one.form == "point":
                yield pen.bullet(branch.indent(one.level) * block.size, y, block.size)


def split(heights: Sequence[float]) -> tuple[float, int]:
    """Return the height of the higher side and how many branches the first one takes, best balanced."""
    counts = range(1, max(len(heights), 2))
    ways = [(max(sum(heights[:count]), sum(heights[count:])), count) for count in counts]
    return min(ways, key=lambda way: (round(way[0], 3), way[1]))


def legible(typesetter: Typesetter, role: str, unit: float, name: str = "size") -> float:
    """Return a role's size in mm, never under the least that can be read."""
    least = float(typesetter.tokens["items"]["floor_pt"]) * MM_PER_PT
    return max(typesetter.size(role, name) * unit, least)


def centred(typesetter: Typesetter, text: Text, role: str, place: Rect, size: float) -> TextBlock:
    """Return a text in the middle of a place, its lines about equally long."""
    shaped = typesetter.shaped(text, role)
    width = place.w / size
    lines, low = shaped.lines(width), max(shaped.widest, width / 4)
    if lines > 1 and low < width:
        for _ in range(10):
            middle = (low + width) / 2
            low, width = (low, middle) if shaped.lines(middle) == lines else (middle, width)
    return TextBlock(typesetter.set(text, role, width * size, size), role, place, size, "center")
