"""What decks look like in LibreOffice: in our fonts, no letter lost or off its slide, as people have seen them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from conftest import GOLDENS
from matrix import BLANK, FILLS, FULL, THEMES, TYPICAL, Case
from office import pdfs, version, with_office
from PIL import Image, ImageChops
from pptx_lint import Package
from pypdfium2 import PdfDocument, PdfPage, raw
from small_pictures import Small

from bmcrender.pipeline import render

# All of them are drawn by one LibreOffice.
pytestmark = [with_office, pytest.mark.xdist_group("decks")]

ROOT = Path(__file__).resolve().parent.parent
OURS = {file.stem for file in (ROOT / "fonts").rglob("*.ttf")}
DRAWN_BY = "7.4"  # the LibreOffice of the pictures
SLIDES = (0, 1, 3, -1)  # shown: opening, overview, a block, closing
WIDTH = 300
MOST_BYTES = 24 * 1024
SMALL = Small(64, Image.Quantize.MEDIANCUT, 0.5)
SLACK_PT = 1.0

CORNERS = (
    Case("poster", TYPICAL, "de", "classic"),
    Case("poster", FULL, "fa", "modern"),
    Case("poster", BLANK, "fa", "dark"),
    Case("poster", TYPICAL, "fa", "workshop"),
)
WHOLE = tuple(Case("poster", fill, tag, theme) for theme in THEMES for tag in ("de", "fa") for fill in FILLS)
OTHERS = tuple(case for case in WHOLE if case not in CORNERS)

Looked = tuple[bytes, PdfDocument]


def looked(cases: Sequence[Case], folder: Path) -> Mapping[Case, Looked]:
    """Return the decks of some cases, each with its slides as LibreOffice draws them."""
    decks = {str(case): render(case.job(("pptx",))).outputs["pptx"] for case in cases}
    documents = pdfs(folder, decks)
    return {case: (decks[str(case)], documents[str(case)]) for case in cases}


@pytest.fixture(scope="module")
def corners(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Case, Looked]:
    return looked(CORNERS, tmp_path_factory.mktemp("corners"))


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Case, Looked]:
    return looked(OTHERS, tmp_path_factory.mktemp("others"))


@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_libreoffice_draws_a_deck_whole_and_in_our_fonts(case: Case, corners: Mapping[Case, Looked]) -> None:
    is_whole_and_ours(*corners[case])


@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_libreoffice_draws_any_deck_whole_and_in_our_fonts(case: Case, others: Mapping[Case, Looked]) -> None:
    is_whole_and_ours(*others[case])


def is_whole_and_ours(data: bytes, document: PdfDocument) -> None:
    texts = list(said(data))
    assert len(document) == len(texts)
    for number, (page, text) in enumerate(zip(document, texts, strict=True), 1):
        shown = Counter(letters("".join(letter for letter, _ in drawn(page))))
        assert Counter(letters(text)) - shown == Counter(), number
        width, height = page.get_size()
        for letter, (left, bottom, right, top) in drawn(page):
            assert -SLACK_PT <= left <= right <= width + SLACK_PT, (number, letter)
            assert -SLACK_PT <= bottom <= top <= height + SLACK_PT, (number, letter)
        assert fonts(page) <= OURS, number


def said(data: bytes) -> Iterator[str]:
    """The texts of each slide but its number, which LibreOffice writes in digits of its own."""
    package = Package(data)
    for number in range(1, len(package.parts("ppt/slides/")) + 1):
        yield "".join(package.find(f"ppt/slides/slide{number}.xml", "//p:sp//a:r/a:t/text()"))


def letters(text: str) -> list[str]:
    """The letters and digits of a text, ligatures and forms of letters taken apart."""
    return [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()]


def drawn(page: PdfPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """The letters of a page, each with its place in points."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.strip():
            yield letter, text.get_charbox(index)


def fonts(page: PdfPage) -> set[str]:
    """The fonts of a page by their PostScript names."""
    found = set()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(one)
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, 128)
        found.add(name.value.decode().partition("+")[2] or name.value.decode())
    return found


def test_the_names_of_our_fonts_are_those_of_their_files() -> None:
    assert {"Inter-Bold", "Vazirmatn-Regular", "Lalezar-Regular", "NotoSansMath-Regular"} <= OURS
    assert len(CORNERS) + len(OTHERS) == len(WHOLE) == 6 * 2 * 3


# -- pictures ------------------------------------------------------------------------------------------

as_looked_at = pytest.mark.skipif(
    version() != DRAWN_BY, reason=f"the pictures are LibreOffice {DRAWN_BY}'s, here is {version() or 'none'}"
)


Compare = Callable[[Case, PdfDocument], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest, golden: object) -> Compare:  # noqa: ARG001  its name says what is updated
    """Return `compare(case, document)`: fails unless a deck looks as the picture in tests/goldens/decks."""
    writes = request.config.getoption("--update-goldens")

    def compared(case: Case, document: PdfDocument) -> None:
        file = GOLDENS / "decks" / f"{name(case)}.png"
        image = sheet(document)
        found = SMALL.difference(image, Image.open(file)) if file.is_file() else "is missing"
        if found and writes:
            # Left as it is while nobody would see a difference.
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(SMALL.kept(image))
        elif found:
            pytest.fail(
                f"{name(case)} {found}\nIf this is meant: make goldens, and look at it.", pytrace=False
            )

    return compared


@as_looked_at
@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_a_deck_looks_as_it_did(case: Case, corners: Mapping[Case, Looked], compare: Compare) -> None:
    compare(case, corners[case][1])


@as_looked_at
@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_any_deck_looks_as_it_did(case: Case, others: Mapping[Case, Looked], compare: Compare) -> None:
    compare(case, others[case][1])


def name(case: Case) -> str:
    return f"{case.theme}-{case.language}-{case.fill}"


def sheet(document: PdfDocument) -> Image.Image:
    """Some slides of a deck, two beside each other."""
    pages = [document[number if number >= 0 else len(document) + number] for number in SLIDES]
    pictures = [page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB") for page in pages]
    height = pictures[0].height
    image = Image.new("RGB", (2 * WIDTH, 2 * height))
    for number, picture in enumerate(pictures):
        image.paste(picture, (number % 2 * WIDTH, number // 2 * height))
    return image


@as_looked_at
def test_each_picture_is_small_and_belongs_to_a_deck() -> None:
    files = {file.stem: file.stat().st_size for file in (GOLDENS / "decks").iterdir()}
    assert set(files) == {name(case) for case in WHOLE}
    assert max(files.values()) <= MOST_BYTES


@cache
def stored(case: Case) -> Image.Image:
    return Image.open(GOLDENS / "decks" / f"{name(case)}.png").convert("RGB")


@as_looked_at
@pytest.mark.parametrize("case", CORNERS, ids=str)
def test_a_change_that_one_sees_is_told(case: Case) -> None:
    given = stored(case)
    assert SMALL.difference(given, given) == ""
    moved = ImageChops.offset(given, 2, 0)
    assert SMALL.difference(moved, given)
    bare = given.copy()
    bare.paste(given.getpixel((WIDTH // 2, 8)), (20, 80, WIDTH - 20, 120))  # no title on the opening
    assert SMALL.difference(bare, given)
    others = [one for one in CORNERS if one != case]
    assert all(SMALL.difference(stored(one), given) for one in others)
