"""Where lines of slides break: better places are found by a narrower area, never by another text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from canvases import resolved, short
from deck_checks import room, slide_measurer

from bmcrender.document import Run, Text
from bmcrender.layout.deck.gauge import Gauge
from bmcrender.layout.deck.rag import settled
from bmcrender.layout.deck.setting import Setting
from bmcrender.layout.deck.stage import own_stage
from bmcrender.model import Direction
from bmcrender.sheets import Rect
from bmcrender.slides import Paragraph, Shape

LONELY = {
    "en": "Which key resources do our channels require?",
    "fa": "جواب آزمایش به زبان باغدار، نه زبان آزمایشگاه",
}


def setting(language: str = "en") -> Setting:
    document = resolved(short(1, language), language=language)
    return Setting(document, Gauge(document, slide_measurer()), own_stage(document))


def said(text: str, direction: Direction = "ltr") -> Paragraph:
    return Paragraph(Text("said", (Run(text),), direction), 24.0, "ink")


def narrow(given: Setting, *paragraphs: Paragraph, free: float = 1.03) -> Shape:
    """Return a shape in which the last word of the first paragraph has no room, in any program."""
    width = next(width for width in range(300, 20, -1) if given.gauge.lines(paragraphs[0], width * free) == 2)
    return Shape("Said", Rect(16, 53, width, 100), paragraphs)


def last_lines(given: Setting, shape: Shape) -> list[str]:
    width = room(shape).w
    return [one.text.plain[(0, *given.gauge.starts(one, width))[-1] :] for one in shape.paragraphs]


@pytest.mark.parametrize(("language", "side"), [("en", 2), ("fa", 0)])
def test_a_last_word_is_joined_by_another_where_lines_end(language: str, side: int) -> None:
    given = setting(language)
    before = narrow(given, said(LONELY[language], given.document.direction))
    after = settled(given, before)
    assert [len(line.split()) for line in last_lines(given, before)] == [1]
    assert [len(line.split()) for line in last_lines(given, after)] == [2]
    assert after.inset[side] > 0
    assert sum(after.inset) == after.inset[side], "only the edge where lines end moves"
    assert (after.rect, after.paragraphs) == (before.rect, before.paragraphs)


def test_no_text_gets_another_line_for_it() -> None:
    given = setting()
    before = narrow(given, said(LONELY["en"]), said("Which key resources do our channels now"))
    assert last_lines(given, before)[0] == "require?"
    after = settled(given, before)
    assert after.inset == before.inset, "the other text would have two lines"
    assert after.paragraphs[1] is before.paragraphs[1]
    assert last_lines(given, after)[0] == "channels require?", "by a margin of its own"
    assert after.paragraphs[0].end_pt > 0


def test_placeholders_of_a_template_keep_their_margins_but_not_their_paragraphs() -> None:
    given = setting()
    foreign = replace(given, stage=replace(given.stage, foreign=True))
    before = replace(narrow(given, said(LONELY["en"]), free=1.1), placeholder="items")
    after = settled(foreign, before)
    assert after.inset == before.inset
    assert last_lines(given, after) == ["channels require?"]
    title = replace(before, placeholder="title")  # it may stand in the middle
    assert settled(foreign, title) is title


def test_texts_that_break_well_keep_their_area() -> None:
    given = setting()
    for width in (300, 90):
        shape = Shape("Said", Rect(16, 53, width, 100), (said("Which resources do our channels call for?"),))
        words = last_lines(given, shape)[0].split()
        assert (settled(given, shape) is shape) == (len(words) > 1)


def test_a_licence_keeps_its_number() -> None:
    given = setting()
    shape = narrow(given, said("Adapted from a canvas, CC BY-SA 3.0"))
    assert last_lines(given, settled(given, shape)) == ["CC BY-SA 3.0"]


def test_a_text_that_does_not_break_or_stands_at_the_far_edge_stays() -> None:
    given = setting()
    shape = narrow(given, said(LONELY["en"]))
    for other in (
        {"wrap": False},
        {"paragraphs": (Paragraph(shape.paragraphs[0].text, 24.0, "ink", align="end"),)},
    ):
        kept = Shape("Said", shape.rect, **{"paragraphs": shape.paragraphs, **other})
        assert settled(given, kept) is kept
