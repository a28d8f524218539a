"""Puts the fonts of a deck into its file, so that it looks the same where they are not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from bmcrender.errors import Diagnostic
from bmcrender.fonts import Face, FontSet
from bmcrender.render.pptx.archive import archive
from bmcrender.render.pptx.eot import eot, header
from bmcrender.render.pptx.font_use import Use, used_styles
from bmcrender.render.pptx.markup import MAIN, PRESENTATION, RELATIONSHIPS, escaped
from bmcrender.render.pptx.subsets import cut_down

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN_PART = "ppt/presentation.xml"
_RELS_PART = "ppt/_rels/presentation.xml.rels"
_TYPES_PART = "[Content_Types].xml"
_SLOTS = ("regular", "bold", "italic", "boldItalic")
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
_REGULAR, _BOLD = 400, 700
_RESTRICTED, _FOR_PRINT, _BITMAPS = 0x0002, 0x0004, 0x0200


class Embedded(NamedTuple):
    """A font in the file: its family, its place among the family's styles, its data."""

    family: str
    slot: str
    data: bytes


def with_fonts(
    data: bytes, fonts: FontSet, read: Callable[[Face], bytes]
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a deck with the fonts that it uses inside, and what was found about those left out.

    Bundled fonts come cut down to whole blocks of Unicode, so that the deck can be written on; given ones
    whole, if they allow it. A family that no given or bundled face has is not ours to put in.
    """
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    found: list[Diagnostic] = []
    made: list[Embedded] = []
    held = _held(parts)
    for face, use in _faces(fonts, used_styles(parts)).items():
        font = read(face)
        given = face in fonts.added
        if refusal := _refusal(font) if given else "":
            found.append(_left_out(face, refusal))
        elif face.family not in held:
            wrapped = eot(font) if given else cut_down(font, use.text, use.theme)
            made.append(Embedded(face.family, _SLOTS[(face.weight > _REGULAR) + 2 * face.italic], wrapped))
    _put(parts, made)
    return archive(parts.items()), tuple(found)


def _faces(fonts: FontSet, uses: Iterable[Use]) -> Mapping[Face, Use]:
    """Return the faces that draw the used styles, each with all that it draws."""
    found: dict[Face, Use] = {}
    for use in uses:
        face = _face(fonts, use)
        if face is not None:
            text = found[face].text + use.text if face in found else use.text
            found[face] = use._replace(text=text)
    return found


def _face(fonts: FontSet, use: Use) -> Face | None:
    """Return the face of a style or what programs make it of, None for a family that is not ours to give.

    Only regular and bold are a family's own for programs; they list other weights as families beside it.
    """
    for bold, italic in ((use.bold, use.italic), (use.bold, False), (False, use.italic), (False, False)):
        wanted = use.family, _BOLD if bold else _REGULAR, italic
        for face in fonts.faces:
            if (face.family, face.weight, face.italic) == wanted:
                return face
    return None


def _refusal(font: bytes) -> str:
    """Say why a given font must stay outside, or return ""."""
    allowed = header(font).permissions
    if font[:4] == b"OTTO":
        return "has PostScript outlines, which no presentation program takes from a file"
    if allowed & 0xF == _RESTRICTED:
        return "must not be embedded by its licence (restricted)"
    if allowed & _BITMAPS:
        return "may be embedded as pictures only (bitmap embedding only)"
    if allowed & 0xC == _FOR_PRINT:
        return "may be embedded for viewing and printing only, and would make the deck read-only"
    return ""


def _left_out(face: Face, why: str) -> Diagnostic:
    message = f"the font {basename(face.file)} is not in the deck: it {why}"
    hint = "install it where the deck is shown, or choose another font"
    return Diagnostic("warning", "font-not-embedded", message, hint)


# -- the package ---------------------------------------------------------------------------------------


def _held(parts: Mapping[str, bytes]) -> set[str]:
    """Return the families that the file holds already: those of a template."""
    return {str(node.get("typeface")) for node in _tree(parts, _MAIN_PART).iter(f"{{{PRESENTATION}}}font")}


def _put(parts: dict[str, bytes], fonts: Sequence[Embedded]) -> None:
    """Add fonts to the parts of a package, and say in it that they are there."""
    if not fonts:
        return
    main, rels, types = (_tree(parts, name) for name in (_MAIN_PART, _RELS_PART, _TYPES_PART))
    names = _free_names(parts)
    ids: dict[tuple[str, str], str] = {}
    for font in fonts:
        name = next(names)
        parts[name] = font.data
        ids[font.family, font.slot] = _related(rels, name.removeprefix("ppt/"))
    _list(main).extend(_entry(family, ids) for family in dict.fromkeys(font.family for font in fonts))
    main.set("embedTrueTypeFonts", "1")
    # With it, a program that saves the deck keeps of its fonts only what the slides then show.
    main.attrib.pop("saveSubsetFonts", "")
    _say_type(types)
    for name, tree in ((_MAIN_PART, main), (_RELS_PART, rels), (_TYPES_PART, types)):
        parts[name] = _written(tree)


def _free_names(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield names for parts that are not taken."""
    number = 0
    while True:
        number += 1
        if (name := f"ppt/fonts/font{number}.fntdata") not in parts:
            yield name


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


def _entry(family: str, ids: Mapping[tuple[str, str], str]) -> _Element:
    """Return the entry of a family: its name, then its styles in the order that the schema wants."""
    from lxml.etree import fromstring

    styles = "".join(f'<p:{slot} r:id="{ids[family, slot]}"/>' for slot in _SLOTS if (family, slot) in ids)
    spaces = f'xmlns:p="{PRESENTATION}" xmlns:a="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
    return fromstring(
        f'<p:embeddedFont {spaces}><p:font typeface="{escaped(family)}"/>{styles}</p:embeddedFont>'
    )


def _say_type(types: _Element) -> None:
    """Name the type of fonts among those of the package."""
    space = types.tag.rpartition("}")[0] + "}"
    if any(one.get("Extension") == "fntdata" for one in types):
        return
    given = {"Extension": "fntdata", "ContentType": "application/x-fontdata"}
    types.insert(0, types.makeelement(f"{space}Default", given))


def _tree(parts: Mapping[str, bytes], name: str) -> _Element:
    from lxml.etree import fromstring

    return fromstring(parts[name])


def _written(tree: _Element) -> bytes:
    from lxml.etree import tostring

    return tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
