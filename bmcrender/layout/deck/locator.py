"""Small drawings of the canvas: the line drawing of covers, the locator of block slides."""

from __future__ import annotations

from bmcrender.layout import grid
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import Areas, Document
from bmcrender.sheets import Rect, Shape


def areas(document: Document) -> Areas:
    """Return the grid as the document's readers see it."""
    return grid.mirrored_areas(document.areas) if document.mirrored else document.areas


def drawing(setting: Setting, area: Rect, line: str, line_pt: float, fill: str = "") -> tuple[Shape, ...]:
    """Return the canvas as thin rectangles, decoration of a layout."""
    rects = grid.rectangles(areas(setting.document), area)
    return tuple(
        Shape(f"Canvas {number}", rect, fill=fill, line=line, line_pt=line_pt, decorative=True)
        for number, rect in enumerate(rects.values(), start=1)
    )
