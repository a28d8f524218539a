"""`bmcrender blank`: sheets to write on, without any canvas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bmcrender.choices import BOUNDS
from bmcrender.cli.asked import options_of, planned_of
from bmcrender.cli.delivery import Delivery
from bmcrender.cli.help_text import Headed
from bmcrender.cli.helped import Helped
from bmcrender.cli.lengths import millimetres
from bmcrender.cli.limits import limits_of
from bmcrender.cli.one import checked_job, deliver
from bmcrender.cli.options import format_options, job_options, limit_options, report_options
from bmcrender.cli.outputs import Plan, naming_of
from bmcrender.cli.projects import Beside
from bmcrender.cli.run import Run, run_of
from bmcrender.document import Document
from bmcrender.errors import UsageError
from bmcrender.model import PAGED, Format, Job

_NAME = "blank"
_PLAIN_LAYOUT = "poster"


@click.command(cls=Helped, help="Make sheets to write on: posters, handouts or outlines without any canvas.")
@click.option("--kind", cls=Headed, heading="Look", metavar="NAME", default="bmc", help="Which canvas; bmc.")
@click.option(
    "--sticky",
    cls=Headed,
    heading="Pages",
    callback=millimetres("a sticky note", *BOUNDS["sticky"], "76mm"),
    metavar="SIZE",
    help="Mark places for sticky notes of this size on a poster: 76mm.",
)
@job_options
@format_options
@limit_options
@report_options
def blank(kind: str, sticky: float | None, output: str | None, **given: Any) -> int:
    """Make blank sheets and return the exit code."""
    planned = planned_of(output, given, ())
    if sticky is not None and planned.formats == ("pptx",):
        raise _no_places("slides have none")
    run = run_of(given)
    job = _job(kind, sticky, planned, given, run)
    ready = checked_job(job, limits_of(given), run) if job is not None else None
    if ready is not None:
        layout = ready.document.layout
        if sticky is not None and layout != _PLAIN_LAYOUT:
            raise _no_places(f"the layout {layout} has none")
        stems = {one: _stem(ready.document, one, ready.job.options.margin) for one in planned.formats}
        paths = {one: planned.path(stem, one, naming_of(ready.document)) for one, stem in stems.items()}
        deliver(_NAME, ready, paths, Delivery(planned), run)
    run.reporter.summary(1)
    return run.exit_code


def _job(kind: str, sticky: float | None, planned: Plan, given: dict[str, Any], run: Run) -> Job | None:
    """Return the job of a canvas that says nothing but its kind's title; None for a faulty project file."""
    from bmcrender.inputs import job_of_bytes
    from bmcrender.resources import library
    from bmcrender.starter import blank_canvas

    own = Beside(given, run).of(Path())
    if own is None:
        return None
    known = library(own.files)
    chosen = known.kind(kind)
    under = own.project.data if own.project is not None else {}
    tag = given["language"] if given["language"] is not None else str(under.get("language") or "en")
    words, _ = known.language(tag, chosen)  # checking tells of a language without guide
    options = replace(options_of(given, own.theme), blank=True, sticky=sticky)
    canvas = blank_canvas(words, chosen).encode()
    return job_of_bytes(canvas, _NAME, Path(), planned.formats, options, own)


def _stem(document: Document, format: Format, margin: float) -> str:
    """Return what blank sheets are called in a format; a deck has neither layout nor page size."""
    from bmcrender.pages import page_name

    if format not in PAGED:
        return f"{document.kind}-{_NAME}-{document.language}"
    paper = document.page[0] + 2 * margin, document.page[1] + 2 * margin
    layout = () if document.layout == _PLAIN_LAYOUT else (document.layout,)
    return "-".join((document.kind, _NAME, *layout, document.language, page_name(*paper)))


def _no_places(why: str) -> UsageError:
    message = f"--sticky marks places on posters; {why}"
    return UsageError.of("no-places", message, "leave --sticky out, or make a poster")
