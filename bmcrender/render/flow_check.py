"""Whether every text of a handout stands once, whole, in order and in its column on its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bmcrender.document import Text
from bmcrender.frozen import dataclass
from bmcrender.handouts import Handout, Section, Step
from bmcrender.render.verify import DrawnLine, misfits_of, overlaps
from bmcrender.sheets import Rect, TextBlock


@dataclass(frozen=True, slots=True)
class Expected:
    """A text and the rectangle of a page that it must stand in, on whichever page that is."""

    text: Text
    place: Rect


def flow_misfits(handout: Handout, pages: Sequence[Sequence[DrawnLine]]) -> Iterator[str]:
    """Yield a sentence for each text that is missing, cut, doubled, out of order or outside its place."""
    by_node: dict[str, list[DrawnLine]] = {}
    first: dict[str, int] = {}
    for number, lines in enumerate(pages, start=1):
        if not lines:
            yield f"page {number} is empty"
        for line in lines:
            first.setdefault(line.node, number)
            by_node.setdefault(line.node, []).append(line)
        yield from (f"page {number}: {pair}" for pair in overlaps(lines))
    reached = 1
    for expected in flow_texts(handout, first):
        node = expected.text.id
        page = first.get(node, reached)
        if page < reached:
            yield f"'{node}' stands on page {page}, before what it follows"
        reached = max(reached, page)
        yield from misfits_of(expected.text, expected.place, by_node.pop(node, []), page)
    yield from (f"page {first[node]}: '{node}' has no place" for node in by_node)


def flow_texts(handout: Handout, pages: dict[str, int]) -> Iterator[Expected]:
    """Yield every text in reading order; `pages` says where each step begins, for the contents."""
    yield from (Expected(block.text, block.rect) for block in _cover(handout))
    content = handout.content
    heading = handout.contents.heading
    yield Expected(heading.text, _column(content, heading.rect))
    for row in handout.contents.rows:
        number = handout.document.number(pages.get(f"{row.block}.title", 0))
        page = replace(row.page.text, runs=(replace(row.title.text.runs[0], text=number),))
        for block in (row.number, row.title, row.meaning):
            if block:
                yield Expected(block.text, _column(content, block.rect))
        yield Expected(page, _column(content, row.page.rect))
    for step in handout.steps:
        yield from _step(handout, step)


def _cover(handout: Handout) -> Iterator[TextBlock]:
    cover = handout.cover
    yield from (block for block in (cover.eyebrow, cover.title, cover.subtitle) if block)
    for field in cover.fields:
        yield from (field.label, field.value)
    for box in cover.boxes:
        yield from (box.number, box.name)
    yield from reversed(cover.foot)


def _step(handout: Handout, step: Step) -> Iterator[Expected]:
    content = handout.content
    for block in (step.number, step.eyebrow, step.title):
        yield Expected(block.text, _column(content, block.rect))
    labels = Rect(0, 0, handout.lengths["label"], 0)
    texts = replace(labels, x=labels.w + handout.lengths["gutter"])
    texts = replace(texts, w=content.w - texts.x)
    if handout.document.direction == "rtl":
        labels, texts = labels.mirrored(content.w), texts.mirrored(content.w)
    for section in step.sections:
        yield Expected(section.label, _column(content, labels))
        yield from (Expected(text, _column(content, texts)) for text in _texts(section))


def _texts(section: Section) -> Iterator[Text]:
    for passage in section.passages:
        if passage.label:
            yield passage.label
        yield passage.text
    for row in section.rows:
        yield from row.paragraphs


def _column(content: Rect, rect: Rect) -> Rect:
    """Return the stripe of a page that is as wide as a rectangle counted from its content's corner."""
    above = max(-rect.y, 0.0)  # a line may be higher than its letters
    return Rect(content.x + rect.x, content.y - above, rect.w, content.h + above)
