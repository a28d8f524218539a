"""The layouts of a sheet by name: which function lays a document out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bmcrender.errors import Diagnostic
from bmcrender.layout.handout import handout
from bmcrender.layout.outline import outline
from bmcrender.layout.poster import poster
from bmcrender.measure import Measurer
from bmcrender.model import Document
from bmcrender.sheets import Handout, Outline, Sheet

LaidOut = tuple[Sheet | Handout | Outline, tuple[Diagnostic, ...]]

LAYOUTS: Mapping[str, Callable[[Document, Measurer], LaidOut]] = {
    "poster": poster,
    "handout": handout,
    "outline": outline,
}


def laid_out(document: Document, measurer: Measurer) -> LaidOut:
    """Return a document laid out as it asks, and what does not fit."""
    return LAYOUTS[document.layout](document, measurer)
