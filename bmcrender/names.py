"""What names may be made of; those that are not there, answered with the nearest that are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bmcrender.errors import UsageError, shortened

# A language tag of BCP 47, as far as we look at it.
LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
LANGUAGE_TOLD = "must be a language tag, such as en, fa or de-CH"
TAG_LENGTH = 60
# What kinds and themes may be called, whose names are those of files.
NAME = r"^[A-Za-z0-9_][A-Za-z0-9_-]*$"
NAME_LENGTH = 100
FONT_ENDINGS = (".ttf", ".otf")  # of font files that are taken
_SHOWN = 60  # characters of a wrong name


def checked_tag(tag: str) -> str:
    """Return a language tag as it is, or raise the error for a word that is none."""
    if _is_tag(tag):
        return tag
    message = f'"{shortened(tag, _SHOWN)}" is not a language tag'
    hyphened = tag.replace("_", "-")
    raise UsageError.of(
        "bad-value", message, f"write {hyphened}" if _is_tag(hyphened) else f"it {LANGUAGE_TOLD}"
    )


def _is_tag(tag: str) -> bool:
    return bool(re.fullmatch(LANGUAGE_TAG, tag)) and len(tag) <= TAG_LENGTH


def is_name(name: str) -> bool:
    """Whether a kind or a theme may be called so."""
    return bool(re.fullmatch(NAME, name)) and len(name) <= NAME_LENGTH


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return "did you mean …?" for a near miss, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower()[:80], list(choices), 1, 0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def unknown(what: str, name: str, choices: Iterable[str]) -> UsageError:
    """Return the error for a kind, language or theme that is not there."""
    there = tuple(choices)
    hint = suggestion(name, there) or "there are: " + ", ".join(there)
    shown = shortened(" ".join(name.split()), _SHOWN)
    return UsageError.of(f"unknown-{what}", f'there is no {what} "{shown}"', hint)
