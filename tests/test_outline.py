"""A document becomes a mind map: every text once, in its place, balanced, nothing crossing or covered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import combinations, pairwise, takewhile
from typing import Any

import pdf_reading
import pytest
from canvases import KIND, LANGUAGES, VERY_FULL, crowded, entry_texts, example, job, measurer, resolved, short
from rectangles import apart, within

from bmcrender.breaks import SOFT_HYPHEN, SPACES
from bmcrender.document import Document, Image
from bmcrender.errors import Diagnostic, LimitError
from bmcrender.layout.outline import outline
from bmcrender.model import Block, Canvas, Item, Options
from bmcrender.pipeline import render
from bmcrender.render.drawing import drawing_svg
from bmcrender.sheets import Branch, BranchPoint, Curve, Outline, OutlinePage, Plate, Rect, TextBlock

MM_PER_PT = 25.4 / 72
TYPICAL = ("en-fiddlewood", "fa-khaknegar", "fr-pomme-a-quatre-roues")
_BARE = str.maketrans("", "", SPACES + SOFT_HYPHEN + "-\u00a0")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Laid = tuple[Outline, tuple[Diagnostic, ...]]


def laid_out(document: Document) -> Laid:
    return outline(document, measurer())


@cache
def blank(language: str, **options: Any) -> Laid:
    return laid_out(resolved(Canvas("Business Model Canvas", language=language), **options))


@cache
def filled(name: str, **options: Any) -> Laid:
    return laid_out(example(name, Options(layout="outline", **options)))


@cache
def many(language: str, count: int, **options: Any) -> Laid:
    return laid_out(resolved(crowded(language, count, 2), **options))


# Maps of every fulness, language and form of page that differ in how they are laid out.
CASES: dict[str, Callable[[], Laid]] = {
    **{f"blank {language}": partial(blank, language) for language in LANGUAGES},
    **{name: partial(filled, name) for name in (*TYPICAL, VERY_FULL)},
    "portrait": partial(filled, "fa-khaknegar", orientation="portrait"),
    "A4": partial(filled, "en-fiddlewood", page="a4"),
    "A0": partial(blank, "de", page="a0"),
    "wide": partial(filled, "en-markdown", page="900x300mm"),
    "small": partial(blank, "en", page="120x120mm"),
    "no guide": partial(filled, "en-fiddlewood", guide="none"),
    "nothing": partial(blank, "fa", guide="none"),
    "questions": partial(blank, "es", guide="questions"),
    "crowded": partial(many, "fa", 49),
    "crowded portrait": partial(many, "de", 12, orientation="portrait"),
}


@pytest.fixture(params=CASES)
def made(request: pytest.FixtureRequest) -> Outline:
    return CASES[request.param]()[0]


def point_blocks(points: Sequence[BranchPoint]) -> Iterator[TextBlock]:
    for point in points:
        yield from point.paragraphs
        yield from point_blocks(point.points)


def leaf_blocks(branch: Branch) -> list[TextBlock]:
    return [
        block
        for leaf in branch.leaves
        for block in (*([leaf.text] if leaf.text else []), *point_blocks(leaf.points))
    ]


def text_blocks(page: OutlinePage) -> Iterator[TextBlock]:
    yield from (page.title, *page.around, *page.fields, *page.footer)
    for branch in page.branches:
        yield from (branch.title, branch.step, branch.code, *leaf_blocks(branch))


def bare(text: str) -> str:
    return text.translate(_BARE)


def covered(blocks: Sequence[TextBlock]) -> list[tuple[str, str]]:
    """The ids of each two texts whose rectangles cover each other."""
    by_top = sorted(blocks, key=lambda block: block.rect.y)
    return [
        (upper.text.id, lower.text.id)
        for index, upper in enumerate(by_top)
        for lower in takewhile(partial(begins_above, upper.rect.bottom), by_top[index + 1 :])
        if not apart(upper.rect, lower.rect)
    ]


def begins_above(y: float, block: TextBlock) -> bool:
    return block.rect.y < y


def on_the_right(branch: Branch, sheet: Outline) -> bool:
    return branch.pill.rect.x > sheet.width / 2


def sides(page: OutlinePage, sheet: Outline) -> list[list[Branch]]:
    """The branches on the left and on the right, in the order of work."""
    return [[one for one in page.branches if on_the_right(one, sheet) is right] for right in (False, True)]


def span(branch: Branch) -> tuple[float, float]:
    """Where a branch begins and ends from top to bottom."""
    rects = [branch.pill.rect, *(block.rect for block in leaf_blocks(branch))]
    return min(rect.y for rect in rects), max(rect.bottom for rect in rects)


def trunk_points(curve: Curve) -> list[tuple[float, float]]:
    """Points along the bent part of a trunk: M, L, C, L."""
    numbers = [float(number) for number in _NUMBER.findall(curve.path)]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert re.sub(r"[\d. -]", "", curve.path) == "MLCL"
    a, b, c, d = pairs[1:5]
    return [
        tuple(  # type: ignore[misc]
            a[axis] * (1 - t) ** 3
            + 3 * b[axis] * t * (1 - t) ** 2
            + 3 * c[axis] * t * t * (1 - t)
            + d[axis] * t**3
            for axis in (0, 1)
        )
        for t in (step / 40 for step in range(41))
    ]


# -- every text, in its place --------------------------------------------------------------------------


def test_no_two_texts_or_pills_or_the_centre_cover_each_other(made: Outline) -> None:
    for page in made.pages:
        inside = [page.title, *page.around]
        around = [block for block in text_blocks(page) if block not in inside]
        plates = [page.centre.rect, *(branch.pill.rect for branch in page.branches)]
        assert all(apart(one, other) for one, other in combinations(plates, 2))
        assert covered(around) == []
        for branch in page.branches:
            own = (branch.title, branch.step, branch.code)
            assert all(within(block.rect, branch.pill.rect) for block in own)
            others = [block for block in around if block not in own]
            assert all(apart(block.rect, branch.pill.rect) for block in others)
        assert all(apart(block.rect, page.centre.rect) for block in around)
        assert all(within(block.rect, page.centre.rect) for block in inside)
        assert all(apart(one.rect, other.rect) for one, other in combinations(inside, 2))


def test_everything_stands_inside_the_margins(made: Outline) -> None:
    margin = 4.2 * made.unit
    sheet = Rect(0, 0, made.width, made.height).inset(margin, margin, margin, 0)
    for page in made.pages:
        assert all(within(block.rect, sheet) for block in text_blocks(page))
        assert all(within(branch.pill.rect, sheet) for branch in page.branches)
        lowest = max(span(branch)[1] for branch in page.branches)
        assert lowest < min(block.rect.y for block in (*page.footer, *page.fields))


@pytest.mark.parametrize("name", ["fr-premier-jet", VERY_FULL])
def test_every_text_of_the_document_is_there_once(name: str) -> None:
    sheet, _ = filled(name)
    document = sheet.document
    blocks = [block for page in sheet.pages for block in text_blocks(page)]
    said = [bare(block.text.plain) for block in blocks]
    ids = [block.text.id for block in blocks]
    assert len(ids) == len(set(ids))
    whole = [document.title, document.subtitle, document.attribution, *(one.value for one in document.fields)]
    for block in document.blocks:
        whole += [block.title, block.meaning, *block.questions, *entry_texts(block.items)]
    for text in whole:
        assert text is None or said[ids.index(text.id)] == bare(text.plain)
    for block in document.blocks:
        for given in block.lists:
            parts = [given.heading, *(item.text for item in given.items)]
            parts += [item.question for item in given.items if item.question]
            listed = "".join(
                one for one, id in zip(said, ids, strict=True) if id.startswith(f"{block.id}.lists")
            )
            assert all(listed.count(bare(part.plain)) >= 1 for part in parts)
            assert said[ids.index(f"{block.id}.code")] == bare(block.code)


def test_leaves_follow_in_their_order_towards_the_pill() -> None:
    sheet, _ = filled("en-fiddlewood")
    branch = sheet.pages[0].branches[0]
    roles = list(dict.fromkeys(block.role for block in leaf_blocks(branch)))
    meant = ["meaning_aside", "item", "nested", "question", "list"]
    assert roles == [f"outline_{role}" for role in meant]
    tops = [block.rect.y for block in leaf_blocks(branch)]
    assert tops == sorted(tops)
    nested = [block for block in leaf_blocks(branch) if block.role == "outline_nested"]
    (first, *_) = leaf_blocks(branch)
    assert all(
        block.rect.x > first.rect.x and block.rect.right == pytest.approx(first.rect.right)
        for block in nested
    )


def test_the_guide_shows_as_much_as_is_asked_for() -> None:
    def roles(guide: str, name: str = "en-fiddlewood") -> set[str]:
        page = filled(name, guide=guide)[0].pages[0]
        return {block.role for branch in page.branches for block in leaf_blocks(branch)}

    own = {"outline_item", "outline_nested"}
    assert roles("none") == own
    assert roles("questions") == own | {"outline_question"}
    assert (
        roles("full") == roles("auto") == own | {"outline_meaning_aside", "outline_question", "outline_list"}
    )
    empty = {block.role for branch in blank("en")[0].pages[0].branches for block in leaf_blocks(branch)}
    assert empty == {"outline_meaning", "outline_question", "outline_list"}


# -- the tree ------------------------------------------------------------------------------------------


def test_trunks_run_apart_from_the_centre_to_their_pills(made: Outline) -> None:
    for page in made.pages:
        for side in sides(page, made):
            points = [trunk_points(branch.trunk) for branch in side]
            for branch, path in zip(side, points, strict=True):
                pill = branch.pill.rect
                assert min(abs(path[-1][0] - edge) for edge in (pill.x, pill.right)) < 0.01
                assert path[-1][1] == pytest.approx(pill.y + pill.h / 2, abs=0.01)
                assert page.centre.rect.y < path[0][1] < page.centre.rect.bottom
            for upper, lower in pairwise(points):
                assert all(a[0] == b[0] and a[1] < b[1] for a, b in zip(upper, lower, strict=True))


def test_sides_are_balanced_and_in_the_order_of_work(made: Outline) -> None:
    numbers = {block.id: block.number for block in made.document.blocks}
    order = [branch.block for page in made.pages for branch in page.branches]
    assert list(dict.fromkeys(order)) == [block.id for block in made.document.blocks]
    assert [numbers[id] for id in order] == sorted(numbers[id] for id in order)
    for page in made.pages:
        heights = []
        for side in sides(page, made):
            spans = [span(branch) for branch in side]
            assert all(upper[1] < lower[0] for upper, lower in pairwise(spans))
            heights.append(sum(bottom - top for top, bottom in spans))
        tallest = max(bottom - top for top, bottom in map(span, page.branches))
        assert len(page.branches) == 1 or abs(heights[0] - heights[1]) <= tallest + 8 * made.unit
        middle = page.centre.rect.y + page.centre.rect.h / 2
        for side in sides(page, made):
            if side:
                assert (span(side[0])[0] + span(side[-1])[1]) / 2 == pytest.approx(middle, abs=0.01)


def test_the_first_side_is_where_reading_begins() -> None:
    for language, direction in (("en", "ltr"), ("fa", "rtl")):
        sheet, _ = blank(language)
        first, *_, last = sheet.pages[0].branches
        assert on_the_right(first, sheet) is (direction == "ltr")
        assert on_the_right(last, sheet) is (direction == "rtl")
    unmirrored, _ = blank("fa", mirror=False)
    assert on_the_right(unmirrored.pages[0].branches[0], unmirrored)


def test_right_to_left_is_the_mirror_image() -> None:
    sheets = [laid_out(resolved(short(3), language=language, guide="none"))[0] for language in ("en", "fa")]
    left, right = ([branch.pill.rect for branch in sheet.pages[0].branches] for sheet in sheets)
    assert len(left) == 9
    for one, other in zip(left, right, strict=True):
        assert (one.x, one.w) == pytest.approx((other.mirrored(420).x, other.w))
    for branch in sheets[1].pages[0].branches:
        aligned = {block.align for block in leaf_blocks(branch)}
        assert aligned == ({"end"} if on_the_right(branch, sheets[1]) else {"start"})


def test_a_code_keeps_its_direction_in_right_to_left() -> None:
    sheet, _ = blank("fa")
    branch = next(one for one in sheet.pages[0].branches if one.block == "revenue_streams")
    assert (branch.code.text.plain, branch.code.text.direction) == ("R$", "ltr")
    assert branch.step.text.plain == "گام\u00a0۵ ·"
    assert branch.code.rect.right < branch.step.rect.x
    middle = (branch.code.rect.x + branch.step.rect.right) / 2
    assert middle == pytest.approx(branch.pill.rect.x + branch.pill.rect.w / 2)


def test_each_leaf_hangs_on_a_twig_with_a_dot_beside_its_first_line(made: Outline) -> None:
    for branch in (branch for page in made.pages for branch in page.branches):
        curves = [twig for twig in branch.twigs if isinstance(twig, Curve)]
        dots = [twig.rect for twig in branch.twigs if isinstance(twig, Plate)]
        leaves = [leaf_blocks(replace(branch, leaves=(leaf,))) for leaf in branch.leaves]
        assert len(curves) >= len([leaf for leaf in leaves if leaf])
        assert len(dots) >= len(curves)
        for first, *_ in leaves:
            beside = [dot for dot in dots if first.rect.y < dot.y + dot.h / 2 < first.rect.y + first.size * 2]
            assert len(beside) == 1
            assert apart(beside[0], first.rect)


def test_pages_too_narrow_for_texts_beside_pills_have_them_below() -> None:
    for page, below in (("a3", False), ("letter", False), ("300x300mm", True)):
        sheet, _ = blank("en", page=page)
        branch = sheet.pages[0].branches[0]
        assert (leaf_blocks(branch)[0].rect.y > branch.pill.rect.bottom) is below


# -- how large, and how many pages ---------------------------------------------------------------------


def leaf_sizes(sheet: Outline) -> set[float]:
    return {block.size for page in sheet.pages for branch in page.branches for block in leaf_blocks(branch)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_map_with_the_full_guide_is_one_legible_page(language: str) -> None:
    sheet, found = blank(language)
    (size,) = leaf_sizes(sheet)
    assert len(sheet.pages) == 1
    assert found == ()
    assert size / MM_PER_PT >= (6.5 if language == "fa" else 6.0)


@pytest.mark.parametrize("name", TYPICAL)
def test_a_typical_canvas_with_the_full_guide_is_one_legible_page(name: str) -> None:
    sheet, found = filled(name)
    (size,) = leaf_sizes(sheet)
    assert len(sheet.pages) == 1
    assert found == ()
    assert size / MM_PER_PT >= (6.5 if sheet.document.language == "fa" else 6.0)


def test_sizes_grow_with_the_page_and_with_the_room() -> None:
    (a3,), (a0,) = leaf_sizes(blank("en")[0]), leaf_sizes(blank("en", page="a0")[0])
    assert a0 / a3 == pytest.approx(841 / 297, rel=0.01)
    (roomy,) = leaf_sizes(blank("en", guide="questions")[0])
    assert a3 < roomy == pytest.approx(1.08 * 2.97)
    assert min(leaf_sizes(filled("en-fiddlewood", page="a4")[0])) / MM_PER_PT >= 5.5 - 1e-6


def test_glosses_go_before_a_second_page_comes() -> None:
    gloss = "takes a whole task off the customer"
    said = {
        count: [
            any(gloss in block.text.plain.replace("\n", " ") for block in text_blocks(page))
            for page in sheet.pages
        ]
        for count in (1, 6, 9)
        for sheet in [laid_out(resolved(short(count)))[0]]
    }
    assert said[1] == [True]
    assert said[6] == [False]
    assert sorted(said[9]) == [False, True]


def test_what_is_too_full_goes_on_by_branches_and_says_so() -> None:
    sheet, (found,) = filled(VERY_FULL)
    first, *others = sheet.pages
    assert (found.severity, found.code) == ("warning", "overflow")
    assert f"after step {len(first.branches)} " in found.message
    assert "on pages 2 to 3" in found.message
    assert first.title.text.plain.replace("\n", " ") == sheet.document.title.plain
    for number, page in enumerate(others, start=2):
        assert page.title.text.plain.replace("\n", " ") == f"{sheet.document.title.plain} (Fortsetzung)"
        assert page.fields == ()
        assert page.footer[-1].text.plain == f"Seite\u00a0{number} von\u00a03"
    _, (failed,) = laid_out(replace(example(VERY_FULL), layout="outline", overflow="fail"))
    assert failed.severity == "error"


def test_only_the_last_page_may_hold_a_single_branch() -> None:
    assert [len(page.branches) for page in many("fa", 21)[0].pages] == [2, 2, 2, 2, 1]


def test_a_block_higher_than_a_page_goes_on_in_parts() -> None:
    items = tuple(Item(f"Item {index}", items=(Item("one nested"),)) for index in range(50))
    canvas = Canvas("A title", blocks={"channels": Block(items)})
    sheet, _ = laid_out(resolved(canvas, guide="none", page="a4"))
    parts = [branch for page in sheet.pages for branch in page.branches if branch.block == "channels"]
    assert [part.title.text.plain for part in parts] == ["Channels", "Channels (2/2)"]
    first, second = ([block.text.plain for block in leaf_blocks(part)] for part in parts)
    assert [*first, *second] == [text for index in range(50) for text in (f"Item {index}", "one nested")]
    assert abs(len(first) - len(second)) <= 4
    assert second[0].startswith("Item")


def test_a_page_too_small_for_a_paragraph_is_an_error_that_says_what_helps() -> None:
    canvas = Canvas("A title", blocks={"channels": Block((Item("many words " * 180),))})
    with pytest.raises(LimitError) as caught:
        laid_out(resolved(canvas, page="100x100mm"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("page-too-small", "choose a larger page (--page-size a3)")


# -- centre and foot -----------------------------------------------------------------------------------


def test_the_centre_says_the_title_and_in_small_what_kind_of_canvas_it_is() -> None:
    page = filled("en-fiddlewood")[0].pages[0]
    kind, subtitle = page.around
    assert page.title.text.plain == "Fiddlewood"
    assert kind.text.plain == "Business Model Canvas"
    assert kind.rect.bottom < page.title.rect.y < subtitle.rect.y
    assert kind.size < subtitle.size < page.title.size
    assert blank("en")[0].pages[0].around == ()


def test_a_long_title_makes_the_centre_higher() -> None:
    title = " ".join(["A title that goes on"] * 10)[:200]
    sheet, _ = laid_out(resolved(Canvas(title, subtitle="and on " * 70)))
    page = sheet.pages[0]
    assert page.centre.rect.h > 9.2 * sheet.unit
    assert all(within(block.rect, page.centre.rect) for block in (page.title, *page.around))


def test_a_logo_stands_above_the_centre_clear_of_the_trunks() -> None:
    document = replace(example("en-fiddlewood"), layout="outline", logo=Image(b"", "image/png", 400, 100))
    page = laid_out(document)[0].pages[0]
    assert page.logo is not None
    assert page.logo.w / page.logo.h == pytest.approx(4)
    assert page.logo.bottom < page.centre.rect.y
    for branch in page.branches:
        assert all(not page.logo.x <= x <= page.logo.right for x, _ in trunk_points(branch.trunk))


def test_fields_stand_in_the_last_line_where_they_fit_else_above_it() -> None:
    for options, beside in (({}, True), ({"orientation": "portrait"}, False)):
        page = filled("fa-khaknegar", **options)[0].pages[0]
        attribution = page.footer[0].rect
        assert len(page.fields) == 8
        lowest = max(block.rect.bottom for block in page.fields)
        assert (lowest == pytest.approx(attribution.bottom)) is beside
        assert beside or lowest < attribution.y


# -- drawn ---------------------------------------------------------------------------------------------


def test_the_drawing_holds_every_pill_in_the_colour_of_its_group_and_no_text() -> None:
    sheet, _ = blank("en")
    svg = drawing_svg(sheet, 1).decode()
    groups = sheet.document.theme.tokens["groups"]
    pills = re.findall(r'height="13\.0680" rx="2\.6730" fill="(#\w+)"', svg)
    assert sorted(pills) == sorted(groups[block.group] for block in KIND.blocks.values())
    assert 'width="420mm" height="297mm" viewBox="0 0 420 297"' in svg
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "path", "rect"}


@pytest.mark.xdist_group("worker")
@pytest.mark.parametrize("name", ["fa-khaknegar", VERY_FULL])
def test_an_outline_is_drawn_whole_tagged_and_in_the_order_of_work(name: str) -> None:
    sheet, _ = filled(name)
    canvas = example(name)
    result = render(job_of(name))
    assert result.ok
    pages = pdf_reading.pages(result.outputs["pdf"])
    assert len(pages) == len(sheet.pages)
    headings = [element for page in pages for element in page.tree.all("H2")]
    assert len(headings) == len(canvas.blocks) == 9
    for seen, page in zip(pages, sheet.pages, strict=True):
        expected = "".join(block.text.plain for block in text_blocks(page))
        assert sorted(filter(str.isalnum, seen.text)) == sorted(filter(str.isalnum, expected))
        assert [element.type for element in seen.tree.all("H1", "H2")] == ["H1"] + ["H2"] * len(page.branches)
        assert next(seen.tree.all("L"), None) is not None
        assert next(seen.tree.all("Figure"), None) is None


def job_of(name: str) -> Any:
    from canvases import written

    return replace(job(written(name)), options=Options(layout="outline"))
