"""What is measured inside a worker: documents that it renders one after another, warm."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.content import canvas
from benchmarks.processes import Sample, descendants, tree_mib
from benchmarks.ratios import Row, Spread, in_turn, row_of
from bmcrender.document import Document
from bmcrender.model import Job

if TYPE_CHECKING:
    from bmcrender.layout.fit import Fit

_POSTERS = 1000
_LOOKS = (50, 300, 550, 1000)


def fit(text: str, language: str, pairs: int) -> Row:
    """Return the row that holds a poster against the same whose sizes are known already."""
    first, second = _in_worker(_fit_samples, text, pairs)
    return row_of("fit", f"a poster, sizes found ({language})", "sizes given", first, second, 1.2, "cpu")


def growth(what: str, reference: str, ours: str, other: str, pairs: int, goal: float) -> Row:
    """Return the row that holds one canvas against another."""
    first, second = _in_worker(_samples, ours, other, pairs)
    return row_of("growth", what, reference, first, second, goal, "cpu")


def memory() -> Row:
    """Return the row of a worker's memory over many posters, each another."""
    from bmcrender.child import Limits
    from bmcrender.pipeline import render
    from bmcrender.supervisor import Supervisor

    seen: dict[str, float] = {}
    start = time.perf_counter()
    with Supervisor(Limits(jobs=10 * _POSTERS)) as worker:
        for number in range(1, _POSTERS + 1):
            text = canvas("fa" if number % 3 == 2 else "en", 4 + number % 9, number)
            assert render(Job(text.encode(), ("pdf",)), worker).ok
            if number in _LOOKS:
                (child,) = descendants(os.getpid())
                seen[f"mib_{number}"] = tree_mib(child)
    grown = seen["mib_550"] - seen["mib_50"]
    took = {**seen, "wall_ms": 1000 * (time.perf_counter() - start) / _POSTERS}
    return Row(
        "memory",
        "a worker after 550 posters, less after 50",
        "",
        1,
        Spread(grown, grown, grown),
        goal=5.0,
        unit="MiB",
        took=took,
    )


def _in_worker(
    function: Callable[..., tuple[list[Sample], list[Sample]]], *given: object
) -> tuple[list[Sample], list[Sample]]:
    """Return what a function gives in a worker, within limits that are no hindrance."""
    from bmcrender.child import Limits
    from bmcrender.supervisor import Supervisor

    with Supervisor(replace(Limits(), seconds=1800.0, cpu_seconds=1800)) as worker:
        return worker.run(function, *given, formats=("pdf",))


def _samples(ours: str, other: str, pairs: int) -> tuple[list[Sample], list[Sample]]:
    return in_turn(_drawing(_document(ours)), _drawing(_document(other)), pairs)


def _fit_samples(text: str, pairs: int) -> tuple[list[Sample], list[Sample]]:
    from bmcrender.layout.fit import PageModel

    search, found = PageModel.fit, []
    draw = _drawing(_document(text))

    def kept(model: PageModel) -> Fit:
        found.append(search(model))
        return found[-1]

    def with_fits(fit: Callable[[PageModel], Fit]) -> Sample:
        PageModel.fit = fit  # type: ignore[method-assign]
        try:
            return draw()
        finally:
            PageModel.fit = search  # type: ignore[method-assign]

    with_fits(kept)

    def given() -> Sample:
        again = iter(found)
        return with_fits(lambda _: next(again))

    return in_turn(draw, given, pairs)


def _document(text: str) -> Document:
    from bmcrender.checking import checked

    document = checked(Job(text.encode())).document
    assert document is not None
    return document


def _drawing(document: Document) -> Callable[[], Sample]:
    """Return what draws a document whose texts nobody has measured."""
    from bmcrender.formats import _measurer
    from bmcrender.rendered import rendered

    def draw() -> None:
        measurer = _measurer((), 0.0)
        measurer._shaped.clear()  # noqa: SLF001 (as if it were new)
        measurer._clusters.clear()  # noqa: SLF001
        assert rendered(document, ("pdf",), (), Job(b"").created).ok

    return lambda: _timed(draw)


def _timed(draw: Callable[[], object]) -> Sample:
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    draw()
    return Sample(time.process_time() - cpu, time.perf_counter() - wall)
