"""Kinds, languages, themes and fonts: found, read, complete, and never outside their folders."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bmcrender.errors import BmcrenderError, CanvasError, UsageError
from bmcrender.load import loaded
from bmcrender.model import Language
from bmcrender.resources import Library, library
from bmcrender.starter import starter
from bmcrender.validate import canvas
from bmcrender.validate.packs import checked_pack

ROOT = Path(__file__).parent.parent
PACKS = sorted(path.parent.name for path in (ROOT / "bmcrender/languages").glob("*/common.yaml"))
BMC = library().kind("bmc")
QUESTION_MARK = {"fa": "؟", "fr": "\u202f?", "es": "?", "de": "?", "en": "?"}


def pack(tag: str, part: str) -> dict[str, Any]:
    """Return the plain data of a pack's file, checked as a stranger's file would be."""
    file = ROOT / f"bmcrender/languages/{tag}/{part}.yaml"
    schema = "language" if part == "common" else "guide"
    kind = None if part == "common" else library().kind(part)
    return checked_pack(loaded(file.read_bytes(), str(file)), schema, library().schema(schema), kind)


def said_texts(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Yield every text of a pack with its place, and whether it says that it is the same as in English."""
    if isinstance(data, str):
        yield path, data, False
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield from said_texts(one, (*path, str(index)))
    elif isinstance(data, dict) and "text" in data:
        yield path, data["text"], data.get("same", False)
        yield from said_texts({key: one for key, one in data.items() if key not in ("text", "same")}, path)
    elif isinstance(data, dict):
        for key, one in data.items():
            yield from said_texts(one, (*path, key))


# -- kinds and languages -----------------------------------------------------------------------------


@pytest.mark.parametrize("id", library().kinds())
def test_a_built_in_kind_keeps_all_rules_of_kinds(id: str) -> None:
    file = ROOT / f"bmcrender/kinds/{id}.yaml"
    assert (
        checked_pack(loaded(file.read_bytes(), str(file)), "kind", library().schema("kind"), None)["kind"]
        == id
    )


def test_the_blocks_of_a_kind_stand_in_the_order_of_work() -> None:
    assert next(iter(BMC.blocks)) == "customer_segments"
    assert list(BMC.blocks)[-1] == "cost_structure"
    assert BMC.blocks["channels"].ordered == ("phases",)


def test_five_languages_are_shipped() -> None:
    assert set(PACKS) >= {"de", "en", "es", "fa", "fr"}
    assert library().languages() == tuple(PACKS)


@pytest.mark.parametrize("tag", PACKS)
def test_a_language_pack_is_complete_and_keeps_its_schema(tag: str) -> None:
    common = pack(tag, "common")
    assert common["language"] == tag
    assert len(common["steps"]) >= len(BMC.blocks)
    for kind in library().kinds():
        assert pack(tag, kind)["language"] == tag
        assert pack(tag, kind)["kind"] == kind


# Names and numbers that are no words of a language.
_ALIKE = {"digits", "direction", "script", "calendar", "months", "kind", "separator"}
_PATTERN = re.compile(r"(\{[a-z]+\}|[\W\d_])*")


@pytest.mark.parametrize("part", ["common", *library().kinds()])
@pytest.mark.parametrize("tag", [tag for tag in PACKS if tag != "en"])
def test_no_text_is_english_unless_it_says_so(tag: str, part: str) -> None:
    english = {path: text.casefold() for path, text, _ in said_texts(pack("en", part))}
    own = list(said_texts(pack(tag, part)))
    assert len(own) > 40
    for path, text, same in own:
        if path[0] in _ALIKE or _PATTERN.fullmatch(text):
            continue
        assert same == (english.get(path) == text.casefold()), f"{tag}: {'.'.join(path)}: {text!r}"


@pytest.mark.parametrize("tag", PACKS)
def test_every_question_ends_as_the_language_asks(tag: str) -> None:
    language, warnings = library().language(tag, BMC)
    assert not warnings
    questions = [item.text for block in language.blocks.values() for item in block.questions]
    questions += [
        item.question
        for b in language.blocks.values()
        for one in b.lists
        for item in one.items
        if one.ordered
    ]
    assert len(questions) == sum(len(block.questions) for block in BMC.blocks.values()) + 5
    assert [text for text in questions if not text.endswith(QUESTION_MARK.get(tag, "?"))] == []
    if tag == "es":
        assert [text for text in questions if "¿" not in text] == []


@pytest.mark.parametrize("tag", PACKS)
def test_numbers_and_dates_have_all_their_signs(tag: str) -> None:
    language, _ = library().language(tag, BMC)
    assert [int(digit) for digit in language.digits] == list(range(10))
    assert len(language.months["gregorian"]) == len(language.months["jalali"]) == 12
    assert language.calendar in language.months
    assert language.direction == ("rtl" if language.script in ("Arab", "Hebr") else "ltr")


@pytest.mark.parametrize("tag", PACKS)
def test_break_points_belong_to_words_of_the_pack(tag: str) -> None:
    language, _ = library().language(tag, BMC)
    texts = " ".join(text for part in ("common", "bmc") for _, text, _ in said_texts(pack(tag, part)))
    for word, parts in language.breaks.items():
        assert "".join(parts) == word
        assert len(parts) >= 2
        assert word in texts


