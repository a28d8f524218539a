"""What a deck promises on the slides of somebody's template: their places, and nothing over anything."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from canvases import VERY_FULL, crowded, example, resolved
from deck_checks import (
    bare,
    dead_links,
    outside,
    overlap,
    overlapping_texts,
    placed,
    shown_items,
    slide_measurer,
    texts,
    too_full,
)

from bmcrender.document import Document, Image
from bmcrender.layout.deck import deck
from bmcrender.layout.deck.stage import own_stage
from bmcrender.model import Canvas, Options
from bmcrender.render.pptx.shapes import PLACEHOLDERS
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Frame, Role, Stage

FONTS = {"latin": "Calibri", "cs": "Arial"}
TITLE, BODY = Rect(12.7, 7.6, 228.6, 31.8), Rect(12.7, 44.5, 228.6, 125.7)
LEFT, RIGHT = Rect(12.7, 44.5, 112, 125.7), Rect(129.1, 44.5, 112.2, 125.7)
FOOTER, NUMBER = Rect(86.8, 176.6, 80.4, 10.1), Rect(182, 176.6, 59.3, 10.1)
HIGH_TITLE, UNDER = Rect(19, 59.2, 215.9, 40.8), Rect(38, 108, 177.8, 48.7)


def frame(role: Role, **places: Rect) -> Frame:
    return Frame(f"Their {role}", places, frozenset(places) - {"canvas"})


def stage(width: float = 254, height: float = 190.5, **frames: Frame) -> Stage:
    """The slides of PowerPoint's old default, 4 : 3, but for the frames given."""
    feet = {"footer": FOOTER, "number": NUMBER}
    given: dict[Role, Frame] = {
        "opening": frame("opening", title=HIGH_TITLE, subtitle=UNDER),
        "overview": frame("overview", title=TITLE, canvas=BODY, **feet),
        "block": frame("block", title=TITLE, items=BODY, canvas=BODY, **feet),
        "closing": frame("closing", title=HIGH_TITLE, subtitle=UNDER),
    }
    return Stage(width, height, {**given, **frames}, FONTS, foreign=True)


SMALL = {
    "opening": frame("opening", title=Rect(8, 20, 238, 57), subtitle=Rect(8, 79, 238, 22)),
    "overview": frame("overview", title=Rect(8, 12, 238, 16), canvas=Rect(8, 32, 238, 95)),
    "block": frame("block", title=Rect(8, 12, 238, 16), items=Rect(8, 32, 238, 95)),
    "closing": frame("closing", title=Rect(8, 12, 238, 16), items=Rect(8, 32, 238, 95)),
}
STAGES = {
    "four to three": stage(),
    "two columns": stage(block=frame("block", title=TITLE, items=LEFT, questions=RIGHT, footer=FOOTER)),
    "two columns mirrored": stage(block=frame("block", title=TITLE, items=RIGHT, questions=LEFT)),
    "a narrow column": stage(block=frame("block", title=TITLE, items=LEFT, number=NUMBER)),
    "titles only": stage(**{role: frame(role, title=TITLE) for role in ("opening", "overview", "block", "closing")}),
    "a web slide": stage(254, 142.9, **SMALL),
    "a large one": stage(
        508,
        285.75,
        opening=frame("opening", title=Rect(30, 120, 448, 60), subtitle=Rect(30, 190, 448, 30), footer=Rect(30, 270, 200, 10)),
        block=frame("block", title=Rect(30, 30, 448, 30), items=Rect(30, 70, 448, 180), number=Rect(440, 265, 38, 12)),
    ),
}  # fmt: skip


def owned() -> Canvas:
    return Canvas(
        "A blank one",
        organization="Harbour Bread",
        authors=("Ava Moradi", "Kaveh Rastegar"),
        date="2026-05-01",
    )


def with_logo() -> Document:
    return replace(example("en-fiddlewood"), logo=Image(b"", "image/png", 300, 100))


DOCUMENTS = {
    "logo": with_logo,
    "ltr": lambda: example("en-fiddlewood"),
    "rtl": lambda: example("fa-khaknegar"),
    "very full": lambda: example(VERY_FULL),
    "crowded rtl": lambda: resolved(crowded("fa", 21)),
    "blank": lambda: resolved(owned(), guide="full"),
    "no guide": lambda: example("en-markdown", Options(guide="none")),
}
EVERY = pytest.mark.parametrize("place", STAGES)
EACH = pytest.mark.parametrize("name", DOCUMENTS)


@cache
def made(name: str, place: str) -> tuple[Document, Deck]:
    document = DOCUMENTS[name]()
    return document, deck(document, slide_measurer(), STAGES[place])


@EVERY
@EACH
def test_every_item_is_shown_once_and_every_text_fits_its_place(name, place):
    document, whole = made(name, place)
    for shown, own in shown_items(document, whole):
        assert shown == own
    assert list(too_full(document, whole)) == []


