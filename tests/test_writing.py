"""Files are written whole or not at all: what stays, what is refused, what a killed run leaves."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bmcrender.claims import Claim
from bmcrender.cli.outputs import checked_inputs, checked_names
from bmcrender.cli.writing import unchanged, write_all
from bmcrender.errors import MachineError, UsageError

ROOT = Path(__file__).resolve().parent.parent


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def refused(files: dict[Path, bytes], make_folders: bool = False) -> str:
    """Return the line that tells why files cannot be written."""
    with pytest.raises(MachineError) as caught:
        write_all(files, make_folders)
    (found,) = caught.value.diagnostics
    assert found.code == "cannot-write"
    assert "\n" not in found.message
    return f"{found.file}: {found.message}" + (f"; {found.hint}" if found.hint else "")


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


# -- what is written -----------------------------------------------------------------------------------


def test_new_files_and_older_ones_hold_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"older, and longer than what comes")
    files = {tmp_path / "a.pdf": b"new", tmp_path / "b.pptx": b"x" * 300_000, tmp_path / "c.html": b""}
    write_all(files)
    assert {path: path.read_bytes() for path in files} == files
    assert names(tmp_path) == {"a.pdf", "b.pptx", "c.html"}


def test_no_files_are_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_all({})
    assert names(tmp_path) == set()


def test_missing_folders_are_made_where_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.pdf"
    told = refused({path: b"new"})
    assert told == f"{path}: cannot be written: no such file or directory; make the folder first"
    assert not (tmp_path / "a").exists()
    write_all({path: b"new", tmp_path / "a" / "d.pdf": b"new"}, make_folders=True)
    assert names(tmp_path) == {"a/b/c.pdf", "a/d.pdf"}


def test_folders_made_in_vain_are_taken_away_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "taken").mkdir()
    files = {tmp_path / "there" / "new" / "newer" / "a.pdf": b"new", tmp_path / "taken": b"new"}
    assert "it is a folder" in refused(files, make_folders=True)
    assert {path.name for path in tmp_path.rglob("*")} == {"there", "taken"}


def test_long_and_odd_names_are_written(tmp_path: Path) -> None:
    longest = "ن" * 120 + ".pdf"
    odd = os.fsdecode(b"caf\xe9.pdf")
    write_all({tmp_path / longest: b"1", tmp_path / odd: b"2"})
    assert names(tmp_path) == {longest, odd}


def test_names_are_written_whose_characters_the_locale_has_not(tmp_path: Path) -> None:
    """Under LC_ALL=C without its usual UTF-8, names are ASCII with escaped bytes."""
    written = "import sys; from pathlib import Path; from bmcrender.cli.writing import write_all; "
    written += "write_all({Path(sys.argv[1]): b'1'})"
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", written, str(tmp_path / "نان.pdf")], env=env, cwd=ROOT, check=True)
    assert names(tmp_path) == {"نان.pdf"}


@pytest.mark.usefixtures("umask")
def test_modes_of_older_files_stay_and_new_ones_get_what_umask_leaves(tmp_path: Path) -> None:
    modes = {"a": 0o600, "b": 0o755, "c": 0o666}
    for name, mode in modes.items():
        (tmp_path / name).write_bytes(b"older")
        (tmp_path / name).chmod(mode)
    write_all({tmp_path / name: b"new" for name in (*modes, "d")})
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert found == {**modes, "d": 0o640}


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may give files away")
def test_owners_of_older_files_stay_and_new_ones_take_a_folder_s_group(tmp_path: Path) -> None:
    (tmp_path / "older").write_bytes(b"older")
    os.chown(tmp_path / "older", 1234, 2345)
    folder = tmp_path / "shared"
    folder.mkdir()
    os.chown(folder, -1, 3456)
    folder.chmod(0o2775)
    write_all({tmp_path / "older": b"new", folder / "more" / "new": b"new"}, make_folders=True)
    found = (tmp_path / "older").stat()
    assert (found.st_uid, found.st_gid, (folder / "more" / "new").stat().st_gid) == (1234, 2345, 3456)


def test_links_stay_links_and_what_they_name_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "older.pdf").write_bytes(b"older")
    (tmp_path / "link.pdf").symlink_to("real/older.pdf")
    (tmp_path / "new.pdf").symlink_to("real/new.pdf")
    write_all({tmp_path / "link.pdf": b"new", tmp_path / "new.pdf": b"new"})
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "new.pdf").is_symlink()
    assert {(tmp_path / "real" / name).read_bytes() for name in ("older.pdf", "new.pdf")} == {b"new"}
    assert names(tmp_path) == {"link.pdf", "new.pdf", "real/older.pdf", "real/new.pdf"}


def test_another_name_of_an_older_file_keeps_the_older_content(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"older")
    (tmp_path / "b.pdf").hardlink_to(tmp_path / "a.pdf")
    write_all({tmp_path / "a.pdf": b"new"})
    assert (tmp_path / "b.pdf").read_bytes() == b"older"


# -- what is refused, nothing of the set being replaced ---------------------------------------------------


def test_what_is_no_file_is_refused_and_nothing_else_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"older")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "ring").symlink_to("ring")
    for name, told in (
        ("folder", "it is a folder"),
        ("fifo", "it is no regular file"),
        ("ring", "too many levels of symbolic links"),
        ("a.pdf/b.pdf", "not a directory"),
        ("x" * 300, "file name too long"),
        ("nul\0", "embedded null"),
    ):
        line = refused({tmp_path / "a.pdf": b"new", tmp_path / name: b"new", tmp_path / "b": b"new"})
        assert f"{name}: cannot be written: " in line
        assert told in line
        assert (tmp_path / "a.pdf").read_bytes() == b"older"
        assert names(tmp_path) == {"a.pdf", "fifo", "ring"}


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    told = refused({tmp_path / "file" / "a.pdf": b"new"}, make_folders=True)
    assert told.endswith(f"cannot be written: there is a file {tmp_path / 'file'}, not a folder")
    assert "not a directory" in refused({tmp_path / "file" / "more" / "a.pdf": b"new"}, make_folders=True)


def as_nobody(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a user without rights, in a folder of its own."""
    os.chown(folder, 65534, 65534)
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from bmcrender.cli.writing import write_all\n"
        f"os.chdir({str(folder)!r}); os.setgroups([]); os.setgid(65534); os.setuid(65534)\n{text}"
    )
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may become another")
def test_without_the_right_to_write_the_older_file_stays() -> None:
    with TemporaryDirectory() as name:  # others cannot look into a test's own folder
        folder = Path(name)
        (folder / "protected.pdf").write_bytes(b"older")
        ran = as_nobody(folder, "write_all({Path('protected.pdf'): b'new'})")
        assert "cannot be written: it is write-protected" in ran.stderr
        (folder / "closed").mkdir(0o555)
        ran = as_nobody(folder, "write_all({Path('closed/a.pdf'): b'new'})")
        assert "cannot be written: permission denied" in ran.stderr
        assert names(folder) == {"protected.pdf"}
        assert (folder / "protected.pdf").read_bytes() == b"older"
        (folder / "drop").mkdir()
        (folder / "drop").chmod(0o333)  # written into, not looked into
        assert as_nobody(folder, "write_all({Path('drop/a.pdf'): b'new'})").stderr == ""
        assert names(folder) == {"protected.pdf", "drop/a.pdf"}


