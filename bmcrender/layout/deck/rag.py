"""Text areas made narrower where that keeps together what belongs together: no text is changed for it."""

from __future__ import annotations

from dataclasses import replace

from bmcrender.layout.deck.setting import Setting, room
from bmcrender.slides import Shape
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
    counts = _counts(setting, shape, width)
    least, chosen = _torn(setting, shape, width), width
    for step in range(1, _STEPS + 1):
        narrower = width * (1 - _MOST * step / _STEPS)
        if not least or _counts(setting, shape, narrower) != counts:
            break
        torn = _torn(setting, shape, narrower)
        if torn < least:
            least, chosen = torn, narrower
    return _narrowed(setting, shape, width - chosen) if chosen < width else shape


def _counts(setting: Setting, shape: Shape, width: float) -> list[int]:
    """Return the number of lines of each paragraph, in programs that set a text wide and narrow."""
    return [
        setting.gauge.lines(paragraph, given)
        for paragraph in shape.paragraphs
        for given in (width, width * _FREE)
    ]


def _torn(setting: Setting, shape: Shape, width: float) -> int:
    """Return how many lines begin where none should, in such programs."""
    return sum(
        start in ties(paragraph.text.plain)
        for paragraph in shape.paragraphs
        for given in (width, width * _FREE)
        for start in setting.gauge.starts(paragraph, given)
    )


def _narrowed(setting: Setting, shape: Shape, by: float) -> Shape:
    left, top, right, bottom = shape.inset
    rtl = setting.document.direction == "rtl"
    return replace(shape, inset=(left + by, top, right, bottom) if rtl else (left, top, right + by, bottom))
