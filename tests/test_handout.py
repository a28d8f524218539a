"""Handouts: every text once and in order, the contents true, a page a step, mirrored where it is read from the right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pdf_reading
import pytest
import seen_by_weasyprint
from canvases import LANGUAGES, VERY_FULL, crowded, entry_texts, example, measurer, resolved, written
from pypdfium2 import PdfDocument

from bmcrender.document import Document, Run, Text
from bmcrender.errors import CanvasError
from bmcrender.handouts import Handout, Section, Step
from bmcrender.layout.handout import handout
from bmcrender.layout.handout.texts import first_sentence, shortened
from bmcrender.layout.typeset import font_stack
from bmcrender.model import Block, Canvas, Item, Options
from bmcrender.pipeline import rendered
from bmcrender.render.flow import locator_svg
from bmcrender.render.flow_check import flow_misfits, flow_texts
from bmcrender.render.verify import DrawnLine
from bmcrender.supervisor import shared

pytestmark = pytest.mark.xdist_group("worker")

BLANK = Canvas("A plan")
A4, LETTER = (210.0, 297.0), (215.9, 279.4)


def document(canvas: Canvas, **options: Any) -> Document:
    return resolved(canvas, layout="handout", **options)


def made(canvas: Canvas, **options: Any) -> Handout:
    return handout(document(canvas, **options), measurer())[0]


def step(given: Handout, block: str) -> Step:
    return next(one for one in given.steps if one.block == block)


def roles(given: Step) -> list[str]:
    return ["lines" if one.lines else one.role for one in given.sections]


@cache
def pdf(name: str) -> bytes:
    given = example(name, Options(layout="handout"))
    return drawn(given)


def drawn(given: Document) -> bytes:
    from bmcrender.model import Job

    fonts: tuple[tuple[str, bytes], ...] = ()
    result = shared().run(rendered, given, ("pdf",), fonts, Job(b"").created, formats=("pdf",), fonts=fonts)
    assert result.diagnostics == ()
    return bytes(result.outputs["pdf"])


def outline_of(data: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: level, title, page counted from 1."""
    file = PdfDocument(data)
    try:
        found = []
        for mark in file.get_toc():
            destination = mark.get_dest()
            assert destination is not None
            found.append((mark.level, mark.get_title(), destination.get_index() + 1))
        return found
    finally:
        file.close()


def letters(text: str) -> list[str]:
    """The letters and digits of a text, sorted: a PDF may hold right-to-left text in either order."""
    return sorted(letter for letter in text if letter.isalnum())


# -- what is laid out --------------------------------------------------------------------------------


def test_a_handout_is_a4_upright_and_draws_the_canvas_as_it_lies() -> None:
    given = document(BLANK)
    assert given.page == A4
    assert len(given.areas.columns) == 6
    assert document(BLANK, page="letter").page == LETTER
    assert document(BLANK, orientation="landscape").page == A4[::-1]


def test_the_page_that_a_canvas_names_is_for_the_layout_that_it_names() -> None:
    poster = replace(BLANK, render={"page": "a2", "orientation": "portrait"})
    assert document(poster).page == A4
    assert resolved(poster).page == (420, 594)
    own = replace(BLANK, render={"page": "letter", "layout": "handout"})
    assert resolved(own).page == LETTER
    assert resolved(own, layout="poster").page == (420, 297)


@pytest.mark.parametrize(
    ("guide", "expected"),
    [
        ("auto", ["meaning", "question", "point", "point", "point", "lines"]),
        ("full", ["meaning", "question", "point", "point", "point", "lines"]),
        ("questions", ["meaning", "question", "lines"]),
        ("none", ["lines"]),
    ],
)
def test_the_guide_is_whole_unless_less_is_asked_for(guide: str, expected: list[str]) -> None:
    given = made(BLANK, guide=guide)
    assert roles(step(given, "channels")) == expected
    assert all((row.meaning is None) == (guide == "none") for row in given.contents.rows)


def test_items_stand_in_place_of_lines_block_by_block() -> None:
    given = made(replace(BLANK, blocks={"channels": Block((Item("One", items=(Item("Two"),)),))}))
    (rows,) = [one.rows for one in step(given, "channels").sections if one.rows]
    assert [(row.level, row.paragraphs[0].plain) for row in rows] == [(0, "One"), (1, "Two")]
    assert roles(step(given, "channels"))[-1] == "item"
    assert roles(step(given, "key_partners"))[-1] == "lines"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_step_is_one_page_with_lines_to_its_end(language: str) -> None:
    given = made(replace(BLANK, language=language))
    for one in given.steps:
        assert one.sections[-1].lines >= 4
        left = given.content.h - one.head - sum(section.height for section in one.sections)
        assert 0 <= left < given.lengths["line"] + 2, one.block


