"""The canvases named on the command line as jobs; for a word that is none, what was probably meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bmcrender.cli.app import COMMANDS
from bmcrender.cli.outputs import STDIN, SUFFIXES
from bmcrender.cli.projects import Beside
from bmcrender.cli.run import Run
from bmcrender.cli.streams import is_terminal
from bmcrender.errors import Diagnostic, UsageError
from bmcrender.given import Given
from bmcrender.inputs import job_of, job_of_stream
from bmcrender.model import Format, Job, Options
from bmcrender.project import is_project, not_a_canvas


def jobs_of(
    canvases: Sequence[str],
    formats: Sequence[Format],
    given: dict[str, Any],
    options_of: Callable[[dict[str, Any], str | None], Options],
    run: Run,
) -> list[tuple[str, Job]]:
    """Return each canvas that can be read with its job."""
    for canvas in canvases:
        _checked_word(canvas)
    beside = Beside(given, run)
    jobs = []
    for canvas in canvases:
        with run.of(canvas):
            own = beside.of(Path(canvas).parent)
            if own is not None:
                options = options_of(given, own.theme)
                jobs.append((canvas, _job(canvas, formats, options, own)))
    return jobs


def _job(canvas: str, formats: Sequence[Format], options: Options, own: Given) -> Job:
    if canvas != STDIN:
        return job_of(canvas, formats, options, own.files, project=own.project)
    if sys.stdin is None or is_terminal(sys.stdin):
        hint = "send it in with < or |, or name a file"
        raise UsageError([Diagnostic("error", "no-canvas", "there is no canvas on standard input", hint)])
    return job_of_stream(sys.stdin.buffer, formats, options, own.files, own.project)


def _checked_word(word: str) -> None:
    """Refuse a word that names no file and was probably meant otherwise, or that names a project file."""
    if is_project(word):
        raise not_a_canvas(word)
    if word == STDIN or os.path.lexists(word):
        return
    if word in COMMANDS:
        raise _usage(f"there is no file {word}", f"a command comes first: `bmcrender {word} …`")
    if Path(word).suffix.lower() in SUFFIXES:
        raise _usage(f"there is no canvas {word}", f"to name the output write `-o {word}`")
    if "." not in word and "/" not in word and os.sep not in word:
        from bmcrender.names import suggestion

        near = suggestion(word, COMMANDS)
        if near:
            raise _usage(f"there is no command and no file {word}", near)


def _usage(message: str, hint: str) -> UsageError:
    return UsageError([Diagnostic("error", "no-canvas", message, hint)])
