"""Pictures of pages: how large, how many, what they are called, that they are the page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bmcrender import LimitError, load, render, render_file
from bmcrender.render.png import pixels, resolution

Command = Callable[..., tuple[int, str, str]]
CANVAS = "title: Repair café\nblocks:\n  channels: [The shop window, Word of mouth]\n"
FULL = "title: Full\nblocks:\n  channels:\n" + 70 * f"    - {'many words ' * 24}\n"


@pytest.fixture
def canvas(tmp_path: Path) -> Path:
    file = tmp_path / "cafe.yaml"
    file.write_text(CANVAS, encoding="utf-8")
    return file


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_a_picture_has_150_dots_per_inch_and_says_so(canvas: Path) -> None:
    image = opened(render_file(canvas, "png"))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (2480, 1754))
    assert image.info["dpi"] == pytest.approx((150, 150), abs=0.1)


@pytest.mark.parametrize(
    ("given", "size"),
    [({"dpi": 72.0}, (1191, 842)), ({"width": 1000}, (1000, 707)), ({"dpi": 10.0}, (165, 117))],
)
def test_its_size_is_given_by_resolution_or_width(
    canvas: Path, given: dict[str, float], size: tuple[int, int]
) -> None:
    assert opened(render(load(canvas, ("png",), **given)).outputs["png"]).size == size


def test_it_shows_the_page(canvas: Path) -> None:
    """The page is white, the frame blue, the emphasised box tinted, and there is ink where the title stands."""
    image = opened(render(load(canvas, ("png",), dpi=72.0)).outputs["png"])
    assert image.getpixel((2, 2)) == (255, 255, 255)
    colours = {colour for _, colour in image.getcolors(1 << 20) or []}
    assert (0xFD, 0xF6, 0xEF) in colours
    title = image.crop((30, 30, 300, 70)).convert("L")
    assert title.getextrema()[0] < 90


def test_it_names_its_title_and_whose_template_it_is(canvas: Path) -> None:
    text = opened(render_file(canvas, "png")).text  # type: ignore[attr-defined]
    assert text["Title"] == "Repair café"
    assert "Strategyzer AG" in text["Description"]
    assert "creativecommons.org/licenses/by-sa/3.0" in text["Description"]


def test_the_same_canvas_gives_the_same_picture_beside_other_formats_too(canvas: Path) -> None:
    alone = render(load(canvas, ("png",), dpi=40.0)).outputs
    both = render(load(canvas, ("pdf", "png"), dpi=40.0)).outputs
    assert alone["png"] == both["png"]
    assert both["pdf"] == render_file(canvas, "pdf")


def test_every_page_is_a_picture_of_its_own(command: Command) -> None:
    Path("full.yaml").write_text(FULL, encoding="utf-8")
    result = render(load("full.yaml", ("png",), dpi=20.0))
    pages = [result.outputs["png"], *result.further["png"]]
    assert len(pages) >= 3
    assert len(set(pages)) == len(pages)
    code, out, _ = command("full.yaml", "--png", "--dpi", "20", "-o", "pictures/")
    names = ["pictures/full.png", *(f"pictures/full-{n}.png" for n in range(2, len(pages) + 1))]
    assert (code, out.splitlines()) == (0, names)
    assert [Path(name).read_bytes() for name in names] == pages


def test_pages_do_not_take_the_name_of_another_canvas_s_picture(command: Command) -> None:
    Path("full.yaml").write_text(FULL, encoding="utf-8")
    Path("full-2.yaml").write_text(CANVAS, encoding="utf-8")
    code, out, err = command("full-2.yaml", "full.yaml", "--width", "300", "--png")
    assert (code, out) == (4, "full-2.png\n")
    assert "error[clash]: a further page would be written to full-2.png" in err


def test_several_pictures_do_not_go_to_standard_output(command: Command) -> None:
    Path("full.yaml").write_text(FULL, encoding="utf-8")
    code, out, err = command("full.yaml", "--png", "--dpi", "20", "-o", "-")
    assert (code, out) == (4, "")
    assert "one for each page; write -o FOLDER/" in err


@pytest.mark.usefixtures("canvas")
def test_the_ending_of_the_output_chooses_pictures(command: Command) -> None:
    assert command("cafe.yaml", "--width", "300", "-o", "shot.PNG")[:2] == (0, "shot.PNG\n")
    assert opened(Path("shot.PNG").read_bytes()).size == (300, 212)


@pytest.mark.usefixtures("canvas")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--pdf", "--dpi", "96"), "--dpi is for pictures; write --png, or leave it out"),
        (("--width", "800"), "--width is for pictures"),
        (("--png", "--width", "800", "--dpi", "96"), "write one of them"),
        (("--png", "--dpi", "5"), "10"),
        (("--png", "--width", "0"), "16"),
        (("--png", "-o", "x.pdf"), "write --pdf, or a name that ends in .png"),
    ],
)
def test_a_wrong_command_line_says_what_to_write(command: Command, words: tuple[str, ...], told: str) -> None:
    code, out, err = command("cafe.yaml", *words)
    assert told in err
    assert (code, out) == (2, "")


@pytest.mark.usefixtures("canvas")
def test_a_picture_that_is_too_large_is_refused_before_it_is_drawn(command: Command) -> None:
    code, out, err = command("cafe.yaml", "--png", "--page-size", "a0", "--dpi", "300")
    assert (code, out) == (5, "")
    assert "cafe.yaml: error[picture-too-large]: a picture of 14,043 × 9,933 pixels is too large" in err
    assert "write --dpi 254 or less" in err


@pytest.mark.parametrize("page", [(1189.0, 841.0), (100.0, 3000.0), (3000.0, 3000.0), (210.0, 297.0)])
def test_the_resolution_that_is_offered_is_taken(page: tuple[float, float]) -> None:
    with pytest.raises(LimitError) as refused:
        resolution(page, 2400, None)
    offered = int(refused.value.diagnostics[0].hint.split()[2])
    width, height = pixels(page, resolution(page, offered, None))
    assert 0.95e8 < width * height <= 1e8
