"""Unicode properties that decide which font draws a character."""

from __future__ import annotations

import re
from bisect import bisect_right
from unicodedata import category

Ranges = tuple[tuple[int, int], ...]
_INHERITING = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}


def _ranges(text: str) -> Ranges:
    """Parse "AD 200B-200F" into pairs of first and last code point."""
    spans = (span.partition("-") for span in text.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in spans)


# Unicode properties that Python's unicodedata does not have (Unicode 17, sorted). Of what may be ignored,
# HarfBuzz draws Hangul fillers and shorthand controls all the same: they are left out. Among the emoji are
# the four signs that may carry a skin tone: Pango takes them for emoji too.
_IGNORABLE = _ranges(
    "AD 34F 61C 17B4-17B5 180B-180E 200B-200F 202A-202E 2060-206F FE00-FE0F FEFF FFF0-FFF8 1D173-1D17A"
    " E0000-E0FFF"
)
_EMOJI_PRESENTATION = _ranges(
    "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 261D 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE"
    " 26C4-26C5 26CE 26D4 26EA 26F2-26F3 26F5 26F9-26FA 26FD 2705 270A-270D 2728 274C 274E 2753-2755 2757"
    " 2795-2797 27B0 27BF 2B1B-2B1C 2B50 2B55 1F004 1F0CF 1F18E 1F191-1F19A 1F1E6-1F1FF 1F201 1F21A"
    " 1F22F 1F232-1F236 1F238-1F23A 1F250-1F251 1F300-1F320 1F32D-1F335 1F337-1F37C 1F37E-1F393"
    " 1F3A0-1F3CA 1F3CF-1F3D3 1F3E0-1F3F0 1F3F4 1F3F8-1F43E 1F440 1F442-1F4FC 1F4FF-1F53D"
    " 1F54B-1F54E 1F550-1F567 1F57A 1F595-1F596 1F5A4 1F5FB-1F64F 1F680-1F6C5 1F6CC 1F6D0-1F6D2"
    " 1F6D5-1F6D9 1F6DC-1F6DF 1F6EB-1F6EC 1F6F4-1F6FC 1F7E0-1F7EB 1F7F0 1F90C-1F93A 1F93C-1F945"
    " 1F947-1F9FF 1FA70-1FA7C 1FA80-1FAC6 1FAC8 1FACC-1FADD 1FADF-1FAEB 1FAEF-1FAFA"
)
_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"

# A flag; or a character with its variation selectors, keycap, skin tone, tags and joined pictographs.
CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d[\u2190-\u2bff\U0001f000-\U0001faff])*",
    re.DOTALL,
)


def within(ranges: Ranges, point: int) -> bool:
    """Whether sorted ranges hold a code point."""
    index = bisect_right(ranges, (point, 0x110000)) - 1
    return index >= 0 and point <= ranges[index][1]


def default_ignorable(char: str) -> bool:
    """Whether a character is drawn as nothing when a font lacks it (ZWNJ, LRM, VS16, SHY …)."""
    return within(_IGNORABLE, ord(char))


def inherits_face(char: str) -> bool:
    """Whether a character is drawn in the face of its neighbours (spaces and format characters)."""
    return char != "\u1680" and (category(char) in _INHERITING or default_ignorable(char))


def undrawn(char: str) -> bool:
    """Whether a character needs no glyph: a space, a control, what is ignored; some format characters do."""
    return inherits_face(char) and (category(char) != "Cf" or default_ignorable(char))


def is_emoji(cluster: str) -> bool:
    """Whether Pango sets a character, or a sequence seen as one, in the emoji family."""
    if _TEXT_STYLE in cluster:
        return False
    return _EMOJI_STYLE in cluster[1:] or any(within(_EMOJI_PRESENTATION, ord(char)) for char in cluster)
