"""Lays out a `Deck`: opening, overview, one slide per block in the order of work, closing."""

from bmcrender.layout.deck.slides import deck

__all__ = ["deck"]
