"""Whether every text of a sheet stands once, complete, and inside its rectangle on the laid-out pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from bmcrender.breaks import SOFT_HYPHEN, SPACES
from bmcrender.document import Text
from bmcrender.frozen import dataclass
from bmcrender.sheets import BranchPoint, Outline, OutlinePage, Page, Rect, Sheet, TextBlock

# The renderer works in 1/1024 px and our numbers have four decimals.
_TOLERANCE_MM = 0.06
# Lines may touch by the half-leading of their neighbours.
_TOUCHING_MM = 0.4
_IGNORED = str.maketrans("", "", SPACES + SOFT_HYPHEN + "\u00a0")


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A laid-out line: its node's id, its text, its edges in mm from the page's top left corner."""

    node: str
    text: str
    left: float
    top: float
    right: float
    bottom: float


def misfits(sheet: Sheet | Outline, pages: Sequence[Sequence[DrawnLine]]) -> Iterator[str]:
    """Yield a sentence for each text that is missing, cut, doubled or outside its place."""
    if len(pages) != len(sheet.pages):
        yield f"{len(pages)} pages instead of {len(sheet.pages)}"
        return
    expected: Sequence[Page | OutlinePage] = sheet.pages
    for number, (page, lines) in enumerate(zip(expected, pages, strict=True), start=1):
        by_node: dict[str, list[DrawnLine]] = {}
        for line in lines:
            by_node.setdefault(line.node, []).append(line)
        for text, place in texts(page):
            yield from misfits_of(text, place, by_node.pop(text.id, []), number)
        yield from (f"page {number}: '{node}' has no place" for node in by_node)
        yield from (f"page {number}: {pair}" for pair in overlaps(lines))


def overlaps(lines: Sequence[DrawnLine]) -> Iterator[str]:
    """Yield a sentence for each two lines of different texts that cover each other."""
    by_top = sorted(lines, key=lambda line: line.top)
    for index, upper in enumerate(by_top):
        for lower in takewhile(partial(_begins_above, upper.bottom - _TOUCHING_MM), by_top[index + 1 :]):
            across = min(upper.right, lower.right) - max(upper.left, lower.left)
            if upper.node != lower.node and across > _TOUCHING_MM:
                yield f"'{upper.node}' and '{lower.node}' cover each other"


def _begins_above(y: float, line: DrawnLine) -> bool:
    return line.top < y


def texts(page: Page | OutlinePage) -> Iterator[tuple[Text, Rect]]:
    """Yield every text of a page with the rectangle it must stand in."""
    if isinstance(page, OutlinePage):
        yield from ((block.text, block.rect) for block in _outline_blocks(page))
        return
    blocks = [page.title, *page.footer]
    blocks += [page.subtitle] if page.subtitle else []
    blocks += [part for field in page.fields for part in (field.label, field.value)]
    for box in page.boxes:
        blocks += [part for part in (box.eyebrow, box.heading, *box.questions, *box.lists, box.more) if part]
        for column in box.columns:
            for row in column.rows:
                yield from ((text, column.rect) for text in row.paragraphs)
    yield from ((block.text, block.rect) for block in blocks)


def _outline_blocks(page: OutlinePage) -> Iterator[TextBlock]:
    yield from (page.title, *page.around, *page.fields, *page.footer)
    for branch in page.branches:
        yield from (branch.title, branch.step, branch.code)
        for leaf in branch.leaves:
            yield from [leaf.text] if leaf.text else []
            yield from _point_blocks(leaf.points)


def _point_blocks(points: Sequence[BranchPoint]) -> Iterator[TextBlock]:
    for point in points:
        yield from point.paragraphs
        yield from _point_blocks(point.points)


def misfits_of(text: Text, place: Rect, lines: Sequence[DrawnLine], page: int) -> Iterator[str]:
    """Yield a sentence if a text is missing, cut, doubled or outside its place."""
    expected = text.plain.translate(_IGNORED)
    found = "".join(line.text for line in lines).translate(_IGNORED)
    if sorted(found) != sorted(expected):
        what = "is missing" if not found else "is not complete, or is there twice"
        yield f"page {page}: '{text.id}' {what}"
        return
    for line in lines:
        outside = max(
            place.x - line.left,
            line.right - place.right,
            place.y - line.top,
            line.bottom - place.bottom,
        )
        if outside > _TOLERANCE_MM:
            yield f"page {page}: '{text.id}' stands {outside:.2f} mm outside its place"
            return
