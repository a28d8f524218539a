"""Turns a `Deck` into the bytes of a PowerPoint file: native, editable shapes, the same bytes every time."""

from bmcrender.render.pptx.deck import deck_bytes

__all__ = ["deck_bytes"]
