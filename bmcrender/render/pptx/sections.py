"""The sections of a deck: named stretches of slides, as presentation programs list them."""

from __future__ import annotations

from collections.abc import Mapping

from bmcrender.render.pptx.markup import escaped
from bmcrender.slides import Deck

_FIRST_ID = 0x7F0F3A3C_5D0E_5C55_9A53_2F6C3A9D1C41  # the others follow
SECTION_LIST = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # by which programs know a list of sections
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def section_list(deck: Deck, ids: Mapping[str, int]) -> str:
    """Return the extensions of a presentation with the deck's sections, nothing for a deck without.

    `ids` are the numbers of slides in the presentation.
    """
    return f"<p:extLst>{sections_xml(deck, ids)}</p:extLst>" if deck.sections else ""


def sections_xml(deck: Deck, ids: Mapping[str, int]) -> str:
    """Return the list of sections as an extension of the presentation.

    PowerPoint calls a file damaged that has a slide in no section or in two: that is a mistake of ours.
    """
    listed = [slide for section in deck.sections for slide in section.slides]
    if listed != [slide.id for slide in deck.slides]:
        raise ValueError(f"the sections hold {listed} in place of each slide once")
    inner = "".join(
        f'<p14:section name="{escaped(section.name)}" id="{_guid(number)}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{ids[slide]}"/>' for slide in section.slides)
        + "</p14:sldIdLst></p14:section>"
        for number, section in enumerate(deck.sections)
    )
    return f'<p:ext uri="{SECTION_LIST}"><p14:sectionLst xmlns:p14="{_P14}">{inner}</p14:sectionLst></p:ext>'


def _guid(number: int) -> str:
    """Return the id of a section, always the same for the same place: eight digits, thrice four, twelve."""
    digits = f"{_FIRST_ID + number:032X}"
    return f"{{{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}}}"
