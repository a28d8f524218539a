"""What stands behind the slides of a deck: theme, master, layouts, notes master, presentation, properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bmcrender.render.pptx.embedding import Embedded, font_list
from bmcrender.render.pptx.markup import NAMESPACES, RELATIONSHIPS, emu_pt, slide_size
from bmcrender.render.pptx.master import FIRST_ID, master_xml
from bmcrender.render.pptx.notes import PAGE_PT, notes_master_xml
from bmcrender.render.pptx.parts import OPC, WHOLE, Package
from bmcrender.render.pptx.properties import SHOW_XML, TABLES_XML, VIEW_XML, core_xml, extended_xml
from bmcrender.render.pptx.sections import section_list
from bmcrender.render.pptx.slides import layout_xml
from bmcrender.render.pptx.styles import level_styles, levels, plain
from bmcrender.render.pptx.text import Pen
from bmcrender.render.pptx.theme import theme_xml
from bmcrender.slides import Deck

MAIN_PART = "ppt/presentation.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
NOTES_MASTER = "ppt/notesMasters/notesMaster1.xml"
_THEMES = {MASTER: "ppt/theme/theme1.xml", NOTES_MASTER: "ppt/theme/theme2.xml"}
_SETTINGS = {"presProps": SHOW_XML, "viewProps": VIEW_XML, "tableStyles": TABLES_XML}
_FIRST_SLIDE = 256  # the least id that a slide may have


def layout_part(number: int) -> str:
    """Return the name of a layout's part; the first is 1."""
    return f"ppt/slideLayouts/slideLayout{number}.xml"


def slide_part(number: int) -> str:
    """Return the name of a slide's part; the first is 1."""
    return f"ppt/slides/slide{number}.xml"


def notes_part(number: int) -> str:
    """Return the name of the part with a slide's notes."""
    return f"ppt/notesSlides/notesSlide{number}.xml"


def font_part(number: int) -> str:
    """Return the name of the part with a font; the first is 1."""
    return f"ppt/fonts/font{number}.fntdata"


def add_masters(package: Package, pen: Pen) -> None:
    """Add the master with its layouts, the notes master, and the theme of each of the two."""
    deck = pen.deck
    for number, layout in enumerate(deck.layouts, 1):
        name = layout_part(number)
        package.relate(name, f"{RELATIONSHIPS}/slideMaster", MASTER)
        package.relate(MASTER, f"{RELATIONSHIPS}/slideLayout", name)
        package.write(name, layout_xml(pen, layout, package, name))
    for master, theme in _THEMES.items():
        package.relate(master, f"{RELATIONSHIPS}/theme", theme)
        package.write(theme, theme_xml(deck, deck.title))
    package.write(MASTER, master_xml(deck))
    package.write(NOTES_MASTER, notes_master_xml(deck))


def add_properties(package: Package, deck: Deck, created: datetime) -> None:
    """Add what the file says of itself."""
    package.relate(WHOLE, f"{RELATIONSHIPS}/officeDocument", MAIN_PART)
    package.relate(WHOLE, f"{OPC}/relationships/metadata/core-properties", "docProps/core.xml")
    package.relate(WHOLE, f"{RELATIONSHIPS}/extended-properties", "docProps/app.xml")
    package.write("docProps/core.xml", core_xml(deck, created))
    package.write("docProps/app.xml", extended_xml(deck))


def add_presentation(package: Package, deck: Deck, fonts: Sequence[Embedded]) -> None:
    """Add the presentation, which lists masters, slides, fonts and sections, and its settings."""
    master, notes = (
        package.relate(MAIN_PART, f"{RELATIONSHIPS}/{kind}", name)
        for kind, name in (("slideMaster", MASTER), ("notesMaster", NOTES_MASTER))
    )
    package.relate(MAIN_PART, f"{RELATIONSHIPS}/theme", _THEMES[MASTER])
    for kind, xml in _SETTINGS.items():
        package.relate(MAIN_PART, f"{RELATIONSHIPS}/{kind}", f"ppt/{kind}.xml")
        package.write(f"ppt/{kind}.xml", xml)
    ids = {slide.id: _FIRST_SLIDE + index for index, slide in enumerate(deck.slides)}
    slides = "".join(
        f'<p:sldId id="{number}" '
        f'r:id="{package.relate(MAIN_PART, f"{RELATIONSHIPS}/slide", slide_part(index))}"/>'
        for index, number in enumerate(ids.values(), 1)
    )
    package.write(
        MAIN_PART,
        f"<p:presentation {NAMESPACES}{_attributes(deck, fonts)}>"
        f'<p:sldMasterIdLst><p:sldMasterId id="{FIRST_ID}" r:id="{master}"/></p:sldMasterIdLst>'
        f'<p:notesMasterIdLst><p:notesMasterId r:id="{notes}"/></p:notesMasterIdLst>'
        f"<p:sldIdLst>{slides}</p:sldIdLst>{_sizes(deck)}{_embedded(package, fonts)}"
        f"<p:defaultTextStyle>{levels(deck, level_styles([plain(deck, 18)]))}</p:defaultTextStyle>"
        f"{section_list(deck, ids)}</p:presentation>",
    )


def _attributes(deck: Deck, fonts: Sequence[Embedded]) -> str:
    """Return whether fonts are inside, and the deck's direction.

    With `saveSubsetFonts` a program that saves the deck keeps of its fonts only what the slides then show.
    """
    held = ' embedTrueTypeFonts="1"' if fonts else ' saveSubsetFonts="1"'
    return held + (' rtl="1"' if deck.direction == "rtl" else "")


def _sizes(deck: Deck) -> str:
    """Return the sizes of slides and of the pages of notes."""
    width, height = slide_size(deck.width, deck.height)
    notes = [emu_pt(length) for length in PAGE_PT]
    return f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="{notes[0]}" cy="{notes[1]}"/>'


def _embedded(package: Package, fonts: Sequence[Embedded]) -> str:
    """Add the parts of fonts, and return the list of them."""
    ids: dict[tuple[str, str], str] = {}
    for number, font in enumerate(fonts, 1):
        name = font_part(number)
        package.parts[name] = font.data
        ids[font.family, font.slot] = package.relate(MAIN_PART, f"{RELATIONSHIPS}/font", name)
    return font_list(ids)
