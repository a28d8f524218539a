"""The short form of the library: one file, one format, bytes."""

from __future__ import annotations

from typing import Any

from bmcrender.errors import CanvasError
from bmcrender.given import StrPath
from bmcrender.inputs import load
from bmcrender.model import Format
from bmcrender.pipeline import render


def render_file(path: StrPath, format: Format = "pdf", **options: Any) -> bytes:
    """Return a canvas file rendered in one format; `options` are those of `load`.

    Of pictures it is the first page. Raises CanvasError with all findings when the canvas has errors.
    """
    result = render(load(path, (format,), **options))
    if not result.ok:
        raise CanvasError(result.diagnostics)
    return result.outputs[format]
