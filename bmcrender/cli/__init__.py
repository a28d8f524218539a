"""The command line: runs a command, turns whatever happens into messages and an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from bmcrender.cli.ahead import begin_ahead

# What ends a run from outside, where the system knows it; the exit code is 128 and its number.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_PATIENCE_SECONDS = 1.4
_OBJECTS_BETWEEN_COLLECTIONS = 50_000  # what is loaded at the start stays, there is nothing to collect
_LAST_PATIENCE_SECONDS = 0.3
_AGAIN_SECONDS = 0.01


class Ended(BaseException):
    """A signal asked the run to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.exit_code = 128 + number
        super().__init__(number)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    complain, sys.unraisablehook = sys.unraisablehook, _on_unraisable
    try:
        try:
            _listen()
            code = _run(list(sys.argv[1:] if arguments is None else arguments))
        finally:
            _stop_listening()
    except Ended as ended:
        code = ended.exit_code
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    finally:
        _end_workers()
        sys.unraisablehook = complain
    code = _flushed(code)
    _ignore_signals()
    gc.freeze()  # the process ends: looking for garbage in all that was loaded is for nothing
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    _forgive_names()
    begin_ahead(arguments)
    from bmcrender.cli.app import run

    return run(arguments)


def _listen() -> None:
    """Let signals end the run in an orderly way, unless they were ignored from the start (nohup)."""
    _answer_signals(_on_signal)


def _stop_listening() -> None:
    """Let signals do nothing more: to ignore those that are just coming in Python finds worth a complaint."""
    _answer_signals(lambda _, __: None)


def _ignore_signals() -> None:
    """Ignore signals for good, for Python would heed them again while it ends."""
    # Held back first, none is just coming.
    with suppress(AttributeError):
        signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in _SIGNALS})
    _answer_signals(signal.SIG_IGN)


def _answer_signals(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        with suppress(ValueError):  # not in the main thread: the caller sees to signals
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, handler)


def _on_signal(number: int, _: FrameType | None) -> None:
    _stop_listening()
    last = threading.Timer(_PATIENCE_SECONDS, _leave, args=(128 + number,))
    last.daemon = True
    last.start()
    raise Ended(number)


def _on_unraisable(given: sys.UnraisableHookArgs) -> None:
    """Send a signal anew that came where Python drops exceptions, as in callbacks of weak references."""
    if not isinstance(given.exc_value, Ended):
        sys.__unraisablehook__(given)
        return
    _listen()
    again = threading.Timer(_AGAIN_SECONDS, signal.raise_signal, args=(given.exc_value.number,))
    again.daemon = True
    again.start()


def _leave(code: int) -> None:
    """End at once: somebody swallowed the exception, or the clean-up hangs."""
    ending = threading.Thread(target=_end_workers, daemon=True)
    ending.start()
    ending.join(_LAST_PATIENCE_SECONDS)
    os._exit(code)


def _end_workers() -> None:
    if "bmcrender.supervisor" in sys.modules:
        from bmcrender.supervisor import close

        close()


def _forgive_names() -> None:
    """Print names of files that are not UTF-8 with backslashes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _flushed(code: int) -> int:
    """Return the exit code after standard output is written; a reader that has gone is no failure."""
    from bmcrender.cli.streams import flush

    return flush(code)
