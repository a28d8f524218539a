"""What can be fuzzed: how an input is made and tried, and how a failing one is made smaller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fuzz.loading import faults as loading_faults
from fuzz.mutants import mutant
from fuzz.running import Try
from fuzz.smaller import kind_of, smaller_bytes


@dataclass(frozen=True)
class Phase:
    """One thing to fuzz; `smaller` gives the smallest file that fails with a kind of fault."""

    name: str
    help: str
    tried: Try
    smaller: Callable[[int, int, str], bytes]
    chunk: int


def _load(seed: int, number: int) -> list[str]:
    return loading_faults(mutant(seed, number))


def _smaller_mutant(seed: int, number: int, kind: str) -> bytes:
    return smaller_bytes(
        mutant(seed, number), lambda data: kind in {kind_of(fault) for fault in loading_faults(data)}
    )


PHASES = (Phase("load", "mutated files to check", _load, _smaller_mutant, 500),)
