"""What must hold for made canvases in each format: every text whole, nothing of it carried out, files that open."""

from __future__ import annotations

import subprocess
import tempfile
import traceback
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from xml.etree.ElementTree import Element

import tinyhtml5
from pdf_reading import Tagged, pages
from pptx import Presentation
from pptx_lint import NS, Package, lint

from bmcrender.checking import checked
from bmcrender.document import Document
from bmcrender.errors import BmcrenderError, Diagnostic
from bmcrender.formats import Drawing
from bmcrender.layout.layouts import laid_out
from bmcrender.layout.typeset import font_stack
from bmcrender.measure import Measurer
from bmcrender.pipeline import render
from bmcrender.render.html import html_page
from bmcrender.resources import library
from fuzz.made import Made

# What may be said about a canvas that is valid: it is long, it is pale.
_EXPECTED = {
    "overflow",
    "guide-shortened",
    "low-contrast",
    "odd-date",
    "cut-by-comment",
    "swallowed-item",
    "page-lies-otherwise",
}
# What may be refused: no room on a small page.
_REFUSED = {"page-too-small", "no-room", "bad-page"}
# Stand for the same to a reader: spaces, hyphens at a line's end, marks of direction.
_UNSEEN = dict.fromkeys(
    map(ord, " \t\n\r\u00a0\u202f\u2009\u200a\u200b\u00ad-\u2010\u2066\u2067\u2068\u2069\u200e\u200f\u2028\v")
)
# A text with more characters may go on upon another slide, in pieces that are no shorter than this.
_ONE_SLIDE, _LEAST_OF_A_PIECE, _MOST_PIECES = 200, 15, 12
_SAYS = ("alt", "aria-label", "content", "data-", "title")  # attributes that may say a text
_ELEMENTS = {
    "script",
    "iframe",
    "object",
    "embed",
    "link",
    "base",
    "form",
    "input",
    "button",
    "video",
    "audio",
    "svg",
}

Look = Callable[[Made, int], list[str]]


def squeezed(text: str) -> str:
    """Return a text without what lines and directions add to it or take from it."""
    return text.translate(_UNSEEN)


def html_faults(made: Made, number: int) -> list[str]:
    """Return what is wrong with a canvas's page as HTML, not yet drawn."""
    document, told = _document(made, number)
    if document is None:
        return told
    sheet, found = laid_out(document, _measurer())
    page = html_page(sheet, font_stack(document.theme.tokens, document.script))
    return told + _unexpected(found) + list(_html(page, made))


def pptx_faults(made: Made, number: int) -> list[str]:
    """Return what is wrong with a canvas's deck."""
    document, told = _document(made, number)
    if document is None:
        return told
    job = made.job(("pptx",), number)
    (data,), found = Drawing(document, (), job.created, job.options).pptx()
    again = BytesIO()
    Presentation(BytesIO(data)).save(again)
    return told + _unexpected(found) + lint(data) + list(_pptx(data, made))


def pdf_faults(made: Made, number: int) -> list[str]:
    """Return what is wrong with a canvas as a PDF and as HTML that stands alone, drawn by the worker."""
    flows = (made.options.layout or made.data.get("render", {}).get("layout")) == "handout"
    result = render(made.job(("pdf",) if flows else ("pdf", "html"), number))
    told = _unexpected(result.diagnostics)
    if not result.outputs:
        return told or ([] if result.diagnostics else ["no output and no error"])
    if not flows:
        told += _html(result.outputs["html"].decode("utf-8"), made)
    return told + _checked_by_qpdf(result.outputs["pdf"]) + list(_pdf(result.outputs["pdf"], made))


def guarded(look: Look, made: Made, number: int) -> list[str]:
    """Return what a look at a canvas gives; what it raises is a fault unless it is a fair refusal."""
    try:
        return look(made, number)
    except BmcrenderError as error:
        return _unexpected(error.diagnostics)
    except TimeoutError:
        raise
    except Exception:  # noqa: BLE001 (any exception is what is sought)
        return ["raised " + " | ".join(traceback.format_exc().splitlines()[-4:])]


