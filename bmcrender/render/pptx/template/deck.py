"""A deck on somebody's template: what it offers for a document, and the slides written into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bmcrender.errors import Diagnostic
from bmcrender.frozen import dataclass
from bmcrender.model import TEMPLATE_ROLES, Template, TemplateRole
from bmcrender.render.pptx.archive import normalized
from bmcrender.render.pptx.fonts import FontOf, theme_font
from bmcrender.render.pptx.markup import NAMESPACES, xml_part
from bmcrender.render.pptx.properties import core_xml, extended_xml
from bmcrender.render.pptx.sections import sections_xml
from bmcrender.render.pptx.template.fonts import STAND_IN, Families, families
from bmcrender.render.pptx.template.notes import fill_notes, provide_notes_master
from bmcrender.render.pptx.template.opening import opened, told_as_damage
from bmcrender.render.pptx.template.places import layouts_of
from bmcrender.render.pptx.template.roles import Choice, choices
from bmcrender.render.pptx.template.slides import Dresser
from bmcrender.render.pptx.template.stage import template_stage
from bmcrender.render.pptx.text import Pen
from bmcrender.slides import Deck, Role, Stage

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as PptxSlide


@dataclass(frozen=True)
class Offer:
    """A template without its slides, the layouts that serve the roles, and what it lacks."""

    template: Template
    presentation: Presentation
    layouts: tuple[str, ...]  # names of all
    choices: tuple[Choice, ...]
    found: tuple[Diagnostic, ...]

    @property
    def size(self) -> tuple[float, float]:
        """The size of a slide in mm."""
        first = self.choices[0].layout
        return round(first.width, 1), round(first.height, 1)

    def families(self, script: str, rtl: bool, there: Iterable[str], own: str = STAND_IN) -> Families:
        """Return the families that texts of a script are measured with; `own` is ours for it."""
        master = next(one.layout.layout.slide_master for one in self.choices if one.role == "block")
        return families(master, script, rtl, there, own)

    def stage(self, fonts: Mapping[str, str]) -> Stage:
        """Return the stage for texts that are measured with some families."""
        return template_stage(self.choices, fonts)


def offer(template: Template, kind: str, given: Mapping[str, str], rtl: bool = False) -> Offer:
    """Return what a template offers for a kind of canvas; `given` maps roles to names of layouts."""
    presentation, samples = opened(template)
    names: dict[TemplateRole, str] = {role: f"{kind} {role}" for role in TEMPLATE_ROLES}
    with told_as_damage(template):
        layouts = layouts_of(presentation, samples)
        found, lacking = choices(layouts, given, names, template.name, rtl)
    return Offer(template, presentation, tuple(dict.fromkeys(one.name for one in layouts)), found, lacking)


def template_deck_bytes(deck: Deck, offered: Offer, created: datetime, font_of: FontOf = theme_font) -> bytes:
    """Return a deck that was laid out for an offer's stage as a .pptx file; the offer is used up by it."""
    presentation, pen = offered.presentation, Pen(deck, font_of, font_of)
    stage = offered.stage(deck.fonts)
    dressers: dict[Role, Dresser] = {
        one.role: Dresser(one, stage.frames[one.role], pen) for one in offered.choices
    }
    with told_as_damage(offered.template):  # its layouts and its notes master are copied here
        provide_notes_master(presentation, deck)
        slides: dict[str, PptxSlide] = {
            slide.id: presentation.slides.add_slide(dressers[slide.role].choice.layout.layout)
            for slide in deck.slides
        }
        pages = {slide.id: slides[slide.id].notes_slide for slide in deck.slides if slide.notes}
    parts = {name: slide.part for name, slide in slides.items()}
    first = int(presentation.part._element.get("firstSlideNum", "1"))
    for number, slide in enumerate(deck.slides, first):
        dressers[slide.role].fill(slide, number, parts)
        if slide.notes:
            fill_notes(pen, slide, number, pages[slide.id])
    _add_sections(presentation, deck, {name: slide.slide_id for name, slide in slides.items()})
    _describe(presentation, deck, created)
    buffer = BytesIO()
    presentation.save(buffer)
    return normalized(buffer.getvalue())


def _add_sections(presentation: Presentation, deck: Deck, ids: Mapping[str, int]) -> None:
    """Write the deck's sections, if it has any; `ids` are the numbers of slides in the presentation."""
    from pptx.oxml import parse_xml

    if not deck.sections:
        return
    listed = parse_xml(f"<p:extLst {NAMESPACES}>{sections_xml(deck, ids)}</p:extLst>")
    main = presentation.part._element
    lists = main.findall(listed.tag)
    if lists:
        lists[0].extend(listed)
    else:
        main.append(listed)


def _describe(presentation: Presentation, deck: Deck, created: datetime) -> None:
    """Give a presentation the deck's properties in place of the template's."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.oxml import parse_xml

    if deck.direction == "rtl":
        presentation.part._element.set("rtl", "1")
    package: Any = presentation.part.package
    package.core_properties  # noqa: B018 (makes the part where there is none)
    package.part_related_by(KIND.CORE_PROPERTIES)._element = parse_xml(core_xml(deck, created))
    for rel in package._rels.values():
        if rel.reltype == KIND.EXTENDED_PROPERTIES:
            rel.target_part._blob = xml_part(extended_xml(deck))