def test_a_region_takes_its_languages_pack() -> None:
    for tag, expected in [("de-CH", "de"), ("FA", "fa"), ("fr-Latn-CA", "fr")]:
        language, warnings = library().language(tag, BMC)
        assert (language.tag, warnings) == (expected, ())


def test_a_language_without_a_pack_is_english_with_a_warning() -> None:
    language, (warning,) = library().language("it", BMC)
    assert language.tag == "en"
    assert (warning.severity, warning.code) == ("warning", "no-language-pack")
    assert '"it"' in warning.message


# -- given files -------------------------------------------------------------------------------------


def english(old: str, new: str, part: str = "bmc") -> dict[str, bytes]:
    name = f"languages/en/{part}.yaml"
    text = library().read(name).decode()
    assert old in text
    return {name: text.replace(old, new, 1).encode()}


def test_a_given_file_wins_over_the_built_in_one() -> None:
    language, _ = Library(english("title: Channels", "title: Ways to market")).language("en", BMC)
    assert language.blocks["channels"].title == "Ways to market"
    assert library().language("en", BMC)[0].blocks["channels"].title == "Channels"


def test_a_given_language_is_found() -> None:
    files = {
        f"languages/it/{part}.yaml": library().read(f"languages/en/{part}.yaml") for part in ("common", "bmc")
    }
    with_italian = Library(files)
    assert "it" in with_italian.languages()
    assert with_italian.language("it-CH", BMC)[1] == ()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (english("for_whom:", "whom:"), "missing-id"),
        (english("title: Channels", "title:"), "empty-text"),
        (english("title: Channels", "titel: Channels"), "unknown-key"),
        (english("{n} of", "{x} of", "common"), "bad-placeholder"),
        (english("{n} of", "{n.__class__} of", "common"), "bad-placeholder"),
        (english('"0123456789"', '"0123456780"', "common"), "bad-value"),
        (english("language: en", "language: &en en"), "anchor"),
    ],
)
def test_a_wrong_given_file_is_told_at_its_place(files: dict[str, bytes], code: str) -> None:
    with pytest.raises(CanvasError) as caught:
        Library(files).language("en", BMC)
    found = caught.value.diagnostics
    assert code in {one.code for one in found}
    assert all(one.file in files and one.line >= 1 and one.column >= 1 for one in found)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - channels\n", "", "missing-id"),
        ("customer_relationships customer_segments\n", "customer_segments customer_segments\n", "bad-kind"),
        ("rows: [37.5, 37.5, 25]", "rows: [37.5, 25]", "bad-kind"),
        ("ordered: [phases]", "ordered: [steps]", "bad-kind"),
        ("code: CH", "code: [CH]", "wrong-type"),
    ],
)
def test_a_wrong_given_kind_is_told_at_its_place(old: str, new: str, code: str) -> None:
    text = library().read("kinds/bmc.yaml").decode()
    assert old in text
    with pytest.raises(CanvasError) as caught:
        Library({"kinds/bmc.yaml": text.replace(old, new, 1).encode()}).kind("bmc")
    assert code in {one.code for one in caught.value.diagnostics}
    assert all(one.file == "kinds/bmc.yaml" and one.line >= 1 for one in caught.value.diagnostics)


