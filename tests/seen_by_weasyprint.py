"""What WeasyPrint makes of texts and pages: functions for the worker, whose fonts are ours alone."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from bmcrender.document import Run
from bmcrender.handouts import Handout
from bmcrender.render.verify import DrawnLine
from bmcrender.sheets import Sheet


class Paragraph(NamedTuple):
    """A text to set: its runs, its direction, its families, its weights, and the column's width in em.

    Without a width each line feed ends a line and nothing else does.
    """

    runs: tuple[Run, ...]
    direction: str
    families: tuple[str, ...]
    weight: int
    bold: int
    line_height: float
    width: float | None


class SeenLine(NamedTuple):
    """A line as WeasyPrint set it: its letters, its width and height in em."""

    text: str
    width: float
    height: float


_PX = 20


def break_offsets(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Return where Pango would let each text's lines break."""
    from weasyprint.text.line_break import get_log_attrs

    found = []
    for text in texts:
        attributes = get_log_attrs(text, "en")
        found.append(tuple(at for at in range(1, len(text)) if attributes[at].is_line_break))
    return found


def lines(paragraphs: Sequence[Paragraph]) -> list[list[SeenLine]]:
    """Return the lines of each paragraph, broken by WeasyPrint itself."""
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes

    body = "".join(_html(index, given) for index, given in enumerate(paragraphs))
    style = (
        f"@page{{size:3000px 100000px;margin:0}}*{{margin:0;padding:0}}"
        f"p{{font-size:{_PX}px;white-space:normal;overflow-wrap:anywhere;hyphens:manual}}"
    )
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    laid_out = HTML(string=f"<style>{style}</style>{body}").render()
    found: list[list[SeenLine]] = [[] for _ in paragraphs]
    for page in laid_out.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
                text = "".join(part.text for part in texts)
                width = sum(part.width for part in texts) / _PX
                found[int(box.element.get("id"))].append(SeenLine(text, width, box.height / _PX))
    return found


def _html(index: int, given: Paragraph) -> str:
    families = ",".join(f"'{family}'" for family in given.families)
    runs = "".join(_run(run, given.bold) for run in given.runs)
    style = f"font-family:{families};font-weight:{given.weight};line-height:{given.line_height};" + (
        f"width:{given.width * _PX}px" if given.width else "white-space:nowrap"
    )
    return f'<p id="{index}" dir="{given.direction}" style="{style}">{runs}</p>'


def _run(run: Run, bold: int) -> str:
    text = escape(run.text).replace("\n", "<br>")
    text = f'<code style="font:inherit">{text}</code>' if run.code else text
    text = f"<em>{text}</em>" if run.italic else text
    return f'<b style="font-weight:{bold}">{text}</b>' if run.bold else text


def misfits_of(
    sheet: Sheet | Handout, families: Sequence[str], changes: Sequence[tuple[str, str]]
) -> list[str]:
    """Return what the check finds when the page's HTML is changed, each (old, new) once."""
    from bmcrender.render.assets import assets
    from bmcrender.render.html import html_page
    from bmcrender.render.pdf import _laid_out, _misfits

    html = html_page(sheet, families)
    for old, new in changes:
        assert old in html, old
        html = html.replace(old, new, 1)
    return list(_misfits(sheet, _laid_out(html, assets(sheet))))


def lines_of(sheet: Handout, families: Sequence[str]) -> list[list[DrawnLine]]:
    """Return the lines of each page by their nodes, as the check sees them."""
    from bmcrender.render.assets import assets
    from bmcrender.render.html import html_page
    from bmcrender.render.pdf import _laid_out, _lines

    laid_out = _laid_out(html_page(sheet, families), assets(sheet))
    return [list(_lines(page)) for page in laid_out.pages]


def uncompressed(sheet: Sheet, families: Sequence[str]) -> bytes:
    """Return the sheet's PDF with nothing compressed, so that its structure can be read."""
    from bmcrender.render.assets import assets
    from bmcrender.render.html import html_page
    from bmcrender.render.pdf import _laid_out

    laid_out = _laid_out(html_page(sheet, families), assets(sheet))
    return bytes(laid_out.write_pdf(pdf_tags=True, uncompressed_pdf=True))