def _document(made: Made, number: int) -> tuple[Document | None, list[str]]:
    job = made.job(("html",), number)
    found = checked(job)
    told = _unexpected(found.diagnostics)
    if found.source is not None and found.source.data != made.data:
        told.append("the loader reads something else than was written")
    return found.document, told or ([] if found.document else ["no document and no error"])


@cache
def _measurer() -> Measurer:
    return Measurer(library().font_set(), lambda face: library().read(f"fonts/{face.file}"))


def _unexpected(found: Iterable[Diagnostic]) -> list[str]:
    return [
        f"{one.severity} {one.code}: {one.message}"
        for one in found
        if one.code not in (_REFUSED if one.severity == "error" else _EXPECTED)
    ]


def _lost(whole: str, made: Made, texts: Iterable[str], where: str) -> Iterator[str]:
    """Yield a sentence for each text that is not there whole."""
    body = squeezed(whole)
    for text in texts:
        wanted = squeezed(text)
        if wanted in body or (len(wanted) > _ONE_SLIDE and _in_pieces(wanted, body)):
            continue
        if text in made.linked and not _letters(wanted) - _letters(body):
            continue  # a PDF tells links as they are drawn: right-to-left ones from the left, ligatures in parts
        yield f"{where} not the whole text {text[:300]!r}"


def _letters(text: str) -> Counter[str]:
    return Counter(squeezed(normalize("NFKC", text)))


def _in_pieces(wanted: str, body: str) -> bool:
    """Whether a long text is there in few pieces, as it is when it goes on upon further slides."""
    for _ in range(_MOST_PIECES):
        length = bisect_left(range(1, len(wanted) + 1), True, key=lambda size: wanted[:size] not in body)
        wanted = wanted[length:]
        if not wanted:
            return True
        if length < _LEAST_OF_A_PIECE:
            return False
    return False


# -- HTML ------------------------------------------------------------------------------------------


def _html(page: str, made: Made) -> Iterator[str]:
    """Yield what is wrong with a page of HTML, read by another parser."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    body = root.find("body")
    assert body is not None
    yield from _lost("".join(_texts(body)), made, made.shown, "the page has")
    for element in root.iter():
        name = str(element.tag)
        if name in _ELEMENTS:
            yield f"the page has an element {name}"
        for key, value in element.attrib.items():
            if str(key).startswith("on") or (not str(key).startswith(_SAYS) and "evil" in value):
                yield f"the page has the attribute {key}={value[:80]!r}"
    if any("evil" in (style.text or "") for style in root.iter("style")):
        yield "a text has got into the style sheet"


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts of an element in the order of reading, style sheets left out."""
    if element.tag != "style":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


# -- PPTX ------------------------------------------------------------------------------------------


def _pptx(data: bytes, made: Made) -> Iterator[str]:
    package = Package(data)
    yield from _lost(_said(package, "ppt/slides/"), made, made.shown, "the deck has")
    yield from _lost(_said(package, "ppt/notesSlides/"), made, made.notes, "the notes have")


def _said(package: Package, folder: str) -> str:
    """Return all texts of some parts, in the order of the slides."""
    parts = sorted(package.parts(folder), key=lambda name: int("".join(filter(str.isdigit, name)) or 0))
    return "".join(
        str(text) for part in parts for text in package.xml[part].xpath("//a:t/text()", namespaces=NS)
    )


# -- PDF -------------------------------------------------------------------------------------------


def _pdf(data: bytes, made: Made) -> Iterator[str]:
    said = "".join(_spoken(page.tree) for page in pages(data))
    yield from _lost(said, made, made.shown, "the PDF has")


def _spoken(tagged: Tagged) -> str:
    """Return what a reader aloud is given of an element."""
    if tagged.actual:
        return tagged.actual
    return "".join(map(_spoken, tagged.children)) if tagged.children else tagged.text


def _checked_by_qpdf(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made.pdf")
        file.write_bytes(data)
        ran = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    return [] if ran.returncode == 0 else [f"qpdf: {ran.stdout[-300:]} {ran.stderr[-300:]}"]
