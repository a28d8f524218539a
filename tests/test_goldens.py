"""What three examples become at each stage, compared with files that people have looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from canvases import EXAMPLES, VERY_FULL, example, laid_out
from lxml import etree

from bmcrender.document import Document, Run, Text
from bmcrender.inputs import load
from bmcrender.layout.typeset import font_stack
from bmcrender.pipeline import render
from bmcrender.render.html import html_page
from bmcrender.sheets import Rect

pytestmark = pytest.mark.xdist_group("worker")

Golden = Callable[[str, str], None]
CHOSEN = ("en-markdown", "fa-khaknegar", VERY_FULL)
# Data of themes and languages, which have files of their own.
LEFT_OUT = {Document: ("theme", "labels", "breaks", "areas", "slide_areas")}
STYLES = {"bold": "**", "italic": "*", "code": "`"}


def plain(value: Any) -> Any:
    """A value of the model as JSON has it: no defaults, lengths to 0.01 mm, a text in a line."""
    if isinstance(value, Text):
        language = f" {value.language}" if value.language else ""
        return f"{value.id} {value.direction}{language} | {''.join(map(marked, value.runs))}"
    if isinstance(value, Rect):
        return f"{value.x:.2f} {value.y:.2f} {value.w:.2f} {value.h:.2f}"
    if is_dataclass(value):
        return dict(members(value))
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return round(value, 2) if isinstance(value, float) else value


def members(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        given = getattr(value, field.name)
        usual = field.default_factory() if field.default_factory is not MISSING else field.default
        if field.name not in LEFT_OUT.get(type(value), ()) and given != usual:
            yield field.name, plain(given)


def marked(run: Run) -> str:
    text = run.text.replace("\n", "⏎").replace("\u00ad", "¦").replace("\u00a0", "⍽")
    for style, mark in STYLES.items():
        text = f"{mark}{text}{mark}" if getattr(run, style) else text
    return f"[{text}]({run.link})" if run.link else text


def as_json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", CHOSEN)
def test_the_resolved_document(name: str, golden: Golden) -> None:
    golden(f"{name}.document.json", as_json(example(name)))


@pytest.mark.parametrize("name", CHOSEN)
def test_the_laid_out_sheet(name: str, golden: Golden) -> None:
    sheet = laid_out(example(name))[0]
    golden(f"{name}.sheet.json", as_json({"unit": sheet.unit, "stroke": sheet.stroke, "pages": sheet.pages}))


@pytest.mark.parametrize("name", CHOSEN)
def test_the_page_as_html(name: str, golden: Golden) -> None:
    sheet = laid_out(example(name))[0]
    html = html_page(sheet, font_stack(sheet.document.theme.tokens, sheet.document.script))
    files = sheet.document.theme.files
    assert files["poster.css"] in html
    html = html.replace(files["poster.css"], "/* poster.css */")
    # A line for each element and each rule, so that a difference can be read.
    golden(f"{name}.html", re.sub(r"(?<=[>}/])(?=<[a-z!]|[.:][^<>{}]*\{)", "\n", html))


@pytest.mark.parametrize("name", CHOSEN[:2])
def test_the_parts_of_the_deck(name: str, golden: Golden) -> None:
    data = render(load(EXAMPLES[name], ("pptx",))).outputs["pptx"]
    golden(f"{name}.deck.xml.txt", "".join(parts(data)))


# A slide of each kind and what it stands on; the slides of the other blocks are alike.
PARTS = (
    "docProps/app.xml",
    "docProps/core.xml",
    "ppt/notesSlides/notesSlide3.xml",
    "ppt/presentation.xml",
    "ppt/slideLayouts/slideLayout3.xml",
    "ppt/slides/slide1.xml",
    "ppt/slides/slide2.xml",
    "ppt/slides/slide3.xml",
    "ppt/slides/slide7.xml",
    "ppt/slides/slide12.xml",
    "ppt/theme/theme1.xml",
)


def parts(data: bytes) -> Iterator[str]:
    """Some parts of a deck, indented."""
    with ZipFile(BytesIO(data)) as archive:
        for part in PARTS:
            tree = etree.fromstring(archive.read(part))
            etree.indent(tree, " ")
            yield f"=== {part}\n{etree.tostring(tree, encoding='unicode')}\n"
