"""`bmcrender check CANVAS...`: everything that is wrong with canvases, nothing rendered."""

from __future__ import annotations

from typing import Any

import click

from bmcrender.cli.canvases import canvases_of
from bmcrender.cli.completing import files
from bmcrender.cli.helped import Helped
from bmcrender.cli.inputs import jobs_of
from bmcrender.cli.options import job_options, report_options, template_options
from bmcrender.cli.run import run_of
from bmcrender.errors import Diagnostic, UsageError
from bmcrender.model import Job


@click.command(cls=Helped, help="Find everything that is wrong with canvases, without rendering.")
@click.argument("canvases", metavar="CANVAS...", nargs=-1, shell_complete=files)
@job_options
@template_options
@report_options
def check(canvases: tuple[str, ...], **given: Any) -> int:
    """Check canvases and return the exit code."""
    if not canvases:
        hint = "write `bmcrender check canvas.yaml`"
        raise UsageError.of("no-canvas", "no canvas is named", hint)
    run = run_of(given)
    found = canvases_of(canvases, run.reporter.detail)
    for job in jobs_of(found, ("pdf", "pptx"), given, run):
        with run.of(job.name):
            run.found(_findings(job))
    run.reporter.summary(len(found))
    return run.exit_code


def _findings(job: Job) -> tuple[Diagnostic, ...]:
    """Return all that is wrong with a canvas, and what its template lacks if there is one."""
    if job.template is None:
        from bmcrender.checking import checked

        return checked(job, to_render=False).diagnostics
    from bmcrender.pipeline import checked_with_template

    return checked_with_template(job, job.template)
