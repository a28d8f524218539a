"""Programs that read a page find and copy its texts as they were written: Persian, brackets, joined parts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from functools import cache
from shutil import which

import pdf_reading
import pytest
from canvases import KIND, job
from pypdfium2 import PdfDocument

from bmcrender.model import Block, Canvas, Item
from bmcrender.pipeline import render

pytestmark = pytest.mark.xdist_group("worker")

# Lam-alef alone, begun and joined, a name that is one glyph, a letter whose glyph has a sign above it.
LETTERS = ("سلام", "لازم و بالا", "کلاه و ملاقات", "الله", "نسخهٔ کامل")
ABOVE = ("واقعاً",)  # poppler takes a raised sign for a word of its own
PARTS = ("می‌خواهم", "علاقه‌مندی‌ها", "کسب‌وکار ما")
# The first bracket of each kind is met from the right, where another glyph stands for it.
TURNED = ("(نان) [بازار]", "«کار» و ‹نان›", "API برای ۳ کاربر (نسخهٔ ۲)")
PLAIN = ("Plain (bread) [market] «x»", "a <b> {c}")
# A space at which no line may end is looked for as a space.
NUMBERS = ("۱۲۳ و ۴۵۶", "۱۲٫۵٪ تا ۲٬۰۰۰ تومان", "۳۰\u00a0آبان ۱۴۰۴")


@cache
def drawn() -> bytes:
    groups: Sequence[Sequence[str]] = (LETTERS, ABOVE, PARTS, TURNED, PLAIN, NUMBERS)
    blocks = {id: Block(tuple(map(Item, group))) for id, group in zip(KIND.blocks, groups, strict=False)}
    return render(job(Canvas("بوم", language="fa", blocks=blocks))).outputs["pdf"]


@pytest.mark.parametrize("text", [*LETTERS, *ABOVE, *PARTS, *TURNED, *PLAIN, *NUMBERS])
def test_pdfium_copies_a_line_as_it_was_written(text: str) -> None:
    (page,) = pdf_reading.pages(drawn())
    assert text.replace("\u00a0", " ") in page.text.split("\r\n")


@pytest.mark.parametrize("text", [*LETTERS, *ABOVE, *PARTS, *PLAIN])
def test_pdfium_finds_what_was_written(text: str) -> None:
    document = PdfDocument(drawn())
    try:
        found = document[0].get_textpage().search(text).get_next()
    finally:
        document.close()
    assert found is not None


@pytest.mark.skipif(which("pdftotext") is None, reason="needs pdftotext")
def test_poppler_copies_letters_and_parts_of_words() -> None:
    done = subprocess.run(["pdftotext", "-", "-"], input=drawn(), capture_output=True, check=True)
    found = re.sub("[\u202a-\u202e]", "", done.stdout.decode()).split("\n")
    assert {*LETTERS, *PARTS} - {*found} == set()
