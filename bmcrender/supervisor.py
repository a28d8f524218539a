"""The parent's side of the worker: starts it, hands it jobs, holds it to its limits, ends it."""

from __future__ import annotations

import atexit
import os
import queue
import re
import signal
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from bmcrender.child import Child, Limits, end_all, most_resident
from bmcrender.errors import BmcrenderError, Diagnostic, InternalError, LimitError, MachineError
from bmcrender.frozen import dataclass

T = TypeVar("T")
Fonts = Sequence[tuple[str, bytes]]
_SIMPLER = "split the canvas into several, or shorten it"
_LONGER = f"{_SIMPLER}; or allow more with --time-limit"
_LARGER = f"{_SIMPLER}; or allow more with --memory-limit, if the machine has it"


def _ended_by(*signals: str) -> tuple[int, ...]:
    """Return the exit statuses of processes that such signals have ended, of those that the system knows."""
    return tuple(-one for one in signal.Signals if one.name in signals)


_TOO_BUSY = _ended_by("SIGXCPU")
# The system kills what takes all of its memory; GLib traps where it gets none.
_OUT_OF_MEMORY = _ended_by("SIGKILL", "SIGTRAP")
# How C libraries say that there is no memory, before or instead of ending the process.
_NO_MEMORY = re.compile("alloc|MemoryError|out of memory|failed to map segment", re.IGNORECASE)
# How Python says so in an error that is no MemoryError.
_NO_ROOM = re.compile("cannot allocate memory|failed to map segment|can't start new thread", re.IGNORECASE)
# How libraries end that do not look whether they were given memory; and the addresses that a worker takes
# beside what it holds in memory: then there was no room left.
_CRASHES = _ended_by("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL")
_BESIDES = 384 * 2**20
_LOG_TAIL = 4000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a worker is for; another set of fonts needs another process, unless it has none yet."""

    formats: tuple[str, ...]
    fonts: tuple[tuple[str, bytes], ...] | None = None


class Supervisor:
    """One worker process that renders job after job; safe to share between threads, one job at a time."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self.limits = limits
        self._child: Child | None = None
        self._wanted = _Wanted(())
        self._done = 0
        self._held = _held(limits)
        self._turn = threading.Lock()
        _ours().note(self)

    def begin(self, formats: Iterable[str] = (), fonts: Fonts | None = ()) -> None:
        """Start the process, so that it is ready when a job comes; it does not wait.

        With None for fonts it is left open which ones it is to have.
        """
        if self._turn.acquire(blocking=False):
            try:
                self._ready(_Wanted(tuple(formats), None if fonts is None else tuple(fonts)))
            finally:
                self._turn.release()

    def run(
        self, function: Callable[..., T], *given: Any, formats: Iterable[str] = (), fonts: Fonts = ()
    ) -> T:
        """Return what a module's function gives when the worker calls it.

        Raises its BmcrenderError, LimitError when it takes too much, MachineError when the worker cannot be
        started or is closed meanwhile, InternalError for all else.
        """
        with self._turn:
            child = self._ready(_Wanted(tuple(formats), tuple(fonts)))
            try:
                answer = child.exchange((function, given), self.limits.seconds)
            except queue.Empty:
                self.close()
                raise _too_long(self.limits.seconds) from None
            except BaseException:
                self.close()
                raise
            self._done += 1
            value: T = self._opened(child, answer)
            return value

    def _ready(self, wanted: _Wanted) -> Child:
        """Return a living process with the wanted fonts, a new one after so many jobs."""
        worn = (
            self._done >= self.limits.jobs
            or self._wanted.fonts not in (None, wanted.fonts)
            or self._held != _held(self.limits)
        )
        if self._child is not None and (worn or not self._child.alive):
            self.close()
        if self._child is None:
            self._held = _held(self.limits)
            self._child = Child(self.limits, wanted.formats)
            self._wanted, self._done = _Wanted(wanted.formats), 0
        if self._wanted.fonts is None and wanted.fonts is not None:
            try:
                self._child.furnish(wanted.fonts)
            except BaseException:
                self.close()
                raise
            self._wanted = wanted
        return self._child

    def _opened(self, child: Child, answer: Any) -> Any:
        """Return the value in an answer, or raise the error in it."""
        if answer is None:
            error = _closed() if child.ended else self._death(child)
            child.end()
            self.close()
            raise error
        kind, value = answer
        if kind == "value":
            return value
        if kind == "memory":
            self.close()
            raise _too_much(self.limits.memory_bytes)
        if kind == "depth":
            raise _too_deep()
        if isinstance(value, BmcrenderError):
            raise value
        if _NO_ROOM.search(value[0]):
            self.close()  # what it could not load is left half done
            raise _too_much(self.limits.memory_bytes)
        raise _bug(*value)

    def _death(self, child: Child) -> Exception:
        """Return why the process is gone."""
        status, log = child.post_mortem()
        if status in _TOO_BUSY:
            return _too_busy(self.limits.cpu_seconds)
        full = status in _CRASHES and self.limits.memory_bytes - most_resident() < _BESIDES
        if full or status in _OUT_OF_MEMORY or _NO_MEMORY.search(log):
            return _too_much(self.limits.memory_bytes)
        if "No space left" in log:
            what = "the folder for temporary files is full"
            return MachineError([Diagnostic("error", "no-space", what, "make room, or set TMPDIR")])
        return _bug(f"the worker ended by itself ({_status(status)})", log[-_LOG_TAIL:])

    def close(self) -> None:
        """End the process, whatever it does, and remove its folder."""
        child = self._child
        if child is not None:
            child.end()
            if self._child is child:
                self._child = None

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _held(limits: Limits) -> tuple[int, int]:
    """Return the limits that a process is started with."""
    return limits.cpu_seconds, limits.memory_bytes


