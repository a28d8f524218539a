"""Texts in which something is not seen, not closed, or was lost before they came here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category

from bmcrender.characters import named
from bmcrender.errors import Diagnostic, Path
from bmcrender.source import Source
from bmcrender.validate.words import called, quoted, texts

_WORD = re.compile(r"\w")
_ISOLATES = re.compile("[\u2066-\u2069]")
_CLOSES = "\u2069"


def unseen(source: Source, data: Any) -> Iterator[Diagnostic]:
    """Yield an error for each text in which nothing is to be seen, or a direction is not closed."""
    for path, text in texts(data):
        if text.isascii():
            continue
        if not _WORD.search(text) and text.strip() and all(map(_hidden, text)):
            message = f"{called(path)} holds only characters that are not seen ({named(text.strip()[0])})"
            yield source.finding("error", "empty-text", message, "write a text", path=path)
        yield from _isolates(source, path, text)


def _hidden(sign: str) -> bool:
    return sign.isspace() or category(sign) == "Cf"


def _isolates(source: Source, path: Path, text: str) -> Iterator[Diagnostic]:
    """Yield an error for an isolate of direction that is not closed, or an end of none."""
    opened: list[str] = []
    for sign in _ISOLATES.findall(text):
        if sign != _CLOSES:
            opened.append(sign)
        elif opened:
            opened.pop()
        else:
            message = f"in {called(path)} {named(_CLOSES)} closes nothing"
            yield source.finding("error", "open-isolate", message, "delete it", path=path)
            return
    if opened:
        message = f"in {called(path)} {named(opened[-1])} is not closed"
        hint = "put U+2069 where its stretch ends, or delete it"
        yield source.finding("error", "open-isolate", message, hint, path=path)


def spoilt(source: Source, data: Any) -> Iterator[Diagnostic]:
    """Yield a warning for each text that lost letters, or whose encoding was taken for another."""
    for path, text in texts(data):
        if text.isascii():
            continue
        if "\ufffd" in text:
            message = f"{called(path)} holds U+FFFD, which stands for a letter that was lost"
            yield source.finding("warning", "lost-letters", message, "write the letter anew", path=path)
        meant = _misread(text)
        if meant:
            message = (
                f"{called(path)} looks like UTF-8 that was read as Windows-1252; was it {quoted(meant)}?"
            )
            hint = "take the text from its source again, as UTF-8"
            yield source.finding("warning", "wrong-encoding", message, hint, path=path)


def _misread(text: str) -> str:
    """Return what a text was before its UTF-8 was read as Windows-1252, or nothing."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
