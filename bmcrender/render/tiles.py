"""A large page over several small ones, to be cut at the marks and glued together."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from bmcrender.frozen import dataclass

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PT_PER_MM = 72 / 25.4
# Printers do not reach the edge of the paper: what stands there is white, with marks and a label.
_EDGE_MM = 10.0
_OVERLAP_MM = 10.0
_MARK_MM = 6.0
_MARK_OFF_MM = 1.5
_MARK_STROKE_PT = 0.4
_LABEL_PT = 8.0


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a page is parted: the paper of a tile in mm, and how many there are across and down."""

    paper: tuple[float, float]
    across: int
    down: int

    @property
    def window(self) -> tuple[float, float]:
        """Width and height of what one tile shows."""
        return self.paper[0] - 2 * _EDGE_MM, self.paper[1] - 2 * _EDGE_MM

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """Return the upper left corner of what a tile shows, from that of the page."""
        return column * (self.window[0] - _OVERLAP_MM), row * (self.window[1] - _OVERLAP_MM)


def tiling(page: tuple[float, float], paper: tuple[float, float]) -> Tiling:
    """Return the fewest tiles that cover a page, whichever way the paper lies."""
    found = [_tiling(page, paper), _tiling(page, (paper[1], paper[0]))]
    return min(found, key=lambda one: one.across * one.down)


def _tiling(page: tuple[float, float], paper: tuple[float, float]) -> Tiling:
    steps = [side - 2 * _EDGE_MM - _OVERLAP_MM for side in paper]
    counts = [
        max(1, ceil(round((side - _OVERLAP_MM) / step, 6))) for side, step in zip(page, steps, strict=True)
    ]
    return Tiling(paper, *counts)


def tiled(pdf: bytes, paper: tuple[float, float], created: datetime) -> bytes:
    """Return a PDF with each page over tiles, row by row, labelled A1, A2, then B1, B2 and so on."""
    from pypdfium2 import PdfDocument

    source, target = PdfDocument(pdf), PdfDocument.new()
    try:
        for number in range(len(source)):
            _add_tiles(source, number, target, paper)
        file = BytesIO()
        target.save(file)
        return _settled(file.getvalue(), sha256(pdf).hexdigest()[:32].upper(), created)
    finally:
        target.close()
        source.close()


def _settled(pdf: bytes, identity: str, created: datetime) -> bytes:
    """Return a file of PDFium's with a date and an identity that are the same every time."""
    date = f"/CreationDate(D:{created:%Y%m%d%H%M%S}".encode()
    pdf, dates = re.subn(rb"/CreationDate\(D:\d{14}", date, pdf, count=1)
    start = pdf.rindex(b"trailer")
    names = f"/ID[<{identity}><{identity}>]".encode()
    end, identities = re.subn(rb"/ID ?\[ ?<[0-9A-F]{32}> ?<[0-9A-F]{32}> ?\]", names, pdf[start:])
    assert dates == identities == 1, "PDFium writes other files than those that were tried"
    return pdf[:start] + end


def _add_tiles(source: PdfDocument, number: int, target: PdfDocument, paper: tuple[float, float]) -> None:
    """Add the tiles of one page."""
    from pypdfium2 import PdfMatrix

    left, bottom, right, top = source[number].get_mediabox()  # the captured page begins at zero
    parts = tiling(((right - left) / _PT_PER_MM, (top - bottom) / _PT_PER_MM), paper)
    whole = source.page_as_xobject(number, target)
    width, height = (side * _PT_PER_MM for side in parts.paper)
    for row in range(parts.down):
        for column in range(parts.across):
            x, y = (side * _PT_PER_MM for side in parts.corner(column, row))
            edge = _EDGE_MM * _PT_PER_MM
            page = target.new_page(width, height)
            shown = whole.as_pageobject()
            shown.transform(PdfMatrix().translate(edge - x, height - edge + y - (top - bottom)))
            page.insert_obj(shown)
            _frame(page, width, height)
            name = f"{_letters(row)}{column + 1}"
            _label(target, page, f"{number + 1}: {name}" if len(source) > 1 else name)
            page.gen_content()
            page.close()
    whole.close()


def _letters(row: int) -> str:
    """Return a row's name: A to Z, then AA, AB and so on."""
    return (_letters(row // 26 - 1) if row >= 26 else "") + chr(ord("A") + row % 26)


def _frame(page: PdfPage, width: float, height: float) -> None:
    """Paint the edges of the paper white, and marks at the corners of what may be seen."""
    edge = _EDGE_MM * _PT_PER_MM
    for box in (
        (-edge, -edge, width + 2 * edge, 2 * edge),
        (-edge, height - edge, width + 2 * edge, 2 * edge),
        (-edge, -edge, 2 * edge, height + 2 * edge),
        (width - edge, -edge, 2 * edge, height + 2 * edge),
    ):
        _insert(page, _white(*box))
    for line in _marks(edge, width - edge, edge, height - edge):
        _insert(page, _black(*line))


def _marks(left: float, right: float, bottom: float, top: float) -> Iterator[tuple[float, ...]]:
    """Yield the crop marks, two at each corner."""
    near, far = _MARK_OFF_MM * _PT_PER_MM, (_MARK_OFF_MM + _MARK_MM) * _PT_PER_MM
    for x, way in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            yield x + way * near, y, x + way * far, y
            yield x, y + up * near, x, y + up * far


def _white(x: float, y: float, w: float, h: float) -> Any:
    import pypdfium2.raw as pdfium

    box = pdfium.FPDFPageObj_CreateNewRect(x, y, w, h)
    pdfium.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    pdfium.FPDFPath_SetDrawMode(box, pdfium.FPDF_FILLMODE_WINDING, False)
    return box


def _black(x: float, y: float, to_x: float, to_y: float) -> Any:
    import pypdfium2.raw as pdfium

    line = pdfium.FPDFPageObj_CreateNewPath(x, y)
    pdfium.FPDFPath_LineTo(line, to_x, to_y)
    pdfium.FPDFPageObj_SetStrokeColor(line, 0, 0, 0, 255)
    pdfium.FPDFPageObj_SetStrokeWidth(line, _MARK_STROKE_PT)
    pdfium.FPDFPath_SetDrawMode(line, pdfium.FPDF_FILLMODE_NONE, True)
    return line


def _label(target: PdfDocument, page: PdfPage, text: str) -> None:
    """Write which tile it is below its lower left corner, in a font that every reader of PDF has."""
    import pypdfium2.raw as pdfium

    item = pdfium.FPDFPageObj_NewTextObj(target, b"Helvetica", _LABEL_PT)
    letters = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
    pdfium.FPDFText_SetText(item, letters)
    edge = _EDGE_MM * _PT_PER_MM
    pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, edge + 2 * _LABEL_PT, edge - 1.6 * _LABEL_PT)
    _insert(page, item)


def _insert(page: PdfPage, item: Any) -> None:
    import pypdfium2.raw as pdfium

    pdfium.FPDFPage_InsertObject(page, item)
