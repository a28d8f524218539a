"""The results as Markdown: what was measured on what, each ratio with its spread and its goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.ratios import Row, Spread
from benchmarks.setting import LOAD

_HEAD = """# Benchmarks

Written by `python -m benchmarks --write`.
Ratios, not milliseconds, can be compared between machines: each is the median of
pairs measured in turn (A B, B A, …) in one run, with the least and the greatest beside it. Processor time is
that of the whole tree of processes, ours with its worker; memory is the most that the tree held, shared pages
counted once. Below 1 we take less. *Held* says which ratio is held against the goal: that of processor time
against programs of one process, that of time against browsers and other programs of many. Where the machine
had other work (its load is told), ratios of time are those of chance; those of processor time are not.
"""
_TAIL = """
## What is measured

- **A plain WeasyPrint script** draws the very HTML that our PDF is made of, with the same fonts as
  `@font-face` and as the same kind of PDF; ours checks the canvas, finds the sizes, starts a worker, draws,
  and verifies each text besides. On the line "no system fonts" the script has our fontconfig too.
- **Typst** sets a poster of the same texts in nine boxes with the same fonts. It is another engine, in
  compiled code, and it is faster: where milliseconds matter more than what we check, it is the better tool.
- **Chromium** prints the same HTML. **Marp** makes slides of the same texts, its PPTX of pictures;
  **PptxGenJS** and **Pandoc** make slides of plain bullets.
- **Sizes given**: the same poster with the sizes that were found before.
- **Growth** is linear in the items: the less a page costs before its first item, the greater the ratio of
  many to few. How plain WeasyPrint grows on the same pages stands beside it.
- `BMCRENDER_PLAIN_IMPORT=1` turns off what makes WeasyPrint start and draw faster here, for the same bytes.
- **Memory**: a worker that renders one poster after another, each with other texts, a third of them Persian.
"""


def markdown(suites: Mapping[str, tuple[Sequence[Row], Mapping[str, str]]]) -> str:
    """Return the page for the results of suites."""
    pages, told = [_HEAD], ""
    for name, (rows, setting) in suites.items():
        pages.append(_suite(name, rows))
        load = f"Load before: {setting.get(LOAD, 'unknown')}."
        here = "Measured on: " + ", ".join(f"{key} {value}" for key, value in setting.items() if key != LOAD)
        pages.append(f"\n{load}\n" if here == told else f"\n{here}. {load}\n")
        told = here
    return "".join(pages) + _TAIL


def _suite(name: str, rows: Sequence[Row]) -> str:
    lines = [
        f"\n## {name.capitalize()}\n",
        "| what | against | processor time | time | goal | held | |",
        "|---|---|---|---|---|---|---|",
        *(_line(row) for row in rows),
        "",
        *(f"- {note}" for row in rows if (note := _took(row))),
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    goal = f"{'≥' if row.least else '≤'} {row.goal:g}" if row.goal else "–"
    verdict = "" if not row.goal else "reached" if row.reached else f"missed by {_missed(row)}"
    held = {"cpu": "processor", "wall": "time"}[row.by] if row.goal and not row.unit else ""
    cells = (row.what, row.reference, _shown(row.cpu, row.unit), _shown(row.wall, ""), goal, held, verdict)
    return f"| {' | '.join(cells)} |"


def _missed(row: Row) -> str:
    return f"{abs(row.value - row.goal):.2f}"


def _shown(spread: Spread | None, unit: str) -> str:
    if spread is None:
        return "–"
    if unit:
        return f"{spread.median:.1f} {unit}"
    return f"**{spread.median:.2f}** ({spread.least:.2f}–{spread.most:.2f})"


def _took(row: Row) -> str:
    """Return what one took in milliseconds and MiB, for orientation."""
    took = row.took
    said = [*_pair(took, "wall_ms", "ms"), *_pair(took, "mib", "MiB")]
    said += [
        f"{key.removeprefix('mib_')}: {value:.0f} MiB"
        for key, value in took.items()
        if key.startswith("mib_")
    ]
    if "posters_per_second" in took:
        said.append(f"{took['posters_per_second']:.1f} posters a second with two workers")
    pairs = f"{row.pairs} pairs" if row.pairs > 1 else "one run"
    return f"{row.what} against {row.reference or 'itself'}: {', '.join(said)}; {pairs}" if said else ""


def _pair(took: Mapping[str, float], key: str, unit: str) -> Iterator[str]:
    if key in took:
        other = f" to {took['other_' + key]:.0f}" if "other_" + key in took else ""
        yield f"{took[key]:.0f}{other} {unit}"