@pytest.mark.parametrize(
    "name",
    [
        "../x.yaml",
        "kinds/../../x",
        "/etc/passwd",
        "kinds//x",
        "kinds",
        "other/x.yaml",
        "kinds\\x.yaml",
        "C:/x",
        "kinds/./x",
    ],
)
def test_a_given_file_stays_inside_the_data(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        Library({name: b""})
    assert caught.value.diagnostics[0].code == "bad-data-name"


@pytest.mark.parametrize("name", ["../schemas", "../../etc", "..", ".", "", "a/b", "bmc.yaml", "x" * 500])
def test_a_name_leads_nowhere_outside(name: str) -> None:
    for find in (library().kind, library().theme):
        with pytest.raises(UsageError) as caught:
            find(name)
        assert caught.value.diagnostics[0].code.startswith("unknown-")


def test_a_misspelt_name_gets_a_suggestion() -> None:
    with pytest.raises(UsageError) as caught:
        library().theme("clasic")
    assert caught.value.diagnostics[0].hint == 'did you mean "classic"?'


# -- themes and fonts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*library().themes(), "_base"])
def test_a_built_in_theme_keeps_its_schema_and_draws_every_icon(name: str) -> None:
    file = ROOT / f"themes/{name}/theme.yaml"
    data = checked_pack(loaded(file.read_bytes(), str(file)), "theme", library().schema("theme"), None)
    assert data["theme"] == name
    theme = library().theme(name)
    icons = {block.icon for block in BMC.blocks.values()}
    assert theme.tokens["icons"]["weight"] == "none" or set(theme.icons) >= icons


def test_a_theme_holds_only_what_differs() -> None:
    yaml = b"theme: mine\nextends: classic\ntokens: {colors: {accent: '#0b6e4f'}}\n"
    files = {
        "themes/mine/theme.yaml": yaml,
        "themes/mine/extra.css": b".a {}",
        "themes/mine/sub/b.html.j2": b"b",
    }
    mine, classic = Library(files).theme("mine"), library().theme("classic")
    assert mine.tokens["colors"] == {**classic.tokens["colors"], "accent": "#0b6e4f"}
    assert {**classic.tokens, "colors": None} == {**mine.tokens, "colors": None}
    assert {**classic.files, "extra.css": ".a {}", "sub/b.html.j2": "b"} == mine.files
    assert mine.icons == classic.icons


def test_icons_come_in_layers_and_in_the_themes_weight() -> None:
    def icons(weight: str) -> Any:
        yaml = f"theme: mine\ntokens: {{icons: {{weight: {weight}}}}}\n".encode()
        return Library({"themes/mine/theme.yaml": yaml}).theme("mine").icons

    assert "gift:tint" in icons("duotone")
    assert "gift:tint" not in icons("fill")
    assert icons("fill")["gift"] != icons("thin")["gift"]
    assert icons("none") == {}
    svg = b'<svg><path d="M0 0h9z"/><path d="M1 1h9z"/></svg>'
    own = {"themes/mine/theme.yaml": b"theme: mine\n", "themes/mine/assets/icons/light/gift.svg": svg}
    assert Library(own).theme("mine").icons["gift"] == "M0 0h9z M1 1h9z"


def test_a_theme_that_extends_itself_is_refused() -> None:
    files = {
        "themes/a/theme.yaml": b"theme: a\nextends: b\n",
        "themes/b/theme.yaml": b"theme: b\nextends: a\n",
    }
    with pytest.raises(BmcrenderError) as caught:
        Library(files).theme("a")
    assert caught.value.diagnostics[0].code == "theme-loop"


def test_a_theme_folder_needs_its_yaml() -> None:
    with pytest.raises(UsageError) as caught:
        Library({"themes/mine/poster.css": b""}).theme("mine")
    assert caught.value.diagnostics[0].code == "no-theme-yaml"


def test_a_wrong_colour_of_a_given_theme_is_told_at_its_place() -> None:
    with pytest.raises(CanvasError) as caught:
        Library({"themes/mine/theme.yaml": b"theme: mine\ntokens:\n  colors:\n    ink: black\n"}).theme(
            "mine"
        )
    (found,) = caught.value.diagnostics
    assert (found.code, found.file, found.line, found.column) == (
        "bad-value",
        "themes/mine/theme.yaml",
        4,
        10,
    )


def test_fonts_are_those_of_the_folder_and_the_given_ones() -> None:
    built = library().font_files()
    assert "fonts/Inter/Inter-Regular.ttf" in built
    given = Library({"fonts/Mine.ttf": b"x", "fonts/readme.txt": b"y"})
    assert set(given.font_files()) == {*built, "fonts/Mine.ttf"}
    assert given.given_fonts() == {"fonts/Mine.ttf": b"x"}


# -- new canvases ------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", PACKS)
def test_a_new_canvas_is_valid_and_asks_every_question(tag: str) -> None:
    language: Language = library().language(tag, BMC)[0]
    text = starter(language, BMC, "canvas.schema.json")
    found, warnings = canvas(loaded(text.encode(), "new.yaml"), BMC)
    assert warnings == ()
    assert (found.language, found.kind) == (tag, "bmc")
    assert found.blocks["customer_segments"].items[0].text == language.labels["example_item"]
    assert text.splitlines()[0] == "# yaml-language-server: $schema=canvas.schema.json"
    places = [text.index(f"\n  {id}:") for id in BMC.blocks]
    assert places == sorted(places)
    for block in language.blocks.values():
        assert f"  # {block.title}\n" in text
        assert all(f"# - {question.text}\n" in text for question in block.questions)


# -- speed -------------------------------------------------------------------------------------------

_CHECK = """
import sys
from pathlib import Path
from bmcrender.load import loaded
from bmcrender.resources import library
from bmcrender.validate import canvas
kind = library().kind("bmc")
found, _ = canvas(loaded(Path(sys.argv[1]).read_bytes(), "f"), kind)
library().language(found.language, kind), library().theme(found.theme)
heavy = {"weasyprint", "pptx", "jinja2", "fontTools", "uharfbuzz", "PIL", "lxml", "markdown_it"}
print(sorted(heavy & set(sys.modules)))
"""


def test_checking_a_canvas_imports_nothing_heavy_and_is_quick() -> None:
    example = str(ROOT / "examples/fa-khaknegar.yaml")

    def seconds(code: str) -> float:
        best = 60.0
        for _ in range(4):
            start = time.perf_counter()
            run = subprocess.run(
                [sys.executable, "-c", code, example], cwd=ROOT, capture_output=True, check=True
            )
            best = min(best, time.perf_counter() - start)
            assert run.stdout.decode().strip() in ("", "[]")
        return best

    # Twice is the aim; the rest is room for a busy machine.
    assert seconds(_CHECK) < 3 * seconds("import yaml, jsonschema")
