"""Bundled fonts cut down for a deck: by whole blocks of Unicode, so that its text can be changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from bmcrender.fonts import EMOJI_FAMILY
from bmcrender.render.pptx.eot import eot, header

# What people write in the languages of a theme's fonts, whatever the deck says so far.
_WRITTEN = frozenset(
    {
        "Basic Latin",
        "Latin-1 Supplement",
        "Latin Extended-A",
        "General Punctuation",
        "Superscripts and Subscripts",
        "Currency Symbols",
        "Letterlike Symbols",
        "Arrows",
        "Mathematical Operators",
        "Arabic",
        "Arabic Supplement",
        "Arabic Presentation Forms-A",
        "Arabic Presentation Forms-B",
        "Hebrew",
    }
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
        return _cut(font, frozenset(), characters)
    return _cut(font, _blocks(characters) | (_WRITTEN if theme else frozenset()), frozenset())


@lru_cache(maxsize=_KEPT)
def _cut(font: bytes, blocks: frozenset[str], characters: frozenset[int]) -> bytes:
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.name_id_set.update(_LICENCE)
    wanted.unicode_set.update(characters)
    for first, last in _spans(blocks):
        wanted.unicode_set.update(range(first, last + 1))
    return eot(wanted.subset(uharfbuzz.Face(font)).blob.data)


def _blocks(characters: Iterable[int]) -> frozenset[str]:
    """Return the blocks that some characters are of."""
    from fontTools.unicodedata.Blocks import RANGES, VALUES

    return frozenset(VALUES[bisect_right(RANGES, one) - 1] for one in characters)


def _spans(blocks: frozenset[str]) -> list[tuple[int, int]]:
    """Return the first and the last character of each block."""
    from fontTools.unicodedata.Blocks import RANGES, VALUES

    ends = [*(first - 1 for first in RANGES[1:]), 0x10FFFF]
    return [(first, last) for first, last, name in zip(RANGES, ends, VALUES, strict=True) if name in blocks]
