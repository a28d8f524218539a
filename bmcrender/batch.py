"""Many jobs side by side: few are held at a time, each in a supervised worker, on any kind of executor."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

from bmcrender.child import Limits
from bmcrender.errors import BmcrenderError, Diagnostic, InternalError, LimitError, MachineError, UsageError
from bmcrender.frozen import dataclass
from bmcrender.model import Job, Result
from bmcrender.pipeline import given_fonts, rendered_whole
from bmcrender.supervisor import Supervisor

T = TypeVar("T")
Task = Callable[[Job], T]

_HELD_EACH = 2  # one job is being rendered, one waits so that its worker never does
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Outcome(Result):
    """The result of one job of many; `error` is what `render` would have raised for it, if anything.

    The findings of an error are among `diagnostics`; that of an InternalError has the code `internal`.
    """

    error: BmcrenderError | InternalError | None = None


def render_many(
    jobs: Iterable[Job],
    executor: Executor | None = None,
    *,
    workers: int | None = None,
    limits: Limits = Limits(),
) -> Iterator[Outcome]:
    """Yield the outcome of each job, in the order of the jobs.

    `jobs` may be a generator: twice as many jobs and outcomes as there are workers are held at once,
    however many come. `workers` is how many jobs are rendered side by side, by default as many as there
    are processors; each is a process of 100 to 200 MiB that ends with the iteration. `limits` say what
    one job may take.

    With an `executor` (of `concurrent.futures`, or a cluster's) the jobs go there, and `workers` says how
    many it runs at once. Each task supervises a worker process of its own where it runs; those stay until
    that process ends or calls `close`.

    A job that cannot be rendered stops no other: its outcome is not `ok`, says why in its findings, and
    has the exception in `error`. Raised is only what is no job's fault: what `jobs` itself raises, and
    what a broken executor does.
    """
    count = processors() if workers is None else workers
    if count < 1:
        raise UsageError.of("bad-workers", f"{count} workers render nothing", "give at least 1")
    return _outcomes(jobs, executor, count, limits)


def _outcomes(
    jobs: Iterable[Job], executor: Executor | None, count: int, limits: Limits
) -> Iterator[Outcome]:
    with Crew(count, executor, limits) as crew:
        for future in crew.in_order(rendered_whole, jobs):
            yield outcome_of(future)


def outcome_of(future: Future[Result]) -> Outcome:
    """Return what a job came to; raise what is no fault of the job."""
    try:
        result = future.result()
    except BmcrenderError as error:
        return Outcome({}, error.diagnostics, error=error)
    except InternalError as error:
        return Outcome({}, (Diagnostic("error", "internal", str(error)),), error=error)
    return Outcome(result.outputs, result.diagnostics, result.further)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Workers that take jobs one after another; leaving the `with` block ends those of its own at once."""

    def __init__(self, workers: int, executor: Executor | None = None, limits: Limits = Limits()) -> None:
        self._window = _HELD_EACH * workers
        self._limits = limits
        self._pool = Pool()
        self._own = ThreadPoolExecutor(workers, "bmcrender") if executor is None else None
        self._executor = executor or self._own
        self._futures: set[Future[Any]] = set()

    def in_order(self, task: Task[T], jobs: Iterable[Job]) -> Iterator[Future[T]]:
        """Yield the finished future of each job, in the order of the jobs."""
        waiting: deque[Future[T]] = deque()
        for job in jobs:
            waiting.append(self._submitted(task, job))
            if len(waiting) >= self._window:
                yield self._finished(waiting.popleft())
        while waiting:
            yield self._finished(waiting.popleft())

    def as_done(self, task: Task[T], jobs: Iterable[tuple[int, Job]]) -> Iterator[tuple[int, Future[T]]]:
        """Yield number and finished future of each job, as soon as it is done."""
        running: dict[Future[T], int] = {}
        for number, job in jobs:
            running[self._submitted(task, job)] = number
            if len(running) >= self._window:
                yield from self._done(running)
        while running:
            yield from self._done(running)

    def _done(self, running: dict[Future[T], int]) -> Iterator[tuple[int, Future[T]]]:
        """Wait for one job at least, and yield those that are done."""
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), self._finished(future)

    def _submitted(self, task: Task[T], job: Job) -> Future[T]:
        assert self._executor is not None
        call = self._pool.call if self._own else called_here
        future = self._executor.submit(call, task, job, self._limits)
        self._futures.add(future)
        return future

    def _finished(self, future: Future[T]) -> Future[T]:
        wait((future,))
        self._futures.discard(future)
        return future

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for future in tuple(self._futures):
            future.cancel()
        if self._own is None:
            return
        self._own.shutdown(wait=False, cancel_futures=True)
        while self._pool.close():  # a task that has borrowed one may just be starting it
            time.sleep(_PAUSE_SECONDS)


class Pool:
    """Supervisors that tasks of one process borrow; safe to share between threads."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._all: list[Supervisor] = []
        self._idle: list[Supervisor] = []
        self._open = True
        self._lock = threading.Lock()

    def call(self, task: Task[T], job: Job, limits: Limits) -> T:
        """Return what a task gives for a job when a worker calls it."""
        with self._lent(limits) as supervisor:
            try:
                return supervisor.run(task, job, formats=job.formats, fonts=given_fonts(job))
            except (LimitError, MachineError) as error:
                placed = [one if one.file else one.in_file(job.name) for one in error.diagnostics]
                raise type(error)(placed) from None

    @contextmanager
    def _lent(self, limits: Limits) -> Iterator[Supervisor]:
        supervisor = self._taken(limits)
        try:
            yield supervisor
        finally:
            with self._lock:
                self._idle.append(supervisor)

    def _taken(self, limits: Limits) -> Supervisor:
        with self._lock:
            if not self._open:
                raise InternalError("a worker was asked for when its crew had left")
            found = next((one for one in reversed(self._idle) if one.limits == limits), None)
            if found is not None:
                self._idle.remove(found)
                return found
            self._all.append(Supervisor(limits))
            return self._all[-1]

    @property
    def is_here(self) -> bool:
        """Whether it is this very process's, no fork's."""
        return self._owner == os.getpid()

    def rest(self) -> None:
        """End the workers that nobody has borrowed."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._all = [one for one in self._all if one not in idle]
        for supervisor in idle:
            supervisor.close()

    def close(self) -> bool:
        """End all workers, whatever they do, and lend no more; return whether some were lent still."""
        with self._lock:
            self._open = False
            lent = len(self._idle) < len(self._all)
        for supervisor in self._all:
            supervisor.close()
        return lent


class _Here:
    """The pool of this process for tasks that come from elsewhere; a fork makes one of its own."""

    def __init__(self) -> None:
        self._pool = Pool()
        self._lock = threading.Lock()

    @property
    def pool(self) -> Pool:
        with self._lock:
            if not self._pool.is_here:
                self._pool = Pool()
            return self._pool


_here = _Here()


def called_here(task: Task[T], job: Job, limits: Limits) -> T:
    """Return what a task gives for a job in a worker of this process's own, which stays for the next."""
    return _here.pool.call(task, job, limits)


def rest_here() -> None:
    """End those workers of this process's own that have nothing to do."""
    _here.pool.rest()
