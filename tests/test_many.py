"""Many canvases in one run: which are found, where they go, what is told, what is left untouched."""

from __future__ import annotations

import ctypes
import json
import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bmcrender.cli.canvases import canvases_of
from bmcrender.cli.progress import clock, line
from bmcrender.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
Command = Callable[..., tuple[int, str, str]]
GOOD = "title: Repair café\nblocks:\n  channels: [one]\n"
WRONG = "title: Repair café\nblokcs:\n  channels: [one]\n"


def write(folder: Path, *names: str, text: str = GOOD) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of canvases, with what else may lie in them."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "c/b.yaml", "c/a.yml", "c/deep/er/b.yaml", "c/.hidden.yaml", "c/.git/x.yaml")
    write(tmp_path, "c/data.json", text='{"title": "x", "blocks": {"channels": []}}')
    write(tmp_path, "c/bmcrender.yaml", text="language: en\n")
    write(tmp_path, "c/theme.yaml", text="theme: mine\nextends: classic\n")
    write(tmp_path, "c/schema.json", text='{"title": "a schema", "type": "object"}')
    write(tmp_path, "c/notes.txt")
    return tmp_path


def found(*words: str) -> tuple[dict[str, str], list[str]]:
    told: list[str] = []
    return canvases_of(words, told.append), told


# -- which canvases --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tree")
def test_a_folder_is_all_canvases_in_it_and_below() -> None:
    canvases, told = found("c")
    assert canvases == {"c/a.yml": "", "c/b.yaml": "", "c/data.json": "", "c/deep/er/b.yaml": "deep/er"}
    assert [one.split()[0] for one in told] == ["c/schema.json", "c/theme.yaml"]
    assert found("c/")[0].keys() == canvases.keys()
    assert found(".")[0].keys() == {f"./{one}" for one in canvases}


def test_a_canvas_in_a_folder_may_have_no_blocks_or_no_title_yet(tree: Path) -> None:
    write(tree, "d/title.yaml", text="# a comment\n'title' : x\n")
    write(tree, "d/blocks.yaml", text="\ufeffblocks:\n")
    (tree / "d" / "wide.yaml").write_bytes("title: x\n".encode("utf-16"))
    write(tree, "d/other.yaml", text="nested:\n  title: x\n")
    assert list(found("d")[0]) == ["d/blocks.yaml", "d/title.yaml", "d/wide.yaml"]


@pytest.mark.usefixtures("tree")
def test_patterns_are_expanded_where_the_shell_has_not() -> None:
    assert found("c/*.y*ml")[0] == {"c/a.yml": "", "c/b.yaml": "", "c/theme.yaml": ""}
    assert list(found("c/**/b.yaml")[0]) == ["c/b.yaml", "c/deep/er/b.yaml"]
    assert "c/notes.txt" not in found("c/*")[0]
    assert list(found("c/*.txt")[0]) == ["c/notes.txt"]


@pytest.mark.parametrize("words", [("c/**/*.yaml",), ("**/*.yaml",), ("c", "c/deep/up", "c/alias/er/b.yaml")])
def test_linked_folders_are_entered_once_and_by_their_own_names(tree: Path, words: tuple[str, ...]) -> None:
    for name, to in (("c/deep/up", ".."), ("c/deep/er/here", "."), ("c/alias", "deep"), ("c/zed", "../out")):
        (tree / name).symlink_to(to)
    (tree / "out").mkdir()
    write(tree, "out/far.yaml")
    (tree / "c/deep/same.yaml").symlink_to("../b.yaml")  # another name, another canvas
    names = [one for one in found(*words)[0] if not one.endswith(("/theme.yaml", ".yml", ".json"))]
    far = {"c": [], "c/**/*.yaml": ["c/zed/far.yaml"], "**/*.yaml": ["out/far.yaml"]}[words[0]]
    assert sorted(names) == ["c/b.yaml", "c/deep/er/b.yaml", "c/deep/same.yaml", *far]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tree: Path) -> None:
    write(tree, "c/a[1].yaml", "c/a1.yaml")
    assert list(found("c/a[1].yaml")[0]) == ["c/a[1].yaml"]


@pytest.mark.usefixtures("tree")
def test_each_canvas_comes_once_in_the_order_of_the_words() -> None:
    assert list(found("c/b.yaml", "./c/b.yaml", "-", "c/*.yml", "c", "-")[0]) == [
        "c/b.yaml", "-", "c/a.yml", "c/data.json", "c/deep/er/b.yaml",
    ]  # fmt: skip


