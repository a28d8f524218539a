"""A logo reaches both renderers upright and in colours that they show alike."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import PIL.Image
import pytest

from bmcrender.errors import CanvasError
from bmcrender.logo import logo_image


def encoded(picture: PIL.Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def decoded(data: bytes) -> PIL.Image.Image:
    picture = PIL.Image.open(BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_plain_logo_keeps_its_bytes(mode: str) -> None:
    data = encoded(PIL.Image.new(mode, (30, 10)), "PNG")
    image = logo_image(data, "logo.png")
    assert image.data == data
    assert (image.media_type, image.width_px, image.height_px) == ("image/png", 30, 10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_logo_of_a_turned_camera_is_set_upright(kind: str) -> None:
    picture = PIL.Image.new("RGB", (300, 100), "white")
    picture.paste((0, 0, 0), (0, 0, 100, 100))  # a dark square at the left, shown at the top
    exif = picture.getexif()
    exif[0x0112] = 6
    image = logo_image(encoded(picture, kind, exif=exif), "logo")
    assert (image.width_px, image.height_px) == (100, 300)
    upright = decoded(image.data)
    assert upright.size == (100, 300)
    assert upright.getexif().get(0x0112, 1) == 1
    assert max(upright.convert("L").getpixel((50, 50)), 10) == 10
    assert min(upright.convert("L").getpixel((50, 250)), 245) == 245


def test_sixteen_bits_of_grey_become_eight() -> None:
    picture = PIL.Image.new("I;16", (2, 1))
    picture.putpixel((0, 0), 0x8000)
    picture.putpixel((1, 0), 0xFFFF)
    grey = decoded(logo_image(encoded(picture, "PNG"), "logo.png").data)
    assert grey.mode == "L"
    assert [grey.getpixel((x, 0)) for x in (0, 1)] == [128, 255]


def test_colours_of_print_become_colours_of_light() -> None:
    data = encoded(PIL.Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")
    image = logo_image(data, "logo.jpg")
    assert image.media_type == "image/jpeg"
    assert decoded(image.data).mode == "RGB"


def test_a_logo_that_is_cut_off_is_an_error() -> None:
    data = encoded(PIL.Image.effect_noise((64, 64), 50), "PNG")
    with pytest.raises(CanvasError) as caught:
        logo_image(data[: len(data) // 2], "logo.png")
    assert [one.code for one in caught.value.diagnostics] == ["logo-broken"]
