"""A sheet to a tagged PDF with WeasyPrint, and the check that every text stands whole in its place.

Expects a process of its own whose fontconfig sees the bundled fonts alone (`worker`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from bmcrender.errors import Diagnostic, InternalError
from bmcrender.handouts import Handout
from bmcrender.model import UNDATED
from bmcrender.render.actual_text import say_texts
from bmcrender.render.assets import assets, media_type
from bmcrender.render.edges import NO_EDGES, Edges
from bmcrender.render.flow_check import flow_misfits
from bmcrender.render.glyph_texts import say_what_glyphs_show
from bmcrender.render.html import html_page
from bmcrender.render.standards import VARIANT, name_both
from bmcrender.render.verify import DrawnLine, misfits
from bmcrender.sheets import Outline, Sheet

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Document as LaidOut
    from weasyprint.text.fonts import FontConfiguration

_MM_PER_PX = 25.4 / 96
_TOLERANCE_MM = 0.1
_KEPT_DOCUMENTS = 50
_documents = count(1)


def pdf_bytes(
    sheet: Sheet | Handout | Outline,
    fonts: Sequence[str],
    edges: Edges = NO_EDGES,
    created: datetime = UNDATED,
) -> tuple[bytes, tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return the PDF, what the renderer warned of, and the texts that do not stand whole in their place.

    `fonts` are the families to try in order; a file that is UNDATED names no date. The bytes are empty when
    there are misfits.
    """
    style = edges.css if edges.painted else ""
    with _warnings() as found, _refusals() as refused:
        laid_out = _laid_out(html_page(sheet, fonts), assets(sheet), style, refused)
        bad = tuple(_misfits(sheet, laid_out))
        data = b"" if bad else _written(laid_out, edges, created)
    if data and sheet.document.theme.given:
        bad = tuple(_unseen(sheet, laid_out, data))
    return b"" if bad else data, tuple(_findings(found)), bad


@contextmanager
def _refusals() -> Iterator[list[str]]:
    """Collect the addresses that are refused, for the renderer forgets them; raise when there are any."""
    refused: list[str] = []
    try:
        yield refused
    except Exception:
        if not refused:
            raise
    if refused:
        asked = ", ".join(dict.fromkeys(refused))
        raise InternalError(f"the page asked for {asked}, which is not part of the job")


def _laid_out(
    html: str, pictures: Mapping[str, bytes], more_style: str = "", refused: list[str] | None = None
) -> LaidOut:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    say_what_glyphs_show()

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Answers from the job's own bytes alone; addresses that it refuses go into `refused`."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in pictures:
                if refused is not None:
                    refused.append(url)
                raise ValueError(f"not part of the job: {url}")
            return URLFetcherResponse(url, pictures[url], {"Content-Type": media_type(pictures[url])})

    document = HTML(string=html, url_fetcher=Fetcher(), media_type="print")
    styles = [CSS(string=more_style)] if more_style else []
    return document.render(font_config=_fonts_for_a_document(), stylesheets=styles, pdf_variant=VARIANT)


def _misfits(sheet: Sheet | Handout | Outline, laid_out: LaidOut) -> Iterator[str]:
    lines = [tuple(_lines(page)) for page in laid_out.pages]
    yield from flow_misfits(sheet, lines) if isinstance(sheet, Handout) else misfits(sheet, lines)
    if sheet.document.theme.given:
        yield from _changes(sheet, laid_out)


def _changes(sheet: Sheet | Handout | Outline, laid_out: LaidOut) -> Iterator[str]:
    """Yield a sentence for each page that a style sheet of one's own resizes or transforms texts of."""
    for number, page in enumerate(laid_out.pages, start=1):
        size = page.width * _MM_PER_PX, page.height * _MM_PER_PX
        if any(
            abs(is_ - was) > _TOLERANCE_MM for is_, was in zip(size, (sheet.width, sheet.height), strict=True)
        ):
            wanted = f"{sheet.width:g} × {sheet.height:g} mm"
            yield f"page {number}: it measures {size[0]:.4g} × {size[1]:.4g} mm instead of {wanted}"
        if node := next(_transformed(page._page_box, ""), None):
            yield f"page {number}: '{node}' is transformed"


def _transformed(box: Any, node: str) -> Iterator[str]:
    """Yield the id of the first text in each box that is drawn elsewhere than it was laid out."""
    box, node = _itself(box, node)
    if box.style["transform"]:
        yield from (line.node for line in islice(_lines_in(box, node), 1))
    for child in getattr(box, "children", ()):
        yield from _transformed(child, node)


def _unseen(sheet: Sheet | Handout | Outline, laid_out: LaidOut, data: bytes) -> Iterator[str]:
    from bmcrender.render.seen import unseen

    lines = [tuple(_lines(page)) for page in laid_out.pages]
    return unseen(data, lines, (sheet.width, sheet.height))


def _written(laid_out: LaidOut, edges: Edges, created: datetime) -> bytes:
    name_both(laid_out)
    if created != UNDATED:
        date = f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        laid_out.metadata.created = laid_out.metadata.modified = date

    def finish(_: LaidOut, pdf: pydyf.PDF) -> None:
        say_texts(laid_out, pdf)
        if edges != NO_EDGES:
            edges.finish(laid_out, pdf)

    data = laid_out.write_pdf(finisher=finish, pdf_variant=VARIANT)
    assert data is not None
    return bytes(data)


def _fonts_for_a_document() -> FontConfiguration:
    kept = _font_configuration()
    if next(_documents) % _KEPT_DOCUMENTS == 0:
        _forget_sizes(kept)
    return kept


def _forget_sizes(kept: FontConfiguration) -> None:
    """Let go of the fonts in the sizes that earlier documents had."""
    from weasyprint.text.ffi import ffi, pangoft2

    kept.strut_layouts.clear()
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", kept.font_map))


@lru_cache(maxsize=1)
def _font_configuration() -> FontConfiguration:
    """One for the whole process: a fresh one for each document leaks and is slower."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs at WARNING and above instead of printing it."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, handler = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    others, propagate = list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = others, propagate


def _findings(messages: Sequence[str]) -> Iterator[Diagnostic]:
    for message in dict.fromkeys(messages):
        code = "missing-glyph" if ".notdef" in message else "renderer"
        yield Diagnostic("warning", code, f"WeasyPrint: {message}")


def _lines(page: Any) -> Iterator[DrawnLine]:
    """Yield the lines of text of a page by the id of their node, from the laid-out boxes.

    The box tree is WeasyPrint's own, not its public interface: a test pins the version's shape.
    """
    yield from _lines_in(page._page_box, "")


def _lines_in(box: Any, node: str) -> Iterator[DrawnLine]:
    from weasyprint.formatting_structure import boxes

    box, node = _itself(box, node)
    if isinstance(box, boxes.LineBox):
        texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
        if texts and node:
            left = min(text.position_x for text in texts)
            right = max(text.position_x + text.width for text in texts)
            yield DrawnLine(
                node,
                "".join(text.text for text in texts),
                left * _MM_PER_PX,
                box.position_y * _MM_PER_PX,
                right * _MM_PER_PX,
                (box.position_y + box.height) * _MM_PER_PX,
            )
        return
    for child in getattr(box, "children", ()):
        yield from _lines_in(child, node)


def _itself(box: Any, node: str) -> tuple[Any, str]:
    """Return a box, no stand-in for it, and the id of the node that it belongs to."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = getattr(box, "element", None)
    if element is not None and not isinstance(box, boxes.LineBox):
        node = element.get("id") or node
    return box, node
