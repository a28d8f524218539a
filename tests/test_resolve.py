"""A canvas, its language and its theme become a document with every text chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from canvases import EXAMPLES, KIND, LANGUAGES, entry_texts, example, resolved

from bmcrender.document import Document, Run, Text
from bmcrender.model import Block, Canvas, Item, Options
from bmcrender.resources import library

FULL = Canvas(
    "Harbour Bread",
    language="en",
    subtitle="Warm bread\nat the door",
    organization="Harbour Bread Ltd",
    authors=("Ana López", "نگار"),
    date="2026-03-20",
    version="1.0",
    footer="Draft",
    blocks={
        "channels": Block(
            items=(
                Item(
                    "One **bold** item\n\nwith two paragraphs",
                    "a note\n\nof two",
                    (Item("nested", "", (Item("deep"),)),),
                ),
                Item("نان گرم (API)"),
            ),
            title="Our ways",
            questions=("Which *way*?", "And which not?"),
            notes="Say it slowly.",
        ),
        "key_partners": Block(),
    },
)


def block(document: Document, id: str) -> Any:
    return next(one for one in document.blocks if one.id == id)


def all_texts(document: Document) -> Iterator[Text]:
    yield from (document.kind_title, document.title, document.attribution)
    yield from (text for text in (document.subtitle, document.footer) if text)
    yield from (text for field in document.fields for text in (field.label, field.value))
    for one in document.blocks:
        yield from (one.step, one.eyebrow, one.title, one.meaning, *one.questions, *one.notes)
        yield from entry_texts(one.items)
        for given in one.lists:
            yield given.heading
            for item in given.items:
                yield from (text for text in (item.text, item.gloss, item.question) if text)


# -- texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_has_an_id_of_its_own_and_says_something(name: str) -> None:
    texts = list(all_texts(example(name)))
    assert len(texts) > 200
    assert max(Counter(text.id for text in texts).values()) == 1
    assert all(text.id and text.plain.strip() for text in texts)


def test_the_users_words_stand_as_written_with_their_styles() -> None:
    channels = block(resolved(FULL), "channels")
    first, second = channels.items
    assert first.paragraphs[0].runs == (Run("One "), Run("bold", bold=True), Run(" item"))
    assert [text.plain for text in first.paragraphs] == ["One bold item", "with two paragraphs"]
    assert [text.plain for text in first.notes] == ["a note", "of two"]
    assert first.items[0].items[0].paragraphs[0].plain == "deep"
    assert second.paragraphs[0].plain == "نان گرم (API)"
    assert channels.title.plain == "Our ways"
    assert [text.plain for text in channels.questions] == ["Which way?", "And which not?"]
    assert [text.plain for text in channels.notes] == ["Say it slowly."]


def test_ids_say_where_a_text_stands() -> None:
    channels = block(resolved(FULL), "channels")
    assert [text.id for text in entry_texts(channels.items)] == [
        "channels.items.0.p0",
        "channels.items.0.p1",
        "channels.items.0.items.0.p0",
        "channels.items.0.items.0.items.0.p0",
        "channels.items.1.p0",
    ]


def test_what_the_canvas_leaves_out_the_guide_says() -> None:
    guide = library().language("en", KIND)[0].blocks["key_partners"]
    partners = block(resolved(FULL), "key_partners")
    assert partners.title.plain == guide.title
    assert [text.plain for text in partners.questions] == [question.text for question in guide.questions]
    assert partners.items == ()
    assert partners.meaning.plain == guide.meaning
    assert [given.heading.plain for given in partners.lists] == [given.heading for given in guide.lists]


def test_an_empty_list_of_questions_asks_nothing() -> None:
    quiet = replace(FULL, blocks={"channels": Block(questions=())})
    assert block(resolved(quiet), "channels").questions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_come_in_the_order_of_work_with_their_numbers(language: str) -> None:
    document = resolved(Canvas("x", language=language))
    assert [one.id for one in document.blocks] == list(KIND.blocks)
    assert [one.number for one in document.blocks] == list(range(1, 10))
    digit = document.digits
    for one in document.blocks:
        assert digit[one.number] in one.step.plain
        assert digit[9] in one.step.plain
        assert one.eyebrow.plain == library().language(language, KIND)[0].steps[one.number - 1]


def test_phases_are_numbered_in_the_digits_of_the_language() -> None:
    lists = block(resolved(Canvas("x", language="fa")), "channels").lists
    ordered = [given for given in lists if any(item.label for item in given.items)]
    (phases,) = ordered
    assert [item.label for item in phases.items] == ["۱", "۲", "۳", "۴", "۵"]
    assert all(item.question for item in phases.items)


def test_each_text_has_its_own_direction() -> None:
    english = resolved(FULL)
    assert (english.direction, block(english, "channels").items[1].paragraphs[0].direction) == ("ltr", "rtl")
    persian = resolved(FULL, language="fa")
    assert persian.direction == "rtl"
    assert (persian.title.direction, persian.attribution.direction) == ("ltr", "rtl")


def test_the_users_words_name_their_language_where_it_is_not_the_documents() -> None:
    persian = resolved(FULL, language="fa")
    assert (persian.title.language, block(persian, "key_partners").title.language) == ("en", "")
    assert resolved(FULL).title.language == ""
    assert resolved(replace(FULL, language="en-GB"), language="en").title.language == ""


def test_a_script_without_italics_emphasises_by_weight() -> None:
    blocks = {"channels": Block((Item("یک *واژه*"),))}
    (persian,) = block(resolved(Canvas("x", language="fa", blocks=blocks)), "channels").items[0].paragraphs
    assert persian.runs == (Run("یک "), Run("واژه", bold=True))
    (english,) = block(resolved(Canvas("x", blocks=blocks)), "channels").items[0].paragraphs
    assert english.runs[1].italic


# -- the title block ---------------------------------------------------------------------------------


def test_fields_stand_in_order_and_only_where_there_is_a_value() -> None:
    document = resolved(FULL)
    assert [(field.label.plain, field.value.plain.replace("\u00a0", " ")) for field in document.fields] == [
        ("Designed for", "Harbour Bread Ltd"),
        ("Designed by", "Ana López, نگار"),
        ("Date", "March 20, 2026"),
        ("Version", "1.0"),
    ]
    assert document.subtitle is not None
    assert document.subtitle.plain == "Warm bread at the door"
    few = resolved(Canvas("x", version="2"))
    assert [field.label.plain for field in few.fields] == ["Version"]
    assert (few.subtitle, few.footer) == (None, None)


def test_each_author_is_a_run_so_that_a_name_stays_whole() -> None:
    by = resolved(FULL).fields[1].value
    assert [run.text for run in by.runs] == ["Ana López, ", "نگار"]


def test_a_title_is_plain_text() -> None:
    document = resolved(Canvas("*Not* <b>marked</b>\nup", blocks={"channels": Block(title="A **b**")}))
    assert document.title.runs == (Run("*Not* <b>marked</b> up"),)
    assert block(document, "channels").title.plain == "A **b**"


# -- choices -----------------------------------------------------------------------------------------


def test_an_option_wins_over_the_canvas_and_the_canvas_over_the_default() -> None:
    assert resolved(FULL).page == (420, 297)
    chosen = replace(FULL, render={"page": "a4", "guide": "none", "orientation": "portrait", "mirror": False})
    assert (resolved(chosen).page, resolved(chosen).guide) == ((210, 297), "none")
    over = resolved(chosen, page="a2", guide="full", orientation="landscape")
    assert (over.page, over.guide) == ((594, 420), "full")


def test_only_a_right_to_left_document_is_mirrored_and_only_if_wished() -> None:
    persian = replace(FULL, language="fa")
    assert resolved(persian).mirrored
    assert not resolved(persian, mirror=False).mirrored
    assert not resolved(replace(persian, render={"mirror": False})).mirrored
    assert resolved(replace(persian, render={"mirror": False}), mirror=True).mirrored
    assert not resolved(FULL, mirror=True).mirrored
    # The language of the option decides, not that of the canvas.
    assert resolved(FULL, language="fa").mirrored


def test_the_grid_is_that_of_the_pages_shape() -> None:
    assert resolved(FULL).areas == KIND.landscape
    assert resolved(FULL, orientation="portrait").areas == KIND.portrait
    assert resolved(FULL, page="300x500mm").areas == KIND.portrait
    assert resolved(FULL, page="500x300mm", orientation="portrait").areas == KIND.landscape


def test_a_canvas_may_bring_its_own_colours_and_only_they_change() -> None:
    plain, own = resolved(FULL), resolved(replace(FULL, theme_tokens={"accent": "#0b6e4f"}))
    assert own.theme.tokens["colors"] == {**plain.theme.tokens["colors"], "accent": "#0b6e4f"}
    assert {**own.theme.tokens, "colors": 0} == {**plain.theme.tokens, "colors": 0}


def test_the_calendar_is_the_languages_unless_the_canvas_wishes_another() -> None:
    def date(**render: Any) -> str:
        return resolved(replace(FULL, language="fa", render=render)).fields[2].value.plain

    assert "۱۴۰۴" in date()
    assert "۲۰۲۶" in date(calendar="gregorian")
    assert "۱۴۰۴" in date(calendar="both")
    assert "۲۰۲۶" in date(calendar="both")


def test_an_unknown_page_size_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a page size"):
        resolved(FULL, page="a9")


def test_labels_count_in_the_languages_digits() -> None:
    persian = resolved(Canvas("x", language="fa"))
    assert persian.number(2026) == "۲۰۲۶"
    assert persian.label("page", n=1, m=12).replace("\u00a0", " ") == "صفحهٔ ۱ از ۱۲"
    assert resolved(FULL).label("more", n=3) == "+3"


def test_overflow_and_options_reach_the_document() -> None:
    assert example("en-fiddlewood", Options(overflow="fail")).overflow == "fail"
    assert example("en-fiddlewood").overflow == "continue"
