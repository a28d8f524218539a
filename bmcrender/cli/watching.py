"""`-w`: renders again when a file changes that a canvas is made from."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from bmcrender.cli.asked import options_of
from bmcrender.cli.changes import watch
from bmcrender.cli.outputs import STDIN
from bmcrender.cli.projects import project_file
from bmcrender.cli.reporting import counted
from bmcrender.cli.run import Run, run_of
from bmcrender.errors import BmcrenderError, UsageError
from bmcrender.given import KEYS, Given, read_places
from bmcrender.inputs import job_of, logo_place
from bmcrender.model import Options
from bmcrender.project import Project, candidates, project_of

_LEISURE = 20  # times as long as listing the canvases takes passes before they are listed again


def watched(
    named: Callable[[], Sequence[str]],
    where: str,
    given: Mapping[str, Any],
    render_all: Callable[[Sequence[str], Run], None],
) -> NoReturn:
    """Render canvases, and again what has changed, until a signal ends it; `named` says which there are."""
    there = list(named())
    if STDIN in there:
        raise UsageError.of("bad-watch", "standard input cannot be watched", "name a file")
    if where == "stdout":
        raise UsageError.of(
            "bad-watch", "standard output cannot take what is rendered again and again", "write -o FILE"
        )
    again = 0.0

    def still() -> Sequence[str]:
        nonlocal again
        start = time.monotonic()
        if start >= again:
            with suppress(BmcrenderError):  # a folder that is gone for a moment
                there[:] = named()
            again = start + _LEISURE * (time.monotonic() - start)
        return there

    places = Places(given, options_of(given, None))
    watch(still, places.of, Rounds(given, render_all).render)


class Rounds:
    """Renders round after round; what is wrong is told, and older outputs stay."""

    def __init__(self, given: Mapping[str, Any], render_all: Callable[[Sequence[str], Run], None]) -> None:
        self._given = given
        self._render_all = render_all
        self._begun = False

    def render(self, canvases: Sequence[str]) -> None:
        """Render canvases and say in one line what came of it."""
        run = run_of(self._given)
        start = time.monotonic()
        try:
            self._render_all(canvases, run)
        except BmcrenderError as error:
            if not self._begun:
                raise
            run.reporter.show(error.diagnostics)
        run.reporter.rest()
        run.reporter.note(f"{time.strftime('%H:%M:%S')} {_came(canvases, run, time.monotonic() - start)}")
        if not self._begun:
            run.reporter.note("watching for changes; Ctrl-C ends")
        self._begun = True


def _came(canvases: Sequence[str], run: Run, seconds: float) -> str:
    """Return what came of a round: how many files, how much was found, how long it took."""
    what = canvases[0] if len(canvases) == 1 else f"{len(canvases)} canvases"
    files = f"{run.files} file{'' if run.files == 1 else 's'}" if run.files else ""
    unchanged = f"{run.untouched} unchanged" if run.untouched else ""
    found = counted(run.reporter.errors, run.reporter.warnings)
    parts = (files, unchanged, "" if files or unchanged else "nothing written", found, f"{seconds:.1f} s")
    return f"{what}: " + ", ".join(part for part in parts if part)


class Places:
    """What canvases are made from: files that are read, and those that would be if they were there."""

    def __init__(self, given: Mapping[str, Any], options: Options) -> None:
        self._given = given
        self._options = options
        self._named = {key: given[key] for key in KEYS}

    def of(self, canvas: str) -> tuple[Path, ...]:
        """Return the places of one canvas beside itself."""
        folder = Path(canvas).parent
        files = self._project_files(folder)
        project = self._project(folder)
        found = [*files, *read_places(**self._named, project=project)]
        with suppress(BmcrenderError):
            values = None if project is None else project.values(None)
            logo = logo_place(job_of(canvas, (), self._options, Given({}, {}, None, values)), folder)
            found += () if logo is None else (logo,)
        return tuple(found)

    def _project_files(self, folder: Path) -> tuple[Path, ...]:
        named = self._given["project"]
        if named is None:
            return tuple(candidates(folder))
        return (Path(named),) if named else ()

    def _project(self, folder: Path) -> Project | None:
        """Return the project file of a folder, None where there is none that can be read."""
        file = project_file(self._given["project"], folder)
        with suppress(BmcrenderError):
            return None if file is None else project_of(file)
        return None
