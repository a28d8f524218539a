"""Starts the worker of one canvas before the command line is understood: both load their libraries at once.

It is a guess from the words as they stand. One that is wrong costs time and nothing else: a worker that is
not needed is ended with the run, one that was started otherwise than is wanted is replaced.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

# The same as in `outputs` and `model`, which take longer to load; a test compares.
CANVASES = (".yaml", ".yml", ".json")
STDIN = "-"
FORMATS = ("pdf", "pptx", "png", "html")
# These words ask for something else, or for a worker with other limits.
_OTHERS = ("-h", "--help", "--version", "--dask", "--time-limit", "--memory-limit")


def begin_ahead(words: Sequence[str]) -> None:
    """Start the worker that a command line will want."""
    if formats := wanted(words):
        from bmcrender.errors import BmcrenderError
        from bmcrender.supervisor import shared

        with suppress(BmcrenderError):  # it is told when the worker is needed
            shared().begin(formats, fonts=None)


def wanted(words: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of the one canvas that words look like rendering; none where they do not."""
    return _formats(words) if _renders_one(words) else ()


def _renders_one(words: Sequence[str]) -> bool:
    if any(word.partition("=")[0] in _OTHERS for word in words):
        return False
    first = words[1:2] if words[:1] == ["render"] else words[:1]
    if not first or not (first[0].startswith("-") or _is_canvas(first[0])):
        return False  # another command
    canvases = sum(map(_is_canvas, words))
    return canvases == 1 or (canvases == 0 and STDIN in words)


def _is_canvas(word: str) -> bool:
    return word.lower().endswith(CANVASES) and os.path.isfile(word)  # noqa: PTH113 (a Path takes longer)


def _formats(words: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that words name, as options or as endings of outputs."""
    return tuple(one for one in FORMATS if any(w == f"--{one}" or w.endswith(f".{one}") for w in words)) or (
        FORMATS[0],
    )
