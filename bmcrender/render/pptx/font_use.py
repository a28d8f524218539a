"""Which fonts the texts of a finished deck are drawn in, read from its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional

from bmcrender.render.pptx.markup import MAIN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEXTS = ("ppt/slides/", "ppt/notesSlides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesMasters/")
_A = f"{{{MAIN}}}"
_COMPLEX = {"R", "AL"}  # what programs draw in a theme's family for complex scripts


class Use(NamedTuple):
    """A style of a family, whether the family is one of the theme's, and the characters set in it."""

    family: str
    bold: bool
    italic: bool
    theme: bool
    text: str


class _Piece(NamedTuple):
    """A text, the family that it names ("" for the theme's), how it is set."""

    text: str
    family: str
    bold: bool
    italic: bool


def used_styles(parts: Mapping[str, bytes]) -> Iterator[Use]:
    """Yield the styles that draw a text of a package, in a fixed order.

    A family of the theme is there in regular and bold, so that both can be typed; its family for complex
    scripts only if a text is in one.
    """
    latin, complex_ = _theme_families(parts)
    found: dict[tuple[str, bool, bool, bool], set[str]] = {}
    for piece in _pieces(parts):
        own = (piece.bold, piece.italic)
        if piece.family and piece.family not in latin | complex_:
            found.setdefault((piece.family, *own, False), set()).update(piece.text)
            continue
        for family in {piece.family} if piece.family else _drawing(piece.text, latin, complex_):
            for bold, italic in {(False, False), (True, False), own}:
                found.setdefault((family, bold, italic, True), set()).update(piece.text)
    for style in sorted(found):
        yield Use(*style, "".join(sorted(found[style])))


def _drawing(text: str, latin: frozenset[str], complex_: frozenset[str]) -> frozenset[str]:
    """Return the families of the theme that a text needs."""
    kinds = set(map(bidirectional, set(text)))
    return (complex_ if kinds & _COMPLEX else frozenset()) | (latin if kinds - _COMPLEX else frozenset())


def _theme_families(parts: Mapping[str, bytes]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the families for Latin and for complex scripts, of headings and of text."""
    themes = [_root(parts[name]) for name in parts if name.startswith("ppt/theme/theme")]
    fonts = [font for root in themes for kind in ("majorFont", "minorFont") for font in root.iter(_A + kind)]

    def named(slot: str) -> frozenset[str]:
        nodes = (font.find(_A + slot) for font in fonts)
        return frozenset(
            str(node.get("typeface")) for node in nodes if node is not None and node.get("typeface")
        )

    return named("latin"), named("cs")


def _pieces(parts: Mapping[str, bytes]) -> Iterator[_Piece]:
    """Yield the texts and the markers of all slides, notes, layouts and masters."""
    for name, content in parts.items():
        if not name.startswith(_TEXTS) or not name.endswith(".xml"):
            continue
        for paragraph in _root(content).iter(_A + "p"):
            yield from _markers(paragraph)
            yield from map(_piece, (*paragraph.iter(_A + "r"), *paragraph.iter(_A + "fld")))


def _piece(run: Element) -> _Piece:
    properties = run.find(_A + "rPr")
    text = run.findtext(_A + "t") or ""
    if properties is None:
        return _Piece(text, "", False, False)
    family = _named(properties.find(_A + "latin"))
    return _Piece(text, family, properties.get("b") == "1", properties.get("i") == "1")


def _markers(paragraph: Element) -> Iterator[_Piece]:
    """Yield the marker of a paragraph in the family that it names."""
    for properties in paragraph.iter(_A + "pPr"):
        font, sign = properties.find(_A + "buFont"), properties.find(_A + "buChar")
        if font is not None and sign is not None:
            yield _Piece(str(sign.get("char")), _named(font), False, False)


def _named(node: Element | None) -> str:
    """Return the family that an element names, "" for one of the theme."""
    family = "" if node is None else str(node.get("typeface") or "")
    return "" if family.startswith("+") else family


def _root(content: bytes) -> Element:
    from xml.etree.ElementTree import fromstring

    return fromstring(content)  # noqa: S314 (written by us or python-pptx; expat bounds what entities become)
