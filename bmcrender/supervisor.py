"""The parent's side of the worker: starts it, hands it jobs, holds it to its limits, ends it."""

from __future__ import annotations

import atexit
import os
import queue
import signal
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from bmcrender.child import Child, Limits
from bmcrender.errors import BmcrenderError, Diagnostic, InternalError, LimitError, MachineError

P = ParamSpec("P")
T = TypeVar("T")
Fonts = Sequence[tuple[str, bytes]]
_SIMPLER = "split the canvas into several, or shorten it"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a worker was started for; another set of fonts needs another process."""

    formats: tuple[str, ...]
    fonts: tuple[tuple[str, bytes], ...]


class Supervisor:
    """One worker process that renders job after job; safe to share between threads, one job at a time."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self.limits = limits
        self._child: Child | None = None
        self._wanted = _Wanted((), ())
        self._done = 0
        self._turn = threading.Lock()
        _known(self)

    def begin(self, formats: Iterable[str] = (), fonts: Fonts = ()) -> None:
        """Start the process, so that it is ready when a job comes; it does not wait."""
        if self._turn.acquire(blocking=False):
            try:
                self._ready(_Wanted(tuple(formats), tuple(fonts)))
            finally:
                self._turn.release()

    def run(
        self, function: Callable[..., T], *given: Any, formats: Iterable[str] = (), fonts: Fonts = ()
    ) -> T:
        """Return what a module's function gives when the worker calls it.

        Raises its BmcrenderError, LimitError when it takes too much, InternalError for all else.
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
        worn = self._done >= self.limits.jobs or wanted.fonts != self._wanted.fonts
        if self._child is not None and (worn or not self._child.alive):
            self.close()
        if self._child is None:
            self._child, self._wanted, self._done = (
                Child(self.limits, wanted.formats, wanted.fonts),
                wanted,
                0,
            )
        return self._child

    def _opened(self, child: Child, answer: Any) -> Any:
        """Return the value in an answer, or raise the error in it."""
        if answer is None:
            error = self._death(child)
            child.end()
            self.close()
            raise error
        kind, value = answer
        if kind == "value":
            return value
        if kind == "memory":
            self.close()
            raise _too_much(self.limits.memory_bytes)
        if isinstance(value, BmcrenderError):
            raise value
        raise _bug(*value)

    def _death(self, child: Child) -> Exception:
        """Return why the process is gone."""
        status, log = child.post_mortem()
        if status == -getattr(signal, "SIGXCPU", 0):
            return _too_busy(self.limits.cpu_seconds)
        if status == -getattr(signal, "SIGKILL", 0) or "alloc" in log.lower() or "MemoryError" in log:
            return _too_much(self.limits.memory_bytes)
        if "No space left" in log:
            what = "the folder for temporary files is full"
            return MachineError([Diagnostic("error", "no-space", what, "make room, or set TMPDIR")])
        return _bug(f"the worker ended by itself ({_status(status)})", log)

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


def _status(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _bug(summary: str, details: str) -> InternalError:
    error = InternalError(summary)
    error.add_note(details)
    return error


def _limit(message: str, hint: str) -> LimitError:
    return LimitError([Diagnostic("error", "limit", message, hint)])


def _too_long(seconds: float) -> LimitError:
    return _limit(f"drawing took longer than {seconds:g} seconds and was stopped", _SIMPLER)


def _too_busy(seconds: int) -> LimitError:
    return _limit(f"drawing took more than {seconds} seconds of processor time and was stopped", _SIMPLER)


def _too_much(size: int) -> LimitError:
    shown = f"{size / 2**30:.3g} GiB"
    hint = f"{_SIMPLER}; if the machine is short of memory, give it more"
    return _limit(f"drawing needed more memory than there is (at most {shown})", hint)


# -- the workers of this process, and the one that library calls share ----------------------------------

_shared: Supervisor | None = None
_all: list[weakref.ref[Supervisor]] = []
_noting = threading.Lock()
_owner = 0


def shared() -> Supervisor:
    """Return the worker that this process keeps, which ends with it."""
    global _shared
    if _shared is None or _owner != os.getpid():  # after a fork the child needs one of its own
        _shared = Supervisor()
    return _shared


def _known(one: Supervisor) -> None:
    """Keep in mind what `close` ends, and end it with the process."""
    global _owner, _shared
    with _noting:
        if _owner != os.getpid():
            if not _owner:
                atexit.register(close)
            _owner, _shared = os.getpid(), None
            _all.clear()
        _all[:] = [*(ref for ref in _all if ref() is not None), weakref.ref(one)]


def close() -> None:
    """End all workers of this process, whatever they do; the next render starts another."""
    if _owner == os.getpid():
        for ref in list(_all):
            supervisor = ref()
            if supervisor is not None:
                supervisor.close()
