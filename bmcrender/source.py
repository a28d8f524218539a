"""A YAML file that was read: its data, and where each node of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, NamedTuple

from bmcrender.errors import Diagnostic, Path, Severity
from bmcrender.frozen import dataclass


class Mark(NamedTuple):
    """A place: line and column from 1 in code points; `file` where it is not the source's own."""

    line: int
    column: int
    file: str = ""


class Scalar(NamedTuple):
    """A scalar as written: its text, where it starts and ends in the source, and its YAML style."""

    text: str
    start: int = -1
    end: int = -1
    style: str = ""


@dataclass(frozen=True)
class Source:
    """A YAML file that was read: its plain data and where each node of it stands."""

    file: str
    text: str
    data: Any
    values: Mapping[Path, Mark]
    keys: Mapping[Path, Mark] = field(default_factory=dict)
    scalars: Mapping[Path, Scalar] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()  # wrong characters, which the data was read without

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file, without their ends."""
        return lines_of(self.text)

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Return where a value (or its key) stands, or the nearest node around it."""
        here = path
        while True:
            wanted = self.keys if key or len(here) < len(path) else self.values
            found = wanted.get(here) or self.values.get(here) or self.keys.get(here)
            if found is not None or not here:
                return found or Mark(1, 1)
            here = here[:-1]

    def finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        hint: str = "",
        *,
        path: Path = (),
        key: bool = False,
        mark: Mark | None = None,
    ) -> Diagnostic:
        """Return a diagnostic placed at a node, at its key, or at a mark."""
        at = mark or self.mark(path, key=key)
        line = "" if at.file or not 0 < at.line <= len(self.lines) else self.lines[at.line - 1]
        return Diagnostic(severity, code, message, hint, at.file or self.file, at.line, at.column, path, line)

    def place(self, index: int) -> Mark:
        """Return the line and column of a code point of the text."""
        return _place(self._starts, index)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\r\n|\r|\n", self.text))]


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text, without their ends, as YAML and editors count them."""
    return tuple(re.split("\r\n|\r|\n", text))


def _place(starts: list[int], index: int) -> Mark:
    line = bisect_right(starts, index)
    return Mark(line, index - starts[line - 1] + 1)
