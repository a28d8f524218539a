"""An operating system whose calls fail, or are interrupted, at a chosen moment."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

# All calls by which files are written, in the module that Python's own library takes them from, too.
CALLS = (
    "open", "write", "fsync", "close", "chmod", "chown", "link", "replace", "unlink", "mkdir", "rmdir", "stat", "listdir",
)  # fmt: skip
_DONE_ANYHOW = ("close",)  # the number of a file is free again, also when closing it has failed


class Calls:
    """Counts calls; at its moment does what is wanted instead, or after the call."""

    def __init__(self, act: Callable[[str], None], at: int, lasting: bool, after: bool) -> None:
        self.act, self.at, self.lasting, self.after = act, at, lasting, after
        self.names: list[str] = []

    @property
    def struck(self) -> str:
        """The call at the moment; empty when there were fewer calls."""
        return self.names[self.at] if self.at < len(self.names) else ""

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            number = len(self.names)
            self.names.append(name)
            now = number == self.at or (self.lasting and number > self.at)
            if now and not self.after and name not in _DONE_ANYHOW:
                self.act(name)
            try:
                return real(*given, **more)
            finally:
                if now and (self.after or name in _DONE_ANYHOW):
                    self.act(name)

        return call


@contextmanager
def system(
    act: Callable[[str], None], at: int, *, lasting: bool = False, after: bool = False
) -> Iterator[Calls]:
    """Let `act` happen at a call, counted from 0, or from it on; instead of the call, or after it."""
    calls = Calls(act, at, lasting, after)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, calls.wrapped(name, getattr(os, name)))
        yield calls


def fails(number: int) -> Callable[[str], None]:
    """Return what makes a call fail as the system does."""

    def act(_: str) -> None:
        raise OSError(number, os.strerror(number))

    return act


def interrupts(_: str) -> None:
    """Send a signal to the program itself."""
    signal.raise_signal(signal.SIGTERM)


def kills(_: str) -> None:
    """End the program so that it cannot do anything more."""
    os.kill(os.getpid(), signal.SIGKILL)
