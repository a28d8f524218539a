"""A `Diagnostic` says what is wrong, where, and what to do; the exceptions carry them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, Self

from bmcrender.frozen import dataclass

Severity = Literal["error", "warning", "note"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a canvas, an option, a data file or the machine.

    A `note` tells what nobody need put right: it makes nothing fail, not even where warnings do.

    `code` is stable and kebab-case (`unknown-key`); `line` and `column` count from 1 in code
    points, 0 means unknown; `path` is the place in the data; `source` is the offending line.
    """

    severity: Severity
    code: str
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    path: Path = ()
    source: str = ""

    @property
    def place(self) -> str:
        """FILE:LINE:COL as far as it is known."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"

    @property
    def told(self) -> str:
        """What is wrong and what to do."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        said = f"{self.severity}[{self.code}]: {self.told}"
        return f"{self.place}: {said}" if self.place else said

    def in_file(self, file: str) -> Diagnostic:
        """Return the same finding, placed in `file`."""
        return replace(self, file=file)


def shortened(text: str, most: int) -> str:
    """Return a text as a message quotes it: of so many characters at most, with "…" for the rest."""
    return text if len(text) <= most else text[: most - 1] + "…"


class BmcrenderError(Exception):
    """Something the caller can put right; `diagnostics` say what."""

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))

    @classmethod
    def of(
        cls, code: str, message: str, hint: str = "", file: str = "", line: int = 0, column: int = 0
    ) -> Self:
        """Return the error that one finding makes."""
        return cls([Diagnostic("error", code, message, hint, file, line, column)])

    def __reduce__(self) -> tuple[type[BmcrenderError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class CanvasError(BmcrenderError):
    """The canvas, or data given with it, has errors."""


class UsageError(BmcrenderError):
    """An option or argument is wrong."""

    exit_code = 2


class MachineError(BmcrenderError):
    """A file cannot be read or written, or the machine lacks a library."""

    exit_code = 4


class LimitError(BmcrenderError):
    """A rendering limit (time, memory) was hit, or text cannot be placed."""

    exit_code = 5


class InternalError(Exception):
    """A mistake of ours; keeps its traceback."""
