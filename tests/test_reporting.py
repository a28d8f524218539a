"""What findings look like to people and programs, and how outputs are named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bmcrender.cli.outputs import stem_of
from bmcrender.cli.reporting import Form, Reporter
from bmcrender.cli.run import Run
from bmcrender.errors import Diagnostic
from bmcrender.model import Result

# -- notes, and names of files ------------------------------------------------------------------------

_NOTE = Diagnostic(
    "note", "template-font", "the font Aptos is not known", "nothing need be done", "a\nb.pptx"
)


@pytest.mark.parametrize(
    ("form", "verbose", "shown"),
    [
        ("human", False, ""),
        ("short", False, ""),
        (
            "human",
            True,
            "a\\nb.pptx: note[template-font]: the font Aptos is not known; nothing need be done\n",
        ),
        (
            "short",
            True,
            "a\\nb.pptx: note[template-font]: the font Aptos is not known; nothing need be done\n",
        ),
        (
            "github",
            False,
            "::notice file=a%0Ab.pptx,title=template-font::the font Aptos is not known; nothing need be done\n",
        ),
    ],
)
def test_a_note_is_told_to_programs_and_under_v_on_one_line_and_not_counted(
    form: Form, verbose: bool, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = Reporter(form, verbose=verbose)
    reporter.show([_NOTE])
    reporter.summary(1)
    assert capsys.readouterr().err == shown
    assert (reporter.errors, reporter.warnings) == (0, 0)


def test_a_note_has_its_severity_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    Reporter("json").show([_NOTE])
    assert json.loads(capsys.readouterr().err)["severity"] == "note"


def test_a_note_holds_nothing_back_where_warnings_do() -> None:
    assert Run(Reporter(), strict=True).allows([_NOTE])
    assert not Run(Reporter(), strict=True).allows([_NOTE, replace(_NOTE, severity="warning")])
    assert Result({}, (_NOTE,)).ok


@pytest.mark.parametrize(
    ("canvas", "stem"),
    [
        ("x/cafe.bmc.yaml", "cafe"),
        ("cafe.BMC.yml", "cafe"),
        ("cafe.bmc.json", "cafe"),
        ("cafe.yaml", "cafe"),
        (".bmc.yaml", ".bmc"),
        ("cafe.bmc", "cafe.bmc"),
        ("cafe.v2.yaml", "cafe.v2"),
    ],
)
def test_an_output_is_named_without_what_tells_canvases_from_other_files(canvas: str, stem: str) -> None:
    assert stem_of(canvas) == stem
