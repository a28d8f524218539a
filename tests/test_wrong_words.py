"""Words that are no command line: what is wrong with them, in one line, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., tuple[int, str, str]]
GOOD = "title: Repair café\nblocks:\n  channels: [one]\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("c.yaml", "--ptx"), 'there is no option --ptx; did you mean "--pptx"?'),
        (("c.yaml", "--page_size", "a4"), "there is no option --page_size; write --page-size"),
        (("c.yaml", "-pdf"), "there is no option -pdf; write --pdf"),
        (("c.yaml", "--lang", "fa"), "there is no option --lang; write --language"),
        (("c.yaml", "--format", "pdf"), "there is no option --format; write --pdf, --pptx, --html or --png"),
        (("c.yaml", "--title", "B"), "there is no option --title; write --set title=…"),
        (("c.yaml", "-x"), "there is no option -x; see `bmcrender --help`"),
        (("c.yaml", "--zzzz"), "there is no option --zzzz; see `bmcrender --help`"),
        (
            ("check", "c.yaml", "--pptx"),
            "there is no option --pptx; it is for rendering: see `bmcrender --help`",
        ),
        (("blank", "--zzzz"), "there is no option --zzzz; see `bmcrender blank --help`"),
        (("c.yaml", "-t"), "-t needs a value; see `bmcrender --help`"),
        (("c.yaml", "--pdf=x.pdf"), "--pdf takes no value; see `bmcrender --help`"),
        (("c.yaml", "--guide", "question"), '--guide cannot be "question"; did you mean "questions"?'),
        (("c.yaml", "--deck", "none"), '--deck cannot be "none"; there are: blocks, overview, full'),
        (("c.yaml", "--png", "--dpi", "5"), "--dpi is a number from 10 to 2,400; see `bmcrender --help`"),
        (("c.yaml", "-j", "x"), "--jobs: 'x' is no number of workers up to 256; write 4, or auto"),
        (("completion", "powershell"), 'the shell cannot be "powershell"; there are: bash, zsh, fish'),
        (("completion",), "the shell is missing; there are: bash, zsh, fish"),
        (("doctor", "c.yaml"), "c.yaml is more than this command takes; see `bmcrender doctor --help`"),
    ],
)
def test_words_that_cannot_be_understood(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "c.yaml").write_text(GOOD, "utf-8")
    assert command(*words) == (2, "", f"error[usage]: {said}\n")
    assert [one.name for one in tmp_path.iterdir()] == ["c.yaml"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("c.yaml", "-o", "x.ppt"),
            "write -o x.ppt/ for a folder, or a name that ends in .pdf .pptx .png .html",
        ),
        (("c.yaml", "--page-size", "600x400mm", "--portrait"), "not portrait; write --page-size 400x600mm"),
        (("c.yaml", "pdf"), "there is no file pdf; write --pdf"),
        (("c.yaml", "—pptx"), "there is no file —pptx; write --pptx"),
        (("version",), "there is no file version; write --version"),
        (("c.yaml", "--page-size", "a3", "landscape"), "there is no file landscape; write --landscape"),
        (("c.yaml", "-o", "-", "--only-changed"), "--only-changed is for files; write -o FILE"),
        (("new", "x.pdf"), "x.pdf is the name of an output, not of a canvas; write `bmcrender new x.yaml`"),
        (("new", "bmcrender.yaml"), "bmcrender.yaml is the name of project files, not of a canvas"),
    ],
)
def test_words_that_ask_for_the_wrong_thing(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "c.yaml").write_text(GOOD, "utf-8")
    code, out, told = command(*words)
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert said in told
    assert [one.name for one in tmp_path.iterdir()] == ["c.yaml"]
