"""How findings name things: keys, items, values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bmcrender.errors import Path, shortened

_TYPES = {
    "string": "a text",
    "array": "a list",
    "object": "keys with values",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_LONG = {"note": "note", "notes": "note", "questions": "question"}


def texts(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of plain data with its place."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*path, index))


def quoted(text: str, length: int = 60, mark: str = '"') -> str:
    """Return a text in quotes, shortened to one short line."""
    flat = re.sub(r"[\t\n\r ]+", " ", text)
    return mark + shortened(flat, length) + mark


def called(path: Path) -> str:
    """Return what a place in the data is called: "title", item 3 of "channels"."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, str):
        return quoted(last)
    around = next((key for key in reversed(path) if isinstance(key, str) and key != "items"), "")
    what = {"questions": "question", "authors": "author"}.get(around, "item")
    if around == "questions":
        around = next((key for key in reversed(path[:-2]) if isinstance(key, str)), "")
    place = f" of {quoted(around)}" if around and around != "authors" else ""
    return f"{what} {last + 1}{place}"


def wanted(allowed: tuple[str, ...]) -> str:
    """Return the allowed types in words."""
    names = [_TYPES.get(one, one) for one in allowed]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def kind_of_value(value: Any) -> str:
    """Return what a value is, in words."""
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return quoted(str(value).lower() if isinstance(value, bool) else str(value))


def snake(key: str) -> str:
    """Return a key as our keys are written: keyPartners, "Key Partners" and key-partners are key_partners."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.strip())
    return re.sub(r"[\s\-&/]+", "_", parted).lower()


def aim(hint: str) -> str:
    """Return the key that a hint "did you mean …?" proposes, or nothing."""
    match = re.search(r'did you mean "([^"]*)"', hint)
    return match[1] if match else ""


def long_code(path: Path) -> str:
    """Return the code for a text that is too long, by what the text is."""
    if path == ("title",):
        return "title-too-long"
    named = [key for key in path if isinstance(key, str)]
    if named and named[-1] in _LONG:
        return _LONG[named[-1]] + "-too-long"
    if path[:1] == ("blocks",) and not (len(path) == 3 and path[-1] == "title"):
        return "item-too-long"
    return "field-too-long"
