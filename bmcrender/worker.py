"""The worker's side: a process of our own that runs one job after another, within limits."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import shutil
import signal
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import IO, Any

from bmcrender.errors import BmcrenderError
from bmcrender.wire import receive_bytes, send

_MAX_FILE = 256 * 2**20
# Garbage is collected between jobs, and within one only when it makes many more objects than a poster does.
_MANY_OBJECTS = 500_000
_JOBS_BETWEEN_FULL_COLLECTIONS = 50

# What a format will need, loaded before the first job comes.
_OF_PAGES = ("uharfbuzz", "jinja2.sandbox", "bmcrender.render.pdf", "bmcrender.layout.poster")
_MODULES = {
    "pdf": _OF_PAGES,
    "html": (*_OF_PAGES, "fontTools.ttLib"),
    "png": (*_OF_PAGES, "pypdfium2", "PIL.PngImagePlugin", "bmcrender.render.png"),
    "pptx": ("uharfbuzz", "xml.etree.ElementTree", "bmcrender.render.pptx", "bmcrender.layout.deck"),
}


def main(given: Mapping[str, Any]) -> None:
    """Answer requests from the parent until it is gone."""
    requests, answers = _private_pipes()
    _hold_to(int(given["memory_bytes"]))
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        signal.pthread_sigmask(signal.SIG_SETMASK, ())  # the parent may hold some back
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox, given["folder"]), daemon=True).start()
    _warm_up(given["formats"])
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS, 10, 10)
    gc.enable()
    for number in count(1):
        request = inbox.get()
        _allow(int(given["cpu_seconds"]))
        _answer(answers, request)
        if number % _JOBS_BETWEEN_FULL_COLLECTIONS:
            gc.collect(0)
        else:
            gc.collect()
            _give_back()


def _give_back() -> None:
    """Give freed memory back to the system, where the C library holds on to it (glibc)."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes to the parent; whatever libraries print goes to the log instead."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _listen(requests: IO[bytes], inbox: queue.SimpleQueue[bytes], folder: str) -> None:
    """Pass requests on; end the process at once, and clean up, when the parent is gone."""
    try:
        while True:
            inbox.put(receive_bytes(requests))
    except MemoryError:
        os.write(2, b"MemoryError\n")  # to the log, from which the parent learns why the process is gone
    except (EOFError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def _warm_up(formats: Sequence[str]) -> None:
    """Import what the jobs will need; what cannot be imported is told by the job that needs it."""
    from bmcrender import formats as _  # noqa: F401
    from bmcrender import machine, rendered  # noqa: F401
    from bmcrender.model import PAGED

    if set(PAGED).intersection(formats):
        with suppress(Exception):
            machine.import_weasyprint()
    for format in formats:
        for name in _MODULES.get(format, ()):
            with suppress(Exception):
                importlib.import_module(name)


def _hold_to(memory_bytes: int) -> None:
    """Limit memory and the size of files, and leave no core behind."""
    with suppress(ImportError):
        import resource

        wanted = (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_FSIZE, _MAX_FILE),
            (resource.RLIMIT_CORE, 0),
        )
        for what, size in wanted:
            with suppress(ValueError, OSError):
                _, most = resource.getrlimit(what)
                size = size if most == resource.RLIM_INFINITY else min(size, most)
                resource.setrlimit(what, (size, most))


def _allow(cpu_seconds: int) -> None:
    """Let the next job have its share of processor time, counted from now."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu_seconds + 1, most))


def _answer(answers: IO[bytes], request: bytes) -> None:
    """Run a request and send what it gave."""
    answer: tuple[str, Any]
    try:
        function: Callable[..., Any]
        function, given = pickle.loads(request)
        answer = "value", function(*given)
        send(answers, answer)
        return
    except BmcrenderError as error:
        answer = "error", error
    except MemoryError:
        answer = "memory", None
    except RecursionError:
        answer = "depth", None
    except Exception as error:  # noqa: BLE001 (a mistake of ours, told to the parent whole)
        answer = "bug", (f"{type(error).__name__}: {error}", traceback.format_exc())
    send(answers, answer)
