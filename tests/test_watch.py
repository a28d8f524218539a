"""`-w`: every kind of save is seen, only what it concerns is rendered again, and the last good output stays."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest

from bmcrender.cli.changes import watch

ROOT = Path(__file__).resolve().parent.parent
CANVAS = "title: Harbour Bread\nblocks:\n  channels: [Market stall]\n"
PATIENCE_SECONDS = 60
QUIET_SECONDS = 0.7  # two looks and more
BEGUN = "watching for changes; Ctrl-C ends"


class Watching:
    """A running `bmcrender -w`: its lines as they come."""

    def __init__(self, here: Path, *words: str) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(here.parent),
        }
        environment.pop("FORCE_COLOR", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bmcrender", *words, "-w"],
            cwd=here,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.files: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        for stream, into in ((self.process.stderr, self.lines), (self.process.stdout, self.files)):
            assert stream is not None
            threading.Thread(target=self._read, args=(stream, into), daemon=True).start()

    @staticmethod
    def _read(stream: IO[str], into: queue.SimpleQueue[str | None]) -> None:
        for line in stream:
            into.put(line.rstrip("\n"))
        into.put(None)

    def round(self) -> str:
        """Return what the next round says: its findings, and without time and seconds what came of it."""
        said = []
        while True:
            line = self.lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, said
            if match := re.fullmatch(r"\d\d:\d\d:\d\d (.*), \d+\.\d s", line):
                return "\n".join([*said, match[1]])
            if line != BEGUN:
                said.append(line)

    def is_quiet(self) -> bool:
        """Whether no round begins for a while."""
        try:
            while self.lines.get(timeout=QUIET_SECONDS) == BEGUN:
                pass
        except queue.Empty:
            return True
        return False

    def ended(self, number: int) -> tuple[int, float]:
        """Send a signal; return the exit code and how long it took."""
        start = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE_SECONDS)
        return code, time.monotonic() - start

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()


Start = Callable[..., Watching]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a checkout with two canvases."""
    folder = tmp_path / "here"
    (folder / ".git").mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(CANVAS, "utf-8")
    return folder


@pytest.fixture
def start(here: Path) -> Iterator[Start]:
    """Return `start(*words)`: watches in the folder of the canvases until the test ends."""
    running: list[Watching] = []

    def started(*words: str) -> Watching:
        running.append(Watching(here, *words))
        return running[-1]

    yield started
    for one in running:
        one.close()


def save(file: Path, text: str) -> None:
    """Write a file in place, as some editors do."""
    with file.open("r+" if file.exists() else "w", encoding="utf-8") as stream:
        stream.truncate()
        stream.write(text)


def swap(file: Path, text: str) -> None:
    """Write a file beside and put it in place, as other editors do, keeping the time of writing and the size."""
    new = file.with_name(".new~")
    new.write_text(text, "utf-8")
    if file.exists():
        before = file.stat()
        os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(file)


# -- what is seen -----------------------------------------------------------------------------------------


def test_each_kind_of_save_renders_again_what_it_concerns(start: Start, here: Path) -> None:
    watching = start("a.yaml", "b.yaml", "--html")
    assert watching.round() == "2 canvases: 2 files"
    workers = children(watching.process.pid)
    assert watching.is_quiet()
    save(here / "a.yaml", CANVAS.replace("Market stall", "Corner shop"))
    assert watching.round() == "a.yaml: 1 file"
    assert "Corner shop" in (here / "a.html").read_text("utf-8")
    swap(here / "b.yaml", CANVAS.replace("Market stall", "Larger stall"))  # same size, same time
    assert watching.round() == "b.yaml: 1 file"
    assert "Larger stall" in (here / "b.html").read_text("utf-8")
    (here / "a.yaml").touch()
    assert watching.round() == "a.yaml: 1 file"
    assert watching.is_quiet()
    assert children(watching.process.pid) == workers


