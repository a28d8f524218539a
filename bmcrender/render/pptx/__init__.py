"""Turns a `Deck` into the bytes of a PowerPoint file: native, editable shapes, the same bytes every time."""

from bmcrender.render.pptx.deck import deck_bytes, deck_with_fonts
from bmcrender.render.pptx.fonts import fallback_font

__all__ = ["deck_bytes", "deck_with_fonts", "fallback_font"]