def test_a_step_has_all_its_air_unless_that_takes_it_to_a_second_page() -> None:
    given = made(BLANK)
    airs = {one.block: one.air for one in given.steps}
    assert airs["key_resources"] == 1
    assert airs["revenue_streams"] < 1
    full = made(crowded("en", 30))
    assert {one.air for one in full.steps} == {1}


def test_phases_are_numbered_in_the_digits_of_the_language() -> None:
    def labels(language: str) -> list[str]:
        sections = step(made(replace(BLANK, language=language)), "channels").sections
        return [one.label.plain for section in sections for one in section.passages if one.label]

    assert labels("en") == ["1", "2", "3", "4", "5"]
    assert labels("fa") == ["۱", "۲", "۳", "۴", "۵"]


def points(given: Section) -> list[list[tuple[str, bool]]]:
    return [[(run.text.strip(), run.bold) for run in one.text.runs] for one in given.passages]


def test_terms_are_strong_in_lists_that_explain_most_of_them() -> None:
    sections = step(made(BLANK), "customer_segments").sections
    assert points(sections[2])[0] == [("Needs a distinct offer", False)]
    assert points(sections[3])[0] == [("Mass market", True)]
    assert points(sections[3])[2] == [
        ("Segmented market", True),
        ("similar needs that differ in detail", False),
    ]


def test_from_right_to_left_all_is_mirrored() -> None:
    left, right = made(BLANK), made(replace(BLANK, language="fa"))
    width = left.content.w
    for name in ("number", "locator"):
        one, other = (getattr(given.steps[2], name) for given in (left, right))
        one, other = (getattr(each, "rect", each) for each in (one, other))
        assert other.x == pytest.approx(width - one.x - one.w)
    boxes = {box.number.text.plain: box.rect.x for box in right.cover.boxes}
    assert boxes["۱"] == pytest.approx(right.content.x)
    assert boxes["۸"] > boxes["۷"] > boxes["۲"] > boxes["۴"] > boxes["۱"]
    assert right.map["customer_segments"].x < right.map["key_partners"].x
    as_it_is = made(replace(BLANK, language="fa"), mirror=False)
    assert as_it_is.map["customer_segments"].x > as_it_is.map["key_partners"].x


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_say_the_first_sentence_of_each_meaning(language: str) -> None:
    for block in document(replace(BLANK, language=language)).blocks:
        short = first_sentence(block.meaning).plain
        assert block.meaning.plain.startswith(short)
        assert short.endswith(".")
        rest = block.meaning.plain[len(short) :]
        assert not rest or rest.startswith(" ")
        assert len(short) < 200


