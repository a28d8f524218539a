"""A document becomes a sheet: every text once, whole, in its place, at the largest size that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from canvases import (
    EXAMPLES,
    KIND,
    LANGUAGES,
    crowded,
    entry_texts,
    example,
    item_texts,
    laid_out,
    resolved,
    short,
    written,
)
from rectangles import apart, within

from bmcrender.breaks import SOFT_HYPHEN, SPACES
from bmcrender.document import Document, Image
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.model import Block, Canvas, Item, Options
from bmcrender.sheets import Box, Column, Page, Rect, Row, Sheet, TextBlock

MM_PER_PT = 25.4 / 72
EPSILON = 1e-6
COUNTS = (1, 4, 7, 12, 21, 49)
_BARE = str.maketrans("", "", SPACES + SOFT_HYPHEN + "-")


@cache
def crowded_sheet(language: str, count: int) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    return laid_out(resolved(crowded(language, count, 2 if count == 49 else 0)))


@cache
def example_sheet(name: str, options: Options = Options()) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    return laid_out(example(name, options))


def sheet_of(canvas: Canvas, **options: Any) -> Sheet:
    return laid_out(resolved(canvas, **options))[0]


def box(page: Page, id: str) -> Box:
    return next(one for one in page.boxes if one.block == id)


def text_blocks(page: Page) -> Iterator[TextBlock]:
    """All texts of a page but its items."""
    yield page.title
    yield from page.footer
    yield from [page.subtitle] if page.subtitle else []
    for field in page.fields:
        yield from (field.label, field.value)
    for one in page.boxes:
        yield from [part for part in (one.eyebrow, one.heading, one.more) if part]
        yield from (*one.questions, *one.lists)


def columns(page: Page) -> list[Column]:
    return [column for one in page.boxes for column in one.columns if column.rows]


def sizes(page: Page) -> dict[str, float]:
    return {one.block: one.columns[0].size for one in page.boxes if one.columns and one.columns[0].rows}


def page_size_of_items(sheet: Sheet) -> float:
    """The size that most boxes of the first page have, in u."""
    (size, _), *_ = Counter(round(size, 6) for size in sizes(sheet.pages[0]).values()).most_common(1)
    return size / sheet.unit


def height(column: Column, document: Document) -> float:
    """The height of a column's items as the style sheet makes it: lines, gaps, paragraphs."""
    items = document.theme.tokens["items"]
    nested = items["nested"]
    total = 0.0
    for index, row in enumerate(column.rows):
        scale = nested["scale"] if row.level else 1.0
        lines = sum(text.plain.count("\n") + 1 for text in row.paragraphs)
        body = lines * column.density.line_height + items["paragraph_em"] * (len(row.paragraphs) - 1)
        gap = nested["gap_em"] * scale if row.level else column.density.gap_em
        total += body * scale + (gap if index or row.level else 0.0)
    return total * column.size


# -- what holds for every sheet ----------------------------------------------------------------------


def assert_sound(sheet: Sheet, findings: tuple[Diagnostic, ...]) -> None:
    overfull = {found.path[1] for found in findings if found.code == "overflow"}
    assert_sizes(sheet, overfull)
    assert_every_text_once(sheet)
    for page in sheet.pages:
        assert_in_place(sheet, page)
    assert_tiles(sheet)
    assert_told(sheet, findings)


def assert_sizes(sheet: Sheet, overfull: set[Any]) -> None:
    """One size for all items but those of one block, or of those that are too full, at the floor."""
    document = sheet.document
    tokens = document.theme.tokens
    factor = tokens["scripts"].get(document.script, {}).get("size", 1.0)
    item = tokens["type"]["item"]
    largest = item["size"] * factor * sheet.unit
    least = tokens["items"]["floor_pt"] * MM_PER_PT
    floor = max(item["min"] * factor * sheet.unit, least)
    found = sizes(sheet.pages[0])
    assert all(floor - EPSILON <= size <= largest + EPSILON for size in found.values())
    common = max(found.values(), default=0.0)
    own = {name: size for name, size in found.items() if size < common - EPSILON}
    if overfull:
        assert set(own) <= overfull
        assert all(size == pytest.approx(floor) for name, size in found.items() if name in overfull)
    else:
        assert len(own) <= 1
        assert all(size >= 0.75 * common * 0.995 for size in own.values())
    for page in sheet.pages:
        assert all(column.size >= floor - EPSILON for column in columns(page))
        assert all(block.size >= least * 0.7 for block in text_blocks(page))
        guide = [block for one in page.boxes for block in (*one.questions,)]
        assert all(block.size >= least - EPSILON for block in guide)
        assert len({round(one.heading.size, 6) for one in page.boxes}) == 1
        assert len({column.density.name for column in columns(page)}) <= 1
        for one in page.boxes:
            assert len({round(column.size, 6) for column in one.columns}) <= 1


