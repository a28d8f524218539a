"""Which characters no text of ours may hold, and what each character is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bmcrender.limits import MARKS

# What XML 1.0 cannot carry, what breaks lines behind an editor's back, and what hides or turns text round.
_PLANE_ENDS = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_RANGES = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff" + _PLANE_ENDS
)
# Of these the ones at which the rest of a file cannot be understood: raw controls, hidden line ends.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Stands for a forbidden character while a file is read; the parser lets it pass.
GONE = "\ufdd0"
_TAGS = "\U000e0000-\U000e007f"
# A black flag, the tags of a region (gbsct), the end of tags: the flag of Scotland.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_FORBIDDEN = re.compile(f"{_FLAG}|([{_TAGS}]+|[{_RANGES}])")
# A carriage return inside a value can only come from an escape.
_FORBIDDEN_IN_VALUE = re.compile(f"{_FLAG}|([{_TAGS}]+|[\r{_RANGES}])")

_CONTROL_NAMES = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}


def forbidden(text: str, *, value: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the place of each character that a file, or a value, may not hold, tag characters by runs."""
    for match in (_FORBIDDEN_IN_VALUE if value else _FORBIDDEN).finditer(text):
        if match[1]:
            yield match.start(), match[1]


def breaks_reading(found: str) -> bool:
    """Whether a forbidden character hides how the rest of a file is meant."""
    return _BREAKING.match(found) is not None


def without_forbidden(text: str, wrong: Iterable[tuple[int, str]]) -> str:
    """Return a text of the same length with what is forbidden blotted out."""
    parts, done = [], 0
    for index, found in wrong:
        parts += [text[done:index], GONE * len(found)]
        done = index + len(found)
    return "".join((*parts, text[done:]))


def code_point(character: str) -> str:
    """Return a character's number as people write it: U+202E."""
    return f"U+{ord(character):04X}"


def named(character: str) -> str:
    """Return a character's number and its Unicode name: U+202E RIGHT-TO-LEFT OVERRIDE."""
    number = ord(character)
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(number, "")
    if not name:
        category = unicodedata.category(character)
        name = {"Cc": "control character", "Cs": "half of a surrogate pair", "Co": "private use"}.get(
            category, ""
        )
        name = name or ("tag character" if 0xE0000 <= number <= 0xE007F else "not a character")
    return f"{code_point(character)} {name}"


def refusal(found: str, also: str = "") -> str:
    """Return the sentence about a forbidden character, or about a run of tag characters."""
    if len(found) > 1:
        return f"{len(found)} tag characters, {named(found[0])} … {named(found[-1])}, are not allowed{also}"
    return f"{named(found)} is not allowed{also}"


def remedy(character: str) -> str:
    """Return what to do about a forbidden character, or about a run of tag characters."""
    if len(character) > 1:
        return "delete them: they are not seen, and belong into flags of regions only"
    if character in "\u2028\u2029\x85":
        return "delete it and press Enter for a new line"
    if "\u202a" <= character <= "\u202e":
        return "delete it: every text finds its own direction; to set one, use U+2066 or U+2067 … U+2069"
    return "delete it"


def crowded(text: str) -> int:
    """Return where the first letter with too many combining marks stands, or -1."""
    if text.isascii():
        return -1
    marks = 0
    for index, character in enumerate(text):
        if character < "\u0300" or unicodedata.category(character) not in ("Mn", "Me"):
            marks = 0
            continue
        marks += 1
        if marks > MARKS:
            return max(index - marks, 0)
    return -1
