"""What themes ask of the layout: bands, gaps, rules that stop, notes; and that their posters come out whole."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from canvases import EXAMPLES, KIND, crowded, example, job, laid_out, short

from bmcrender.checking import checked
from bmcrender.document import Document
from bmcrender.model import Block, Canvas, Item, Job, Options
from bmcrender.pipeline import render
from bmcrender.resources import library
from bmcrender.sheets import Box, Column, Page, Rect, Sheet

THEMES = library().themes()
OTHERS = [theme for theme in THEMES if theme != "classic"]
EPSILON = 1e-6


def document(given: Canvas, **options: Any) -> Document:
    found = checked(job(given, **options)).document
    assert found is not None
    return found


def sheet(given: Canvas | str, **options: Any) -> Sheet:
    """The poster of a canvas, or of an example by its name."""
    if isinstance(given, str):
        return laid_out(example(given, Options(**options)))[0]
    return laid_out(document(given, **options))[0]


@cache
def crowded_pages(theme: str, language: str) -> list[int]:
    """The numbers of pages of a canvas that asks everything, and of a full one."""
    asking = sheet(Canvas("A", language=language), theme=theme, guide="full")
    return [len(asking.pages), len(sheet(crowded(language, 12), theme=theme).pages)]


@cache
def typical(theme: str, language: str = "en") -> Page:
    name = {"en": "en-fiddlewood", "fa": "fa-khaknegar", "de": "de-fensterwerkstatt"}[language]
    return sheet(name, theme=theme).pages[0]


def boxes(page: Page) -> dict[str, Box]:
    return {box.block: box for box in page.boxes}


def of_items(items: tuple[Item, ...], **options: Any) -> dict[str, Box]:
    """The boxes of a canvas with these items in one narrow and one wide box, in notes."""
    blocks = {"key_partners": Block(items), "cost_structure": Block(items)}
    return boxes(sheet(Canvas("A title", blocks=blocks), theme="workshop", **options).pages[0])


def grounds(box: Box) -> list[Rect]:
    return [column.ground for column in box.columns if column.ground]


def apart(one: Rect, other: Rect) -> float:
    """The free space between two rectangles, negative where they overlap."""
    return max(other.x - one.right, one.x - other.right, other.y - one.bottom, one.y - other.bottom)


# -- the title block -----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_fields_begin_where_the_fourth_and_fifth_column_begin(theme: str, language: str) -> None:
    page = typical(theme, language)
    placed, rules = boxes(page), [field.rule for field in page.fields]
    fourth, fifth = placed["customer_relationships"].rect, placed["customer_segments"].rect
    if language == "fa":
        assert [rules[0].right, rules[2].right] == pytest.approx([fourth.right, fifth.right], abs=0.01)
        assert rules[3].x == pytest.approx(page.canvas.x, abs=0.01)
    else:
        assert [rules[0].x, rules[2].x] == pytest.approx([fourth.x, fifth.x], abs=0.01)
        assert rules[3].right == pytest.approx(page.canvas.right, abs=0.01)
    for column, (first, second) in ((fourth, rules[:2]), (fifth, rules[2:])):
        both = sorted((first, second), key=lambda rule: rule.x)
        assert both[0].x >= column.x - 0.01
        assert both[1].right <= column.right + 0.01
        assert both[0].right < both[1].x


# -- bands, gaps, rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa", "de"])
def test_a_heading_stands_in_its_band_and_items_below_it(language: str) -> None:
    for box in typical("modern", language).boxes:
        least = library().theme("modern").tokens["box"]["band"] * 2.97
        assert box.band >= least - EPSILON
        middle = box.rect.y + box.band / 2
        assert box.heading.rect.y + box.heading.rect.h / 2 == pytest.approx(middle)
        assert box.icon
        assert box.icon.rect.y + box.icon.rect.h / 2 == pytest.approx(middle)
        assert all(column.rect.y >= box.rect.y + box.band for column in box.columns)


def test_a_band_grows_with_the_steps_label_and_is_as_high_in_all_boxes_of_a_row() -> None:
    page = sheet(Canvas("A title"), theme="modern", guide="full").pages[0]
    for box in page.boxes:
        assert box.eyebrow
        assert box.eyebrow.rect.y > box.rect.y
        assert box.eyebrow.rect.bottom <= box.heading.rect.y + EPSILON
        assert box.heading.rect.bottom < box.rect.y + box.band
    assert len({round(box.band, 3) for box in page.boxes}) == 1
    assert page.boxes[0].band > typical("modern").boxes[0].band


@pytest.mark.parametrize("theme", THEMES)
def test_boxes_share_rules_or_stand_apart(theme: str) -> None:
    gap = library().theme(theme).tokens["box"]["gap"] * 2.97
    placed = typical(theme).boxes
    nearest = min(apart(one.rect, other.rect) for one, other in combinations(placed, 2))
    assert nearest == pytest.approx(gap, abs=0.01)
    assert any(box.inner_left for box in placed) == (theme == "classic")


def test_rules_that_stop_never_touch() -> None:
    for page in (typical("print"), typical("print", "fa"), sheet("de-nahwaerme", theme="print").pages[1]):
        gap = 1.4 * 2.97
        assert len(page.rules) >= 2
        for one, other in combinations(page.rules, 2):
            assert apart(one, other) >= gap - 0.01
        for rule in page.rules:
            assert rule.h == 0 or (
                page.canvas.y + gap - 0.01 <= rule.y and rule.bottom <= page.canvas.bottom - gap + 0.01
            )
        assert not any(box.inner_top or box.inner_left for box in page.boxes)
    assert typical("classic").rules == ()


def test_outer_columns_without_padding_begin_under_the_title() -> None:
    page = typical("print")
    placed = boxes(page)
    assert placed["key_partners"].heading.rect.x == page.title.rect.x == page.canvas.x
    assert placed["key_activities"].heading.rect.x > placed["key_activities"].rect.x + 1
    icon = placed["customer_segments"].icon
    assert icon
    assert icon.rect.right == pytest.approx(page.canvas.right)


def test_without_icons_headings_take_the_whole_width() -> None:
    for box in typical("minimal").boxes:
        assert box.icon is None
        assert box.heading.rect.w == pytest.approx(box.rect.w)


# -- notes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa", "de"])
def test_each_item_is_one_note_and_notes_stand_apart_in_their_box(language: str) -> None:
    name = {"en": "en-fiddlewood", "fa": "fa-khaknegar", "de": "de-fensterwerkstatt"}[language]
    given = {block.id: block for block in example(name).blocks}
    for box in typical("workshop", language).boxes:
        cards = grounds(box)
        assert len(cards) == len(box.columns) == len(given[box.block].items)
        assert all(apart(one, other) >= 0.7 * 2.97 - EPSILON for one, other in combinations(cards, 2))
        for card in cards:
            assert box.rect.x < card.x < card.right < box.rect.right
            assert box.heading.rect.bottom < card.y < card.bottom < box.rect.bottom
        for column, card in zip(box.columns, cards, strict=True):
            assert (column.rect.x - card.x, column.rect.y - card.y) == pytest.approx((0.8 * 2.97, 0.7 * 2.97))
            assert column.rows[0].level == 0
            assert all(row.level > 0 for row in column.rows[1:])


def test_notes_stand_two_across_and_three_across_in_a_wide_box() -> None:
    placed = of_items(tuple(Item(f"Short {index}") for index in range(6)))
    for block, across in (("key_partners", 2), ("cost_structure", 3)):
        tops = [card.y for card in grounds(placed[block])]
        assert [tops.count(top) for top in dict.fromkeys(tops)] == [across] * (6 // across)
        lefts = [card.x for card in grounds(placed[block])[:across]]
        assert lefts == sorted(lefts)


def test_notes_run_from_right_to_left_where_texts_do() -> None:
    for box in typical("workshop", "fa").boxes:
        first, *others = grounds(box)
        right = box.rect.right - 1.75 * 2.97
        assert first.right == pytest.approx(right, abs=0.01)
        assert all(card.right <= right + 0.01 for card in others)
    tops = [(card.y, -card.right) for card in grounds(typical("workshop", "fa").boxes[0])]
    assert tops == sorted(tops)


def test_a_note_is_as_high_as_its_text_and_not_too_low_to_be_one() -> None:
    short_note, long_note = grounds(of_items((Item("Short"), Item("Some words more " * 7)))["key_partners"])
    assert short_note.h == pytest.approx(7.4 * 2.97)
    assert long_note.h > short_note.h


def test_long_texts_and_long_words_take_more_places() -> None:
    texts = ("Two words", "Some words more than that " * 8, "Donaudampfschifffahrtsgesellschaft", "Last")
    cards = grounds(of_items(tuple(Item(text) for text in texts))["key_partners"])
    assert cards[1].w == pytest.approx(cards[2].w) == pytest.approx(2 * cards[0].w + 0.7 * 2.97)
    assert [one.y < other.y for one, other in pairwise(cards)] == [True, True, True]


def test_what_is_nested_stands_in_the_note_of_its_item() -> None:
    item = Item("Schools", items=(Item("rooms"), Item("a budget", items=(Item("settled in June"),))))
    (column,) = of_items((item,))["key_partners"].columns
    assert [row.level for row in column.rows] == [0, 1, 1, 2]


def test_notes_lose_their_least_height_before_they_get_small() -> None:
    low = sheet(short(9, text="Some words of one item"), theme="workshop").pages[0]
    cards = [card for box in low.boxes for card in grounds(box)]
    assert cards
    assert min(card.h for card in cards) < 5.2 * 2.97
    sizes = {column.size for box in low.boxes for column in box.columns}
    assert min(sizes) >= 1.08 * 2.97 - EPSILON


def test_a_box_too_full_for_notes_makes_a_list_of_all() -> None:
    page = sheet(crowded("en", 14), theme="workshop").pages[0]
    columns: list[Column] = [column for box in page.boxes for column in box.columns]
    assert all(column.ground is None for column in columns)
    assert sum(row.level == 0 for column in columns for row in column.rows) == 14 * len(KIND.blocks)


# -- posters come out whole, on no more pages than with the first theme -------------------------------------


@pytest.mark.parametrize("theme", OTHERS)
@pytest.mark.parametrize("language", ["en", "fa", "de"])
def test_a_poster_is_one_page_where_it_is_one_with_classic(theme: str, language: str) -> None:
    assert crowded_pages("classic", language) == [1, 1]
    assert crowded_pages(theme, language) == [1, 1]


def test_tight_tokens_hold_only_where_a_page_would_go_on() -> None:
    tokens = library().theme("minimal").tokens
    wide, tight = sheet(short(4), theme="minimal"), sheet(crowded("fa", 12), theme="minimal")
    left = tokens["page"]["margin"] * 2.97, tokens["tight"]["page"]["margin"] * 2.97
    assert [one.pages[0].canvas.x for one in (wide, tight)] == pytest.approx(left)
    assert tight.document.theme.tokens["box"]["gap"] == tokens["tight"]["box"]["gap"]
    assert tight.document.theme.tokens["box"]["wide"] == tokens["box"]["wide"]


@pytest.mark.xdist_group("worker")
@pytest.mark.parametrize("theme", OTHERS)
def test_every_text_stands_whole_in_its_place_on_paper(theme: str) -> None:
    """The run refuses a poster with a text that is cut, lost, outside its place or over another."""
    options, at = Options(theme=theme), OTHERS.index(theme)
    light = (
        Job(EXAMPLES["en-markdown"].read_bytes(), options=options),
        Job(EXAMPLES["de-fensterwerkstatt"].read_bytes(), options=options),
        job(Canvas("بوم", language="fa"), theme=theme, guide="full"),
    )
    for given in (light[at % len(light)], job(crowded("fa", 12), theme=theme)):
        result = render(given)
        assert result.ok
        assert result.outputs["pdf"].startswith(b"%PDF-1.7")
