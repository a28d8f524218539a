"""Dependencies for Make and Ninja: what is listed, how it is written, and that both build tools read it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bmcrender.cli.deps import Made, deps_of, make_rules

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parent.parent
GOOD = "title: Repair café\nblocks:\n  channels: [one]\n"
# What a folder of canvases may be called; Ninja reads no names with ' ; & | * ?, nor Make those with %.
NAMES = ("a b", "a#b", "a$b", "a\\b", "a\\ b", "a\\\\ b", "a:b", "x: y", "~a", "a[1]b", "{c}", "نقشه")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A canvas with a logo, a project file, and a theme whose files have names that need care."""
    from PIL import Image

    theme = tmp_path / "my theme"
    theme.mkdir()
    (theme / "theme.yaml").write_text("theme: mine\nextends: classic\n", encoding="utf-8")
    (theme / "po ster#1.css").write_text("/* nothing */", encoding="utf-8")
    (tmp_path / "bmcrender.yaml").write_text("theme: ./my theme\n", encoding="utf-8")
    Image.new("RGB", (8, 8)).save(tmp_path / "logo $1.png")
    (tmp_path / "a canvas.yaml").write_text(f"{GOOD}logo: logo $1.png\n", encoding="utf-8")
    (tmp_path / "plain.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


READ = ["logo $1.png", "bmcrender.yaml", "my theme/po ster#1.css", "my theme/theme.yaml"]


# -- what is listed --------------------------------------------------------------------------------------


def test_all_files_that_were_read_are_listed(command: Command, here: Path) -> None:
    from pptx import Presentation

    Presentation().save(str(here / "corp.pptx"))
    code, out, err = command("a canvas.yaml", "--pptx", "--deps", "out.d", "--template", "corp.pptx")
    assert (code, out) == (0, "a canvas.pptx\n"), err
    assert (here / "out.d").read_text(encoding="utf-8") == (
        "a\\ canvas.pptx: a\\ canvas.yaml \\\n  logo\\ $$1.png \\\n  bmcrender.yaml \\\n  corp.pptx \\\n"
        "  my\\ theme/po\\ ster\\#1.css \\\n  my\\ theme/theme.yaml\n"
        "logo\\ $$1.png:\nbmcrender.yaml:\ncorp.pptx:\nmy\\ theme/po\\ ster\\#1.css:\nmy\\ theme/theme.yaml:\n"
    )


def test_as_json_for_several_canvases(command: Command, here: Path) -> None:
    code, _, err = command(
        "plain.yaml", "a canvas.yaml", "--pptx", "--deps", "all.json", "-o", "o/", "-j", "2"
    )
    assert code == 0, err
    data = json.loads((here / "all.json").read_text(encoding="utf-8"))
    assert data["outputs"] == ["o/a canvas.pptx", "o/plain.pptx"]
    assert data["inputs"] == ["a canvas.yaml", *READ, "plain.yaml"]
    assert data["canvases"][1] == {
        "canvas": "plain.yaml",
        "inputs": ["plain.yaml", *READ[1:]],
        "outputs": ["o/plain.pptx"],
    }


@pytest.mark.usefixtures("here")
def test_further_pages_are_outputs_too(command: Command) -> None:
    words = ("--png", "--width", "16", "--layout", "handout", "--no-project")
    code, out, err = command("plain.yaml", *words, "--deps", "-", "--deps-format", "json")
    assert code == 0, err
    assert json.loads(out)["outputs"][:2] == ["plain.png", "plain-2.png"]


def test_a_canvas_with_errors_has_none(command: Command, here: Path) -> None:
    (here / "wrong.yaml").write_text("titel: x\n", encoding="utf-8")
    assert command("wrong.yaml", "--pptx", "--deps", "out.d")[0] == 1
    assert not (here / "out.d").exists()
    assert command("wrong.yaml", "plain.yaml", "--pptx", "--deps", "out.d")[0] == 1
    assert (here / "out.d").read_text(encoding="utf-8").startswith("plain.pptx: plain.yaml \\\n")


def test_outputs_and_dependencies_are_written_together_or_not_at_all(command: Command, here: Path) -> None:
    (here / "plain.pptx").write_bytes(b"older")
    code, out, err = command("plain.yaml", "--pptx", "--deps", "missing/out.d")
    assert (code, out) == (4, "")
    assert "missing/out.d: error[cannot-write]" in err
    assert (here / "plain.pptx").read_bytes() == b"older"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--deps-format", "make"), "--deps-format is for --deps"),
        (("-o", "-", "--deps", "x.d"), "standard output has no name"),
        (
            ("--deps", "plain.yaml"),
            "plain.yaml is a canvas and would be overwritten; choose another --deps",
        ),
        (
            ("--pptx", "--deps", "plain.pptx"),
            "--deps and plain.yaml would both be written to plain.pptx; name another file for --deps",
        ),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(command: Command, words: tuple[str, ...], told: str) -> None:
    code, out, err = command("plain.yaml", *words)
    assert (code, out) == (2, "")
    assert told in err


def test_dependencies_overwrite_nothing_that_is_read(command: Command, here: Path) -> None:
    written = (here / "bmcrender.yaml").read_bytes()
    code, out, err = command("plain.yaml", "--pptx", "--deps", "bmcrender.yaml")
    assert (code, out) == (4, "")
    assert "bmcrender.yaml is read for this canvas and would be overwritten; choose another --deps" in err
    assert (here / "bmcrender.yaml").read_bytes() == written
    assert not (here / "plain.pptx").exists()


def test_a_line_break_in_a_name_is_for_json_only(command: Command, here: Path) -> None:
    (here / "two\nlines.yaml").write_text(GOOD, encoding="utf-8")
    code, _, err = command("two\nlines.yaml", "--pptx", "--no-project", "--deps", "x.d")
    assert (code, "write --deps-format json" in err) == (2, True)
    words = ("plain.yaml", "two\nlines.yaml", "--pptx", "--no-project", "--deps", "x.d")
    for output in ((), ("-o", "out/{theme}-{ext}.pptx")):
        code, out, err = command(*words, *output)
        assert (code, out, "write --deps-format json" in err) == (2, "", True)
    assert not list(here.rglob("*.pptx"))
    assert command("two\nlines.yaml", "--pptx", "--no-project", "--deps", "x.json")[0] == 0


# -- read by build tools ---------------------------------------------------------------------------------


def tool(name: str) -> str:
    path = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def ran(folder: Path, *words: str) -> str:
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def later(path: Path) -> None:
    """Touch a file, later than all that was written before."""
    time.sleep(0.02)
    os.utime(path)


BMCRENDER = f"'{sys.executable}' -m bmcrender 'a canvas.yaml' --pptx -o out.pptx --deps out.d -q"


def test_make_builds_again_once_when_a_file_has_changed(here: Path) -> None:
    (here / "Makefile").write_text(
        f"out.pptx: a\\ canvas.yaml\n\t@echo built\n\t@{BMCRENDER}\n-include out.d\n", encoding="utf-8"
    )
    make = tool("make")
    assert ran(here, make) == "built\n"
    assert "up to date" in ran(here, make)
    later(here / "my theme" / "po ster#1.css")
    assert ran(here, make) == "built\n"
    assert "up to date" in ran(here, make)
    (here / "my theme" / "po ster#1.css").unlink()
    assert ran(here, make) == "built\n"


def test_ninja_builds_again_once_when_a_file_has_changed(here: Path) -> None:
    (here / "build.ninja").write_text(
        f"rule canvas\n  command = {BMCRENDER}\n  depfile = out.d\n  deps = gcc\n"
        "build out.pptx: canvas a$ canvas.yaml\n",
        encoding="utf-8",
    )
    ninja = tool("ninja")
    assert "[1/1]" in ran(here, ninja)
    assert "no work to do" in ran(here, ninja)
    for name in ("logo $1.png", "my theme/po ster#1.css"):
        later(here / name)
        assert "[1/1]" in ran(here, ninja), name
        assert "no work to do" in ran(here, ninja)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_written_as_both_tools_read_them(tmp_path: Path, name: str) -> None:
    source, other, made = (f"{name}.yaml", f"other {name}.css", f"{name}.out")
    for file in (source, other, made):
        (tmp_path / file).touch()
        time.sleep(0.01)
    (tmp_path / "x.d").write_text(make_rules([Made((made,), (source, other))]), encoding="utf-8")
    (tmp_path / "Makefile").write_text("%.out:\n\t@echo\ninclude x.d\n", encoding="utf-8")
    asked = [tool("make"), "-q", f"./{made}" if made.startswith("~") else made]
    assert subprocess.run(asked, cwd=tmp_path, check=False).returncode == 0
    later(tmp_path / other)
    assert subprocess.run(asked, cwd=tmp_path, check=False).returncode == 1
    (tmp_path / "build.ninja").write_text(
        "rule r\n  command = cp x.d y.d && touch stamp\n  depfile = y.d\n  deps = gcc\nbuild stamp: r\n",
        encoding="utf-8",
    )
    ran(tmp_path, tool("ninja"))
    listed = ran(tmp_path, tool("ninja"), "-t", "deps").splitlines()
    assert [one.strip() for one in listed[1:] if one.strip()] == [source, other]


# -- names that are not UTF-8 ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["make", "json"])
def test_names_that_are_not_utf8_are_written_back(form: str) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    deps = deps_of("out", form)  # type: ignore[arg-type]
    assert deps is not None
    deps.add(name, [Path("a.pdf")], [name])
    if form == "make":
        assert deps.data == b"a.pdf: caf\xe9.yaml\n"
    else:
        assert json.loads(deps.data)["inputs"] == [name]
