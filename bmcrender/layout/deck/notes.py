"""Speaker notes: what the user wrote for a block, then what the guide says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bmcrender.document import DocumentBlock, Text
from bmcrender.layout.deck.points import Point, term
from bmcrender.layout.deck.setting import Setting
from bmcrender.slides import Paragraph

_SIZE = 12.0
_HANG = 12.0
_GAP, _TIGHT = 9.0, 3.0


def guide_notes(setting: Setting, block: DocumentBlock, questions: bool) -> Iterator[Paragraph]:
    """Yield what the guide says: the meaning, the questions if the slide has none, the check-lists."""
    yield _heading(setting.label("meaning"))
    yield _plain(block.meaning)
    if questions and block.questions:
        yield _heading(setting.label("guiding_questions"))
        yield from (_bullet(question) for question in block.questions)
    for given in block.lists:
        yield _heading(given.heading)
        for item in given.items:
            # The number of a phase is its marker.
            yield _plain(term(item)) if item.label else _bullet(term(item))


def own_notes(block: DocumentBlock) -> Iterator[Paragraph]:
    """Yield the user's notes to a block."""
    for text in block.notes:
        yield Paragraph(text, _SIZE, "ink", before_pt=_GAP)


def item_notes(points: Sequence[Point]) -> Iterator[Paragraph]:
    """Yield the notes to some items, each under the words of its item."""
    for point in points:
        if point.notes:
            yield from (_heading(text) for text in point.paragraphs)
            yield from (_plain(text) for text in point.notes)


def _heading(text: Text) -> Paragraph:
    return Paragraph(text, _SIZE, "ink", bold=True, before_pt=_GAP)


def _plain(text: Text) -> Paragraph:
    return Paragraph(text, _SIZE, "ink", before_pt=_TIGHT)


def _bullet(text: Text) -> Paragraph:
    return Paragraph(text, _SIZE, "ink", marker="bullet", indent_pt=_HANG, hang_pt=_HANG, before_pt=_TIGHT)
