"""Bundled fonts cut down for a deck: by whole blocks of Unicode, so that its text can be changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from bmcrender.fonts import EMOJI_FAMILY
from bmcrender.render.pptx.eot import eot, header

# Blocks in which people write the languages of a theme's fonts, whatever the deck says so far.
_WRITTEN = (
    (0x0000, 0x007F),  # Basic Latin
    (0x0080, 0x00FF),  # Latin-1 Supplement
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0590, 0x05FF),  # Hebrew
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x2000, 0x206F),  # General Punctuation
    (0x2070, 0x209F),  # Superscripts and Subscripts
    (0x20A0, 0x20CF),  # Currency Symbols
    (0x2100, 0x214F),  # Letterlike Symbols
    (0x2190, 0x21FF),  # Arrows
    (0x2200, 0x22FF),  # Mathematical Operators
    (0xFB50, 0xFDFF),  # Arabic Presentation Forms-A
    (0xFE70, 0xFEFF),  # Arabic Presentation Forms-B
)
_LICENCE = (13, 14)  # names of a font that its licence wants in each copy
_KEPT = 32  # fonts for some decks: an entry holds a font and its cut


def cut_down(font: bytes, text: Iterable[str], theme: bool) -> bytes:
    """Return a font as Embedded OpenType with the blocks that a text is of.

    A font of the theme keeps all that its languages are written in. Pictures are kept one by one: a block of
    them is a quarter of a megabyte, and every system has a face for others.
    """
    characters = frozenset(map(ord, text))
    if header(font).family == EMOJI_FAMILY:
        return _cut(font, frozenset((one, one) for one in characters))
    return _cut(font, frozenset(map(_block, characters)).union(_WRITTEN if theme else ()))


@lru_cache(maxsize=_KEPT)
def _cut(font: bytes, spans: frozenset[tuple[int, int]]) -> bytes:
    """Return a font with the characters of some spans, first and last, as Embedded OpenType."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.name_id_set.update(_LICENCE)
    for first, last in spans:
        wanted.unicode_set.update(range(first, last + 1))
    return eot(wanted.subset(uharfbuzz.Face(font)).blob.data)


@lru_cache(maxsize=512)
def _block(character: int) -> tuple[int, int]:
    """Return the first and the last character of the block that a character is of."""
    for first, last in _WRITTEN:  # most texts have no other, and need no table of all
        if first <= character <= last:
            return first, last
    from fontTools.unicodedata.Blocks import RANGES

    at = bisect_right(RANGES, character)
    return RANGES[at - 1], RANGES[at] - 1 if at < len(RANGES) else 0x10FFFF
