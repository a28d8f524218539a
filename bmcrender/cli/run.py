"""What a run over several canvases has come to: findings shown, counts, the exit code of the worst."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bmcrender.cli.reporting import Reporter, counted
from bmcrender.cli.streams import tell
from bmcrender.errors import (
    BmcrenderError,
    CanvasError,
    Diagnostic,
    InternalError,
    LimitError,
    MachineError,
    UsageError,
)

WARNED = 3
BUG = 70
# The worst first: what is no fault of the canvas outweighs what is.
_WORST = (
    BUG,
    *(one.exit_code for one in (MachineError, LimitError, UsageError, CanvasError)),
    WARNED,
    0,
)


@dataclass
class Run:
    """Collects the outcome of each canvas; one that fails does not stop the others."""

    reporter: Reporter
    strict: bool = False
    codes: set[int] = field(default_factory=lambda: {0})
    files: int = 0  # written
    untouched: int = 0  # files that were right already
    failed: int = 0  # canvases with errors
    held_back: int = 0  # canvases with warnings under --strict
    begun: float = field(default_factory=time.monotonic)

    @property
    def exit_code(self) -> int:
        """The code of the worst that happened."""
        return next(code for code in _WORST if code in self.codes)

    def found(self, diagnostics: Sequence[Diagnostic]) -> bool:
        """Show findings and return whether outputs may be written."""
        self.reporter.show(diagnostics)
        return self.allows(diagnostics)

    def allows(self, diagnostics: Sequence[Diagnostic]) -> bool:
        """Count a canvas and return whether outputs may be written, for all that was found."""
        if any(one.severity == "error" for one in diagnostics):
            self.codes.add(CanvasError.exit_code)
            self.failed += 1
            return False
        if self.strict and any(one.severity == "warning" for one in diagnostics):
            self.codes.add(WARNED)
            self.held_back += 1
            return False
        return True

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Go on with the next canvas when this one fails; a wrong command line ends the run."""
        try:
            yield
        except UsageError:
            raise
        except (BmcrenderError, InternalError) as error:
            self.tell(error, name)

    def tell(self, error: BmcrenderError | InternalError, name: str) -> None:
        """Show why something failed, and let the exit code say so."""
        if isinstance(error, BmcrenderError):
            self.reporter.show(error.diagnostics)
            self.codes.add(error.exit_code)
            return
        report_bug(self.reporter, error, name, self.reporter.verbose)
        self.codes.add(BUG)

    def summary(self, canvases: int) -> None:
        """Print what came of all canvases; of one only how much was found."""
        if canvases < 2:
            self.reporter.summary(canvases)
            return
        self.reporter.rest()
        self.reporter.note(self._summed_up(canvases), "bold")

    def _summed_up(self, canvases: int) -> str:
        parts = [
            f"{canvases - self.failed - self.held_back} done",
            f"{self.failed} with errors" if self.failed else "",
            f"{self.held_back} with warnings" if self.held_back else "",
            f"{self.files} file{'' if self.files == 1 else 's'}",
            f"{self.untouched} unchanged" if self.untouched else "",
            _spent(time.monotonic() - self.begun),
        ]
        found = counted(self.reporter.errors, self.reporter.warnings)
        line = f"{canvases} canvases: {', '.join(part for part in parts if part)}"
        return f"{line} ({found})" if found else line


def run_of(given: Mapping[str, Any]) -> Run:
    """Return a run that tells its findings as the options want them."""
    return Run(Reporter(given["form"], given["quiet"], given["verbose"], given["strict"]), given["strict"])


def report_bug(reporter: Reporter, error: Exception, file: str, verbose: bool) -> None:
    """Print a mistake of ours: one line, and under -v all that is known."""
    what = str(error) if isinstance(error, InternalError) else f"{type(error).__name__}: {error}"
    message = f"this is a bug in bmcrender ({' '.join(what.split())[:300]})"
    hint = "please report it with the canvas" + ("" if verbose else " and what -v prints")
    reporter.show([Diagnostic("error", "internal", message, hint, file)])
    if verbose:
        import traceback

        tell("".join(traceback.format_exception(error)).rstrip())


def _spent(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
