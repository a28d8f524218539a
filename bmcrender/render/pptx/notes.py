"""Speaker notes: their master, in the deck's direction and fonts, and the notes of each slide."""

from __future__ import annotations

from dataclasses import replace

from bmcrender.model import in_digits
from bmcrender.render.pptx.colors import COLOR_MAP, ground
from bmcrender.render.pptx.markup import NAMESPACES, emu_pt
from bmcrender.render.pptx.master import NO_DATE
from bmcrender.render.pptx.shapes import tree
from bmcrender.render.pptx.styles import level_styles, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml
from bmcrender.slides import Deck, Slide

PAGE_PT = (540, 720)
# Left, top, width and height in points: the slide in 16 : 9 above, its notes below.
_PICTURE_PT = (54, 54, 432, 243)
_NOTES_PT = (54, 333, 432, 333)
_NUMBER_PT = (324, 675, 162, 24)
_SIZE_PT, _NUMBER_SIZE_PT = 12, 10
_FRAME = '<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="accent5"/></a:solidFill></a:ln>'


def notes_master_xml(deck: Deck) -> str:
    """Return the notes master."""
    picture = _placeholder(2, "Slide", 'type="sldImg" idx="2"', "", _place(_PICTURE_PT, _FRAME))
    words = paragraphs_xml(Pen(deck), [plain(deck, _SIZE_PT, text="Notes")])
    notes = _placeholder(3, "Notes", 'type="body" sz="quarter" idx="3"', words, _place(_NOTES_PT))
    field = number_xml(Pen(deck), plain(deck, _NUMBER_SIZE_PT, "quiet"), "‹#›")
    x, y, w, h = _NUMBER_PT
    place = _place((PAGE_PT[0] - x - w if deck.direction == "rtl" else x, y, w, h))
    number = _placeholder(4, "Number", 'type="sldNum" sz="quarter" idx="5"', field, place)
    shapes = tree(picture + notes + number)
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld>{ground('page', deck.colors)}{shapes}</p:cSld>"
        f"<p:clrMap {COLOR_MAP}/>{NO_DATE}"
        f"<p:notesStyle>{levels(deck, level_styles([plain(deck, _SIZE_PT)]))}</p:notesStyle></p:notesMaster>"
    )


def notes_xml(pen: Pen, slide: Slide, number: int) -> str:
    """Return a slide's speaker notes, and its number on their page."""
    words, field = notes_texts(pen, slide, number)
    shapes = tree(
        _placeholder(2, "Slide Image Placeholder 1", 'type="sldImg" idx="2"', "", "")
        + _placeholder(3, "Notes Placeholder 2", 'type="body" idx="3" sz="quarter"', words, "")
        + _placeholder(4, "Slide Number Placeholder 3", 'type="sldNum" idx="5" sz="quarter"', field, "")
    )
    colors = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    return f"<p:notes {NAMESPACES}><p:cSld>{shapes}</p:cSld>{colors}</p:notes>"


def notes_texts(pen: Pen, slide: Slide, number: int) -> tuple[str, str]:
    """Return the paragraphs of a slide's speaker notes, and that of its number."""
    pen = replace(pen, inherited=level_styles([plain(pen.deck, _SIZE_PT)]))
    field = number_xml(pen, plain(pen.deck, _NUMBER_SIZE_PT, "quiet"), in_digits(number, pen.deck.digits))
    return paragraphs_xml(pen, slide.notes), field


def _placeholder(number: int, name: str, kind: str, text: str, place: str) -> str:
    """Return a placeholder of a page of notes; the one without text is the slide's picture.

    `place` is what its master's page says of place and frame, "" on the page of a slide, which inherits it.
    """
    fixed = "" if text else ' noRot="1" noChangeAspect="1"'
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody>" if text else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"{fixed}/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"{f'<p:spPr>{place}</p:spPr>' if place else '<p:spPr/>'}{body}</p:sp>"
    )


def _place(rect_pt: tuple[int, int, int, int], frame: str = "") -> str:
    """Return a rectangle on the notes page, and the frame around it."""
    x, y, cx, cy = (emu_pt(length) for length in rect_pt)
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{frame}'
    )
