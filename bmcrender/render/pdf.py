"""A sheet to a tagged PDF with WeasyPrint, and the check that every text stands whole in its place.

Expects a process of its own whose fontconfig sees the bundled fonts alone (`worker`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bmcrender.errors import Diagnostic, InternalError
from bmcrender.model import Handout, Outline, Sheet
from bmcrender.render.drawing import drawing_svg
from bmcrender.render.flow import LINE_URL, LOCATOR_URL, line_svg, locator_svg
from bmcrender.render.flow_check import flow_misfits
from bmcrender.render.html import (
    DRAWING_URL,
    ICON_URL,
    LOGO_URL,
    PLACE_URL,
    html_page,
    icon_svg,
    place_svg,
)
from bmcrender.render.standards import VARIANT, name_both
from bmcrender.render.verify import Line, misfits

if TYPE_CHECKING:
    from weasyprint import Document as LaidOut
    from weasyprint.text.fonts import FontConfiguration

_MM_PER_PX = 25.4 / 96


def pdf_bytes(
    sheet: Sheet | Handout | Outline, fonts: Sequence[str]
) -> tuple[bytes, tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return the PDF, what the renderer warned of, and the texts that do not stand whole in their place.

    `fonts` are the families to try in order. The bytes are empty when there are misfits.
    """
    with _warnings() as found:
        laid_out = _laid_out(html_page(sheet, fonts), _assets(sheet))
        lines = [tuple(_lines(page)) for page in laid_out.pages]
        bad = tuple(flow_misfits(sheet, lines) if isinstance(sheet, Handout) else misfits(sheet, lines))
        data = b"" if bad else _written(laid_out)
    return data, tuple(_findings(found)), bad


def _laid_out(html: str, assets: Mapping[str, bytes]) -> LaidOut:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    refused: list[str] = []

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Answers from the job's own bytes; remembers what it refused, for the renderer forgets."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in assets:
                refused.append(url)
                raise ValueError(f"not part of the job: {url}")
            return URLFetcherResponse(url, assets[url], {"Content-Type": _media_type(assets[url])})

    document = HTML(string=html, url_fetcher=Fetcher(), media_type="print")
    laid_out = document.render(font_config=_font_configuration(), pdf_variant=VARIANT)
    if refused:
        raise InternalError(f"the page asked for {', '.join(refused)}, which is not part of the job")
    return laid_out


def _written(laid_out: LaidOut) -> bytes:
    name_both(laid_out)
    data = laid_out.write_pdf(pdf_variant=VARIANT)
    assert data is not None
    return bytes(data)


@lru_cache(maxsize=1)
def _font_configuration() -> FontConfiguration:
    """One for the whole process: a fresh one for each document leaks and is slower."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _assets(sheet: Sheet | Handout | Outline) -> dict[str, bytes]:
    document = sheet.document
    assets = {
        f"{ICON_URL}{block.group}/{block.icon}": icon_svg(document, block.icon, block.group)
        for block in document.blocks
    }
    if document.sticky:
        stroke = float(document.theme.tokens["stroke"]["grid"]) * sheet.stroke
        assets[PLACE_URL] = place_svg(document, document.sticky, stroke)
    if isinstance(sheet, Outline):
        assets |= {
            f"{DRAWING_URL}{number}": drawing_svg(sheet, number) for number in range(1, len(sheet.pages) + 1)
        }
    if isinstance(sheet, Handout):
        assets |= {f"{LOCATOR_URL}{step.block}": locator_svg(sheet, step.block) for step in sheet.steps}
        assets[LINE_URL] = line_svg(sheet)
    if document.logo:
        assets[LOGO_URL] = document.logo.data
    return assets


def _media_type(data: bytes) -> str:
    if data.startswith(b"<svg"):
        return "image/svg+xml"
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


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


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of text of a page by the id of their node, from the laid-out boxes.

    The box tree is WeasyPrint's own, not its public interface: a test pins the version's shape.
    """
    yield from _lines_in(page._page_box, "")


def _lines_in(box: Any, node: str) -> Iterator[Line]:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = getattr(box, "element", None)
    if element is not None and not isinstance(box, boxes.LineBox):
        node = element.get("id") or node
    if isinstance(box, boxes.LineBox):
        texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
        if texts and node:
            left = min(text.position_x for text in texts)
            right = max(text.position_x + text.width for text in texts)
            yield Line(
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
