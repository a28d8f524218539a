"""Themes of one's own: begun by a command, told exactly what is wrong in them, warned where text gets pale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bmcrender.checking import checked
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.load import loaded
from bmcrender.model import Job, Options
from bmcrender.resources import Library, library
from bmcrender.theme_starter import theme_starter
from bmcrender.validate.packs import checked_pack

ROOT = Path(__file__).resolve().parent.parent


def faults(tokens: str, **files: str) -> tuple[Diagnostic, ...]:
    """What is wrong in a theme over modern with these tokens, written on the lines from the fourth."""
    text = f"theme: mine\nextends: modern\ntokens:\n{tokens}"
    given = {f"themes/mine/{name}": content.encode() for name, content in files.items()}
    try:
        Library({"themes/mine/theme.yaml": text.encode(), **given}).theme("mine")
    except CanvasError as error:
        return error.diagnostics
    return ()


@pytest.mark.parametrize(
    ("tokens", "code", "column", "hint"),
    [
        ("  colors: {acent: '#112233'}", "unknown-token", 12, 'did you mean "accent"?'),
        ("  box: {paddng: 1}", "unknown-key", 9, 'did you mean "padding"?'),
        ("  box: {gap: wide}", "wrong-type", 14, "write a number, without quotes"),
        ("  type: {itm: {size: 2}}", "unknown-token", 10, 'did you mean "item"?'),
        ("  type: {item: {color: inkk}}", "unknown-color", 24, 'did you mean "ink"?'),
        ("  scripts: {Arab: {sizes: {titel: 4}}}", "unknown-token", 28, 'did you mean "title"?'),
        ("  outline: {pill: {fil: page}}", "unknown-token", 20, 'did you mean "fill"?'),
        ("  outline: {pill: {line: gird}}", "unknown-color", 26, 'did you mean "grid"?'),
        ("  handout: {type: {meaning: {weigth: 4}}}", "unknown-token", 30, 'did you mean "weight"?'),
        ("  handout: {space: {side: wide}}", "wrong-type", 27, ""),
        ("  deck: {block: {itms: 3}}", "unknown-token", 18, 'did you mean "items"?'),
        ("  contrast: [[ink, pge]]", "unknown-color", 20, 'did you mean "page"?'),
        ("  stroke: {outlin: 1}", "unknown-token", 12, 'did you mean "outline"?'),
        ("  colours: {}", "unknown-key", 3, 'did you mean "colors"?'),
    ],
)
def test_a_wrong_token_is_told_at_its_place(tokens: str, code: str, column: int, hint: str) -> None:
    (found,) = faults(tokens)
    assert (found.code, found.line, found.column, found.hint) == (code, 4, column, hint)
    assert (found.severity, found.file) == ("error", "themes/mine/theme.yaml")


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults("  outline: {pill: {fil: page}}\n  deck: {margn: 3}\n  type: {titel: {size: 3}}\n")
    assert [one.line for one in found] == [4, 5, 6]


@pytest.mark.parametrize(
    "tokens",
    [
        "  colors: {accent: '#112233', make_deep: '#223344'}",
        "  groups: {internal: '#112233'}",
        "  fonts: {scripts: {Latn: My Own}}",
        "  scripts: {Hebr: {size: 1.1, line_height: {item: 1.5}}}",
        "  deck: {block: {title: 30, eyebrow: [14, 12]}}",
        "  type: {item: {easy: 1.1, tracking: 0.01}}",
        "  icons: {color: group}",
        "  box: {gap: 0.5, band: 3}",
    ],
)
def test_tokens_that_something_reads_are_right(tokens: str) -> None:
    assert faults(tokens) == ()


def test_a_new_colour_or_stroke_is_right_where_the_themes_own_style_uses_it() -> None:
    tokens = "  colors: {ink3: '#112233'}\n  stroke: {double: 0.3}\n"
    assert [one.line for one in faults(tokens)] == [4, 5]
    css = ".a { color: var(--ink3); border: var(--stroke-double) solid }"
    assert faults(tokens, **{"theme.css": css}) == ()
    assert faults("  colors: {ink3: '#112233'}\n  type: {item: {color: ink3}}\n") == ()


@pytest.mark.parametrize("name", library().themes())
def test_the_built_in_themes_are_right(name: str) -> None:
    files = {f"themes/{name}/{file.name}": file.read_bytes() for file in (ROOT / "themes" / name).iterdir()}
    assert replace(Library(files).theme(name), given={}) == library().theme(name)


# -- beginning a theme -------------------------------------------------------------------------------------


@pytest.mark.parametrize("under", library().themes())
def test_a_new_theme_looks_like_the_one_it_extends(under: str) -> None:
    text = theme_starter("mine", library().theme(under), "theme.schema.json")
    mine = Library({"themes/mine/theme.yaml": text.encode()}).theme("mine")
    theme = library().theme(under)
    assert (mine.tokens, mine.files, mine.icons) == (theme.tokens, theme.files, theme.icons)
    assert set(yaml.safe_load(text)) == {"theme", "description", "extends"}


@pytest.mark.parametrize("under", library().themes())
def test_what_a_new_theme_shows_as_comments_is_right_and_true(under: str) -> None:
    text = theme_starter("mine", library().theme(under), "theme.schema.json")
    at = text.index("# tokens:")
    open_text = text[:at] + "".join(f"{line.removeprefix('# ')}\n" for line in text[at:].splitlines())
    source = loaded(open_text.encode(), "theme.yaml")
    checked_pack(source, "theme", library().schema("theme"), None)
    mine = Library({"themes/mine/theme.yaml": open_text.encode()}).theme("mine")
    assert mine.tokens == library().theme(under).tokens
    assert len(source.data["tokens"]["colors"]) >= 17


# -- colours of a canvas -------------------------------------------------------------------------------------


def findings(theme: str) -> list[Any]:
    canvas = f"title: A\ntheme:\n  name: classic\n  tokens: {{{theme}}}\n"
    return [
        (one.severity, one.code, one.line, one.column) for one in checked(Job(canvas.encode())).diagnostics
    ]


def test_a_colour_that_makes_text_pale_is_warned_of() -> None:
    assert findings('quiet: "#bbbbbb"') == [("warning", "low-contrast", 4, 19)]
    assert findings('quiet: "#444444"') == []
    assert findings('page: "#777777", ink: "#000000"') == [("warning", "low-contrast", 4, 18)]
    found = checked(Job(b"title: A\n", options=Options(settings=(("theme.tokens.quiet", "#cccccc"),))))
    (one,) = found.diagnostics
    assert (one.code, one.file) == ("low-contrast", "--set theme.tokens.quiet=#cccccc")
    assert one.message == "quiet on tint has a contrast of 1.5 : 1, which is hard to read"


def test_a_theme_of_one_s_own_that_makes_text_pale_is_warned_of_at_its_place() -> None:
    themes = {
        "under": "  colors: {ink: '#ffffff', quiet: '#cccccc'}",
        "mine": "  colors: {ink: '#eeeeee'}\n  groups: {}",
    }
    files = {
        f"themes/{name}/theme.yaml": f"theme: {name}\nextends: {under}\ntokens:\n{tokens}\n".encode()
        for (name, tokens), under in zip(themes.items(), ("classic", "under"), strict=True)
    }
    found = checked(Job(b"title: A\ntheme: mine\n", files=files)).diagnostics
    assert [(one.code, one.file, one.line, one.column) for one in found] == [
        ("low-contrast", "themes/mine/theme.yaml", 4, 17),
        ("low-contrast", "themes/under/theme.yaml", 4, 35),
    ]
    mended = b"title: A\ntheme:\n  name: mine\n  tokens: {ink: '#000000', quiet: '#444444'}\n"
    assert checked(Job(mended, files=files)).diagnostics == ()
    option = Job(b"title: A\n", files=files, options=Options(theme="mine"))
    assert [one.code for one in checked(option).diagnostics] == ["low-contrast", "low-contrast"]