def assert_every_text_once(sheet: Sheet) -> None:
    document = sheet.document
    seen = [
        text
        for page in sheet.pages
        for column in columns(page)
        for row in column.rows
        for text in row.paragraphs
    ]
    given = {text.id: text for block in document.blocks for text in entry_texts(block.items)}
    assert Counter(text.id for text in seen) == Counter(given.keys())
    for text in seen:
        assert text.plain.translate(_BARE) == given[text.id].plain.translate(_BARE)
    first = sheet.pages[0]
    shown = {block.text.id: block.text for block in text_blocks(first)}
    expected = [document.title, document.attribution, *(block.title for block in document.blocks)]
    expected += [text for text in (document.subtitle, document.footer) if text]
    expected += [text for field in document.fields for text in (field.label, field.value)]
    for text in expected:
        assert shown[text.id].plain.translate(_BARE) == text.plain.translate(_BARE)
    everywhere = [block.text.id for page in sheet.pages for block in text_blocks(page)]
    assert max(Counter([*everywhere, *given]).values()) == 1
    for page in sheet.pages:
        # The attribution stands on every page.
        assert any(
            block.text.plain.translate(_BARE) == document.attribution.plain.translate(_BARE)
            for block in page.footer
        )


def assert_in_place(sheet: Sheet, page: Page) -> None:
    paper = Rect(0, 0, sheet.width, sheet.height)
    assert within(page.canvas, paper)
    assert all(within(block.rect, paper) for block in text_blocks(page))
    assert page.title.rect.bottom < page.canvas.y
    assert all(field.value.rect.bottom < page.canvas.y for field in page.fields)
    assert all(block.rect.y > page.canvas.bottom for block in page.footer)
    for block, other in combinations([page.title, *(field.value for field in page.fields)], 2):
        assert apart(block.rect, other.rect)
    for block, other in combinations(page.footer, 2):
        assert apart(block.rect, other.rect)
    for one in page.boxes:
        assert within(one.rect, page.canvas)
        parts = [one.heading, *one.questions, *one.lists, *([one.more] if one.more else [])]
        parts += [one.eyebrow] if one.eyebrow else []
        rects = [part.rect for part in parts]
        used = [
            Rect(column.rect.x, column.rect.y, column.rect.w, height(column, sheet.document))
            for column in one.columns
        ]
        assert all(within(rect, one.rect) for rect in (*rects, *used)), one.block
        assert all(apart(a, b) for a, b in combinations((*rects, *used), 2)), one.block
        if one.icon:
            assert within(one.icon.rect, one.rect)
            assert apart(one.icon.rect, one.heading.rect)


def assert_tiles(sheet: Sheet) -> None:
    for page in sheet.pages:
        assert all(apart(one.rect, other.rect) for one, other in combinations(page.boxes, 2))
        area = sum(one.rect.w * one.rect.h for one in page.boxes)
        assert area == pytest.approx(page.canvas.w * page.canvas.h)
    first = sheet.pages[0]
    assert [one.block for one in first.boxes] == [block.id for block in sheet.document.blocks]


def assert_told(sheet: Sheet, findings: tuple[Diagnostic, ...]) -> None:
    """Each block that goes on is named with its path, its number of items and its pages."""
    told = {found.path: found for found in findings if found.code == "overflow"}
    going_on = {one.block: one for one in sheet.pages[0].boxes if one.more}
    assert set(told) == {("blocks", name) for name in going_on}
    assert (len(sheet.pages) > 1) == bool(told)
    for name, one in going_on.items():
        pages = [
            number
            for number, page in enumerate(sheet.pages[1:], start=2)
            if any(b.block == name for b in page.boxes)
        ]
        left = sum(
            len(column.rows) for number in pages for column in box(sheet.pages[number - 1], name).columns
        )
        total = left + sum(len(column.rows) for column in one.columns)
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]} to {pages[-1]}"
        message = told["blocks", name].message
        assert message.startswith(f"'{name}' is too full")
        assert message.endswith(f"{left} of its {total} items go on, on {where}")
        assert one.more is not None
        assert sheet.document.number(pages[0]) in one.more.text.plain


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_laid_out_soundly(name: str) -> None:
    assert_sound(*example_sheet(name))


