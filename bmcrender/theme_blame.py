"""A failure of drawing with somebody's own theme is told as a fault of that theme, with file and line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from bmcrender.errors import BmcrenderError, CanvasError
from bmcrender.model import Theme

_HINT = "if it is drawn with a built-in theme, the fault is in this one's templates or style sheets"


@contextmanager
def blaming(theme: Theme) -> Iterator[None]:
    """Raise a CanvasError that names the theme's file for a failure while its own files are used.

    A failure with built-in files alone is a mistake of ours, and limits are no faults of anyone.
    """
    try:
        yield
    except (BmcrenderError, MemoryError, RecursionError):
        raise
    except Exception as error:
        if not theme.given:
            raise
        file, line = _place(theme, error)
        told = " ".join(str(error).split()) or type(error).__name__
        message = f"the theme {theme.name} cannot be drawn with: {told[:300]}"
        raise CanvasError.of("theme-fault", message, _HINT, file, line) from error


def _place(theme: Theme, error: Exception) -> tuple[str, int]:
    """Return the file of the theme's own that failed, and the line where that is known."""
    named = str(getattr(error, "name", None) or ""), int(getattr(error, "lineno", None) or 0)
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    for name, line in (named, *reversed(frames)):
        if name in theme.given:
            return theme.given[name], line
    return f"themes/{theme.name}/theme.yaml", 0
