"""Draws the README's pictures anew: posters, slides and themes of two examples, as small PNGs.

Needs the package with its test extra, and LibreOffice for the slides: python examples/pictures.py
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from gallery import grid, spread
from PIL import Image

import bmcrender
from bmcrender.fonts import fontconfig_xml
from bmcrender.resources import library

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
EXAMPLES = ("en-fiddlewood", "fa-khaknegar")
SLIDES = (0, 1, 3, 7)  # opening, overview, two blocks
WIDTH = 1000
COLORS = 160


def main() -> None:
    """Write all pictures."""
    target = HERE / "pictures"
    target.mkdir(exist_ok=True)
    for name in EXAMPLES:
        canvas = HERE / f"{name}.yaml"
        poster = pages(bmcrender.render_file(canvas, "pdf"))[0]
        saved(poster, target / f"{name}-poster.png")
        saved(four(slides(bmcrender.render_file(canvas, "pptx"))), target / f"{name}-deck.png")
    saved(themes(), target / "themes.png")


def themes() -> Image.Image:
    """Return a poster in each theme, the examples by turns."""
    names = library().themes()
    canvases = [HERE / f"{EXAMPLES[at % len(EXAMPLES)]}.yaml" for at in range(len(names))]
    posters = [
        spread(bmcrender.render_file(canvas, "pdf", theme=name), [1], WIDTH)
        for canvas, name in zip(canvases, names, strict=True)
    ]
    return grid(posters, names, 2)


def pages(pdf: bytes) -> list[Image.Image]:
    """Return the pages of a PDF, twice as wide as the pictures will be."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=2 * WIDTH / page.get_width()).to_pil() for page in document]


def slides(deck: bytes) -> list[Image.Image]:
    """Return the slides of a deck as LibreOffice draws them with the bundled fonts."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "fonts.conf").write_text(fontconfig_xml([FONTS], room / "cache"), encoding="utf-8")
        (room / "deck.pptx").write_bytes(deck)
        command = ["soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(room / "deck.pptx")]
        environment = {**os.environ, "FONTCONFIG_FILE": str(room / "fonts.conf")}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        drawn = pages((room / "deck.pdf").read_bytes())
    return [drawn[index] for index in SLIDES]


def four(images: list[Image.Image]) -> Image.Image:
    """Return four pictures in two rows."""
    width, height = images[0].size
    gap = width // 50
    sheet = Image.new("RGB", (2 * width + gap, 2 * height + gap), "#c9cdd3")
    for index, image in enumerate(images):
        sheet.paste(image, (index % 2 * (width + gap), index // 2 * (height + gap)))
    return sheet


def saved(image: Image.Image, path: Path) -> None:
    """Write a picture, small."""
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    image.convert("RGB").quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


if __name__ == "__main__":
    main()
