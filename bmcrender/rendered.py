"""The part of the run that the worker does: a document in each format that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bmcrender.document import Document
from bmcrender.errors import Diagnostic
from bmcrender.model import UNDATED, Fonts, Format, Options, Result, Template
from bmcrender.theme_blame import blaming


def rendered(
    document: Document,
    formats: Sequence[Format],
    fonts: Fonts,
    created: datetime,
    options: Options = Options(),
    template: Template | None = None,
) -> Result:
    """Return a document laid out and drawn in each format."""
    from bmcrender.formats import Drawing

    drawing = Drawing(document, fonts, created, options, template)
    files: dict[Format, tuple[bytes, ...]] = {}
    found: dict[Diagnostic, None] = {}
    for format in formats:
        with blaming(document.theme):
            files[format], new = drawing.drawn(format)
        found |= dict.fromkeys(new)
    outputs = {format: pages[0] for format, pages in files.items()}
    further = {format: pages[1:] for format, pages in files.items() if pages[1:]}
    result = Result(outputs, tuple(found), further)
    return result if result.ok else Result({}, result.diagnostics)


def lacks(document: Document, fonts: Fonts, options: Options, template: Template) -> tuple[Diagnostic, ...]:
    """Return what a template lacks for a document, which nothing is drawn of."""
    from bmcrender.formats import Drawing

    return Drawing(document, fonts, UNDATED, options, template).lacks(template)
