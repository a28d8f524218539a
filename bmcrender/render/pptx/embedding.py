"""The fonts that go into the file of a deck, so that it looks the same where they are not installed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from posixpath import basename
from typing import NamedTuple

from bmcrender.errors import Diagnostic
from bmcrender.fonts import Face, FontSet
from bmcrender.render.pptx.eot import eot, header
from bmcrender.render.pptx.font_use import Use, used_styles
from bmcrender.render.pptx.markup import escaped
from bmcrender.render.pptx.subsets import cut_down

_SLOTS = ("regular", "bold", "italic", "boldItalic")
_REGULAR, _BOLD = 400, 700
_RESTRICTED, _FOR_PRINT, _BITMAPS = 0x0002, 0x0004, 0x0200


class Embedded(NamedTuple):
    """A font in the file: its family, its place among the family's styles, its data."""

    family: str
    slot: str
    data: bytes


def fonts_of(
    parts: Mapping[str, bytes],
    fonts: FontSet,
    read: Callable[[Face], bytes],
    held: Collection[str] = (),
) -> tuple[tuple[Embedded, ...], tuple[Diagnostic, ...]]:
    """Return the fonts that the parts of a deck use, and what was found about those left out.

    Bundled fonts come cut down to whole blocks of Unicode, so that the deck can be written on; given ones
    whole, if they allow it. A family that no given or bundled face has is not ours to put in, nor one that
    the file has `held` before.
    """
    found: list[Diagnostic] = []
    made: list[Embedded] = []
    for face, use in _faces(fonts, used_styles(parts)).items():
        font = read(face)
        given = face in fonts.added
        if refusal := _refusal(font) if given else "":
            found.append(_left_out(face, refusal))
        elif face.family not in held:
            wrapped = eot(font) if given else cut_down(font, use.text, use.theme)
            made.append(Embedded(face.family, _SLOTS[(face.weight > _REGULAR) + 2 * face.italic], wrapped))
    return tuple(made), tuple(found)


def font_list(ids: Mapping[tuple[str, str], str]) -> str:
    """Return the list of embedded fonts in a presentation; `ids` are those of their parts, by style."""
    entries = "".join(_entry(family, ids) for family in dict.fromkeys(family for family, _ in ids))
    return f"<p:embeddedFontLst>{entries}</p:embeddedFontLst>" if ids else ""


def _entry(family: str, ids: Mapping[tuple[str, str], str]) -> str:
    """Return the entry of a family: its name, then its styles in the order that the schema wants."""
    styles = "".join(f'<p:{slot} r:id="{ids[family, slot]}"/>' for slot in _SLOTS if (family, slot) in ids)
    return f'<p:embeddedFont><p:font typeface="{escaped(family)}"/>{styles}</p:embeddedFont>'


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
    """Return the face of a style, or else the one that programs slant or thicken to get it.

    None for a family that is not ours to give.

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
