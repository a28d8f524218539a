"""Decks in every theme and language, blank to very full, are valid files that anyone can read."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from canvases import LANGUAGES
from matrix import BLANK, FILLS, FULL, THEMES, TYPICAL, Case
from openxml_audit import validate_pptx
from pptx_lint import Package, lint
from pptx_looks import unreadable

from bmcrender.pipeline import render

pytestmark = pytest.mark.xdist_group("decks")

ROOT = Path(__file__).resolve().parent.parent
# Every theme, language and fill once at least.
CORNERS = tuple(
    Case("poster", fill, language, theme)
    for theme, language, fill in (
        ("classic", "fa", FULL),
        ("classic", "en", BLANK),
        ("dark", "fa", TYPICAL),
        ("minimal", "de", TYPICAL),
        ("modern", "es", FULL),
        ("print", "fa", BLANK),
        ("workshop", "fr", TYPICAL),
        ("workshop", "fa", FULL),
    )
)
OTHERS = sorted({Case("poster", *one) for one in product(FILLS, LANGUAGES, THEMES)} - {*CORNERS}, key=str)


@cache
def drawn(case: Case) -> bytes:
    result = render(case.job(("pptx",)))
    assert result.diagnostics == ()
    return result.outputs["pptx"]


def test_the_corners_touch_every_theme_language_and_fill() -> None:
    assert {case.theme for case in CORNERS} == set(THEMES)
    assert {case.language for case in CORNERS} == set(LANGUAGES)
    assert {case.fill for case in CORNERS} == set(FILLS)


@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_a_deck_is_valid_and_accessible(case: Case, tmp_path: Path) -> None:
    is_valid_and_accessible(case, tmp_path)


@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_any_deck_is_valid_and_accessible(case: Case, tmp_path: Path) -> None:
    is_valid_and_accessible(case, tmp_path)


def is_valid_and_accessible(case: Case, folder: Path) -> None:
    data = drawn(case)
    assert lint(data) == []
    assert unreadable(data) == []
    file = folder / "deck.pptx"
    file.write_bytes(data)
    assert [str(error) for error in validate_pptx(file).errors] == []
    package = Package(data)
    assert package.find("ppt/presentation.xml", "//p14:section")
    assert package.find("ppt/presentation.xml", "//p:embeddedFont")
    colors = {name for part in package.parts("ppt/") for name in package.find(part, "//a:srgbClr/@val")}
    assert len(colors) <= 12  # those of the theme: all else refers to it
    assert all(not package.find(part, "//a:srgbClr") for part in package.parts("ppt/") if "theme" not in part)


# -- Microsoft's own validator -------------------------------------------------------------------------


def validator() -> str | None:
    """The Open XML SDK's validator, as `make validators` installs it or from the PATH."""
    folder = ROOT / "build" / "validators" / "node_modules" / ".bin"
    return shutil.which("ooxml-validator", path=str(folder)) or shutil.which("ooxml-validator")


with_validator = pytest.mark.skipif(
    validator() is None, reason="the Open XML SDK's validator is not here: make validators"
)


def faults(data: bytes, folder: Path) -> list[str]:
    """What the Open XML SDK finds wrong in a file."""
    file = folder / "deck.pptx"
    file.write_bytes(data)
    command = [validator(), str(file)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=120).stdout)
    assert told["ok"] == (not told["errors"])
    return [str(error) for error in told["errors"]]


@with_validator
@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_the_open_xml_sdk_finds_no_fault(case: Case, tmp_path: Path) -> None:
    assert faults(drawn(case), tmp_path) == []


@with_validator
@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_the_open_xml_sdk_finds_no_fault_in_any_deck(case: Case, tmp_path: Path) -> None:
    assert faults(drawn(case), tmp_path) == []


@with_validator
def test_the_open_xml_sdk_finds_a_fault(tmp_path: Path) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    changed = BytesIO()
    with ZipFile(BytesIO(drawn(CORNERS[1]))) as source, ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<p:notesSz ", b"<p:notesSize "))
    assert faults(changed.getvalue(), tmp_path)
