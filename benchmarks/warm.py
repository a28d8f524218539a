"""Renders the documents that it is told on standard input, one after another, in a process that stays.

`warm.py plain` draws pages of HTML as plain_poster.py does, `warm.py ours` renders canvases. For each line
(a path) it answers "seconds of processor, seconds": its own time and that of its worker.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from benchmarks.processes import cpu_seconds, descendants


def plain(path: Path) -> bytes:
    """Draw a page of HTML."""
    from weasyprint import HTML

    return bytes(HTML(string=path.read_text("utf-8")).write_pdf(pdf_variant="pdf/a-3a"))


def ours(path: Path) -> bytes:
    """Render a canvas."""
    import bmcrender

    result = bmcrender.render(bmcrender.load(path))
    assert result.ok, result.diagnostics
    return result.outputs["pdf"]


def _cpu() -> float:
    return time.process_time() + cpu_seconds(tuple(descendants(os.getpid())))


def main(kind: str) -> None:
    """Answer until there are no more lines."""
    draw = {"plain": plain, "ours": ours}[kind]
    for line in sys.stdin:
        cpu, wall = _cpu(), time.perf_counter()
        draw(Path(line.strip()))
        print(_cpu() - cpu, time.perf_counter() - wall, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
