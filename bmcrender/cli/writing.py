"""A set of files written whole or not at all, over older ones that stay until all is there."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bmcrender.errors import Diagnostic, MachineError


def write_all(files: Mapping[Path, bytes], make_folders: bool = False) -> None:
    """Write files so that nothing is replaced unless each of them was written whole.

    Raises MachineError with one line that says which file and why.
    """
    drafts: list[_Draft] = []
    try:
        for path, data in files.items():
            with _named(path):
                drafts.append(_Draft(path, make_folders))
                drafts[-1].write(data)
        for draft in drafts:
            if len(drafts) > 1:
                draft.keep_older()
        for draft in drafts:
            with _named(draft.path):
                draft.replace()
    except BaseException:
        for draft in drafts:
            draft.undo()
        raise
    finally:
        for draft in drafts:
            draft.tidy()


class _Draft:
    """One file on its way: written beside its target, then moved over it."""

    def __init__(self, path: Path, make_folders: bool) -> None:
        self.path = path
        self.target = Path(os.path.realpath(path))  # a link stays a link
        if make_folders:
            self.target.parent.mkdir(parents=True, exist_ok=True)
        self.mode = self._older_mode()
        self._file = self._beside("tmp")
        self._older: Path | None = None
        self._replaced = False

    def _older_mode(self) -> int | None:
        """Return the mode of the older file, None where there is none."""
        try:
            found = self.target.stat()
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(0, "it is a folder")
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no regular file")
        return stat.S_IMODE(found.st_mode)

    def _beside(self, suffix: str) -> Path:
        return self.target.with_name(f".{self.target.name[:40]}.{secrets.token_hex(6)}.{suffix}")

    def write(self, data: bytes) -> None:
        """Write the whole content, down to the disk."""
        with self._file.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if self.mode is not None:
            self._file.chmod(self.mode)

    def keep_older(self) -> None:
        """Keep the older file at hand, where the file system can."""
        if self.mode is not None:
            older = self._beside("old")
            with suppress(OSError):
                older.hardlink_to(self.target)
                self._older = older

    def replace(self) -> None:
        """Put the file in its place."""
        self._file.replace(self.target)
        self._replaced = True

    def undo(self) -> None:
        """Put the older file back, or take the new one away."""
        with suppress(OSError):
            if self._replaced and self._older is not None:
                self._older.replace(self.target)
            elif self._replaced and self.mode is None:
                self.target.unlink()

    def tidy(self) -> None:
        """Remove what was only on the way."""
        for file in (self._file, self._older):
            if file is not None:
                with suppress(OSError):
                    file.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say in one line which file could not be written, and why."""
    try:
        yield
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        if isinstance(error, FileExistsError):
            told = f"there is a file {path.parent}, not a folder"
        hint = "make the folder first" if isinstance(error, FileNotFoundError) else ""
        message = f"cannot be written: {told[:1].lower()}{told[1:]}"
        raise MachineError([Diagnostic("error", "cannot-write", message, hint, str(path))]) from None