def test_a_write_protected_file_is_refused_and_nothing_else_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"older")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "b.pdf")  # for root may do all
    told = refused({tmp_path / "a.pdf": b"new", tmp_path / "b.pdf": b"new"})
    assert told.endswith("b.pdf: cannot be written: it is write-protected")
    assert (tmp_path / "a.pdf").read_bytes() == b"older"


def test_what_holds_the_same_bytes_is_told_from_what_does_not(tmp_path: Path) -> None:
    contents = {"same": b"1234", "other": b"abcd", "longer": b"12345"}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    wanted = {tmp_path / name: b"1234" for name in (*contents, "folder", "missing")}
    assert unchanged(wanted) == (tmp_path / "same",)


def test_outputs_that_are_what_is_read_are_refused_also_under_another_name(tmp_path: Path) -> None:
    canvas, logo = tmp_path / "canvas.yaml", tmp_path / "logo.png"
    for path in (canvas, logo, tmp_path / "other.pdf"):
        path.write_bytes(b"read")
    (tmp_path / "hard.pdf").hardlink_to(canvas)
    (tmp_path / "soft.pdf").symlink_to("canvas.yaml")
    (tmp_path / "hard.png").hardlink_to(logo)
    for name in ("hard.pdf", "soft.pdf", "canvas.yaml"):
        with pytest.raises(UsageError, match="is a canvas and would be overwritten"):
            checked_names([(str(canvas), tmp_path / name)], [str(canvas)])
    for name in ("hard.png", "logo.png"):
        with pytest.raises(MachineError, match="is read for this canvas and would be overwritten"):
            checked_inputs([(str(canvas), tmp_path / name)], [str(logo)])
    checked_names([(str(canvas), tmp_path / "other.pdf")], [str(canvas)])
    others = [(str(canvas), tmp_path / name) for name in ("other.pdf", "hard.pdf")]
    checked_inputs(others, [str(logo)])


# -- a disk that is really full ------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_leaves_older_files_whole_and_nothing_else(small_disk: Path) -> None:
    (small_disk / "a.pdf").write_bytes(b"older" * 10_000)
    (small_disk / "b.pptx").write_bytes(b"older")
    files = {small_disk / "b.pptx": b"new", small_disk / "a.pdf": b"new" * 100_000}
    assert refused(files).endswith("a.pdf: cannot be written: no space left on device")
    assert (small_disk / "a.pdf").read_bytes() == b"older" * 10_000
    assert (small_disk / "b.pptx").read_bytes() == b"older"
    assert names(small_disk) == {"a.pdf", "b.pptx"}


