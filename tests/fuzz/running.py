"""Runs many inputs in several processes, each input a function of a seed and its number."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context

# Tells what is wrong with the input of a seed and a number.
Try = Callable[[int, int], list[str]]
_HUNG_SECONDS = 10  # of processor time
_JOBS_OF_A_PROCESS = 40  # chunks: the memory of some libraries grows
_TOLD_EVERY = 10.0


@dataclass
class Outcome:
    """What a run gave: how many inputs, how long they took, and what is wrong by the number of the input."""

    count: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)
    faults: dict[int, list[str]] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        self.count += other.count
        self.slowest = max(self.slowest, other.slowest)
        self.faults |= other.faults


def run(name: str, tried: Try, seed: int, numbers: range, jobs: int, chunk: int) -> Outcome:
    """Return what trying all numbers gave; a process that dies is a fault of the input that it died of."""
    whole = Outcome()
    start = told = time.monotonic()
    parts = _chunks(numbers, chunk)
    lost: list[range] = []
    while True:
        with _pool(jobs) as pool:
            waiting: dict[Future[Outcome], range] = {}
            try:
                while True:
                    for part in islice(parts, 2 * jobs - len(waiting)):
                        waiting[pool.submit(_tried, tried, seed, part)] = part
                    if not waiting:
                        break
                    done, _ = wait(waiting, timeout=_TOLD_EVERY, return_when=FIRST_COMPLETED)
                    for future in done:
                        whole.add(future.result())
                        del waiting[future]
                    if time.monotonic() - told > _TOLD_EVERY:
                        told = time.monotonic()
                        _tell(name, whole, told - start, len(numbers))
                break
            except BrokenProcessPool:
                lost += waiting.values()
    for part in lost:
        whole.add(_one_by_one(tried, seed, part))
    whole.seconds = time.monotonic() - start
    return whole


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = get_context("spawn")
    return ProcessPoolExecutor(jobs, context, max_tasks_per_child=_JOBS_OF_A_PROCESS)


def _chunks(numbers: range, size: int) -> Iterator[range]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


def _tried(tried: Try, seed: int, numbers: Sequence[int]) -> Outcome:
    """Return what some numbers gave; an input that takes far too long is ended, at last with its process."""
    outcome = Outcome(len(numbers))
    signal.signal(signal.SIGPROF, _hung)
    for number in numbers:
        signal.setitimer(signal.ITIMER_PROF, _HUNG_SECONDS)
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * _HUNG_SECONDS)
        start = time.process_time()
        try:
            wrong = tried(seed, number)
        except TimeoutError:
            wrong = [f"hung for {_HUNG_SECONDS} s of processor time"]
        outcome.slowest = max(outcome.slowest, (time.process_time() - start, number))
        if wrong:
            outcome.faults[number] = wrong
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return outcome


def _hung(*_: object) -> None:
    raise TimeoutError


def _one_by_one(tried: Try, seed: int, numbers: Sequence[int]) -> Outcome:
    """Return what numbers gave of which one has killed its process, each in a process of its own."""
    outcome = Outcome()
    for number in numbers:
        with _pool(1) as pool:
            try:
                outcome.add(pool.submit(_tried, tried, seed, [number]).result())
            except BrokenProcessPool:
                outcome.add(Outcome(1, faults={number: ["killed its process"]}))
    return outcome


def _tell(name: str, so_far: Outcome, seconds: float, total: int) -> None:
    rate = so_far.count / seconds
    line = f"{name}: {so_far.count:,} of {total:,}, {rate:,.0f} a second, {len(so_far.faults)} failed"
    print(line, file=sys.stderr, flush=True)
