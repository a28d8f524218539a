"""The package a deck starts from: every part but the slides, written afresh, nothing of another template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bmcrender.render.pptx.archive import archive
from bmcrender.render.pptx.markup import NAMESPACES, RELATIONSHIPS, emu_pt, slide_size
from bmcrender.render.pptx.master import FIRST_ID, layout_xml, master_xml
from bmcrender.render.pptx.notes import PAGE_PT, notes_master_xml
from bmcrender.render.pptx.properties import SHOW_XML, TABLES_XML, VIEW_XML, core_xml, extended_xml
from bmcrender.render.pptx.styles import level_styles, levels, plain
from bmcrender.render.pptx.theme import theme_xml
from bmcrender.slides import Deck

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPC = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
_CORE = f"{_OPC}/relationships/metadata/core-properties"


def empty_package(deck: Deck, created: datetime) -> bytes:
    """Return a presentation with the deck's theme, master, layouts and properties, and no slide."""
    parts = {
        "_rels/.rels": _relationships(
            (f"{RELATIONSHIPS}/officeDocument", "ppt/presentation.xml"),
            (_CORE, "docProps/core.xml"),
            (f"{RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": core_xml(deck, created),
        "docProps/app.xml": extended_xml(deck),
        **_presentation_parts(deck),
        **_master_parts(deck),
    }
    parts["[Content_Types].xml"] = _content_types(parts)
    return archive(((name, (_HEAD + xml).encode()) for name, xml in parts.items()), compressed=False)


def _presentation_parts(deck: Deck) -> dict[str, str]:
    """Return the presentation, its settings and its relationships."""
    width, height = slide_size(deck.width, deck.height)
    notes = [emu_pt(length) for length in PAGE_PT]
    rtl = ' rtl="1"' if deck.direction == "rtl" else ""
    folders = {"slideMaster": "slideMasters/", "notesMaster": "notesMasters/", "theme": "theme/"}
    kinds = ("slideMaster", "notesMaster", "presProps", "viewProps", "theme", "tableStyles")
    return {
        "ppt/presentation.xml": (
            f'<p:presentation {NAMESPACES} saveSubsetFonts="1"{rtl}>'
            f'<p:sldMasterIdLst><p:sldMasterId id="{FIRST_ID}" r:id="rId1"/></p:sldMasterIdLst>'
            '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
            f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="{notes[0]}" cy="{notes[1]}"/>'
            f"<p:defaultTextStyle>{levels(deck, level_styles([plain(deck, 18)]))}</p:defaultTextStyle>"
            "</p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": _relationships(
            *(
                (
                    f"{RELATIONSHIPS}/{kind}",
                    f"{folders[kind]}{kind}1.xml" if kind in folders else f"{kind}.xml",
                )
                for kind in kinds
            )
        ),
        "ppt/presProps.xml": SHOW_XML,
        "ppt/viewProps.xml": VIEW_XML,
        "ppt/tableStyles.xml": TABLES_XML,
    }


def _master_parts(deck: Deck) -> dict[str, str]:
    """Return the master, the layouts, the notes master and the theme of each of the two masters."""
    numbers = range(1, len(deck.layouts) + 1)
    layouts = [(f"{RELATIONSHIPS}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in numbers]
    upwards = _relationships((f"{RELATIONSHIPS}/slideMaster", "../slideMasters/slideMaster1.xml"))
    parts = {
        "ppt/theme/theme1.xml": theme_xml(deck, deck.title),
        "ppt/theme/theme2.xml": theme_xml(deck, deck.title),
        "ppt/slideMasters/slideMaster1.xml": master_xml(deck),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relationships(
            *layouts, (f"{RELATIONSHIPS}/theme", "../theme/theme1.xml")
        ),
        "ppt/notesMasters/notesMaster1.xml": notes_master_xml(deck),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relationships(
            (f"{RELATIONSHIPS}/theme", "../theme/theme2.xml")
        ),
    }
    for number, layout in zip(numbers, deck.layouts, strict=True):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout_xml(deck, layout)
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = upwards
    return parts


def _relationships(*targets: tuple[str, str]) -> str:
    """Return a relationships part: types and targets, numbered rId1 and up."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_OPC}/relationships">{inner}</Relationships>'


def _content_types(parts: Mapping[str, str]) -> str:
    """Return the list of content types, one for each part."""
    fixed = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "ppt/presentation.xml": f"{_TYPE}presentation.main+xml",
    }
    folders = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
    overrides = []
    for name in sorted(parts):
        if name.endswith(".rels"):
            continue
        stem = name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
        kind = fixed.get(name) or folders.get(stem) or f"{_TYPE}{stem}+xml"
        overrides.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')
    return (
        f'<Types xmlns="{_OPC}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )
