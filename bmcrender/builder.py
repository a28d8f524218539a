"""A parser's events to plain data and the place of every node; findings are collected on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bmcrender import limits
from bmcrender.characters import GONE, crowded, forbidden, named, refusal, remedy, without_forbidden
from bmcrender.errors import CanvasError, Diagnostic, Path, shortened
from bmcrender.events import events
from bmcrender.scalars import plain_value
from bmcrender.source import Mark, Scalar, Source
from bmcrender.syntax import friendly


class _StopReadingError(Exception):
    """Nothing more is to be read."""


class Builder:
    """Builds data from the events of one file, and keeps all that is wrong on the way."""

    def __init__(self, source: Source) -> None:
        self.blank = source
        self.found: list[Diagnostic] = []
        self.borne: list[Diagnostic] = []  # what does not keep the rest from being judged
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.scalars: dict[Path, Scalar] = {}
        self.count = 0
        self.events: Iterator[Any] = iter(())

    def source(self) -> Source:
        """Return the finished source, or raise all findings."""
        data = None
        try:
            data = self.document()
        except _StopReadingError:
            pass
        except yaml.YAMLError as error:
            self.found.append(friendly(self.blank, error))
        if self.found:
            raise CanvasError((*self.found, *self.borne))
        borne = tuple(self.borne)
        return Source(self.blank.file, self.blank.text, data, self.values, self.keys, self.scalars, borne)

    def document(self) -> Any:
        """Read the one document, whose root is a mapping."""
        self.events = events(self.blank.text)
        next(self.events)
        if type(next(self.events)) is yaml.StreamEndEvent:
            self.stop(
                "empty-file", "the file is empty", "`bmcrender new` writes a canvas to start from", Mark(1, 1)
            )
        event = next(self.events)
        data = self.node(event, (), 1)
        next(self.events)
        following = next(self.events)
        if type(following) is not yaml.StreamEndEvent:
            self.wrong(
                "several-documents",
                "a second document begins here; a file holds one canvas",
                "delete the line ---, or put what follows into a file of its own",
                _mark(following),
            )
        if type(event) not in (yaml.MappingStartEvent, yaml.AliasEvent):
            told = _bad_root(event)
            self.stop(*told, Mark(1, 1) if told[0] == "empty-file" else _mark(event))
        return data

    def wrong(self, code: str, message: str, hint: str, mark: Mark) -> None:
        """Keep a finding and go on."""
        self.found.append(self.blank.finding("error", code, message, hint, mark=mark))

    def bear(self, code: str, message: str, hint: str, mark: Mark) -> None:
        """Keep a finding that leaves all else to be judged."""
        self.borne.append(self.blank.finding("error", code, message, hint, mark=mark))

    def stop(self, code: str, message: str, hint: str, mark: Mark) -> None:
        """Keep a finding and end the reading."""
        self.wrong(code, message, hint, mark)
        raise _StopReadingError

    def node(self, event: Any, path: Path, depth: int) -> Any:
        """Return the data that begins with an event, and keep its place."""
        mark = self.values[path] = _mark(event)
        self.count += 1
        if self.count > limits.NODES:
            self.stop(
                "too-many-nodes", f"the file holds more than {limits.NODES:,} values", "is it a canvas?", mark
            )
        self.properties(event, mark)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event, path, mark)
        if kind is yaml.AliasEvent:
            return None
        if depth > limits.DEPTH:
            message = f"lists and mappings are nested more than {limits.DEPTH} deep"
            self.stop("too-deep", message, "is there a bracket too many?", mark)
        if kind is yaml.SequenceStartEvent:
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def properties(self, event: Any, mark: Mark) -> None:
        """Refuse aliases, anchors and tags."""
        quote = "if it is text, put it in quotes"
        if type(event) is yaml.AliasEvent:
            self.wrong(
                "alias", f"*{_short(str(event.anchor))} is an alias, and aliases are not allowed", quote, mark
            )
            return
        if event.anchor is not None:
            self.wrong(
                "anchor", f"&{_short(event.anchor)} is an anchor, and anchors are not allowed", quote, mark
            )
        if event.tag is not None:
            tag = _short(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.wrong("tag", f"{tag} is a tag, and tags are not allowed", quote, mark)

    def scalar(self, event: Any, path: Path, mark: Mark) -> Any:
        """Return a scalar's value; keep its written form."""
        text = self.characters(event, mark)
        self.scalars[path] = Scalar(text, event.start_mark.index, event.end_mark.index, event.style or "")
        return text if event.style or event.tag is not None else plain_value(text)

    def characters(self, event: Any, mark: Mark) -> str:
        """Return a text without what escapes have smuggled in; tell it, and letters with too many marks."""
        text = str(event.value)
        if GONE in text and not self.escaped_gone(event):
            text = text.replace(GONE, "")
        if event.style == '"':
            smuggled = list(forbidden(text, value=True))
            for _, wrong in smuggled[:1]:
                message = refusal(wrong, ", not even as an escape")
                self.bear("forbidden-character", message, remedy(wrong), mark)
            if smuggled:
                text = without_forbidden(text, smuggled).replace(GONE, "")
        index = crowded(text)
        if index >= 0:
            message = f"more than {limits.MARKS} combining marks on one letter ({named(text[index])})"
            raw = self.blank.text[event.start_mark.index : event.end_mark.index]
            there = raw.find(text[index : index + limits.MARKS + 2])
            at = self.blank.place(event.start_mark.index + there) if there >= 0 else mark
            self.bear("too-many-marks", message, "delete them", at)
        return text

    def escaped_gone(self, event: Any) -> bool:
        """Whether the stand-in for wrong characters was itself written, as an escape."""
        raw = self.blank.text[event.start_mark.index : event.end_mark.index]
        return event.style == '"' and raw.count(GONE) < str(event.value).count(GONE)

    def sequence(self, path: Path, depth: int) -> list[Any]:
        """Return the list whose start was just read."""
        items: list[Any] = []
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.append(self.node(event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, path: Path, depth: int) -> dict[str, Any]:
        """Return the mapping whose start was just read."""
        data: dict[str, Any] = {}
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            key = self.key(event, path, depth)
            where = (*path, key)
            mark = _mark(event)
            if key in data:
                first = self.keys[where].line
                message = f'the key "{_short(key)}" stands here again; it is already on line {first}'
                self.wrong("duplicate-key", message, "join the two, or delete one", mark)
            else:
                self.keys[where] = mark
            value = self.node(next(self.events), where, depth + 1)
            data.setdefault(key, value)
        return data

    def key(self, event: Any, path: Path, depth: int) -> str:
        """Return a key as written; only plain texts are keys."""
        mark = _mark(event)
        self.count += 1
        self.properties(event, mark)
        if type(event) is not yaml.ScalarEvent:
            if type(event) is not yaml.AliasEvent:
                self.wrong(
                    "bad-key", "a key must be a text, not a list or a mapping", "put it in quotes", mark
                )
                self.node(event, (*path, ""), depth + 1)
            return ""
        before = (
            self.blank.lines[mark.line - 1][: mark.column - 1] if mark.line <= len(self.blank.lines) else ""
        )
        if not event.style and event.value == "<<":
            self.wrong("merge-key", "<< merges mappings, which is not allowed", "write the keys out", mark)
        elif before.rstrip().endswith("?"):
            self.wrong("bad-key", "keys that begin with ? are not allowed", "write `key: value`", mark)
        elif not event.style and not event.value:
            self.wrong(
                "bad-key", "there is no key before the colon", "write one, or put the text in quotes", mark
            )
        return self.characters(event, mark)


def _short(text: str) -> str:
    return shortened(text, 40)


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _bad_root(event: Any) -> tuple[str, str, str]:
    """Return code, message and hint for a file whose root is no mapping."""
    if type(event) is yaml.ScalarEvent and not event.value and not event.style:
        return "empty-file", "the file is empty", "`bmcrender new` writes a canvas to start from"
    if type(event) is yaml.ScalarEvent and not event.style and re.match(r"\w+:[^ ]", event.value):
        return "syntax", "a colon needs a space after it, a plain one", "write `key: value`"
    what = "a list" if type(event) is yaml.SequenceStartEvent else "a text"
    return "not-a-mapping", f"the file holds {what}, not keys with values", "begin with `title: …`"
