"""Bytes of files, never more than are wanted; what cannot be read is told in one line."""

from __future__ import annotations

import stat
from pathlib import Path

from bmcrender.errors import MachineError

_SAME = {".yml": (".yaml", ".yml"), ".yaml": (".yaml", ".yml")}  # endings that are taken for each other


def file_bytes(path: Path, shown: str, most: int, if_folder: str = "", regular: bool = False) -> bytes:
    """Return a file's bytes, one more than `most` at most: it tells that there are too many.

    Raises MachineError, which calls the file `shown`; `if_folder` says what to do where it is a folder. Only
    a `regular` file: pipes and devices are refused.
    """
    if regular and is_special(path):
        raise unreadable(shown, "it is a pipe or a device", "name a file")
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except IsADirectoryError:
        raise unreadable(shown, "it is a folder", if_folder) from None
    except FileNotFoundError:
        if path.is_symlink():
            hint = "mend the link, or remove it"
            raise unreadable(shown, "it is a link that leads nowhere", hint) from None
        raise unreadable(shown, "there is no such file", _meant(path)) from None
    except (OSError, ValueError) as error:
        raise unreadable(shown, reason(error)) from None


def _meant(path: Path) -> str:
    """Return what may be meant by the name of a file that is not there, or nothing."""
    if path.parts[:1] and path.parts[0].startswith("~"):
        return "only a shell knows what ~ stands for, and not in quotes"
    if path.parts[:1] and path.parts[0] in ("http:", "https:"):
        return "nothing is fetched; download it first"
    from difflib import get_close_matches

    endings = _SAME.get(path.suffix, (path.suffix,))
    try:
        beside = [one for one in path.parent.iterdir() if one.suffix in endings]
    except OSError:
        return ""
    stems = {one.stem: one for one in sorted(beside)}
    near = get_close_matches(path.stem, stems, 1, 0.7)
    return f'did you mean "{stems[near[0]]}"?' if near else ""


def is_special(path: str | Path) -> bool:
    """Whether a path is a pipe, a socket or a device, which reading may wait for without end."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False  # reading it says why
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def unreadable(name: str, why: str, hint: str = "") -> MachineError:
    """Return the error for a file that cannot be read."""
    return MachineError.of("cannot-read", f"cannot be read: {why}", hint, name)


def reason(error: Exception) -> str:
    """Return what the system says about a failed operation, in lower case."""
    told = getattr(error, "strerror", None) or str(error)
    return told[:1].lower() + told[1:]
