"""Texts that look like markup, templates, escapes or addresses come out letter by letter, in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fuzz import rendering
from fuzz.made import Made, strings

from bmcrender.load import loaded

FILES = sorted((Path(__file__).parent / "wrong" / "literal").glob("*.yaml"))


def canvas(file: Path) -> Made:
    """A canvas whose texts must all be shown as they are written, notes on slides alone."""
    data = loaded(file.read_bytes(), file.name).data
    return Made(data, shown=list(shown(data)), notes=list(notes(data)))


def shown(data: dict[str, Any]) -> Iterator[str]:
    """The texts of a canvas as they are read; Markdown is that of items alone."""
    for key, value in data.items():
        if key not in ("language", "blocks"):
            yield from strings(value)
    for block in data["blocks"].values():
        items = block if isinstance(block, list) else block["items"]
        yield from (re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text) for text in strings(items))
        yield from [block["title"]] if "title" in block else []


def notes(data: dict[str, Any]) -> Iterator[str]:
    yield from (block["notes"] for block in data["blocks"].values() if "notes" in block)


@pytest.mark.parametrize("look", ["html", "pptx", "pdf"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_come_out_letter_by_letter(file: Path, look: str) -> None:
    assert getattr(rendering, f"{look}_faults")(canvas(file), 0) == []