@pytest.mark.usefixtures("tree")
def test_a_project_file_among_canvases_is_left_out() -> None:
    canvases, told = found("c/a.yml", "c/bmcrender.yaml")
    assert list(canvases) == ["c/a.yml"]
    assert told == ["c/bmcrender.yaml is a project file: left out"]
    with pytest.raises(UsageError, match="name of project files"):
        found("c/bmcrender.yaml")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("empty", "there is no canvas in empty"),
        ("c/*.yamll", "nothing matches c/*.yamll"),
        ("missing/", "there is no folder missing/"),
        ("chekc", 'there is no command, file or folder chekc; did you mean "check"?'),
        ("list", "there is no command, file or folder list; see `bmcrender --help`"),
        ("harbor", 'there is no command, file or folder harbor; did you mean "harbour.yaml"?'),
        ("emtpy", 'there is no command, file or folder emtpy; did you mean "empty"?'),
    ],
)
def test_a_word_that_names_no_canvas_is_wrong(tree: Path, word: str, told: str) -> None:
    write(tree, "harbour.yaml")
    (tree / "empty").mkdir()
    with pytest.raises(UsageError) as raised:
        found("c/a.yml", word)
    (one,) = raised.value.diagnostics
    assert told in f"{one.message}; {one.hint}"


READ_ALL = 1 << 1 | 1 << 2  # Linux's capabilities CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def without_rights() -> Iterator[None]:
    """Heed the rights of files for a while where one is root, who need not."""
    if os.geteuid() != 0:
        yield
        return
    header, held = struct.pack("Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
    libc = ctypes.CDLL(None)
    assert libc.capget(header, held) == 0
    effective, *others = struct.unpack("6I", held.raw)
    assert libc.capset(header, struct.pack("6I", effective & ~READ_ALL, *others)) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0


@pytest.mark.parametrize("option", [(), ("--data", "c/deep"), ("--font-path", "c/deep"), ("-t", "c/deep")])
def test_a_folder_that_cannot_be_read_is_told(command: Command, tree: Path, option: tuple[str, ...]) -> None:
    write(tree, "c/a.yml", "c/deep/b.yaml")
    (tree / "c" / "deep").chmod(0)
    with without_rights():
        code, _, err = command("check", "c/a.yml" if option else "c", *option)
    (tree / "c" / "deep").chmod(0o755)
    assert (code, "cannot be read: permission denied" in err) == (4, True), err


def test_a_word_that_names_nothing_is_told_where_the_working_directory_cannot_be_read(
    command: Command, tree: Path
) -> None:
    tree.chmod(0o311)
    with without_rights():
        code, _, err = command("nothing")
    tree.chmod(0o755)
    assert (code, "there is no command, file or folder nothing" in err) == (2, True), err


# -- where they go ---------------------------------------------------------------------------------------


def test_a_folder_of_outputs_keeps_the_tree(command: Command, tree: Path) -> None:
    write(tree, "one.yaml")
    code, out, err = command("c", "one.yaml", "--pptx", "-o", "out/", "-j", "2", "-v")
    assert code == 0, err
    assert out.split() == [
        "out/a.pptx", "out/b.pptx", "out/data.pptx", "out/deep/er/b.pptx", "out/one.pptx",
    ]  # fmt: skip
    assert all((tree / name).is_file() for name in out.split())
    assert "c/theme.yaml has neither title nor blocks, so it is no canvas: left out\n" in err
    assert err.count(" bytes\n") == 5
    assert err.splitlines()[-1].startswith("5 canvases: 5 done, 5 files, ")


def test_a_pattern_of_outputs_may_keep_the_tree(command: Command, tree: Path) -> None:
    (tree / "c" / "data.json").unlink()
    code, out, err = command("c", "--pptx", "-o", "{dir}/{lang}-{stem}.pptx")
    assert (code, out.split()) == (0, ["en-a.pptx", "en-b.pptx", "deep/er/en-b.pptx"]), err


@pytest.mark.parametrize("pattern", ["o/{stem}.{ext}", "o/{stem}.{lang}.{ext}"])
def test_clashes_are_found_before_anything_is_written(command: Command, tree: Path, pattern: str) -> None:
    code, out, err = command("c", "-o", pattern, "--pptx", "-j", "2")
    assert (code, out) == (2, "")
    assert "c/b.yaml and c/deep/er/b.yaml would both be written to o/b." in err
    assert "{dir} is the folder below the one named" in err
    assert not (tree / "o").exists()


def test_what_a_canvas_is_made_from_is_never_overwritten(command: Command, tree: Path) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tree / "c" / "b.png")
    before = (tree / "c" / "b.png").read_bytes()
    write(tree, "c/b.yaml", text="title: x\nlogo: b.png\n")
    for more in ((), ("c/a.yml",)):
        code, _, err = command("c/b.yaml", *more, "--png", "--width", "16")
        assert code == 4
        assert "error[clash]: c/b.png is read for this canvas and would be overwritten" in err
    assert (tree / "c" / "b.png").read_bytes() == before


