"""What pages look like, compared with small pictures that people have looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pytest
from conftest import GOLDENS
from matrix import BLANK, FULL, THEMES, TYPICAL, Case, drawn
from PIL import Image
from pypdfium2 import PdfDocument
from small_pictures import Small

from bmcrender.model import Job, Result
from bmcrender.pipeline import render

pytestmark = pytest.mark.xdist_group("worker")

Compare = Callable[[str, Image.Image], None]
SIDE = 420
MOST_BYTES = 20 * 1024
SMALL = Small(128, Image.Quantize.FASTOCTREE, 1.0)


@dataclass(frozen=True)
class Shot:
    """A page to look at: its sheet, what is asked for beside, which page it is."""

    case: Case
    options: dict[str, Any] = field(default_factory=dict, hash=False)
    page: int = 1

    def __str__(self) -> str:
        asked = "".join(f"-{value}" for value in self.options.values())
        return f"{self.case}{asked}" + (f"-{self.page}" if self.page > 1 else "")

    def job(self) -> Job:
        job = self.case.job()
        return replace(job, options=replace(job.options, **self.options))


OTHERS = [theme for theme in THEMES if theme != "classic"]
SHOTS = [
    Shot(Case("poster", TYPICAL, "en")),
    Shot(Case("poster", TYPICAL, "fa")),
    *(
        Shot(Case("poster", TYPICAL, ("fa", "de", "es", "en", "fr")[at % 5], one))
        for at, one in enumerate(OTHERS)
    ),
    Shot(Case("poster", BLANK, "fa"), {"guide": "full"}),
    Shot(Case("poster", TYPICAL, "de"), {"orientation": "portrait"}),
    Shot(Case("poster", FULL, "fa"), page=4),
    Shot(Case("outline", TYPICAL, "fa")),
    Shot(Case("outline", BLANK, "en", OTHERS[0])),
    Shot(Case("handout", BLANK, "en")),
    Shot(Case("handout", TYPICAL, "fa"), page=5),
]


@pytest.fixture
def picture(request: pytest.FixtureRequest, golden: object) -> Compare:  # noqa: ARG001  its name says what is updated
    """Return `picture(name, image)`: fails unless the image looks as tests/goldens/pictures/<name>.png."""
    writes = request.config.getoption("--update-goldens")

    def compare(name: str, image: Image.Image) -> None:
        file = GOLDENS / "pictures" / f"{name}.png"
        if writes:
            # Left as it is while nobody would see a difference.
            if not file.is_file() or SMALL.difference(image, Image.open(file)):
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(SMALL.kept(image))
            return
        if not file.is_file():
            pytest.fail(
                f"tests/goldens/pictures/{name}.png is missing; write it with: make goldens", pytrace=False
            )
        found = SMALL.difference(image, Image.open(file))
        if found:
            pytest.fail(f"{name} {found}\nIf this is meant: make goldens, and look at it.", pytrace=False)

    return compare


def looked_at(job: Job) -> Image.Image:
    """The first page of what is rendered now."""
    return page_of(render(job), 1)


def page_of(result: Result, page: int) -> Image.Image:
    """A page as a picture whose longer side is SIDE."""
    document = PdfDocument(result.outputs["pdf"])
    try:
        chosen = document[page - 1]
        image = chosen.render(scale=SIDE / max(chosen.get_size())).to_pil()
        return image.convert("RGB")
    finally:
        document.close()


@pytest.mark.parametrize("shot", SHOTS, ids=str)
def test_a_page_looks_as_it_did(shot: Shot, picture: Compare) -> None:
    result = render(shot.job()) if shot.options else drawn(shot.case)
    picture(str(shot), page_of(result, shot.page))


def test_each_picture_is_small_and_belongs_to_a_page() -> None:
    files = {file.stem: file.stat().st_size for file in (GOLDENS / "pictures").iterdir()}
    assert set(files) == {str(shot) for shot in SHOTS}
    assert max(files.values()) <= MOST_BYTES


# -- what is told apart --------------------------------------------------------------------------------


PLAIN_CASE = Case("poster", TYPICAL, "en")
PLAIN = PLAIN_CASE.job()


def expected() -> Image.Image:
    return Image.open(BytesIO(SMALL.kept(page_of(drawn(PLAIN_CASE), 1))))


def styled(css: str) -> Job:
    files = {"themes/odd/theme.yaml": b"theme: odd\nextends: classic\n", "themes/odd/theme.css": css.encode()}
    return replace(PLAIN, files=files, options=replace(PLAIN.options, theme="odd"))


def set_to(**tokens: str) -> Job:
    settings = tuple((f"theme.tokens.{name}", value) for name, value in tokens.items())
    return replace(PLAIN, options=replace(PLAIN.options, settings=settings))


def test_the_same_page_is_no_different() -> None:
    assert SMALL.difference(looked_at(PLAIN), expected()) == ""
    assert SMALL.difference(looked_at(styled("")), expected()) == ""
    # A tenth of a pixel, as other versions of the libraries may round.
    assert SMALL.difference(looked_at(styled(".icon{transform:translateX(0.1mm)}")), expected()) == ""


@pytest.mark.parametrize(
    "job",
    [
        pytest.param(styled(".icon{transform:translateX(1mm)}"), id="icons moved by one millimetre"),
        pytest.param(styled(".emphasis{background:none}"), id="no tint"),
        pytest.param(set_to(accent="#0b6e4f"), id="another accent"),
        pytest.param(set_to(ink="#5a5a5a"), id="paler ink"),
        pytest.param(replace(PLAIN, options=replace(PLAIN.options, page="letter")), id="another page"),
    ],
)
def test_a_change_that_one_sees_is_told(job: Job) -> None:
    assert SMALL.difference(looked_at(job), expected()).endswith(("differ much", "pixels"))


# A theme that moves or hides texts is refused, so this is done to the picture: a pixel is a millimetre.
@pytest.mark.parametrize("by", [(2, 0), (0, -1)], ids=["two millimetres aside", "one millimetre up"])
def test_a_box_that_has_moved_is_told(by: tuple[int, int]) -> None:
    image = page_of(drawn(PLAIN_CASE), 1)
    box = [round(part * side) for part, side in zip((0.4, 0.2, 0.6, 0.7), image.size * 2, strict=True)]
    image.paste(image.crop(box), (box[0] + by[0], box[1] + by[1]))
    assert SMALL.difference(image, expected()).endswith("differ much")


def test_a_box_without_items_is_told() -> None:
    image = page_of(drawn(PLAIN_CASE), 1)
    box = [round(part * side) for part, side in zip((0.42, 0.25, 0.58, 0.7), image.size * 2, strict=True)]
    image.paste(image.getpixel((box[0], box[3])), box)
    assert SMALL.difference(image, expected()).endswith("differ much")
