"""What drawing may take, as the command line says it: seconds, bytes with a unit, processes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bmcrender.child import Limits

_LEAST_MIB = 512  # the libraries that draw take up to 400
_MOST_TIB = 1024
_MOST_WORKERS = 256
_UNITS = {"k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) *([kmgt])(?:i?b)?", re.IGNORECASE)


def memory(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    """Return how many bytes a size says; a kilobyte is 1024 of them however it is written."""
    if value is None:
        return None
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"'{value}' is no size; write 2GiB, or 800MiB")
    size = int(float(match[1]) * _UNITS[match[2].lower()])
    if size < _LEAST_MIB * 2**20:
        raise click.BadParameter(f"drawing takes {_LEAST_MIB} MiB at least, not {value}")
    if size > _MOST_TIB * 2**40:
        raise click.BadParameter(f"{value} is more than any machine has; write 16GiB")
    return size


def workers(_: click.Context, __: click.Parameter, value: str) -> int:
    """Return how many canvases are to be rendered side by side, 0 for as many as there are processors."""
    if value == "auto":
        return 0
    if not (value.isascii() and value.isdigit() and int(value) <= _MOST_WORKERS):
        raise click.BadParameter(f"'{value}' is no number of workers up to {_MOST_WORKERS}; write 4, or auto")
    return int(value)


def seconds(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """Refuse what is no number, which bounds let through."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("'nan' is no number of seconds; write 120")
    return value


def limits_of(given: Mapping[str, Any]) -> Limits:
    """Return the limits that options set; what they leave open stays as it is."""
    from bmcrender.child import Limits

    seconds, size = given["time_limit"], given["memory_limit"]
    limits = Limits()
    if seconds is not None:
        limits = replace(limits, seconds=seconds, cpu_seconds=max(1, round(seconds)))
    return limits if size is None else replace(limits, memory_bytes=size)
