"""A kind, a language and a theme that are nothing but files render to both outputs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pdf_reading
import pytest
from pptx import Presentation

from bmcrender.checking import checked
from bmcrender.document import Document
from bmcrender.given import read_files
from bmcrender.layout.poster import poster
from bmcrender.measure import Measurer
from bmcrender.model import Job, Options, Result
from bmcrender.pipeline import render
from bmcrender.resources import library
from bmcrender.sheets import Page

pytestmark = pytest.mark.xdist_group("worker")

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
CANVAS = (DATA / "canvas.yaml").read_bytes()
ORDER = ["listen", "shape", "offer", "learn"]
TITLES = ["نصغي", "نصمّم", "نقدّم", "نتعلّم"]


def arabic() -> bytes:
    """The labels of a language that is not built in; the words are Persian, which nobody reads here."""
    text = library().read("languages/fa/common.yaml").decode()
    changes = {
        "language: fa": "language: ar",
        "name: فارسی": "name: العربية",
        "calendar: jalali": "calendar: gregorian",
        '"۰۱۲۳۴۵۶۷۸۹"': '"٠١٢٣٤٥٦٧٨٩"',
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


@cache
def files() -> Mapping[str, bytes]:
    return {**read_files(data=DATA).files, "languages/ar/common.yaml": arabic()}


@cache
def result() -> Result:
    return render(Job(CANVAS, ("pdf", "pptx"), files=files()))


def document(**options: str) -> Document:
    found = checked(Job(CANVAS, files=files(), options=replace(Options(), **options)))
    assert found.diagnostics == ()
    assert found.document is not None
    return found.document


def page(given: Document) -> Page:
    fonts = Measurer(library().font_set(), lambda face: library().read(f"fonts/{face.file}"))
    return poster(given, fonts)[0].pages[0]


def letters(text: str) -> str:
    return "".join(sorted(letter for letter in text if letter.isalnum()))


def test_the_data_is_files_alone_and_none_of_it_is_built_in() -> None:
    assert {Path(name).suffix for name in files()} == {".yaml", ".css", ".svg"}
    known = library()
    assert "loop" not in known.kinds()
    assert "ar" not in known.languages()
    assert "night" not in known.themes()


def test_it_renders_to_a_poster_without_a_word_of_complaint() -> None:
    assert result().diagnostics == ()
    (seen,) = pdf_reading.pages(result().outputs["pdf"])
    assert [letters(one.text) for one in seen.tree.all("H2")] == [letters(title) for title in TITLES]
    questions = ("ما أوّل ما يمكن أن نجرّبه؟", "ماذا نغيّر؟")
    texts = [letters(one.text) for one in seen.tree.all("P")]
    for text in (
        *questions,
        "أهل الحيّ كلّ صباح",
        "Harbour Café",
        "دراجة مع B2B",
        "وُضعت هذه اللوحة لاختبار البرنامج، CC0 1.0",
    ):
        assert letters(text) in texts
    # Filled blocks do not ask.
    assert letters("إلى من نصغي؟") not in texts
    subject = pdf_reading.properties(result().outputs["pdf"])["Subject"]
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in subject


def test_its_grid_is_mirrored_and_its_date_is_in_its_digits() -> None:
    given = document()
    assert (given.direction, given.mirrored) == ("rtl", True)
    boxes = {box.block: box.rect for box in page(given).boxes}
    assert list(boxes) == ORDER
    # Drawn at the left and as high as the canvas, so mirrored to the right.
    assert boxes["listen"].x > boxes["shape"].x > boxes["offer"].x
    assert boxes["listen"].h == pytest.approx(page(given).canvas.h)
    assert boxes["learn"].right == pytest.approx(boxes["shape"].right)
    gap = 1.2 * 2.97
    assert boxes["shape"].x - boxes["offer"].right == pytest.approx(gap)
    (date,) = [field.value.plain for field in given.fields if field.value.id == "field.date"]
    assert "٢٠٢٦" in date


def test_upright_it_has_its_other_grid() -> None:
    boxes = {box.block: box.rect for box in page(document(orientation="portrait")).boxes}
    assert boxes["listen"].w == pytest.approx(boxes["learn"].w)
    assert boxes["shape"].w < boxes["listen"].w / 2


def test_its_theme_dresses_both_outputs_with_its_own_icon() -> None:
    given = document()
    assert given.theme.icons["ear"].startswith("M32 32")
    assert [box.icon.name if box.icon else "" for box in page(given).boxes] == ["ear", "ear", "gift", "ear"]
    assert ".box { background: var(--tint)" in given.theme.files["theme.css"]
    with ZipFile(BytesIO(result().outputs["pptx"])) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert {"10161F", "EEF2F6"} <= {color.upper() for color in re.findall(r'srgbClr val="(\w+)"', theme)}


def test_it_renders_to_a_deck_in_the_order_of_its_work() -> None:
    slides = list(Presentation(BytesIO(result().outputs["pptx"])).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    assert [title for title in titles if title in TITLES] == TITLES
    words = "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    for text in ("إلى من نصغي؟", "كيف نوصله إليهم؟", "مقهى الميناء", "CC0 1.0"):
        assert text in words


def test_its_check_lists_show_in_the_full_guide() -> None:
    lists = {box.block: [line.text.plain for line in box.lists] for box in page(document(guide="full")).boxes}
    assert "خلال يومين" in "".join(lists["offer"])
    numbered = "".join(lists["learn"])
    assert "١" in numbered
    assert "هل نفعهم ذلك؟" in numbered


def test_the_command_line_takes_it_with_one_option(tmp_path: Path) -> None:
    (tmp_path / "canvas.yaml").write_bytes(CANVAS)
    for name, content in files().items():
        file = tmp_path / "own" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    command = [
        sys.executable,
        "-m",
        "bmcrender",
        str(tmp_path / "canvas.yaml"),
        "--pdf",
        "--pptx",
        "--data",
        str(tmp_path / "own"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for format in ("pdf", "pptx"):
        assert (tmp_path / f"canvas.{format}").read_bytes() == result().outputs[format]  # type: ignore[index]
