"""Pages of a PDF to pictures with PDFium, each a PNG that knows its size on paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from bmcrender.document import Document
from bmcrender.errors import LimitError

if TYPE_CHECKING:
    from PIL.PngImagePlugin import PngInfo

_DPI = 150.0
_MM_PER_INCH = 25.4
_MOST_PIXELS = 100_000_000


def resolution(page: tuple[float, float], dpi: float | None, width: int | None) -> float:
    """Return the dots per inch of a page's picture, as asked for by one of both, or the usual.

    Raises LimitError for a picture that would be too large.
    """
    wanted = width / page[0] * _MM_PER_INCH if width else dpi or _DPI
    across, down = pixels(page, wanted)
    if across * down > _MOST_PIXELS:
        most = int(wanted * (_MOST_PIXELS / (across * down)) ** 0.5)
        message = (
            f"a picture of {across:,} × {down:,} pixels is too large: "
            f"{page[0]:g} × {page[1]:g} mm at {wanted:.4g} dpi; {_MOST_PIXELS:,} pixels are the most"
        )
        hint = f"write --dpi {most} or less, or --width {int(most * page[0] / _MM_PER_INCH)} or less"
        raise LimitError.of("picture-too-large", message, hint)
    return wanted


def pixels(page: tuple[float, float], dpi: float) -> tuple[int, int]:
    """Return width and height of a page's picture."""
    width, height = (max(1, round(side / _MM_PER_INCH * dpi)) for side in page)
    return width, height


def png_pages(pdf: bytes, document: Document, paper: tuple[float, float], dpi: float) -> tuple[bytes, ...]:
    """Return the picture of each page of a document's PDF, as large as the paper that it is cut to."""
    from pypdfium2 import PdfDocument

    opened = PdfDocument(pdf)
    try:
        info = _about(document)
        return tuple(_png(opened, number, pixels(paper, dpi), dpi, info) for number in range(len(opened)))
    finally:
        opened.close()


def _png(opened: object, number: int, size: tuple[int, int], dpi: float, info: PngInfo) -> bytes:
    """Return one page as PNG, exactly `size` pixels large."""
    import pypdfium2.raw as pdfium
    from PIL import Image
    from pypdfium2 import PdfBitmap, PdfDocument

    assert isinstance(opened, PdfDocument)
    page = opened[number]
    page.set_cropbox(*page.get_trimbox())
    bitmap = PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, flags)
        picture = Image.frombuffer("RGB", size, bitmap.buffer, "raw", "RGB", bitmap.stride, 1)
        file = BytesIO()
        picture.save(file, "PNG", dpi=(dpi, dpi), pnginfo=info)
        return file.getvalue()
    finally:
        bitmap.close()
        page.close()


def _about(document: Document) -> PngInfo:
    """Return what a picture says about itself: title, authors, and whose template it is."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    said = {
        "Title": document.title.plain,
        "Author": ", ".join(document.authors),
        "Description": f"{document.attribution.plain}. {document.licence_url}",
        "Software": "bmcrender",
    }
    for name, text in said.items():
        if text:
            info.add_itxt(name, text, document.language)
    return info
