"""A short fuzzing run, of one seed that stays and one that is new each time; and that its oracles can fail.

The long run: `python -m tests.fuzz --help`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import SystemRandom

import pytest
from fuzz import loading, rendering
from fuzz.made import Made, made, written
from fuzz.mutants import mutant
from fuzz.phases import PHASES, Phase
from fuzz.running import run
from fuzz.smaller import kind_of, smaller_bytes, smaller_data

FIXED = 20_260_321
NEW = SystemRandom().randrange(10**6)
SEEDS = pytest.mark.parametrize("seed", [FIXED, NEW], ids=["fixed", "new"])
COUNTS = {"load": 1_500, "html": 2, "pptx": 2, "pdf": 1}


@pytest.mark.slow
@SEEDS
@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
def test_nothing_fails_on_fuzzed_input(phase: Phase, seed: int) -> None:
    failed = {number: wrong for number in range(COUNTS[phase.name]) if (wrong := phase.tried(seed, number))}
    assert not failed, f"again: python -m tests.fuzz --{phase.name} 1 --seed {seed} --start {min(failed)}"


# -- inputs ------------------------------------------------------------------------------------------


def test_an_input_is_always_the_same_for_a_seed_and_a_number() -> None:
    assert mutant(1, 2) == mutant(1, 2) != mutant(1, 3)
    assert made(1, 2) == made(1, 2) != made(2, 2)


def test_mutants_reach_most_findings() -> None:
    from bmcrender.checking import checked
    from bmcrender.model import Job

    found = {one.code for number in range(800) for one in checked(Job(mutant(1, number))).diagnostics}
    assert len(found) >= 30


def test_made_canvases_are_of_all_kinds() -> None:
    some = [made(FIXED, number) for number in range(80)]
    assert {one.data["language"] for one in some} == {"de", "en", "es", "fa", "fr"}
    assert {one.options.layout for one in some} >= {"poster", "handout", "outline", None}
    assert any(one.logo for one in some)
    texts = "".join(text for one in some for text in one.shown)
    assert all(
        carrier in texts for carrier in ("</style><script>", "{{7*7}}", "]]>", "_x0041_", "<a:t>", "&lt;")
    )
    assert max(len("".join(one.shown)) for one in some) > 5_000


def test_made_canvases_are_written_in_many_ways() -> None:
    from random import Random

    data = {"title": "a: b", "blocks": {"channels": ["x\n\ny", "#z"]}}
    assert len({written(data, Random(number)) for number in range(30)}) > 10


# -- oracles -------------------------------------------------------------------------------------------


def test_an_exception_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "checked", lambda _: 1 // 0)
    assert "ZeroDivisionError" in loading.faults(b"title: x\n")[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"line": 9}, "there are 2 lines"),
        ({"column": 30}, "the line has 8 characters"),
        ({"file": "other.yaml"}, "is in the file"),
        ({"source": "title: y"}, "shows the line"),
        ({"hint": ""}, "says not what is wrong"),
        ({"message": "a\nb"}, "is not one short line"),
        ({"message": "a \x1b b"}, "a forbidden character"),
        ({"message": "'NoneType' object"}, "speaks of what is inside"),
    ],
)
def test_a_misplaced_or_unclear_finding_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], told: str
) -> None:
    honest = loading.checked
    data = b"titel: x\n"

    def changed(job: object) -> object:
        found = honest(job)  # type: ignore[arg-type]
        return replace(found, diagnostics=tuple(replace(one, **change) for one in found.diagnostics))

    assert loading.faults(data) == []
    monkeypatch.setattr(loading, "checked", changed)
    assert told in loading.faults(data)[0]


LOST = Made(
    {"title": "x", "blocks": {"channels": [{"text": "Shop", "note": "Say it"}]}},
    shown=["Bread"],
    notes=["Sing"],
)


@pytest.mark.parametrize(
    ("look", "told"), [("html", "the page has not"), ("pptx", "the deck has not"), ("pdf", "the PDF has not")]
)
def test_a_lost_text_is_a_fault(look: str, told: str) -> None:
    faults = getattr(rendering, f"{look}_faults")(LOST, 0)
    assert any(told in fault and "'Bread'" in fault for fault in faults)
    if look == "pptx":
        assert any("the notes have not" in fault and "'Sing'" in fault for fault in faults)


def test_a_text_that_got_out_of_its_place_is_a_fault() -> None:
    page = "<!doctype html><style>p{color:evil}</style><body><script>evil()</script><p onclick='evil()'>x</p>"
    assert list(rendering._html(page, Made({}))) == [
        "the page has an element script",
        "the page has the attribute onclick='evil()'",
        "a text has got into the style sheet",
    ]


def test_a_broken_pdf_is_a_fault() -> None:
    assert rendering._checked_by_qpdf(b"%PDF-1.7\n")[0].startswith("qpdf: ")


# -- the run --------------------------------------------------------------------------------------------


def test_a_failing_input_is_made_smaller() -> None:
    assert smaller_bytes(b"title: x\nsub: abcXdef\nfooter: z\n", lambda data: b"X" in data) == b"X"
    data = {"title": "x", "blocks": {"a": ["b", {"text": "cXd"}], "e": ["f"] * 9}}
    assert smaller_data(data, lambda less: "X" in str(less)) == {"blocks": {"a": [{"text": "X"}]}}


def test_faults_of_one_cause_are_of_one_kind() -> None:
    assert kind_of("3:7 syntax: the line has 8 characters") == kind_of(
        "1:2 syntax: the line has 19 characters"
    )


def _falls_over(_: int, number: int) -> list[str]:
    if number == 3:
        os._exit(1)
    return ["odd"] if number == 1 else []


@pytest.mark.slow
def test_a_process_that_dies_is_a_fault_of_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    outcome = run("falls", _falls_over, 0, range(4), jobs=1, chunk=2)
    assert outcome.faults == {1: ["odd"], 3: ["killed its process"]}
    assert outcome.count == 4
