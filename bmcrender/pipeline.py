"""The run in order: a `Job` to a `Result`. It writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, get_args

from bmcrender import resources
from bmcrender.checking import Checked, checked
from bmcrender.errors import BmcrenderError, CanvasError, Diagnostic
from bmcrender.model import Fonts, Format, Job, Result, Template
from bmcrender.names import unknown
from bmcrender.rendered import lacks, rendered
from bmcrender.supervisor import Supervisor, shared
from bmcrender.validate.faults import in_order

__all__ = ["Checked", "checked", "finished", "render", "rendered", "rendered_whole"]


def render(job: Job, worker: Supervisor | None = None) -> Result:
    """Return a job's outputs and all findings; with an error among them there are no outputs.

    `worker` is a `Supervisor(Limits(…))` of the caller's own; without one all calls share a worker. Raises
    UsageError for wrong options, MachineError for what the machine lacks, LimitError when drawing takes
    too much, InternalError for a mistake of ours.
    """
    checked_formats(job.formats)
    worker = worker or shared()
    worker.begin(job.formats, given_fonts(job))  # it starts up while the job is checked
    return finished(job, checked(job), worker)


def rendered_whole(job: Job) -> Result:
    """Return the same, the whole run in this process: what a worker does with each job of many."""
    checked_formats(job.formats)
    return _finished(job, checked(job), rendered)


def checked_naming(job: Job) -> tuple[tuple[str, str, str], Result]:
    """Return what the names of outputs may take, language, layout and theme, and what checking found."""
    found = checked(job)
    made = found.document
    names = ("", "", "") if made is None else (made.language, made.layout, made.theme.name)
    return names, Result({}, found.diagnostics)


def checked_formats(formats: Sequence[str]) -> None:
    """Refuse formats that there are not."""
    for name in formats:
        if name not in get_args(Format):
            raise unknown("format", str(name), get_args(Format))


def checked_with_template(job: Job, template: Template) -> tuple[Diagnostic, ...]:
    """Return all that checking a job finds, and what a template lacks for its deck; nothing is drawn."""
    before = checked(job)
    if before.document is None:
        return before.diagnostics
    fonts = given_fonts(job)
    new = shared().run(lacks, before.document, fonts, job.options, template, formats=("pptx",), fonts=fonts)
    return tuple(in_order((*before.diagnostics, *new)))


def finished(job: Job, before: Checked, worker: Supervisor) -> Result:
    """Return the result of a checked job, drawn by a worker."""

    def drawn(*given: Any) -> Result:
        return worker.run(rendered, *given, formats=job.formats, fonts=given_fonts(job))

    return _finished(job, before, drawn)


def _finished(job: Job, before: Checked, drawn: Callable[..., Result]) -> Result:
    """Return the result of a checked job, what drawing has found placed in the canvas."""
    if before.document is None:
        return Result({}, before.diagnostics)
    try:
        result = drawn(before.document, job.formats, given_fonts(job), job.created, job.options, job.template)
    except BmcrenderError as error:
        after = (one if one.file else one.in_file(job.name) for one in before.placed(error.diagnostics))
        raise type(error)([*before.diagnostics, *after]) from None
    new = _untold(before.diagnostics, result.diagnostics)
    found = tuple(in_order((*before.diagnostics, *before.placed(new))))
    return Result(result.outputs, found, result.further)


def _untold(told: Sequence[Diagnostic], new: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what drawing found without the missing glyphs that checking has told already."""
    gone = {_code_point(one) for one in told if one.code == "missing-glyph"}
    for one in new:
        if one.code != "missing-glyph" or _code_point(one) not in gone:
            yield one


def _code_point(one: Diagnostic) -> str:
    """Return the character that a finding about a glyph names: U+706B."""
    match = re.search(r"\((U\+[0-9A-F]+)[ )]", one.message)
    return match[1] if match else ""


def given_fonts(job: Job) -> Fonts:
    """Return the font files that came with a job, without those of faces that are built in."""
    files = tuple(sorted(resources.library(job.files).given_fonts().items()))
    return _taken(files) if files else ()


@lru_cache(maxsize=1)
def _taken(files: Fonts) -> Fonts:
    """Return the font files that are drawn with; all, if some cannot be used: checking tells it and ends."""
    try:
        skipped = resources.library(dict(files)).font_set().skipped
    except CanvasError:
        return files
    return tuple((name, data) for name, data in files if name not in skipped)