@EVERY
@EACH
def test_nothing_covers_a_text_or_leaves_the_slide(name, place):
    _, whole = made(name, place)
    assert (whole.width, whole.height) == (STAGES[place].width, STAGES[place].height)
    for slide in whole.slides:
        assert overlapping_texts(slide) == [], slide.id
        drawn = [shape for shape in slide.shapes if shape.name == "Locator" or shape.image]
        written = [shape for shape in slide.shapes if shape.paragraphs]
        assert not [
            (one.name, other.name) for one in drawn for other in written if overlap(one.rect, other.rect)
        ]
        assert outside(whole, slide) == [], slide.id


@EVERY
@EACH
def test_text_is_never_smaller_than_can_be_read(name, place):
    _, whole = made(name, place)
    for slide in whole.slides:
        least = {"block": 12, "overview": 8}.get(slide.role, 8)
        for shape in slide.shapes:
            if (
                shape.placeholder in ("items", "questions")
                or shape.name == "Questions"
                or slide.role == "overview"
            ):
                sizes = {one.size_pt for one in shape.paragraphs}
                assert min(sizes, default=least) >= (8 if shape.placeholder == "footer" else least), (
                    shape.name
                )


@EVERY
@EACH
def test_the_attribution_and_the_way_back_stand_on_the_slides(name, place):
    document, whole = made(name, place)
    assert document.attribution.plain in "\n".join(texts(shape) for shape in whole.slides[-1].shapes)
    assert dead_links(whole) == []
    for slide in whole.slides:
        if slide.role == "block":
            (back,) = [shape for shape in slide.shapes if texts(shape) == document.label("back_to_overview")]
            assert back.link == "overview"
            assert any(document.attribution.plain in texts(shape) for shape in slide.shapes)


def test_titles_items_and_questions_stand_where_the_template_has_them():
    _, whole = made("ltr", "two columns")
    slide = next(slide for slide in whole.slides if slide.role == "block")
    assert placed(slide, "title").rect == TITLE
    assert placed(slide, "footer").rect == FOOTER
    items, questions = placed(slide, "items").rect, placed(slide, "questions").rect
    assert (items.x, items.w, items.bottom) == (LEFT.x, LEFT.w, LEFT.bottom)
    assert (questions.x, questions.w, questions.bottom) == (RIGHT.x, RIGHT.w, pytest.approx(RIGHT.bottom))
    assert placed(slide, "items").inset == (2.54, 1.27, 2.54, 1.27)  # what programs leave free
    assert slide.layout == "Their block"
    assert whole.layouts == ()
    assert whole.fonts == FONTS


@pytest.mark.parametrize(("name", "beside"), [("ltr", True), ("rtl", False)])
def test_questions_without_a_placeholder_stand_beside_narrower_items(name, beside):
    document, whole = made(name, "four to three")
    for block in document.blocks:
        slide = next(slide for slide in whole.slides if slide.id == block.id)
        items = placed(slide, "items")
        (asked,) = [shape for shape in slide.shapes if shape.name == "Questions"]
        assert asked.placeholder == ""
        assert [one.text.plain for one in asked.paragraphs[1:]] == [one.plain for one in block.questions]
        assert (asked.rect.x > items.rect.right) == beside
        assert BODY.x <= min(asked.rect.x, items.rect.x)
        assert max(asked.rect.right, items.rect.right) <= BODY.right + 1e-6


def test_where_there_is_no_room_beside_the_items_questions_get_slides_of_their_own():
    document, whole = made("ltr", "a narrow column")
    for block in document.blocks:
        split = [slide for slide in whole.slides if slide.id.split(".")[0] == block.id]
        assert len(split) >= 2
        shown = [one.text.id for slide in split for one in placed(slide, "items").paragraphs]
        assert [key for key in shown if ".questions." in key] == [one.id for one in block.questions]


def test_the_overview_fills_the_room_of_the_template():
    for place in ("four to three", "a web slide"):
        _, whole = made("rtl", place)
        boxes = [shape for shape in whole.slides[1].shapes if shape.link]
        canvas = STAGES[place].frames["overview"].places["canvas"]
        assert sum(one.rect.w * one.rect.h for one in boxes) == pytest.approx(canvas.w * canvas.h)


def test_the_opening_shows_the_fields_wherever_it_can():
    document = replace(example("en-fiddlewood"))
    for place in STAGES:
        shown = "\n".join(texts(shape) for shape in made("ltr", place)[1].slides[0].shapes)
        for field in document.fields:
            assert bare(field.value.plain) in bare(shown), place


def test_placeholders_of_our_own_are_those_that_the_renderer_knows():
    for own in own_stage(example("en-fiddlewood")).frames.values():
        assert own.placeholders <= PLACEHOLDERS.keys()
