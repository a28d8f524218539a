"""What can be fuzzed: how an input is made and tried, and how a failing one is made smaller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import yaml

from fuzz.loading import faults as loading_faults
from fuzz.made import Made, made, strings
from fuzz.mutants import mutant
from fuzz.rendering import Look, guarded, html_faults, pdf_faults, pptx_faults
from fuzz.running import Try
from fuzz.smaller import kind_of, smaller_bytes, smaller_data


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


def _html(seed: int, number: int) -> list[str]:
    return guarded(html_faults, made(seed, number), number)


def _pptx(seed: int, number: int) -> list[str]:
    return guarded(pptx_faults, made(seed, number), number)


def _pdf(seed: int, number: int) -> list[str]:
    return guarded(pdf_faults, made(seed, number), number)


def _smaller_made(look: Look, seed: int, number: int, kind: str) -> bytes:
    whole = made(seed, number)

    def of(data: Any) -> Made:
        """The canvas with less in it; texts that were cut are not sought any more."""
        left = "\n".join(strings(data))
        kept = [text for text in whole.shown if text in left]
        return replace(whole, data=data, shown=kept, notes=[text for text in whole.notes if text in left])

    def fails(data: Any) -> bool:
        return kind in {kind_of(fault) for fault in guarded(look, of(data), number)}

    data = smaller_data(whole.data, fails)
    return f"# {whole.options}\n".encode() + yaml.safe_dump(data, allow_unicode=True).encode()


PHASES = (
    Phase("load", "mutated files to check", _load, _smaller_mutant, 500),
    Phase("html", "made canvases to lay out as HTML", _html, partial(_smaller_made, html_faults), 20),
    Phase("pptx", "made canvases to make decks of", _pptx, partial(_smaller_made, pptx_faults), 20),
    Phase(
        "pdf",
        "made canvases to draw as PDF and as HTML that stands alone",
        _pdf,
        partial(_smaller_made, pdf_faults),
        10,
    ),
)
