"""Slides and layouts as XML, with what they refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bmcrender.model import in_digits
from bmcrender.render.pptx.colors import ground
from bmcrender.render.pptx.markup import NAMESPACES, RELATIONSHIPS, escaped
from bmcrender.render.pptx.master import on_master
from bmcrender.render.pptx.parts import Package
from bmcrender.render.pptx.shapes import Place, box_xml, picture_xml, placeholder_xml, tree
from bmcrender.render.pptx.styles import inherited, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Layout, Paragraph, Shape, Slide

# What a layout is to programs that look for "the title slide"; the others are layouts of our own.
_TYPES = {"opening": "title", "overview": "titleOnly", "section": "secHead"}
_FIRST_ID = 2  # the tree itself has 1
_COLORS = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"


def layout_xml(pen: Pen, layout: Layout, package: Package, part: str) -> str:
    """Return a layout: its decoration, then its placeholders with the styles that their texts inherit."""
    shapes = (*(replace(shape, decorative=True) for shape in layout.decoration), *layout.placeholders)
    masters = on_master(pen.deck)
    written = []
    for number, shape in enumerate(shapes, _FIRST_ID):
        place = Place(number, picture=_picture(package, part, shape), layer="layout")
        if not shape.placeholder:
            written.append(drawn(pen, shape, place))
            continue
        twin, over = masters.get(shape.placeholder) or (None, masters["items"][1])
        styles = inherited(pen.deck, layout, shape)
        text = _layout_text(_inside(pen, shape, styles), shape, styles[0])
        own = levels(pen.deck, styles, over=over)
        written.append(placeholder_xml(pen.deck, shape, place, layout.role, text, twin, own))
    behind = ground(layout.background, pen.deck.colors)
    kind = f' type="{_TYPES[layout.role]}"' if layout.role in _TYPES else ' userDrawn="1"'
    return (
        f'<p:sldLayout {NAMESPACES} preserve="1"{kind}><p:cSld name="{escaped(layout.name)}">'
        f"{behind}{tree(''.join(written))}</p:cSld>{_COLORS}</p:sldLayout>"
    )


def slide_xml(pen: Pen, slide: Slide, number: int, package: Package, parts: Mapping[str, str]) -> str:
    """Return a slide, its shapes in reading order; `parts` are the names of those of all slides, by id."""
    part = parts[slide.id]
    pen = replace(pen, link=partial(package.link, part))
    layout = layout_of(pen.deck, slide)
    twins = {shape.placeholder: shape for shape in layout.placeholders}
    has_title = False
    written = []
    for index, shape in enumerate(titled(pen, slide), _FIRST_ID):
        click = package.relate(part, f"{RELATIONSHIPS}/slide", parts[shape.link]) if shape.link else ""
        place = Place(index, click, _picture(package, part, shape))
        twin = twins.pop(shape.placeholder, None)
        if twin is not None or (shape.placeholder == "title" and not has_title):
            styles = inherited(pen.deck, layout, twin) if twin else ()
            text = slide_text(_inside(pen, shape, styles), shape, number)
            written.append(placeholder_xml(pen.deck, shape, place, slide.role, text, twin))
        else:
            written.append(drawn(pen, shape, place))
        has_title = has_title or shape.placeholder == "title"
    return f"<p:sld {NAMESPACES}><p:cSld>{tree(''.join(written))}</p:cSld>{_COLORS}</p:sld>"


def layout_of(deck: Deck, slide: Slide) -> Layout:
    """Return a slide's layout: the one it names, else the first of its role."""
    return min(deck.layouts, key=lambda layout: (layout.name != slide.layout, layout.role != slide.role))


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
    return number_xml(pen, style, in_digits(number, pen.deck.digits))


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


def _picture(package: Package, part: str, shape: Shape) -> str:
    """Return the relationship to a shape's picture, "" for a shape without."""
    if shape.image is None:
        return ""
    return package.relate(part, f"{RELATIONSHIPS}/image", package.picture(shape.image))
