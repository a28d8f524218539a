"""A document with the tokens that a theme keeps for pages that would be too full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bmcrender.document import Document


def tightened(document: Document) -> Document | None:
    """Return the document with its theme's tight tokens over the others, None where there are none."""
    tokens = document.theme.tokens
    if not tokens["tight"]:
        return None
    return replace(document, theme=replace(document.theme, tokens=_over(tokens, tokens["tight"])))


def _over(under: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in above.items():
        known = merged.get(key)
        both = isinstance(known, Mapping) and isinstance(value, Mapping)
        merged[key] = _over(dict(known or {}), value) if both else value
    return merged
