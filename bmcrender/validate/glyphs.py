"""Characters of the user's texts that no font can draw, at their place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from bmcrender.characters import named
from bmcrender.errors import Diagnostic, Path, Severity
from bmcrender.source import Mark, Scalar, Source
from bmcrender.validate.faults import in_order
from bmcrender.validate.words import quoted

_SHOWN = ("title", "subtitle", "organization", "authors", "date", "version", "footer", "blocks")
_HINT = "add a font that has it with --font-path DIR, or draw a box in its place with --missing-glyphs warn"
_LINK = re.compile(r"(?<=\]\()[^()\s]*(?=\))")


def missing_glyphs(
    source: Source, covered: Callable[[str], bool], severity: Severity = "error"
) -> tuple[Diagnostic, ...]:
    """Return a finding for each character of each shown text that no font covers.

    `covered` answers for one character, ignorable ones included (`FontSet.covers`). A character
    whose canonical composition is covered counts as covered.
    """
    known: dict[str, bool] = {}
    found: list[Diagnostic] = []
    for path, scalar in source.scalars.items():
        if path[0] in _SHOWN and not scalar.text.isascii():
            gone = _missing(scalar.text, covered, known)
            found += (_finding(source, path, scalar, character, severity) for character in gone)
    return tuple(in_order(found))


def _missing(text: str, covered: Callable[[str], bool], known: dict[str, bool]) -> Iterator[str]:
    """Yield the uncovered characters of a text, each once; targets of links are not shown."""
    shown = _LINK.sub("", text)
    gone = [one for one in dict.fromkeys(shown) if not _drawn(one, covered, known)]
    if not gone:
        return
    composed = unicodedata.normalize("NFC", shown)
    for character in gone:
        joined = character not in composed and all(_drawn(one, covered, known) for one in composed)
        if not joined:
            yield character


def _drawn(character: str, covered: Callable[[str], bool], known: dict[str, bool]) -> bool:
    if character not in known:
        known[character] = character < " " or character.isspace() or covered(character)
    return known[character]


def _finding(source: Source, path: Path, scalar: Scalar, character: str, severity: Severity) -> Diagnostic:
    message = f"no font has {quoted(character)} ({named(character)})"
    at = _place(source, path, scalar, character)
    return source.finding(severity, "missing-glyph", message, _HINT, path=path, mark=at)


def _place(source: Source, path: Path, scalar: Scalar, character: str) -> Mark:
    """Return where a character stands; the start of its text when it was written as an escape."""
    start = source.mark(path)
    if scalar.start < 0:
        return start
    body = source.text[scalar.start : scalar.end]
    header = body.find("\n") + 1 if scalar.style in ("|", ">") else 0
    index = body.find(character, header)
    return source.place(scalar.start + index) if index >= 0 else start
