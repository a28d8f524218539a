"""The same canvas and options are the same bytes, whatever the process, the machine's settings and the order."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hashes import EPOCH, ROOT, few, job
from pdf_reading import properties

from bmcrender.pipeline import render

SCRIPT = Path(__file__).with_name("hashes.py")
NAMES = 4 + 2 + 2 + 1


def printed(order: str, which: str, folder: Path, umask: int = -1, **changes: str | None) -> dict[str, str]:
    """What a fresh process prints whose environment is changed; None takes a variable away."""
    environment = {name: value for name, value in os.environ.items() if name not in changes}
    environment |= {name: value for name, value in changes.items() if value is not None}
    command = [sys.executable, str(SCRIPT), order, which]
    ran = subprocess.run(command, cwd=folder, env=environment, umask=umask, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


@cache
def plainly(which: str) -> dict[str, str]:
    return printed("forth", which, ROOT, PYTHONHASHSEED="0", TZ="UTC", SOURCE_DATE_EPOCH=None)


def otherwise(which: str, folder: Path) -> dict[str, str]:
    """What a process prints in which all differs that must not matter, the order of jobs too."""
    fonts = folder / "share" / "fonts"
    fonts.mkdir(parents=True)
    other = next((ROOT / "fonts" / "NotoNaskhArabic").glob("*.ttf"))
    (fonts / "Inter.ttf").write_bytes(other.read_bytes())
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{fonts}</dir><alias><family>Inter</family></alias></fontconfig>")
    return printed(
        "back",
        which,
        folder,
        umask=0o077,
        PYTHONHASHSEED="4711",
        TZ="Asia/Kathmandu",
        LC_ALL="C",
        LANG="fa_IR.UTF-8",
        LANGUAGE="fa",
        PANGO_LANGUAGE="fa:ar",
        HOME=None,
        XDG_DATA_HOME=str(folder / "share"),
        XDG_CACHE_HOME="/nonexistent",
        FONTCONFIG_FILE=str(config),
        SOURCE_DATE_EPOCH=None,
        PYTHONUTF8="0",
        COLUMNS="40",
    )


@pytest.mark.slow
def test_the_same_jobs_are_the_same_bytes_in_another_process_place_and_order(tmp_path: Path) -> None:
    here = plainly("few")
    assert len(here) == len(set(here.values())) == NAMES
    assert otherwise("few", tmp_path) == here


@pytest.mark.slow
@pytest.mark.matrix
def test_two_runs_of_everything_are_the_same_bytes(tmp_path: Path) -> None:
    here = plainly("all")
    assert len(here) > 150
    assert otherwise("all", tmp_path) == here


def test_dates_in_files_are_those_of_source_date_epoch_or_one_that_never_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    dated = next(case for case in few() if case[0])
    for epoch, pdf, deck in (
        ("", "20000101000000", "2000-01-01T00:00:00Z"),
        (EPOCH, "20231114221320", "2023-11-14T22:13:20Z"),
    ):
        outputs = render(job((epoch, *dated[1:]))).outputs
        assert dates_of_pdf(outputs["pdf"]) == ({pdf} if epoch else set())
        assert dates_of_deck(outputs["pptx"]) == {deck}


def dates_of_pdf(data: bytes) -> set[str]:
    """The dates of a PDF, to the second."""
    told = properties(data)
    return {re.sub(r"\D", "", told[key])[:14] for key in ("CreationDate", "ModDate") if told[key]}


def dates_of_deck(data: bytes) -> set[str]:
    """The dates in a deck's properties; those of its parts are the first that an archive can hold."""
    with ZipFile(BytesIO(data)) as deck:
        assert {one.date_time for one in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = deck.read("docProps/core.xml").decode()
    return set(re.findall(r"W3CDTF\">([^<]+)<", core))
