"""Lengths on the command line: millimetres, the unit written or not."""

from __future__ import annotations

from collections.abc import Callable

import click

Callback = Callable[[click.Context, click.Parameter, str | None], float | None]


def millimetres(what: str, least: float, most: float, example: str) -> Callback:
    """Return a callback that reads a length between bounds."""

    def length(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
        if value is None:
            return None
        try:
            side = float(value.strip().lower().removesuffix("mm"))
        except ValueError:
            raise click.BadParameter(f"'{value}' is no length; write {example}") from None
        if not least <= side <= most:
            raise click.BadParameter(f"{what} is {least:g} to {most:g} mm wide, not {value}")
        return side

    return length
