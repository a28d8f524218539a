"""Which way a text runs on a slide: texts of the other direction stay in line with the deck's own.

Seen in LibreOffice 7.4. A paragraph that keeps the deck's direction has its marker and its indent in
line with the others; pure English in a Persian deck reads well in it, once its outer signs and numbers
have an invisible mark beside them that says where they belong. A text that mixes both scripts does
not: neither marks nor embeddings nor isolates keep its order in a right-to-left paragraph. It gets
its own `rtl` flag, the deck's alignment, and its indent from the other margin; its marker then stands
at its own start.
"""

from __future__ import annotations

from unicodedata import bidirectional

from bmcrender.document import Text
from bmcrender.model import Direction
from bmcrender.slides import Deck

_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def base_direction(deck: Deck, text: Text) -> Direction:
    """Return the direction of a paragraph that begins with a text."""
    if text.direction == deck.direction:
        return deck.direction
    found = {_STRONG.get(bidirectional(character)) for character in text.plain}
    return text.direction if found >= {"ltr", "rtl"} else deck.direction


def marks(text: Text, base: Direction) -> tuple[str, str]:
    """Return what must stand before and after a text in a paragraph of a direction: a mark, or nothing.

    A mark is only written next to a sign or number at the text's edge that would jump to the other side.
    """
    plain = text.plain
    if text.direction == base or not plain:
        return "", ""
    mark = _MARKS[text.direction]
    first, last = (_STRONG.get(bidirectional(character)) for character in (plain[0], plain[-1]))
    return ("" if first == text.direction else mark), ("" if last == text.direction else mark)
