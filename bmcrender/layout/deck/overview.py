"""The overview slide: the canvas as native boxes in the poster's geometry, each leads to its block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bmcrender.layout import grid
from bmcrender.layout.deck.box import OverviewBox
from bmcrender.layout.deck.chrome import empty, foot
from bmcrender.layout.deck.locator import areas
from bmcrender.layout.deck.points import item_points
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import DocumentBlock
from bmcrender.sheets import Layout, Paragraph, Rect, Shape, Slide

_TITLE = (12.0, 14.0)  # y and height
_CANVAS = (31.5, 139.0)
_FRAME_PT, _GRID_PT = 2.5, 1.0
_HEADING = 0.12  # share of the canvas's height that a heading may fill
_READABLE = 10.0  # smaller only if everything is shown then

Heights = Sequence[float] | None  # of the rows; None for the grid's own


def overview_layout(setting: Setting) -> Layout:
    """Return the layout of the overview: title, footer, the frame of the canvas."""
    # The boxes cover its inner half.
    frame = Shape("Frame", _canvas(setting), line="grid", line_pt=_FRAME_PT, decorative=True)
    shapes = (_title(setting), *empty(foot(setting)))
    return Layout("overview", setting.layout_name("Overview"), "page", shapes, (frame,))


def overview(setting: Setting, titles: Mapping[str, str]) -> Slide:
    """Return the overview slide; `titles` are those of the slides, by role or block."""
    shape, title = _title(setting), titles["overview"]
    sizes = setting.sizes("overview", "title")
    words = setting.fitted(setting.words("overview", title), sizes, shape.rect, "heading", bold=True)
    boxes = _boxes(setting)
    size, heights = _size(setting, boxes)
    rects = _rects(setting, heights)
    shapes = (_shape(box, rects[box.block.id], size, titles[box.block.id]) for box in boxes)
    return Slide(
        "overview", "overview", title, (replace(shape, paragraphs=(words,)), *shapes, *foot(setting))
    )


def _title(setting: Setting) -> Shape:
    rect = setting.at(setting.margin, _TITLE[0], setting.inner, _TITLE[1])
    return Shape("Title", rect, (), "title", anchor="middle")


def _canvas(setting: Setting) -> Rect:
    return Rect(setting.margin, _CANVAS[0], setting.inner, _CANVAS[1])


def _rects(setting: Setting, heights: Heights = None) -> dict[str, Rect]:
    return grid.rectangles(areas(setting.document), _canvas(setting), 0.0, heights)


def _boxes(setting: Setting) -> tuple[OverviewBox, ...]:
    """Return the boxes in the order of work."""
    padding = float(setting.tokens["overview"]["padding"])
    widths = {name: rect.w - 2 * padding for name, rect in _rects(setting).items()}
    headings = _headings(setting, widths)
    return tuple(
        OverviewBox(
            setting, block, tuple(item_points(block.items)), headings[block.id], widths[block.id], padding
        )
        for block in setting.document.blocks
    )


def _headings(setting: Setting, widths: Mapping[str, float]) -> dict[str, Paragraph]:
    """Return the headings in one size: the largest of the list with which each stands on one line."""
    blocks, sizes = setting.document.blocks, setting.sizes("overview", "heading")

    def lines(block: DocumentBlock, size: float) -> int:
        return setting.gauge.lines(Paragraph(block.title, size, "heading", bold=True), widths[block.id])

    shared = next((s for s in sizes if all(lines(block, s) == 1 for block in blocks)), sizes[-1])
    # A title of unusual length gets small, so that it leaves most of its box to the items.
    return {
        block.id: setting.fitted(
            block.title, [shared], Rect(0, 0, widths[block.id], _CANVAS[1] * _HEADING), "heading", bold=True
        )
        for block in blocks
    }


def _size(setting: Setting, boxes: Sequence[OverviewBox]) -> tuple[float, Heights]:
    """Return the size of the items, and the heights of the rows.

    It is the largest at which everything is shown, not above the headings'; if there is none, the
    smallest that is easy to read, and the poster's own proportions.
    """
    least, most = (float(share) for share in setting.tokens["overview"]["rows"])
    given, high = areas(setting.document), _CANVAS[1]
    largest = max(box.heading.size_pt for box in boxes)
    sizes = [size for size in setting.sizes("overview", "items") if size <= largest]
    for size in sizes:
        needs = {box.block.id: box.need(size) for box in boxes}
        heights: Heights = grid.row_heights(given, needs, high, 0.0, (least, most))
        if heights is not None and all(box.words_fit(size, sizes[-1]) for box in boxes):
            return size, heights
    return min((size for size in sizes if size >= _READABLE), default=sizes[-1]), None


def _shape(box: OverviewBox, rect: Rect, size: float, title: str) -> Shape:
    """Return a box as one native shape: heading and items stay editable together."""
    block, pad = box.block, box.padding
    return Shape(
        name=block.title.plain,
        rect=rect,
        paragraphs=box.shown(size, rect.h)[0],
        fill="tint" if block.emphasis else "page",
        line="grid",
        line_pt=_GRID_PT,
        inset=(pad, pad, pad, pad),
        alt=box.setting.document.label("alt_block", title=block.title.plain, n=len(block.items)),
        link=block.id,
        tooltip=title,
    )
