"""How plain data becomes a canvas, and how each mistake is told: its place, its name, its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmcrender import limits
from bmcrender.errors import CanvasError, Diagnostic, UsageError
from bmcrender.load import loaded
from bmcrender.model import Block, Canvas, Item
from bmcrender.resources import library
from bmcrender.source import Source
from bmcrender.validate import (
    canvas,
    kind_id,
    located,
    missing_glyphs,
    theme_tokens,
    with_defaults,
    with_settings,
)

HERE = Path(__file__).parent
KIND = library().kind("bmc")


def source(text: str, file: str = "canvas.yaml") -> Source:
    return loaded(text.encode(), file)


def read(text: str) -> Canvas:
    return canvas(source(text), KIND)[0]


def warned(text: str) -> tuple[Diagnostic, ...]:
    return canvas(source(text), KIND)[1]


def faults(given: Source | str) -> tuple[Diagnostic, ...]:
    with pytest.raises(CanvasError) as caught:
        canvas(source(given) if isinstance(given, str) else given, KIND)
    return caught.value.diagnostics


def told(found: Diagnostic) -> str:
    return f"{found.line}:{found.column} {found.code} {found.message}; {found.hint}".removesuffix("; ")


# -- limits -------------------------------------------------------------------------------------------


def test_a_canvas_of_too_many_characters_is_refused() -> None:
    item = "    - " + "night bread " * 160 + "\n"
    ids = list(KIND.blocks)[:4]
    found = faults("title: x\nblocks:\n" + "".join(f"  {id}:\n" + item * 8 for id in ids))
    assert [one.code for one in found] == ["canvas-too-long"]
    assert f"{limits.TOTAL_CHARACTERS:,}" in found[0].message


# -- right files -------------------------------------------------------------------------------------


def test_every_example_is_valid_without_a_warning() -> None:
    examples = sorted((HERE.parent / "examples").glob("*.yaml"))
    assert len(examples) >= 5
    for file in examples:
        assert canvas(loaded(file.read_bytes(), file.name), KIND)[1] == ()


def test_texts_are_taken_exactly_as_written() -> None:
    found = read(
        "title: 2024\nversion: 1.10\ndate: 2024-01-01\nsubtitle: no\nfooter: 0x10\norganization: 1_000\n"
        "authors: [014, true]\nblocks:\n  channels: 12:30\n"
        "  key_partners: [1.50, yes, {text: 007, note: 1e3}]\n"
    )
    assert (found.title, found.version, found.date, found.subtitle) == ("2024", "1.10", "2024-01-01", "no")
    assert (found.footer, found.organization, found.authors) == ("0x10", "1_000", ("014", "true"))
    assert found.blocks["channels"] == Block((Item("12:30"),))
    assert found.blocks["key_partners"].items == (Item("1.50"), Item("yes"), Item("007", "1e3"))


def test_no_break_spaces_and_joiners_stay_in_texts() -> None:
    found = read('title: "\\u00A0کسب\\u200cوکار\\u202F"\nblocks: {channels: ["\\u00A0x\\u00A0"]}\n')
    assert found.title == "\u00a0کسب\u200cوکار\u202f"
    assert found.blocks["channels"].items[0].text == "\u00a0x\u00a0"


def test_a_block_may_be_nothing_a_text_a_list_or_a_mapping() -> None:
    found = read(
        "title: x\nblocks:\n  channels:\n  key_partners: []\n  key_resources: Ofen\n  key_activities: {}\n"
        "  cost_structure:\n    title: Kosten\n    items: [a, {text: b, items: [c, {text: d, items: [e]}]}]\n"
        "    questions: [Wie viel?]\n    notes: Zahlen zeigen.\n  revenue_streams: {items: , notes: }\n"
    )
    assert "channels" not in found.blocks
    assert found.blocks["key_partners"] == found.blocks["key_activities"] == Block()
    assert found.blocks["revenue_streams"] == Block()
    assert found.blocks["key_resources"].items == (Item("Ofen"),)
    assert found.blocks["cost_structure"] == Block(
        (Item("a"), Item("b", items=(Item("c"), Item("d", items=(Item("e"),))))),
        "Kosten",
        ("Wie viel?",),
        "Zahlen zeigen.",
    )


def test_a_title_is_all_that_a_canvas_needs() -> None:
    assert read("title: x\n") == Canvas("x")


def test_settings_of_a_canvas_are_read() -> None:
    found = read(
        "title: x\nformat: 1\nkind: bmc\nlanguage: fa\nauthors: Mina\nlogo: bilder/logo.PNG\n"
        "theme: {name: dark, tokens: {accent: '#0b6e4f'}}\n"
        "render: {page: A3, mirror: false, calendar: both}\n"
    )
    assert (found.language, found.authors, found.logo) == ("fa", ("Mina",), "bilder/logo.PNG")
    assert (found.theme, found.theme_tokens) == ("dark", {"accent": "#0b6e4f"})
    assert found.render == {"page": "A3", "mirror": False, "calendar": "both"}
    assert read("title: x\ntheme: dark\n").theme == "dark"


@pytest.mark.parametrize("page", ["a4", "A0", "letter", "Tabloid", "600x400mm", "210.5x99mm"])
def test_page_sizes_are_names_or_millimetres(page: str) -> None:
    assert read(f"title: x\nrender: {{page: {page}}}\n").render["page"] == page


@pytest.mark.parametrize("tag", ["en", "fa", "de-CH", "zh-Hans-CN", "pt-BR", "fil", "no"])
def test_language_tags_are_bcp_47(tag: str) -> None:
    assert read(f"title: x\nlanguage: {tag}\n").language == tag


# -- warnings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\ndate: 2024-13-45\n", "2:7 odd-date"),
        ("title: x\nblocks:\n  channels:\n    - We are #1 in town\n", "4:14 cut-by-comment"),
        ("title: x\nblocks:\n  channels:\n    - Läden\n      - Altstadt\n", "5:7 swallowed-item"),
    ],
)
def test_what_is_allowed_but_not_meant_is_a_warning(text: str, expected: str) -> None:
    (found,) = warned(text)
    assert found.severity == "warning"
    assert told(found).startswith(expected + " ")


def test_comments_and_folded_lines_are_no_warning() -> None:
    assert not warned("title: x # a comment\nblocks:\n  channels:\n    - a\n      b # c\n    - c #### d\n")
    assert not warned("title: Bread - at night\nsubtitle: C# developers\nfooter: 'we are #1'\n")


# -- settings from elsewhere -------------------------------------------------------------------------


def test_a_setting_wins_over_the_canvas() -> None:
    given = source("title: x\ntheme: classic\nblocks: {channels: [a, b]}\n")
    settings = [
        ("title", "y: z"),
        ("theme.tokens.accent", "#0b6e4f"),
        ("blocks.channels.1", "1.10"),
        ("blocks.channels.2", "c"),
        ("render.mirror", "false"),
        ("authors.0", "Mina"),
    ]
    found, _ = canvas(with_settings(given, settings), KIND)
    assert (found.title, found.theme, found.theme_tokens) == ("y: z", "classic", {"accent": "#0b6e4f"})
    assert found.blocks["channels"].items == (Item("a"), Item("1.10"), Item("c"))
    assert found.render == {"mirror": False}
    assert found.authors == ("Mina",)
    assert given.data["title"] == "x"


def test_findings_about_a_setting_name_the_option() -> None:
    given = with_settings(source("title: x\n"), [("render.layout", "postr"), ("colour", "red")])
    found = faults(given)
    assert {one.file for one in found} == {"--set render.layout=postr", "--set colour=red"}
    assert all(one.line == 0 and not one.source for one in found)


def test_a_setting_heals_the_value_that_it_replaces() -> None:
    assert (
        canvas(with_settings(source("title: x\nlanguage: 7\n"), [("language", "fa")]), KIND)[0].language
        == "fa"
    )


@pytest.mark.parametrize("key", ["", ".", "a..b", "authors.5", "blocks.channels.x"])
def test_a_setting_without_a_place_is_a_usage_error(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_settings(source("title: x\nauthors: [a]\nblocks: {channels: [a]}\n"), [(key, "v")])
    assert caught.value.diagnostics[0].code == "bad-setting"


def test_a_setting_that_makes_keys_of_a_text_is_told_by_its_option() -> None:
    (found,) = faults(with_settings(source("title: x\n"), [("title.x", "b")]))
    assert (found.file, found.line, found.code) == ("--set title.x=b", 0, "wrong-type")
    given = with_settings(source("title: x\nauthors: 12\n"), [("authors.1", "b")])
    assert canvas(given, KIND)[0].authors == ("12", "b")


@pytest.mark.parametrize("value", ["[a", "[a, b]", "{a: b}"])
def test_a_setting_is_no_list_and_no_mapping(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_settings(source("title: x\n"), [("blocks.channels", value)])
    (found,) = caught.value.diagnostics
    assert (found.code, found.file) == ("bad-setting", f"--set blocks.channels={value}")


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("'[a]'", "[a]"),
        ('"12"', "12"),
        ("12", "12"),
        ("'a' or 'b'", "'a' or 'b'"),
        ("'", "'"),
        ("''a", "''a"),
    ],
)
def test_a_setting_in_quotes_is_text(value: str, title: str) -> None:
    assert canvas(with_settings(source("title: x\n"), [("title", value)]), KIND)[0].title == title


def test_a_setting_holds_no_forbidden_character() -> None:
    with pytest.raises(UsageError) as caught:
        with_settings(source("title: x\n"), [("title", "a\x00b")])
    assert caught.value.diagnostics[0].code == "forbidden-character"


def test_a_project_file_lies_under_the_canvas() -> None:
    project = source("language: fa\ntheme: dark\nrender: {page: a1, layout: postr}\n", "bmcrender.yaml")
    found, _ = canvas(
        with_defaults(source("title: x\ntheme: print\nrender: {layout: poster}\n"), project), KIND
    )
    assert (found.language, found.theme) == ("fa", "print")
    assert found.render == {"page": "a1", "layout": "poster"}
    (fault,) = faults(with_defaults(source("title: x\n"), project))
    assert (fault.file, fault.line, fault.column) == ("bmcrender.yaml", 3, 28)


# -- names and colours -------------------------------------------------------------------------------


def test_an_unknown_kind_is_told_at_its_place() -> None:
    given = source("title: x\nkind: bmcc\n")
    assert kind_id(given) == "bmcc"
    with pytest.raises(UsageError) as caught:
        library().kind(kind_id(given))
    (found,) = located(given, ("kind",), caught.value).diagnostics
    assert told(found) == '2:7 unknown-kind there is no kind "bmcc"; did you mean "bmc"?'
    assert found.source == "kind: bmcc"


@pytest.mark.parametrize("text", ["title: x\n", "title: x\nkind: [a]\n", "title: x\nkind:\n"])
def test_a_canvas_without_a_kind_is_a_business_model(text: str) -> None:
    assert kind_id(source(text)) == "bmc"


def test_colours_must_be_the_themes() -> None:
    given = source(
        "title: x\ntheme:\n  name: classic\n  tokens:\n    accent: '#0b6e4f'\n    acent: '#0b6e4f'\n"
    )
    (found,) = theme_tokens(given, canvas(given, KIND)[0], library().theme("classic"))
    assert told(found) == '6:5 unknown-color the theme classic has no colour "acent"; did you mean "accent"?'


# -- glyphs ------------------------------------------------------------------------------------------


def latin_only(character: str) -> bool:
    return character < "\u0250" or character in "\u200c\u200d\ufe0f"


def test_a_missing_glyph_is_told_where_it_stands() -> None:
    given = source(
        "title: Bread\nblocks:\n  channels:\n    - at ☕ and ☕ we\n    - 'it''s 火'\n"
        "    - |\n      a\n      b 火\n"
    )
    found = missing_glyphs(given, latin_only)
    assert [(one.line, one.column) for one in found] == [(4, 10), (5, 14), (8, 9)]
    assert "U+2615 HOT BEVERAGE" in found[0].message
    assert "--font-path" in found[0].hint
    assert "--missing-glyphs warn" in found[0].hint


def test_an_escaped_missing_glyph_is_told_at_its_text() -> None:
    (found,) = missing_glyphs(source('title: "ab \\u706b"\n'), latin_only, "warning")
    assert (found.line, found.column, found.severity) == (1, 8, "warning")


def test_white_space_joiners_composed_letters_and_targets_of_links_need_no_glyph() -> None:
    assert not missing_glyphs(source("title: a\u200cb\u3000\u00a0c\ufe0f\n"), latin_only)
    assert not missing_glyphs(source("title: Cafe\u0301\n"), latin_only)
    assert not missing_glyphs(source("title: x\nblocks: {channels: ['[a](https://例え.jp)']}\n"), latin_only)
    assert not missing_glyphs(source("title: x\nlogo: 例.png\nrender: {layout: 例}\n"), latin_only)


def test_the_bundled_fonts_draw_the_examples() -> None:
    covers = library().font_set().covers
    for file in sorted((HERE.parent / "examples").glob("*.yaml")):
        assert missing_glyphs(loaded(file.read_bytes(), file.name), covers) == ()


# -- anything at all ---------------------------------------------------------------------------------

scalar = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10)
anything = st.recursive(
    scalar,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)
keys = st.sampled_from(
    ["title", "blocks", "theme", "render", "authors", "logo", "date", "kind", "channels", "items"]
)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        keys, anything | st.dictionaries(keys | st.sampled_from(list(KIND.blocks)), anything, max_size=3)
    )
    | st.fixed_dictionaries({"title": st.text(max_size=9)}, optional={"date": anything})
)
def test_any_data_is_a_canvas_or_has_located_faults(data: dict[str, object]) -> None:
    import json

    text = json.dumps(data, ensure_ascii=True).encode()
    try:
        given = loaded(text, "f")
    except CanvasError:
        return
    try:
        found, _ = canvas(given, KIND)
    except CanvasError as error:
        assert error.diagnostics
        assert all(one.line >= 1 and one.column >= 1 for one in error.diagnostics)
    else:
        assert found.title
