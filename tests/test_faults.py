"""Whatever call to the system fails, and wherever a signal strikes: each file is whole, and no set is mixed."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree, which
from types import FrameType
from typing import Any

import pytest
from faulty_system import fails, interrupts, system

from bmcrender.cli.writing import write_all
from bmcrender.errors import MachineError
from bmcrender.interrupts import undisturbed

ROOT = Path(__file__).resolve().parent.parent
MOST_CALLS = 200
OLDER, NEW = b"older " * 2_000, b"new " * 5_000
ALL = ("a.pdf", "link.pptx", "sub/fresh.html")
# A call that clears up may fail as often as it likes: what it leaves is removed by the next run.
CLEARING = ("unlink", "rmdir")


class Struck(BaseException):
    """A signal has ended the run."""


@pytest.fixture
def signals() -> Iterator[None]:
    def strike(number: int, _: FrameType | None) -> None:
        raise Struck(number)

    before = signal.signal(signal.SIGTERM, strike)
    yield
    signal.signal(signal.SIGTERM, before)


def prepared(folder: Path, linked: bool = True) -> dict[Path, bytes]:
    """Return files to write: over an older one, through a link, and a new one in a new folder."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "a.pdf").write_bytes(OLDER)
    (folder / "a.pdf").chmod(0o640)
    (folder / "real.pptx").write_bytes(OLDER)
    if linked:
        (folder / "link.pptx").symlink_to("real.pptx")
    return {folder / name: NEW for name in (ALL if linked else ("a.pdf", "real.pptx"))}


def state(folder: Path) -> str:
    """Return what a set of files has become; fails when a file is torn, or a link or mode lost."""
    assert (folder / "link.pptx").is_symlink()
    assert (folder / "a.pdf").stat().st_mode & 0o777 == 0o640
    contents = [path.read_bytes() if path.exists() else None for path in (folder / name for name in ALL)]
    assert contents[2] in (None, NEW)
    assert {OLDER, NEW} >= set(contents[:2])
    if contents == [OLDER, OLDER, None]:
        return "older"
    return "new" if contents == [NEW, NEW, NEW] else "mixed"


def left(folder: Path) -> set[str]:
    """Return all that is there besides the set."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    fresh = {"sub", "sub/fresh.html"} if (folder / "sub" / "fresh.html").exists() else set()
    return there - {"a.pdf", "real.pptx", "link.pptx"} - fresh


def written(files: dict[Path, bytes]) -> str:
    """Write, and return the one line of the error; empty when there is none."""
    try:
        write_all(files, make_folders=True)
    except MachineError as error:
        (found,) = error.diagnostics
        assert (found.code, error.exit_code) == ("cannot-write", 4)
        assert re.fullmatch(r"cannot be written: [^\n]+", found.message)
        return found.message
    return ""


ERRORS = ("ENOSPC", "EACCES", "EIO")
FURTHER_ERRORS = ("EDQUOT", "EINTR", "EROFS", "EPERM", "ENOENT", "ELOOP", "EMLINK", "ENOMEM")


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize(
    "error", [*ERRORS, *(pytest.param(one, marks=pytest.mark.matrix) for one in FURTHER_ERRORS)]
)
def test_a_call_that_fails_leaves_a_set_whole(tmp_path: Path, error: str, lasting: bool) -> None:
    number = getattr(errno, error)
    folder, outcomes = tmp_path / "outputs", []
    for at in range(MOST_CALLS):
        files = prepared(folder)
        with system(fails(number), at, lasting=lasting) as calls:
            told = written(files)
        if not calls.struck:
            break
        outcomes.append((calls.struck, bool(told)))
        if (error, calls.struck) == ("ENOENT", "stat"):
            continue  # this is no failure: it says that there is no older file
        if lasting:  # also what would undo and clear up fails: each file is whole, and that is all
            state(folder)
        else:
            assert state(folder) == ("older" if told else "new"), (at, calls.struck)
            assert not left(folder) or calls.struck in CLEARING, (at, calls.struck)
        if told and error in ERRORS:
            assert told == f"cannot be written: {os.strerror(number)[:1].lower()}{os.strerror(number)[1:]}"
        assert written(files) == ""
        assert (state(folder), left(folder)) == ("new", set())
    else:
        pytest.fail("it never succeeds")
    assert {"open", "write", "fsync", "close", "chmod", "replace", "mkdir"} <= {
        name for name, failed in outcomes if failed
    }
    assert lasting or {"chown", "unlink"} <= {name for name, failed in outcomes if not failed}


def test_contents_are_on_the_disk_before_any_file_is_replaced_and_names_after_all_are(tmp_path: Path) -> None:
    files = prepared(tmp_path / "outputs")
    with system(fails(errno.EIO), at=MOST_CALLS) as calls:
        write_all(files, make_folders=True)
    order = [name for name in calls.names if name in ("fsync", "replace")]
    assert order == [*["fsync"] * 3, *["replace"] * 3, *["fsync"] * 2]  # of three files, of two folders


def test_a_file_system_without_second_names_keeps_older_files_as_copies(tmp_path: Path) -> None:
    folder = tmp_path / "outputs"
    for at in range(MOST_CALLS):
        files = prepared(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "link", lambda *_, **__: fails(errno.EPERM)(""))
            with system(fails(errno.EIO), at) as calls:
                told = written(files)
        if not calls.struck:
            break
        assert state(folder) == ("older" if told else "new"), (at, calls.struck)
        assert not left(folder) or calls.struck in CLEARING, (at, calls.struck)
    assert state(folder) == "new"


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_signal_at_any_call_leaves_a_set_older_or_new(tmp_path: Path, after: bool) -> None:
    folder, seen = tmp_path / "outputs", set()
    for at in range(MOST_CALLS):
        files = prepared(folder)
        with system(interrupts, at, after=after) as calls:
            try:
                write_all(files, make_folders=True)
                struck = False
            except Struck:
                struck = True
        if not calls.struck:
            break
        assert struck, (at, calls.names[at - 2 : at + 3])
        found = state(folder)
        seen.add(found)
        assert (found != "mixed", left(folder)) == (True, set()), (at, calls.struck)
    assert seen == {"older", "new"}


KILLED = """
import os, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
import test_faults as tests
from faulty_system import kills, system
folder, after = Path(sys.argv[2]), sys.argv[3] == "after"
for at in range(tests.MOST_CALLS):
    files = tests.prepared(folder)
    child = os.fork()
    if not child:
        with system(kills, at, after=after) as calls:
            tests.written(files)
        os._exit(0 if not calls.struck else 1)
    _, status = os.waitpid(child, 0)
    if not status:
        break
    assert os.WTERMSIG(status) == 9, (at, status)
    print(tests.state(folder), bool(tests.left(folder)))
    assert tests.written(files) == ""
    assert (tests.state(folder), tests.left(folder)) == ("new", set()), at
