"""A deck to bytes: its parts are written one by one, and archived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from bmcrender.errors import Diagnostic
from bmcrender.fonts import Face, FontSet
from bmcrender.render.pptx.embedding import fonts_of
from bmcrender.render.pptx.fonts import FontOf, theme_font
from bmcrender.render.pptx.markup import RELATIONSHIPS
from bmcrender.render.pptx.notes import notes_xml
from bmcrender.render.pptx.package import (
    NOTES_MASTER,
    add_masters,
    add_presentation,
    add_properties,
    layout_part,
    notes_part,
    slide_part,
)
from bmcrender.render.pptx.parts import Package
from bmcrender.render.pptx.slides import layout_of, slide_xml
from bmcrender.render.pptx.text import Pen
from bmcrender.slides import Deck, Slide


def deck_bytes(
    deck: Deck, created: datetime, font_of: FontOf = theme_font, heading_font_of: FontOf | None = None
) -> bytes:
    """Return the deck as a .pptx file without fonts.

    `created` becomes the date of creation and of change. `font_of(character, bold)` names the family
    for a character that the theme's fonts lack, and is "" for all others; `heading_font_of` does so where
    headings have families of their own.
    """
    package = _slides(Pen(deck, font_of, heading_font_of), created)
    add_presentation(package, deck, ())
    return package.archived()


def deck_with_fonts(
    deck: Deck,
    created: datetime,
    font_of: FontOf,
    heading_font_of: FontOf | None,
    fonts: FontSet,
    read: Callable[[Face], bytes],
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the deck with the fonts that it uses inside, and what was found about those left out."""
    package = _slides(Pen(deck, font_of, heading_font_of), created)
    inside, found = fonts_of(package.parts, fonts, read)
    add_presentation(package, deck, inside)
    return package.archived(), found


def _slides(pen: Pen, created: datetime) -> Package:
    """Return all parts but the presentation, which lists them."""
    deck, package = pen.deck, Package()
    add_properties(package, deck, created)
    add_masters(package, pen)
    layouts = {layout.name: layout_part(number) for number, layout in enumerate(deck.layouts, 1)}
    parts = {slide.id: slide_part(number) for number, slide in enumerate(deck.slides, 1)}
    for number, slide in enumerate(deck.slides, 1):
        part = parts[slide.id]
        package.relate(part, f"{RELATIONSHIPS}/slideLayout", layouts[layout_of(deck, slide).name])
        package.write(part, slide_xml(pen, slide, number, package, parts))
        if slide.notes:
            _add_notes(package, pen, slide, number)
    return package


def _add_notes(package: Package, pen: Pen, slide: Slide, number: int) -> None:
    """Add a slide's speaker notes."""
    part, of = notes_part(number), slide_part(number)
    package.relate(of, f"{RELATIONSHIPS}/notesSlide", part)
    package.relate(part, f"{RELATIONSHIPS}/notesMaster", NOTES_MASTER)
    package.relate(part, f"{RELATIONSHIPS}/slide", of)
    package.write(part, notes_xml(replace(pen, link=partial(package.link, part)), slide, number))
