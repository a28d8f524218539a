"""Each layout in each theme and language, blank to very full, comes out whole: its corners always, all of it on demand.

Rendering itself refuses a text that is not there once, whole, in its place and free of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from canvases import LANGUAGES, entry_texts
from matrix import BLANK, FILLS, FULL, LAYOUTS, THEMES, TYPICAL, Case, drawn, whole
from pypdfium2 import PdfDocument

from bmcrender.checking import checked
from bmcrender.document import Document

# Pages of what is not too full; a handout has cover, contents, and a page for each of nine steps.
USUAL = {"poster": 1, "outline": 1, "handout": 11}
# Letters may lean a little over the edges that their metrics name.
TOLERANCE_PT = 1.0


def corners() -> Iterator[Case]:
    """Yield few cases that have every layout with every fill, every theme and every language among them."""
    for row, layout in enumerate(LAYOUTS):
        yield from (Case(layout, fill, ("fa", "en")[(row + column) % 2]) for column, fill in enumerate(FILLS))
    others = (theme for theme in THEMES if theme != "classic")
    for at, theme in enumerate(others):
        yield Case("poster", TYPICAL, ("fa", "de")[at % 2], theme)
        yield Case(("outline", "handout")[at % 2], (BLANK, TYPICAL)[at // 2 % 2], ("es", "fa")[at % 2], theme)
        if at % 2 == 0:
            yield Case(("poster", "outline")[at // 2 % 2], FULL, ("fr", "es")[at // 2 % 2], theme)


CORNERS = tuple(corners())


def test_the_corners_touch_every_layout_theme_language_and_fill() -> None:
    assert {(case.layout, case.fill) for case in CORNERS} == {(one, two) for one in LAYOUTS for two in FILLS}
    assert {(case.layout, case.theme) for case in CORNERS} >= {("poster", theme) for theme in THEMES}
    assert {case.language for case in CORNERS} == set(LANGUAGES)
    assert {(case.fill, case.language) for case in CORNERS} >= set(product(FILLS, ("en", "fa")))
    assert {(case.layout, case.language) for case in CORNERS} >= set(product(LAYOUTS, ("en", "fa")))
    assert set(CORNERS) < set(whole())


@pytest.mark.xdist_group("worker")
@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_a_corner_of_the_matrix_comes_out_whole(case: Case) -> None:
    comes_out_whole(case)


@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("case", sorted(set(whole()) - set(CORNERS), key=str), ids=str)
def test_a_sheet_of_the_matrix_comes_out_whole(case: Case) -> None:
    comes_out_whole(case)


def comes_out_whole(case: Case) -> None:
    result = drawn(case)
    pages = list(seen(result.outputs["pdf"]))
    goes_on = len(pages) > USUAL[case.layout]
    if case.fill == FULL:
        assert goes_on
    elif case.layout == "outline" and case.fill == TYPICAL:
        assert len(pages) <= 2  # it shows the whole guide beside the items
    else:
        assert len(pages) == USUAL[case.layout]
    told = {(found.severity, found.code) for found in result.diagnostics}
    assert told == ({("warning", "overflow")} if goes_on and case.layout != "handout" else set())
    document = checked(case.job()).document
    assert document is not None
    lost = Counter(letters(shown(document))) - Counter(letters("".join(pages)))
    assert not lost


def seen(pdf: bytes) -> Iterator[str]:
    """The text of each page, whose letters all stand on it."""
    document = PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert -TOLERANCE_PT <= left <= right <= width + TOLERANCE_PT
                assert -TOLERANCE_PT <= bottom <= top <= height + TOLERANCE_PT
            yield text.get_text_range()
    finally:
        document.close()


def shown(document: Document) -> str:
    """What every layout shows of a document: its own words and the names of its blocks."""
    texts = [document.title, document.attribution, *(field.value for field in document.fields)]
    texts += [document.subtitle] if document.subtitle else []
    for block in document.blocks:
        texts += [block.title, *entry_texts(block.items)]
    return "".join(text.plain for text in texts)


def letters(text: str) -> Sequence[str]:
    """The letters and digits of a text: a PDF may hold right-to-left text in either order."""
    return [letter for letter in text if letter.isalnum()]