# -- what killed runs leave ------------------------------------------------------------------------------------

LEFT = (".a.pdf.0123456789ab.bmcrender-new", ".b.pptx.ba9876543210.bmcrender-old")
NOT_OURS = (".a.pdf.swp", ".bmcrender-new", "a.0123456789ab.bmcrender-new", ".a.0123456789AB.bmcrender-new")


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (*LEFT, *NOT_OURS):
        (tmp_path / name).write_bytes(b"left")
    write_all({tmp_path / "c.pdf": b"new"})
    assert names(tmp_path) == {*NOT_OURS, "c.pdf"}


def test_what_a_living_run_needs_is_left_alone(tmp_path: Path) -> None:
    for name in LEFT:
        (tmp_path / name).write_bytes(b"in use")
    other = Claim(tmp_path)
    assert other.share()
    write_all({tmp_path / "c.pdf": b"new"})
    assert names(tmp_path) == {*LEFT, "c.pdf"}
    other.release()
    write_all({tmp_path / "c.pdf": b"newer"})
    assert names(tmp_path) == {"c.pdf"}


def test_nobody_writes_while_a_folder_is_cleared(tmp_path: Path) -> None:
    clearing = Claim(tmp_path)
    assert clearing.alone()
    threading.Timer(0.2, clearing.release).start()
    start = time.monotonic()
    write_all({tmp_path / "c.pdf": b"new"})
    assert time.monotonic() - start > 0.15


def test_a_lock_held_by_another_program_stops_nobody_for_long(tmp_path: Path) -> None:
    stubborn = Claim(tmp_path)
    assert stubborn.alone()
    start = time.monotonic()
    write_all({tmp_path / "c.pdf": b"new"})
    assert time.monotonic() - start < 3
    assert (tmp_path / "c.pdf").read_bytes() == b"new"
    stubborn.release()


@pytest.mark.parametrize("why", [errno.ENOLCK, errno.EBADF])
def test_a_file_system_without_locks_is_written_to_and_never_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    def flock(*_: object) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr("fcntl.flock", flock)
    (tmp_path / LEFT[0]).write_bytes(b"left")
    start = time.monotonic()
    write_all({tmp_path / "c.pdf": b"new"})
    assert time.monotonic() - start < 0.9  # nobody waited for a lock
    assert names(tmp_path) == {LEFT[0], "c.pdf"}


def test_a_system_without_locks_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    (tmp_path / LEFT[0]).write_bytes(b"left")
    write_all({tmp_path / "c.pdf": b"new"})
    assert names(tmp_path) == {LEFT[0], "c.pdf"}


# -- several at once --------------------------------------------------------------------------------------------

LOOP = """
import sys, time
from pathlib import Path
from bmcrender.cli.writing import write_all
letter, folder, end = sys.argv[1], Path(sys.argv[2]), time.monotonic() + float(sys.argv[3])
print("begun", flush=True)
while time.monotonic() < end:
    write_all({folder / name: letter.encode() * 200_000 for name in ("a.pdf", "b.pptx")})
"""


def writer(letter: str, folder: Path, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOOP, letter, str(folder), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def whole(folder: Path) -> bool:
    """Whether each file holds one writer's content."""
    contents = [(folder / name).read_bytes() for name in ("a.pdf", "b.pptx")]
    return all(len(one) == 200_000 and len(set(one)) == 1 for one in contents)


def test_two_writers_never_tear_what_a_reader_reads(tmp_path: Path) -> None:
    write_all({tmp_path / name: b"z" * 200_000 for name in ("a.pdf", "b.pptx")})
    with writer("x", tmp_path, 1.0) as first, writer("y", tmp_path, 1.0) as second:
        read = 0
        while first.poll() is None or second.poll() is None:
            assert whole(tmp_path)
            read += 1
    assert (first.returncode, second.returncode) == (0, 0)
    assert read > 5
    assert names(tmp_path) == {"a.pdf", "b.pptx"}


@pytest.mark.parametrize("times", [5, pytest.param(150, marks=pytest.mark.matrix)])
def test_a_writer_that_is_killed_leaves_whole_files_and_the_next_run_clears_up(
    tmp_path: Path, times: int
) -> None:
    write_all({tmp_path / name: b"z" * 200_000 for name in ("a.pdf", "b.pptx")})
    for number in range(times):
        with writer("xy"[number % 2], tmp_path, 30) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(0.003 * (number % 17))
            running.kill()
        assert whole(tmp_path)
    assert len(names(tmp_path)) <= 5  # each run clears up after the one before
    write_all({tmp_path / "a.pdf": b"new"})
    assert names(tmp_path) == {"a.pdf", "b.pptx"}
