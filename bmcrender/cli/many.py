"""Many canvases: read when their turn comes, rendered side by side, written when done, told in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bmcrender.batch import Crew, Outcome, outcome_of
from bmcrender.cli.canvases import Canvases
from bmcrender.cli.delivery import Delivered, Delivery
from bmcrender.cli.inputs import Reader
from bmcrender.cli.one import tell
from bmcrender.cli.outputs import Naming
from bmcrender.cli.progress import Progress
from bmcrender.cli.run import Run
from bmcrender.errors import BmcrenderError, Diagnostic, InternalError, UsageError
from bmcrender.frozen import dataclass
from bmcrender.model import Format, Job
from bmcrender.pipeline import checked_naming, rendered_whole

_NOTHING = Delivered()


@dataclass(frozen=True, slots=True)
class CanvasReport:
    """What is to be told of one canvas."""

    diagnostics: tuple[Diagnostic, ...] = ()
    error: BmcrenderError | InternalError | None = None
    delivered: Delivered = _NOTHING


class Many:
    """One run over many canvases; those of a run are known by their numbers."""

    def __init__(self, canvases: Canvases, reader: Reader, delivery: Delivery, run: Run) -> None:
        self._canvases = tuple(canvases.items())
        self._reader = reader
        self._delivery = delivery
        self._run = run
        self._reports: dict[int, CanvasReport] = {}  # of canvases whose turn to be told has not come
        self._told = 0
        self._read: dict[int, tuple[str, ...]] = {}  # what canvases on their way were made from

    def render(self, crew: Crew) -> None:
        """Render and write all canvases, once it is sure that no output takes the name of another."""
        planned = self._delivery.planned
        namings = self._namings(crew) if planned.asks_canvas else dict.fromkeys(self._numbers(), Naming())
        paths = {number: self._paths(number, one) for number, one in namings.items()}
        names = ((self._canvases[number][0], path) for number in paths for path in paths[number].values())
        self._delivery.take(names, [canvas for canvas, _ in self._canvases])
        try:
            self._render(crew, paths)
        finally:
            self._run.reporter.clear()

    def _render(self, crew: Crew, paths: Mapping[int, Mapping[Format, Path]]) -> None:
        progress = Progress(self._run.reporter, len(self._canvases))
        for number, future in crew.as_done(rendered_whole, self._jobs(paths)):
            self._deliver(number, outcome_of(future), paths[number])
            self._tell()
            progress.show(self._told + len(self._reports))
        self._tell()

    def _numbers(self) -> range:
        return range(len(self._canvases))

    def _paths(self, number: int, naming: Naming) -> dict[Format, Path]:
        canvas, folder = self._canvases[number]
        planned = self._delivery.planned
        return {one: planned.path(canvas, one, naming, folder) for one in planned.formats}

    def _namings(self, crew: Crew) -> dict[int, Naming]:
        """Return what each canvas that can be rendered gives to the names of its outputs."""
        progress = Progress(self._run.reporter, len(self._canvases), "names of outputs")
        found: dict[int, Naming] = {}
        for done, (number, future) in enumerate(
            crew.as_done(checked_naming, self._jobs(self._numbers())), start=1
        ):
            progress.show(done)
            try:
                names, result = future.result()
            except UsageError:
                raise
            except (BmcrenderError, InternalError) as error:
                self._fail(number, error)
                continue
            if result.ok:
                found[number] = Naming(*names)
            else:
                self._run.allows(result.diagnostics)
                self._reports[number] = CanvasReport(result.diagnostics)
        return {number: found[number] for number in sorted(found)}

    def _jobs(self, numbers: Iterable[int]) -> Iterator[tuple[int, Job]]:
        """Yield the job of each canvas when there is room for it; of one that cannot be read a report."""
        for number in numbers:
            canvas, _ = self._canvases[number]
            try:
                job = self._reader.job(canvas)
            except UsageError:
                raise
            except BmcrenderError as error:
                self._fail(number, error)
                continue
            if job is None:
                self._fail(number)
                continue
            self._read[number] = tuple(self._reader.files_of(canvas, job))
            yield number, job

    def _deliver(self, number: int, outcome: Outcome, paths: Mapping[Format, Path]) -> None:
        """Write what a canvas became, and keep what there is to tell."""
        read = self._read.pop(number)
        if isinstance(outcome.error, UsageError):
            raise outcome.error
        if outcome.error is not None:
            self._fail(number, outcome.error)
        elif self._run.allows(outcome.diagnostics):
            try:
                delivered = self._delivery.deliver(self._canvases[number][0], outcome, paths, read)
                self._reports[number] = CanvasReport(outcome.diagnostics, None, delivered)
            except BmcrenderError as error:
                self._fail(number, error, outcome.diagnostics)
        else:
            self._reports[number] = CanvasReport(outcome.diagnostics)

    def _fail(
        self,
        number: int,
        error: BmcrenderError | InternalError | None = None,
        found: tuple[Diagnostic, ...] = (),
    ) -> None:
        """Count a canvas that failed; without an error it is told already."""
        self._run.failed += 1
        self._reports[number] = CanvasReport(found, error)

    def _tell(self) -> None:
        """Tell of each canvas whose turn has come: all before it have been told of."""
        while self._told in self._reports:
            report = self._reports.pop(self._told)
            self._run.reporter.show(report.diagnostics)
            if report.error is not None:
                self._run.tell(report.error, self._canvases[self._told][0])
            tell(report.delivered, self._run, self._delivery.lists)
            self._told += 1
