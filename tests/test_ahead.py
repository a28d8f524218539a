"""A worker is begun from the bare words of a command line, if they look like the rendering of one canvas."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest

from bmcrender.cli import ahead, outputs
from bmcrender.model import Format
from bmcrender.supervisor import Supervisor


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("canvas.yaml", "other.json", "check"):
        (tmp_path / name).touch()
    (tmp_path / "folder.yaml").mkdir()
    monkeypatch.chdir(tmp_path)


def test_it_knows_the_endings_and_formats_that_the_command_line_does() -> None:
    assert (ahead.CANVASES, ahead.STDIN) == (outputs.CANVAS_SUFFIXES, outputs.STDIN)
    assert sorted(ahead.FORMATS) == sorted(get_args(Format)) == sorted(outputs.SUFFIXES.values())


@pytest.mark.parametrize(
    ("line", "formats"),
    [
        ("canvas.yaml", ("pdf",)),
        ("render canvas.yaml --pptx -o out/", ("pptx",)),
        ("-q canvas.yaml -o deck.pptx", ("pptx",)),
        ("canvas.yaml --png --pdf --theme dark", ("pdf", "png")),
        ("canvas.yaml --output=page.html", ("html",)),
        ("canvas.yaml -o -", ("pdf",)),
        ("- --pptx", ("pptx",)),
    ],
)
def test_one_canvas_begins_a_worker_for_its_formats(line: str, formats: tuple[str, ...]) -> None:
    assert ahead.wanted(line.split()) == formats


@pytest.mark.parametrize(
    "line",
    [
        "",
        "check canvas.yaml",
        "new -o canvas.yaml",
        "--help canvas.yaml",
        "--version",
        "missing.yaml",
        "folder.yaml",
        "canvas.yaml other.json",
        "*.yaml",
        "canvas.yaml --memory-limit 1GiB",
        "canvas.yaml --time-limit=5",
        "canvas.yaml --dask tcp://host:8786",
    ],
)
def test_all_else_begins_none(line: str) -> None:
    assert ahead.wanted(line.split()) == ()


def test_a_worker_begun_before_its_fonts_are_known_takes_those_of_its_first_job() -> None:
    with Supervisor() as worker:
        worker.begin(fonts=None)
        begun = worker._child
        fonts = (("fonts/given.ttf", b"font"),)
        assert worker.run(os.listdir, "fonts", fonts=fonts) == ["0-given.ttf"]
        assert worker._child is begun
        assert worker.run(os.listdir, "fonts") == []
        assert worker._child is not begun
