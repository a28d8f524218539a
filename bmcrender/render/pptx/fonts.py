"""Splits text by the family that can draw it: slides have no fallback stack of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

# A character and whether it is bold -> the family to name for it, "" for the theme's own font.
FontOf = Callable[[str, bool], str]

_JOINED = {"Mn", "Me", "Mc", "Cf"}  # marks, joiners, selectors: drawn together with what is before them


def theme_font(_character: str, _bold: bool) -> str:
    """Leave every character to the theme's own font."""
    return ""


def pieces(text: str, bold: bool, font_of: FontOf) -> Iterator[tuple[str, str]]:
    """Yield the family and the text of each longest piece in one family; "" is the theme's font."""
    if font_of is theme_font:
        yield "", text
        return
    start, family = 0, ""
    for index, character in enumerate(text):
        if unicodedata.category(character) in _JOINED or text[index - 1 : index] == "\u200d":
            continue
        wanted = font_of(character, bold)
        if wanted != family and start < index and not _only_joined(text[start:index]):
            yield family, text[start:index]
            start = index
        family = wanted
    if start < len(text):
        yield family, text[start:]


def _only_joined(text: str) -> bool:
    """Return whether nothing in a text asks for a family of its own."""
    return all(unicodedata.category(character) in _JOINED for character in text)
