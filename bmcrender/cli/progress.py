"""How far a run over many canvases has come, as a line on the terminal: bar, count, rate, time left."""

from __future__ import annotations

import time
from shutil import get_terminal_size

from bmcrender.cli.reporting import Reporter

_PAUSE_SECONDS = 0.1
_BAR = 24
_SETTLED = 2  # canvases after which a rate says something


class Progress:
    """Draws the line anew as canvases are done, but not more often than an eye can follow."""

    def __init__(self, reporter: Reporter, total: int, what: str = "") -> None:
        self._reporter = reporter
        self._total = total
        self._what = what
        self._begun = time.monotonic()
        self._drawn = 0.0
        self.show(0)

    def show(self, done: int) -> None:
        """Say how many are done."""
        now = time.monotonic()
        if now - self._drawn >= _PAUSE_SECONDS or done == self._total or not self._reporter.in_progress:
            self._drawn = now
            told = line(done, self._total, now - self._begun, self._what)
            self._reporter.progress(told[: get_terminal_size().columns - 1])


def line(done: int, total: int, seconds: float, what: str = "") -> str:
    """Return the line for so many done after so many seconds."""
    filled = _BAR * done // total
    parts = [f"[{'#' * filled}{'-' * (_BAR - filled)}] {done}/{total}", what]
    if done >= _SETTLED and seconds > 0:
        rate = done / seconds
        parts += [f"{rate:.1f}/s", f"{clock((total - done) / rate)} left"]
    return "  ".join(part for part in parts if part)


def clock(seconds: float) -> str:
    """Return a span of time as people read it: 0:07, 12:40, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
