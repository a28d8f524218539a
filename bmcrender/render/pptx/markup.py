"""The units and the escaping of Office Open XML."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMU_PER_MM = 36_000
NAMESPACES = f'xmlns:a="{MAIN}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"'

# Line breaks and tabs are written as references: an XML parser would turn them into spaces in attributes.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def xml_part(xml: str) -> bytes:
    """Return the content of a part: its root element after the declaration of XML."""
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml).encode()


def escaped(text: str) -> str:
    """Return a text fit for the content of an element and for a quoted attribute."""
    return text.translate(_ESCAPES)


def emu(length_mm: float) -> int:
    """Return millimetres in English Metric Units."""
    return round(length_mm * EMU_PER_MM)


def emu_pt(length_pt: float) -> int:
    """Return points in English Metric Units."""
    return round(length_pt * 12700)


def hundredths(size_pt: float) -> int:
    """Return points in the hundredths in which sizes of text are written."""
    return round(size_pt * 100)


def slide_size(width_mm: float, height_mm: float) -> tuple[int, int]:
    """Return the size of a slide in EMU, rounded to whole points so that 13.333 × 7.5 inches are exact."""
    return emu_pt(round(width_mm * 72 / 25.4)), emu_pt(round(height_mm * 72 / 25.4))
