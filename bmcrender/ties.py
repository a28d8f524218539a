"""Where a line had better not break: number and unit, short brackets, ranges, before the last word."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = r"[^\s\u00a0\u202f]"
_PATTERNS = (
    re.compile(rf"\d{_WORD}* (?:[^\W\d_]{{1,3}}(?![\w-])|[%‰°€$£¥٪])"),  # number and unit
    re.compile(r"[$€£¥] \d\S*"),  # currency and number
    re.compile(r"\b[A-Z]{2,}(?:[ /-][A-Z]{2,})* \d[\d.]*"),  # CC BY-SA 3.0, ISO 9001
    re.compile(r"\([^()]{1,12}\)\S?"),  # short brackets
    re.compile(r"[\w:.,]+–[\w:.,]+"),  # ranges
    re.compile(r"(?<![\w/.-])\w{1,3}-\w+(?![\w-])|(?<![\w/.-])\w+-\w{1,5}(?![\w/-])"),  # co-op, exigent-elles
    re.compile(r"[«‹] \S|\S [»›](?!\w)"),  # spaced quotation marks
    re.compile(rf"{_WORD}+ [–—](?= )"),  # the word before a spaced dash
    re.compile(rf"{_WORD}+ {_WORD}{{1,16}}$"),  # the last word, which would stand alone
)


@lru_cache(maxsize=1024)
def ties(text: str) -> frozenset[int]:
    """Return the offsets before which a line should not start if there is another way."""
    return frozenset(
        at
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        for at in range(match.start() + 1, match.end())
    )
