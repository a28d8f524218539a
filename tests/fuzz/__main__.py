"""The long run: python -m tests.fuzz --load 1000000 --html 3000 --pptx 3000 --pdf 300."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])  # for the processes

from fuzz.phases import PHASES, Phase  # noqa: E402
from fuzz.running import Outcome, run  # noqa: E402
from fuzz.smaller import kind_of  # noqa: E402

_SAVED = ROOT / "build" / "fuzz"
_MOST_OF_A_KIND = 2


def main() -> int:
    """Run what is asked for; the exit code says whether anything failed."""
    given = _arguments()
    print(f"seed {given.seed}, {given.jobs} processes", flush=True)
    failed = 0
    for phase in PHASES:
        count = getattr(given, phase.name)
        if not count:
            continue
        numbers = range(given.start, given.start + count)
        outcome = run(phase.name, phase.tried, given.seed, numbers, given.jobs, phase.chunk)
        print(_summary(phase, outcome), flush=True)
        failed += len(outcome.faults)
        _save(phase, given.seed, outcome)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    for phase in PHASES:
        parser.add_argument(f"--{phase.name}", type=int, default=0, metavar="N", help=phase.help)
    parser.add_argument(
        "--seed", type=int, default=SystemRandom().randrange(10**6), help="random if not given"
    )
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--jobs", "-j", type=int, default=os.cpu_count() or 1, help="processes")
    return parser.parse_args()


def _summary(phase: Phase, outcome: Outcome) -> str:
    rate = outcome.count / max(outcome.seconds, 1e-9)
    slow, which = outcome.slowest
    return (
        f"{phase.name}: {outcome.count:,} inputs in {outcome.seconds:,.0f} s ({rate:,.1f} a second), "
        f"{len(outcome.faults)} failed; slowest {slow:.2f} s of processor time (number {which})"
    )


def _save(phase: Phase, seed: int, outcome: Outcome) -> None:
    """Write some failing inputs of each kind, made smaller, and say what is wrong with them."""
    by_kind: dict[str, list[int]] = {}
    for number, wrong in sorted(outcome.faults.items()):
        for kind in {kind_of(fault) for fault in wrong}:
            by_kind.setdefault(kind, []).append(number)
    for kind, numbers in sorted(by_kind.items(), key=lambda each: -len(each[1])):
        print(f"  {len(numbers)} × {kind}: {', '.join(map(str, numbers[:9]))}", flush=True)
        for number in numbers[:_MOST_OF_A_KIND]:
            _SAVED.mkdir(parents=True, exist_ok=True)
            file = _SAVED / f"{phase.name}-{seed}-{number}.yaml"
            file.write_bytes(phase.smaller(seed, number, kind))
            told = "\n".join(outcome.faults[number])
            file.with_suffix(".txt").write_text(f"--{phase.name} 1 --seed {seed} --start {number}\n{told}\n")
            print(f"      {file.relative_to(ROOT)}: {outcome.faults[number][0][:300]}")


if __name__ == "__main__":
    sys.exit(main())