# -- what is told ----------------------------------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Canvases of which one is good, one has errors, one a warning, one is missing."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "d.yaml")
    write(tmp_path, "b.yaml", text=WRONG)
    write(tmp_path, "c.yaml", text="title: x\nlanguage: it\n")
    return tmp_path


MIXED = ("a.yaml", "b.yaml", "c.yaml", "d.yaml", "--pptx", "-o", "out/")


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("jobs", ["1", "auto"])
def test_findings_and_files_come_in_the_order_of_the_canvases(command: Command, jobs: str) -> None:
    code, out, err = command(*MIXED, "-j", jobs)
    assert (code, out) == (4, "out/c.pptx\nout/d.pptx\n")
    lines = err.splitlines()
    assert [one.split(":")[0] for one in lines[:3]] == ["a.yaml", "b.yaml", "c.yaml"]
    assert lines[3].startswith("4 canvases: 2 done, 2 with errors, 2 files, ")
    assert lines[3].endswith(" s (2 errors, 1 warning)")


@pytest.mark.usefixtures("mixed")
def test_silent_means_silent(command: Command) -> None:
    code, out, err = command("c.yaml", "d.yaml", "--pptx", "-q", "-j", "2")
    assert (code, out, err) == (0, "", "")
    code, out, err = command(*MIXED, "-q")
    assert (code, out) == (4, "")
    assert [one.split(":")[0] for one in err.splitlines()] == ["a.yaml", "b.yaml"]


@pytest.mark.usefixtures("mixed")
def test_strict_writes_only_what_has_no_warning(command: Command) -> None:
    code, out, err = command("c.yaml", "d.yaml", "--pptx", "--strict")
    assert (code, out) == (3, "d.pptx\n")
    assert "2 canvases: 1 done, 1 with warnings, 1 file, " in err


@pytest.mark.usefixtures("mixed")
def test_programs_get_findings_and_nothing_else(command: Command) -> None:
    _, _, err = command(*MIXED, "--diagnostics", "json", "-v", "-j", "2")
    assert [json.loads(one)["file"] for one in err.splitlines()] == ["a.yaml", "b.yaml", "c.yaml"]
    _, _, err = command(*MIXED[:2], "--diagnostics", "github")
    assert [one.partition("file=")[2][:6] for one in err.splitlines()] == ["a.yaml", "b.yaml"]


def test_errors_are_shown_however_many_warnings_were_silenced(command: Command, tmp_path: Path) -> None:
    for number in range(25):
        write(tmp_path, f"c/{number:02}.yaml", text="title: x\nlanguage: it\n")
    write(tmp_path, "c/last.yaml", text=WRONG)
    _, _, err = command("check", "c", "-q")
    assert [one.split(":")[0] for one in err.splitlines()] == ["c/last.yaml"]


@pytest.mark.usefixtures("mixed")
def test_a_wrong_option_ends_the_run(command: Command) -> None:
    code, out, err = command("c.yaml", "d.yaml", "--page-size", "a9")
    assert (code, out) == (2, "")
    assert err.count("error[bad-page]") == 1


def test_check_takes_folders_and_patterns_too(command: Command, tree: Path) -> None:
    write(tree, "c/deep/wrong.yaml", text=WRONG)
    code, out, err = command("check", "c", "c/deep/*.yaml")
    assert (code, out) == (1, "")
    assert err.startswith("c/deep/wrong.yaml:2:1: error[unknown-key]")
    assert err.count("\n") == 1


def test_a_line_of_progress() -> None:
    assert line(0, 8, 0.0) == "[------------------------] 0/8"
    assert line(2, 8, 4.0) == "[######------------------] 2/8  0.5/s  0:12 left"
    assert line(8, 8, 90.0, "names") == "[########################] 8/8  names  0.1/s  0:00 left"
    assert [clock(one) for one in (59.4, 760, 3723)] == ["0:59", "12:40", "1:02:03"]


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("value", ["-1", "x", "1.5", "1000"])
def test_a_wrong_number_of_workers_is_told(command: Command, value: str) -> None:
    code, out, err = command("d.yaml", f"--jobs={value}")
    assert (code, out) == (2, "")
    assert "is no number of workers up to 256; write 4, or auto" in err


# -- what is left untouched ------------------------------------------------------------------------------


