"""What lies beside the canvases of a run: each project file and the folders that it or an option names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bmcrender.cli.run import Run
from bmcrender.given import KEYS, Given, read_files
from bmcrender.project import project_of, shown, sought


def project_file(named: str | None, folder: Path) -> Path | None:
    """Return the project file of a folder's canvases: that of the option, else the nearest one above.

    The option's empty name is for none.
    """
    if named is None:
        return sought(folder)
    return Path(named) if named else None


class Beside:
    """Reads each project file once, with all it names; one that is faulty is told once."""

    def __init__(self, given: Mapping[str, Any], run: Run) -> None:
        self._given = given
        self._run = run
        self._sought: dict[Path, Path | None] = {}
        self._read: dict[Path | None, Given | None] = {}

    def of(self, folder: Path) -> Given | None:
        """Return what belongs to the canvases of a folder; None when their project file has errors."""
        file = self.project(folder)
        if file not in self._read:
            self._read[file] = self._given_with(file)
        return self._read[file]

    def project(self, folder: Path) -> Path | None:
        """Return the project file of a folder's canvases, looked for once."""
        if folder not in self._sought:
            self._sought[folder] = project_file(self._given["project"], folder)
        return self._sought[folder]

    def _given_with(self, file: Path | None) -> Given | None:
        given: dict[str, Any] = {key: self._given.get(key) for key in KEYS}
        made = None
        if file is None:
            made = read_files(**given)
        else:
            if self._run.reporter.verbose:
                self._run.reporter.note(f"project file {shown(file)}")
            with self._run.of(shown(file)):
                made = read_files(**given, project=project_of(file))
        if made is not None:
            self._run.reporter.places = {**self._run.reporter.places, **made.places}
        return made
