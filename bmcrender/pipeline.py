"""The run in order: a `Job` to a `Result`. It writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from bmcrender import resources
from bmcrender.checking import Checked, checked
from bmcrender.errors import BmcrenderError, Diagnostic
from bmcrender.model import Document, Format, Job, Options, Result
from bmcrender.names import unknown
from bmcrender.supervisor import Supervisor, shared
from bmcrender.validate.faults import in_order

__all__ = ["Checked", "checked", "finished", "render", "rendered"]

Fonts = tuple[tuple[str, bytes], ...]


def render(job: Job, worker: Supervisor | None = None) -> Result:
    """Return a job's outputs and all findings; with an error among them there are no outputs.

    Raises UsageError for wrong options, MachineError for what the machine lacks, LimitError when
    drawing takes too much, InternalError for a mistake of ours.
    """
    checked_formats(job.formats)
    worker = worker or shared()
    worker.begin(job.formats, given_fonts(job))  # it starts up while the job is checked
    return finished(job, checked(job), worker)


def checked_formats(formats: Sequence[str]) -> None:
    """Refuse formats that there are not."""
    for name in formats:
        if name not in get_args(Format):
            raise unknown("format", str(name), get_args(Format))


def finished(job: Job, before: Checked, worker: Supervisor) -> Result:
    """Return the result of a checked job."""
    if before.document is None:
        return Result({}, before.diagnostics)
    try:
        given = before.document, job.formats, given_fonts(job), job.created, job.options
        result = worker.run(rendered, *given, formats=job.formats, fonts=given_fonts(job))
    except BmcrenderError as error:
        after = (one if one.file else one.in_file(job.name) for one in before.placed(error.diagnostics))
        raise type(error)([*before.diagnostics, *after]) from None
    found = tuple(in_order((*before.diagnostics, *before.placed(result.diagnostics))))
    return Result(result.outputs, found, result.further)


def rendered(
    document: Document,
    formats: Sequence[Format],
    fonts: Fonts,
    created: datetime,
    options: Options = Options(),
) -> Result:
    """Return a document laid out and drawn in each format: the part of the run that the worker does."""
    from bmcrender.formats import Drawing

    drawing = Drawing(document, fonts, created, options)
    files: dict[Format, tuple[bytes, ...]] = {}
    found: dict[Diagnostic, None] = {}
    for format in formats:
        files[format], new = drawing.drawn(format)
        found |= dict.fromkeys(new)
    outputs = {format: pages[0] for format, pages in files.items()}
    further = {format: pages[1:] for format, pages in files.items() if pages[1:]}
    result = Result(outputs, tuple(found), further)
    return result if result.ok else Result({}, result.diagnostics)


def given_fonts(job: Job) -> Fonts:
    """Return the font files that came with a job."""
    return tuple(sorted(resources.library(job.files).given_fonts().items()))
