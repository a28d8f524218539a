"""The canvas as a drawing: on the cover with numbers and names of its blocks, elsewhere as a little map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bmcrender.document import Text
from bmcrender.handouts import CoverBox
from bmcrender.layout.grid import rectangles
from bmcrender.layout.handout.setting import Setting
from bmcrender.layout.handout.texts import shortened
from bmcrender.sheets import Rect, TextBlock


def canvas_boxes(setting: Setting, canvas: Rect) -> Iterator[CoverBox]:
    """Yield the boxes in the order of work."""
    rects = rectangles(setting.areas, canvas)
    padding = setting.length("padding", "cover")
    inner = {name: rect.inset(padding, padding, padding, padding) for name, rect in rects.items()}
    names = {
        block.id: replace(setting.typesetter.hyphenated(block.title), id=f"cover.{block.id}.title")
        for block in setting.document.blocks
    }
    size = _name_size(setting, names, inner)
    for block in setting.document.blocks:
        figure = setting.text(f"cover.{block.id}.number", setting.document.number(block.number))
        number = _in_box(setting, figure, "cover_number", inner[block.id], setting.size("cover_number"))
        below = replace(inner[block.id], y=number.rect.bottom)
        below = replace(below, h=inner[block.id].bottom - below.y)
        name = _in_box(setting, _cut(setting, names[block.id], below, size), "cover_name", below, size)
        yield CoverBox(rects[block.id], block.group, block.emphasis, number, name)


def little_map(setting: Setting) -> dict[str, Rect]:
    """Return the blocks on the map beside a step's title, inside the half strokes of its edges."""
    width, height = (float(side) for side in setting.given["step"]["locator"])
    half = float(setting.given["stroke"]["locator"]) / 2
    return rectangles(setting.areas, Rect(0, 0, width, height).inset(half, half, half, half))


def _in_box(setting: Setting, text: Text, role: str, inner: Rect, size: float) -> TextBlock:
    """Return a text at the top of a box, which is in its place already."""
    rect = replace(inner, h=setting.height_of(text, role, inner.w, size))
    return TextBlock(setting.set(text, role, inner.w, size), role, rect, size)


def _cut(setting: Setting, name: Text, room: Rect, size: float) -> Text:
    """Return a name, cut where it is too long for its box; whole it stands above its step."""
    return shortened(name, lambda cut: setting.height_of(cut, "cover_name", room.w, size) <= room.h)


def _name_size(setting: Setting, names: Mapping[str, Text], inner: Mapping[str, Rect]) -> float:
    """Return the largest size of names with which no word is cut, or the smallest."""
    widest = {name: setting.typesetter.shaped(text, "cover_name").widest for name, text in names.items()}
    for points in setting.given["cover"]["name"]:
        size = setting.points(float(points))
        if all(widest[name] * size <= inner[name].w for name in names):
            break
    return size
