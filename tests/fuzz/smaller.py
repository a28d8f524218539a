"""A failing input made smaller for as long as it fails in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_MOST_TRIES = 2_000


def kind_of(fault: str) -> str:
    """Return a fault without its numbers and quoted texts: faults of one kind have one cause."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|[0-9]+", "…", fault)[:160]


def smaller_bytes(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Return the fewest lines, then the fewest bytes, that still fail."""
    lines = _fewest(data.splitlines(keepends=True), lambda some: fails(b"".join(some)))
    joined = b"".join(lines)
    return (
        bytes(_fewest(list(joined), lambda some: fails(bytes(some))))
        if len(joined) <= _MOST_TRIES
        else joined
    )


def smaller_data(data: Any, fails: Callable[[Any], bool]) -> Any:
    """Return plain data (mappings, lists, texts) with as little in it as still fails."""
    tries = _MOST_TRIES // 10
    shrunk = True
    while shrunk and tries > 0:
        shrunk = False
        for less in _less(data):
            tries -= 1
            if tries <= 0:
                break
            if fails(less):
                data, shrunk = less, True
                break
    return data


def _fewest(parts: Sequence[Any], fails: Callable[[Sequence[Any]], bool]) -> Sequence[Any]:
    """Return a sequence without the stretches that a failure does not need, the long ones tried first."""
    size = len(parts) // 2
    tries = _MOST_TRIES
    while size and tries > 0:
        at = 0
        while at < len(parts) and tries > 0:
            tries -= 1
            rest = [*parts[:at], *parts[at + size :]]
            if fails(rest):
                parts = rest
            else:
                at += size
        size //= 2
    return parts


def _less(data: Any) -> Iterator[Any]:
    """Yield the same data with one thing less in it, the largest things first."""
    if isinstance(data, dict):
        for key in sorted(data, key=lambda key: -len(str(data[key]))):
            yield {other: value for other, value in data.items() if other != key}
            yield from ({**data, key: inner} for inner in _less(data[key]))
    elif isinstance(data, list):
        if len(data) > 3:
            yield data[: len(data) // 2]
            yield data[len(data) // 2 :]
        for at, one in enumerate(data):
            yield data[:at] + data[at + 1 :]
            yield from ([*data[:at], inner, *data[at + 1 :]] for inner in _less(one))
    elif isinstance(data, str) and len(data) > 1:
        middle = len(data) // 2
        yield data[:middle]
        yield data[middle:]
