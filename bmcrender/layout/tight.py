"""A document with the tokens that a theme keeps for pages that would be too full."""

from __future__ import annotations

from dataclasses import replace

from bmcrender.document import Document
from bmcrender.model import laid_over


def tightened(document: Document) -> Document | None:
    """Return the document with its theme's tight tokens over the others, None where there are none."""
    tokens = document.theme.tokens
    if not tokens["tight"]:
        return None
    return replace(document, theme=replace(document.theme, tokens=laid_over(tokens, tokens["tight"])))
