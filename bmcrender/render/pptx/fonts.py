"""Splits text by the family that can draw it: slides have no fallback stack of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category

from bmcrender.properties import CLUSTER

if TYPE_CHECKING:
    from bmcrender.fonts import FontSet

# A character, or a sequence seen as one, and whether it is bold -> the family to name for it; "" for
# the theme's own fonts.
FontOf = Callable[[str, bool], str]

_JOINED = {"Mn", "Me", "Mc", "Cf"}  # marks, joiners, selectors: drawn together with what is before them
_STRONG = {"L", "R", "AL"}


def theme_font(_cluster: str, _bold: bool) -> str:
    """Leave every character to the theme's own fonts."""
    return ""


def fallback_font(fonts: FontSet, families: Sequence[str]) -> FontOf:
    """Return what names a family for all that the theme's `families` leave without a glyph.

    Programs choose between the Latin and the complex-script family by their own rules, and for a sign
    (an arrow, a currency) by what stands beside it: a sign is left to the theme only if every family of
    it has the sign, a letter if any has.
    """

    def drawn_by(family: str, cluster: str, weight: int) -> bool:
        face = fonts.face((family,), weight, False, cluster)
        return face is not None and face.family == family

    @cache  # a deck has some hundred different characters, each of them often
    def font_of(cluster: str, bold: bool) -> str:
        weight = 700 if bold else 400
        face = fonts.face(families, weight, False, cluster)
        enough = any if bidirectional(cluster[0]) in _STRONG else all
        if face is None or enough(drawn_by(family, cluster, weight) for family in families):
            return ""
        return face.family

    return font_of


def pieces(text: str, bold: bool, font_of: FontOf) -> Iterator[tuple[str, str]]:
    """Yield the family and the text of each longest piece in one family; "" is the theme's font."""
    usual = _usual(font_of, bold)
    if font_of is theme_font or usual.issuperset(text):
        yield "", text
        return
    start, family = 0, None
    for match in CLUSTER.finditer(text):
        kind = category(match[0][0])
        if kind in _JOINED:
            continue
        wanted = "" if kind.startswith("Z") else font_of(match[0], bold)
        if family is not None and wanted != family:
            yield family, text[start : match.start()]
            start = match.start()
        family = wanted
    if text:
        yield family or "", text[start:]
    if not start and not family:
        usual.update(char for char in set(text) - usual if not CLUSTER.fullmatch(f"x{char}"))


@lru_cache(maxsize=8)
def _usual(_font_of: FontOf, _bold: bool) -> set[str]:
    """Return the characters, so far, that are left to the theme's font whatever stands beside them."""
    return set()
