"""Data against the JSON Schema and the kind: a `Canvas`, or all its diagnostics."""

from __future__ import annotations

from bmcrender.validate.canvases import canvas, kind_id, located, theme_tokens
from bmcrender.validate.glyphs import missing_glyphs
from bmcrender.validate.settings import merged, with_defaults, with_settings

__all__ = [
    "canvas",
    "kind_id",
    "located",
    "merged",
    "missing_glyphs",
    "theme_tokens",
    "with_defaults",
    "with_settings",
]
