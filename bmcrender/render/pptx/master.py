"""The slide master, made from the deck's own layouts."""

from __future__ import annotations

from bmcrender.render.pptx.colors import COLOR_MAP, ground
from bmcrender.render.pptx.markup import NAMESPACES
from bmcrender.render.pptx.shapes import Place, placeholder_xml, tree
from bmcrender.render.pptx.styles import inherited, level_styles, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Paragraph, Shape

FIRST_ID = 2147483648  # of the master; those of the layouts follow it

# Footers and numbers stand on every slide that has a place for them, dates and headers on none.
NO_DATE = '<p:hf hdr="0" dt="0"/>'
_WORDS = {"title": "Title", "items": "Text", "footer": "Footer"}


def master_xml(deck: Deck) -> str:
    """Return the slide master: ground, placeholders and the styles of title, body and other text."""
    found = on_master(deck)
    ids = "".join(
        f'<p:sldLayoutId id="{FIRST_ID + number}" r:id="rId{number}"/>'
        for number in range(1, len(deck.layouts) + 1)
    )
    shapes = "".join(
        _master_placeholder(deck, number, shape, style)
        for number, (shape, style) in enumerate(found.values(), 2)
    )
    title, body = found["title"][1], found["items"][1]
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{ground('page', deck.colors)}{tree(shapes)}</p:cSld>"
        f"<p:clrMap {COLOR_MAP}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>{NO_DATE}<p:txStyles>"
        f"<p:titleStyle>{levels(deck, title, 'mj')}</p:titleStyle>"
        f"<p:bodyStyle>{levels(deck, body)}</p:bodyStyle>"
        f"<p:otherStyle>{levels(deck, level_styles([plain(deck, 18)]))}</p:otherStyle></p:txStyles>"
        "</p:sldMaster>"
    )


def on_master(deck: Deck) -> dict[str, tuple[Shape, tuple[Paragraph, ...]]]:
    """Return the placeholders of the master by name, each with the looks of its levels."""
    return {name: _typical(deck, name) for name in ("title", "items", "footer", "number")}


def _typical(deck: Deck, name: str) -> tuple[Shape, tuple[Paragraph, ...]]:
    """Return place and style of a placeholder of the master: those of the block slides, if they have it."""
    for layout in sorted(deck.layouts, key=lambda layout: layout.role != "block"):
        for shape in layout.placeholders:
            if shape.placeholder == name:
                return shape, inherited(deck, layout, shape)
    side = deck.width / 20
    places = {
        "title": Rect(side, side, deck.width - 2 * side, 2 * side),
        "items": Rect(side, 3.5 * side, deck.width - 2 * side, deck.height - 6 * side),
        "footer": Rect(side, deck.height - 1.5 * side, deck.width - 6 * side, side),
        "number": Rect(deck.width - 4 * side, deck.height - 1.5 * side, 3 * side, side),
    }
    size = 10 if name in ("footer", "number") else 24
    return Shape(name, places[name], placeholder=name), level_styles([plain(deck, size)])


def _master_placeholder(deck: Deck, number: int, shape: Shape, style: tuple[Paragraph, ...]) -> str:
    """Return a placeholder of the master; a footer without text is drawn in a foreign font by LibreOffice."""
    pen = Pen(deck)
    name = shape.placeholder
    first = style[0]
    if name == "number":
        text = number_xml(pen, first, "‹#›")
    else:
        words = plain(deck, first.size_pt, first.color, _WORDS[name], first.bold)
        text = paragraphs_xml(pen, [words])
    # Title and body take their style from the master's own list of styles; the others have none there.
    own = levels(deck, style[:1]) if name in ("footer", "number") else ""
    return placeholder_xml(deck, shape, Place(number, layer="master"), "", text, styles=own)
