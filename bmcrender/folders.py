"""Folders of data files, fonts and themes, read into `Job.files` names: bounded, and no link leads out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bmcrender.errors import MachineError, UsageError
from bmcrender.names import FONT_ENDINGS
from bmcrender.reading import file_bytes, reason, unreadable

MAX_FILE = 32 * 2**20
MAX_TOTAL = 200 * 2**20
MAX_FILES = 2_000

_OTHER_FONTS = (".ttc", ".otc", ".woff", ".woff2")
_THEME = (".yaml", ".j2", ".css", ".svg", ".png", ".jpg", ".jpeg", *FONT_ENDINGS)
READ = _THEME  # what any file ends in that is read from a folder
_DATA = {"kinds": (".yaml",), "languages": (".yaml",), "themes": _THEME, "fonts": FONT_ENDINGS}
# Name in `Job.files` -> a file's bytes, and where it lies for the user.
Files = dict[str, tuple[bytes, str]]

_ODD = re.compile(r"[^A-Za-z0-9_-]+")


def is_folder(path: str | Path) -> bool:
    """Whether a path is a folder; a name that no file can have is none."""
    return os.path.isdir(path)  # noqa: PTH112 (Path.is_dir raises for a name that is too long)


def is_file(path: str | Path) -> bool:
    """Whether a path is a regular file; a name that no file can have is none."""
    return os.path.isfile(path)  # noqa: PTH113 (as above)


def data_files(folder: Path) -> Files:
    """Return the kinds, languages, themes and fonts in a folder of one's own data."""
    _checked_folder(folder, "--data")
    files: Files = {}
    for name, suffixes in _DATA.items():
        if is_folder(folder / name):
            for path, found in _files(folder / name, suffixes, "--data"):
                files[_free(f"fonts/{path}", files) if name == "fonts" else f"{name}/{path}"] = found
    if not files:
        message = f"{folder} holds no data of bmcrender"
        hint = "there must be a folder kinds, languages, themes or fonts in it"
        raise UsageError.of("no-data", message, hint, f"--data {folder}")
    return files


def data_places(folder: Path) -> tuple[Path, ...]:
    """Return where in a folder of one's own data there may be any."""
    return tuple(folder / name for name in _DATA)


def font_files(place: Path, taken: Files) -> Files:
    """Return a font file, or all fonts in a folder, under names that are not taken."""
    if is_file(place) or place.suffix.lower() in (*FONT_ENDINGS, *_OTHER_FONTS):
        if place.suffix.lower() not in FONT_ENDINGS:
            message = f"{place.name} is no TTF or OTF file"
            hint = "give a static TTF or OTF file of this font"
            raise UsageError.of("font-unusable", message, hint, f"--font-path {place}")
        found = {place.name: (_read(place, "--font-path"), str(place))}
    else:
        _checked_folder(place, "--font-path")
        found = dict(_files(place, FONT_ENDINGS, "--font-path"))
    if not found:
        message = f"{place} holds no TTF or OTF fonts"
        raise UsageError.of("no-fonts", message, "", f"--font-path {place}")
    return {_free(f"fonts/{name}", taken): one for name, one in found.items()}


def theme_files(folder: Path, taken: Files) -> tuple[str, Files]:
    """Return a theme's name and files from its folder; fonts in it join those of the job."""
    _checked_folder(folder, "--theme")
    name = _free_theme(_ODD.sub("-", Path(os.path.realpath(folder)).name).strip("-_") or "own", taken)
    found = dict(_files(folder, _THEME, "--theme"))
    if not any(file.endswith((".yaml", ".j2", ".css")) for file in found):
        message = f"{folder} holds no theme"
        hint = "a theme is a folder with theme.yaml, *.css or *.html.j2"
        raise UsageError.of("no-theme", message, hint, f"--theme {folder}")
    # A folder with just the files that differ is a theme too.
    found.setdefault("theme.yaml", (f"theme: {name}\nextends: classic\n".encode(), str(folder)))
    return name, {_theme_name(name, file, taken): one for file, one in found.items()}


def _theme_name(theme: str, file: str, taken: Files) -> str:
    if file.lower().endswith(FONT_ENDINGS):
        return _free(f"fonts/{PurePosixPath(file).name}", taken)
    return f"themes/{theme}/{file}"


def _free_theme(name: str, taken: Files) -> str:
    """Return a name that no known theme has, so that ./classic can extend classic."""
    from bmcrender.resources import library

    while f"themes/{name}/theme.yaml" in taken or library().has(f"themes/{name}/theme.yaml"):
        name = f"my-{name}"
    return name


def _free(name: str, taken: Files) -> str:
    """Return a name that no font has, neither a given nor a bundled one."""
    from bmcrender.resources import library

    number, free = 1, name
    while free in taken or library().has(free):
        number += 1
        free = f"fonts/{number}/{name.removeprefix('fonts/')}"
    return free


def _checked_folder(folder: Path, option: str) -> None:
    if not is_folder(folder):
        what = "is no folder" if os.path.lexists(folder) else "is not there"
        raise MachineError.of("cannot-read", f"{folder} {what}", "", f"{option} {folder}")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise unreadable(f"{option} {folder}", reason(error)) from None


def _files(folder: Path, suffixes: tuple[str, ...], option: str) -> Iterator[tuple[str, tuple[bytes, str]]]:
    """Yield the files of some suffixes below a folder by their path in it; hidden ones are left out."""
    home, total, count = Path(os.path.realpath(folder)), 0, 0
    for here, folders, names in os.walk(home, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = Path(here, name)
            if name.startswith(".") or not name.lower().endswith(suffixes):
                continue
            if not _is_inside(path, home):
                if is_file(path) and option != "--font-path":  # folders of fonts are full of links
                    raise _leads_out(folder / path.relative_to(home), option)
                continue
            data = _read(path, option)
            total, count = total + len(data), count + 1
            if total > MAX_TOTAL or count > MAX_FILES:
                most = f"{MAX_FILES:,} files and {MAX_TOTAL // 2**20} MiB"
                message = f"{folder} holds more than {most}"
                raise UsageError.of("too-much-data", message, "", f"{option} {folder}")
            inside = path.relative_to(home)
            yield inside.as_posix(), (data, str(folder / inside))


def _leads_out(path: Path, option: str) -> UsageError:
    message, hint = "this is a link that leads out of the folder", "put a copy of the file here"
    return UsageError.of("link-out", message, hint, f"{option} {path}")


def _is_inside(path: Path, home: Path) -> bool:
    """Whether a path is a regular file that no link leads out of its folder."""
    return is_file(path) and Path(os.path.realpath(path)).is_relative_to(home)


def _read(path: Path, option: str) -> bytes:
    data = file_bytes(path, f"{option} {path}", MAX_FILE, regular=True)
    if len(data) > MAX_FILE:
        message = f"the file has more than {MAX_FILE // 2**20} MiB"
        raise UsageError.of("file-too-large", message, "", f"{option} {path}")
    return data
