"""Notes of a deck on a template, on its notes master, or on ours in its theme where it has none."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bmcrender.render.pptx.markup import NAMESPACES, xml_part
from bmcrender.render.pptx.notes import notes_master_xml, notes_texts
from bmcrender.render.pptx.package import NOTES_MASTER
from bmcrender.render.pptx.template.nodes import nodes
from bmcrender.render.pptx.text import Pen
from bmcrender.slides import Deck, Slide

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import NotesSlide

_NUMBERS = "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph/@type='sldNum']"
_BODY = "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph/@type='body']"


def provide_notes_master(presentation: Presentation, deck: Deck) -> None:
    """See to it that a presentation has a notes master with a place for notes, and lists it."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    part: Any = presentation.part
    for name, rel in [*part.rels.items()]:
        if rel.reltype == KIND.NOTES_MASTER:
            if nodes(rel.target_part._element, _BODY):
                _list(part, name)
                return
            part.rels.pop(name)
    own = _own_master(part.package, presentation.slide_masters[0].part, deck)
    _list(part, part.relate_to(own, KIND.NOTES_MASTER))


def fill_notes(pen: Pen, slide: Slide, number: int, page: NotesSlide) -> None:
    """Write a slide's speaker notes, and its number on their page."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    if page.notes_text_frame is None:
        raise RuntimeError("the notes master has no place for notes")
    pen = replace(pen, link=partial(page.part.relate_to, reltype=KIND.HYPERLINK, is_external=True))
    words, field = notes_texts(pen, slide, number)
    for shape in nodes(page.part._element, _NUMBERS):
        _write(shape.get_or_add_txBody(), field)
    _write(page.notes_text_frame._txBody, words)


def _write(body: Any, paragraphs: str) -> None:
    """Put paragraphs in place of those of a text."""
    from pptx.oxml import parse_xml

    for paragraph in body.p_lst:
        body.remove(paragraph)
    body.extend(parse_xml(f"<p:txBody {NAMESPACES}>{paragraphs}</p:txBody>"))


def _own_master(package: Any, slide_master: Any, deck: Deck) -> Any:
    """Return a notes master of ours with a copy of the template's theme."""
    from pptx.opc.constants import CONTENT_TYPE
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI
    from pptx.parts.slide import NotesMasterPart

    name = PackURI(f"/{NOTES_MASTER}")
    content = xml_part(notes_master_xml(deck))
    master = NotesMasterPart.load(name, CONTENT_TYPE.PML_NOTES_MASTER, package, content)
    theme = slide_master.part_related_by(KIND.THEME)
    copy = Part(package.next_partname("/ppt/theme/theme%d.xml"), theme.content_type, package, theme.blob)
    for rel in theme.rels.values():
        if not rel.is_external:  # pictures of its fills; the ids are those of the copy's content
            copy.rels._rels[rel.rId] = rel
    master.relate_to(copy, KIND.THEME)
    return master


def _list(part: Any, name: str) -> None:
    """Name the notes master in the presentation, after the slide masters."""
    from pptx.oxml import parse_xml

    for old in nodes(part._element, "p:notesMasterIdLst"):
        part._element.remove(old)
    listed = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{name}"/></p:notesMasterIdLst>'
    nodes(part._element, "p:sldMasterIdLst")[0].addnext(parse_xml(listed))
