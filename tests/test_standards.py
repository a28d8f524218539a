"""Every PDF is PDF/UA-1 and PDF/A-3a, as veraPDF finds; and veraPDF finds what is wrong with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import faulty_pdfs
import pytest
import verapdf
from matrix import BLANK, FILLS, FULL, LAYOUTS, THEMES, TYPICAL, Case

from bmcrender.model import Options
from bmcrender.pipeline import render
from bmcrender.resources import library
from bmcrender.supervisor import shared

LACKING = verapdf.missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=f"veraPDF cannot run, it lacks {LACKING}"),
]

UA, A = "PDF/UA-1", "PDF/A-3a"
# A very full block is here full enough for further pages; 21 items take three times as long.
ITEMS = 8
LANGUAGES = ("en", "fa", "de")
EDGED = "poster"  # the layout that is looked at with bleed and margin, too
OTHER_THEMES = [theme for theme in THEMES if theme != "classic"]
ALL = [Case(layout, fill, tag) for layout in LAYOUTS for tag in LANGUAGES for fill in FILLS]
SOME = [
    # Any two of layout, language and fullness meet once.
    *(
        Case(layout, fill, LANGUAGES[(row + column) % 3])
        for row, layout in enumerate(LAYOUTS)
        for column, fill in enumerate(FILLS)
    ),
    # Each other theme once, layouts and languages by turns.
    *(
        Case(LAYOUTS[at % 3], (TYPICAL, BLANK)[at % 2], ("fa", "en", "fr", "es")[at % 4], theme)
        for at, theme in enumerate(OTHER_THEMES)
    ),
]

ICON = "{{ document.blocks[0].group }}/{{ document.blocks[0].icon }}"
PICTURE = f'<img class="logo" style="width:9mm;height:9mm" src="bmc-asset:icon/{ICON}">'
# What is changed in the template of posters, and the clauses of PDF/UA, with their tests, that it breaks.
CHANGES: dict[str, tuple[tuple[str, str], set[str]]] = {
    "no title": (("<title>{{ document.title.plain }}</title>", ""), {"7.1-9"}),
    "no language": ((' lang="{{ document.language }}"', ""), {"7.2-29"}),
    "no alternative text": (("<main", f"{PICTURE}<main"), {"7.3-1"}),
    "an alternative text": (("<main", PICTURE.replace("<img", '<img alt="A pictogram"') + "<main"), set()),
    "a level of headings skipped": (('placed_in(origin, "h2"', 'placed_in(origin, "h3"'), {"7.4.2-1"}),
}


def checks(folder: Path, given: Iterator[tuple[str, bytes]]) -> dict[str, dict[str, verapdf.Verdict]]:
    """What veraPDF says of files, by name and standard: one process with Java reads them while others are drawn."""

    def written() -> Iterator[Path]:
        for name, data in given:
            file = folder / f"{name}.pdf"
            file.write_bytes(data)
            yield file

    return verapdf.verdicts(written())


def drawn(cases: Iterable[Case]) -> Iterator[tuple[str, bytes]]:
    for case in cases:
        yield str(case), render(case.job(items=ITEMS)).outputs["pdf"]


def with_edges(layout: str) -> Iterator[tuple[str, bytes]]:
    given = Case(layout, TYPICAL, "fa", OTHER_THEMES[0]).job()
    edges = replace(given.options, bleed=3.0, margin=5.0)
    yield "bleed and margin", render(replace(given, options=edges)).outputs["pdf"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_pdf_keeps_both_standards(layout: str, tmp_path: Path) -> None:
    cases = [one for one in SOME if one.layout == layout]
    edged = with_edges(layout) if layout == EDGED else ()
    found = checks(tmp_path, chain(drawn(cases), edged))
    assert_kept(found)
    assert len(found) >= 4 + (layout == EDGED)
    blank, full = (next(str(one) for one in cases if one.fill == fill) for fill in (BLANK, FULL))
    assert found[full][UA].checks > 1.5 * found[blank][UA].checks  # it goes on, on further pages


@pytest.mark.matrix
@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one != EDGED])
def test_a_sheet_with_edges_keeps_both_standards(layout: str, tmp_path: Path) -> None:
    assert_kept(checks(tmp_path, with_edges(layout)))


@pytest.mark.matrix
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_pdf_in_any_language_keeps_both_standards(layout: str, tmp_path: Path) -> None:
    found = checks(tmp_path, drawn(one for one in ALL if one.layout == layout))
    assert_kept(found)
    for language in LANGUAGES:
        full, blank = (found[str(Case(layout, fill, language))][UA].checks for fill in (FULL, BLANK))
        assert full > 1.5 * blank


def assert_kept(found: dict[str, dict[str, verapdf.Verdict]]) -> None:
    assert broken(found) == {name: {UA: set(), A: set()} for name in found}
    assert min(one[UA].checks for one in found.values()) > 5000
    assert min(one[A].checks for one in found.values()) > 20000


def broken(found: dict[str, dict[str, verapdf.Verdict]]) -> dict[str, dict[str, set[str]]]:
    """The clauses that each file breaks, by standard."""
    return {name: {key: set(one.failed) for key, one in given.items()} for name, given in found.items()}


# -- what is told apart --------------------------------------------------------------------------------


def faulty() -> Iterator[tuple[str, bytes]]:
    for name, (change, _) in CHANGES.items():
        yield name, changed(*change)
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


def test_what_breaks_a_standard_is_found(tmp_path: Path) -> None:
    """Without this the test above could pass whatever the files hold."""
    found = broken(checks(tmp_path, faulty()))
    untagged = found.pop("untagged")
    assert {"6.2-1", "7.1-3", "7.1-11"} <= untagged[UA]
    assert {"6.7.2.2-1", "6.7.3.3-1"} <= untagged[A]
    assert found.pop("naming one standard") == {UA: {"5-1"}, A: set()}
    assert found == {name: {UA: clauses, A: set()} for name, (_, clauses) in CHANGES.items()}
