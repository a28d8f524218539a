"""The layouts of a sheet by name: which function lays a document out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bmcrender.document import Document
    from bmcrender.errors import Diagnostic
    from bmcrender.handouts import Handout
    from bmcrender.measure import Measurer
    from bmcrender.sheets import Outline, Sheet

    LaidOut = tuple[Sheet | Handout | Outline, tuple[Diagnostic, ...]]


def laid_out(document: Document, measurer: Measurer) -> LaidOut:
    """Return a document laid out as it asks, and what does not fit.

    Each layout is a function in the module of its name.
    """
    layout: Callable[[Document, Measurer], LaidOut]
    layout = getattr(import_module(f"bmcrender.layout.{document.layout}"), document.layout)
    return layout(document, measurer)
