"""Findings as lines: for people, for editors, for programs, for GitHub."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Literal

from bmcrender.cli.streams import is_terminal, tell
from bmcrender.errors import Diagnostic

Form = Literal["human", "short", "json", "github"]
_FORMS_TO_READ = ("human", "short")  # notes show in these under -v
FORMS: tuple[Form, ...] = ("human", "short", "json", "github")
MOST = 20  # findings shown to a person at once

# Control characters and those that turn text round: never sent to a terminal as they are.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_COLORS = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "note": "\x1b[1;36m",
    "dim": "\x1b[2m",
    "bold": "\x1b[1m",
}
_PLAIN = "\x1b[0m"
_TAB = "    "


class Reporter:
    """Prints findings to standard error as they come, and counts them.

    `quiet` leaves those that are failures: errors, and under `strict` warnings.
    """

    def __init__(
        self, form: Form = "human", quiet: bool = False, verbose: bool = False, strict: bool = False
    ) -> None:
        self.form = form
        self.quiet = quiet
        self.strict = strict
        self.verbose = verbose
        self.errors = 0
        self.warnings = 0
        self.places: Mapping[str, str] = {}  # name of a data file -> where it lies for the user
        self._shown = self._unshown = 0
        self._told: set[Diagnostic] = set()
        self._terminal = is_terminal(sys.stderr)
        self._colored = _wants_color(self._terminal)
        self._progress = False

    def show(self, found: Iterable[Diagnostic]) -> None:
        """Print findings, the same one once; a person sees the first ones and a count of the rest."""
        for one in found:
            if one.line and one in self._told:
                continue
            self._told.add(one)
            if one.severity == "error":
                self.errors += 1
            elif one.severity == "note":
                if self.quiet or (self.form in _FORMS_TO_READ and not self.verbose):
                    continue
            else:
                self.warnings += 1
                if self.quiet and not self.strict:
                    continue
            if self.form == "human" and not self.verbose and self._shown >= MOST:
                self._unshown += 1
            else:
                self._shown += 1
                self._print(one.in_file(self.places.get(one.file, one.file)))

    def note(self, text: str, color: str = "") -> None:
        """Tell a person what happened."""
        if self.form == "human" and not self.quiet:
            self.clear()
            tell(self._paint(printable(text), color) if color else printable(text))

    def detail(self, text: str) -> None:
        """Tell a person what only -v tells."""
        if self.verbose:
            self.note(text)

    def progress(self, text: str) -> None:
        """Say on a terminal what is being done; the next line replaces it."""
        if self._terminal and self.form == "human" and not self.quiet:
            tell(f"\r\x1b[K{printable(text)}", end="")
            self._progress = True

    @property
    def in_progress(self) -> bool:
        """Whether the line of progress is there."""
        return self._progress

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._progress:
            tell("\r\x1b[K", end="")
            self._progress = False

    def summary(self, canvases: int) -> None:
        """Print how much was found in all."""
        self.rest()
        if self.form == "human" and not self.quiet and self.errors + self.warnings > 1:
            where = f" in {canvases} canvases" if canvases > 1 else ""
            tell(self._paint(f"{counted(self.errors, self.warnings)}{where}", "bold"))

    def rest(self) -> None:
        """Print how many findings were not shown."""
        self.clear()
        if self._unshown:
            tell(f"and {self._unshown} more (-v shows all)")

    def _print(self, one: Diagnostic) -> None:
        self.clear()
        if self.form == "json":
            tell(json_line(one))
        elif self.form == "github":
            tell(github_line(one))
        else:
            tell(self._sentence(one))
            if self.form == "human" and self._terminal and one.source:
                for line in snippet(one, _columns()):
                    tell(self._paint(line, "dim"))

    def _sentence(self, one: Diagnostic) -> str:
        severity = self._paint(f"{one.severity}[{one.code}]", one.severity)
        place, message = on_one_line(one.place), on_one_line(one.told)
        return f"{place}: {severity}: {message}" if place else f"{severity}: {message}"

    def _paint(self, text: str, color: str) -> str:
        return f"{_COLORS[color]}{text}{_PLAIN}" if self._colored else text


def json_line(one: Diagnostic) -> str:
    """Return a finding as one line of JSON."""
    import json

    return json.dumps(asdict(one), ensure_ascii=False)


def github_line(one: Diagnostic) -> str:
    """Return a finding as a command of GitHub's workflows, which shows it beside the line."""
    places = {"file": one.file, "line": one.line or "", "col": one.column or "", "title": one.code}
    given = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in places.items() if value)
    command = {"note": "notice"}.get(one.severity, one.severity)
    return f"::{command} {given}::{_escaped(one.told)}"


def _escaped(text: str, also: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + also else char for char in text)


def printable(text: str) -> str:
    """Return a text with what could change a terminal written out."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def on_one_line(text: str) -> str:
    """Return a text with line breaks and tabs written out too."""
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def snippet(one: Diagnostic, width: int) -> list[str]:
    """Return the offending line, cut to the width of the terminal, and a caret under the place.

    There is no caret where right-to-left text stands before the place: terminals differ in where they
    put it.
    """
    line = one.source.replace("\t", _TAB)
    at = len(one.source[: one.column - 1].replace("\t", _TAB)) if one.column else 0
    room = max(width - 4, 20)
    if len(line) > room:
        start = max(min(at - room // 2, len(line) - room), 0)
        cut = line[start : start + room]
        line, at = ("…" + cut[1:] if start else cut), at - start
    before = line[:at]
    lines = [f"    {printable(line.rstrip())}"]
    if one.column and not any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in before):
        lines.append("    " + " " * sum(map(_cells, before)) + "^")
    return lines


def _cells(char: str) -> int:
    """Return how many cells of a terminal a character takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _wants_color(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    return forced not in ("", "0") or (terminal and os.environ.get("TERM") != "dumb")


def counted(errors: int, warnings: int) -> str:
    """Return how many errors and warnings, in words; nothing where there are none."""
    parts = ((errors, "error"), (warnings, "warning"))
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)
