"""The drawn part of an outline as one SVG a page: trunks, twigs, dots, pills and the centre, no text."""

from __future__ import annotations

from collections.abc import Iterator

from bmcrender.document import Document
from bmcrender.sheets import Curve, Outline, OutlinePage, Plate


def drawing_svg(outline: Outline, number: int) -> bytes:
    """Return the drawing of a page, counted from 1."""
    page = outline.pages[number - 1]
    shapes = "".join(_svg(outline.document, shape) for shape in _shapes(page))
    w, h = f"{outline.width:g}", f"{outline.height:g}"
    size = f'width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'.encode()


def color(document: Document, name: str) -> str:
    """Return the colour of a token or a group; "none" for no name."""
    tokens = document.theme.tokens
    return str({**tokens["colors"], **tokens["groups"]}[name]) if name else "none"


def _shapes(page: OutlinePage) -> Iterator[Curve | Plate]:
    """Yield the shapes from the lowest to the one on top."""
    for branch in page.branches:
        yield from branch.twigs
    for branch in page.branches:
        yield branch.trunk
    for branch in page.branches:
        yield branch.pill
    yield page.centre


def _svg(document: Document, shape: Curve | Plate) -> str:
    if isinstance(shape, Curve):
        stroke = color(document, shape.color)
        return f'<path d="{shape.path}" fill="none" stroke="{stroke}" stroke-width="{shape.width:.4f}"/>'
    rect, fill = shape.rect, color(document, shape.fill)
    edge = (
        f' stroke="{color(document, shape.line)}" stroke-width="{shape.line_width:.4f}"' if shape.line else ""
    )
    return (
        f'<rect x="{rect.x:.4f}" y="{rect.y:.4f}" width="{rect.w:.4f}" height="{rect.h:.4f}"'
        f' rx="{shape.radius:.4f}" fill="{fill}"{edge}/>'
    )
