"""Small drawings of the canvas: the line drawing of covers, the locator of block slides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bmcrender.document import Document, DocumentBlock
from bmcrender.layout import grid
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import Areas
from bmcrender.sheets import Rect
from bmcrender.slides import Shape


def areas(document: Document) -> Areas:
    """Return the grid of slides as the document's readers see it."""
    return grid.mirrored_areas(document.slide_areas) if document.mirrored else document.slide_areas


def drawing(setting: Setting, area: Rect, look: Mapping[str, Any]) -> tuple[Shape, ...]:
    """Return the canvas as small rectangles, decoration in the look of a theme."""
    document = setting.document
    rects = grid.rectangles(areas(document), area)
    groups = {block.id: block for block in document.blocks}
    return tuple(
        Shape(
            f"Canvas {number}",
            rect,
            fill=setting.color(look["fill"], groups[name]),
            line=setting.color(look["line"], groups[name]),
            line_pt=float(look["pt"]),
            decorative=True,
        )
        for number, (name, rect) in enumerate(rects.items(), start=1)
    )


def locator(setting: Setting, block: DocumentBlock) -> Iterator[Shape]:
    """Yield the block's own place in the small canvas, which leads back to the overview if there is one.

    The places of the others belong to the layout; on a foreign stage they are drawn before it.
    """
    document = setting.document
    look = setting.tokens["block"]["locator"]
    area = setting.place("block", "locator")
    own = grid.rectangles(areas(document), area)[block.id]
    if setting.stage.foreign:
        yield from (one for one in others(setting, block) if one.rect != own)
    yield Shape(
        "Locator",
        own,
        fill=setting.color(look["fill"], block),
        line=setting.color(look["line"], block),
        line_pt=float(look["pt"]),
        alt=document.label("alt_locator", title=block.title.plain),
        **setting.back,
    )


def others(setting: Setting, block: DocumentBlock) -> tuple[Shape, ...]:
    """Return all places of the small canvas as they look on the slides of other blocks."""
    look = setting.tokens["block"]["locator"]
    fill, line = (setting.color(one, block) for one in (look["others"]["fill"], look["line"]))
    colors = {"fill": fill, "line": line, "pt": look["pt"]}
    return drawing(setting, setting.place("block", "locator"), colors)
