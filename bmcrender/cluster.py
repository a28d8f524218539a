"""Rendering on a Dask cluster, whose workers must have the versions that decide bytes on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from bmcrender.batch import Crew, rest_here
from bmcrender.child import Limits
from bmcrender.errors import Diagnostic, MachineError, UsageError

_TIMEOUT_SECONDS = 10
_ADDRESS = re.compile(r"[a-z]+://[^/]+:\d+(/.*)?")
_WRITTEN = "write it as tcp://host:8786"
_NO_MATTER = ("click",)  # the workers have no command line


@contextmanager
def crew(address: str, limits: Limits = Limits()) -> Iterator[Crew]:
    """Connect to a cluster for the time of a `with` block and give what renders there.

    Raises MachineError where Dask is not installed, the cluster cannot be reached, has no workers, loses
    them, or has other versions than this process.
    """
    connection = _client(address)
    try:
        with connection as client:
            count = _checked(client, address)
            with Crew(count, client.get_executor(), limits) as made:
                yield made
            with suppress(Exception):  # the outputs are there; processes that stay end with the cluster
                client.run(rest_here)
    except _losses() as error:
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise _error(f"{address} was lost: {told}", "look at the cluster, then start again") from None


def _client(address: str) -> Any:
    if not _ADDRESS.fullmatch(address):
        raise UsageError.of("no-cluster", f"--dask {address} is no address", _WRITTEN)
    try:
        distributed = _distributed()
    except ImportError:
        message = "--dask needs the package distributed, which is not installed"
        raise _error(message, "install bmcrender[dask]") from None
    try:
        return distributed.Client(address, timeout=_TIMEOUT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise _error(f"{address} cannot be reached: {told}", _WRITTEN) from None


def _distributed() -> Any:
    """Return the package, which is an extra and says little of its types."""
    return import_module("distributed")


def _losses() -> tuple[type[BaseException], ...]:
    """Return what a cluster raises that breaks down; nothing of ours is among it."""
    distributed = _distributed()
    return distributed.KilledWorker, distributed.comm.CommClosedError, CancelledError


def _checked(client: Any, address: str) -> int:
    """Return how many tasks a cluster runs at once, once its versions are known to be ours."""
    count = int(sum(client.nthreads().values()))
    if not count:
        raise _error(f"{address} has no workers", "start some: dask worker")
    try:
        theirs: Mapping[str, Mapping[str, str]] = client.run(versions_here)
    except (ImportError, AttributeError) as error:
        message = f"the workers of {address} cannot load this bmcrender: {error}"
        raise _error(message, "install the same version there") from None
    ours = versions_here()
    if wrong := [_differing(name, found, ours) for name, found in theirs.items() if found != ours]:
        raise MachineError(wrong)
    return count


def versions_here() -> dict[str, str]:
    """Return the versions of all in this process that decides bytes."""
    from bmcrender.versions import versions

    return {name: number for name, number in versions() if name not in _NO_MATTER}


def _differing(worker: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> Diagnostic:
    """Return the finding about a worker that has other versions."""
    differing = [
        f"{name} {theirs.get(name, 'missing')} (here {ours.get(name, 'missing')})"
        for name in dict.fromkeys((*ours, *theirs))
        if theirs.get(name) != ours.get(name)
    ]
    message = f"the worker {worker} would give other bytes: it has {', '.join(differing)}"
    return Diagnostic("error", "cluster-versions", message, "install the same versions there")


def _error(message: str, hint: str) -> MachineError:
    return MachineError.of("no-cluster", message, hint)
