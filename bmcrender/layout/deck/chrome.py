"""What slides have in common: the footer and the number at their foot, the way back to the overview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bmcrender.document import Text
from bmcrender.layout.deck.setting import Setting
from bmcrender.slides import Paragraph, Role, Shape

BETWEEN = "\u00a0\u00a0·  "  # parts of one line


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
    """Return canvas title, the user's own footer and the attribution.

    The title is left out where the rest then stands on one line; in a narrow place only the last is left.
    """
    document = setting.document
    parts = [document.title, *([document.footer] if document.footer else []), document.attribution]

    def words(shown: Sequence[Text]) -> Paragraph:
        joined = BETWEEN.join(part.plain for part in shown)
        return Paragraph(setting.words("footer", joined), 0, "quiet")

    for shown in (parts, parts[1:]):
        if fitting := setting.on_one_line(footer, sizes, words(shown)):
            return setting.fitted(footer, fitting, words(shown))
    whole = setting.fitted(footer, sizes, words(parts))
    return whole if whole.size_pt >= sizes[-1] else setting.fitted(footer, sizes, words(parts[-1:]))
