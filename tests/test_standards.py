"""Every PDF is PDF/UA-1 and PDF/A-3a, as veraPDF finds; and veraPDF finds what is wrong with others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import faulty_pdfs
import pytest
import verapdf
from matrix import BLANK, FILLS, FULL, LAYOUTS, THEMES, TYPICAL, Case
from verapdf import Verdict

from bmcrender.model import Options
from bmcrender.pipeline import render
from bmcrender.resources import library
from bmcrender.supervisor import shared

LACKING = verapdf.missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("verapdf"),
    pytest.mark.skipif(bool(LACKING), reason=f"veraPDF cannot run, it lacks {LACKING}"),
]

UA, A = "PDF/UA-1", "PDF/A-3a"
# A very full block is here full enough for further pages; 21 items take three times as long.
ITEMS = 8
OTHER_THEMES = [theme for theme in THEMES if theme != "classic"]
CASES = [
    *(Case(layout, fill, tag) for layout in LAYOUTS for tag in ("en", "fa", "de") for fill in FILLS),
    # Each other theme once, layouts and languages by turns.
    *(
        Case(LAYOUTS[at % 3], (TYPICAL, BLANK)[at % 2], ("fa", "en", "fr", "es")[at % 4], theme)
        for at, theme in enumerate(OTHER_THEMES)
    ),
]

ICON = "{{ document.blocks[0].group }}/{{ document.blocks[0].icon }}"
PICTURE = f'<img class="logo" style="width:9mm;height:9mm" src="bmc-asset:icon/{ICON}">'
# What is changed in the template of posters, and the clause with the test of PDF/UA that it breaks.
CHANGES = {
    "no title": (("<title>{{ document.title.plain }}</title>", ""), "7.1-9"),
    "no language": ((' lang="{{ document.language }}"', ""), "7.2-29"),
    "no alternative text": (("<main", f"{PICTURE}<main"), "7.3-1"),
    "a level of headings skipped": (('placed_in(origin, "h2"', 'placed_in(origin, "h3"'), "7.4.2-1"),
}
WITH_ALTERNATIVE = ("<main", PICTURE.replace("<img", '<img alt="A pictogram"') + "<main")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Verdict]]:
    """What veraPDF says of each file, by its name: one process with Java reads them all."""
    folder = tmp_path_factory.mktemp("standards")

    def written() -> Iterator[Path]:
        for name, data in files():
            file = folder / f"{name}.pdf"
            file.write_bytes(data)
            yield file

    return verapdf.verdicts(written())


def files() -> Iterator[tuple[str, bytes]]:
    for case in CASES:
        yield str(case), render(case.job(items=ITEMS)).outputs["pdf"]
    for name, (change, _) in CHANGES.items():
        yield name, changed(*change)
    given = Case("poster", TYPICAL, "fa", OTHER_THEMES[0]).job()
    edges = replace(given.options, bleed=3.0, margin=5.0)
    yield "bleed", render(replace(given, options=edges)).outputs["pdf"]
    yield "an alternative text", changed(*WITH_ALTERNATIVE)
    yield "untagged", shared().run(faulty_pdfs.untagged, formats=("pdf",))
    yield "naming one standard", shared().run(faulty_pdfs.naming_one_standard, formats=("pdf",))


def changed(old: str, new: str) -> bytes:
    """A poster whose template is changed in one place."""
    template = library().theme("classic").files["poster.html.j2"]
    assert template.count(old) == 1
    files = {
        "theme.yaml": "theme: odd\nextends: classic\n",
        "theme.css": "h3{position:absolute}",
        "poster.html.j2": template.replace(old, new),
    }
    own = {f"themes/odd/{name}": text.encode() for name, text in files.items()}
    job = replace(Case("poster", TYPICAL, "fa").job(), files=own, options=Options(theme="odd"))
    return render(job).outputs["pdf"]


def broken(found: Mapping[str, Mapping[str, Verdict]], name: str) -> dict[str, set[str]]:
    """The clauses that a file breaks, by standard."""
    return {standard: set(verdict.failed) for standard, verdict in found[name].items()}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_pdf_keeps_both_standards(case: Case, found: Mapping[str, Mapping[str, Verdict]]) -> None:
    assert {name: verdict.failed for name, verdict in found[str(case)].items()} == {UA: {}, A: {}}
    assert found[str(case)][UA].checks > 5000
    assert found[str(case)][A].checks > 20000


def test_bleed_and_crop_marks_break_nothing(found: Mapping[str, Mapping[str, Verdict]]) -> None:
    assert broken(found, "bleed") == {UA: set(), A: set()}


def test_very_full_sheets_have_further_pages_to_check(found: Mapping[str, Mapping[str, Verdict]]) -> None:
    for layout in LAYOUTS:
        full, blank = (found[str(Case(layout, fill))][UA].checks for fill in (FULL, BLANK))
        assert full > 1.5 * blank


@pytest.mark.parametrize("name", CHANGES)
def test_what_breaks_accessibility_is_found(name: str, found: Mapping[str, Mapping[str, Verdict]]) -> None:
    """Without this the tests above could pass whatever the files hold."""
    assert broken(found, name) == {UA: {CHANGES[name][1]}, A: set()}


def test_a_picture_with_its_alternative_text_breaks_nothing(
    found: Mapping[str, Mapping[str, Verdict]],
) -> None:
    assert broken(found, "an alternative text") == {UA: set(), A: set()}


def test_a_pdf_without_tags_breaks_both(found: Mapping[str, Mapping[str, Verdict]]) -> None:
    clauses = broken(found, "untagged")
    assert {"6.2-1", "7.1-3", "7.1-11"} <= clauses[UA]
    assert {"6.7.2.2-1", "6.7.3.3-1"} <= clauses[A]


def test_a_pdf_that_names_one_standard_breaks_the_other(found: Mapping[str, Mapping[str, Verdict]]) -> None:
    assert broken(found, "naming one standard") == {UA: {"5-1"}, A: set()}
