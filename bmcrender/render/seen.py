"""Whether the texts of a PDF can be seen on its pages as PDFium draws them, and not only in its boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from bmcrender.properties import undrawn
from bmcrender.render.verify import DrawnLine

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_PT_PER_MM = 72 / 25.4
_PIXELS = 1600  # of the longer side: the smallest type is some pixels high
_LEAST_DIFFERENCE = 16  # of 255, between the lightest and the darkest of a channel
_INSET = 0.1  # of a line's height, which its neighbours and rules may touch


def unseen(pdf: bytes, pages: Sequence[Sequence[DrawnLine]], size: tuple[float, float]) -> Iterator[str]:
    """Yield a sentence for each text with a line where a page of `size` in mm shows one colour alone."""
    from pypdfium2 import PdfDocument, PdfiumError

    scale = _PIXELS / max(size)
    try:
        opened = PdfDocument(pdf)
        pictures = [_picture(page, size, scale) for page in opened]
        opened.close()
    except PdfiumError:
        yield "the pages cannot be opened"
        return
    for number, (picture, lines) in enumerate(zip(pictures, pages, strict=True), start=1):
        drawn = (line for line in lines if not all(map(undrawn, line.text)))
        hidden = dict.fromkeys(line.node for line in drawn if not _differs(picture, line, scale))
        yield from (f"page {number}: '{node}' cannot be seen" for node in hidden)


def _picture(page: PdfPage, size: tuple[float, float], scale: float) -> Image:
    """Return a page without what lies around its sheet, `scale` pixels a millimetre."""
    page.set_cropbox(0, 0, size[0] * _PT_PER_MM, size[1] * _PT_PER_MM)
    picture: Image = page.render(scale=scale / _PT_PER_MM).to_pil().convert("RGB")
    page.close()
    return picture


def _differs(picture: Image, line: DrawnLine, scale: float) -> bool:
    """Whether the place of a line has more than one colour."""
    inset = (line.bottom - line.top) * _INSET
    left, top = int(line.left * scale), int((line.top + inset) * scale)
    right, bottom = int(line.right * scale) + 1, int((line.bottom - inset) * scale) + 1
    place = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    channels = cast("Sequence[tuple[int, int]]", place.getextrema())
    return any(most - least >= _LEAST_DIFFERENCE for least, most in channels)
