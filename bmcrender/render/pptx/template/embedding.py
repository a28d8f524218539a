"""Puts the fonts of a deck on a template into its finished file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING
from zipfile import ZipFile

from bmcrender.errors import Diagnostic
from bmcrender.fonts import Face, FontSet
from bmcrender.render.pptx.archive import archive
from bmcrender.render.pptx.embedding import Embedded, font_list, fonts_of
from bmcrender.render.pptx.markup import NAMESPACES, PRESENTATION, RELATIONSHIPS
from bmcrender.render.pptx.package import MAIN_PART, font_part
from bmcrender.render.pptx.parts import TYPES_BY_ENDING

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELS_PART = "ppt/_rels/presentation.xml.rels"
_TYPES_PART = "[Content_Types].xml"
# What may stand before the list of fonts in a presentation.
_BEFORE = {
    "sldMasterIdLst",
    "notesMasterIdLst",
    "handoutMasterIdLst",
    "sldIdLst",
    "sldSz",
    "notesSz",
    "smartTags",
}


def with_fonts(
    data: bytes, fonts: FontSet, read: Callable[[Face], bytes]
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a deck with the fonts that it uses inside, and what was found about those left out."""
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    made, found = fonts_of(parts, fonts, read, _held(parts))
    _put(parts, made)
    return archive(parts.items()), found


def _held(parts: Mapping[str, bytes]) -> set[str]:
    """Return the families that the file holds already: those of a template."""
    return {str(node.get("typeface")) for node in _tree(parts, MAIN_PART).iter(f"{{{PRESENTATION}}}font")}


def _put(parts: dict[str, bytes], fonts: Sequence[Embedded]) -> None:
    """Add fonts to the parts of a package, and say in it that they are there."""
    from lxml.etree import fromstring

    if not fonts:
        return
    main, rels, types = (_tree(parts, name) for name in (MAIN_PART, _RELS_PART, _TYPES_PART))
    names = _free_names(parts)
    ids: dict[tuple[str, str], str] = {}
    for font in fonts:
        name = next(names)
        parts[name] = font.data
        ids[font.family, font.slot] = _related(rels, name.removeprefix("ppt/"))
    _list(main).extend(fromstring(f"<p:list {NAMESPACES}>{font_list(ids)}</p:list>")[0])
    main.set("embedTrueTypeFonts", "1")
    # With it, a program that saves the deck keeps of its fonts only what the slides then show.
    main.attrib.pop("saveSubsetFonts", "")
    _say_type(types)
    for name, tree in ((MAIN_PART, main), (_RELS_PART, rels), (_TYPES_PART, types)):
        parts[name] = _written(tree)


def _free_names(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Return names for fonts that no part has, as many as are asked for."""
    return (name for name in map(font_part, count(1)) if name not in parts)


def _related(rels: _Element, target: str) -> str:
    """Add a relationship to a font and return its id."""
    taken = {one.get("Id") for one in rels}
    number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    space = rels.tag.rpartition("}")[0] + "}"
    given = {"Id": f"rId{number}", "Type": f"{RELATIONSHIPS}/font", "Target": target}
    rels.append(rels.makeelement(f"{space}Relationship", given))
    return given["Id"]


def _list(main: _Element) -> _Element:
    """Return the list of embedded fonts in a presentation, a new one in its place if there is none."""
    tag = f"{{{PRESENTATION}}}embeddedFontLst"
    found = main.find(tag)
    if found is None:
        found = main.makeelement(tag)
        at = sum(child.tag in {f"{{{PRESENTATION}}}{name}" for name in _BEFORE} for child in main)
        main.insert(at, found)
    return found


def _say_type(types: _Element) -> None:
    """Name the type of fonts among those of the package."""
    space = types.tag.rpartition("}")[0] + "}"
    if any(one.get("Extension") == "fntdata" for one in types):
        return
    given = {"Extension": "fntdata", "ContentType": TYPES_BY_ENDING["fntdata"]}
    types.insert(0, types.makeelement(f"{space}Default", given))


def _tree(parts: Mapping[str, bytes], name: str) -> _Element:
    from lxml.etree import fromstring

    return fromstring(parts[name])


def _written(tree: _Element) -> bytes:
    from lxml.etree import tostring

    return tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
