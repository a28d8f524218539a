"""What slides have in common: the footer and the number at their foot, the way back to the overview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bmcrender.layout.deck.setting import Setting
from bmcrender.sheets import Paragraph, Role, Shape

_BETWEEN = "\u00a0\u00a0·  "


def foot(setting: Setting, role: Role) -> Iterator[Shape]:
    """Yield footer and slide number, where the slides of a role have a place for them."""
    sizes = setting.sizes("footer", "text")
    places = setting.frame(role).places
    if "footer" in places:
        footer = setting.shape(role, "footer", "Footer", anchor="middle")
        yield replace(footer, paragraphs=(_words(setting, footer, sizes),))
    if "number" in setting.frame(role).placeholders:
        number = Paragraph(setting.words("number", ""), sizes[0], "quiet")
        yield setting.shape(role, "number", "Slide number", paragraphs=(number,), anchor="middle")


def empty(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return placeholders as a layout has them, without the words of one slide."""
    return tuple(replace(shape, paragraphs=()) for shape in shapes)


def _words(setting: Setting, footer: Shape, sizes: Sequence[float]) -> Paragraph:
    """Return canvas title, the user's own footer and the attribution; in a narrow place only the last."""
    document = setting.document
    parts = [document.title, *([document.footer] if document.footer else []), document.attribution]
    for shown in (parts, parts[-1:]):
        text = setting.words("footer", _BETWEEN.join(part.plain for part in shown))
        words = setting.fitted(footer, sizes, Paragraph(text, 0, "quiet"))
        if words.size_pt >= sizes[-1]:
            break
    return words
