"""Reads a canvas, and all that it and the caller name, from the disk into a `Job`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from bmcrender import limits
from bmcrender.errors import BmcrenderError, CanvasError, Diagnostic, MachineError, UsageError
from bmcrender.folders import Files, data_files, font_files, is_folder, theme_files
from bmcrender.logo import logo_name
from bmcrender.model import Format, Job, Options, Template
from bmcrender.names import unknown
from bmcrender.project import Project, is_project, not_a_canvas, project_of, sought
from bmcrender.source import Source

StrPath = str | os.PathLike[str]


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
    `Options`. Raises MachineError for what cannot be read, CanvasError
    for a project file with errors.
    """
    if is_project(path):
        raise not_a_canvas(path)
    file = sought(Path(path).parent) if project is True else project or None
    under = None if file is None else project_of(Path(file))
    given = read_files(theme=theme, data=data, font_path=font_path, project=under, template=template)
    try:
        chosen = Options(theme=given.theme, **options)
    except TypeError as error:
        raise UsageError([Diagnostic("error", "unknown-option", str(error))]) from None
    return job_of(path, formats, chosen, given.files, project=given.project, template=given.template)


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gives beside canvases: files as in `Job.files`, where each lies, the theme's name.

    `project` holds the values of a project file.
    """

    files: Mapping[str, bytes]
    places: Mapping[str, str]
    theme: str | None
    project: Source | None = None
    template: Template | None = None


def read_files(
    *,
    theme: StrPath | None = None,
    data: StrPath | None = None,
    font_path: StrPath | Sequence[StrPath] = (),
    project: Project | None = None,
    template: StrPath | None = None,
) -> Given:
    """Return the data of a caller's own, read from its folders and files; what is not given, a project's."""
    found: Files = {}
    for key, option in (("data", data), ("font_path", font_path)):
        places = _places(option)
        for place in places:
            found |= _READERS[key](place, found)
        if project is not None and not places:
            with _said_in(project, key):
                for place in project.places(key):
                    found |= _READERS[key](place, found)
    name = None if theme is None else _theme(os.fspath(theme), Path(), found)
    values = None
    if project is not None:
        with _said_in(project, "theme"):
            wanted = name is None and project.theme is not None
            under = _theme(str(project.theme), project.folder, found, check=True) if wanted else None
        values = project.values(under)
    files = {key: content for key, (content, _) in found.items()}
    places = {key: place for key, (_, place) in found.items()}
    return Given(files, places, name, values, None if template is None else read_template(template))


def read_template(path: StrPath) -> Template:
    """Return somebody's presentation as a template; raise UsageError for a file that cannot be one."""
    from bmcrender.template_file import checked_template

    name = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(limits.TEMPLATE_BYTES + 1)
    except IsADirectoryError:
        raise _unreadable(name, "it is a folder", "name a .pptx or .potx file") from None
    except FileNotFoundError:
        raise _unreadable(name, "there is no such file", "") from None
    except (OSError, ValueError) as error:
        raise _unreadable(name, reason(error), "") from None
    return checked_template(name, data)


def read_places(
    *,
    theme: StrPath | None = None,
    data: StrPath | None = None,
    font_path: StrPath | Sequence[StrPath] = (),
    project: Project | None = None,
    template: StrPath | None = None,
) -> tuple[Path, ...]:
    """Return the files and folders that `read_files` would read, those that are missing too."""
    found: list[Path] = [] if template is None else [Path(template)]
    for key, option in (("data", data), ("font_path", font_path)):
        found += _places(option) or (project.places(key) if project is not None else ())
    if theme is not None:
        found.append(Path(theme))
    elif project is not None and project.theme is not None:
        found.append(project.folder / project.theme)
    return tuple(found)


_READERS: Mapping[str, Callable[[Path, Files], Files]] = {
    "data": lambda place, _: data_files(place),
    "font_path": font_files,
}


def _places(given: StrPath | Sequence[StrPath] | None) -> tuple[Path, ...]:
    if given is None:
        return ()
    return tuple(map(Path, [given] if isinstance(given, str | os.PathLike) else given))


@contextmanager
def _said_in(project: Project, key: str) -> Iterator[None]:
    """Place what is wrong with a file or folder where the project file names it."""
    try:
        yield
    except BmcrenderError as error:
        made = MachineError if isinstance(error, MachineError) else CanvasError
        raise made(project.placed(one, key) for one in error.diagnostics) from None


def _theme(name: str, folder: Path, files: Files, check: bool = False) -> str:
    """Return a theme's name; one that is given as a folder, from `folder`, is read into `files`."""
    from bmcrender.resources import library

    slashed = "/" in name or os.sep in name or name in (".", "..")
    known = f"themes/{name}/theme.yaml" in files or name in library().themes()
    if slashed or (not known and is_folder(folder / name)):
        name, own = theme_files(folder / name, files)
        files |= own
    elif check and not known:
        raise unknown("theme", name, library({key: data for key, (data, _) in files.items()}).themes())
    return name


def job_of(
    path: StrPath,
    formats: Sequence[Format],
    options: Options,
    files: Mapping[str, bytes],
    name: str = "",
    project: Source | None = None,
    template: Template | None = None,
) -> Job:
    """Return the job for a canvas file, its logo read from beside it."""
    shown = name or os.fspath(path)
    canvas = _canvas_bytes(Path(path), shown)
    return job_of_bytes(canvas, shown, Path(path).parent, formats, options, files, project, template)


def job_of_stream(
    stream: IO[bytes],
    formats: Sequence[Format],
    options: Options,
    files: Mapping[str, bytes],
    project: Source | None = None,
    template: Template | None = None,
) -> Job:
    """Return the job for a canvas on standard input; its logo is sought in the working directory."""
    canvas = stream.read(limits.FILE_BYTES + 1)
    return job_of_bytes(canvas, "<stdin>", Path(), formats, options, files, project, template)


def job_of_bytes(
    canvas: bytes,
    name: str,
    folder: Path,
    formats: Sequence[Format],
    options: Options,
    files: Mapping[str, bytes],
    project: Source | None = None,
    template: Template | None = None,
) -> Job:
    """Return the job for a canvas that was read; the files it names lie in `folder`."""
    job = Job(canvas, tuple(formats), name, options, files=dict(files), project=project, created=_created())
    return _with_logo(replace(job, template=template), folder)


def _canvas_bytes(path: Path, shown: str) -> bytes:
    """Return a canvas's bytes, never more than one beyond the limit."""
    try:
        with path.open("rb") as file:
            return file.read(limits.FILE_BYTES + 1)
    except IsADirectoryError:
        raise _unreadable(shown, "it is a folder", "name the canvas in it") from None
    except FileNotFoundError:
        raise _unreadable(shown, "there is no such file", "") from None
    except (OSError, ValueError) as error:
        raise _unreadable(shown, reason(error), "") from None


def _unreadable(name: str, why: str, hint: str) -> MachineError:
    return MachineError([Diagnostic("error", "cannot-read", f"cannot be read: {why}", hint, name)])


def reason(error: Exception) -> str:
    """Return what the system says about a failed operation, in lower case."""
    told = getattr(error, "strerror", None) or str(error)
    return told[:1].lower() + told[1:]


def _created() -> datetime:
    """Return the date that files carry: SOURCE_DATE_EPOCH, else one that never changes."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return Job(b"").created
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        message = f'SOURCE_DATE_EPOCH is "{given[:40]}", which is no number of seconds since 1970'
        raise UsageError([Diagnostic("error", "bad-date", message, "unset it, or set a number")]) from None


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
