"""Renders every layout and the deck in every theme and language, blank and filled, into build/gallery.

To be looked at. Needs the package with its test extra: python examples/gallery.py [LANGUAGE ...]
Decks are shown as LibreOffice draws them, where it is installed, with the bundled fonts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from threading import local

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

import bmcrender
from bmcrender.fonts import fontconfig_xml
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
# What is shown of a deck: opening, overview, two blocks, closing.
SLIDES = (1, 2, 3, 4, -1)
OFFICE = shutil.which("soffice")
BLANK, FILLED = FILLS = ("blank", "filled")
DECK = "deck"
CELL = (480, 340)
GAP = 16
GROUND, INK = "#c9cdd3", "#1f2933"
AT_ONCE = 2

_thread = local()


@dataclass(frozen=True)
class Piece:
    """One sheet of the gallery, or one deck."""

    language: str
    theme: str
    layout: str
    fill: str

    @property
    def caption(self) -> str:
        """What stands above its pictures."""
        return f"{self.theme} · {self.layout} · {self.fill}"

    @property
    def file(self) -> Path:
        """Where it goes."""
        suffix = "pptx" if self.layout == DECK else "pdf"
        return TARGET / self.language / f"{self.theme}-{self.layout}-{self.fill}.{suffix}"

    def job(self) -> Job:
        """Return what renders it."""
        if self.layout == DECK:
            return replace(job(self.language, self.fill, Options(theme=self.theme)), formats=("pptx",))
        return job(self.language, self.fill, Options(layout=self.layout, theme=self.theme))


def job(language: str, fill: str, options: Options) -> Job:
    """Return what renders a language's first example, or no canvas at all."""
    if fill == FILLED:
        file = min(HERE.glob(f"{language}-*.yaml"))
        return Job(file.read_bytes(), name=file.name, options=options)
    kind = library().kind("bmc")
    words, _ = library().language(language, kind)
    return Job(blank_canvas(words, kind).encode(), options=replace(options, blank=True))


def main() -> None:
    """Write all sheets and decks, and for each language pictures with rows of them for each theme."""
    begin = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE, initializer=furnish) as pool:
        for language in sys.argv[1:] or LANGUAGES:
            sheets = [Piece(language, *one) for one in product(THEMES, LAYOUTS, FILLS)]
            captions = [one.caption for one in sheets]
            pictures = list(pool.map(rendered, sheets))
            grid(pictures, captions, len(LAYOUTS) * len(FILLS)).save(TARGET / f"{language}.png")
            spent = time.monotonic() - begin
            print(f"build/gallery/{language}.png shows {len(sheets)} sheets ({spent:.0f} s)", flush=True)
            decks = [Piece(language, *one) for one in product(THEMES, (DECK,), FILLS)]
            list(pool.map(written, decks))
            show_decks(language, decks)


def show_decks(language: str, decks: Sequence[Piece]) -> None:
    """Write a picture with a row of slides for each deck, if there is a program to draw them."""
    if OFFICE is None:
        print(f"build/gallery/{language}/ has {len(decks)} decks; to see them here install LibreOffice")
        return
    with tempfile.TemporaryDirectory() as folder:
        pictures = [picture for pdf in office_pdfs(decks, Path(folder)) for picture in slides_of(pdf)]
    captions = [one.caption for one in decks for _ in SLIDES]
    grid(pictures, captions, len(SLIDES)).save(TARGET / f"{language}-decks.png")
    print(f"build/gallery/{language}-decks.png shows {len(decks)} decks", flush=True)


def office_pdfs(decks: Sequence[Piece], folder: Path) -> Iterator[bytes]:
    """Yield decks as PDF, drawn by LibreOffice with the bundled fonts alone."""
    fonts = folder / "fonts.conf"
    fonts.write_text(fontconfig_xml([FONT.parent.parent], folder / "cache"))
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    files = [str(one.file) for one in decks]
    subprocess.run(command + files, env=environment, check=True, stdout=subprocess.DEVNULL)
    for one in decks:
        yield (folder / one.file.with_suffix(".pdf").name).read_bytes()


def slides_of(pdf: bytes) -> Iterator[Image.Image]:
    """Yield pictures of some slides."""
    document = pypdfium2.PdfDocument(pdf)
    for number in SLIDES:
        page = document[number - 1 if number > 0 else len(document) + number]
        yield page.render(scale=CELL[0] / page.get_width()).to_pil()


def furnish() -> None:
    """Give a thread a worker process of its own."""
    _thread.worker = Supervisor()


def rendered(sheet: Piece) -> Image.Image:
    """Write a sheet's PDF and return its picture."""
    return spread(written(sheet), LAYOUTS[sheet.layout])


def written(one: Piece) -> bytes:
    """Write the file of a sheet or a deck and return it."""
    result = bmcrender.render(one.job(), _thread.worker)
    for finding in result.diagnostics:
        print(f"{one.file.name}: {finding.severity}[{finding.code}]: {finding.message}", file=sys.stderr)
    (data,) = result.outputs.values()
    one.file.parent.mkdir(parents=True, exist_ok=True)
    one.file.write_bytes(data)
    return data


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