else:
    raise SystemExit("it never succeeds")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a program that forks")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_killed_at_any_call_leaves_whole_files_and_the_next_run_clears_up(
    tmp_path: Path, when: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(ROOT), str(tmp_path / "outputs"), when],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    seen = set(ran.stdout.splitlines())
    # Between two replacements nobody is left to undo the first: the set is mixed, each file whole.
    assert seen >= {"older False", "older True", "mixed True", "new False"}


@pytest.mark.usefixtures("signals")
def test_a_signal_is_heeded_right_after_what_it_must_not_cut_in_two() -> None:
    done = []

    def struck_twice() -> None:
        with undisturbed():
            for step in ("first", "second"):
                signal.raise_signal(signal.SIGTERM)
                done.append(step)

    with pytest.raises(Struck):
        struck_twice()
    assert done == ["first", "second"]
    with pytest.raises(Struck):
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.usefixtures("signals")
def test_a_signal_while_handlers_are_put_back_leaves_none_without_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put = signal.signal

    def struck_when_put_back(number: int, handler: Any) -> None:
        put(number, handler)
        if handler is signal.default_int_handler:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("bmcrender.interrupts.signal.signal", struck_when_put_back)
    with pytest.raises(KeyboardInterrupt), undisturbed():
        pass
    with pytest.raises(Struck):
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.usefixtures("signals")
def test_a_handler_that_is_set_meanwhile_stays() -> None:
    with undisturbed():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN


@pytest.mark.usefixtures("signals")
def test_threads_beside_the_main_one_hold_nothing_back() -> None:
    seen = []

    def inside() -> None:
        with undisturbed():
            seen.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == [before]


# -- the same with errors of the real system, where strace can be used ----------------------------------------

PROGRAM = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
from pathlib import Path
import test_faults as tests
told = tests.written({Path(sys.argv[2], name): tests.NEW for name in tests.ALL})
Path(sys.argv[3]).write_text(told)
"""


@pytest.mark.matrix
@pytest.mark.skipif(which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize(
    "call", ["write", "fsync", "rename", "link,linkat", "mkdir", "chmod,fchmodat", "chown,fchownat"]
)
def test_errors_injected_into_the_running_system_leave_a_set_whole(
    tmp_path: Path, call: str, error: str
) -> None:
    folder, trace, told = tmp_path / "outputs", tmp_path / "trace", tmp_path / "told"
    for when in range(1, 20):
        prepared(folder)
        told.write_text("it did not come to its end")
        command = [sys.executable, "-B", "-c", PROGRAM, str(ROOT), str(folder), str(told)]
        strace = [
            "strace",
            "-f",
            "-o",
            trace,
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:error={error}:when={when}",
        ]
        subprocess.run([*strace, *command], capture_output=True, check=False)
        if "INJECTED" not in trace.read_text():
            break
        line = told.read_text()
        if line == "" or "did not come" in line:
            assert state(folder) == "new", (call, when)  # it was borne, or it met what followed
        else:
            assert state(folder) == "older", (call, when)
        assert left(folder) == set()
    assert when > 1, "no call was met"
