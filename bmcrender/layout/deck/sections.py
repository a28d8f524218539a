"""The sections into which presentation programs sort the slides of a deck."""

from __future__ import annotations

from collections.abc import Sequence

from bmcrender.document import Document
from bmcrender.slides import DeckSection, Role, Slide


def sections(document: Document, slides: Sequence[Slide]) -> tuple[DeckSection, ...]:
    """Return the sections: the canvas at a glance, its blocks, the end; names in the document's language."""
    found: dict[str, list[str]] = {}
    names = _names(document)
    for slide in slides:
        found.setdefault(names[slide.role], []).append(slide.id)
    return tuple(DeckSection(name, tuple(ids)) for name, ids in found.items())


def _names(document: Document) -> dict[Role, str]:
    """Return the name of the section in which the slides of a role are."""
    overview = document.label("at_a_glance")
    first = document.kind_title.plain if document.deck == "blocks" else overview
    return {
        "opening": first,
        "overview": first,
        "block": document.label("step_by_step"),
        "closing": document.label("closing"),
    }
