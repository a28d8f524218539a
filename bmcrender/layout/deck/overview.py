"""The overview slide: the canvas as native boxes in the poster's geometry, each leads to its block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bmcrender.layout import grid
from bmcrender.layout.deck.box import OverviewBox
from bmcrender.layout.deck.chrome import empty, foot
from bmcrender.layout.deck.locator import areas
from bmcrender.layout.deck.points import item_points
from bmcrender.layout.deck.setting import Setting, listed
from bmcrender.sheets import Rect
from bmcrender.slides import Layout, Paragraph, Shape, Slide

_ABOVE = 1.3  # times the items' size: headings are not larger
_HEADING = 0.12  # share of the canvas's height that a heading may fill
_READABLE = 10.0  # smaller only if everything is shown then

Heights = Sequence[float] | None  # of the rows; None for the grid's own


def overview_layout(setting: Setting) -> Layout:
    """Return the layout of the overview: title, footer, the frame of the canvas."""
    look = setting.tokens["overview"]["frame"]
    shapes = (_title(setting), *empty(tuple(foot(setting, "overview"))))
    # The boxes cover its inner half.
    frame = Shape(
        "Frame",
        setting.place("overview", "canvas"),
        line=look["line"],
        line_pt=float(look["pt"]),
        decorative=True,
    )
    decoration = (frame,) if look["line"] else ()
    return Layout("overview", setting.frame("overview").name, "page", shapes, decoration)


def overview(setting: Setting, titles: Mapping[str, str]) -> Slide:
    """Return the overview slide; `titles` are those of the slides, by role or block."""
    shape, title = _title(setting), titles["overview"]
    sample = setting.title(setting.words("overview", title), "heading")
    words = setting.fitted(shape, setting.sizes("overview", "title"), sample)
    size, boxes, heights = _set(setting)
    rects = _rects(setting, heights)
    shapes = (one for box in boxes for one in _shapes(box, rects[box.block.id], size, titles[box.block.id]))
    return Slide(
        "overview",
        "overview",
        title,
        (replace(shape, paragraphs=(words,)), *shapes, *foot(setting, "overview")),
        layout=setting.frame("overview").name,
    )


def _title(setting: Setting) -> Shape:
    return setting.shape("overview", "title", "Title", anchor="middle")


def _rects(setting: Setting, heights: Heights = None) -> dict[str, Rect]:
    return grid.rectangles(
        areas(setting.document), setting.place("overview", "canvas"), _gap(setting), heights
    )


def _gap(setting: Setting) -> float:
    return float(setting.tokens["overview"]["gap"]) * setting.scale


def _padding(setting: Setting) -> tuple[float, float]:
    """Return the space around the text of a box: beside it, and above and below."""
    given = listed(setting.tokens["overview"]["padding"])
    return given[0] * setting.scale, given[-1] * setting.scale


def _boxes(setting: Setting, size: float) -> tuple[OverviewBox, ...]:
    """Return the boxes in the order of work, with headings for items of a size."""
    look = setting.tokens["overview"]
    beside, padding = _padding(setting)
    band, edge = float(look["headline"]["height"]), float(look["edge"]["height"])
    widths = {name: rect.w - 2 * beside for name, rect in _rects(setting).items()}
    headings = _headings(setting, widths, size)
    return tuple(
        OverviewBox(
            setting,
            block,
            tuple(item_points(block.items)),
            headings[block.id],
            widths[block.id],
            padding,
            band + edge,
            band > 0,
        )
        for block in setting.document.blocks
    )


def _headings(setting: Setting, widths: Mapping[str, float], size: float) -> dict[str, Paragraph]:
    """Return the headings in one size: the largest of the list with which each stands on one line.

    They are not much larger than the items.
    """
    look = setting.tokens["overview"]["headline"]
    samples = {
        block.id: setting.heading(block.title, 0, setting.color(look["color"], block))
        for block in setting.document.blocks
    }

    def lines(name: str, at: float) -> int:
        return setting.gauge.lines(replace(samples[name], size_pt=at), widths[name])

    every = setting.sizes("overview", "heading")
    sizes = [one for one in every if one <= size * _ABOVE] or every[-1:]
    shared = next((one for one in sizes if all(lines(name, one) == 1 for name in samples)), sizes[-1])
    # A title of unusual length gets small, so that it leaves most of its box to the items.
    height = float(look["height"]) or setting.place("overview", "canvas").h * _HEADING
    return {
        name: setting.fitted(Shape("", Rect(0, 0, widths[name], height)), [shared], sample)
        for name, sample in samples.items()
    }


def _set(setting: Setting) -> tuple[float, tuple[OverviewBox, ...], Heights]:
    """Return the size of the items, the boxes, and the heights of the rows.

    It is the largest size at which everything is shown, not above the headings'; if there is none, the
    smallest that is easy to read, and the poster's own proportions.
    """
    least, most = (float(share) for share in setting.tokens["overview"]["rows"])
    given, high = areas(setting.document), setting.place("overview", "canvas").h
    sizes = setting.sizes("overview", "items")
    for size in sizes:
        boxes = _boxes(setting, size)
        needs = {box.block.id: box.need(size) for box in boxes}
        heights: Heights = grid.row_heights(given, needs, high, _gap(setting), (least, most))
        fits = heights is not None and all(box.words_fit(size, sizes[-1]) for box in boxes)
        if fits and size <= max(box.heading.size_pt for box in boxes):
            return size, boxes, heights
    size = min((size for size in sizes if size >= _READABLE * setting.scale), default=sizes[-1])
    return size, _boxes(setting, size), None


def _shapes(box: OverviewBox, rect: Rect, size: float, title: str) -> Iterator[Shape]:
    """Yield a box: its bar, and one native shape in which heading and items stay editable together.

    A heading in a band of its own is a shape of its own.
    """
    setting, look = box.setting, box.setting.tokens["overview"]
    edge, band = float(look["edge"]["height"]), float(look["headline"]["height"])
    leads: Mapping[str, Any] = (
        {} if setting.document.deck == "overview" else {"link": box.block.id, "tooltip": title}
    )
    if edge:
        fill = setting.color(look["edge"]["fill"], box.block)
        yield Shape("Edge", replace(rect, h=edge), fill=fill, decorative=True)
    if band:
        yield _band(box, Rect(rect.x, rect.y + edge, rect.w, band), leads)
    yield _body(box, rect.inset(0, edge + band, 0, 0), box.shown(size, rect.h)[0], leads)


def _band(box: OverviewBox, rect: Rect, leads: Mapping[str, Any]) -> Shape:
    """Return the heading of a box as a band."""
    setting, beside = box.setting, _padding(box.setting)[0]
    fill = setting.color(setting.tokens["overview"]["headline"]["fill"], box.block)
    return Shape(
        f"{box.block.title.plain} {box.block.code}",
        rect,
        (box.heading,),
        fill=fill,
        inset=(beside, 0, beside, 0),
        anchor="middle",
        alt=box.block.title.plain,
        **leads,
    )


def _body(box: OverviewBox, rect: Rect, words: tuple[Paragraph, ...], leads: Mapping[str, Any]) -> Shape:
    """Return the text of a box as a shape."""
    block, setting = box.block, box.setting
    beside, pad = _padding(setting)
    look = setting.tokens["overview"]
    fill = look["emphasis"]["fill"] if block.emphasis else look["box"]["fill"]
    return Shape(
        name=block.title.plain,
        rect=rect,
        paragraphs=words,
        fill=setting.color(fill, block),
        line=setting.color(look["box"]["line"], block),
        line_pt=float(look["box"]["pt"]),
        radius=float(look["box"]["radius"]) * setting.scale,
        inset=(beside, pad, beside, pad),
        alt=setting.document.label("alt_block", title=block.title.plain, n=len(block.items)),
        **leads,
    )
