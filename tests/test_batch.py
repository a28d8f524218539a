"""Many jobs: in order, few held at a time, one that fails stops no other, on any executor."""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import worker_tasks as tasks

import bmcrender
from bmcrender import InternalError, Job, LimitError, Options, UsageError
from bmcrender.batch import Crew, Outcome, called_here, outcome_of, rest_here
from bmcrender.child import Limits

GOOD = tuple(Job(f"title: Café {n}\nlanguage: {tag}\n".encode()) for n, tag in enumerate(("en", "fa", "de")))
WRONG = Job(b"titel: x\n", name="wrong.yaml")


@pytest.fixture(autouse=True)
def rested(temporary: Path) -> Iterator[Path]:
    """End the worker of this process after each test."""
    yield temporary
    rest_here()


@pytest.fixture(scope="module")
def alone() -> Iterator[tuple[bytes, ...]]:
    """The posters of the good jobs, rendered one by one."""
    from bmcrender.supervisor import Supervisor

    with Supervisor() as worker:
        yield tuple(bmcrender.render(job, worker).outputs["pdf"] for job in GOOD)


def counted(jobs: list[Job], taken: list[Job]) -> Iterator[Job]:
    for job in jobs:
        taken.append(job)
        yield job


def test_outcomes_come_in_the_order_of_the_jobs_with_the_bytes_of_a_single_run(
    alone: tuple[bytes, ...],
) -> None:
    found = list(bmcrender.render_many((*GOOD, WRONG), workers=2))
    assert [one.outputs.get("pdf") for one in found] == [*alone, None]
    assert [one.ok for one in found] == [True, True, True, False]
    assert [(one.file, one.code) for one in found[3].diagnostics] == [("wrong.yaml", "unknown-key")]
    assert [one.error for one in found] == [None] * 4
    assert pickle.loads(pickle.dumps(found)) == found


def test_few_jobs_are_held_at_a_time() -> None:
    taken: list[Job] = []
    ahead = []
    for done, _ in enumerate(bmcrender.render_many(counted([WRONG] * 20, taken), workers=2), start=1):
        ahead.append(len(taken) - done)
    assert len(taken) == 20
    assert max(ahead) <= 3  # two being rendered, one that waits


def test_an_error_of_one_job_is_part_of_its_outcome() -> None:
    jobs = (Job(b"title: x\n", options=Options(layout="x")), WRONG)
    first, second = bmcrender.render_many(jobs, workers=1)
    assert isinstance(first.error, UsageError)
    assert (first.ok, [one.code for one in first.diagnostics]) == (False, ["unknown-layout"])
    assert second.error is None


def test_a_limit_and_a_mistake_of_ours_stop_no_other_job() -> None:
    with Crew(1, limits=Limits(seconds=3)) as crew:
        found = [outcome_of(one) for one in crew.in_order(tasks.job_that_waits, [WRONG])]
        found += [outcome_of(one) for one in crew.in_order(tasks.job_that_ends_its_process, [WRONG])]
        (last,) = crew.in_order(tasks.process_of_job, [WRONG])
    assert isinstance(found[0].error, LimitError)
    assert isinstance(found[1].error, InternalError)
    assert [one.diagnostics[0].code for one in found] == ["limit", "internal"]
    assert last.result() > 0


def test_as_many_workers_as_wanted_and_no_more() -> None:
    with Crew(2) as crew:
        found = {one.result() for one in crew.in_order(tasks.process_of_job, [WRONG] * 12)}
    assert 1 <= len(found) <= 2


def test_jobs_are_yielded_as_they_are_done() -> None:
    with Crew(1) as crew:
        found = {number: one.result() for number, one in crew.as_done(tasks.process_of_job, enumerate(GOOD))}
    assert sorted(found) == [0, 1, 2]
    assert len(set(found.values())) == 1


@pytest.mark.parametrize("pause", [0.0, 0.003, 0.006, 0.5])
def test_leaving_early_ends_the_workers_at_once(pause: float) -> None:
    """Also those that are just being started."""
    start = time.monotonic()
    with Crew(2) as crew:
        waiting = crew.as_done(tasks.job_that_waits, enumerate([WRONG] * 5))

        def first() -> None:
            with suppress(Exception):  # there is nobody left to give it a job
                next(waiting)

        thread = threading.Thread(target=first, daemon=True)
        thread.start()
        time.sleep(pause)
    thread.join(5)
    assert time.monotonic() - start < 5


def test_what_the_jobs_raise_is_raised() -> None:
    def jobs() -> Iterator[Job]:
        yield WRONG
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(bmcrender.render_many(jobs(), workers=1))


def test_a_number_of_workers_that_renders_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="0 workers render nothing"):
        bmcrender.render_many([], workers=0)


def test_nothing_to_do_is_done() -> None:
    assert list(bmcrender.render_many([])) == []


def test_threads_of_the_caller_s_own(alone: tuple[bytes, ...]) -> None:
    with ThreadPoolExecutor(2) as executor:
        found = list(bmcrender.render_many(GOOD, executor, workers=2))
    assert tuple(one.outputs["pdf"] for one in found) == alone


def test_each_process_supervises_workers_of_its_own(alone: tuple[bytes, ...]) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        found = list(bmcrender.render_many((*GOOD, WRONG), executor, workers=1))
        executor.submit(rest_here).result()
    assert tuple(one.outputs.get("pdf") for one in found) == (*alone, None)


def test_tasks_from_elsewhere_share_a_worker_until_it_may_rest() -> None:
    first = called_here(tasks.process_of_job, WRONG, Limits())
    assert called_here(tasks.process_of_job, WRONG, Limits()) == first
    other = called_here(tasks.process_of_job, WRONG, Limits(seconds=9))
    assert other != first
    rest_here()
    assert called_here(tasks.process_of_job, WRONG, Limits()) not in (first, other)


def test_what_a_broken_executor_raises_is_raised() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            made: Future[Any] = Future()
            made.set_exception(BrokenExecutor("the cluster is gone"))
            return made

    with pytest.raises(BrokenExecutor, match="the cluster is gone"):
        list(bmcrender.render_many(GOOD, Broken(1), workers=1))


def test_an_outcome_is_a_result() -> None:
    assert issubclass(Outcome, bmcrender.Result)
    assert set(dir(bmcrender)) >= {"Outcome", "render_many"}
