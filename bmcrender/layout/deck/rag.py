"""Areas and paragraphs made narrower where that keeps together what belongs together: no text is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from bmcrender.layout.deck.gauge import Gauge, points
from bmcrender.layout.deck.setting import Setting, room
from bmcrender.slides import Paragraph, Shape
from bmcrender.ties import ties

_MOST = 0.3  # share of the width that may be given up, in steps
_STEPS = 60
# Widths in which programs may set a text, as shares of the one that it was measured for: lines hold more
# there, since the measurer's margin is spare. On templates the shares go further: narrower fonts may stand
# in. At the last share of each a text may get a line more: there is room for as many as were measured.
_OURS, _OTHERS = (1.0, 1.015, 1.03), (1.0, 1.015, 1.045, 1.06, 1.1)
_RAGGED = ("items", "questions")  # placeholders of a template whose lines start at an edge


def settled(setting: Setting, shape: Shape) -> Shape:
    """Return a shape whose lines break at better places, as many of them as before.

    In a narrower column, words that belong together (`ties`) come to stand on one line. First the whole
    text is made narrower, by the shape's inset at the side where lines end, then single paragraphs by a
    margin there. Lines are ragged at that side, so nobody sees it. A template's own placeholders keep their
    insets; texts in the middle are left as they are.
    """
    foreign = setting.stage.foreign and shape.placeholder
    ragged = shape.wrap and all(one.align == "start" for one in shape.paragraphs)
    if not ragged or (foreign and shape.placeholder not in _RAGGED):
        return shape
    width = room(shape).w
    by = 0.0 if foreign else width - _better(setting, shape.paragraphs, width)
    words = tuple(_settled(setting, shape.paragraphs, at, width - by) for at in range(len(shape.paragraphs)))
    if not by and all(new is old for new, old in zip(words, shape.paragraphs, strict=True)):
        return shape
    return _narrowed(setting, replace(shape, paragraphs=words), by)


def _settled(setting: Setting, paragraphs: Sequence[Paragraph], at: int, width: float) -> Paragraph:
    """Return a paragraph of some that stand in a width, with a margin where its lines end if that helps."""
    one, alone = paragraphs[at], not any(other.break_before for other in paragraphs[at : at + 2])
    by = width - _better(setting, [one], width)
    own = alone and one.text.direction == setting.document.direction
    return replace(one, end_pt=points(by)) if by and own else one


def _better(setting: Setting, paragraphs: Sequence[Paragraph], width: float) -> float:
    """Return the width at which fewest lines of some paragraphs begin where none should, the widest such."""
    shares = _OTHERS if setting.stage.foreign else _OURS
    columns = [_Column(setting.gauge, one, share) for share in shares for one in paragraphs]
    kept = len(paragraphs) * (len(shares) - 1)
    counts, least = _set(columns, width)
    chosen = width
    for step in range(1, _STEPS + 1):
        narrower = width * (1 - _MOST * step / _STEPS)
        if not least:
            break
        found, torn = _set(columns, narrower)
        if found[:kept] != counts[:kept]:
            break
        if torn < least:
            least, chosen = torn, narrower
    return chosen


class _Column:
    """A paragraph in a column that gets narrower, in a program that sets it in a share of what is measured.

    It is broken anew only when one of its lines fits no longer.
    """

    def __init__(self, gauge: Gauge, paragraph: Paragraph, share: float) -> None:
        self._gauge, self._paragraph, self._share = gauge, paragraph, share
        self._least = inf
        self.lines = self.torn = 0  # torn are those that begin where none should

    def narrow(self, width: float) -> None:
        """Set the paragraph in a width."""
        width *= self._share
        if width < self._least:
            starts = self._gauge.starts(self._paragraph, width)
            self.lines = len(starts) + 1
            self.torn = sum(start in ties(self._paragraph.text.plain) for start in starts)
            self._least = self._gauge.least_width(self._paragraph, width)


def _set(columns: Sequence[_Column], width: float) -> tuple[list[int], int]:
    """Return the number of lines of each column in a width, and how many lines of all are torn."""
    for column in columns:
        column.narrow(width)
    return [column.lines for column in columns], sum(column.torn for column in columns)


def _narrowed(setting: Setting, shape: Shape, by: float) -> Shape:
    left, top, right, bottom = shape.inset
    rtl = setting.document.direction == "rtl"
    return replace(shape, inset=(left + by, top, right, bottom) if rtl else (left, top, right + by, bottom))
