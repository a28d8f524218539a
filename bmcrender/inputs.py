"""Reads a canvas, and all that it and the caller name, from the disk into a `Job`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from bmcrender import limits
from bmcrender.errors import BmcrenderError, Diagnostic, MachineError, UsageError
from bmcrender.folders import Files, data_files, font_files, is_folder, theme_files
from bmcrender.logo import logo_name
from bmcrender.model import Format, Job, Options

StrPath = str | os.PathLike[str]


def load(
    path: StrPath,
    formats: Sequence[Format] = ("pdf",),
    *,
    theme: StrPath | None = None,
    data: StrPath | None = None,
    font_path: StrPath | Sequence[StrPath] = (),
    **options: Any,
) -> Job:
    """Return the job that renders a canvas file.

    `theme` is a name or a folder, `data` a folder of kinds, languages and themes, `font_path` files or
    folders of fonts; `options` are the fields of `Options`. Raises MachineError for what cannot be read.
    """
    given = read_files(theme=theme, data=data, font_path=font_path)
    try:
        chosen = Options(theme=given.theme, **options)
    except TypeError as error:
        raise UsageError([Diagnostic("error", "unknown-option", str(error))]) from None
    return job_of(path, formats, chosen, given.files)


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gives beside canvases: files as in `Job.files`, where each lies, the theme's name."""

    files: Mapping[str, bytes]
    places: Mapping[str, str]
    theme: str | None


def read_files(
    *, theme: StrPath | None = None, data: StrPath | None = None, font_path: StrPath | Sequence[StrPath] = ()
) -> Given:
    """Return the data of a caller's own, read from its folders and files."""
    fonts = [font_path] if isinstance(font_path, str | os.PathLike) else font_path
    found: Files = data_files(Path(data)) if data is not None else {}
    for place in fonts:
        found |= font_files(Path(place), taken=found)
    name = None if theme is None else os.fspath(theme)
    if name is not None and _is_folder(name, found):
        name, own = theme_files(Path(name), found)
        found |= own
    files = {key: content for key, (content, _) in found.items()}
    return Given(files, {key: place for key, (_, place) in found.items()}, name)


def _is_folder(theme: str, files: Files) -> bool:
    """Whether a theme is given as a folder: it has a slash, or is no name that is known."""
    if "/" in theme or os.sep in theme or theme in (".", ".."):
        return True
    from bmcrender.resources import library

    known = f"themes/{theme}/theme.yaml" in files or theme in library().themes()
    return not known and is_folder(theme)


def job_of(
    path: StrPath, formats: Sequence[Format], options: Options, files: Mapping[str, bytes], name: str = ""
) -> Job:
    """Return the job for a canvas file, its logo read from beside it."""
    shown = name or os.fspath(path)
    canvas = _canvas_bytes(Path(path), shown)
    return job_of_bytes(canvas, shown, Path(path).parent, formats, options, files)


def job_of_stream(
    stream: IO[bytes], formats: Sequence[Format], options: Options, files: Mapping[str, bytes]
) -> Job:
    """Return the job for a canvas on standard input; its logo is sought in the working directory."""
    canvas = stream.read(limits.FILE_BYTES + 1)
    return job_of_bytes(canvas, "<stdin>", Path(), formats, options, files)


def job_of_bytes(
    canvas: bytes,
    name: str,
    folder: Path,
    formats: Sequence[Format],
    options: Options,
    files: Mapping[str, bytes],
) -> Job:
    """Return the job for a canvas that was read; the files it names lie in `folder`."""
    job = Job(canvas, tuple(formats), name, options, files=dict(files), created=_created())
    return _with_logo(job, folder)


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


def _with_logo(job: Job, folder: Path) -> Job:
    """Return the job with the logo's bytes, or with what is wrong with its file."""
    setting = any(key == "logo" for key, _ in job.options.settings)
    if b"logo" not in job.canvas and not setting:
        return job
    from bmcrender.load import loaded
    from bmcrender.validate import with_settings

    try:
        source = with_settings(loaded(job.canvas, job.name), job.options.settings)
    except BmcrenderError:
        return job  # checking the job will say why
    name = logo_name(source.data)
    if not name:
        return job
    data, wrong = _logo_bytes(folder, name)
    if data is not None:
        return replace(job, assets={name: data})
    code, message, hint = wrong
    return replace(job, findings=(source.finding("error", code, message, hint, path=("logo",)),))


def _logo_bytes(folder: Path, name: str) -> tuple[bytes | None, tuple[str, str, str]]:
    """Return a logo's bytes, or code, message and hint; it must lie in the canvas's folder."""
    outside = "logo-outside", f'the logo "{name}" does not lie in the canvas\'s folder', "put it there"
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
        return None, ("logo-missing", f'there is no file "{name}" beside the canvas', "check its name")
    except (OSError, ValueError) as error:
        return None, ("logo-unreadable", f'the logo "{name}" cannot be read: {reason(error)}', "")
