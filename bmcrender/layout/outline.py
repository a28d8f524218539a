"""A document to an outline: a mind map at the largest size that fits, on one page or more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bmcrender.document import Document
from bmcrender.errors import Diagnostic, LimitError, Severity
from bmcrender.frozen import dataclass
from bmcrender.layout.fit import largest
from bmcrender.layout.guide import Amount
from bmcrender.layout.outline_branch import BranchDensity, BranchModel
from bmcrender.layout.outline_centre import CentreModel, Foot
from bmcrender.layout.outline_spread import spread
from bmcrender.layout.outline_tree import TreeModel, legible, split
from bmcrender.layout.typeset import MM_PER_PT, Typesetter
from bmcrender.measure import Measurer
from bmcrender.sheets import Outline, OutlinePage, Rect

# Between the foot and the branches, in u.
_ABOVE_FOOT = 1.4


def outline(document: Document, measurer: Measurer) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """Return the outline, and a finding when it needs more than one page."""
    return _Outline(document, measurer).outline()


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which branches stand on which page, and the size of their texts in mm."""

    size: float
    pages: tuple[tuple[BranchModel, ...], ...]


class _Outline:
    def __init__(self, document: Document, measurer: Measurer) -> None:
        self.document = document
        self.typesetter = Typesetter(document, measurer)
        self.width, self.height = document.page
        self.unit = min(document.page) / 100
        self.stroke = self.typesetter.stroke
        self.margin = float(self.typesetter.tokens["page"]["margin"]) * self.unit
        self.centres = CentreModel(
            self.typesetter, self.unit, self.stroke, self.width, self.height, self.margin
        )
        self.spread = spread(self.typesetter.tokens["outline"], self.unit, self.width, self.margin)

    def outline(self) -> tuple[Outline, tuple[Diagnostic, ...]]:
        plan = self.plan()
        pages = tuple(self.page(plan, number) for number in range(1, len(plan.pages) + 1))
        made = Outline(self.document, self.width, self.height, self.unit, self.stroke, pages)
        return made, tuple(self.findings(plan))

    def page(self, plan: _Plan, number: int) -> OutlinePage:
        foot = self.centres.foot(number, len(plan.pages))
        tree = self.tree(foot)
        centre, title, around = self.centres.centre(tree.area.y + tree.area.h / 2, number)
        branches = tree.set(plan.pages[number - 1], plan.size)
        logo = self.centres.logo(centre) if number == 1 else None
        return OutlinePage(centre, title, around, logo, foot.fields, branches, foot.footer)

    def tree(self, foot: Foot) -> TreeModel:
        bottom = min(foot.top, self.height - self.margin) - _ABOVE_FOOT * self.unit
        area = Rect(self.margin, self.margin, self.width - 2 * self.margin, bottom - self.margin)
        return TreeModel(self.typesetter, self.spread, self.unit, self.stroke, area, self.pill_size)

    @cached_property
    def pill_size(self) -> float:
        """One size for the titles in all pills: the largest in its bounds with which each has one line."""
        given = self.typesetter.tokens["outline"]["pill"]
        room = self.spread.pill_width - 2 * float(given["padding_x"]) * self.unit
        size, least = (legible(self.typesetter, "outline_pill", self.unit, name) for name in ("size", "min"))
        titles = [self.typesetter.hyphenated(block.title) for block in self.document.blocks]
        widest = max(self.typesetter.shaped(title, "outline_pill").width for title in titles)
        return max(min(size, room / widest * 0.998), least) if widest else size

    # -- what stands on which page -------------------------------------------------------------------

    def plan(self) -> _Plan:
        """Return the fewest pages that take all: smaller type, tighter, without glosses, then a page more."""
        tree = self.tree(self.centres.foot(1, 2))
        ways = [self.parts(tree, amount, density) for amount, density in self.ways]
        for count in range(1, max(map(len, ways)) + 1):
            for parts in ways:
                plan = self.largest(tree, parts, count)
                if plan:
                    return plan
        message = f"the outline does not fit pages of {self.width:g} × {self.height:g} mm in legible type"
        hint = "choose a larger page (--page-size a3)"
        raise LimitError([Diagnostic("error", "page-too-small", message, hint)])

    @property
    def ways(self) -> list[tuple[Amount, BranchDensity]]:
        """How much of the guide to show and how tightly, from what is best to what takes least room."""
        given = self.typesetter.tokens["outline"]["densities"]
        roomy, *_, compact = (
            BranchDensity(**{name: float(gap) for name, gap in one.items()}) for one in given
        )
        guide = self.document.guide
        if guide in ("none", "questions"):
            return [(guide, roomy), (guide, compact)]
        return [("full", roomy), ("full", compact), ("terse", compact)]

    @property
    def sizes(self) -> tuple[float, float]:
        """The largest and the least size of texts in mm."""
        least, most = (legible(self.typesetter, "outline_item", self.unit, name) for name in ("min", "size"))
        return most, least

    def parts(self, tree: TreeModel, amount: Amount, density: BranchDensity) -> list[BranchModel]:
        """Return the branches in the order of work, one that is higher than a page in parts."""
        parts: list[BranchModel] = []
        for block in self.document.blocks:
            branch = BranchModel.of(self.typesetter, block, amount, density)
            parts += branch.parts(self.spread.text_width, self.sizes[1], tree.room(branch))
        return parts

    def largest(self, tree: TreeModel, parts: Sequence[BranchModel], count: int) -> _Plan | None:
        """Return the plan for so many pages with the largest type, None where the least is too large."""

        def fitting(size: float) -> _Plan | None:
            pages = self.paged(tree, parts, count, size)
            return _Plan(size, pages) if pages else None

        most, least = self.sizes
        return largest(fitting, least, most)

    def paged(
        self, tree: TreeModel, parts: Sequence[BranchModel], count: int, size: float
    ) -> tuple[tuple[BranchModel, ...], ...] | None:
        """Return branches in their order on so many pages, as even as can be; None where one is too full."""
        if count > len(parts):
            return None
        heights = tree.heights(parts, size)
        room = tree.area.h + parts[0].density.branches * self.unit + 1e-6
        ends: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for page in range(1, count + 1):
            found: dict[int, tuple[float, tuple[int, ...]]] = {}
            for end in range(page, len(parts) - (count - page) + 1):
                ways = []
                for start, (high, before) in ends.items():
                    if start < end:
                        own, _ = split(heights[start:end])
                        if own <= room:
                            ways.append((max(high, own), (*before, end)))
                if ways:
                    found[end] = min(ways, key=_evenness)
            ends = found
        if len(parts) not in ends:
            return None
        edges = (0, *ends[len(parts)][1])
        return tuple(tuple(parts[start:end]) for start, end in zip(edges, edges[1:], strict=False))

    def findings(self, plan: _Plan) -> list[Diagnostic]:
        if len(plan.pages) == 1:
            return []
        severity: Severity = "error" if self.document.overflow == "fail" else "warning"
        first = plan.pages[0][-1].block.number
        points = self.sizes[1] / MM_PER_PT
        return [
            Diagnostic(
                severity,
                "overflow",
                f"the outline is too full for one page at {points:.1f} pt: "
                f"what comes after step {first} goes on, on {_further(len(plan.pages))}",
                "shorten it, show less of the guide (--guide questions), or choose a larger page",
            )
        ]


def _evenness(way: tuple[float, tuple[int, ...]]) -> tuple[float, list[int]]:
    """Order ways of parting branches: the least full page first, then those whose first pages hold most."""
    high, ends = way
    return round(high, 1), [-end for end in ends]


def _further(pages: int) -> str:
    return "page 2" if pages == 2 else f"pages 2 to {pages}"
