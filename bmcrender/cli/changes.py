"""What has changed: asks the file system again and again about the files that things are made from.

Asking five times a second finds every kind of save, on network mounts and in containers too, where
notifications of the system do not arrive; fifty files take half a millisecond each time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from bmcrender.folders import READ

_PAUSE_SECONDS = 0.2
_CALM_SECONDS = 0.05  # nothing changes for so long: what is being saved is whole
_CALM_TRIES = 20

# What tells a file from what it was: time of writing, length, which file it is; None where it is not there.
Sign = tuple[int, ...] | tuple[tuple[str, tuple[int, ...]], ...] | None


def watch(
    named: Callable[[], Sequence[str]],
    places: Callable[[str], Iterable[Path]],
    render: Callable[[Sequence[str]], None],
) -> NoReturn:
    """Call `render` with all canvases, then with those of which a place has changed, until a signal comes.

    `named` says which canvases there are, `places` what one is made from; both are asked again and again.
    """
    made_from: dict[str, tuple[Path, ...]] = {}
    seen: dict[str, Mapping[Path, Sign]] = {}

    def looked() -> dict[str, Mapping[Path, Sign]]:
        signs = _Signs()
        return {one: signs.of(made_from.get(one, (Path(one),))) for one in named()}

    while True:
        now = _calm(looked, seen)
        changed = [one for one in now if one not in made_from or now[one] != seen[one]]
        signs = _Signs()
        for one in changed:
            # Known before they are read: what changes while they are read has changed for the next look.
            made_from[one] = tuple(dict.fromkeys((Path(one), *places(one))))
            seen[one] = signs.of(made_from[one])
        if changed:
            render(changed)
        else:
            time.sleep(_PAUSE_SECONDS)


def _calm(
    look: Callable[[], dict[str, Mapping[Path, Sign]]], seen: Mapping[str, Mapping[Path, Sign]]
) -> dict[str, Mapping[Path, Sign]]:
    """Return what there is; where something has changed, once nothing more does."""
    now = look()
    if not seen or all(seen.get(one) == signs for one, signs in now.items()):
        return now
    for _ in range(_CALM_TRIES):
        before = now
        time.sleep(_CALM_SECONDS)
        now = look()
        if now == before:
            break
    return now


class _Signs:
    """The signs of one look; what several canvases are made from is looked at once."""

    def __init__(self) -> None:
        self._known: dict[Path, Sign] = {}

    def of(self, places: Iterable[Path]) -> dict[Path, Sign]:
        for place in places:
            if place not in self._known:
                self._known[place] = _sign(place)
        return {place: self._known[place] for place in places}


def _sign(place: Path) -> Sign:
    """Return the sign of a file, of all files below a folder that would be read, or None."""
    try:
        if not os.path.isdir(place):  # noqa: PTH112 (a name that is too long is no folder)
            return _file_sign(os.fspath(place))
    except (OSError, ValueError):
        return None
    found = []
    for here, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        for name in (one for one in names if one.lower().endswith(READ) and not one.startswith(".")):
            with suppress(OSError):
                found.append((f"{here}/{name}", _file_sign(f"{here}/{name}")))
    return tuple(sorted(found))


def _file_sign(path: str) -> tuple[int, ...]:
    stat = os.stat(path)  # noqa: PTH116 (called thousands of times a second)
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
