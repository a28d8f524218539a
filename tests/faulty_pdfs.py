"""PDFs that WeasyPrint makes by itself, in the worker, whose fonts are ours alone."""

from __future__ import annotations

from bmcrender.render.standards import VARIANT

_PAGE = "<!DOCTYPE html><html lang='fa'><title>بوم</title><h1 style='font-family:Vazirmatn'>سلام</h1></html>"


def untagged() -> bytes:
    """Return a PDF without any structure."""
    from weasyprint import HTML

    return bytes(HTML(string=_PAGE).write_pdf())


def naming_one_standard() -> bytes:
    """Return a PDF that is PDF/A and does not say that it is PDF/UA."""
    from weasyprint import HTML

    return bytes(HTML(string=_PAGE).write_pdf(pdf_variant=VARIANT))
