"""One worker process with a folder of its own: fonts, fontconfig, temporary files, log."""

from __future__ import annotations

import errno
import json
import os
import queue
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from bmcrender.claims import Claim
from bmcrender.errors import Diagnostic, MachineError
from bmcrender.frozen import dataclass
from bmcrender.interrupts import undisturbed
from bmcrender.wire import receive, send

_PACKAGE = Path(__file__).resolve().parent
_KEPT = ("LD_", "DYLD_", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "BMCRENDER_")
_MOST_LOG = 2**20
_PREFIX = "bmcrender-worker-"
_FOLDER = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
_MOST_TRIES = 10
_REMEDIES = {
    errno.EMFILE: "allow more open files (`ulimit -n`), or render fewer canvases at once with -j",
    errno.ENFILE: "end other programs: the system has no more open files to give",
    errno.EAGAIN: "end other programs, or allow more processes (`ulimit -u`)",
    errno.ENOMEM: "end other programs: the system has no memory left",
}

# Runs in `python -I`: loads this very package, wherever it lies, without putting its folder on the path
# before the standard library. The parent's path follows, for packages that only it sees.
_BOOT = """
import gc, importlib.util, json, sys
gc.disable()  # until all is loaded, there is nothing to collect
given = json.loads(sys.argv[1])
sys.path.extend(folder for folder in given["path"] if folder not in sys.path)
spec = importlib.util.spec_from_file_location(
    "bmcrender", given["package"] + "/__init__.py", submodule_search_locations=[given["package"]])
module = importlib.util.module_from_spec(spec)
sys.modules["bmcrender"] = module
spec.loader.exec_module(module)
from bmcrender.worker import main
main(given)
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take; after so many jobs a process is replaced, for its memory grows slowly.

    Memory is that of addresses, which only Linux holds a process to.
    """

    seconds: float = 120.0
    cpu_seconds: int = 120
    memory_bytes: int = 2 * 2**30
    jobs: int = 1000


_living: weakref.WeakSet[Child] = weakref.WeakSet()


def end_all() -> None:
    """End all workers that this process has started, known to their owners or not."""
    for child in list(_living):
        child.end()


