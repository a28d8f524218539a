"""Text areas made narrower where that keeps together what belongs together: no text is changed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from bmcrender.layout.deck.gauge import Gauge
from bmcrender.layout.deck.setting import Setting, room
from bmcrender.slides import Paragraph, Shape
from bmcrender.ties import ties

_MOST = 0.3  # share of the width that may be given up, in steps
_STEPS = 60
_FREE = 1.02  # a program without the measurer's margin gets so much more on a line


def settled(setting: Setting, shape: Shape) -> Shape:
    """Return a shape whose lines break where they had better, as far as they stay as many.

    Words that nobody should part come together at the end of a line, by the inset far from where lines
    start: in a text that is ragged there nobody sees it. A template's own placeholders stay as they are.
    """
    foreign = setting.stage.foreign and shape.placeholder
    ragged = shape.wrap and all(one.align == "start" for one in shape.paragraphs)
    if foreign or not ragged:
        return shape
    width = room(shape).w
    columns = [_Column(setting.gauge, one, share) for one in shape.paragraphs for share in (1.0, _FREE)]
    counts, least = _set(columns, width)
    chosen = width
    for step in range(1, _STEPS + 1):
        narrower = width * (1 - _MOST * step / _STEPS)
        if not least:
            break
        found, torn = _set(columns, narrower)
        if found != counts:
            break
        if torn < least:
            least, chosen = torn, narrower
    return _narrowed(setting, shape, width - chosen) if chosen < width else shape


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
