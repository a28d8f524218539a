"""Themes keep their promises: contrast, colours and fonts that are there, and nothing left over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from canvases import KIND, laid_out, resolved, short

from bmcrender.layout.typeset import font_stack
from bmcrender.model import Canvas
from bmcrender.render.style_sheet import style_sheet
from bmcrender.resources import library

ROOT = Path(__file__).resolve().parent.parent
THEMES = [*library().themes(), "_base"]
MIN_CONTRAST = 4.5
GROUPS = {block.group for block in KIND.blocks.values()}


def tokens(theme: str) -> Mapping[str, Any]:
    return library().theme(theme).tokens


def palette(theme: str) -> dict[str, str]:
    """Every colour by name, those of the groups too."""
    return {**tokens(theme)["colors"], **tokens(theme).get("groups", {})}


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#b4561a", "#ffffff") == pytest.approx(4.9, abs=0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_keeps_its_contrast_on_every_ground(theme: str) -> None:
    pairs = tokens(theme)["contrast"]
    assert len(pairs) >= 15
    colors = palette(theme)
    found = {(text, ground): contrast(colors[text], colors[ground]) for text, ground in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < MIN_CONTRAST} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_pairs_name_every_role_of_text_on_the_sheet_and_in_the_tinted_box(theme: str) -> None:
    pairs = {tuple(pair) for pair in tokens(theme)["contrast"]}
    roles = tokens(theme)["type"]
    assert {role["color"] for role in roles.values()} <= {text for text, _ in pairs}
    sheet = ("title", "subtitle", "field_label", "field_value", "footer", "list")
    box, head = ("item", "question", "more"), ("heading", "eyebrow")
    assert {(roles[role]["color"], "page") for role in (*sheet, *box)} <= pairs
    assert {(roles[role]["color"], "tint") for role in box} <= pairs
    # A heading stands on its band where there is one, which has the colour of the group.
    bands = GROUPS if tokens(theme)["box"]["band"] else {"page", "tint"}
    assert {(roles[role]["color"], ground) for role in head for ground in bands} <= pairs


@pytest.mark.parametrize("theme", THEMES)
def test_the_pairs_name_the_text_on_the_grounds_of_groups(theme: str) -> None:
    pairs, roles = {tuple(pair) for pair in tokens(theme)["contrast"]}, tokens(theme)["type"]
    colors = tokens(theme)["colors"]
    tints = {name for group in GROUPS for name in colors if name == f"{group}_tint"}
    assert {
        (roles[role]["color"], tint) for role in ("item", "question", "list", "more") for tint in tints
    } <= pairs
    assert {(name, tint) for name in ("ink2", "head2") for tint in tints} <= pairs


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_rules_can_be_seen(theme: str) -> None:
    """Graphics that carry meaning need 3 : 1 (WCAG 1.4.11)."""
    colors = palette(theme)
    for name in ("accent", "grid"):
        assert contrast(colors[name], colors["page"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_used_somewhere(theme: str) -> None:
    given = library().theme(theme)
    # A colour that a theme takes over may be left unused by its own roles.
    used = {role["color"] for name in (theme, "_base") for role in tokens(name)["type"].values()}
    for text in given.files.values():
        used |= {name.replace("-", "_") for name in re.findall(r"var\(--([a-z0-9-]+)\)", text)}
        shades = re.findall(r"var\(--group-([a-z]+)\)", text)
        used |= {f"{group}_{shade}" for group in GROUPS for shade in shades}
    used |= {given.tokens["icons"]["color"]}
    for file in (ROOT / "bmcrender").rglob("*.py"):
        used |= set(re.findall(r'"([a-z][a-z0-9_]*)"', file.read_text(encoding="utf-8")))
    assert set(given.tokens["colors"]) <= used
    assert "no_such_colour" not in used


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_that_is_used_is_there(theme: str) -> None:
    given = library().theme(theme)
    assert {role["color"] for role in given.tokens["type"].values()} <= set(given.tokens["colors"])
    named = {name for pair in given.tokens["contrast"] for name in pair}
    assert named <= set(palette(theme))


def test_every_property_of_the_style_sheet_is_set() -> None:
    """`var(--x)` of nothing is silently no declaration at all."""
    for language in ("en", "fa"):
        for canvas in (short(3, language), Canvas("x", language=language)):
            sheet = laid_out(resolved(canvas, guide="full"))[0]
            css = style_sheet(sheet, ("Inter",))
            root, rest = css.split("}", 1)
            declared = set(re.findall(r"--([a-z0-9-]+):", css))
            used = set(re.findall(r"var\(--([a-z0-9-]+)", rest))
            assert {"ink", "u", "fonts", "marker"} <= set(re.findall(r"--([a-z0-9-]+):", root))
            # These are set where a list stands, for its density.
            assert used - declared <= {"gap", "marker-drop", "dash-drop"}
            assert len(used) > 20


@pytest.mark.parametrize("theme", THEMES)
def test_the_families_are_bundled_with_each_weight_that_is_asked_for(theme: str) -> None:
    faces = library().font_set().faces
    weights = {
        family: {face.weight for face in faces if face.family == family}
        for family in {f.family for f in faces}
    }
    given = tokens(theme)
    for script in (*given["fonts"]["scripts"], "Cyrl"):
        stack = font_stack(given, script)
        assert set(stack) <= set(weights)
        assert len(stack) == len(set(stack))
        if script in given["fonts"]["scripts"]:
            assert stack[0] == given["fonts"]["scripts"][script]
    latin = weights[given["fonts"]["scripts"]["Latn"]]
    assert {role[key] for role in given["type"].values() for key in ("weight", "bold")} <= latin
    persian = weights[given["fonts"]["scripts"]["Arab"]]
    assert given["scripts"]["Arab"]["bold"] in persian


@pytest.mark.parametrize("theme", THEMES)
def test_sizes_stand_in_order(theme: str) -> None:
    given = tokens(theme)
    kinds = given["type"]
    item = kinds["item"]
    assert item["min"] < item["easy"] < item["size"]
    assert kinds["question"]["size"] < item["size"] < kinds["heading"]["size"] < kinds["title"]["size"]
    assert all(role.get("min", role["size"]) <= role["size"] for role in kinds.values())
    gaps = [density["gap_em"] for density in given["items"]["densities"]]
    assert gaps == sorted(gaps, reverse=True)
    assert 0.5 < given["items"]["alone"] < 1
    assert given["items"]["floor_pt"] >= 5.5
    low, high = given["box"]["rows"]
    assert low < 1 < high


@pytest.mark.parametrize("theme", library().themes())
def test_the_groups_are_those_of_the_kind(theme: str) -> None:
    assert set(tokens(theme)["groups"]) >= GROUPS


@pytest.mark.parametrize("theme", library().themes())
def test_a_theme_has_a_page_to_say_what_it_is(theme: str) -> None:
    given = library().theme(theme)
    assert {"poster.html.j2", "poster.css", "text.html.j2"} <= set(given.files)
    # Paint only: what moves or sizes text belongs to the tokens.
    own = given.files.get("theme.css", "")
    assert not re.search(r"font-(size|family)|letter-spacing|line-height|padding|margin", own)
