"""Reads a canvas, and all that it and the caller name, from the disk into a `Job`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from bmcrender import limits
from bmcrender.errors import BmcrenderError, UsageError
from bmcrender.given import Given, StrPath, read_files
from bmcrender.logo import logo_name
from bmcrender.model import Format, Job, Options
from bmcrender.names import unknown
from bmcrender.project import is_project, not_a_canvas, project_of, sought
from bmcrender.reading import file_bytes, reason
from bmcrender.source import Source


def load(
    path: StrPath,
    formats: Sequence[Format] = ("pdf",),
    *,
    theme: StrPath | None = None,
    data: StrPath | None = None,
    font_path: StrPath | Sequence[StrPath] = (),
    project: StrPath | bool = True,
    template: StrPath | None = None,
    **options: Any,
) -> Job:
    """Return the job that renders a canvas file.

    `theme` is a name or a folder, `data` a folder of kinds, languages and themes, `font_path` files or
    folders of fonts; `project` is a project file, by default the one that is found upwards from the canvas,
    or False; `template` is the presentation whose layouts a deck takes; `options` are the fields of
    `Options`. Raises MachineError for what cannot be read, CanvasError for a project file with errors.
    """
    if is_project(path):
        raise not_a_canvas(path)
    file = sought(Path(path).parent) if project is True else project or None
    under = None if file is None else project_of(Path(file))
    given = read_files(theme=theme, data=data, font_path=font_path, project=under, template=template)
    for name in options:
        if name not in Options.__dataclass_fields__:
            raise unknown("option", name, Options.__dataclass_fields__)
    return job_of(path, formats, Options(theme=given.theme, **options), given)


def job_of(path: StrPath, formats: Sequence[Format], options: Options, given: Given) -> Job:
    """Return the job for a canvas file, its logo read from beside it."""
    name = os.fspath(path)
    canvas = file_bytes(Path(path), name, limits.FILE_BYTES, "name the canvas in it")
    return job_of_bytes(canvas, name, Path(path).parent, formats, options, given)


def job_of_stream(stream: IO[bytes], formats: Sequence[Format], options: Options, given: Given) -> Job:
    """Return the job for a canvas on standard input; its logo is sought in the working directory."""
    canvas = stream.read(limits.FILE_BYTES + 1)
    return job_of_bytes(canvas, "<stdin>", Path(), formats, options, given)


def job_of_bytes(
    canvas: bytes, name: str, folder: Path, formats: Sequence[Format], options: Options, given: Given
) -> Job:
    """Return the job for a canvas that was read; the files it names lie in `folder`."""
    job = Job(
        canvas,
        tuple(formats),
        name,
        options,
        files=dict(given.files),
        project=given.project,
        created=_created(),
        template=given.template,
    )
    return _with_logo(job, folder)


def _created() -> datetime:
    """Return the date that files carry: SOURCE_DATE_EPOCH, else one that never changes."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return Job(b"").created
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        message = f'SOURCE_DATE_EPOCH is "{given[:40]}", which is no number of seconds since 1970'
        raise UsageError.of("bad-date", message, "unset it, or set a number") from None


# -- the logo ------------------------------------------------------------------------------------------


class _Logo(NamedTuple):
    """The logo that a canvas or its project file names: whose source it is in, and the folder it lies in."""

    name: str
    source: Source
    folder: Path
    beside: str


def logo_place(job: Job, folder: Path) -> Path | None:
    """Return where the logo of a job lies, or is missed; the canvas lies in `folder`."""
    logo = _logo(job, folder)
    return None if logo is None else logo.folder / logo.name


def _logo(job: Job, folder: Path) -> _Logo | None:
    setting = any(key == "logo" for key, _ in job.options.settings)
    project = job.project
    if b"logo" not in job.canvas and not setting and not (project and "logo" in project.data):
        return None
    from bmcrender.load import loaded
    from bmcrender.validate import merged

    try:
        source = merged(loaded(job.canvas, job.name), project, job.options.settings)
    except BmcrenderError:
        return None  # checking the job will say why
    name = logo_name(source.data)
    if not name:
        return None
    if project is not None and source.mark(("logo",)).file == project.file:
        return _Logo(name, source, Path(project.file).parent, "project file")
    return _Logo(name, source, folder, "canvas")


def _with_logo(job: Job, folder: Path) -> Job:
    """Return the job with the logo's bytes, or with what is wrong with its file."""
    logo = _logo(job, folder)
    if logo is None:
        return job
    data, wrong = _logo_bytes(logo.folder, logo.name, logo.beside)
    if data is not None:
        return replace(job, assets={logo.name: data})
    code, message, hint = wrong
    return replace(job, findings=(logo.source.finding("error", code, message, hint, path=("logo",)),))


def _logo_bytes(folder: Path, name: str, beside: str) -> tuple[bytes | None, tuple[str, str, str]]:
    """Return a logo's bytes, or code, message and hint; it must lie in the folder of what names it."""
    outside = "logo-outside", f'the logo "{name}" does not lie in the {beside}\'s folder', "put it there"
    try:
        home = Path(os.path.realpath(folder))
        path = Path(os.path.realpath(home / name))
        if not path.is_relative_to(home):
            return None, outside
        if path.exists() and not path.is_file():
            return None, ("logo-unreadable", f'the logo "{name}" is no file', "name a PNG or JPEG file")
        with path.open("rb") as file:
            return file.read(limits.LOGO_BYTES + 1), ("", "", "")
    except FileNotFoundError:
        return None, ("logo-missing", f'there is no file "{name}" beside the {beside}', "check its name")
    except (OSError, ValueError) as error:
        return None, ("logo-unreadable", f'the logo "{name}" cannot be read: {reason(error)}', "")