def test_only_changed_leaves_right_files_untouched(command: Command, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "b.yaml")

    def times() -> list[int]:
        return [(tmp_path / name).stat().st_mtime_ns for name in ("a.pptx", "b.pptx")]

    command("a.yaml", "b.yaml", "--pptx")
    for name in ("a.pptx", "b.pptx"):
        os.utime(tmp_path / name, ns=(1, 1))
    write(tmp_path, "b.yaml", text=GOOD.replace("one", "two"))
    code, out, err = command("a.yaml", "b.yaml", "--pptx", "--only-changed")
    assert (code, out) == (0, "b.pptx\n")
    assert "2 canvases: 2 done, 1 file, 1 unchanged, " in err
    assert times()[0] == 1 != times()[1]
    assert command("a.yaml", "--pptx", "--only-changed")[:2] == (0, "")
    assert times()[0] == 1
    assert command("a.yaml", "--pptx")[:2] == (0, "a.pptx\n")
    assert times()[0] > 1


# -- what it takes ---------------------------------------------------------------------------------------


def resident(process: int) -> float:
    """The memory of a process in MiB, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return next(int(one.split()[1]) / 1024 for one in lines if one.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0.0


def children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []


@pytest.mark.matrix
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_memory_stays_bounded_over_many_canvases(tmp_path: Path) -> None:
    example = (ROOT / "examples" / "fa-khaknegar.yaml").read_text(encoding="utf-8")
    for number in range(300):
        write(tmp_path, f"c/{number:03}.yaml", text=f"{example}\n# {number}\n")
    own, workers = [], []
    with subprocess.Popen(
        [sys.executable, "-m", "bmcrender", "c", "-o", "out/", "--pdf", "-j", "2", "-q"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as running:
        while running.poll() is None:
            own.append(resident(running.pid))
            workers += map(resident, children(running.pid))
            time.sleep(0.2)
    assert running.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 300
    assert max(own) < 60
    assert 20 < max(workers) < 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_in_a_folder_are_left_out(tree: Path) -> None:
    os.mkfifo(tree / "c" / "pipe.yaml")
    canvases, told = found("c")
    assert "c/pipe.yaml" not in canvases
    assert "c/pipe.yaml is a pipe or a device: left out" in told


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("c/b.yaml", "-o", ""), "-o names nothing; write a value after it, or leave it out"),
        (("c/b.yaml", "--theme="), "--theme names nothing"),
        (("check", "c/b.yaml", "-l", ""), "-l names nothing"),
        (("c/b.yaml", "--deps", "", "-q"), "--deps names nothing"),
        (("c/b.yaml", "--project", ""), "--project names nothing"),
        (("c/b.yaml", "--set", ""), "--set names nothing"),
        (("blank", "--template", ""), "--template names nothing"),
        (("themes", "--create", ""), "--create names nothing"),
        (("fonts", "--font-path", ""), "--font-path names nothing"),
        (("", "c/b.yaml"), "an empty word names nothing; leave it out; is a variable of the shell empty?"),
        (("c/b.yaml", "--pdf", ""), "an empty word names nothing"),
        (("new", ""), "an empty word names nothing"),
    ],
)
def test_empty_words_are_refused(command: Command, words: tuple[str, ...], said: str) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert f"error[empty-value]: {said}" in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("c/b.yaml", "--pdf", "--deck", "overview"), "--deck is for decks; write --pptx"),
        (("c/b.yaml", "--pptx", "--page-size", "a2"), "--page-size is for pages, which a deck does not have"),
        (("c/b.yaml", "--pptx", "--portrait"), "--portrait is for pages"),
        (("c/b.yaml", "-o", "x.pptx", "--layout", "handout"), "--layout is for pages"),
        (("c/b.yaml", "--pptx", "--margin", "0"), "--margin is for pages"),
        (("blank", "--pptx", "--overflow", "continue"), "--overflow is for pages"),
        (("c/b.yaml", "--html", "--no-embed-fonts"), "--no-embed-fonts is for decks"),
        (("c/b.yaml", "--png", "--template-layout", "block=X"), "--template-layout is for decks"),
        (("c/b.yaml", "--html", "--png", "--tile", "a4"), "--tile is for PDF files; write --pdf, or leave"),
        (("c/b.yaml", "--pptx", "--width", "800"), "--width is for pictures; write --png, or leave"),
        (("c/b.yaml", "--time-limit", "nan"), "'nan' is no number of seconds"),
        (("doctor", "--template-layout", "block=X"), "--template-layout names layouts of a template"),
    ],
)
def test_options_that_would_do_nothing_are_refused(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert said in err
