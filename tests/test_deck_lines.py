"""Our lines of text on slides beside LibreOffice's: as many, and never fewer once the margin is in."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from canvases import EXAMPLES, LANGUAGES, entry_texts, example
from office import pdfs, with_office
from pptx_decks import CREATED, deck
from pypdfium2 import PdfPage, raw

from bmcrender.document import Document, Text
from bmcrender.layout.typeset import MM_PER_PT, font_stack
from bmcrender.measure import Measurer, Style
from bmcrender.render.pptx import deck_bytes, fallback_font
from bmcrender.resources import library
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Paragraph, Shape, Slide

MARGIN = 0.02
LINE_EM = 1.2
TEXTS = 10  # of each language
WIDTHS_MM, SIZES_PT = (38.0, 61.0, 96.0), (9.0, 12.0, 20.0)
# The share of texts with as many lines, and of those that only the margin makes longer.
LEAST_AGREEING, MOST_LONGER = 0.95, 0.4
_NAMES = {tag: next(name for name in EXAMPLES if name.startswith(tag + "-")) for tag in LANGUAGES}


class Sample(NamedTuple):
    """A text in a box of its own."""

    text: Text
    width: float
    size: float
    rect: Rect


@cache
def document(tag: str) -> Document:
    return example(_NAMES[tag])


def words(tag: str) -> Sequence[Text]:
    """The longest texts of a language's example, no two alike, as slides show them."""
    blocks = document(tag).blocks
    texts = [
        text for block in blocks for text in (*entry_texts(block.items), *block.questions, block.meaning)
    ]
    found = {text.plain: text for text in texts if text and text.language in ("", tag)}
    return [found[plain] for plain in sorted(found, key=len)[-TEXTS:]]


def samples(tag: str) -> list[Sample]:
    found, x, y = [], 5.0, 5.0
    for width in WIDTHS_MM:
        for text, size in product(words(tag), SIZES_PT):
            height = (
                len(text.plain) * size * 0.62 / (width / MM_PER_PT) + 2
            ) * LINE_EM * size * MM_PER_PT + 2
            if y + height > 1390:
                x, y = x + width + 12, 5.0
            found.append(Sample(text, width, size, Rect(x, y, width, height)))
            y += height + 3
        x, y = x + width + 12, 5.0
    return found


def as_deck(tag: str) -> Deck:
    """One large slide with all samples of a language."""
    given = document(tag)
    direction = given.direction
    shapes = tuple(
        Shape(f"Sample {number}", one.rect, (Paragraph(one.text, one.size, "ink"),), alt="-")
        for number, one in enumerate(samples(tag))
    )
    whole = deck(direction)
    closing = Slide("closing", "closing", tag, shapes)
    return replace(whole, width=1400.0, height=1400.0, slides=(closing,), language=tag, sections=())


def ours(tag: str, margin: float) -> list[int]:
    """How many lines we count for each sample."""
    given = document(tag)
    measurer = Measurer(library().font_set(), lambda face: library().read(f"fonts/{face.file}"), margin)
    style = Style(font_stack(given.theme.tokens, given.script), 400, 700, LINE_EM)
    return [measurer.shaped(one.text, style).lines(one.width / MM_PER_PT / one.size) for one in samples(tag)]


def theirs(page: PdfPage, tag: str) -> list[int]:
    """How many lines LibreOffice has drawn of each sample: so many places its letters stand on."""
    places = list(origins(page))
    found = []
    for one in samples(tag):
        rect, pitch = one.rect, one.size * LINE_EM * MM_PER_PT
        rows = [y for x, y in places if rect.x - 1 < x < rect.right + 1 and rect.y < y < rect.bottom]
        found.append(round((max(rows) - min(rows)) / pitch) + 1)
    return found


def origins(page: PdfPage) -> Iterator[tuple[float, float]]:
    """Yield where the letters of a page stand, in mm from its upper left corner."""
    text, height = page.get_textpage(), page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) != 1 and chr(raw.FPDFText_GetUnicode(text, index)).strip():
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            yield x.value * MM_PER_PT, (height - y.value) * MM_PER_PT


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    fonts = library().font_set()
    decks = {}
    for tag in LANGUAGES:
        made = as_deck(tag)
        fallback = fallback_font(fonts, (made.fonts["latin"], made.fonts["cs"]))
        decks[tag] = deck_bytes(made, CREATED, fallback)
    folder: Path = tmp_path_factory.mktemp("lines")
    return {tag: theirs(document[0], tag) for tag, document in pdfs(folder, decks).items()}


def test_there_are_texts_of_all_languages_short_and_long() -> None:
    assert sum(len(words(tag)) for tag in LANGUAGES) >= 40
    counts = Counter(count for tag in LANGUAGES for count in ours(tag, MARGIN))
    assert {1, 2, 3, 4, 5, 8} <= set(counts)


@with_office
def test_our_counts_of_lines_agree_with_libreoffice(drawn: dict[str, list[int]], record_property) -> None:
    rows = []
    for tag in LANGUAGES:
        exact = list(zip(ours(tag, 0.0), drawn[tag], strict=True))
        careful = list(zip(ours(tag, MARGIN), drawn[tag], strict=True))
        rows.append(
            (
                tag,
                len(exact),
                sum(a == b for a, b in exact),
                sum(a < b for a, b in exact),
                sum(a < b for a, b in careful),
                sum(a > b for a, b in careful),
            )
        )
    head = ("", "texts", "as many", "fewer", "fewer with margin", "more with margin")
    table = "\n".join("\t".join(map(str, row)) for row in (head, *rows))
    record_property("lines", table)
    print(table)
    total, same, _, fewer, more = (sum(row[at] for row in rows) for at in range(1, 6))
    assert same >= LEAST_AGREEING * total, table
    assert fewer == 0, table
    assert more <= MOST_LONGER * total, table
