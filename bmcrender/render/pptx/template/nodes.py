"""Finds elements by XPath in any part: python-pptx does it for the elements that it knows only."""

from __future__ import annotations

from typing import Any

from bmcrender.render.pptx.markup import MAIN, PRESENTATION, RELATIONSHIPS

_PREFIXES = {"a": MAIN, "p": PRESENTATION, "r": RELATIONSHIPS}


def nodes(element: Any, path: str) -> list[Any]:
    """Return the elements or values that a path finds from an element."""
    from pptx.oxml.xmlchemy import BaseOxmlElement

    known = isinstance(element, BaseOxmlElement)
    found: list[Any] = element.xpath(path) if known else element.xpath(path, namespaces=_PREFIXES)
    return found


def tag(element: Any) -> str:
    """Return an element's name without its namespace, "" for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
