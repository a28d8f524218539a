"""Posters drawn by the worker: whole, tagged, in reading order, in our fonts alone; and the check that says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pdf_reading
import pytest
import seen_by_weasyprint
from canvases import (
    EXAMPLES,
    LANGUAGES,
    VERY_FULL,
    crowded,
    entry_texts,
    example,
    job,
    laid_out,
    resolved,
    short,
)
from pdf_reading import Seen, Tagged

from bmcrender.document import Document, Text
from bmcrender.errors import InternalError, LimitError
from bmcrender.inputs import load
from bmcrender.layout.typeset import font_stack
from bmcrender.model import UNDATED, Block, Canvas, Item, Job, Options, Result
from bmcrender.pipeline import render
from bmcrender.render.verify import texts
from bmcrender.rendered import rendered as rendered_apart
from bmcrender.resources import library
from bmcrender.sheets import Page, Sheet
from bmcrender.supervisor import shared

pytestmark = pytest.mark.xdist_group("worker")


@cache
def rendered(name: str) -> Result:
    return render(load(EXAMPLES[name]))


@cache
def pages(name: str) -> list[Seen]:
    return pdf_reading.pages(rendered(name).outputs["pdf"])


def letters(text: str) -> list[str]:
    """The letters and digits of a text, sorted: a PDF may hold right-to-left text in either order."""
    return sorted(letter for letter in text if letter.isalnum())


def all_letters(page: Page) -> list[str]:
    return letters("".join(text.plain for text, _ in texts(page)))


# -- what comes out ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_becomes_one_page_and_the_very_full_one_goes_on(name: str) -> None:
    result = rendered(name)
    assert result.ok
    assert len(pages(name)) == (2 if name == VERY_FULL else 1)
    assert {page.size for page in pages(name)} == {(420.0, 297.0)}
    assert {found.code for found in result.diagnostics} == ({"overflow"} if name == VERY_FULL else set())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_letter_of_the_document_is_in_the_pdf_and_no_other(name: str) -> None:
    sheet, _ = laid_out(example(name))
    for seen, page in zip(pages(name), sheet.pages, strict=True):
        assert letters(seen.text) == all_letters(page)
        assert letters(seen.tree.text) == all_letters(page)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_canvas_of_49_items_with_long_paragraphs_comes_out_whole(language: str) -> None:
    canvas = crowded(language, 49, 2)
    result = render(job(canvas))
    assert {(found.severity, found.code) for found in result.diagnostics} == {("warning", "overflow")}
    seen = pdf_reading.pages(result.outputs["pdf"])
    given = [text.plain for block in resolved(canvas).blocks for text in entry_texts(block.items)]
    assert len(seen) > 3
    lists = [one.text for page in seen for one in page.tree.all("L") if not inside_list(page, one)]
    assert letters("".join(lists)) == letters("".join(given))


def inside_list(page: Seen, given: Tagged) -> bool:
    return any(
        given is inner for outer in page.tree.all("L") if outer is not given for inner in outer.all("L")
    )


@pytest.mark.parametrize("count", [1, 7, 21])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_measured_stands_at_the_first_try(language: str, count: int) -> None:
    sheet = laid_out(resolved(crowded(language, count)))[0]
    assert misfits(sheet) == []


@pytest.mark.parametrize("guide", ["none", "questions", "full"])
@pytest.mark.parametrize("name", ["en-markdown", "fa-khaknegar", "de-fensterwerkstatt"])
def test_every_guide_stands_at_the_first_try(name: str, guide: str) -> None:
    assert misfits(laid_out(example(name, Options(guide=guide)))[0]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_canvas_stands_at_the_first_try(language: str) -> None:
    for page in ("a4", "a0"):
        assert misfits(laid_out(resolved(Canvas("x", language=language), guide="full", page=page))[0]) == []


@pytest.mark.parametrize(
    ("language", "word"), [("fa", "مقرون‌به‌صرفه‌ترند" * 6), ("en", "AVAToTo.,LTW" * 20), ("de", "Wärme" * 40)]
)
def test_a_word_longer_than_its_line_stands_at_the_first_try(language: str, word: str) -> None:
    blocks = dict.fromkeys(("channels", "key_resources"), Block((Item(word), Item(f"x {word}"))))
    for page in ("a4", "a0"):
        assert misfits(laid_out(resolved(Canvas("x", language=language, blocks=blocks), page=page))[0]) == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_item_longer_than_a_page_stands_whole_on_several(language: str) -> None:
    words = "نان گرم " * 22 if language == "fa" else "fresh bread " * 15
    long = Item("\n\n".join([words] * 10))
    canvas = Canvas("x", language=language, blocks={"channels": Block((Item("x", "", (long,)), long))})
    assert misfits(laid_out(resolved(canvas, page="100x100mm"))[0]) == []


def test_a_text_out_of_its_place_is_our_mistake_with_a_theme_of_ours_and_not_with_others() -> None:
    document = resolved(short(1))
    moved = document.theme.files["poster.css"] + ".item { font-size: 30mm !important }"
    theme = replace(document.theme, files={**document.theme.files, "poster.css": moved})
    for given, error in (({}, InternalError), ({"poster.css": "mine/poster.css"}, LimitError)):
        drawn = replace(document, theme=replace(theme, given=given))
        with pytest.raises(error, match="do not stand whole in their places"):
            shared().run(rendered_apart, drawn, ("pdf",), (), UNDATED, formats=("pdf",))


@pytest.mark.parametrize(
    ("options", "size"),
    [
        (Options(page="a4"), (297.0, 210.0)),
        (Options(page="a0", orientation="portrait"), (841.0, 1189.0)),
        (Options(page="600x200mm"), (600.0, 200.0)),
    ],
)
def test_a_poster_has_the_size_that_is_asked_for(options: Options, size: tuple[float, float]) -> None:
    result = render(Job(EXAMPLES["fa-khaknegar"].read_bytes(), options=options))
    (page,) = pdf_reading.pages(result.outputs["pdf"])
    assert page.size == pytest.approx(size, abs=0.02)


# -- tags, order, metadata ---------------------------------------------------------------------------


def in_order(page: Page) -> list[Text]:
    """The texts of a page in the order of work."""
    found = [page.title.text]
    found += [page.subtitle.text] if page.subtitle else []
    found += [part.text for field in page.fields for part in (field.label, field.value)]
    for box in page.boxes:
        found += [box.eyebrow.text] if box.eyebrow else []
        found += [box.heading.text, *(block.text for block in box.questions)]
        found += [text for column in box.columns for row in column.rows for text in row.paragraphs]
        found += [block.text for block in (*([box.more] if box.more else []), *box.lists)]
    return found + [block.text for block in page.footer]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_order_of_the_tags_is_the_order_of_work(name: str) -> None:
    sheet, _ = laid_out(example(name))
    for seen, page in zip(pages(name), sheet.pages, strict=True):
        found = [letters(element.text) for element in seen.tree.all("H1", "H2", "P")]
        assert found == [letters(text.plain) for text in in_order(page)]
        order = [box.block for box in page.boxes]
        assert order == [block.id for block in sheet.document.blocks if block.id in order]


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_lists_and_items_are_tagged_as_such(name: str) -> None:
    sheet, _ = laid_out(example(name))
    for seen, page in zip(pages(name), sheet.pages, strict=True):
        assert [letters(one.text) for one in seen.tree.all("H1")] == [letters(page.title.text.plain)]
        headings = [letters(box.heading.text.plain) for box in page.boxes]
        assert [letters(one.text) for one in seen.tree.all("H2")] == headings
        rows = [row for box in page.boxes for column in box.columns for row in column.rows]
        assert len(list(seen.tree.all("LI"))) == len(rows)


def test_nested_items_are_lists_in_lists() -> None:
    tree = pages("en-markdown")[0].tree
    nested = [inner.text for outer in tree.all("LI") for inner in outer.all("LI") if inner is not outer]
    assert any(text.startswith("no IT staff") for text in nested)


@pytest.mark.parametrize("name", ["en-markdown", "fa-khaknegar"])
def test_the_file_says_what_it_is(name: str) -> None:
    document = example(name)
    data = rendered(name).outputs["pdf"]
    found = pdf_reading.properties(data)
    assert found["Tagged"]
    assert found["Title"] == document.title.plain
    assert found["Author"] == ", ".join(document.authors)
    assert found["Creator"] == "bmcrender"
    whole = shared().run(seen_by_weasyprint.uncompressed, *sheet_and_fonts(document), formats=("pdf",))
    assert f"/Lang ({document.language})".encode() in whole
    assert b"/StructTreeRoot" in whole
    assert b"/MarkInfo" in whole
    assert b"/DisplayDocTitle true" in whole


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_template_is_credited_visibly_and_with_its_licence(name: str) -> None:
    attribution = example(name).attribution.plain
    assert "CC BY-SA 3.0" in attribution
    for seen in pages(name):
        assert letters(attribution) in [letters(element.text) for element in seen.tree.all("P")]
    subject = pdf_reading.properties(rendered(name).outputs["pdf"])["Subject"]
    assert attribution in subject
    assert "https://creativecommons.org/licenses/by-sa/3.0/" in subject


def test_only_bundled_fonts_are_in_the_files() -> None:
    bundled = {face.family.replace(" ", "-") for face in library().font_set().faces}
    found = {font for name in EXAMPLES for page in pages(name) for font in page.fonts}
    assert {"Inter-Bold", "Vazirmatn", "Noto-Emoji"} <= found
    assert all(any(font == one or font.startswith(f"{one}-") for one in bundled) for font in found), found


def test_bold_italic_and_emoji_have_faces_of_their_own() -> None:
    fonts = pages("en-markdown")[0].fonts
    assert {"Inter", "Inter-Semi-Bold", "Inter-Italic", "Noto-Emoji"} <= fonts


def test_the_same_job_gives_the_same_bytes_whatever_came_between() -> None:
    for name in ("fa-khaknegar", "en-markdown"):
        assert render(load(EXAMPLES[name])).outputs["pdf"] == rendered(name).outputs["pdf"]


# -- the check of the laid-out page ------------------------------------------------------------------


def sheet_and_fonts(document: Document) -> tuple[Sheet, tuple[str, ...]]:
    return laid_out(document)[0], font_stack(document.theme.tokens, document.script)


def misfits(sheet: Sheet, *changes: tuple[str, str]) -> list[str]:
    families = font_stack(sheet.document.theme.tokens, sheet.document.script)
    return shared().run(seen_by_weasyprint.misfits_of, sheet, families, changes, formats=("pdf",))


ITEM = "channels.items.1.p0"
HEAD = f'<p id="{ITEM}" dir="ltr"'
TEXT = "One item of some words 1"
NOT_COMPLETE = f"page 1: '{ITEM}' is not complete, or is there twice"
OUTSIDE = f"page 1: '{ITEM}' stands "


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(f"{HEAD}>{TEXT}<", f"{HEAD}><", f"page 1: '{ITEM}' is missing", id="missing"),
        pytest.param(f"{HEAD}>{TEXT}<", f"{HEAD}>One item of some 1<", NOT_COMPLETE, id="a word missing"),
        pytest.param(f"{HEAD}>{TEXT}<", f"{HEAD}>{TEXT[:-3]}<", NOT_COMPLETE, id="cut"),
        pytest.param(f"{HEAD}>{TEXT}<", f"{HEAD}>{TEXT} {TEXT}<", NOT_COMPLETE, id="doubled"),
        pytest.param(f"{HEAD}>", f'{HEAD}>{TEXT}</p><p id="{ITEM}">', NOT_COMPLETE, id="there twice"),
        pytest.param(f"{HEAD}>", f'<p id="x">?</p>{HEAD}>', "page 1: 'x' has no place", id="strange"),
        pytest.param(HEAD, f'{HEAD} style="display:none"', f"page 1: '{ITEM}' is missing", id="hidden"),
        pytest.param(HEAD, f'{HEAD} style="margin-left:60mm"', OUTSIDE, id="right"),
        pytest.param(HEAD, f'{HEAD} style="margin-left:-30mm"', OUTSIDE, id="left"),
        pytest.param(HEAD, f'{HEAD} style="font-size:300%"', OUTSIDE, id="larger"),
        pytest.param(HEAD, f'{HEAD} style="padding-top:120mm"', OUTSIDE, id="lower"),
        pytest.param(HEAD, f'{HEAD} style="margin-top:-120mm"', OUTSIDE, id="higher"),
        pytest.param(
            HEAD,
            f'{HEAD} style="margin-top:-6mm"',
            f"page 1: 'channels.items.0.p0' and '{ITEM}' cover each other",
            id="covering",
        ),
        pytest.param(
            "</article>", '</article><article class="page"></article>', "2 pages instead of 1", id="pages"
        ),
    ],
)
def test_a_text_that_does_not_stand_whole_in_its_place_is_told(old: str, new: str, told: str) -> None:
    found = misfits(plain_sheet(), (old, new))
    assert any(one.startswith(told) for one in found), found


@cache
def plain_sheet() -> Sheet:
    return laid_out(resolved(short(3)))[0]


def test_a_page_that_is_not_changed_has_no_misfit() -> None:
    assert misfits(plain_sheet()) == []
