"""The limits of a canvas that a schema cannot say, and what in it is probably a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bmcrender import limits
from bmcrender.errors import Diagnostic, Path
from bmcrender.source import Source
from bmcrender.validate.signs import spoilt, unseen
from bmcrender.validate.words import called, quoted, texts

# Where a line may break: white space, hyphens and dashes, and scripts that are written without spaces.
_BREAKS = re.compile(
    "[ \t\n\r\u2000-\u2006\u2008-\u200b/\u2010\u2012-\u2014\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f000-\U0003ffff-]"
)


def broken_rules(source: Source, data: Any) -> list[Diagnostic]:
    """Return an error for each limit that a canvas breaks."""
    found = [*_long_words(source, data), *unseen(source, data)]
    total = sum(len(text) for _, text in texts(data))
    if total > limits.TOTAL_CHARACTERS:
        message = f"the canvas holds {total:,} characters; at most {limits.TOTAL_CHARACTERS:,} are allowed"
        found.append(source.finding("error", "canvas-too-long", message, "split it into several canvases"))
    blocks = data.get("blocks") if isinstance(data, Mapping) else None
    for id, block in (blocks if isinstance(blocks, Mapping) else {}).items():
        path: Path = ("blocks", id)
        if isinstance(block, Mapping):
            path, block = (*path, "items"), block.get("items")
        found += _block_rules(source, id, block if isinstance(block, list) else [], path)
    return found


def _block_rules(source: Source, id: str, items: list[Any], path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the number and the depth of a block's items."""
    places = list(_places(items, path, 1))
    if len(places) > limits.ITEMS:
        message = (
            f"{quoted(id)} holds {len(places)} items, nested ones counted; at most {limits.ITEMS} are allowed"
        )
        yield source.finding(
            "error", "too-many-items", message, "join items, or leave some out", path=path, key=True
        )
    for place, level in places:
        if level == limits.NESTING + 1 and place[-1] == 0:
            message = f"items are nested more than {limits.NESTING} levels deep"
            yield source.finding("error", "nested-too-deep", message, "move them one level up", path=place)


def _places(items: list[Any], path: Path, level: int) -> Iterator[tuple[Path, int]]:
    for index, item in enumerate(items):
        here = (*path, index)
        yield here, level
        inner = item.get("items") if isinstance(item, Mapping) else None
        if isinstance(inner, list):
            yield from _places(inner, (*here, "items"), level + 1)


def _long_words(source: Source, data: Any) -> Iterator[Diagnostic]:
    for path, text in texts(data):
        if len(text) <= limits.WORD_CHARACTERS:
            continue
        longest = max(map(len, _BREAKS.split(text)))
        if longest > limits.WORD_CHARACTERS:
            message = (
                f"{called(path)} holds {longest:,} characters without a space; "
                f"at most {limits.WORD_CHARACTERS} are allowed"
            )
            yield source.finding("error", "word-too-long", message, "put spaces in", path=path)


def doubts(source: Source, data: Mapping[str, Any]) -> list[Diagnostic]:
    """Return a warning for each thing that is allowed and probably not meant."""
    return [*_odd_date(source, data), *_swallowed(source), *spoilt(source, data)]


def _odd_date(source: Source, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    written = data.get("date", "").strip(" \t\n")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        try:
            date.fromisoformat(written)
        except ValueError:
            message = f"{quoted(written)} is no day of the Gregorian calendar; it is shown as it is written"
            hint = "write a date as year-month-day, such as 2026-03-21"
            yield source.finding("warning", "odd-date", message, hint, path=("date",))


def _swallowed(source: Source) -> Iterator[Diagnostic]:
    """Yield a warning where unquoted text lost its end to a comment, or took in a list below it."""
    for path, scalar in source.scalars.items():
        if scalar.style or scalar.start < 0 or not scalar.text:
            continue
        end = source.text.find("\n", scalar.end)
        after = source.text[scalar.end : end if end >= 0 else None]
        cut = re.match(r"[ \t]+#[^\s#!-]", after)
        if cut:
            message = f"the text ends before {quoted(after.strip(), 20)}: a # after a space begins a comment"
            mark = source.place(scalar.end + cut.end() - 2)
            yield source.finding(
                "warning", "cut-by-comment", message, "put the text in quotes", path=path, mark=mark
            )
        found = _LISTED.search(source.text, scalar.start, scalar.end)
        if found and (found["sure"] or _LISTED.match("\n" + scalar.text)):
            sign = found["sure"] or found["sign"]
            mark = source.place(found.end() - len(sign))
            yield source.finding("warning", "swallowed-item", *_listed(sign), path=path, mark=mark)


# A line of a text that was meant as an item: "- ", a bullet; if the text begins so too, "-Text", "– ", "2. ".
_LISTED = re.compile(
    r"\n[ \t]*(?:(?P<sure>[-*•●▪·‣](?=[ \t]))|(?P<sign>-(?=[^\W\d])|[–—](?=[ \t])|\d{1,2}[.)](?=[ \t])))"
)


def _listed(sign: str) -> tuple[str, str]:
    """Return what is wrong, and what to do, with a line that begins like an item and is none."""
    if sign == "-":
        message = "this line continues the text above it; its dash is part of that text"
        return message, "for nested items write `text:` and `items:`, or align the dashes"
    message = f"this line continues the text above it; its {sign} is part of that text"
    return message, "begin each item with a dash and a space: - …"
