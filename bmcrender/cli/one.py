"""One canvas, as fast as can be: it is checked while its worker starts up."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bmcrender.cli.delivery import Delivered, Delivery
from bmcrender.cli.inputs import Reader
from bmcrender.cli.outputs import naming_of
from bmcrender.cli.run import Run
from bmcrender.cli.streams import put_name
from bmcrender.document import Document
from bmcrender.model import Format, Job

if TYPE_CHECKING:
    from bmcrender.checking import Checked
    from bmcrender.child import Limits


class Ready(NamedTuple):
    """A canvas that was checked, on its way to its outputs."""

    job: Job
    checked: Checked
    document: Document


def render_one(
    canvas: str, folder: str, reader: Reader, delivery: Delivery, limits: Limits, run: Run
) -> None:
    """Render one canvas, write all its outputs or none of them, and tell what came of it."""
    with run.of(canvas):
        job = reader.job(canvas)
        if job is None or (ready := checked_job(job, limits, run)) is None:
            return
        naming = naming_of(ready.document)
        paths = {one: delivery.planned.path(canvas, one, naming, folder) for one in delivery.planned.formats}
        delivery.take([(canvas, path) for path in paths.values()], (canvas,))
        deliver(canvas, ready, paths, delivery, run, reader.files_of(canvas, job))


def checked_job(job: Job, limits: Limits, run: Run) -> Ready | None:
    """Return a canvas ready to be rendered, or None and its findings shown."""
    from bmcrender.pipeline import checked, given_fonts
    from bmcrender.supervisor import shared

    with run.of(job.name):
        shared(limits).begin(job.formats, given_fonts(job))  # it starts up while the canvas is checked
        found = checked(job)
        if found.document is not None:
            return Ready(job, found, found.document)
        run.found(found.diagnostics)
    return None


def deliver(
    canvas: str,
    ready: Ready,
    paths: Mapping[Format, Path],
    delivery: Delivery,
    run: Run,
    read: Iterable[str] = (),
) -> None:
    """Draw a checked canvas and write its outputs; `read` are the files that it was made from."""
    from bmcrender.cli import writing  # noqa: F401 (it is loaded while the worker is busy)
    from bmcrender.pipeline import finished
    from bmcrender.supervisor import shared

    start = time.monotonic()
    with run.of(ready.job.name):
        result = finished(ready.job, ready.checked, shared())
        if run.found(result.diagnostics):
            tell(delivery.deliver(canvas, result, paths, read), run, delivery.lists)
            run.reporter.detail(f"  {time.monotonic() - start:.2f} s")


def tell(delivered: Delivered, run: Run, lists: bool = True) -> None:
    """List the files written on standard output, if that is not for data; their sizes under -v."""
    run.reporter.clear()
    run.files += len(delivered.written)
    run.untouched += len(delivered.untouched)
    for path, size in delivered.written.items():
        if lists and not run.reporter.quiet:
            put_name(path)
        run.reporter.detail(f"  {size:,} bytes")
    for path in delivered.untouched:
        run.reporter.detail(f"{path} is unchanged")
