"""What a caller gives beside canvases: data, fonts, a theme, a template; else what a project file names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bmcrender import limits
from bmcrender.errors import BmcrenderError, CanvasError, MachineError
from bmcrender.folders import Files, data_files, data_places, font_files, is_folder, theme_files
from bmcrender.frozen import dataclass
from bmcrender.model import Template
from bmcrender.names import unknown
from bmcrender.project import Project
from bmcrender.reading import file_bytes
from bmcrender.source import Source

if TYPE_CHECKING:
    from bmcrender.resources import Library

StrPath = str | os.PathLike[str]
KEYS = ("theme", "data", "font_path", "template")  # by which `read_files` takes what a caller gives


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

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Lend the library over these files; what is found wrong in one is told of the file where it lies."""
        from bmcrender.resources import library

        try:
            yield library(self.files)
        except CanvasError as error:
            places = self.places
            raise CanvasError(
                one.in_file(places.get(one.file, one.file)) for one in error.diagnostics
            ) from None


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
    lie = {key: place for key, (_, place) in found.items()}
    return Given(files, lie, name, values, _template(template, project))


def _template(option: StrPath | None, project: Project | None) -> Template | None:
    """Return the template of the option, else of a project."""
    if option is not None:
        return read_template(option)
    if project is not None:
        with _said_in(project, "template"):
            return next(map(read_template, project.places("template")), None)
    return None


def read_template(path: StrPath) -> Template:
    """Return somebody's presentation as a template; raise UsageError for a file that cannot be one."""
    from bmcrender.template_file import checked_template

    name = os.fspath(path)
    data = file_bytes(Path(path), name, limits.TEMPLATE_BYTES, "name a .pptx or .potx file", regular=True)
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
    found: list[Path] = []
    for key, option in (("data", data), ("font_path", font_path), ("template", template)):
        places = _places(option) or (project.places(key) if project is not None else ())
        found += [one for place in places for one in data_places(place)] if key == "data" else places
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
