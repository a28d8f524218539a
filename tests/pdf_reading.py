"""What a PDF holds, read with PDFium: its text, its fonts, its tags with the text under each."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument


@dataclass(frozen=True)
class Tagged:
    """An element of the structure: its type, all text in it, its children, and what it says it says."""

    type: str
    text: str
    children: tuple[Tagged, ...]
    alt: str = ""
    actual: str = ""

    @property
    def said(self) -> str:
        """What it says, by itself or by its children; the text that is drawn does not count."""
        return self.actual or "".join(child.said for child in self.children)

    def all(self, *types: str) -> Iterator[Tagged]:
        """Yield the elements of some types in reading order."""
        if self.type in types:
            yield self
        for child in self.children:
            yield from child.all(*types)


@dataclass(frozen=True)
class Seen:
    """A page: its size in mm, its text, the fonts it is set in, its structure."""

    size: tuple[float, float]
    text: str
    fonts: frozenset[str]
    tree: Tagged


def pages(data: bytes) -> list[Seen]:
    """Return what each page holds."""
    document = PdfDocument(data)
    try:
        return [_seen(page) for page in document]
    finally:
        document.close()


def properties(data: bytes) -> dict[str, Any]:
    """Return the metadata, and `Tagged`: whether the file says that it is."""
    document = PdfDocument(data)
    try:
        return {**document.get_metadata_dict(), "Tagged": bool(pdfium.FPDFCatalog_IsTagged(document))}
    finally:
        document.close()


def _seen(page: Any) -> Seen:
    text_page = page.get_textpage()
    marked: dict[int, str] = {}
    fonts = set()
    for part in _texts(pdfium.FPDFPage_CountObjects(page), lambda at: pdfium.FPDFPage_GetObject(page, at)):
        id = pdfium.FPDFPageObj_GetMarkedContentID(part)
        marked[id] = marked.get(id, "") + _text(part, text_page)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(part), name, 200)
        fonts.add(name.value.decode().partition("+")[2])
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    roots = tuple(_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), marked) for at in range(count))
    pdfium.FPDF_StructTree_Close(tree)
    size = tuple(round(side * 25.4 / 72, 2) for side in page.get_size())
    top = Tagged("", "".join(root.text for root in roots), roots)
    return Seen((size[0], size[1]), text_page.get_text_range(), frozenset(fonts), top)


def _texts(count: int, get: Callable[[int], Any]) -> Iterator[Any]:
    for at in range(count):
        part = get(at)
        kind = pdfium.FPDFPageObj_GetType(part)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield part
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = pdfium.FPDFFormObj_CountObjects(part)
            yield from _texts(inner, lambda index, part=part: pdfium.FPDFFormObj_GetObject(part, index))


def _text(part: Any, text_page: Any) -> str:
    length = pdfium.FPDFTextObj_GetText(part, text_page, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFTextObj_GetText(part, text_page, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _element(element: Any, marked: dict[int, str]) -> Tagged:
    children: list[Tagged] = []
    text = ""
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            children.append(_element(child, marked))
            text += children[-1].text
        else:
            text += marked.get(pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at), "")
    type = _string(pdfium.FPDF_StructElement_GetType, element)
    alt = _string(pdfium.FPDF_StructElement_GetAltText, element)
    actual = _string(pdfium.FPDF_StructElement_GetActualText, element)
    return Tagged(type, text, tuple(children), alt, actual)


def _string(get: Callable[..., int], element: Any) -> str:
    length = get(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    get(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