def _status(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _bug(summary: str, details: str) -> InternalError:
    error = InternalError(summary)
    error.add_note(details)
    return error


def _limit(message: str, hint: str) -> LimitError:
    return LimitError([Diagnostic("error", "limit", message, hint)])


def _closed() -> MachineError:
    hint = "close workers when nothing is being drawn any more"
    return MachineError.of("worker-closed", "the worker was closed while it was drawing", hint)


def _too_long(seconds: float) -> LimitError:
    return _limit(f"drawing took longer than {_counted(seconds)} and was stopped", _LONGER)


def _too_busy(seconds: int) -> LimitError:
    return _limit(f"drawing took more than {_counted(seconds)} of processor time and was stopped", _LONGER)


def _counted(seconds: float) -> str:
    return f"{seconds:g} second" if seconds == 1 else f"{seconds:g} seconds"


def _too_much(size: int) -> LimitError:
    return _limit(f"drawing needed more memory than there is (at most {size / 2**30:.3g} GiB)", _LARGER)


def _too_deep() -> LimitError:
    hint = "a theme's templates must not include themselves, nor nest elements without end"
    return _limit("drawing is nested too deep and was stopped", hint)


# -- the workers of this process, and the one that library calls share ----------------------------------


class _Workers:
    """All workers of one process; a fork of it has none, and leaves those of its parent alone."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._all: weakref.WeakSet[Supervisor] = weakref.WeakSet()
        self._shared: Supervisor | None = None
        self._noting, self._sharing = threading.Lock(), threading.Lock()
        atexit.register(self.close)

    @property
    def are_here(self) -> bool:
        """Whether they are those of this very process."""
        return self._owner == os.getpid()

    def note(self, one: Supervisor) -> None:
        """Keep in mind what `close` ends."""
        with self._noting:
            self._all.add(one)

    def shared(self) -> Supervisor:
        """Return the one that stays from call to call."""
        with self._sharing:
            if self._shared is None:
                self._shared = Supervisor()
            return self._shared

    def close(self) -> None:
        """End them all, whatever they do."""
        if self.are_here:
            for supervisor in list(self._all):
                supervisor.close()
            end_all()


_workers: list[_Workers] = []


def _ours() -> _Workers:
    """Return the workers of this process."""
    if not _workers or not _workers[0].are_here:
        _workers[:] = [_Workers()]
    return _workers[0]


def shared(limits: Limits | None = None) -> Supervisor:
    """Return the worker that this process keeps, which ends with it; limits hold from now on."""
    supervisor = _ours().shared()
    if limits is not None:
        supervisor.limits = limits
    return supervisor


def close() -> None:
    """End all workers of this process, whatever they do; the next render starts another."""
    _ours().close()
