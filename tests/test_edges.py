"""What lies around a sheet: margin, bleed, crop marks; the boxes that printers go by; and tiles."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pdf_reading import pages, properties
from PIL import Image
from pypdfium2 import PdfDocument

from bmcrender import UsageError, load, render, render_file
from bmcrender.render.tiles import tiling

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


# -- tiles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "paper", "count"),
    [
        ((841, 594), (210, 297), 15),
        ((1189, 841), (210, 297), 25),
        ((420, 297), (210, 297), 4),
        ((190, 277), (210, 297), 1),
        ((370, 277), (210, 297), 2),  # two windows of 190 mm with 10 mm of overlap
        ((370.1, 277), (210, 297), 3),
    ],
)
def test_the_fewest_tiles_cover_the_page(
    page: tuple[float, float], paper: tuple[float, float], count: int
) -> None:
    found = tiling(page, paper)
    assert found.across * found.down == count
    x, y = found.corner(found.across - 1, found.down - 1)
    assert x + found.window[0] >= page[0] - 1e-6
    assert y + found.window[1] >= page[1] - 1e-6
    assert found.window[0] - found.corner(1, 0)[0] == pytest.approx(10)


@pytest.mark.parametrize("margin", [0.0, 10.0])
def test_tiles_put_together_are_the_page(canvas: Path, margin: float) -> None:
    """Each tile's window shows the page where it should; two dots a millimetre, compared in grey."""
    whole = drawn(render(load(canvas, page="a2", margin=margin)).outputs["pdf"]).convert("L")
    document = PdfDocument(render(load(canvas, page="a2", margin=margin, tile="a4")).outputs["pdf"])
    parts = tiling((594, 420), (210, 297))
    assert len(document) == parts.across * parts.down
    for number, page in enumerate(document):
        tile = page.render(scale=2 / MM).to_pil().convert("L")
        x, y = (round(side * 2) for side in parts.corner(number % parts.across, number // parts.across))
        w, h = min(2 * 190, whole.width - x), min(2 * 277, whole.height - y)
        shown, expected = (
            tile.crop((22, 22, 18 + w, 18 + h)),
            whole.crop((x + 2, y + 2, x + w - 2, y + h - 2)),
        )
        differences = [
            abs(a - b)
            for a, b in zip(
                shown.resize((40, 40)).tobytes(), expected.resize((40, 40)).tobytes(), strict=True
            )
        ]
        assert max(differences) < 60
        assert sum(differences) / len(differences) < 3
        assert tile.crop((0, 0, tile.width, 3)).getextrema() == (255, 255)
        assert tile.crop((tile.width - 3, 0, tile.width, tile.height)).getextrema() == (255, 255)
    document.close()


def test_tiles_are_labelled_by_row_and_column(canvas: Path) -> None:
    seen = pages(render(load(canvas, page="a2", tile="a4")).outputs["pdf"])
    labels = [page.text.split()[-1] for page in seen]
    assert labels == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]


def test_the_same_tiles_have_the_same_bytes(canvas: Path) -> None:
    job = load(canvas, tile="a4")
    first = render(job).outputs["pdf"]
    time.sleep(1.1)
    assert render(job).outputs["pdf"] == first
    assert properties(first)["CreationDate"] == "D:20000101000000+00'00'"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--tile", "a9"), "--tile a9: error[bad-page]"),
        (("--tile", "a4", "--bleed", "3mm"), "leave one of them out"),
        (("--tile", "a4", "--pptx"), "--tile is for PDF files"),
    ],
)
@pytest.mark.usefixtures("canvas")
def test_wrong_tiles_are_told(command: Command, words: tuple[str, ...], told: str) -> None:
    code, out, err = command("night.yaml", *words)
    assert told in err
    assert (code, out) == (2, "")
