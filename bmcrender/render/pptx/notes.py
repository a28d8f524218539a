"""Speaker notes: their master, in the deck's direction and fonts, and the notes of each slide."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bmcrender.render.pptx.colors import COLOR_MAP, ground
from bmcrender.render.pptx.markup import NAMESPACES, emu_pt
from bmcrender.render.pptx.master import NO_DATE
from bmcrender.render.pptx.shapes import tree
from bmcrender.render.pptx.styles import level_styles, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml, shown_number
from bmcrender.slides import Deck, Slide

if TYPE_CHECKING:
    from pptx.oxml.text import CT_TextBody
    from pptx.slide import Slide as PptxSlide

PAGE_PT = (540, 720)
# Left, top, width and height in points: the slide in 16 : 9 above, its notes below.
_PICTURE_PT = (54, 54, 432, 243)
_NOTES_PT = (54, 333, 432, 333)
_NUMBER_PT = (324, 675, 162, 24)
_NUMBERS = "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph/@type='sldNum']"
_SIZE_PT, _NUMBER_SIZE_PT = 12, 10
_FRAME = '<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="accent5"/></a:solidFill></a:ln>'


def notes_master_xml(deck: Deck) -> str:
    """Return the notes master; without one python-pptx adds its own, in English and left to right."""
    picture = _placeholder(2, "Slide", 'type="sldImg" idx="2"', _PICTURE_PT, "")
    words = paragraphs_xml(Pen(deck), [plain(deck, _SIZE_PT, text="Notes")])
    notes = _placeholder(3, "Notes", 'type="body" sz="quarter" idx="3"', _NOTES_PT, words)
    field = number_xml(Pen(deck), plain(deck, _NUMBER_SIZE_PT, "quiet"), "‹#›")
    x, y, w, h = _NUMBER_PT
    place = (PAGE_PT[0] - x - w if deck.direction == "rtl" else x, y, w, h)
    number = _placeholder(4, "Number", 'type="sldNum" sz="quarter" idx="5"', place, field)
    shapes = tree(picture + notes + number)
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld>{ground('page', deck.colors)}{shapes}</p:cSld>"
        f"<p:clrMap {COLOR_MAP}/>{NO_DATE}"
        f"<p:notesStyle>{levels(deck, level_styles([plain(deck, _SIZE_PT)]))}</p:notesStyle></p:notesMaster>"
    )


def fill_notes(pen: Pen, slide: Slide, target: PptxSlide) -> None:
    """Write a slide's speaker notes, and its number on their page."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    page = target.notes_slide
    if page.notes_text_frame is None:
        raise RuntimeError("the notes master has no place for notes")
    styles = level_styles([plain(pen.deck, _SIZE_PT)])
    link = partial(page.part.relate_to, reltype=KIND.HYPERLINK, is_external=True)
    pen = replace(pen, link=link, inherited=styles)
    number = 1 + target.part.package.presentation_part.presentation.slides.index(target)
    field = number_xml(pen, plain(pen.deck, _NUMBER_SIZE_PT, "quiet"), shown_number(pen.deck, number))
    for shape in page.part._element.xpath(_NUMBERS):
        _write(shape.get_or_add_txBody(), field)
    _write(page.notes_text_frame._txBody, paragraphs_xml(pen, slide.notes))


def _write(body: CT_TextBody, paragraphs: str) -> None:
    """Put paragraphs in place of those of a text."""
    from pptx.oxml import parse_xml

    for paragraph in body.p_lst:
        body.remove(paragraph)
    body.extend(parse_xml(f"<p:txBody {NAMESPACES}>{paragraphs}</p:txBody>"))


def _placeholder(number: int, name: str, kind: str, place_pt: tuple[int, int, int, int], text: str) -> str:
    """Return a placeholder of the notes page; the one without text is the slide's picture."""
    x, y, cx, cy = (emu_pt(length) for length in place_pt)
    fixed = "" if text else ' noRot="1" noChangeAspect="1"'
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody>" if text else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"{fixed}/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{"" if text else _FRAME}</p:spPr>{body}</p:sp>'
    )
