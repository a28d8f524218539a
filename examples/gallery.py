"""Renders every layout in every theme and language, blank and filled, into build/gallery, to be looked at.

Needs the package with its test extra: python examples/gallery.py [LANGUAGE ...]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from threading import local

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

import bmcrender
from bmcrender.model import Job, Options
from bmcrender.resources import library
from bmcrender.starter import blank_canvas
from bmcrender.supervisor import Supervisor

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "build" / "gallery"
FONT = HERE.parent / "fonts" / "Inter" / "Inter-SemiBold.ttf"
THEMES = library().themes()
LANGUAGES = library().languages()
# What is shown of each layout: numbers of pages, side by side. Two pages of A4 are as wide as one of A3.
LAYOUTS = {"poster": (1,), "outline": (1,), "handout": (1, 5)}
BLANK, FILLED = FILLS = ("blank", "filled")
CELL = (480, 340)
GAP = 16
GROUND, INK = "#c9cdd3", "#1f2933"
AT_ONCE = 2

_thread = local()


@dataclass(frozen=True)
class Sheet:
    """One sheet of the gallery."""

    language: str
    theme: str
    layout: str
    fill: str

    @property
    def file(self) -> Path:
        """Where its PDF goes."""
        return TARGET / self.language / f"{self.theme}-{self.layout}-{self.fill}.pdf"

    def job(self) -> Job:
        """Return what renders it: the language's first example, or no canvas at all."""
        options = Options(layout=self.layout, theme=self.theme, blank=self.fill == BLANK)
        if self.fill == FILLED:
            file = min(HERE.glob(f"{self.language}-*.yaml"))
            return Job(file.read_bytes(), name=file.name, options=options)
        kind = library().kind("bmc")
        words, _ = library().language(self.language, kind)
        return Job(blank_canvas(words, kind).encode(), options=options)


def main() -> None:
    """Write all sheets, and for each language a picture with a row of them for each theme."""
    begin = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE, initializer=furnish) as pool:
        for language in sys.argv[1:] or LANGUAGES:
            sheets = [Sheet(language, *one) for one in product(THEMES, LAYOUTS, FILLS)]
            captions = [f"{one.theme} · {one.layout} · {one.fill}" for one in sheets]
            pictures = list(pool.map(rendered, sheets))
            grid(pictures, captions, len(LAYOUTS) * len(FILLS)).save(TARGET / f"{language}.png")
            spent = time.monotonic() - begin
            print(f"build/gallery/{language}.png shows {len(sheets)} sheets ({spent:.0f} s)", flush=True)


def furnish() -> None:
    """Give a thread a worker process of its own."""
    _thread.worker = Supervisor()


def rendered(sheet: Sheet) -> Image.Image:
    """Write a sheet's PDF and return its picture."""
    result = bmcrender.render(sheet.job(), _thread.worker)
    for finding in result.diagnostics:
        print(f"{sheet.file.name}: {finding.severity}[{finding.code}]: {finding.message}", file=sys.stderr)
    sheet.file.parent.mkdir(parents=True, exist_ok=True)
    sheet.file.write_bytes(result.outputs["pdf"])
    return spread(result.outputs["pdf"], LAYOUTS[sheet.layout])


def spread(pdf: bytes, numbers: Sequence[int], width: int = CELL[0]) -> Image.Image:
    """Return some pages of a PDF side by side, together as wide as is asked for."""
    document = pypdfium2.PdfDocument(pdf)
    whole = sum(document[number - 1].get_width() for number in numbers)
    pictures = [document[number - 1].render(scale=width / whole).to_pil() for number in numbers]
    image = Image.new("RGB", (sum(one.width for one in pictures), pictures[0].height))
    left = 0
    for one in pictures:
        image.paste(one, (left, 0))
        left += one.width
    return image


def grid(images: Sequence[Image.Image], captions: Sequence[str], columns: int) -> Image.Image:
    """Return pictures in rows, each with its caption above it."""
    width = max(image.width for image in images)
    size = round(width / 30)
    step = width + GAP, max(image.height for image in images) + GAP + 2 * size
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * step[0] + GAP, rows * step[1] + GAP), GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(FONT, size)
    for place, image, caption in zip(_places(columns, step), images, captions, strict=False):
        draw.text(place, caption, INK, font)
        sheet.paste(image, (place[0], place[1] + round(1.6 * size)))
    return sheet


def _places(columns: int, step: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield upper left corners, row by row."""
    at = 0
    while True:
        yield GAP + at % columns * step[0], GAP + at // columns * step[1]
        at += 1


if __name__ == "__main__":
    main()
