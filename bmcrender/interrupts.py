"""Blocks of code that no signal interrupts: one that comes meanwhile is answered right after them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_HELD = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back the signals that Python code answers until the block has ended.

    Their handlers run in the main thread, whichever thread the system interrupts; in others there is
    nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Any] = {}
    over = False

    def hold(number: int, frame: FrameType | None) -> None:
        if over:  # handlers are being put back, or another signal has cut that short
            before[number](number, frame)
        else:
            came.append(number)

    try:
        for number in _answered():
            before[number] = signal.getsignal(number)
            signal.signal(number, hold)
        yield
    finally:
        over = True
        for number, handler in before.items():
            if signal.getsignal(number) is hold:  # else the run has begun to end already
                signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def _answered() -> list[int]:
    """Return the signals that end a run and have a handler in Python."""
    known = (getattr(signal, name, None) for name in _HELD)
    return [number for number in known if number is not None and callable(signal.getsignal(number))]
