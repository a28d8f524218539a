"""PDFs with less in them than ours, made in the worker, whose fonts are ours alone."""

from __future__ import annotations

from collections.abc import Sequence

from bmcrender.render.standards import VARIANT
from bmcrender.sheets import Sheet

_PAGE = "<!DOCTYPE html><html lang='fa'><title>بوم</title><h1 style='font-family:Vazirmatn'>سلام</h1></html>"


def untagged() -> bytes:
    """Return a PDF without any structure."""
    from weasyprint import HTML

    return bytes(HTML(string=_PAGE).write_pdf())


def naming_one_standard() -> bytes:
    """Return a PDF that is PDF/A and does not say that it is PDF/UA."""
    from weasyprint import HTML

    return bytes(HTML(string=_PAGE).write_pdf(pdf_variant=VARIANT))


def without_actual_text(sheet: Sheet, families: Sequence[str]) -> bytes:
    """Return a sheet's PDF whose structure does not say its texts."""
    from bmcrender.render.assets import assets
    from bmcrender.render.html import html_page
    from bmcrender.render.pdf import _laid_out

    laid_out = _laid_out(html_page(sheet, families), assets(sheet), "")
    return bytes(laid_out.write_pdf(pdf_variant=VARIANT))
