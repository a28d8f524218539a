"""The table of contents of a handout: a row for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bmcrender.document import DocumentBlock, Text
from bmcrender.handouts import Contents, ContentsRow
from bmcrender.layout.handout.setting import Setting
from bmcrender.layout.handout.texts import first_sentence
from bmcrender.sheets import Rect

_SPARE_MM = 1.0  # rules, and what a prediction of the page's end may be wrong by


def contents(setting: Setting) -> Contents:
    """Return the contents, its rows at one height if they need no other."""
    heading = setting.text("contents", setting.document.labels["contents"])
    width = setting.content.w
    block = setting.block(heading, "contents_heading", Rect(0, 0, width, 0), width)
    above = max(setting.length("heading", "contents"), block.rect.h)
    rows = [_row(setting, one) for one in setting.document.blocks]
    least = _least_height([row.height for row in rows], setting.content.h - above - _SPARE_MM)
    least = min(least, setting.length("row", "contents"))
    return Contents(block, above, tuple(replace(row, height=max(row.height, least)) for row in rows))


def _least_height(needed: Sequence[float], room: float) -> float:
    """Return how high rows may be at least so that all stand in a room, each as high as it needs; or 0."""
    low, high = 0.0, room / len(needed)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(max(one, middle) for one in needed) <= room else (low, middle)
    return low


def _row(setting: Setting, block: DocumentBlock) -> ContentsRow:
    """Return a row as high as its texts need."""

    def length(name: str) -> float:
        return setting.length(name, "contents")

    width, top = setting.content.w, length("padding")
    locator_w, locator_h = (float(side) * setting.scale for side in setting.given["contents"]["locator"])
    page_x = width - length("page")
    locator = Rect(page_x - locator_w, top, locator_w, locator_h)
    text_x = length("number")
    area = Rect(text_x, top, locator.x - length("gap") - text_x, 0)
    title = setting.block(_title(block), "contents_title", area, width)
    meaning = None
    if setting.document.guide != "none":
        text = replace(first_sentence(block.meaning), id=f"contents.{block.id}.meaning")
        below = replace(area, y=title.rect.bottom + length("title_gap"))
        meaning = setting.block(text, "contents_meaning", below, width)
    base = top + setting.baseline("contents_title")
    number = setting.text(f"contents.{block.id}.number", setting.document.number(block.number))
    number_area = Rect(0, base - setting.baseline("contents_number"), text_x, 0)
    page = setting.text(f"contents.{block.id}.page", "")
    page_area = Rect(page_x, base - setting.baseline("contents_page"), length("page"), 0)
    last = meaning or title
    return ContentsRow(
        block=block.id,
        group=block.group,
        number=setting.block(number, "contents_number", number_area, width),
        title=title,
        meaning=meaning,
        locator=setting.placed(locator, width),
        page=replace(setting.block(page, "contents_page", page_area, width), align="end"),
        height=max(last.rect.bottom, locator.bottom) + length("end"),
    )


def _title(block: DocumentBlock) -> Text:
    """Return the title of a block as a link to its step."""
    runs = tuple(replace(run, link=f"#{block.title.id}") for run in block.title.runs)
    return replace(block.title, id=f"contents.{block.id}.title", runs=runs)
