"""Where a line of text may break: the part of UAX #14 that Pango applies to the scripts we draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"

# Spaces at which a line breaks; Python's str.split() would take U+00A0 and U+202F too.
SPACES = " \t\n\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_AFTER = "-\u2010\u2012\u2013\u2014/?!|\u2026\u061b\u061f\u00ad\u200b"
_CLOSING = ")]}»”’«“‘\"'!?/…,.;:-–\u2010\u2012|،؛؟%\u00a0\u202f\u2060\u2011\u200d\ufe0f\ufe0e"
# A line starts with none of these, not even after a space, as French has it; ".csv" and "..." may.
_NEVER_FIRST = "!?:;,/)]\u060c\u061b\u061f"
_NO_EMOJI_AFTER = "([{«“‘\"'$€£¥\u00a0\u202f\u2060\u2011\u200d"


@lru_cache(maxsize=1024)
def break_points(text: str) -> tuple[int, ...]:
    """Return the offsets before which a line may start, without 0 and the end."""
    return tuple(at for at in range(1, len(text)) if _breaks_before(text, at))


def with_soft_hyphens(text: str, breaks: Mapping[str, tuple[str, ...]]) -> str:
    """Return a text of ours with soft hyphens at the break points its language gives."""
    for word, parts in breaks.items():
        if word in text:
            text = text.replace(word, SOFT_HYPHEN.join(parts))
    return text


def _breaks_before(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in SPACES:
        return False
    if before in SPACES:
        return after not in _NEVER_FIRST
    if unicodedata.category(after).startswith("M"):
        return False
    if after == "\u2014":
        return before != "\u2014" and before not in _NO_EMOJI_AFTER
    if before in _AFTER and after not in _CLOSING:
        return _breaks_after_punctuation(text, at, before, after)
    if before == ")" and after == "(" or before == "}" and after == "{":
        return True
    return _breaks_at_pictograph(text, at, before, after)


def _breaks_after_punctuation(text: str, at: int, before: str, after: str) -> bool:
    if before == "-":
        hebrew = at >= 2 and "\u05d0" <= text[at - 2] <= "\u05ea"
        return not after.isdigit() and not hebrew
    if before == "/" and after.isdigit():
        return not (at >= 2 and text[at - 2].isdigit())
    return True


def _breaks_at_pictograph(text: str, at: int, before: str, after: str) -> bool:
    if _is_pictograph(after) and before not in _NO_EMOJI_AFTER:
        return not (_is_modifier(after) or _is_flag_half(text, at))
    if (_is_pictograph(before) or before == "\ufe0f" and at >= 2) and after not in _CLOSING:
        return not _is_pictograph(after) or not _is_modifier(after)
    return False


# Characters of class ID (EB, EM, RI) in UAX #14: pictographs and the letters of East Asia.
_IDEOGRAPHIC = (
    ("\u231a", "\u231b"), ("\u23e9", "\u23f3"), ("\u2600", "\u2603"), ("\u2614", "\u2615"),
    ("\u261a", "\u261f"), ("\u2639", "\u263b"), ("\u2668", "\u2668"), ("\u267f", "\u267f"),
    ("\u26bd", "\u26c8"), ("\u26cd", "\u26cd"), ("\u26cf", "\u26d1"), ("\u26d3", "\u26d4"),
    ("\u26d8", "\u26d9"), ("\u26dc", "\u26dc"), ("\u26df", "\u26e1"), ("\u26ea", "\u26ea"),
    ("\u26f1", "\u26f5"), ("\u26f7", "\u26fa"), ("\u26fd", "\u2704"), ("\u2708", "\u270d"),
    ("\u2763", "\u2764"), ("\u2e80", "\u2fff"), ("\u3041", "\u30fa"), ("\u3105", "\u9fff"),
    ("\uac00", "\ud7a3"), ("\uff66", "\uff9d"), ("\U0001f000", "\U0001faff"), ("\U00020000", "\U0003fffd"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def _is_pictograph(char: str) -> bool:
    return char > "\u2300" and any(first <= char <= last for first, last in _IDEOGRAPHIC)


def _is_modifier(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag_half(text: str, at: int) -> bool:
    def regional(char: str) -> bool:
        return "\U0001f1e6" <= char <= "\U0001f1ff"

    start = at
    while start > 0 and regional(text[start - 1]):
        start -= 1
    return regional(text[at]) and (at - start) % 2 == 1
