"""A set of files written whole or not at all, over older ones that stay until all is there."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bmcrender.claims import Claim
from bmcrender.errors import Diagnostic, MachineError
from bmcrender.interrupts import undisturbed

_NEW, _OLD = "bmcrender-new", "bmcrender-old"
# What a killed run leaves beside its outputs.
_LEFT = re.compile(rf"\..+\.[0-9a-f]{{12}}\.({_NEW}|{_OLD})", re.DOTALL)
_NAME_BYTES = 80  # of the output's own name; the whole must not be longer than names may be


def write_all(files: Mapping[Path, bytes], make_folders: bool = False) -> None:
    """Write files so that nothing is replaced unless each of them was written whole.

    Missing folders are made if that is wanted, and taken away again when nothing comes of it. Raises
    MachineError with one line that says which file and why.
    """
    made: list[Path] = []
    drafts: list[_Draft] = []
    with ExitStack() as claims:
        try:
            for path in files:
                with _named(path):
                    drafts.append(_Draft(path, made if make_folders else None))
            used = [*(draft.target.parent for draft in drafts), *(one.parent for one in made)]
            folders = _claimed(used, claims)
            for draft, data in zip(drafts, files.values(), strict=True):
                with _named(draft.path):
                    draft.write(data)
            with undisturbed():
                _replace(drafts, folders)
        except BaseException:
            for draft in drafts:
                draft.tidy()
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            raise


def _claimed(folders: Iterable[Path], claims: ExitStack) -> dict[Path, Claim]:
    """Return the claims on folders, each cleared of what killed runs have left."""
    found: dict[Path, Claim] = {}
    for folder in dict.fromkeys(folders):
        claim = found[folder] = Claim(folder)
        claims.callback(claim.release)
        if claim.alone():
            _clear(folder)
        claim.share()
    return found


def _clear(folder: Path) -> None:
    """Remove what killed runs have left in a folder that nobody writes to."""
    with suppress(OSError):
        for file in folder.iterdir():
            if _LEFT.fullmatch(file.name):
                with suppress(OSError):
                    file.unlink()


def _replace(drafts: Sequence[_Draft], folders: Mapping[Path, Claim]) -> None:
    """Put all files in their places, or none of them."""
    try:
        for draft in drafts:
            with _named(draft.path):
                draft.keep_older()
        for draft in drafts:
            with _named(draft.path):
                draft.replace()
        for folder, claim in folders.items():
            with _named(folder):
                claim.flush()
    except BaseException:
        for draft in drafts:
            draft.undo()
        raise
    for draft in drafts:
        draft.tidy()


class _Draft:
    """One file on its way: written beside its target, then moved over it."""

    def __init__(self, path: Path, made: list[Path] | None) -> None:
        self.path = path
        self.target = Path(os.path.realpath(path))  # a link stays a link
        if made is not None:
            _make(self.target.parent, made)
        self.before = _before(self.target)
        self._file = self._beside(_NEW)
        self._older: Path | None = None
        self._replaced = False

    def _beside(self, suffix: str) -> Path:
        name = os.fsencode(self.target.name)[:_NAME_BYTES].decode(sys.getfilesystemencoding(), "ignore")
        return self.target.with_name(f".{name}.{os.urandom(6).hex()}.{suffix}")

    def write(self, data: bytes) -> None:
        """Write the whole content, down to the disk."""
        _put(self._file, data, self.before)

    def keep_older(self) -> None:
        """Keep the older file at hand: as a second name, or as a copy where the file system has none."""
        if self.before is None:
            return
        self._older = self._beside(_OLD)
        try:
            self._older.hardlink_to(self.target)
        except OSError:
            self._older.unlink(missing_ok=True)
            _put(self._older, self.target.read_bytes(), self.before)

    def replace(self) -> None:
        """Put the file in its place."""
        self._file.replace(self.target)
        self._replaced = True

    def undo(self) -> None:
        """Put the older file back, or take the new one away."""
        with suppress(OSError):
            if self._replaced and self._older is not None:
                self._older.replace(self.target)
            elif self._replaced:
                self.target.unlink()

    def tidy(self) -> None:
        """Remove what was only on the way."""
        for file in (self._file, self._older):
            if file is not None:
                with suppress(OSError):
                    file.unlink(missing_ok=True)


def _before(target: Path) -> os.stat_result | None:
    """Return what is known of an older file, None where there is none."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(0, "it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(0, "it is no regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    return found


def _put(file: Path, data: bytes, before: os.stat_result | None) -> None:
    """Write a new file down to the disk, with the mode and the owner of an older one."""
    mode = 0o666 if before is None else 0o600
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if before is not None:
            with suppress(OSError, AttributeError):  # only root may give files away
                os.chown(file, before.st_uid, before.st_gid)
            file.chmod(stat.S_IMODE(before.st_mode))
        os.fsync(handle)
    finally:
        os.close(handle)


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those around it that are missing, and note which."""
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
    for one in reversed(missing):
        made.append(one)
        one.mkdir(exist_ok=True)
    if not folder.is_dir():
        raise FileExistsError(0, "not a folder")


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


def unchanged(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Return the files that hold these very bytes already."""
    return tuple(path for path, data in files.items() if _holds(path, data))


def _holds(path: Path, data: bytes) -> bool:
    try:
        found = path.stat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # writing it says why
