"""The canvases that words on the command line name: files, all in a folder, all that match a pattern."""

from __future__ import annotations

import codecs
import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bmcrender import limits
from bmcrender.cli.app import COMMANDS
from bmcrender.cli.outputs import CANVAS_SUFFIXES, STDIN, SUFFIXES
from bmcrender.errors import UsageError
from bmcrender.folders import is_folder
from bmcrender.project import is_project, not_a_canvas
from bmcrender.reading import is_special, reason, unreadable

_WILD = re.compile(r"[*?\[]")
# What a file in a folder must have at its top level to be taken for a canvas.
_YAML_KEY = re.compile(r"""^['"]?(title|blocks)['"]?[ \t]*:""", re.MULTILINE)
_JSON_KEY = re.compile(r'"blocks"\s*:')

# Canvas -> its folder below the one that was named; "" for a file named itself, or by a pattern.
Canvases = dict[str, str]


def canvases_of(words: Sequence[str], told: Callable[[str], None]) -> Canvases:
    """Return the canvases that words name, each once, in the order of the words; those of one word sorted.

    `told` is called with what was left out. Raises UsageError for a word that names none.
    """
    found: Canvases = {}
    seen: set[str] = set()
    for word in words:
        if is_project(word) and len(words) > 1:
            told(f"{word} is a project file: left out")
            continue
        for canvas, folder in _named(word, told):
            known = _known_by(canvas)
            if known not in seen:
                seen.add(known)
                found[canvas] = folder
    if not found:
        raise _no_canvas("no canvas is named", "name a canvas beside the project file")
    return found


def _known_by(canvas: str) -> str:
    """Return what tells a canvas from others: the real folder and its name there, which may be a link."""
    if canvas == STDIN:
        return STDIN
    folder, name = os.path.split(canvas)
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))  # noqa: PTH118 (only compared)


def _named(word: str, told: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """Yield the canvases of one word, with their folders."""
    if word == STDIN or (os.path.lexists(word) and not is_folder(word)):
        if is_project(word):
            raise not_a_canvas(word)
        yield word, ""
    elif is_folder(word):
        yield from _in_folder(word, told)
    elif _WILD.search(word):
        yield from ((one, "") for one in _matching(word))
    else:
        _checked_word(word)
        yield word, ""  # reading it says what is wrong


def _in_folder(folder: str, told: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """Yield the canvases in a folder and below, sorted; hidden files and folders are left out."""
    none = True
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        below = os.path.relpath(here, folder)
        for name in sorted(names):
            path = os.path.join(here, name)  # noqa: PTH118 (a path is shown as it was written)
            if name.startswith(".") or not name.lower().endswith(CANVAS_SUFFIXES) or is_project(name):
                continue
            if is_special(path):
                told(f"{path} is a pipe or a device: left out")
            elif _is_canvas(Path(path)):
                none = False
                yield path, "" if below == "." else below
            else:
                told(f"{path} has neither title nor blocks, so it is no canvas: left out")
    if none:
        raise _no_canvas(f"there is no canvas in {folder}", "a canvas ends in .yaml, .yml or .json")


def _matching(pattern: str) -> list[str]:
    """Return the files that match a pattern, sorted: as a shell would, but only what can be a canvas."""
    suffix = Path(pattern).suffix.lower()
    wanted = (suffix,) if suffix and not _WILD.search(suffix) else CANVAS_SUFFIXES
    found = sorted(
        one
        for one in _expanded(pattern.replace(os.sep, "/").split("/"))
        if one.lower().endswith(wanted) and not is_project(one) and not is_folder(one)
    )
    if not found:
        raise _no_canvas(f"nothing matches {pattern}", "** stands for any folders, * for any part of a name")
    return found


def _expanded(parts: Sequence[str]) -> Iterator[str]:
    """Yield what matches a pattern, given by the parts of its path; `**` enters each real folder once."""
    from glob import escape, iglob

    if "**" not in parts:
        yield from iglob("/".join(parts))  # noqa: PTH207 (a path is shown as it was written)
        return
    at = parts.index("**")
    head = "/".join(parts[:at]) or "/" * at
    tops = filter(is_folder, iglob(head)) if head else ("",)  # noqa: PTH207 (as above)
    seen: set[str] = set()
    for top in sorted(tops, key=os.path.islink):
        for folder in _folders_below(top, seen):
            here = [escape(folder.rstrip("/"))] if folder else []
            yield from _expanded([*here, *(parts[at + 1 :] or "*")])


def _folders_below(top: str, seen: set[str]) -> Iterator[str]:
    """Yield a folder and those below that are not hidden, linked ones last; `seen` are known real ones."""
    folders, links = [top], deque[str]()
    while folders or links:
        folder = folders.pop() if folders else links.popleft()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        yield folder
        with suppress(OSError), os.scandir(folder or ".") as entries:
            for one in entries:
                if one.is_dir() and not one.name.startswith("."):
                    place = os.path.join(folder, one.name)  # noqa: PTH118 (a path is shown as it was written)
                    (links if one.is_symlink() else folders).append(place)


def _is_canvas(path: Path) -> bool:
    """Whether a file in a folder is meant as a canvas; one that cannot be read is told of when it is read."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES)
    except OSError:
        return True
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    return bool((_JSON_KEY if text.lstrip().startswith("{") else _YAML_KEY).search(text))


def _unreadable(error: OSError) -> None:
    raise unreadable(str(error.filename), reason(error))


def _checked_word(word: str) -> None:
    """Refuse a word that names no file and was probably meant otherwise."""
    if word in COMMANDS:
        raise _no_canvas(f"there is no file {word}", f"a command comes first: `bmcrender {word} …`")
    if Path(word).suffix.lower() in SUFFIXES:
        raise _no_canvas(f"there is no canvas {word}", f"to name the output write `-o {word}`")
    if word.endswith(("/", os.sep)):
        raise _no_canvas(f"there is no folder {word}", "check its name")
    if not Path(word).suffix and word == Path(word).name:
        from bmcrender.cli.wrong_words import as_option
        from bmcrender.names import suggestion

        if meant := as_option(word):
            raise _no_canvas(f"there is no file {word}", meant)
        near = suggestion(word, (*COMMANDS, *_here()))
        raise _no_canvas(f"there is no command, file or folder {word}", near or "see `bmcrender --help`")


def _here() -> list[str]:
    """Return what in the working directory can be named; nothing where it must not be looked into."""
    with suppress(PermissionError):
        return [one.name for one in Path().iterdir() if one.is_dir() or one.name.endswith(CANVAS_SUFFIXES)]
    return []


def _no_canvas(message: str, hint: str) -> UsageError:
    return UsageError.of("no-canvas", message, hint)
