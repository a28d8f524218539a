"""Fills slides and layouts: the shapes of each are written as one piece of XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from bmcrender.render.pptx.markup import NAMESPACES
from bmcrender.render.pptx.master import on_master
from bmcrender.render.pptx.shapes import Place, box_xml, picture_xml, placeholder_xml
from bmcrender.render.pptx.styles import inherited, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml, shown_number
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Layout, Paragraph, Shape, Slide

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.parts.slide import BaseSlidePart

_FIRST_ID = 2  # the tree itself has 1


def fill_layout(pen: Pen, layout: Layout, part: BaseSlidePart) -> None:
    """Write a layout's decoration, then its placeholders with the styles that their texts inherit."""
    shapes = (*(replace(shape, decorative=True) for shape in layout.decoration), *layout.placeholders)
    masters = on_master(pen.deck)
    written = []
    for number, shape in enumerate(shapes, _FIRST_ID):
        place = Place(number, picture=picture(part, shape), layer="layout")
        if not shape.placeholder:
            written.append(drawn(pen, shape, place))
            continue
        twin, over = masters.get(shape.placeholder) or (None, masters["items"][1])
        styles = inherited(pen.deck, layout, shape)
        text = _layout_text(_inside(pen, shape, styles), shape, styles[0])
        own = levels(pen.deck, styles, over=over)
        written.append(placeholder_xml(pen.deck, shape, place, layout.role, text, twin, own))
    append(part, written)


def fill_slide(pen: Pen, slide: Slide, number: int, parts: Mapping[str, BaseSlidePart]) -> None:
    """Write a slide's shapes in reading order; `parts` are those of all slides, by id."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    part = parts[slide.id]
    pen = replace(pen, link=lambda url: part.relate_to(url, KIND.HYPERLINK, is_external=True))
    layout = layout_of(pen.deck, slide)
    twins = {shape.placeholder: shape for shape in layout.placeholders}
    has_title = False
    written = []
    for index, shape in enumerate(titled(pen, slide), _FIRST_ID):
        click = part.relate_to(parts[shape.link], KIND.SLIDE) if shape.link else ""
        place = Place(index, click, picture(part, shape))
        twin = twins.pop(shape.placeholder, None)
        if twin is not None or (shape.placeholder == "title" and not has_title):
            styles = inherited(pen.deck, layout, twin) if twin else ()
            text = slide_text(_inside(pen, shape, styles), shape, number)
            written.append(placeholder_xml(pen.deck, shape, place, slide.role, text, twin))
        else:
            written.append(drawn(pen, shape, place))
        has_title = has_title or shape.placeholder == "title"
    append(part, written)


def layout_of(deck: Deck, slide: Slide) -> Layout:
    """Return a slide's layout: the one it names, else the first of its role."""
    found = sorted(deck.layouts, key=lambda layout: (layout.name != slide.layout, layout.role != slide.role))
    return found[0]


def titled(pen: Pen, slide: Slide) -> tuple[Shape, ...]:
    """Return a slide's shapes; one without a title gets it above the slide's edge, for screen readers."""
    if any(shape.placeholder == "title" for shape in slide.shapes):
        return slide.shapes
    layouts = [layout_of(pen.deck, slide)] if pen.deck.layouts else []
    places = [shape for layout in layouts for shape in layout.placeholders if shape.placeholder == "title"]
    looks = [inherited(pen.deck, layouts[0], shape)[0].color for shape in places]
    words = plain(pen.deck, 18, looks[0] if looks else "heading", slide.title)
    above = Rect(0, -20, pen.deck.width, 15)
    return (Shape("Title", above, (words,), placeholder="title"), *slide.shapes)


def _inside(pen: Pen, shape: Shape, styles: Sequence[Paragraph]) -> Pen:
    """Return what writes the texts of a placeholder, which inherit some styles."""
    return replace(pen, inherited=styles, headed=shape.placeholder == "title")


def slide_text(pen: Pen, shape: Shape, number: int) -> str:
    """Return the paragraphs of a shape on a slide; those of a number are the slide's."""
    if shape.placeholder != "number":
        return paragraphs_xml(pen, shape.paragraphs)
    style = shape.paragraphs[0] if shape.paragraphs else plain(pen.deck, 10, "quiet")
    return number_xml(pen, style, shown_number(pen.deck, number))


def _layout_text(pen: Pen, shape: Shape, style: Paragraph) -> str:
    """Return what a layout shows in a placeholder: its own words, or else its name.

    Never nothing: LibreOffice draws the footers of slides in a foreign font if their layout's is empty.
    """
    if shape.placeholder == "number":
        return number_xml(pen, style, "‹#›")
    words = plain(pen.deck, style.size_pt, style.color, shape.name, style.bold)
    return paragraphs_xml(pen, shape.paragraphs or (words,))


def drawn(pen: Pen, shape: Shape, place: Place) -> str:
    """Return a shape that is no placeholder."""
    if shape.image is not None:
        return picture_xml(shape, place)
    text = paragraphs_xml(pen, shape.paragraphs) if shape.paragraphs else ""
    return box_xml(pen.deck, shape, place, text)


def picture(part: BaseSlidePart, shape: Shape) -> str:
    """Return the relationship to a shape's picture, "" for a shape without."""
    return part.get_or_add_image_part(BytesIO(shape.image.data))[1] if shape.image else ""


def append(part: BaseSlidePart, shapes: Sequence[str]) -> None:
    """Add shapes to the tree of a slide or layout."""
    part._element.cSld.spTree.extend(parsed("".join(shapes)))


def parsed(fragment: str) -> list[BaseOxmlElement]:
    """Return the elements of a piece of XML."""
    from pptx.oxml import parse_xml

    return list(parse_xml(f"<p:spTree {NAMESPACES}>{fragment}</p:spTree>"))