def test_no_round_takes_the_output_of_another_canvas(start: Start, here: Path) -> None:
    save(here / "b.yaml", CANVAS + "language: fr\n")
    watching = start("a.yaml", "b.yaml", "--html", "-o", "{lang}.html")
    assert watching.round() == "2 canvases: 2 files"
    before = (here / "fr.html").read_bytes()
    save(here / "a.yaml", CANVAS + "language: fr\n")
    told = watching.round().splitlines()
    assert told[0].startswith("error[clash]: b.yaml and a.yaml would both be written to ")
    assert told[1:] == ["a.yaml: nothing written, 1 error"]
    assert (here / "fr.html").read_bytes() == before
    (here / "b.yaml").unlink()
    assert watching.round().endswith("b.yaml: nothing written, 1 error")
    (here / "a.yaml").touch()
    assert watching.round() == "a.yaml: 1 file"


def test_canvases_that_come_into_a_folder_are_rendered(start: Start, here: Path) -> None:
    watching = start(".", "--html", "-o", "out/", "--only-changed")
    assert watching.round() == "2 canvases: 2 files"
    swap(here / "c.yaml", CANVAS)
    assert watching.round() == "./c.yaml: 1 file"
    (here / "c.yaml").touch()
    assert watching.round() == "./c.yaml: 1 unchanged"
    (here / "c.yaml").unlink()
    assert watching.is_quiet()
    save(here / "notes.yaml", "no: canvas\n")
    assert watching.is_quiet()
    save(here / "notes.yaml", CANVAS)
    assert watching.round() == "./notes.yaml: 1 file"


def test_an_error_is_told_and_the_last_good_output_kept(start: Start, here: Path) -> None:
    watching = start("a.yaml", "--html")
    assert watching.round() == "a.yaml: 1 file"
    good = (here / "a.html").read_bytes()
    save(here / "a.yaml", "titel: x\n")
    assert watching.round() == (
        'a.yaml:1:1: error[unknown-key]: there is no key "titel"; did you mean "title"?\n'
        "a.yaml: nothing written, 1 error"
    )
    (here / "a.yaml").unlink()
    assert watching.round() == (
        "a.yaml: error[cannot-read]: cannot be read: there is no such file\na.yaml: nothing written, 1 error"
    )
    assert (here / "a.html").read_bytes() == good
    swap(here / "a.yaml", CANVAS.replace("Harbour", "Better"))
    assert watching.round() == "a.yaml: 1 file"
    assert b"Better Bread" in (here / "a.html").read_bytes()


def test_files_that_are_not_there_yet_are_watched_too(start: Start, here: Path) -> None:
    from PIL import Image

    save(here / "a.yaml", CANVAS + "logo: pictures/logo.png\n")
    watching = start("a.yaml", "b.yaml", "--html")
    assert watching.round().splitlines() == [
        'a.yaml:4:7: error[logo-missing]: there is no file "pictures/logo.png" beside the canvas; check its name',
        "2 canvases: 1 file, 1 error",
    ]
    (here / "pictures").mkdir()
    Image.new("RGB", (20, 10)).save(here / "pictures/logo.png")
    assert watching.round() == "a.yaml: 1 file"
    save(here / "bmcrender.yaml", "language: fr\n")
    assert watching.round() == "2 canvases: 2 files"
    assert 'lang="fr"' in (here / "b.html").read_text("utf-8")
    swap(here / "bmcrender.yaml", "theme: ./looks\n")
    assert watching.round().splitlines() == [
        "bmcrender.yaml:1:8: error[cannot-read]: looks is not there",
        "2 canvases: nothing written, 1 error",
    ]
    (here / "looks").mkdir()
    swap(here / "looks/theme.css", ".sheet { --seen: 1 }\n")
    assert watching.round() == "2 canvases: 2 files"
    (here / "bmcrender.yaml").unlink()
    assert watching.round() == "2 canvases: 2 files"


def test_all_files_of_a_theme_are_watched(start: Start, here: Path) -> None:
    theme = here / "house"
    theme.mkdir()
    save(theme / "theme.yaml", "theme: house\nextends: modern\ntokens: {colors: {accent: '#123456'}}\n")
    watching = start("a.yaml", "--html", "-t", "./house")
    assert watching.round() == "a.yaml: 1 file"
    assert "#123456" in (here / "a.html").read_text("utf-8")
    swap(theme / "theme.yaml", "theme: house\nextends: modern\ntokens: {colors: {accent: '#654321'}}\n")
    assert watching.round() == "a.yaml: 1 file"
    assert "#654321" in (here / "a.html").read_text("utf-8")
    (theme / "theme.yaml").unlink()
    (theme / "theme.css").write_text("p { color: #010203 }\n", "utf-8")
    assert watching.round() == "a.yaml: 1 file"
    assert "#010203" in (here / "a.html").read_text("utf-8")


