"""How help is laid out: options under headings, in the order in which they are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

_HEADINGS = ("Outputs", "Look", "Pages", "Decks", "Own data", "Runs", "Messages", "Others")
_FEW = 8  # so many options need no headings

_EXIT_CODES = (
    ("0", "all is well"),
    ("1", "a canvas has errors"),
    ("2", "the command line is wrong"),
    ("3", "there were warnings, and --strict"),
    ("4", "a file cannot be read or written, or the machine lacks something"),
    ("5", "drawing took too much time or memory"),
    ("70", "a bug in bmcrender"),
    ("129, 130, 143", "ended by a signal: SIGHUP, Ctrl-C, SIGTERM"),
)


class Headed(click.Option):
    """An option that stands under a heading in help."""

    def __init__(self, *words: Any, heading: str, **more: Any) -> None:
        super().__init__(*words, **more)
        self.heading = heading


def write_options(
    options: Sequence[click.Parameter],
    context: click.Context,
    formatter: click.HelpFormatter,
    more: Iterable[tuple[str, str]] = (),
) -> None:
    """Write options under their headings, then the exit codes; where they are few, under one heading.

    `more` rows stand among the others.
    """
    rows: dict[str, list[tuple[str, str]]] = {heading: [] for heading in ("Options", *_HEADINGS)}
    few = len(options) <= _FEW
    for one in options:
        if row := one.get_help_record(context):
            rows["Options" if few else getattr(one, "heading", _HEADINGS[-1])].append(row)
    rows[_HEADINGS[-1]] += more
    for heading, found in rows.items():
        if found:
            with formatter.section(heading):
                formatter.write_dl(found)
    if not few:
        with formatter.section("Exit codes"):
            formatter.write_dl(_EXIT_CODES)
