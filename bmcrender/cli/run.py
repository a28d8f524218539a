"""What a run over several canvases has come to: findings shown, and the exit code that tells the worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bmcrender.cli.reporting import Reporter
from bmcrender.errors import BmcrenderError, CanvasError, Diagnostic, InternalError, UsageError

WARNED = 3
# The worst first: what is no fault of the canvas outweighs what is.
_WORST = (70, 4, 5, UsageError.exit_code, CanvasError.exit_code, WARNED, 0)


@dataclass
class Run:
    """Collects the outcome of each canvas; one that fails does not stop the others."""

    reporter: Reporter
    strict: bool = False
    codes: set[int] = field(default_factory=lambda: {0})
    files: int = 0  # written

    @property
    def exit_code(self) -> int:
        """The code of the worst that happened."""
        return next(code for code in _WORST if code in self.codes)

    def found(self, diagnostics: Sequence[Diagnostic]) -> bool:
        """Show findings and return whether outputs may be written."""
        self.reporter.show(diagnostics)
        if any(one.severity == "error" for one in diagnostics):
            self.codes.add(CanvasError.exit_code)
            return False
        if self.strict and diagnostics:
            self.codes.add(WARNED)
            return False
        return True

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Go on with the next canvas when this one fails; a wrong command line ends the run."""
        try:
            yield
        except UsageError:
            raise
        except BmcrenderError as error:
            self.reporter.show(error.diagnostics)
            self.codes.add(error.exit_code)
        except InternalError as error:
            from bmcrender.cli.app import BUG, report_bug

            report_bug(self.reporter, error, name, self.reporter.verbose)
            self.codes.add(BUG)
