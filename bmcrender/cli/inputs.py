"""Reads the canvases of a run as jobs, one at a time, with all that belongs to each."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bmcrender.cli.asked import options_of
from bmcrender.cli.outputs import STDIN
from bmcrender.cli.projects import Beside
from bmcrender.cli.run import Run
from bmcrender.cli.streams import is_terminal
from bmcrender.errors import UsageError
from bmcrender.given import Given
from bmcrender.inputs import job_of, job_of_stream, logo_place
from bmcrender.model import Format, Job, Options
from bmcrender.project import shown


class Reader:
    """Reads canvases when they are asked for; what lies beside them, and standard input, once."""

    def __init__(self, formats: Sequence[Format], given: dict[str, Any], run: Run) -> None:
        self._formats = formats
        self._given = given
        self._beside = Beside(given, run)
        self._piped: Job | None = None
        self._places: dict[int, list[str]] = {}  # by what lies beside canvases, which is kept

    def job(self, canvas: str) -> Job | None:
        """Return a canvas's job; None when its project file has errors, which are told by then."""
        own = self._beside.of(Path(canvas).parent)
        if own is None:
            return None
        options = options_of(self._given, own.theme)
        if canvas != STDIN:
            return job_of(canvas, self._formats, options, own)
        if self._piped is None:
            self._piped = self._of_stream(options, own)
        return self._piped

    def _of_stream(self, options: Options, own: Given) -> Job:
        if sys.stdin is None or is_terminal(sys.stdin):
            hint = "send it in with < or |, or name a file"
            raise UsageError.of("no-canvas", "there is no canvas on standard input", hint)
        return job_of_stream(sys.stdin.buffer, self._formats, options, own)

    def files_of(self, canvas: str, job: Job) -> Iterator[str]:
        """Yield the files that a canvas was read from: itself, and what belongs to it."""
        folder = Path(canvas).parent
        if canvas != STDIN:
            yield canvas
        if job.assets and (logo := logo_place(job, folder)) is not None:
            yield shown(logo)
        if (project := self._beside.project(folder)) is not None:
            yield shown(project)
        if job.template is not None:
            yield job.template.name
        own = self._beside.of(folder)
        if own is not None:
            yield from self._places_of(own)

    def _places_of(self, own: Given) -> list[str]:
        """Return the files of themes, fonts and data, looked for once."""
        if id(own) not in self._places:
            found = sorted(set(own.places.values()))
            self._places[id(own)] = [place for place in found if Path(place).is_file()]
        return self._places[id(own)]


def jobs_of(
    canvases: Iterable[str], formats: Sequence[Format], given: dict[str, Any], run: Run
) -> Iterator[Job]:
    """Yield the job of each canvas that can be read."""
    reader = Reader(formats, given, run)
    for canvas in canvases:
        with run.of(canvas):
            job = reader.job(canvas)
            if job is not None:
                yield job
