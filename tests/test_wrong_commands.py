"""Wrong commands, each a file with what it needs, and what the user is told: exit code and messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from wrong_files import scenario

HERE = Path(__file__).parent / "wrong" / "commands"
WRONG = sorted(HERE.glob("*.txt"))
Command = Callable[..., tuple[int, str, str]]


def test_there_are_wrong_commands_and_each_says_what_is_expected() -> None:
    assert len(WRONG) >= 60
    assert {one.with_suffix(".expected") for one in WRONG} == set(HERE.glob("*.expected"))


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_wrong_command_is_told_what_is_wrong(
    file: Path, tmp_path: Path, command: Command, golden: Callable[[str, str], None]
) -> None:
    asked = scenario(file)
    asked.lay_out(tmp_path)
    before = set(tmp_path.rglob("*"))
    code, out, err = command(*asked.words)
    assert code in (1, 2, 3, 4, 5)
    assert "Traceback" not in err
    assert out == ""
    assert set(tmp_path.rglob("*")) == before
    said = re.sub(r"(read whole) \([^;]*\);", r"\1 (…);", err)  # the words of the library
    said = said.replace(str(tmp_path), "…")
    golden(f"../wrong/commands/{file.stem}.expected", f"exit {code}\n{said}")
