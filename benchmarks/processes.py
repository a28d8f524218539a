"""Runs a command and says what it and all it started took: processor time, time, memory."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TAKE_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER: what a program leaves behind is counted too (Linux)
_BETWEEN_LOOKS_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and what is added to the environment."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    input: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took: seconds of processor, seconds, and MiB where memory was looked at."""

    cpu: float
    wall: float
    mib: float = 0.0


def command(*words: str | Path, input: str = "", **environment: str) -> Command:
    """Return a command."""
    return Command(tuple(str(word) for word in words), environment, input)


def python(*words: str | Path, **environment: str) -> Command:
    """Return a command of this Python."""
    return command(sys.executable, *words, **environment)


def bmcrender(*words: str | Path) -> Command:
    """Return a run of bmcrender."""
    return python("-m", "bmcrender", *words)


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment that every command gets: bytecode is kept, nothing of a caller's Python."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FONTCONFIG"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(what: Command, memory: bool = False) -> Sample:
    """Run a command to its end; raise RuntimeError with its last words where it fails."""
    _take_orphans()
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        what.words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(what.environment),
        start_new_session=True,
    )
    watch = _Watch(process.pid) if memory else None
    _, told = process.communicate(what.input.encode())
    wall = time.perf_counter() - start
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{' '.join(what.words)[:200]}: {told.decode(errors='replace')[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(cpu, wall, watch.most() if watch else 0.0)


def _take_orphans() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_TAKE_ORPHANS, 1, 0, 0, 0)


def _reap() -> None:
    """Wait for what a program has left behind, so that its time is counted."""
    until = time.monotonic() + 5
    try:
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
    except ChildProcessError:
        return


class _Watch:
    """Looks at the memory of a process and its descendants until they are gone."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._most = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while found := tree_mib(self._root):
            self._most = max(self._most, found)
            time.sleep(_BETWEEN_LOOKS_SECONDS)

    def most(self) -> float:
        """Return the most memory that was seen."""
        self._thread.join()
        return self._most


def tree_mib(root: int) -> float:
    """Return the memory of a process and all under it in MiB, what they share counted once (Linux)."""
    return sum(_pss_kib(pid) for pid in (root, *descendants(root))) / 1024


def descendants(root: int) -> Iterator[int]:
    """Yield the processes under a process, whichever of its threads has started them."""
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            started = [int(child) for child in children.read_text().split()]
        except OSError:
            continue  # the thread has ended since
        for child in started:
            yield child
            yield from descendants(child)


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def cpu_seconds(pids: Sequence[int]) -> float:
    """Return the processor time that processes have taken so far (Linux)."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
