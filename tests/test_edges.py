"""What lies around a sheet: margin, bleed, crop marks; the boxes that printers go by; and tiles."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import verapdf
from pdf_reading import pages, properties
from PIL import Image
from pypdfium2 import PdfDocument

from bmcrender import UsageError, load, render, render_file

Command = Callable[..., tuple[int, str, str]]
Boxes = dict[str, tuple[float, ...]]
NIGHT = "title: Night market\ntheme: dark\nblocks:\n  channels: [The square, Word of mouth]\n"
MM = 72 / 25.4


@pytest.fixture
def canvas(tmp_path: Path) -> Path:
    file = tmp_path / "night.yaml"
    file.write_text(NIGHT, encoding="utf-8")
    return file


def boxes(data: bytes) -> Boxes:
    """Return the boxes of the first page in mm."""
    document = PdfDocument(data)
    try:
        page = document[0]
        found = {"media": page.get_mediabox(), "bleed": page.get_bleedbox(), "trim": page.get_trimbox()}
        return {name: tuple(round(edge / MM, 2) for edge in box) for name, box in found.items()}
    finally:
        document.close()


def drawn(data: bytes, dots_per_mm: float = 2) -> Image.Image:
    """Return the first page with all that lies around the cut."""
    document = PdfDocument(data)
    try:
        image: Image.Image = document[0].render(scale=dots_per_mm / MM).to_pil().convert("RGB")
        return image
    finally:
        document.close()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"bleed": 3.0},
            {"media": (-8, -8, 428, 305), "bleed": (-3, -3, 423, 300), "trim": (0, 0, 420, 297)},
        ),
        (
            {"bleed": 0.0},
            {"media": (-7, -7, 427, 304), "bleed": (0, 0, 420, 297), "trim": (0, 0, 420, 297)},
        ),
        (
            {"margin": 10.0},
            {"media": (-10, -10, 410, 287), "bleed": (-10, -10, 410, 287), "trim": (-10, -10, 410, 287)},
        ),
        (
            {"margin": 10.0, "bleed": 5.0},
            {"media": (-20, -20, 420, 297), "bleed": (-15, -15, 415, 292), "trim": (-10, -10, 410, 287)},
        ),
    ],
)
def test_the_boxes_say_where_to_cut(canvas: Path, given: dict[str, Any], expected: Boxes) -> None:
    found = boxes(render(load(canvas, **given)).outputs["pdf"])
    for name, box in expected.items():
        assert found[name] == pytest.approx(box, abs=0.02), name


def test_colour_goes_to_the_bleed_and_marks_stand_outside_it(canvas: Path) -> None:
    image = drawn(render(load(canvas, bleed=3.0)).outputs["pdf"])
    middle = image.height // 2
    dark = image.getpixel((11, middle))  # 5.5 mm from the edge: 2.5 mm outside the cut
    assert max(dark) < 60
    assert image.getpixel((4, middle)) == (255, 255, 255)
    mark = image.crop((0, 14, 10, 18)).convert("L")  # the cut is 8 mm, 16 dots, from the upper edge
    assert mark.getextrema()[0] < 200
    assert image.crop((0, 19, 10, 60)).convert("L").getextrema() == (255, 255)


def test_a_sheet_with_edges_is_as_tagged_as_without(canvas: Path) -> None:
    plain = pages(render_file(canvas, "pdf"))[0]
    edged = render(load(canvas, bleed=3.0)).outputs["pdf"]
    assert pages(edged)[0].text == plain.text
    assert pages(edged)[0].tree == plain.tree
    assert properties(edged)["Tagged"]


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.missing()), reason=f"veraPDF needs {verapdf.missing()}")
def test_a_sheet_with_edges_holds_both_standards(canvas: Path, tmp_path: Path) -> None:
    file = tmp_path / "edged.pdf"
    file.write_bytes(render(load(canvas, bleed=3.0, margin=8.0)).outputs["pdf"])
    found = verapdf.verdicts([file])["edged"]
    assert {name: verdict.failed for name, verdict in found.items()} == {"PDF/UA-1": {}, "PDF/A-3a": {}}


def test_without_edges_nothing_changes(canvas: Path) -> None:
    assert render(load(canvas, margin=0.0)).outputs["pdf"] == render_file(canvas, "pdf")


def test_pictures_show_the_paper_as_it_is_cut(canvas: Path) -> None:
    result = render(load(canvas, ("png", "html"), bleed=3.0, margin=10.0, dpi=25.4))
    image = Image.open(BytesIO(result.outputs["png"])).convert("RGB")
    assert image.size == (420, 297)
    assert max(image.getpixel((1, 1))) < 60  # type: ignore[arg-type, type-var]
    assert b"@page{size:420mm 297mm;margin:10mm}" in result.outputs["html"]


@pytest.mark.parametrize("layout", ["poster", "handout", "outline"])
def test_every_layout_has_edges(canvas: Path, layout: str) -> None:
    found = boxes(render(load(canvas, layout=layout, bleed=3.0, margin=5.0)).outputs["pdf"])
    size = (210, 297) if layout == "handout" else (420, 297)
    left, bottom, right, top = found["trim"]
    assert (right - left, top - bottom) == pytest.approx(size, abs=0.05)


def test_a_margin_leaves_room_for_a_sheet(canvas: Path) -> None:
    with pytest.raises(UsageError, match="leaves less than 100 mm of a page side"):
        render(load(canvas, margin=60.0, page="a4"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--bleed", "30mm"), "bleed is 0 to 25 mm wide, not 30mm"),
        (("--margin", "some"), "'some' is no length; write 10mm"),
        (("--bleed", "3mm", "--png"), "--bleed is for PDF files"),
        (("--margin", "100mm", "--page-size", "a4"), "choose a larger page, or a smaller margin"),
    ],
)
@pytest.mark.usefixtures("canvas")
def test_a_wrong_command_line_says_what_is_wrong(command: Command, words: tuple[str, ...], told: str) -> None:
    code, out, err = command("night.yaml", *words)
    assert told in err
    assert (code, out) == (2, "")


@pytest.mark.usefixtures("canvas")
def test_lengths_are_millimetres_and_blank_sheets_keep_the_name_of_their_paper(command: Command) -> None:
    assert command("night.yaml", "--bleed", "3", "--margin", "10mm")[:2] == (0, "night.pdf\n")
    assert boxes(Path("night.pdf").read_bytes())["trim"] == pytest.approx((-10, -10, 410, 287), abs=0.02)
    assert command("blank", "--margin", "10mm", "--page-size", "a2")[1] == "bmc-blank-en-a2.pdf\n"
