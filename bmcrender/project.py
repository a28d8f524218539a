"""The project file: sought upwards from a canvas, checked whole, its folders named from where it lies."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bmcrender import limits
from bmcrender.errors import CanvasError, Diagnostic, UsageError
from bmcrender.errors import Path as PlaceInData
from bmcrender.frozen import dataclass
from bmcrender.load import loaded
from bmcrender.reading import file_bytes
from bmcrender.source import Mark, Source

NAMES = ("bmcrender.yaml", "bmcrender.yml")
_BORDER = ".git"  # the same checkout gives the same files wherever it lies
_PLACES = ("data", "font_path", "template")
_IN_FOLDER = "name the project file in it"
_HINTS = {
    "empty-file": "",
    "not-a-mapping": "begin with a key, such as `theme: modern`",
    "file-too-large": "is it a project file?",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A project file that was read: its values for canvases, and the paths of what lies beside it."""

    source: Source
    folder: Path

    @property
    def file(self) -> str:
        """The file's name for the user."""
        return self.source.file

    @property
    def theme(self) -> str | None:
        """What the file says of the theme: a name, or a path."""
        said = self.source.data.get("theme")
        name = said.get("name") if isinstance(said, Mapping) else said
        return name if isinstance(name, str) else None

    def places(self, key: str) -> tuple[Path, ...]:
        """Return the files and folders that `data`, `font_path` or `template` names."""
        said = self.source.data.get(key) or ()
        return tuple(self.folder / one for one in ([said] if isinstance(said, str) else said))

    def values(self, theme: str | None) -> Source:
        """Return what lies under the canvases' own values, the theme by the name that it was read under."""
        data = {key: value for key, value in self.source.data.items() if key not in _PLACES}
        if self.theme is not None:
            said = data["theme"] if isinstance(data["theme"], Mapping) else {}
            data["theme"] = {**said, "name": theme} if said or theme is None else theme
        return replace(self.source, data=data)

    def placed(self, one: Diagnostic, key: str) -> Diagnostic:
        """Return a finding about what a key names at that key, unless it has a file of its own."""
        if one.line:
            return one
        path: PlaceInData = (key, "name") if isinstance(self.source.data.get(key), Mapping) else (key,)
        place = one.file.partition(" ")[2] or one.file
        said = f"{place} {one.message}" if one.code == "cannot-read" else f"{place}: {one.message}"
        message = one.message if place in one.message else said
        return self.source.finding(one.severity, one.code, message, one.hint, path=path)


def candidates(folder: Path) -> Iterator[Path]:
    """Yield where a folder's project file may lie, nearest first, up to the checkout's own folder."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 (a link's own folder counts, not its target's)
    for place in (here, *here.parents):
        yield from (place / name for name in NAMES)
        if os.path.exists(place / _BORDER):  # noqa: PTH110 (a name that is too long is not there)
            return


def sought(folder: Path) -> Path | None:
    """Return the project file of the canvases in a folder, None where there is none.

    A link that leads nowhere counts: somebody wants a project file, and reading it says what is wrong.
    """
    return next(filter(_is_there, candidates(folder)), None)


def _is_there(file: Path) -> bool:
    """Whether there is a file of that name, or a link; a name that is too long is not there."""
    if os.path.isfile(file):  # noqa: PTH113 (Path.is_file raises for such a name)
        return True
    return os.path.islink(file) and not os.path.exists(file)  # noqa: PTH110, PTH114 (as above)


def is_project(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a project file by its name, and so never a canvas."""
    return Path(path).name in NAMES


def not_a_canvas(path: str | os.PathLike[str]) -> UsageError:
    """Return the error for a project file that is given as a canvas."""
    message = f"{Path(path).name} is the name of project files, not of a canvas"
    hint = "name the canvases it is for; a canvas must be called otherwise"
    return UsageError.of("no-canvas", message, hint, os.fspath(path))


def project_of(path: Path) -> Project:
    """Return a project file's values, or raise all that is wrong with it."""
    from bmcrender.schema.project import project_schema
    from bmcrender.validate.faults import faults, in_order
    from bmcrender.validate.written import as_written

    source = _loaded(file_bytes(path, shown(path), limits.FILE_BYTES, _IN_FOLDER), shown(path))
    schema = project_schema()
    data = as_written(source, schema)
    if found := faults(source, schema, data, _hints(schema)):
        raise CanvasError(in_order(found))
    return Project(replace(source, data=data), Path(source.file).parent)


def shown(path: Path) -> str:
    """Return a path as a user in the working directory would write it."""
    try:
        near = os.path.relpath(path)
    except (ValueError, OSError):  # another drive; no working directory
        return str(path)
    return near if len(near) <= len(str(path)) else str(path)


def _loaded(data: bytes, name: str) -> Source:
    """Return a project file's data; an empty one says nothing."""
    try:
        return loaded(data, name)
    except CanvasError as error:
        if [one.code for one in error.diagnostics] == ["empty-file"]:
            return Source(name, "", {}, {(): Mark(1, 1)})
        raise CanvasError(
            replace(one, hint=_HINTS.get(one.code, one.hint)) for one in error.diagnostics
        ) from None


def _hints(schema: Mapping[str, Any]) -> dict[tuple[str | int, ...], dict[str, str]]:
    """Return what to say about keys that stand elsewhere, or that belong to canvases."""
    inside = dict.fromkeys(schema["properties"]["render"]["properties"], "write it under `render:`")
    canvas = "it is for canvases; a canvas must not be called bmcrender.yaml"
    theirs = dict.fromkeys(("title", "blocks", "kind", "subtitle", "date", "version", "format"), canvas)
    also = {"fonts": "font_path", "lang": "language", "style": "theme", "options": "render"}
    return {(): {**inside, **theirs, **{name: f'did you mean "{key}"?' for name, key in also.items()}}}
