"""Wrong inputs, each a file beside what it is told: the place, the code, what is wrong and what to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bmcrender.checking import checked
from bmcrender.errors import Diagnostic
from bmcrender.model import Job

HERE = Path(__file__).parent / "wrong"
WRONG = sorted(HERE.glob("*.yaml"))
Golden = Callable[[str, str], None]


def told(one: Diagnostic) -> str:
    doubt = "warning " if one.severity == "warning" else ""
    return f"{one.line}:{one.column} {doubt}{one.code} {one.message}; {one.hint}".removesuffix("; ")


def test_there_are_wrong_files_and_each_says_what_is_expected() -> None:
    assert len(WRONG) >= 400
    assert {one.with_suffix(".expected") for one in WRONG} == set(HERE.glob("*.expected"))


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_wrong_file_is_told_line_by_line(file: Path, golden: Golden) -> None:
    start = time.process_time()
    found = checked(Job(file.read_bytes(), name=file.name)).diagnostics
    assert time.process_time() - start < 1
    assert found
    assert all(one.hint and one.file == file.name for one in found)
    golden(f"../wrong/{file.stem}.expected", "".join(f"{told(one)}\n" for one in found))


def test_wrong_files_break_every_kind_of_rule() -> None:
    lines = [line.split() for one in HERE.glob("*.expected") for line in one.read_text("utf-8").splitlines()]
    assert {line[2] if line[1] == "warning" else line[1] for line in lines} >= {
        "alias", "anchor", "bad-key", "bad-page", "bad-value", "canvas-too-long", "cut-by-comment", "duplicate-key",
        "empty-file", "empty-item", "empty-text", "field-too-long", "forbidden-character", "item-too-long",
        "lost-letters", "low-contrast", "merge-key", "missing-glyph", "missing-key", "nested-too-deep",
        "no-language-pack", "not-a-mapping", "not-text", "not-utf8", "note-too-long", "odd-date", "open-isolate",
        "question-too-long", "several-documents", "swallowed-item", "syntax", "tag", "text-as-key", "title-too-long",
        "too-deep", "too-many-items", "too-many-marks", "unknown-color", "unknown-key", "unknown-kind",
        "unknown-theme", "word-too-long", "wrong-encoding", "wrong-number", "wrong-type",
    }  # fmt: skip
