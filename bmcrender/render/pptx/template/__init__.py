"""Writes decks into somebody's template: its layouts, places, colours and fonts."""

from bmcrender.render.pptx.template.deck import offer, template_deck_bytes
from bmcrender.render.pptx.template.embedding import with_fonts
from bmcrender.render.pptx.template.fonts import stand_in_font

__all__ = ["offer", "stand_in_font", "template_deck_bytes", "with_fonts"]
