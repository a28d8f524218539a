"""Turns a `Deck` into the bytes of a PowerPoint file: native, editable shapes, the same bytes every time."""

from bmcrender.render.pptx.deck import deck_bytes
from bmcrender.render.pptx.embedding import with_fonts
from bmcrender.render.pptx.fonts import fallback_font

__all__ = ["deck_bytes", "fallback_font", "with_fonts"]
