"""What holds for the slides of any deck, whatever the stage and the theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from canvases import entry_texts
from rectangles import apart, within

from bmcrender.document import Document
from bmcrender.layout.deck.gauge import FULL, Gauge, points
from bmcrender.measure import Measurer
from bmcrender.resources import library
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Shape, Slide

NEAR = 1e-6


@cache
def slide_measurer() -> Measurer:
    return Measurer(library().font_set(), lambda face: library().read(f"fonts/{face.file}"), 0.02)


def texts(shape: Shape) -> str:
    return "\n".join(paragraph.text.plain for paragraph in shape.paragraphs)


def bare(text: str) -> str:
    """A text without what keeps its words together."""
    return text.replace("\u00a0", " ")


def placed(slide: Slide, placeholder: str) -> Shape:
    (found,) = [shape for shape in slide.shapes if shape.placeholder == placeholder]
    return found


def slides_of(whole: Deck, block: str) -> list[Slide]:
    return [slide for slide in whole.slides if slide.id.split(".")[0] == block]


def room(shape: Shape) -> Rect:
    return shape.rect.inset(*shape.inset)


def overlap(one: Rect, other: Rect) -> bool:
    return not apart(one, other, NEAR)


def outside(whole: Deck, slide: Slide) -> list[str]:
    """The names of shapes that leave their slide."""
    paper = Rect(0, 0, whole.width, whole.height)
    return [shape.name for shape in slide.shapes if not within(shape.rect, paper, NEAR)]


def overlapping_texts(slide: Slide) -> list[tuple[str, str]]:
    """The names of shapes that would cover text of each other."""
    written = [shape for shape in slide.shapes if shape.paragraphs]
    return [
        (one.name, other.name) for one, other in combinations(written, 2) if overlap(one.rect, other.rect)
    ]


def too_full(document: Document, whole: Deck) -> Iterator[tuple[str, str]]:
    """Yield slide and name of each shape that is too small for its text."""
    gauge = Gauge(document, slide_measurer(), whole.fonts)
    for slide in whole.slides:
        for shape in slide.shapes:
            area = room(shape)
            if gauge.height(shape.paragraphs, area.w) > points(area.h) * FULL + 0.01:
                yield slide.id, shape.name


def shown_items(document: Document, whole: Deck) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield what the slides of each block show of its items by id, and what they should."""
    for block in document.blocks:
        own = {text.id: text.plain for text in entry_texts(block.items)}
        shown: dict[str, str] = {}
        for slide in slides_of(whole, block.id):
            for paragraph in (one for shape in slide.shapes for one in shape.paragraphs):
                key, words = paragraph.text.id, paragraph.text.plain
                if key in own:
                    shown[key] = f"{shown[key]} {words}" if key in shown else words
        yield shown, own


def dead_links(whole: Deck) -> list[str]:
    """The links that lead to no slide."""
    there = {slide.id for slide in whole.slides}
    return [shape.link for slide in whole.slides for shape in slide.shapes if shape.link not in {"", *there}]