@pytest.mark.slow
def test_a_round_is_a_warm_render_and_a_signal_ends_it_without_a_trace(start: Start, here: Path) -> None:
    watching = start("a.yaml", "--pdf", "-v")
    assert watching.round().endswith("a.yaml: 1 file")
    workers = children(watching.process.pid)
    assert len(workers) == 1
    for number in range(3):
        save(here / "a.yaml", CANVAS + f"version: {number}\n")
        assert watching.round().endswith("a.yaml: 1 file")
        assert children(watching.process.pid) == workers
    code, seconds = watching.ended(signal.SIGINT)
    assert code == 130
    assert seconds < 2
    assert not Path(f"/proc/{workers[0]}").exists()
    assert sorted(one.name for one in here.parent.iterdir()) == ["here"]


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    if not found.exists():
        pytest.skip("this system does not tell what processes have started")
    return [int(one) for one in found.read_text("ascii").split()]


# -- usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-", "-o", "x.pdf"], "error[bad-watch]: standard input cannot be watched; name a file\n"),
        (["a.yaml", "-o", "-"], "error[bad-watch]: standard output cannot take what is rendered again and again; write -o FILE\n"),
        (["a.yaml", "-t", "nope"], "error[unknown-theme]"),
        (["a.yaml", "--set", "title"], "error[bad-setting]"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_not_watched(
    command: Callable[..., tuple[int, str, str]], here: Path, words: list[str], told: str
) -> None:
    os.chdir(here)
    code, out, err = command(*words, "--watch")
    assert (code, out) == (2, "")
    assert told in err


# -- the loop itself ----------------------------------------------------------------------------------------


class Enough(Exception):
    """The test has seen what it wanted."""


def test_what_changes_while_it_is_rendered_is_rendered_again(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    read: list[str] = []

    def render(_: Sequence[str]) -> None:
        read.append(file.read_text())
        if len(read) < 3:
            file.write_text(file.read_text() + "1")
        if len(read) == 4:
            raise Enough
        if len(read) == 3:
            threading.Timer(0.3, lambda: file.write_text("last")).start()

    with pytest.raises(Enough):
        watch(lambda: [str(file)], lambda _: (), render)
    assert read == ["1", "11", "111", "last"]


def test_a_save_in_several_steps_is_rendered_once(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    read: list[str] = []

    def slowly() -> None:
        with file.open("w", encoding="utf-8") as stream:
            for _ in range(8):
                stream.write("x")
                stream.flush()
                time.sleep(0.03)

    def render(_: Sequence[str]) -> None:
        read.append(file.read_text())
        if len(read) == 1:
            threading.Timer(0.1, slowly).start()
        else:
            raise Enough

    with pytest.raises(Enough):
        watch(lambda: [str(file)], lambda _: (), render)
    assert read == ["old", "x" * 8]


def test_canvases_that_come_are_rendered_and_those_that_go_are_not_missed(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    rounds: list[list[str]] = []

    def render(some: Sequence[str]) -> None:
        rounds.append([Path(one).name for one in some])
        if len(rounds) == 1:
            (tmp_path / "b").touch()
        elif len(rounds) == 2:
            (tmp_path / "a").unlink()
            (tmp_path / "c").touch()
        else:
            raise Enough

    with pytest.raises(Enough):
        watch(lambda: sorted(map(str, tmp_path.iterdir())), lambda _: (), render)
    assert rounds == [["a"], ["b"], ["c"]]


def test_of_a_folder_only_what_is_read_from_it_counts(tmp_path: Path) -> None:
    looks, rounds = 0, 0

    def named() -> Sequence[str]:
        nonlocal looks
        looks += 1
        if looks == 12:
            raise Enough
        return ["a"]

    def render(_: Sequence[str]) -> None:
        nonlocal rounds
        rounds += 1
        for name in ("a.html", "a.pdf", "a.d", ".hidden.css"):
            (tmp_path / name).write_text(str(rounds))
        if rounds == 1:
            (tmp_path / "theme.css").write_text("")

    with pytest.raises(Enough):
        watch(named, lambda _: [tmp_path], render)
    assert rounds == 2
