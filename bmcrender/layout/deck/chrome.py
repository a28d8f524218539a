"""What slides have in common: the footer and the number at their foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bmcrender.layout.deck.setting import Setting
from bmcrender.model import Text
from bmcrender.sheets import Paragraph, Shape

_NUMBER_W = 24.0
_BETWEEN = "\u00a0\u00a0·  "


def foot(setting: Setting) -> tuple[Shape, Shape]:
    """Return the placeholders of footer and slide number; the footer's is filled."""
    y, height = setting.height - setting.margin + 1.5, 8.0
    size = setting.footer_sizes
    beside = setting.inner - _NUMBER_W - 6
    area = setting.at(setting.margin, y, beside, height)
    footer = setting.fitted(_footer(setting), size, area, "quiet")
    end = setting.margin + setting.inner - _NUMBER_W
    number = Paragraph(setting.words("number", ""), size[0], "quiet")
    return (
        Shape("Footer", area, (footer,), "footer", anchor="middle"),
        Shape("Slide number", setting.at(end, y, _NUMBER_W, height), (number,), "number", anchor="middle"),
    )


def empty(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return placeholders as a layout has them, without the words of one slide."""
    return tuple(replace(shape, paragraphs=()) for shape in shapes)


def _footer(setting: Setting) -> Text:
    """Return canvas title, the user's own footer and the attribution on one line."""
    document = setting.document
    parts = [document.title, *([document.footer] if document.footer else []), document.attribution]
    return setting.words("footer", _BETWEEN.join(part.plain for part in parts))