@pytest.mark.parametrize("page", ["a4", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_stand_on_one_page(language: str, page: str) -> None:
    given = made(replace(BLANK, language=language), page=page)
    assert given.contents.height + sum(row.height for row in given.contents.rows) <= given.content.h


def test_the_cover_sets_a_long_title_smaller_and_leaves_out_what_is_not_there() -> None:
    short, long = made(BLANK).cover, made(replace(BLANK, title="A plan for the years to come " * 6)).cover
    assert long.title.size < short.title.size
    assert long.title.rect.bottom < long.canvas.y
    assert (short.subtitle, short.fields, short.logo, len(short.foot)) == (None, (), None, 1)
    assert short.eyebrow is not None
    assert made(replace(BLANK, title="Business Model Canvas")).cover.eyebrow is None


def test_what_is_too_long_for_the_edge_of_a_page_is_cut_at_a_word() -> None:
    text = Text("title", (Run("A plan for the years to come"),), "ltr")
    assert shortened(text, lambda given: len(given.plain) <= 16).plain == "A plan for the…"
    assert shortened(text, lambda given: len(given.plain) <= 40) is text
    word = replace(text, runs=(Run("Donaudampfschifffahrt"),))
    assert shortened(word, lambda given: len(given.plain) <= 6).plain == "Donau…"
    given = made(replace(BLANK, title="A plan for the years to come " * 6, footer="Draft " * 60))
    assert given.running.plain.endswith("…")
    assert given.foot.splitlines()[-1].endswith("…")
    assert given.cover.foot[0].text.plain.count("Draft") == 60


def test_lengths_follow_the_page() -> None:
    assert made(BLANK, page="a3").sizes["question"] == pytest.approx(
        made(BLANK).sizes["question"] * 297 / 210
    )
    assert made(BLANK, page="letter").sizes == made(BLANK).sizes
    assert made(BLANK, page="100x100mm").sizes["running"] >= 5.5 * 25.4 / 72


def test_a_theme_may_dress_each_step_in_the_colour_of_its_group() -> None:
    given = document(BLANK)
    groups = {block.group: given.theme.tokens["groups"][block.group] for block in given.blocks}
    own = {**given.theme.tokens, "handout": {**given.theme.tokens["handout"], "accent": "group"}}
    dressed = replace(given, theme=replace(given.theme, tokens=own))
    for tokens_of, expected in (
        (given, {given.theme.tokens["colors"]["accent"]}),
        (dressed, set(groups.values())),
    ):
        laid_out, _ = handout(tokens_of, measurer())
        maps = [locator_svg(laid_out, one.block, one.group).decode() for one in laid_out.steps]
        assert {color for one in maps for color in re.findall(r'fill="(#\w+)"', one)} == expected


def test_a_cover_without_room_for_the_canvas_names_what_is_too_long() -> None:
    title, line = "A title of many words " * 9, "A line of many words " * 23
    for canvas, path in (
        (replace(BLANK, title=title, subtitle="Few words", footer=line), "title"),
        (replace(BLANK, title="Few words", subtitle=line, footer=line), "subtitle"),
    ):
        with pytest.raises(CanvasError, match=f"no room for the canvas: '{path}' is too long") as raised:
            made(canvas, page="100x100mm")
        assert raised.value.diagnostics[0].path == (path,)


# -- what is drawn -----------------------------------------------------------------------------------


def misfits(given: Handout, *changes: tuple[str, str]) -> list[str]:
    families = font_stack(given.document.theme.tokens, given.document.script)
    found: list[str] = shared().run(seen_by_weasyprint.misfits_of, given, families, changes, formats=("pdf",))
    return found


@pytest.mark.parametrize(
    ("canvas", "options"),
    [
        pytest.param(replace(BLANK, language="fr"), {"page": "letter"}, id="fr"),
        pytest.param(BLANK, {"page": "120x150mm"}, id="small"),
        pytest.param(crowded("de", 12, 2), {"guide": "questions"}, id="crowded"),
        pytest.param(written("en-markdown"), {"language": "fa"}, id="mixed"),
    ],
)
def test_what_was_measured_stands_at_the_first_try(canvas: Canvas, options: dict[str, Any]) -> None:
    assert misfits(made(canvas, **options)) == []


Lines = list[list[DrawnLine]]
ITEM = "channels.items.0.p0"


@cache
def two_items() -> tuple[Handout, Lines]:
    """A short handout, and the lines that WeasyPrint sets of it."""
    canvas = replace(BLANK, blocks={"channels": Block((Item("One"), Item("Two")))})
    given = made(canvas, guide="none")
    families = font_stack(given.document.theme.tokens, given.document.script)
    return given, shared().run(seen_by_weasyprint.lines_of, given, families, formats=("pdf",))


def changed(lines: Lines, which: str, **how: Any) -> Lines:
    return [[replace(line, **how) if line.node == which else line for line in page] for page in lines]


def moved(lines: Lines, node: str, right: float, down: float) -> Lines:
    (line,) = [line for page in lines for line in page if line.node == node]
    across = {"left": line.left + right, "right": line.right + right}
    return changed(lines, node, **across, top=line.top + down, bottom=line.bottom + down)


def without(lines: Lines, node: str) -> Lines:
    return [[line for line in page if line.node != node] for page in lines]


def test_the_check_finds_nothing_wrong_with_what_is_right() -> None:
    given, lines = two_items()
    assert list(flow_misfits(given, lines)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda all: without(all, ITEM), f"page 5: '{ITEM}' is missing", id="missing"),
        pytest.param(lambda all: changed(all, ITEM, text="On"), f"'{ITEM}' is not complete", id="cut"),
        pytest.param(lambda all: changed(all, ITEM, node="x"), "page 5: 'x' has no place", id="strange"),
        pytest.param(lambda all: [*all, all[4]], f"'{ITEM}' is not complete, or is there twice", id="twice"),
        pytest.param(lambda all: moved(all, ITEM, 140, 0), f"page 5: '{ITEM}' stands ", id="right"),
        pytest.param(lambda all: moved(all, ITEM, -30, 0), f"page 5: '{ITEM}' stands ", id="left"),
        pytest.param(lambda all: moved(all, ITEM, 0, 240), f"page 5: '{ITEM}' stands ", id="low"),
        pytest.param(lambda all: moved(all, ITEM, 0, 3), "cover each other", id="covered"),
        pytest.param(lambda all: [*all[:2], *all[3:], all[2]], "before what it follows", id="order"),
        pytest.param(lambda all: [*all, []], "page 12 is empty", id="empty page"),
        pytest.param(
            lambda all: changed(all, "contents.channels.page", text="6"),
            "'contents.channels.page' is not complete",
            id="page number",
        ),
    ],
)
def test_the_check_sees_what_does_not_stand_as_it_should(change: Callable[[Lines], Lines], told: str) -> None:
    given, lines = two_items()
    found = list(flow_misfits(given, change(lines)))
    assert any(told in one for one in found), found


