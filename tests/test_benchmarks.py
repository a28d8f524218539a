"""The benchmarks count all that a run takes, know their suites, and tell what they found as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from benchmarks.content import BLOCKS, canvas, canvases
from benchmarks.processes import command, python, run
from benchmarks.ratios import Row, Spread, in_turn, read, row_of, save
from benchmarks.suites import SUITES
from benchmarks.table import markdown
from bmcrender.model import Job
from bmcrender.pipeline import checked
from bmcrender.supervisor import close

ROOT = Path(__file__).resolve().parent.parent
BUSY = "sum(i * i for i in range(1_500_000))"


@pytest.fixture(scope="module", autouse=True)
def alone() -> None:
    """End the worker of other tests: what a command leaves behind is waited for, and children are not told apart."""
    close()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("items", [1, 6, 100])
def test_the_canvases_that_are_measured_are_good(language: str, items: int) -> None:
    text = canvas(language, items)
    assert checked(Job(text.encode())).diagnostics == ()
    assert [len(block) for block in yaml.safe_load(text)["blocks"].values()] == [items] * len(BLOCKS)


def test_canvases_differ_and_are_the_same_each_time(tmp_path: Path) -> None:
    texts = [path.read_bytes() for path in canvases(tmp_path, 6)]
    assert len(set(texts)) == 6
    assert [path.read_bytes() for path in canvases(tmp_path, 6)] == texts


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is left behind is counted on Linux")
def test_what_a_program_starts_and_leaves_behind_is_counted() -> None:
    alone = run(python("-c", BUSY)).cpu
    starts = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
    assert run(python("-c", starts)).cpu > alone * 0.6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is looked up in /proc")
def test_memory_is_that_of_the_whole_tree() -> None:
    held = "x = bytearray(60 * 2**20); import time; time.sleep(0.4)"
    two = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {held!r}]); {held}; p.wait()"
    assert run(python("-c", two), memory=True).mib > 120


def test_a_command_that_fails_ends_the_measuring() -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run(python("-c", "raise SystemExit('no such thing')"))


def test_pairs_are_measured_in_turn() -> None:
    order: list[str] = []

    def runner(name: str) -> object:
        order.append(name)
        return run(command("true"))

    in_turn(lambda: runner("a"), lambda: runner("b"), 3, warm=0)  # type: ignore[arg-type, return-value]
    assert "".join(order) == "abbaab"


def test_results_are_read_as_they_were_kept_and_told_with_their_goals(tmp_path: Path) -> None:
    took = run(command("true")), run(command("true"))
    row = row_of("poster", "ours", "theirs", took, took, 0.5, "wall")
    grown = Row("memory", "a worker", "", 1, Spread(1.5, 1.5, 1.5), goal=5.0, unit="MiB")
    save(tmp_path / "poster.json", [row, grown], {"Python": "3"})
    rows, setting = read(tmp_path / "poster.json")
    assert (rows, setting) == ([row, grown], {"Python": "3"})
    page = markdown({"poster": (rows, setting)})
    assert (
        "| ours | theirs | **1.00** (1.00–1.00) | **1.00** (1.00–1.00) | ≤ 0.5 | time | missed by 0.50 |"
        in page
    )
    assert "| a worker |  | 1.5 MiB | – | ≤ 5 |  | reached |" in page


def test_the_page_names_no_machine() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert {line[3:].lower() for line in page.splitlines() if line.startswith("## ")} <= {
        *SUITES,
        "what is measured",
    }
    assert not [word for word in ("/home", "/tmp", "/work", "localhost", str(ROOT)) if word in page]


def test_an_unknown_suite_is_refused() -> None:
    words = [sys.executable, "-m", "benchmarks", "speed"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "no suite speed; there are startup, poster" in told.stderr
