"""A deck to bytes: an empty package is opened, slides are added from its layouts, and all is saved."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from bmcrender.render.pptx.archive import normalized
from bmcrender.render.pptx.fonts import FontOf, theme_font
from bmcrender.render.pptx.notes import fill_notes
from bmcrender.render.pptx.package import empty_package
from bmcrender.render.pptx.sections import add_sections
from bmcrender.render.pptx.slides import fill_layout, fill_slide, layout_of
from bmcrender.render.pptx.text import Pen
from bmcrender.slides import Deck

if TYPE_CHECKING:
    from pptx.slide import Slide as PptxSlide


def deck_bytes(
    deck: Deck, created: datetime, font_of: FontOf = theme_font, heading_font_of: FontOf | None = None
) -> bytes:
    """Return the deck as a .pptx file.

    `created` becomes the date of creation and of change. `font_of(character, bold)` names the family
    for a character that the theme's fonts lack, and is "" for all others; `heading_font_of` does so where
    headings have families of their own.
    """
    from pptx import Presentation

    pen = Pen(deck, font_of, heading_font_of)
    presentation = Presentation(BytesIO(empty_package(deck, created)))
    layouts = dict(zip((layout.name for layout in deck.layouts), presentation.slide_layouts, strict=True))
    # All slides are there before the first is filled, so that any of them can be a link's target; and
    # the layouts are still empty then, so that nothing of theirs is cloned onto a slide.
    slides: dict[str, PptxSlide] = {
        slide.id: presentation.slides.add_slide(layouts[layout_of(deck, slide).name]) for slide in deck.slides
    }
    for layout in deck.layouts:
        fill_layout(pen, layout, layouts[layout.name].part)
    parts = {name: slide.part for name, slide in slides.items()}
    for number, slide in enumerate(deck.slides, 1):
        fill_slide(pen, slide, number, parts)
        if slide.notes:
            fill_notes(pen, slide, slides[slide.id])
    add_sections(presentation, deck, {name: slide.slide_id for name, slide in slides.items()})
    buffer = BytesIO()
    presentation.save(buffer)
    return normalized(buffer.getvalue())
