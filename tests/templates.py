"""Presentations as companies have them: made from python-pptx's own template, each odd in another way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pptx
from pptx import Presentation

Parts = dict[str, bytes]

SECTIONS = (
    b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
    b'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Sample" '
    b'id="{6B5A2B6E-0E5C-4C35-9F0A-000000000001}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
    b"</p14:section></p14:sectionLst></p:ext></p:extLst>"
)
SHOWS = (
    b'<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="rId7"/></p:sldLst>'
    b"</p:custShow></p:custShowLst>"
)
GERMAN = {
    "Title Slide": "Titelfolie",
    "Title and Content": "Titel und Inhalt",
    "Section Header": "Abschnittsüberschrift",
    "Two Content": "Zwei Inhalte",
    "Comparison": "Vergleich",
    "Title Only": "Nur Titel",
    "Blank": "Leer",
    "Content with Caption": "Inhalt mit Überschrift",
    "Picture with Caption": "Bild mit Überschrift",
    "Title and Vertical Text": "Titel und vertikaler Text",
    "Vertical Title and Text": "Vertikaler Titel und Text",
}
_TYPES = "[Content_Types].xml"
_MASTER = "ppt/slideMasters/slideMaster1.xml"
_FEET = rb'<p:sp>(?:(?!</p:sp>).)*<p:ph type="(?:ftr|sldNum|dt)"(?:(?!</p:sp>).)*</p:sp>'


def parts_of(data: bytes) -> Parts:
    """Return the parts of a package by name."""
    with ZipFile(BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a package."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return buffer.getvalue()


@cache
def plain() -> bytes:
    """4:3, eleven layouts with English names, in Calibri, no slides, a picture of itself, no notes master."""
    return (Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes()


def changed(change: Callable[[str, bytes], bytes], data: bytes | None = None) -> bytes:
    """Return a template with each part changed."""
    return packed({name: change(name, part) for name, part in parts_of(data or plain()).items()})


def _drawn(name: str) -> bool:
    return name.startswith(("ppt/slideLayouts/slideLayout", "ppt/slideMasters/slideMaster"))


@cache
def german() -> bytes:
    """16:9 with German names and sample slides: two with notes, in a section, in a show, one is jumped to."""
    presentation = Presentation(BytesIO(plain()))
    presentation.slide_width, presentation.slide_height = 12192000, 6858000
    for number in (0, 3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[number])
        slide.shapes.title.text = f"Muster {number}"
        slide.notes_slide.notes_text_frame.text = "Nur ein Muster"
    layout = presentation.slide_layouts[6]
    layout.part.relate_to(presentation.slides[0].part, pptx.opc.constants.RELATIONSHIP_TYPE.SLIDE)
    buffer = BytesIO()
    presentation.save(buffer)

    def change(name: str, part: bytes) -> bytes:
        for english, own in GERMAN.items():
            part = part.replace(f'<p:cSld name="{english}"'.encode(), f'<p:cSld name="{own}"'.encode())
        if _drawn(name) and name.endswith(".xml"):
            part = re.sub(rb'(<a:(?:off x|ext cx))="(\d+)"', _wider, part)
        if name == "ppt/presentation.xml":
            part = re.sub(rb"<p:defaultTextStyle>", SHOWS + rb"<p:defaultTextStyle>", part)
            part = re.sub(rb"<p:extLst>.*</p:extLst>|(?=</p:presentation>)", SECTIONS, part, count=1)
        return part

    return changed(change, buffer.getvalue())


def _wider(match: re.Match[bytes]) -> bytes:
    return match[1] + b'="%d"' % (int(match[2]) * 4 // 3)


@cache
def footless() -> bytes:
    """A template without a place for footer, number or date."""
    return changed(lambda name, part: re.sub(_FEET, b"", part, flags=re.DOTALL) if _drawn(name) else part)


@cache
def dark() -> bytes:
    """Light text on a dark ground: the master's map of colours is turned round."""

    def change(name: str, part: bytes) -> bytes:
        if name != _MASTER:
            return part
        return part.replace(b'bg1="lt1" tx1="dk1"', b'bg1="dk1" tx1="lt1"')

    return changed(change)


@cache
def half_dark() -> bytes:
    """A light template whose title slide has a dark ground of its own, and text in the scheme's dark colour."""
    ground = (
        b'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="102040"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name != "ppt/slideLayouts/slideLayout1.xml":
            return part
        return part.replace(b"<p:spTree>", ground + b"<p:spTree>", 1)

    return changed(change)


@cache
def persian() -> bytes:
    """A right-to-left template: all levels of all styles run so, in Vazirmatn."""

    def change(name: str, part: bytes) -> bytes:
        if name == _MASTER:
            part = re.sub(rb'algn="l"', b'algn="r"', part)
            return re.sub(rb'rtl="0"', b'rtl="1"', part)
        return re.sub(rb'<a:(latin|cs) typeface="[^"]*"/>', rb'<a:\1 typeface="Vazirmatn"/>', part)

    return changed(change)


@cache
def untyped() -> bytes:
    """A template whose layouts have neither types nor names that anybody knows."""

    def change(name: str, part: bytes) -> bytes:
        if not name.startswith("ppt/slideLayouts/slideLayout"):
            return part
        part = re.sub(rb'(<p:sldLayout[^>]*) type="\w+"', rb"\1", part)
        return re.sub(rb'<p:cSld name="[^"]*"', f'<p:cSld name="Folie {name[-6:-4]}"'.encode(), part)

    return changed(change)


def renamed(old: str, new: str) -> bytes:
    """A template with one layout's name changed."""
    return changed(
        lambda _, part: part.replace(f'<p:cSld name="{old}"'.encode(), f'<p:cSld name="{new}"'.encode())
    )


def typed_as(kind: str, data: bytes | None = None) -> bytes:
    """A template whose main part is of another content type: template, slideshow, presentation.macroEnabled …."""
    parts = parts_of(data or plain())
    parts[_TYPES] = parts[_TYPES].replace(
        b"presentationml.presentation.main+xml", f"presentationml.{kind}.main+xml".encode()
    )
    return packed(parts)


def with_part(name: str, content: bytes) -> bytes:
    """A template with one part more, or another content of one."""
    return packed(parts_of(plain()) | {name: content})


def without_layouts() -> bytes:
    """A template whose master has no layouts."""
    parts = {name: part for name, part in parts_of(plain()).items() if "slideLayout" not in name}
    parts[_MASTER] = re.sub(rb"<p:sldLayoutIdLst>.*</p:sldLayoutIdLst>", b"", parts[_MASTER], flags=re.DOTALL)
    rels = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*slideLayout[^>]*/>", b"", parts[rels])
    parts[_TYPES] = re.sub(rb"<Override [^>]*slideLayout[^>]*/>", b"", parts[_TYPES])
    return packed(parts)


def without_titles() -> bytes:
    """A template none of whose layouts has a title."""
    title = rb'<p:sp>(?:(?!</p:sp>).)*<p:ph type="(?:title|ctrTitle)"(?:(?!</p:sp>).)*</p:sp>'
    return changed(
        lambda name, part: re.sub(title, b"", part, flags=re.DOTALL) if "slideLayouts/" in name else part
    )


TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "plain": plain,
    "german": german,
    "footless": footless,
    "dark": dark,
    "half-dark": half_dark,
    "persian": persian,
    "untyped": untyped,
}
