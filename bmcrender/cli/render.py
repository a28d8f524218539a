"""`bmcrender [render] CANVAS...`: reads, checks, renders, writes, and says what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bmcrender.cli.asked import planned_of
from bmcrender.cli.completing import files
from bmcrender.cli.helped import Helped
from bmcrender.cli.limits import limits_of
from bmcrender.cli.options import batch_options, format_options, job_options, limit_options, report_options
from bmcrender.cli.run import Run, run_of
from bmcrender.errors import UsageError

if TYPE_CHECKING:
    from bmcrender.batch import Crew
    from bmcrender.cli.canvases import Canvases
    from bmcrender.cli.delivery import Delivery


@click.command(
    cls=Helped,
    help="Render canvases as posters (PDF) and decks (PowerPoint).",
    epilog="CANVAS is a file, a folder with all below it, a pattern in quotes, or - for standard input.",
)
@click.argument("canvases", metavar="CANVAS...", nargs=-1, shell_complete=files)
@job_options
@format_options
@batch_options
@limit_options
@report_options
def render(canvases: tuple[str, ...], output: str | None, watch: bool, **given: Any) -> int:
    """Render canvases and return the exit code."""
    if not canvases:
        hint = "write `bmcrender canvas.yaml`, or `bmcrender new` for one to begin with"
        raise UsageError.of("no-canvas", "no canvas is named", hint)
    from bmcrender.cli.canvases import canvases_of
    from bmcrender.cli.delivery import Delivery
    from bmcrender.cli.deps import deps_of

    run = run_of(given)
    found = canvases_of(canvases, run.reporter.detail)
    planned = planned_of(output, given, tuple(found))
    delivery = Delivery(planned, given["only_changed"], deps_of(given["deps"], given["deps_format"]))
    delivery.check()
    if watch:
        _watch(canvases, found, given, delivery)
    render_all(found, given, delivery, run)
    run.summary(len(found))
    return run.exit_code


def _watch(words: Sequence[str], found: Canvases, given: dict[str, Any], delivery: Delivery) -> NoReturn:
    """Render, and again what has changed, by workers that stay; which canvases there are is asked anew."""
    from bmcrender.cli.canvases import canvases_of
    from bmcrender.cli.watching import watched

    folders = dict(found)
    many = len(found) > 1 or given["dask"]

    def named() -> Sequence[str]:
        there = canvases_of(words, lambda _: None)
        folders.update(there)
        return tuple(there)

    with _crew(given, len(found)) if many else nullcontext() as crew:
        watched(
            named,
            delivery.planned.where,
            given,
            lambda some, run: render_all({one: folders[one] for one in some}, given, delivery, run, crew),
        )


def render_all(
    canvases: Canvases, given: dict[str, Any], delivery: Delivery, run: Run, crew: Crew | None = None
) -> None:
    """Render canvases, one as fast as can be, several side by side, and tell what came of each."""
    from bmcrender.cli.inputs import Reader

    reader = Reader(delivery.planned.formats, given, run)
    delivery.alone = len(canvases) == 1
    if delivery.alone and crew is None and not given["dask"]:
        from bmcrender.cli.one import render_one

        for canvas, folder in canvases.items():
            render_one(canvas, folder, reader, delivery, limits_of(given), run)
    else:
        from bmcrender.cli.many import Many

        with nullcontext(crew) if crew is not None else _crew(given, len(canvases)) as those:
            Many(canvases, reader, delivery, run).render(those)
    with run.of(""):
        delivery.finish()


def _crew(given: Mapping[str, Any], canvases: int) -> Any:
    """Return those who render: workers here, or a cluster's."""
    limits = limits_of(given)
    if given["dask"]:
        from bmcrender.cluster import crew

        return crew(given["dask"], limits)
    from bmcrender.batch import Crew, processors

    return Crew(min(given["jobs"] or processors(), canvases), limits=limits)
