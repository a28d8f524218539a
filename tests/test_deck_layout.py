"""What the deck layout promises: every text once, whole, in its place, at a size of the theme's list."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from canvases import EXAMPLES, KIND, VERY_FULL, crowded, entry_texts, example, resolved, short
from deck_checks import bare, overlapping_texts, placed, room, slide_measurer, slides_of, texts, too_full
from pptx_lint import lint
from rectangles import within

from bmcrender.document import Document, Image
from bmcrender.fonts import fontconfig_xml
from bmcrender.layout.deck import deck
from bmcrender.layout.deck.gauge import Gauge, points
from bmcrender.model import Block, Canvas, Item, Options
from bmcrender.render.pptx import deck_bytes, fallback_font
from bmcrender.resources import library
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Shape

ROOT = Path(__file__).resolve().parent.parent
WIDTH, MARGIN = 338.7, 16.0
LONG = " ".join(f"word{number}" for number in range(280))  # about 2,000 characters: more than one slide
ORDER = list(KIND.blocks)


@cache
def made(name: str) -> tuple[Document, Deck]:
    document = DOCUMENTS[name]()
    return document, deck(document, slide_measurer())


def endless() -> Canvas:
    """One block with what no slide takes in one piece, all others empty."""
    word = "x" * 500
    items = (Item(LONG, "said once"), Item(word), Item("\n\n".join([LONG[:600]] * 4)))
    return Canvas("Endless " * 24, language="de", blocks={"channels": Block(items, "Weg " * 120)})


def doubled() -> Canvas:
    """Titles that are the same, questions too many for the panel."""
    asked = tuple(f"Question {number}? {LONG[:200]}" for number in range(12))
    blocks = {
        "channels": Block((Item("One"),), "Same"),
        "key_partners": Block((Item("Two"),), "Same", asked),
    }
    return Canvas("Same", blocks=blocks)


DOCUMENTS = {
    **{name: (lambda name=name: example(name)) for name in EXAMPLES},
    "crowded-fa": lambda: resolved(crowded("fa", 21)),
    "crowded-de": lambda: resolved(crowded("de", 49, 3)),
    "endless": lambda: resolved(endless()),
    "doubled": lambda: resolved(doubled()),
    "blank-fa": lambda: resolved(Canvas("خالی", language="fa")),
    "blank-full-fr": lambda: resolved(Canvas("Vide", language="fr"), guide="full"),
    "full": lambda: example("en-fiddlewood", Options(guide="full")),
    "no-guide": lambda: example("fa-khaknegar", Options(guide="none")),
    "portrait": lambda: example("en-fiddlewood", Options(orientation="portrait")),
}
EVERY = pytest.mark.parametrize("name", DOCUMENTS)


def sizes(shape: Shape) -> set[float]:
    return {paragraph.size_pt for paragraph in shape.paragraphs}


# -- nothing lost, nothing too large -------------------------------------------------------------------


@EVERY
def test_every_word_of_every_item_is_once_on_the_slides_of_its_block(name):
    document, whole = made(name)
    for block in document.blocks:
        shown: dict[str, str] = {}
        for slide in slides_of(whole, block.id):
            for paragraph in placed(slide, "items").paragraphs:
                before = shown.get(paragraph.text.id)
                words = paragraph.text.plain
                shown[paragraph.text.id] = words if before is None else f"{before} {words}"
        own = {text.id: text.plain for text in entry_texts(block.items)}
        assert {key: words for key, words in shown.items() if key in own} == own
        assert [key for key in shown if key in own] == list(own)


@EVERY
def test_every_question_is_asked_as_the_guide_setting_says(name):
    document, whole = made(name)
    for block in document.blocks:
        shown = Counter(
            paragraph.text.id
            for slide in slides_of(whole, block.id)
            for shape in slide.shapes
            for paragraph in shape.paragraphs
        )
        for question in block.questions:
            assert (shown[question.id] > 0) == (document.guide != "none"), question.id


@EVERY
def test_every_text_fits_its_shape_with_spare_height(name):
    document, whole = made(name)
    assert list(too_full(document, whole)) == []
    for slide in whole.slides:
        for shape in slide.shapes:
            for paragraph in shape.paragraphs:
                assert paragraph.indent_pt < points(room(shape).w) / 2


@EVERY
def test_shapes_stand_between_the_margins_and_texts_do_not_overlap(name):
    _, whole = made(name)
    for slide in whole.slides:
        for shape in slide.shapes:
            assert shape.rect.x >= MARGIN - 1e-6
            assert shape.rect.right <= WIDTH - MARGIN + 1e-6
            assert shape.rect.y >= 10
            assert shape.rect.bottom <= whole.height - 5
        assert overlapping_texts(slide) == [], slide.id


@EVERY
def test_sizes_of_block_slides_are_from_the_list_and_never_under_twelve(name):
    document, whole = made(name)
    given = document.theme.tokens["deck"]["block"]
    for slide in whole.slides:
        if slide.role != "block":
            continue
        assert sizes(placed(slide, "items")) <= {*map(float, given["items"]), float(given["panel_title"])}
        for shape in slide.shapes:
            if shape.placeholder in ("items", "questions"):
                assert min(sizes(shape), default=12) >= 12
                assert not any("\u00ad" in paragraph.text.plain for paragraph in shape.paragraphs)


def test_an_ordinary_canvas_has_one_size_for_all_items_and_one_for_all_questions():
    _, whole = made("en-fiddlewood")
    blocks = [slide for slide in whole.slides if slide.role == "block"]
    assert [slide.id for slide in blocks] == ORDER
    first = {placed(slide, "items").paragraphs[0].size_pt for slide in blocks}
    assert first == {24.0}
    assert {placed(slide, "questions").paragraphs[1].size_pt for slide in blocks} == {14.0}


def test_most_blocks_of_a_very_full_canvas_share_the_size_of_the_largest():
    _, whole = made(VERY_FULL)
    own = [placed(slides_of(whole, block)[0], "items").paragraphs[0].size_pt for block in ORDER]
    assert own.count(max(own)) >= 6
    assert min(own) < max(own)


def test_nested_items_are_two_steps_smaller_quieter_and_further_in():
    _, whole = made("en-markdown")
    item, nested, deeper = placed(slides_of(whole, "customer_segments")[0], "items").paragraphs[:3]
    assert (item.size_pt, nested.size_pt, deeper.size_pt) == (24, 18, 18)
    assert (item.marker, nested.marker, deeper.marker) == ("bullet", "dash", "dash")
    assert (item.color, nested.color) == ("ink", "ink2")
    assert item.indent_pt < nested.indent_pt < deeper.indent_pt
    assert (item.level, nested.level, deeper.level) == (0, 1, 2)


def test_the_second_paragraph_of_an_item_stands_under_the_first_without_a_marker():
    _, whole = made("en-markdown")
    shown = placed(slides_of(whole, "value_propositions")[0], "items").paragraphs
    at = next(i for i, one in enumerate(shown) if one.text.plain.startswith("Nobody has"))
    assert shown[at - 1].marker == "bullet"
    assert shown[at].marker == ""
    assert shown[at - 1].indent_pt == shown[at].indent_pt
    assert shown[at].hang_pt == 0


# -- slides and their order ------------------------------------------------------------------------------


@EVERY
def test_slides_follow_the_order_of_work_and_have_titles_of_their_own(name):
    _, whole = made(name)
    assert [slide.role for slide in whole.slides[:2]] == ["opening", "overview"]
    assert whole.slides[-1].role == "closing"
    blocks = [slide.id.split(".")[0] for slide in whole.slides[2:-1]]
    assert list(dict.fromkeys(blocks)) == ORDER
    assert blocks == sorted(blocks, key=ORDER.index)
    titles = [slide.title for slide in whole.slides]
    assert len(set(titles)) == len(titles)
    assert all(title.strip() for title in titles)
    for slide in whole.slides:
        assert texts(placed(slide, "title")) == slide.title
        assert slide.shapes[0].placeholder == "title"


def test_slides_that_go_on_are_numbered_in_the_digits_of_the_language_and_ask_again():
    document, whole = made("crowded-fa")
    split = slides_of(whole, "channels")
    count = len(split)
    assert count > 1
    title = document.blocks[2].title.plain
    expected = [
        document.label("continued_title", title=title, n=number, m=count) for number in range(1, count + 1)
    ]
    assert [slide.title for slide in split] == expected
    assert "۱ از" in split[0].title
    assert len({texts(placed(slide, "questions")) for slide in split}) == 1
    assert {slide.id for slide in split} == {"channels", *(f"channels.{n}" for n in range(2, count + 1))}


def test_slides_that_go_on_are_filled_evenly_and_begin_with_an_item():
    document, whole = made(VERY_FULL)
    gauge = Gauge(document, slide_measurer())
    for block in document.blocks:
        pages = [placed(slide, "items") for slide in slides_of(whole, block.id)]
        heights = [gauge.height(page.paragraphs, page.rect.w) for page in pages]
        assert min(heights) > max(heights) * 0.5, block.id
        assert all(page.paragraphs[0].level == 0 for page in pages), block.id


def test_an_item_longer_than_a_slide_goes_on_without_a_second_marker_and_with_one_note():
    _, whole = made("endless")
    split = slides_of(whole, "channels")
    parts = [
        paragraph
        for slide in split
        for paragraph in placed(slide, "items").paragraphs
        if paragraph.text.plain.startswith("word") and paragraph.text.id.endswith("items.0.p0")
    ]
    assert len(parts) > 1
    assert " ".join(part.text.plain for part in parts) == LONG
    assert [part.marker for part in parts] == ["bullet", *[""] * (len(parts) - 1)]
    noted = [slide for slide in split if any(one.text.plain == "said once" for one in slide.notes)]
    assert noted == split[:1]


def test_equal_titles_are_told_apart_by_the_blocks_code():
    _, whole = made("doubled")
    titles = [slide.title for slide in whole.slides]
    assert titles[0] == "Same"
    assert "Same (CH)" in titles
    assert any(title.startswith("Same (KP) (1/") for title in titles)


def test_a_canvas_called_as_one_of_our_slides_gives_these_other_titles():
    for label in ("at_a_glance", "closing"):
        document = resolved(Canvas("One"))
        titles = [
            slide.title for slide in deck(resolved(Canvas(document.label(label))), slide_measurer()).slides
        ]
        assert len(set(titles)) == len(titles)
        assert f"{document.label(label)} (Business Model Canvas)" in titles


def test_questions_too_many_for_the_panel_get_slides_of_their_own():
    document, whole = made("doubled")
    split = slides_of(whole, "key_partners")
    assert len(split) > 2
    assert not any(shape.placeholder == "questions" for slide in split for shape in slide.shapes)
    shown = [one.text.id for slide in split for one in placed(slide, "items").paragraphs]
    asked = [key for key in shown if ".questions." in key]
    assert asked == [question.id for question in document.blocks[7].questions]


def test_an_empty_deck_asks_its_questions_large_beside_room_for_answers():
    document, whole = made("blank-fa")
    for block, slide in zip(document.blocks, whole.slides[2:-1], strict=True):
        body = placed(slide, "items")
        assert [one.text.plain for one in body.paragraphs[1:]] == [one.plain for one in block.questions]
        assert body.paragraphs[1].size_pt >= (18 if len(block.questions) > 5 else 24)
        heading, room = placed(slide, "questions").paragraphs
        assert heading.text.plain == document.label("our_canvas")
        assert (room.text.plain, room.marker, room.size_pt) == ("", "bullet", 16.0)


def test_an_empty_block_of_a_filled_deck_has_no_room_for_answers():
    filled = Canvas("One", blocks={ORDER[0]: Block((Item("One"),))})
    whole = deck(resolved(filled), slide_measurer())
    for slide in whole.slides[3:-1]:
        assert placed(slide, "items").rect.w == pytest.approx(240)
        assert not any(shape.placeholder == "questions" for shape in slide.shapes)


def test_the_full_guide_puts_check_lists_beside_the_questions_of_an_empty_block():
    document, whole = made("blank-full-fr")
    assert len(whole.slides) == 12
    for block, slide in zip(document.blocks, whole.slides[2:-1], strict=True):
        panel = texts(placed(slide, "questions"))
        for given in block.lists:
            assert given.heading.plain in panel
            assert all(item.text.plain in panel for item in given.items)


def test_the_full_guide_puts_the_check_lists_of_a_filled_block_on_a_slide_that_follows():
    document, whole = made("full")
    for block in document.blocks:
        split = slides_of(whole, block.id)
        assert len(split) >= 2
        after = "\n".join(texts(placed(slide, "items")) for slide in split[1:])
        for given in block.lists:
            assert given.heading.plain in after
            for item in given.items:
                assert item.text.plain in after
                assert item.gloss is None or item.gloss.plain in after


def test_without_a_guide_the_items_take_the_width_and_the_notes_the_questions():
    document, whole = made("no-guide")
    for block, slide in zip(document.blocks, whole.slides[2:-1], strict=True):
        assert placed(slide, "items").rect.w == pytest.approx(WIDTH - 2 * MARGIN)
        assert not any(shape.placeholder == "questions" for shape in slide.shapes)
        noted = {one.text.id for one in slide.notes}
        assert {question.id for question in block.questions} <= noted


def test_notes_have_the_line_spacing_of_the_script():
    for name, spacing in (("fa-khaknegar", 1.2), ("en-markdown", 1.0)):
        _, whole = made(name)
        assert {note.line_spacing for slide in whole.slides for note in slide.notes} == {spacing}


def test_notes_hold_what_the_user_wrote_before_what_the_guide_says():
    document, whole = made("en-markdown")
    block = document.blocks[0]
    notes = [one.text.plain for one in slides_of(whole, block.id)[0].notes]
    own = notes.index("Start with the story of the deli that counted 1,900 jars by hand.")
    item = notes.index("Independent stores with one to five locations")
    meaning = notes.index(block.meaning.plain)
    assert own == 0
    assert own < item < meaning
    assert notes[item + 1].startswith("Of our 60 interviews")
    assert "Multi-sided platform\u00a0– links groups that need each other" in notes
    phases = [one.text.plain for one in slides_of(whole, "channels")[0].notes]
    assert "1.\u00a0Awareness\u00a0– How do we make our offer known?" in phases
    assert not any(question.plain in phases for question in document.blocks[2].questions)


# -- the overview ------------------------------------------------------------------------------------------


def boxes(whole: Deck) -> dict[str, Shape]:
    return {shape.link: shape for shape in whole.slides[1].shapes if shape.link}


@EVERY
def test_the_overview_has_each_block_in_the_order_of_work_and_leads_to_its_slide(name):
    document, whole = made(name)
    assert list(boxes(whole)) == ORDER
    by_id = {slide.id: slide for slide in whole.slides}
    for block in document.blocks:
        box = boxes(whole)[block.id]
        assert box.paragraphs[0].text == block.title
        assert box.paragraphs[0].bold
        assert by_id[box.link].title.startswith(box.tooltip)
        assert box.fill == ("tint" if block.emphasis else "page")
        assert document.number(len(block.items)) in box.alt


@EVERY
def test_the_overview_counts_what_it_does_not_show(name):
    document, whole = made(name)
    for block in document.blocks:
        box = boxes(whole)[block.id]
        own = {text.id for text in entry_texts(block.items)}
        shown = {re.sub(r"\.p\d+$", "", one.text.id) for one in box.paragraphs if one.text.id in own}
        hidden = len({re.sub(r"\.p\d+$", "", key) for key in own}) - len(shown)
        more = [one.text.plain for one in box.paragraphs if one.text.id == f"{block.id}.more"]
        assert more == ([f"…\u00a0{document.label('more', n=hidden)}"] if hidden else [])
        nested = {key.rsplit(".items.", 1)[0] for key in shown if key.count(".items.") > 1}
        assert nested <= shown, "a nested item without its own"


@EVERY
def test_the_overview_has_one_size_for_items_easy_to_read_unless_all_is_shown(name):
    _, whole = made(name)
    found = {one.size_pt for box in boxes(whole).values() for one in box.paragraphs[1:]}
    assert len(found) <= 1
    hides = any(one.text.id.endswith(".more") for box in boxes(whole).values() for one in box.paragraphs)
    assert all(size >= (10 if hides else 8) for size in found)


def test_the_overview_of_an_ordinary_canvas_shows_everything():
    for name in ("en-fiddlewood", "en-markdown", "fa-khaknegar", "fr-premier-jet"):
        document, whole = made(name)
        shown = {one.text.id for box in boxes(whole).values() for one in box.paragraphs}
        for block in document.blocks:
            assert {text.id for text in entry_texts(block.items)} <= shown


def test_boxes_fill_the_canvas_without_gaps():
    _, whole = made(VERY_FULL)
    rects = [box.rect for box in boxes(whole).values()]
    (frame,) = next(layout for layout in whole.layouts if layout.role == "overview").decoration
    assert sum(rect.w * rect.h for rect in rects) == pytest.approx(frame.rect.w * frame.rect.h)
    assert boxes(whole)["key_partners"].rect.x == pytest.approx(MARGIN)


# -- right to left -------------------------------------------------------------------------------------------


def test_a_right_to_left_deck_is_the_mirror_image_of_the_other():
    left = deck(resolved(short(3)), slide_measurer())
    right = deck(resolved(short(3), language="fa"), slide_measurer())
    for one, other in zip(left.slides, right.slides, strict=True):
        for shape, twin in zip(one.shapes, other.shapes, strict=True):
            assert twin.rect.x == pytest.approx(WIDTH - shape.rect.right), shape.name
    for layout, twin_layout in zip(left.layouts, right.layouts, strict=True):
        mirrored = {round(WIDTH - shape.rect.right, 3) for shape in layout.placeholders + layout.decoration}
        assert {
            round(shape.rect.x, 3) for shape in twin_layout.placeholders + twin_layout.decoration
        } == mirrored
    panel = placed(right.slides[2], "questions")
    assert panel.rect.x == MARGIN


def test_an_unmirrored_canvas_stays_as_it_is_on_mirrored_slides():
    document = example("fa-khaknegar", Options(mirror=False))
    whole = deck(document, slide_measurer())
    assert boxes(whole)["key_partners"].rect.x == pytest.approx(MARGIN)
    assert placed(whole.slides[2], "questions").rect.x == MARGIN


def test_fonts_are_those_of_the_documents_script():
    assert made("en-fiddlewood")[1].fonts["latin"] == "Inter"
    assert made("en-fiddlewood")[1].fonts["cs"] == "Vazirmatn"
    fonts = made("fa-khaknegar")[1].fonts
    assert (fonts["latin"], fonts["cs"]) == ("Vazirmatn", "Vazirmatn")


def test_persian_text_has_wider_lines_than_latin():
    def spacing(name: str) -> float:
        return placed(made(name)[1].slides[2], "items").paragraphs[0].line_spacing

    assert (spacing("en-fiddlewood"), spacing("fa-khaknegar")) == (1.0, 1.2)


# -- covers, layouts, accessibility --------------------------------------------------------------------------


def test_the_opening_shows_title_kind_subtitle_and_fields():
    document, whole = made("fa-khaknegar")
    shown = "\n".join(texts(shape) for shape in whole.slides[0].shapes)
    assert document.subtitle is not None
    for text in (document.title, document.kind_title, document.subtitle):
        assert text.plain in shown
    for field in document.fields:
        assert field.label.plain in shown
        assert bare(field.value.plain) in bare(shown)
    assert len(document.fields) == 4


@pytest.mark.parametrize(("title", "size"), [("Short", 60), ("A title of some more words " * 2, 48)])
def test_a_longer_title_is_set_smaller(title, size):
    whole = deck(resolved(Canvas(title.strip())), slide_measurer())
    assert placed(whole.slides[0], "title").paragraphs[0].size_pt == size


def test_a_logo_keeps_its_proportions_on_a_light_plate():
    document = replace(resolved(short(1)), logo=Image(b"", "image/png", 300, 100))
    opening = deck(document, slide_measurer()).slides[0]
    (logo,) = [shape for shape in opening.shapes if shape.image]
    assert logo.rect.w / logo.rect.h == pytest.approx(3)
    assert logo.alt == "Logo"
    (plate,) = [shape for shape in opening.shapes if shape.fill == "page"]
    assert plate.rect.x < logo.rect.x
    assert plate.rect.right > logo.rect.right
    assert plate.decorative


@EVERY
def test_attribution_stands_on_every_inner_slide_and_on_the_last_with_the_licence(name):
    document, whole = made(name)
    for slide in whole.slides[1:-1]:
        footer = texts(placed(slide, "footer"))
        assert document.attribution.plain in footer
        assert (document.title.plain in footer) == (len(document.title.plain) < 100)
        assert placed(slide, "number")
    last = whole.slides[-1]
    assert {shape.placeholder for shape in last.shapes} == {"title", "subtitle"}
    attribution, licence = placed(last, "subtitle").paragraphs
    assert attribution.text == document.attribution
    assert attribution.size_pt in (16, 18)
    lines = Gauge(document, slide_measurer()).lines(attribution, room(placed(last, "subtitle")).w)
    assert lines == 1, "a licence's name and number are parted"
    assert [run.link for run in licence.text.runs] == ["https://creativecommons.org/licenses/by-sa/3.0/"]


@EVERY
def test_shapes_are_described_and_their_layout_has_their_places(name):
    _, whole = made(name)
    offered = {layout.role: {shape.placeholder for shape in layout.placeholders} for layout in whole.layouts}
    for slide in whole.slides:
        for shape in slide.shapes:
            if shape.placeholder:
                assert shape.placeholder in offered[slide.role]
            else:
                assert shape.alt or shape.decorative, (slide.id, shape.name)


def test_the_locator_marks_the_block_and_leads_back():
    document, whole = made("fa-khaknegar")
    drawn = next(layout for layout in whole.layouts if layout.role == "block").decoration
    for block, slide in zip(document.blocks, whole.slides[2:-1], strict=True):
        (mark,) = [shape for shape in slide.shapes if shape.name == "Locator"]
        assert mark.link == "overview"
        assert block.title.plain in mark.alt
        assert any(shape.rect == mark.rect for shape in drawn)


# -- the file --------------------------------------------------------------------------------------------------


def written(whole: Deck) -> bytes:
    family = fallback_font(library().font_set(), (whole.fonts["latin"], whole.fonts["cs"]))
    return deck_bytes(whole, datetime(2000, 1, 1, tzinfo=UTC), family)


@pytest.mark.parametrize("name", [VERY_FULL, "en-markdown", "fa-khaknegar", "endless", "blank-full-fr"])
def test_the_file_is_valid(name, tmp_path):
    from openxml_audit import validate_pptx

    data = written(made(name)[1])
    (tmp_path / "deck.pptx").write_bytes(data)
    assert [str(error) for error in validate_pptx(tmp_path / "deck.pptx").errors] == []
    assert lint(data) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_every_letter_inside_a_text_of_its_slide(tmp_path):
    import pypdfium2

    names = [VERY_FULL, "en-markdown", "fa-khaknegar", "crowded-fa", "endless", "blank-full-fr"]
    for name in names:
        (tmp_path / f"{name}.pptx").write_bytes(written(made(name)[1]))
    (tmp_path / "fonts.conf").write_text(fontconfig_xml([ROOT / "fonts"], tmp_path / "cache"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.pptx") for name in names)],
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name in names:
        document, slides = pypdfium2.PdfDocument(tmp_path / f"{name}.pdf"), made(name)[1].slides
        assert len(document) == len(slides)
        for page, slide in zip(document, slides, strict=True):
            places = [shape.rect for shape in slide.shapes if shape.paragraphs]
            for letter, drawn in letters(page):
                assert any(within(drawn, place, 0.6) for place in places), (name, slide.id, letter, drawn)


def letters(page) -> Iterator[tuple[str, Rect]]:
    """What is written on a page of a PDF, in mm from its top left corner."""
    text, height, mm = page.get_textpage(), page.get_size()[1], 25.4 / 72
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        if letter.strip():
            left, bottom, right, top = text.get_charbox(index)
            yield letter, Rect(left * mm, (height - top) * mm, (right - left) * mm, (top - bottom) * mm)