@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar", VERY_FULL])
def test_every_letter_is_under_a_tag_once(name: str) -> None:
    given, _ = handout(example(name, Options(layout="handout")), measurer())
    pages = pdf_reading.pages(pdf(name))
    numbers = {f"{title}.title": page for title, page in step_pages(pdf(name), given).items()}
    expected = "".join(one.text.plain for one in flow_texts(given, numbers))
    assert letters("".join(page.tree.text for page in pages)) == letters(expected)


@pytest.mark.parametrize("name", ["en-fiddlewood", VERY_FULL])
def test_items_are_read_in_their_order(name: str) -> None:
    read = "".join("".join(page.tree.text for page in pdf_reading.pages(pdf(name))).split())
    at = 0
    for block in example(name, Options(layout="handout")).blocks:
        for text in entry_texts(block.items):
            at = read.index("".join(text.plain.split()), at)


def step_pages(data: bytes, given: Handout) -> dict[str, int]:
    """On which page each step begins, by the bookmarks."""
    marks = [page for level, _, page in outline_of(data) if level == 1][1:]
    return dict(zip((one.block for one in given.steps), marks, strict=True))


@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar", VERY_FULL])
def test_bookmarks_lead_to_title_contents_and_steps(name: str) -> None:
    marks, given = outline_of(pdf(name)), example(name, Options(layout="handout"))
    assert marks[0] == (0, given.title.plain, 1)
    assert marks[1] == (1, given.labels["contents"], 2)
    titles = [f"{given.number(block.number)} {block.title.plain}" for block in given.blocks]
    assert [(level, title) for level, title, _ in marks[2:]] == [(1, title) for title in titles]
    pages = [page for _, _, page in marks]
    assert pages == sorted(set(pages))


def test_a_step_that_is_too_full_goes_on_and_the_contents_know_it() -> None:
    pages = list(step_pages(pdf(VERY_FULL), made(written(VERY_FULL))).values())
    assert pages[-1] > 11
    contents = pdf_reading.pages(pdf(VERY_FULL))[1].tree
    numbers = [int(one.text) for one in contents.all("P") if one.text.strip().isdigit()]
    assert numbers[::2] == list(range(1, 10))
    assert numbers[1::2] == pages
    links = [one.text for one in contents.all("Link")]
    assert links == [block.title.plain for block in example(VERY_FULL).blocks]


@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar"])
def test_pages_number_themselves_and_name_where_the_canvas_is_from(name: str) -> None:
    pages = pdf_reading.pages(pdf(name))
    given = example(name, Options(layout="handout"))
    assert {page.size for page in pages} == {A4}
    assert len(pages) == 11
    for number, page in enumerate(pages[1:], start=2):
        label = given.label("page", n=number, m=11)
        assert set(letters(label)) <= set(letters(page.text))
        assert label not in page.tree.text
        assert set(letters("Strategyzer AG, strategyzer.com, CC BY-SA 3.0")) <= set(letters(page.text))
    digits = set("0123456789") & set(pages[1].tree.text)
    assert bool(digits) == (given.language == "en")


@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar"])
def test_headings_go_down_one_level_at_a_time_and_maps_say_what_they_show(name: str) -> None:
    pages = pdf_reading.pages(pdf(name))
    given = example(name, Options(layout="handout"))
    levels = [int(one.type[1]) for page in pages for one in page.tree.all("H1", "H2", "H3")]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert levels.count(2) == 10
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    alts = [one.alt for page in pages for one in page.tree.all("Figure")]
    assert alts == [given.label("alt_locator", title=block.title.plain) for block in given.blocks]