@pytest.mark.parametrize(
    ("language", "count"),
    [
        pytest.param(one, count, marks=() if one in ("en", "fa") or count == 12 else pytest.mark.matrix)
        for one in LANGUAGES
        for count in COUNTS
    ],
)
def test_a_canvas_of_any_fullness_is_laid_out_soundly(language: str, count: int) -> None:
    sheet, findings = crowded_sheet(language, count)
    assert_sound(sheet, findings)
    if count <= 12:
        assert (len(sheet.pages), findings) == (1, ())
    if count == 49:
        assert len(sheet.pages) > 3
        assert {found.path for found in findings} == {("blocks", id) for id in KIND.blocks}


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("page", ["a4", "a0", "b2", "letter", "600x200mm", "200x600mm", "legal"])
@pytest.mark.parametrize("language", ["fa", "de"])
def test_every_page_size_is_laid_out_soundly(language: str, page: str, orientation: str) -> None:
    options = {"page": page, "orientation": orientation}
    sheet, findings = laid_out(resolved(crowded(language, 5), **options))
    assert_sound(sheet, findings)
    assert (sheet.width, sheet.height) == sheet.document.page
    assert sheet.unit == pytest.approx(min(sheet.document.page) / 100)


@pytest.mark.parametrize("guide", ["auto", "none", "questions", "full"])
@pytest.mark.parametrize("name", ["fr-premier-jet", "fa-khaknegar", "de-nahwaerme"])
def test_every_guide_is_laid_out_soundly(name: str, guide: Any) -> None:
    assert_sound(*example_sheet(name, Options(guide=guide)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_canvas_asks_and_is_laid_out_soundly(language: str) -> None:
    for guide in ("auto", "full"):
        sheet, findings = laid_out(resolved(Canvas("x", language=language), guide=guide))
        assert_sound(sheet, findings)
        assert findings == ()
        assert all(
            len(one.questions) == len(block.questions)
            for one, block in zip(sheet.pages[0].boxes, sheet.document.blocks, strict=True)
        )


# -- sizes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa"])
def test_more_items_never_get_larger_type(language: str) -> None:
    text = item_texts(language)[0]
    found = [page_size_of_items(sheet_of(short(2**power, language, text))) for power in range(6)]
    assert all(after <= before * 1.005 for before, after in pairwise(found)), found
    assert found[0] == pytest.approx(1.648 if language == "fa" else 1.6)
    assert found[-1] < 0.9


def test_few_items_are_set_loosely_and_many_closely() -> None:
    assert [columns(sheet_of(short(count)).pages[0])[0].density.name for count in (1, 4, 24)] == [
        "roomy",
        "roomy",
        "compact",
    ]


def test_one_block_that_alone_is_too_full_is_set_smaller_alone() -> None:
    blocks = {
        id: Block(tuple(Item(f"Item {n} of some words in a row") for n in range(4))) for id in KIND.blocks
    }
    blocks["channels"] = Block(tuple(Item(f"Item {n} of some words") for n in range(18)))
    (page,) = sheet_of(Canvas("x", blocks=blocks)).pages
    found = sizes(page)
    common = found["key_partners"]
    assert {name for name, size in found.items() if size < common} == {"channels"}
    assert 0.745 * common < found["channels"] < common


def test_line_breaks_are_the_same_from_a4_to_a0() -> None:
    def shape(name: str, page: str) -> Any:
        sheet, _ = example_sheet(name, Options(page=page))
        (only,) = sheet.pages
        texts = [block.text.plain for block in text_blocks(only)]
        rows = [text.plain for column in columns(only) for row in column.rows for text in row.paragraphs]
        return texts, rows, page_size_of_items(sheet)

    for name in ("en-fiddlewood", "fa-khaknegar", "fr-premier-jet"):
        texts, rows, size = shape(name, "a3")
        assert any("\n" in row for row in rows)
        for page in ("a4", "a2", "a1", "a0"):
            other_texts, other_rows, other_size = shape(name, page)
            assert other_rows == rows, page
            assert other_texts == texts, page
            assert other_size == pytest.approx(size, rel=0.006)


def test_strokes_grow_slower_than_the_page() -> None:
    strokes = [example_sheet("en-fiddlewood", Options(page=page))[0].stroke for page in ("a3", "a0")]
    assert strokes[0] == pytest.approx(2.97)
    assert strokes[1] == pytest.approx(2.97 * (841 / 297) ** 0.75)


# -- the grid ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_both_columns_share_their_middle_line(name: str) -> None:
    page = example_sheet(name)[0].pages[0]
    middle = box(page, "key_activities").rect.bottom
    assert box(page, "key_resources").rect.y == pytest.approx(middle)
    assert box(page, "customer_relationships").rect.bottom == pytest.approx(middle)
    assert box(page, "channels").rect.y == pytest.approx(middle)
    assert box(page, "cost_structure").rect.y == pytest.approx(box(page, "revenue_streams").rect.y)


def test_a_right_to_left_sheet_is_the_mirror_image() -> None:
    canvas = written("fa-khaknegar")
    (mirrored,), (plain,) = sheet_of(canvas).pages, sheet_of(canvas, mirror=False).pages
    for one, other in zip(mirrored.boxes, plain.boxes, strict=True):
        assert one.rect.mirrored(420).x == pytest.approx(other.rect.x)
        assert (one.rect.y, one.rect.w, one.rect.h) == pytest.approx(
            (other.rect.y, other.rect.w, other.rect.h)
        )
    assert box(mirrored, "key_partners").rect.right == pytest.approx(mirrored.canvas.right)
    assert box(plain, "key_partners").rect.x == pytest.approx(plain.canvas.x)
    for page in (mirrored, plain):
        # Title and headings stand at the right, where reading begins, fields and icons at the left.
        assert page.title.rect.right == pytest.approx(page.canvas.right)
        assert min(field.rule.x for field in page.fields) == pytest.approx(page.canvas.x)
        for one in page.boxes:
            assert one.icon is not None
            assert one.icon.rect.right < one.heading.rect.x


def test_inner_rules_stand_wherever_a_box_has_a_neighbour() -> None:
    for name in ("en-fiddlewood", "fa-khaknegar"):
        page = example_sheet(name)[0].pages[0]
        for one in page.boxes:
            assert one.inner_left == (one.rect.x > page.canvas.x + 0.01)
            assert one.inner_top == (one.rect.y > page.canvas.y + 0.01)


def test_a_very_wide_sheet_keeps_its_canvas_in_proportion_at_the_middle() -> None:
    (page,) = sheet_of(short(3), page="600x200mm").pages
    assert page.canvas.x + page.canvas.w / 2 == pytest.approx(300)
    assert page.canvas.w < 1.8 * 200
    assert page.title.rect.x == pytest.approx(page.canvas.x)


def test_portrait_stacks_the_sides_beside_the_promise() -> None:
    page = sheet_of(short(3), orientation="portrait").pages[0]
    left = [box(page, id).rect for id in ("key_partners", "key_activities", "key_resources")]
    assert len({round(rect.x, 3) for rect in left}) == 1
    assert [rect.y for rect in left] == sorted(rect.y for rect in left)
    promise = box(page, "value_propositions").rect
    assert (promise.y, promise.bottom) == pytest.approx((left[0].y, left[-1].bottom))


# -- boxes -------------------------------------------------------------------------------------------


def test_a_wide_box_sets_more_than_three_items_in_two_columns() -> None:
    def column_rows(count: int, id: str = "cost_structure") -> list[int]:
        return [len(column.rows) for column in box(sheet_of(short(count)).pages[0], id).columns]

    assert column_rows(3) == [3]
    assert column_rows(4) == [2, 2]
    assert column_rows(7) == [4, 3]
    assert column_rows(7, "channels") == [7]


def test_two_columns_part_before_a_whole_item_and_in_reading_direction() -> None:
    nested = tuple(Item(f"part {n}") for n in range(3))
    items = (Item("First", "", nested), Item("Second"), Item("Third", "", nested), Item("Fourth"))
    for language in ("en", "fa"):
        page = sheet_of(Canvas("x", language=language, blocks={"cost_structure": Block(items)})).pages[0]
        first, second = box(page, "cost_structure").columns
        assert second.rows[0].level == 0
        assert [row.level for row in (*first.rows, *second.rows)] == [0, 1, 1, 1, 0, 0, 1, 1, 1, 0]
        assert (first.rect.x < second.rect.x) == (language == "en")


def test_a_long_heading_makes_all_headings_smaller_and_then_takes_two_lines() -> None:
    def headings(title: str) -> Page:
        blocks = {id: Block((Item("One"),)) for id in KIND.blocks}
        return sheet_of(Canvas("x", blocks=blocks | {"channels": Block((Item("One"),), title)})).pages[0]

    unit = 2.97
    assert headings("Channels").boxes[0].heading.size == pytest.approx(1.76 * unit)
    smaller = headings("Channels and more ways")
    assert 1.5 * unit <= smaller.boxes[0].heading.size < 1.76 * unit
    assert "\n" not in box(smaller, "channels").heading.text.plain
    two = headings("Channels and all of the other ways to reach people")
    assert box(two, "channels").heading.text.plain.count("\n") == 1
    assert two.boxes[0].heading.size == pytest.approx(1.5 * unit)
    # What stands side by side begins at one height.
    beside = [box(two, id).columns[0].rect.y for id in ("channels", "key_resources")]
    assert beside[0] == pytest.approx(beside[1])
    assert box(two, "channels").columns[0].rect.y > box(smaller, "channels").columns[0].rect.y


def test_an_empty_block_asks_and_a_filled_one_does_not() -> None:
    filled = {id: Block((Item("One"),)) for id in KIND.blocks if id != "channels"}
    page = sheet_of(Canvas("x", blocks=filled)).pages[0]
    document = resolved(Canvas("x"))
    asked = next(block for block in document.blocks if block.id == "channels").questions
    assert [block.text.plain.translate(_BARE) for block in box(page, "channels").questions] == [
        text.plain.translate(_BARE) for text in asked
    ]
    assert all(not one.questions for one in page.boxes if one.block != "channels")
    quiet = sheet_of(Canvas("x", blocks=filled), guide="none").pages[0]
    assert box(quiet, "channels").questions == ()


def test_questions_over_items_are_smaller_than_these() -> None:
    page = sheet_of(short(4), guide="questions").pages[0]
    for one in page.boxes:
        assert one.questions
        assert one.questions[0].size <= 0.68 * one.columns[0].size
        assert one.questions[-1].rect.bottom < one.columns[0].rect.y


def test_lists_stand_at_the_foot_where_the_full_guide_is_asked_for() -> None:
    page = sheet_of(Canvas("x"), guide="full").pages[0]
    for one in page.boxes:
        assert one.lists
        assert one.lists[0].rect.y > one.questions[-1].rect.bottom
        padding = 1.5 * 2.97
        assert one.lists[-1].rect.bottom == pytest.approx(one.rect.bottom - padding, abs=0.01)
    assert all(not one.lists for one in sheet_of(Canvas("x"), guide="questions").pages[0].boxes)


@pytest.mark.parametrize(("filled", "shown"), [(0, True), (4, True), (5, False), (9, False)])
def test_step_labels_show_where_most_boxes_ask(filled: int, shown: bool) -> None:
    blocks = {id: Block((Item("One"),)) for id in list(KIND.blocks)[:filled]}
    page = sheet_of(Canvas("x", blocks=blocks)).pages[0]
    assert {one.eyebrow is not None for one in page.boxes} == {shown}
    if shown:
        labels = [one.eyebrow.text.plain for one in page.boxes if one.eyebrow]
        assert labels[:2] == ["First step", "Second step"]


def test_step_labels_show_with_the_questions_on_a_full_sheet() -> None:
    assert all(one.eyebrow for one in sheet_of(short(3), guide="questions").pages[0].boxes)
    assert not any(one.eyebrow for one in sheet_of(short(3), guide="none").pages[0].boxes)


# -- title block and footer --------------------------------------------------------------------------


def test_a_long_title_is_set_smaller_and_then_in_two_lines() -> None:
    def title(words: int) -> TextBlock:
        canvas = replace(written("en-fiddlewood"), title=" ".join(["Violins"] * words))
        return sheet_of(canvas).pages[0].title

    unit = 2.97
    found = [title(words) for words in (2, 7, 9, 14, 20)]
    assert found[0].size == pytest.approx(4.0 * unit)
    assert all(after.size <= before.size + EPSILON for before, after in pairwise(found))
    assert found[-1].size == pytest.approx(2.6 * unit)
    lines = [block.text.plain.count("\n") + 1 for block in found]
    assert lines[0] == 1
    assert lines[-1] >= 2
    # Two lines are the last resort.
    assert all(
        block.size == pytest.approx(2.6 * unit)
        for block, count in zip(found, lines, strict=True)
        if count > 1
    )


def test_a_title_of_many_lines_moves_the_canvas_down() -> None:
    canvas = written("en-fiddlewood")
    usual, long = (
        sheet_of(replace(canvas, title=title)) for title in ("Fiddlewood", "A very long name " * 25)
    )
    assert long.pages[0].canvas.y > usual.pages[0].canvas.y
    assert_sound(long, ())


FIELDS = {"organization": "Harbour Bread", "authors": ("Ana López",), "date": "2026-03-20", "version": "1.0"}


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "names", [names for count in range(5) for names in combinations(FIELDS, count)], ids="+".join
)
def test_absent_fields_close_up_towards_the_outer_edge(names: tuple[str, ...], language: str) -> None:
    given: dict[str, Any] = {name: FIELDS[name] for name in names}
    page = sheet_of(Canvas("Bread", language=language, **given)).pages[0]
    rules = [field.rule for field in page.fields]
    assert len(rules) == len(names)
    if not rules:
        assert page.title.rect.w == pytest.approx(page.canvas.w)
        return
    if language == "en":
        assert rules[-1].right == pytest.approx(page.canvas.right)
        assert page.title.rect.right < rules[0].x
        gaps = [after.x - before.right for before, after in pairwise(rules)]
    else:
        assert rules[-1].x == pytest.approx(page.canvas.x)
        assert page.title.rect.x > rules[0].right
        gaps = [before.x - after.right for before, after in pairwise(rules)]
    assert gaps == pytest.approx([1.2 * 2.97] * (len(rules) - 1))
    # Each keeps the width of its kind, the outermost one flush with the edge.
    shares = {"organization": 11.7, "authors": 9.2, "date": 10.3, "version": 8.1}
    own = [shares[name] / 100 * page.canvas.w for name in names]
    assert [rule.w for rule in rules] == pytest.approx([width - 1.2 * 2.97 for width in own[:-1]] + own[-1:])


def test_all_four_fields_begin_on_the_columns_rules() -> None:
    everything: dict[str, Any] = dict(FIELDS)
    page = sheet_of(Canvas("Bread", **everything)).pages[0]
    boxes = {box.block: box.rect for box in page.boxes}
    assert page.fields[0].rule.x == pytest.approx(boxes["channels"].x)
    assert page.fields[2].rule.x == pytest.approx(boxes["customer_segments"].x)


def test_long_values_of_fields_stay_whole_or_take_lines() -> None:
    canvas = Canvas(
        "Bread",
        organization="Verein zur Förderung der Nahwärmeversorgung in Oberbergkirchen e. V.",
        authors=("Maximiliane Hohenstein-Waldenburg", "Jo Li", "Ana María López de la Vega"),
        date="2026-03-20",
        version="2.0.0-rc1 (board)",
    )
    sheet, findings = laid_out(resolved(canvas))
    assert_sound(sheet, findings)
    by = sheet.pages[0].fields[1].value
    assert by.text.plain.replace("\n", "").translate(_BARE) == ", ".join(canvas.authors).translate(_BARE)
    # No name is parted from its own.
    assert all(line.count(",") <= 1 for line in by.text.plain.split("\n"))


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(("width", "high"), [(1400, 500), (300, 900), (50, 40)])
def test_a_logo_keeps_its_shape_inside_its_bounds_before_the_fields(
    language: str, width: int, high: int
) -> None:
    document = replace(
        resolved(Canvas("Bread", language=language, version="1.0")), logo=Image(b"", "image/png", width, high)
    )
    sheet, findings = laid_out(document)
    (page,) = sheet.pages
    assert page.logo is not None
    assert page.logo.w / page.logo.h == pytest.approx(width / high)
    assert page.logo.h <= 5 * 2.97 + EPSILON
    assert page.logo.w <= 14 * 2.97 + EPSILON
    assert apart(page.logo, page.title.rect)
    assert apart(page.logo, page.fields[0].rule)
    assert within(page.logo, Rect(0, 0, sheet.width, page.canvas.y))
    assert (page.logo.right < page.fields[0].rule.x) == (language == "en")
    assert_sound(sheet, findings)


def test_the_users_footer_stands_at_the_end_and_page_numbers_after_it() -> None:
    canvas = replace(crowded("en", 49), footer="Draft for the board")
    sheet = sheet_of(canvas)
    last = len(sheet.pages)
    for number, page in enumerate(sheet.pages, start=1):
        attribution, own, count = page.footer
        assert own.text.plain == "Draft for the board"
        assert count.text.plain.replace("\u00a0", " ") == f"Page {number} of {last}"
        assert attribution.rect.right <= own.rect.x <= count.rect.x
        assert count.rect.right == pytest.approx(page.canvas.right)
    assert len(sheet_of(replace(short(2), footer="Draft")).pages[0].footer) == 2


# -- too much text -----------------------------------------------------------------------------------


def test_what_does_not_fit_goes_on_under_its_own_heading() -> None:
    sheet, _ = crowded_sheet("fa", 49)
    for name in KIND.blocks:
        titles = [one.heading.text.plain for page in sheet.pages for one in page.boxes if one.block == name]
        document_title = next(block.title.plain for block in sheet.document.blocks if block.id == name)
        assert titles[0] == document_title
        total = sheet.document.number(len(titles))
        for number, title in enumerate(titles[1:], start=2):
            expected = f"{document_title} ({sheet.document.number(number)} از {total})"
            assert " ".join(title.split()) == expected
    assert all("ادامه" in page.title.text.plain for page in sheet.pages[1:])


def test_rows_keep_their_order_across_pages_and_nested_ones_their_item() -> None:
    sheet, _ = crowded_sheet("en", 49)
    for block in sheet.document.blocks:
        parts = [
            [row for column in one.columns for row in column.rows]
            for page in sheet.pages
            for one in page.boxes
            if one.block == block.id
        ]
        ids = [text.id for rows in parts for row in rows for text in row.paragraphs]
        assert ids == [text.id for text in entry_texts(block.items)]
        for before, after in pairwise([rows for rows in parts if rows]):
            assert after[0].level <= before[-1].level


def test_no_item_is_parted_from_the_first_one_nested_in_it() -> None:
    words = "Some words of an item that takes a line or two"
    nested = (Item("first nested"), Item("second nested"))
    parted = 0
    for count in (20, 21):
        items = tuple(Item(f"{words[: 8 + 5 * (n % 7)]} {n}", "", nested) for n in range(count))
        sheet, findings = laid_out(
            resolved(Canvas("x", blocks=dict.fromkeys(KIND.blocks, Block(items))), page="a4")
        )
        assert_sound(sheet, findings)
        for id in KIND.blocks:
            parts = [
                [row for c in one.columns for row in c.rows]
                for page in sheet.pages
                for one in page.boxes
                if one.block == id
            ]
            for before, after in pairwise([rows for rows in parts if rows]):
                assert not (before[-1].level == 0 and after[0].level == 1)
                parted += 1
    assert parted > 10


def test_an_overflow_is_an_error_where_it_must_not_be() -> None:
    document = resolved(crowded("en", 21), overflow="fail")
    found = laid_out(document)[1]
    assert found
    assert {(one.severity, one.code) for one in found} == {("error", "overflow")}
    assert {one.severity for one in crowded_sheet("en", 21)[1]} == {"warning"}


def test_the_floor_in_a_warning_is_the_size_on_the_page() -> None:
    for page in ("a4", "a3", "a0"):
        sheet, findings = laid_out(resolved(crowded("en", 21), page=page))
        name = findings[0].path[1]
        points = sizes(sheet.pages[0])[str(name)] / MM_PER_PT
        assert f"at {points:.1f} pt" in findings[0].message


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_item_longer_than_a_page_of_its_own_goes_on_at_a_line(language: str, nested: bool) -> None:
    long = paragraphs(language)
    item = Item("One", "", (Item(long),)) if nested else Item(long)
    canvas = Canvas("x", language=language, blocks={"channels": Block((item, Item("Two")))})
    cut = [pieces_of(canvas, nested, f"100x{height}mm") for height in (100, 101, 102, 103)]
    assert any(text.id.endswith(".on") for pieces in cut for row in pieces for text in row.paragraphs)


def pieces_of(canvas: Canvas, nested: bool, paper: str) -> list[Row]:
    """The pieces in which a canvas's first item, or the first nested one, stands: whole, each by its own id."""
    sheet, _ = laid_out(resolved(canvas, page=paper))
    assert len(sheet.pages) > 2
    for page in sheet.pages:
        assert_in_place(sheet, page)
    entries = next(block.items for block in sheet.document.blocks if block.id == "channels")
    given = (entries[0].items[0] if nested else entries[0]).paragraphs
    rows = [row for page in sheet.pages for column in columns(page) for row in column.rows]
    pieces = [row for row in rows if row.paragraphs[0].id.startswith(given[0].id[:-1])]
    assert [row.continued for row in pieces] == [False] + [True] * (len(pieces) - 1)
    for text in given:
        parts = [part for row in pieces for part in row.paragraphs if part.id.removesuffix(".on") == text.id]
        told = "".join(part.plain for part in parts)
        assert told.translate(_BARE) == text.plain.translate(_BARE)
    assert max(Counter(text.id for row in pieces for text in row.paragraphs).values()) == 1
    return pieces


def paragraphs(language: str) -> str:
    """An item of 1,900 characters in paragraphs: longer than a page of 100 mm."""
    words = " ".join(item_texts(language) * 9)
    return "\n\n".join(words[at : at + 140].strip() for at in range(0, 1_800, 140))


def test_one_long_item_of_each_block_is_not_squeezed_into_a_page_beside_the_others() -> None:
    long = Item("word " * 399)
    sheet, findings = laid_out(
        resolved(Canvas("x", blocks=dict.fromkeys(KIND.blocks, Block((long,)))), page="a4")
    )
    assert_sound(sheet, findings)


def test_a_title_that_leaves_no_room_in_its_box_is_told() -> None:
    block = Block((Item("word " * 399),), title="Much to say " * 30)
    with pytest.raises(CanvasError, match="the title of 'channels' leaves no room") as raised:
        laid_out(resolved(Canvas("x", blocks={"channels": block}), page="100x100mm"))
    assert raised.value.diagnostics[0].path == ("blocks", "channels")


def test_one_item_longer_than_any_box_goes_on_whole() -> None:
    canvas = Canvas("x", blocks={"channels": Block((Item("word " * 399),))})
    sheet, findings = laid_out(resolved(canvas, page="a4"))
    assert len(sheet.pages) == 2
    assert_sound(sheet, findings)


def test_a_word_is_cut_only_where_no_easy_size_keeps_it_whole() -> None:
    word = "Wärmeversorgungsvereinbarung"
    blocks = dict.fromkeys(KIND.blocks, Block((Item(f"Eine {word}"),)))
    sheet = sheet_of(Canvas("x", language="de", blocks=blocks))
    rows = [
        text.plain for column in columns(sheet.pages[0]) for row in column.rows for text in row.paragraphs
    ]
    assert all(word in row for row in rows)
    longest = Block((Item("x" * 200),))
    cut = sheet_of(Canvas("x", blocks={"channels": longest}))
    (row,) = box(cut.pages[0], "channels").columns[0].rows
    assert row.paragraphs[0].plain.count("\n") >= 4


def test_a_footer_of_several_lines_raises_the_foot_of_the_canvas() -> None:
    short = sheet_of(Canvas("Bread", footer="Confidential")).pages[0]
    long = sheet_of(Canvas("Bread", footer="Confidential, for the board only; do not copy. " * 10)).pages[0]
    assert long.canvas.bottom < short.canvas.bottom
    assert all(block.rect.y > long.canvas.bottom + 0.5 * 2.97 for block in long.footer)


def test_many_authors_stand_in_a_row_of_fields_below_the_title() -> None:
    few = sheet_of(Canvas("Bread", authors=("Ana López",), version="1")).pages[0]
    many = sheet_of(
        Canvas("Bread", authors=tuple(f"Author Number {i}" for i in range(12)), version="1")
    ).pages[0]
    assert few.fields[0].rule.y < few.title.rect.bottom
    assert many.fields[0].rule.y > many.title.rect.bottom
    assert many.canvas.h > 0.7 * many.canvas.bottom


def test_a_title_block_that_leaves_no_room_names_what_is_too_long() -> None:
    canvas = Canvas("Bread", organization="organ " * 80, subtitle="sub " * 4000, render={"page": "300x100mm"})
    with pytest.raises(CanvasError, match="'subtitle' is too long for this page") as caught:
        sheet_of(canvas)
    assert caught.value.diagnostics[0].path == ("subtitle",)
