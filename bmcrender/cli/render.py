"""`bmcrender [render] CANVAS...`: reads, checks, renders, writes, and says what it found."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from bmcrender.cli.completing import files
from bmcrender.cli.helped import Helped
from bmcrender.cli.inputs import jobs_of
from bmcrender.cli.limits import limits_of
from bmcrender.cli.options import format_options, job_options, options_of, planned_of, report_options
from bmcrender.cli.outputs import Plan, checked_further, checked_names, checked_single, further_path
from bmcrender.cli.reporting import Reporter
from bmcrender.cli.run import Run
from bmcrender.cli.streams import put, put_bytes
from bmcrender.cli.watching import watched
from bmcrender.errors import Diagnostic, UsageError
from bmcrender.model import Job, Result


@click.command(cls=Helped, help="Render canvases as posters (PDF) and decks (PowerPoint).")
@click.argument("canvases", metavar="CANVAS...", nargs=-1, shell_complete=files)
@format_options
@job_options
@click.option("-w", "--watch", is_flag=True, help="Render again whenever a file changes; Ctrl-C ends.")
@report_options
def render(canvases: tuple[str, ...], output: str | None, watch: bool, **given: Any) -> int:
    """Render canvases and return the exit code."""
    canvases = tuple(dict.fromkeys(canvases))
    if not canvases:
        hint = "write `bmcrender canvas.yaml`, or `bmcrender new` for one to begin with"
        raise UsageError([Diagnostic("error", "no-canvas", "no canvas is named", hint)])
    planned = planned_of(output, given, canvases)
    if watch:
        watched(
            lambda: canvases, planned.where, given, lambda some, run: _render_all(some, planned, given, run)
        )
    run = Run(Reporter(given["form"], given["quiet"], given["verbose"]), given["strict"])
    _render_all(canvases, planned, given, run)
    run.reporter.summary(len(canvases))
    return run.exit_code


class Ready(NamedTuple):
    """A canvas that was checked, on its way to its outputs."""

    canvas: str
    job: Job
    checked: Any
    paths: dict[Any, Path]


def _render_all(canvases: Sequence[str], planned: Plan, given: dict[str, Any], run: Run) -> None:
    from bmcrender.pipeline import given_fonts
    from bmcrender.supervisor import shared

    jobs = jobs_of(canvases, planned.formats, given, options_of, run)
    if jobs:
        # The worker starts up while the canvases are checked.
        shared(limits_of(given)).begin(planned.formats, given_fonts(jobs[0][1]))
    ready = [one for canvas, job in jobs if (one := checked_job(canvas, job, planned, run))]
    if planned.where != "stdout":
        checked_names([(one.canvas, path) for one in ready for path in one.paths.values()], canvases)
    taken = [path for one in ready for path in one.paths.values()]
    for number, one in enumerate(ready, start=1):
        if len(ready) > 1:
            run.reporter.progress(f"{number}/{len(ready)} {one.canvas}")
        with run.of(one.job.name):
            render_one(one, planned, run, taken)


def checked_job(canvas: str, job: Job, planned: Plan, run: Run) -> Ready | None:
    """Return a canvas ready to be rendered, or None and its findings shown."""
    from bmcrender.pipeline import checked

    with run.of(job.name):
        found = checked(job)
        if found.document is None:
            run.found(found.diagnostics)
            return None
        paths = {format: planned.path(canvas, found.document, format) for format in planned.formats}
        return Ready(canvas, job, found, paths)
    return None


def render_one(one: Ready, planned: Plan, run: Run, others: Collection[Path] = ()) -> None:
    """Render one canvas and write all its outputs, or none of them; `others` are those of other canvases."""
    from bmcrender.cli.writing import write_all
    from bmcrender.pipeline import finished
    from bmcrender.supervisor import shared

    start = time.monotonic()
    result = finished(one.job, one.checked, shared())
    if not run.found(result.diagnostics):
        return
    run.reporter.clear()
    if planned.where == "stdout":
        checked_single(result)
        put_bytes(result.outputs[planned.formats[0]])
        return
    files = dict(_files(one, result))
    checked_further(files, one.paths.values(), others)
    write_all(files, planned.makes_folders)
    run.files += len(files)
    _tell(files, time.monotonic() - start, run)


def _files(one: Ready, result: Result) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a canvas: of each format its first page, or all, then the further ones."""
    for format, data in result.outputs.items():
        yield one.paths[format], data
        for number, page in enumerate(result.further.get(format, ()), start=2):
            yield further_path(one.paths[format], number), page


def _tell(files: Mapping[Path, bytes], seconds: float, run: Run) -> None:
    """List the files on standard output, with sizes and time under -v."""
    for path, data in files.items():
        if not run.reporter.quiet:
            put(str(path))
        if run.reporter.verbose:
            run.reporter.note(f"  {len(data):,} bytes")
    if run.reporter.verbose:
        run.reporter.note(f"  {seconds:.2f} s")
