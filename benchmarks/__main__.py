"""`python -m benchmarks [SUITE...]`: measures, shows, keeps, and with --write tells docs/benchmarks.md."""

from __future__ import annotations

import argparse
import compileall
import sys

from benchmarks.processes import ROOT
from benchmarks.ratios import Row, read, save
from benchmarks.setting import setting
from benchmarks.suites import SUITES, measured
from benchmarks.table import markdown

KEPT = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(arguments: list[str]) -> int:
    """Measure suites one by one; each is kept at once, so that a run can go on later."""
    given = _given(arguments)
    for name in given.suites or SUITES:
        if given.resume and (KEPT / f"{name}.json").is_file():
            continue
        before = setting()
        rows = measured(name, given.pairs)
        save(KEPT / f"{name}.json", rows, before)
        for row in rows:
            _show(row)
    if given.write:
        kept = {name: read(KEPT / f"{name}.json") for name in SUITES if (KEPT / f"{name}.json").is_file()}
        PAGE.write_text(markdown(kept), encoding="utf-8")
    return 0


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure how fast bmcrender is."
    )
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"one of {', '.join(SUITES)}; all by default"
    )
    parser.add_argument("--pairs", type=int, default=9, help="pairs of runs for each ratio (9)")
    parser.add_argument(
        "--resume", action="store_true", help="leave out suites measured earlier (build/bench)"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md from all that is kept")
    given = parser.parse_args(arguments)
    if unknown := set(given.suites) - set(SUITES):
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    compileall.compile_dir(ROOT / "bmcrender", quiet=2)
    return given


def _show(row: Row) -> None:
    ratios = "  ".join(
        f"{name} {one.median:.2f} ({one.least:.2f}-{one.most:.2f})"
        for name, one in (("cpu", row.cpu), ("wall", row.wall))
        if one is not None
    )
    goal = f"  goal {row.goal:g} {'reached' if row.reached else 'MISSED'}" if row.goal else ""
    took = " ".join(f"{key}={value:.0f}" for key, value in row.took.items())
    sys.stdout.write(f"{row.suite}: {row.what} / {row.reference}: {ratios}{goal}\n    {took}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
