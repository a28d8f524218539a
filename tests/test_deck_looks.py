"""What every theme's deck promises: its own look, everything in its place, every text easy to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from canvases import KIND, VERY_FULL, crowded, example, short
from deck_checks import (
    bare,
    dead_links,
    outside,
    overlapping_texts,
    placed,
    shown_items,
    slide_measurer,
    slides_of,
    texts,
    too_full,
)

from bmcrender.checking import checked
from bmcrender.contrast import LEAST, contrast
from bmcrender.document import Document
from bmcrender.layout.deck import deck
from bmcrender.layout.deck.gauge import Gauge
from bmcrender.model import Canvas, Job, Options
from bmcrender.resolve import document as resolve
from bmcrender.resources import library
from bmcrender.slides import Deck, Layout, Paragraph, Shape, Slide

THEMES = ("classic", "modern", "minimal", "dark", "workshop", "print")
LONG_NAMES = Canvas(
    "Long names",
    organization="Donaudampfschifffahrtsgesellschaft Ober- und Niederösterreich",
    authors=("Maximiliane Freifrau von und zu Hohenlohe-Langenburg", "Bartholomäus Oberbürgermeistersdorfer"),
    date="2026-05-01",
    version="2026.05.01-entwurf",
    language="de",
)


def dressed(given: Canvas, theme: str, **options) -> Document:
    language, _ = library().language(options.get("language") or given.language, KIND)
    return resolve(given, KIND, language, library().theme(theme), Options(**options))


DOCUMENTS = {
    "en": lambda theme: example("en-markdown", Options(theme=theme)),
    "fa": lambda theme: example("fa-khaknegar", Options(theme=theme)),
    "very full": lambda theme: example(VERY_FULL, Options(theme=theme)),
    "crowded fa": lambda theme: dressed(crowded("fa", 14), theme),
    "blank fr": lambda theme: dressed(Canvas("Vide", language="fr"), theme, guide="full"),
    "long names": lambda theme: dressed(LONG_NAMES, theme),
    "few": lambda theme: dressed(short(3), theme, guide="none"),
}
EVERY = pytest.mark.parametrize("theme", THEMES)
EACH = pytest.mark.parametrize("name", DOCUMENTS)


@cache
def made(name: str, theme: str) -> tuple[Document, Deck]:
    document = DOCUMENTS[name](theme)
    return document, deck(document, slide_measurer())


def blocks(whole: Deck) -> Iterator[Slide]:
    return (slide for slide in whole.slides if slide.role == "block")


def layout_of(whole: Deck, slide: Slide) -> Layout:
    (found,) = [layout for layout in whole.layouts if layout.name == slide.layout]
    return found


# -- what no look may break ------------------------------------------------------------------------------


@EVERY
@EACH
def test_everything_is_there_fits_and_covers_nothing(name, theme):
    document, whole = made(name, theme)
    for shown, own in shown_items(document, whole):
        assert shown == own
    assert list(too_full(document, whole)) == []
    assert dead_links(whole) == []
    for slide in whole.slides:
        assert overlapping_texts(slide) == [], slide.id
        assert layout_of(whole, slide).role == slide.role
        assert outside(whole, slide) == [], slide.id


@EVERY
@EACH
def test_every_text_has_contrast_enough_to_the_fill_of_its_shape(name, theme):
    _, whole = made(name, theme)
    for slide in whole.slides:
        ground = layout_of(whole, slide).background
        for shape in slide.shapes:
            for paragraph in shape.paragraphs:
                pair = whole.colors[paragraph.color], whole.colors[shape.fill or ground]
                assert contrast(*pair) >= LEAST, (slide.id, shape.name, paragraph.color, shape.fill)


@EVERY
def test_texts_of_layouts_have_contrast_too(theme):
    _, whole = made("en", theme)
    for layout in whole.layouts:
        for shape in layout.placeholders:
            for one in shape.paragraphs:
                assert (
                    contrast(whole.colors[one.color], whole.colors[shape.fill or layout.background]) >= LEAST
                )


@EVERY
@EACH
def test_items_are_at_least_twelve_points_and_those_of_the_overview_eight(name, theme):
    _, whole = made(name, theme)
    for slide in whole.slides:
        for shape in slide.shapes:
            small = {"block": 12, "overview": 8}.get(slide.role, 0)
            if shape.placeholder in ("items", "questions") or shape.name.startswith("Card") or shape.link:
                least = 8 if shape.name == texts(shape) else small
                assert min((one.size_pt for one in shape.paragraphs), default=99) >= least, shape.name


@EVERY
def test_a_right_to_left_deck_is_mirrored(theme):
    left = deck(dressed(short(3), theme), slide_measurer())
    right = deck(dressed(short(3), theme, language="fa"), slide_measurer())
    for one, other in zip(left.layouts, right.layouts, strict=True):
        places = {round(left.width - shape.rect.right, 3) for shape in one.decoration}
        assert {round(shape.rect.x, 3) for shape in other.decoration} == places
    for one, other in zip(left.slides, right.slides, strict=True):
        for shape, twin in zip(one.shapes, other.shapes, strict=True):
            assert twin.rect.x == pytest.approx(left.width - shape.rect.right), shape.name


@EVERY
def test_a_name_is_not_broken_in_a_field_of_the_opening(theme):
    document, whole = made("long names", theme)
    gauge = Gauge(document, slide_measurer(), whole.fonts)
    opening = whole.slides[0]
    for field in document.fields:
        (shape,) = [shape for shape in opening.shapes if shape.name == field.label.plain]
        assert bare(shape.paragraphs[1].text.plain) == bare(field.value.plain)
        assert gauge.words_fit(shape.paragraphs, shape.rect.w, 0.01)
        assert shape.paragraphs[1].size_pt >= 8


def test_each_of_several_names_stays_on_one_line():
    whole = made("en", "classic")[1]
    shown = "\n".join(texts(shape) for shape in whole.slides[0].shapes)
    assert "Priya\u00a0Raman, Joel\u00a0Castellanos" in shown


# -- the looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "apart"), [("classic", 1), ("minimal", 1), ("print", 1), ("modern", 4), ("dark", 4)]
)
def test_there_is_a_layout_for_each_group_where_a_theme_tells_them_apart(theme, apart):
    document, whole = made("en", theme)
    own = [layout.name for layout in whole.layouts if layout.role == "block"]
    assert len(own) == apart
    groups = {
        slide.id: next(b.group for b in document.blocks if b.id == slide.id.split(".")[0])
        for slide in blocks(whole)
    }
    if apart > 1:
        assert all(slide.layout == f"BMC Block {groups[slide.id]}" for slide in blocks(whole))
    else:
        assert own == ["BMC Block"]


def test_modern_has_a_band_in_the_colour_of_the_group_and_white_words_on_it():
    document, whole = made("en", "modern")
    for block in document.blocks:
        slide = slides_of(whole, block.id)[0]
        (band,) = [shape for shape in layout_of(whole, slide).decoration if shape.name == "Band"]
        assert (band.rect.x, band.rect.y, band.rect.w, band.rect.h) == (0, 0, whole.width, 45)
        assert band.fill == block.group
        for place in ("title", "eyebrow"):
            shape = placed(slide, place)
            assert shape.fill == block.group
            assert {one.color for one in shape.paragraphs} == {"on_band"}
        assert placed(slide, "questions").fill == f"{block.group}_tint"
        (locator,) = [shape for shape in slide.shapes if shape.name == "Locator"]
        assert contrast(whole.colors[locator.fill], whole.colors[block.group]) >= LEAST


def test_dark_has_a_rule_in_the_colour_of_the_group_on_a_dark_ground():
    document, whole = made("en", "dark")
    assert all(contrast(whole.colors[layout.background], "#ffffff") > 15 for layout in whole.layouts)
    for block in document.blocks:
        (rule,) = [
            one for one in layout_of(whole, slides_of(whole, block.id)[0]).decoration if one.name == "Rule"
        ]
        assert rule.line == block.group


def test_minimal_has_no_panel_but_a_line_and_titles_that_are_not_bold():
    _, whole = made("en", "minimal")
    for slide in blocks(whole):
        panel, items = placed(slide, "questions"), placed(slide, "items")
        assert (panel.fill, panel.line) == ("", "")
        (divider,) = [shape for shape in slide.shapes if shape.name == "Divider"]
        assert items.rect.right < divider.rect.x < panel.rect.x
        assert divider.decorative
        assert not placed(slide, "title").paragraphs[0].bold
    assert placed(whole.slides[0], "title").rect.x > made("en", "classic")[1].slides[0].shapes[0].rect.x


def test_print_saves_ink():
    _, whole = made("en", "print")
    assert {whole.colors[layout.background] for layout in whole.layouts} == {"#ffffff"}
    filled = {shape.fill for slide in whole.slides for shape in slide.shapes if shape.fill} - {"accent"}
    assert {whole.colors[fill] for fill in filled} == {"#ffffff"}


def test_workshop_sets_up_to_six_items_as_cards_in_the_colour_of_the_group():
    document, whole = made("fa", "workshop")
    for block in document.blocks:
        slide = slides_of(whole, block.id)[0]
        cards = [shape for shape in slide.shapes if shape.name.startswith("Card")]
        assert len(cards) == len(block.items) <= 6
        assert {shape.fill for shape in cards} == {f"{block.group}_note"}
        assert not any(shape.placeholder == "items" for shape in slide.shapes)
        assert [shape.paragraphs[0].text for shape in cards] == [item.paragraphs[0] for item in block.items]
        assert max(card.rect.right for card in cards) > whole.width - 20  # right to left: the first is there


def test_workshop_sets_more_items_as_a_list():
    document = dressed(short(7), "workshop")
    for slide in blocks(deck(document, slide_measurer())):
        assert len(placed(slide, "items").paragraphs) == 7
        assert not any(shape.name.startswith("Card") for shape in slide.shapes)


def test_cards_too_full_for_the_slide_become_a_list():
    document = dressed(short(6, text="word " * 60), "workshop")
    for slide in blocks(deck(document, slide_measurer())):
        assert placed(slide, "items").paragraphs


def test_headings_are_measured_and_set_in_a_family_of_their_own():
    document, whole = made("fa", "workshop")
    assert (whole.fonts["heading_cs"], whole.fonts["cs"]) == ("Lalezar", "Vazirmatn")
    title = placed(next(blocks(whole)), "title").paragraphs[0]
    assert title.heading
    assert not title.bold  # Lalezar has no bold
    gauge = Gauge(document, slide_measurer(), whole.fonts)

    def widest(one: Paragraph) -> int:
        return next(width for width in range(2, 200) if gauge.words_fit((one,), width, 0.01))

    sample = replace(title, size_pt=60.0)
    assert widest(sample) != widest(replace(sample, heading=False))
    assert "heading_latin" not in made("en", "workshop")[1].fonts


@EVERY
def test_boxes_of_the_overview_fill_its_canvas_but_for_the_gaps(theme):
    document, whole = made("en", theme)
    given = document.theme.tokens["deck"]["overview"]
    drawn: dict[str, list[Shape]] = {}
    for shape in whole.slides[1].shapes:
        if shape.link:
            drawn.setdefault(shape.link, []).append(shape)
    assert list(drawn) == list(KIND.blocks)
    for link, shapes in drawn.items():
        block = next(block for block in document.blocks if block.id == link)
        assert texts(shapes[0]).startswith(block.title.plain)
        assert len(shapes) == (2 if given["headline"]["height"] else 1)
        assert (
            shapes[-1].rect.x + shapes[-1].rect.w
            <= whole.width - document.theme.tokens["deck"]["margin"] + 1e-6
        )


# -- slides of the user's choice ---------------------------------------------------------------------------


def roles(deck_slides: str) -> list[str]:
    document = example("en-fiddlewood", Options(deck=deck_slides))
    whole = deck(document, slide_measurer())
    assert dead_links(whole) == []
    return [slide.role for slide in whole.slides]


def test_a_deck_has_the_slides_that_are_asked_for():
    assert roles("full") == ["opening", "overview", *["block"] * 9, "closing"]
    assert roles("overview") == ["opening", "overview", "closing"]
    assert roles("blocks") == ["opening", *["block"] * 9, "closing"]


def test_without_an_overview_nothing_speaks_of_the_way_back():
    document = example("en-fiddlewood", Options(deck="blocks"))
    whole = deck(document, slide_measurer())
    assert not any(shape.link or shape.tooltip for slide in whole.slides for shape in slide.shapes)
    assert document.label("back_to_overview") not in "\n".join(
        texts(s) for slide in whole.slides for s in slide.shapes
    )


def test_the_canvas_may_choose_the_slides_and_the_option_wins():
    text = b"title: A\nrender: {deck: overview}\n"
    chosen = checked(Job(text)).document
    assert chosen is not None
    assert chosen.deck == "overview"
    other = checked(Job(text, options=Options(deck="blocks"))).document
    assert other is not None
    assert other.deck == "blocks"
    (wrong,) = checked(Job(b"title: A\nrender: {deck: all}\n")).diagnostics
    assert (wrong.line, wrong.column) == (2, 16)


def test_every_block_slide_leads_back_in_words():
    document, whole = made("fa", "modern")
    for slide in blocks(whole):
        (back,) = [shape for shape in slide.shapes if texts(shape) == document.label("back_to_overview")]
        assert (back.link, back.placeholder) == ("overview", "")
        assert back.paragraphs[0].align == "end"


@pytest.mark.parametrize("chosen", ["full", "blocks", "overview"])
def test_sections_hold_every_slide_once_under_names_of_their_own(chosen):
    for tag in ("en", "fa", "de", "fr", "es"):
        whole = deck(dressed(replace(short(1), language=tag), "classic", deck=chosen), slide_measurer())
        held = [name for section in whole.sections for name in section.slides]
        assert held == [slide.id for slide in whole.slides]
        names = [section.name for section in whole.sections]
        assert len(set(names)) == len(names) == (2 if chosen == "overview" else 3)
        assert not {name.lower() for name in names} & {"default section", ""}


def test_a_section_layout_is_offered_and_used_by_no_slide():
    for theme in THEMES:
        whole = made("en", theme)[1]
        (section,) = [layout for layout in whole.layouts if layout.role == "section"]
        assert {shape.placeholder for shape in section.placeholders} == {"title", "subtitle"}
        assert all(slide.layout != section.name for slide in whole.slides)


def test_a_page_that_stands_upright_changes_nothing_on_slides():
    lying = deck(example("en-fiddlewood"), slide_measurer())
    upright = deck(example("en-fiddlewood", Options(orientation="portrait", page="a4")), slide_measurer())
    assert upright.slides == lying.slides
    assert upright.layouts == lying.layouts
