"""Names that are not there, answered with the nearest that are."""

from __future__ import annotations

from collections.abc import Iterable

from bmcrender.errors import Diagnostic, UsageError


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return "did you mean …?" for a near miss, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower()[:80], list(choices), 1, 0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def unknown(what: str, name: str, choices: Iterable[str]) -> UsageError:
    """Return the error for a kind, language or theme that is not there."""
    there = tuple(choices)
    hint = suggestion(name, there) or "there are: " + ", ".join(there)
    shown = name if len(name) <= 60 else name[:59] + "…"
    return UsageError([Diagnostic("error", f"unknown-{what}", f'there is no {what} "{shown}"', hint)])
