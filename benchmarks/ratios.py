"""Ratios of pairs of runs in turn, A B and B A, and what is kept of them."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from benchmarks.processes import Command, Sample, run


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some numbers, with the least and the greatest."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Spread:
        """Return the spread of numbers."""
        return cls(statistics.median(numbers), min(numbers), max(numbers))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `what` against `reference`, as ratios; `goal` is the most that it may be.

    `by` says which ratio is held against the goal: that of `cpu` or of `wall`; 0 is no goal.
    """

    suite: str
    what: str
    reference: str
    pairs: int
    cpu: Spread | None = None
    wall: Spread | None = None
    goal: float = 0.0
    by: str = "cpu"
    least: bool = False
    unit: str = ""
    took: dict[str, float] = field(default_factory=dict)

    @property
    def value(self) -> float:
        """The ratio that is held against the goal."""
        spread = self.cpu if self.by == "cpu" else self.wall
        assert spread is not None
        return spread.median

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return not self.goal or (self.value >= self.goal if self.least else self.value <= self.goal)


Runner = Callable[[], Sample]


def in_turn(ours: Runner, other: Runner, pairs: int, warm: int = 1) -> tuple[list[Sample], list[Sample]]:
    """Return the samples of two runners, measured as A B, B A and so on."""
    for _ in range(warm):
        ours(), other()
    first: list[Sample] = []
    second: list[Sample] = []
    for number in range(pairs):
        order = ((ours, first), (other, second))
        for runner, samples in order if number % 2 == 0 else order[::-1]:
            samples.append(runner())
    return first, second


def compared(
    suite: str,
    what: str,
    ours: Command,
    reference: str,
    other: Command,
    pairs: int,
    goal: float = 0.0,
    by: str = "cpu",
) -> Row:
    """Return the row that holds one command against another, whole processes."""
    first, second = in_turn(lambda: run(ours), lambda: run(other), pairs)
    row = row_of(suite, what, reference, first, second, goal, by)
    mib = {"mib": run(ours, memory=True).mib, "other_mib": run(other, memory=True).mib}
    return replace(row, took=row.took | mib)


def row_of(
    suite: str,
    what: str,
    reference: str,
    first: Sequence[Sample],
    second: Sequence[Sample],
    goal: float,
    by: str,
) -> Row:
    """Return the row for samples that were taken in turn."""
    cpu = Spread.of([a.cpu / b.cpu for a, b in zip(first, second, strict=True)])
    wall = Spread.of([a.wall / b.wall for a, b in zip(first, second, strict=True)])
    took = {
        "cpu_ms": 1000 * statistics.median(one.cpu for one in first),
        "wall_ms": 1000 * statistics.median(one.wall for one in first),
        "other_cpu_ms": 1000 * statistics.median(one.cpu for one in second),
        "other_wall_ms": 1000 * statistics.median(one.wall for one in second),
    }
    return Row(suite, what, reference, len(first), cpu, wall, goal, by, took=took)


def save(file: Path, rows: Sequence[Row], setting: dict[str, str]) -> None:
    """Write the rows of a suite with what they were measured on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    held = {"setting": setting, "rows": [asdict(row) for row in rows]}
    file.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(file: Path) -> tuple[list[Row], dict[str, str]]:
    """Return the rows of a suite, and what they were measured on."""
    held = json.loads(file.read_text("utf-8"))
    return [_row(one) for one in held["rows"]], held["setting"]


def _row(given: dict[str, object]) -> Row:
    for name in ("cpu", "wall"):
        if given[name] is not None:
            given[name] = Spread(**given[name])  # type: ignore[arg-type]
    return Row(**given)  # type: ignore[arg-type]
