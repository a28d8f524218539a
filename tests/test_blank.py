"""Blank sheets: what they are called, what stands on them, where sticky notes go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_reading import pages

from bmcrender import load, resources
from bmcrender.checking import checked
from bmcrender.layout.poster import poster
from bmcrender.measure import Measurer
from bmcrender.model import Job, Options
from bmcrender.pages import page_name, page_size
from bmcrender.sheets import Sheet
from bmcrender.starter import blank_canvas

Command = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("words", "name", "size"),
    [
        ((), "bmc-blank-en-a3.pdf", (420, 297)),
        (("-l", "fa", "--page-size", "a0"), "bmc-blank-fa-a0.pdf", (1189, 841)),
        (("--portrait", "--page-size", "B2"), "bmc-blank-en-b2.pdf", (500, 707)),
        (("--page-size", "600x412.5mm"), "bmc-blank-en-600x412.5mm.pdf", (600, 412.5)),
        (("-l", "de", "--layout", "outline"), "bmc-blank-outline-de-a3.pdf", (420, 297)),
        (("-l", "fr", "--layout", "handout"), "bmc-blank-handout-fr-a4.pdf", (210, 297)),
    ],
)
def test_a_blank_sheet_needs_no_canvas(
    command: Command, words: tuple[str, ...], name: str, size: tuple[float, float]
) -> None:
    code, out, err = command("blank", *words)
    assert (code, out, err) == (0, f"{name}\n", "")
    assert pages(Path(name).read_bytes())[0].size == pytest.approx(size, abs=0.3)


def test_a_blank_sheet_is_named_and_made_as_outputs_of_canvases_are(command: Command) -> None:
    Path("bmcrender.yaml").write_text("render: {page: a2}\n", "utf-8")  # no error where a deck is made
    assert command("blank", "--pdf", "--pptx", "-l", "es", "-o", "out/{layout}/{stem}.{ext}")[:2] == (
        0,
        "out/poster/bmc-blank-es-a2.pdf\nout/poster/bmc-blank-es.pptx\n",
    )
    assert command("blank", "-o", "sheet.pptx")[:2] == (0, "sheet.pptx\n")


def test_the_title_block_keeps_its_empty_fields(command: Command) -> None:
    command("blank", "-o", "sheet.pdf")
    text = pages(Path("sheet.pdf").read_bytes())[0].text
    for word in ("Business Model Canvas", "Designed for", "Designed by", "Date", "Version", "Key Partners"):
        assert word in text
    assert "Which suppliers are vital to our model?" in text.replace("\r\n", " ")


def test_the_guide_can_be_left_out_of_a_blank_sheet(command: Command) -> None:
    command("blank", "--guide", "none", "-o", "sheet.pdf")
    assert "?" not in pages(Path("sheet.pdf").read_bytes())[0].text


def test_a_language_without_guide_is_told_once(command: Command) -> None:
    code, out, err = command("blank", "-l", "it")
    assert (code, out) == (0, "bmc-blank-en-a3.pdf\n")
    assert err.count("no-language-pack") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sticky", "10mm"), "a sticky note is 20 to 200 mm wide, not 10mm"),
        (("--sticky", "201"), "a sticky note is 20 to 200 mm wide, not 201"),
        (("--sticky", "nan"), "a sticky note is 20 to 200 mm wide"),
        (("--sticky", "3in"), "'3in' is no length; write 76mm"),
        (("--sticky", "76", "--layout", "outline"), "the layout outline has none"),
        (("--sticky", "76", "--set", "render.layout=handout"), "the layout handout has none"),
        (("--sticky", "76", "--pptx"), "slides have none"),
        (("--kind", "bmx"), 'did you mean "bmc"?'),
        (("--page-size", "a9"), "error[bad-page]"),
        (("canvas.yaml",), "canvas.yaml"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(command: Command, words: tuple[str, ...], told: str) -> None:
    code, out, err = command("blank", *words)
    assert told in err
    assert (code, out, list(Path().iterdir())) == (2, "", [])


@pytest.mark.parametrize("given", ["76mm", "76", " 76.0 MM"])
def test_the_size_of_sticky_notes_is_millimetres_with_or_without_unit(command: Command, given: str) -> None:
    assert command("blank", "--page-size", "a0", "--guide", "none", "--sticky", given)[0] == 0


def test_notes_that_do_not_fit_are_told(command: Command) -> None:
    code, _, err = command("blank", "--page-size", "a4", "--sticky", "76mm")
    assert code == 0
    assert "warning[no-places]: sticky notes of 76 mm do not fit into 9 of 9 boxes" in err


# -- where notes go ----------------------------------------------------------------------------------------


def sheet(language: str, page: str, sticky: float, orientation: str = "landscape") -> Sheet:
    """Return a blank poster, laid out."""
    known = resources.library()
    kind = known.kind("bmc")
    words, _ = known.language(language, kind)
    options = Options(page=page, blank=True, sticky=sticky, orientation=orientation)  # type: ignore[arg-type]
    document = checked(Job(blank_canvas(words, kind).encode(), options=options)).document
    assert document is not None
    measurer = Measurer(known.font_set(), lambda face: known.read(f"fonts/{face.file}"))
    return poster(document, measurer)[0]


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("language", ["en", "fa", "es", "fr", "de"])
def test_on_a0_every_box_has_its_questions_and_room_for_notes(language: str, orientation: str) -> None:
    (page,) = sheet(language, "a0", 76, orientation).pages
    for box in page.boxes:
        assert box.questions
        assert box.places, box.block


def test_places_lie_apart_in_their_box_below_its_questions() -> None:
    (page,) = sheet("fa", "a0", 76).pages
    for box in page.boxes:
        for number, place in enumerate(box.places):
            assert (place.w, place.h) == (76, 76)
            assert box.rect.x <= place.x
            assert place.right <= box.rect.right
            assert box.questions[-1].rect.bottom <= place.y
            assert place.bottom <= box.rect.bottom
            for other in box.places[:number]:
                assert abs(other.x - place.x) >= 76 or abs(other.y - place.y) >= 76


def test_every_page_size_has_its_name() -> None:
    for name in ("a4", "b0", "letter", "arch-e"):
        assert page_name(*page_size(name)) == page_name(*page_size(name, "portrait")) == name
    assert page_name(600, 400) == "600x400mm"


def test_the_library_makes_blank_sheets_of_canvases(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("title: Ours\n", encoding="utf-8")
    document = checked(load(file, blank=True, sticky=51.0, page="a1")).document
    assert document is not None
    assert [field.value.plain for field in document.fields] == ["", "", "", ""]
    assert document.sticky == 51.0