class Child:
    """A running worker and the folder that is removed with it; before its first job it wants fonts."""

    def __init__(self, limits: Limits, formats: Iterable[str]) -> None:
        self.ended = False  # by whoever owns it, not by itself
        self._ending = threading.Lock()
        with undisturbed():
            try:
                self.folder, claim = _own_folder()
            except OSError as error:
                raise _cannot_start(error) from None
            try:
                self._log = self.folder / "log.txt"
                self._process = _started(self.folder, self._log, limits, tuple(formats))
            except OSError as error:
                shutil.rmtree(self.folder, ignore_errors=True)
                claim.release()
                raise _cannot_start(error) from None
            self._finalizer = weakref.finalize(self, _end, self._process, self.folder, claim, os.getpid())
            _living.add(self)
        _clear(self.folder.parent)  # while the process starts

    def furnish(self, fonts: Iterable[tuple[str, bytes]]) -> None:
        """Write the given fonts and the fontconfig that sees them and the bundled ones only."""
        from bmcrender.fonts import fontconfig_xml
        from bmcrender.resources import library

        try:
            for name in ("fonts", "cache", "tmp"):
                (self.folder / name).mkdir()
            for index, (name, data) in enumerate(fonts):
                (self.folder / "fonts" / f"{index}-{name.rpartition('/')[2]}").write_bytes(data)
            seen = [library().fonts_folder, self.folder / "fonts"]
            config = fontconfig_xml(seen, self.folder / "cache")
            (self.folder / "fonts.conf").write_text(config, encoding="utf-8")
        except OSError as error:
            raise _cannot_start(error) from None

    @property
    def alive(self) -> bool:
        """Whether the process runs, and is this process's own."""
        return self._process.poll() is None

    def exchange(self, request: Any, seconds: float) -> Any:
        """Send a request and return the answer; None when the process is gone, or was ended meanwhile.

        Raises queue.Empty when the answer takes longer. A thread of its own talks to the process, so
        that signals and the deadline are heeded whatever happens there.
        """
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._talk, args=(request, answers), daemon=True).start()
        answer = answers.get(timeout=seconds)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _talk(self, request: Any, answers: queue.SimpleQueue[Any]) -> None:
        try:
            send(_pipe(self._process.stdin), request)
            answers.put(receive(_pipe(self._process.stdout)))
        except (OSError, EOFError):
            answers.put(None)
        except BaseException as error:  # noqa: BLE001 (it is raised again in the thread that waits)
            answers.put(None if self.ended else error)  # its pipes are closed when it is ended

    def post_mortem(self) -> tuple[int, str]:
        """Return the exit status of the process and its log."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            status = 0
        try:
            with self._log.open("rb") as log:
                return status, log.read(_MOST_LOG).decode("utf-8", "backslashreplace")
        except OSError:
            return status, ""

    def end(self) -> None:
        """Kill the process and what it started, and remove its folder; wait when another thread does."""
        self.ended = True
        with self._ending:
            given = self._finalizer.peek()
            if given is not None:
                _end(*given[2])
                self._finalizer.detach()  # only now: an interrupted end is made up for at exit


def most_resident() -> int:
    """Return the most memory in bytes that a process held which has ended, where limits of memory hold."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _own_folder() -> tuple[Path, Claim]:
    """Return a new folder and the claim on it; one that another run cleared away at once is no folder."""
    for _ in range(_MOST_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        claim = Claim(folder)
        claim.share()
        if folder.is_dir():
            return folder, claim
        claim.release()
    raise FileNotFoundError(0, "its folder is removed again and again")


def _clear(folder: Path) -> None:
    """Remove the folders of workers that were killed together with their parents."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError, AttributeError):  # another run may clear at once; Windows has no owners
            found = left.lstat()
            ours = _FOLDER.fullmatch(left.name) and found.st_uid == os.geteuid()
            if ours and stat.S_ISDIR(found.st_mode):
                claim = Claim(left)
                if claim.alone():
                    shutil.rmtree(left, ignore_errors=True)
                claim.release()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _cannot_start(error: OSError) -> MachineError:
    message = f"the worker cannot be started: {error.strerror or error}"
    hint = _REMEDIES.get(
        error.errno or 0, "there must be a folder for temporary files (TMPDIR) with some room"
    )
    if error.filename == sys.executable:
        hint = f"{sys.executable} must be a Python that you may run"
    return MachineError([Diagnostic("error", "no-worker", message, hint)])


def _started(folder: Path, log: Path, limits: Limits, formats: tuple[str, ...]) -> subprocess.Popen[bytes]:
    given = {
        "package": str(_PACKAGE),
        "path": [entry for entry in sys.path if Path(entry).is_absolute()],
        "folder": str(folder),
        "formats": formats,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
    }
    command = [sys.executable, "-I", "-X", "utf8", "-X", "faulthandler", "-c", _BOOT, json.dumps(given)]
    with log.open("wb") as errors:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )


def _environment(folder: Path) -> dict[str, str]:
    """Return the same environment on every machine, but for where its libraries lie."""
    kept = {name: value for name, value in os.environ.items() if name.upper().startswith(_KEPT)}
    temporary = str(folder / "tmp")
    # The worker runs no programs; with a search path WeasyPrint would ask compilers for its libraries.
    search = os.environ.get("PATH", "") if sys.platform in ("win32", "darwin") else ""
    return kept | {
        "PATH": search,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(folder),
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }


def _end(process: subprocess.Popen[bytes], folder: Path, claim: Claim, owner: int) -> None:
    """Kill a process with its group and remove its folder, unless a fork of the owner asks for it."""
    if os.getpid() != owner:
        return
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (OSError, AttributeError):
            process.kill()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
    claim.release()
    # Closing flushes what could not be sent any more; nobody is there to read it.
    for stream in (process.stdin, process.stdout):
        try:
            _pipe(stream).close()
        except OSError:
            pass
