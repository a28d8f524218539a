"""What each glyph of a PDF says when its text is copied or searched: what it shows, in the order of the page.

WeasyPrint notes for each glyph the letters it stood for when it was first met. Programs that read a page turn
lines that run from the right around, and the brackets in them, glyph by glyph: what a glyph says must not be
turned already. What is drawn stays the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import uharfbuzz

KNOWN_VERSIONS = ("70.0",)
# What keeps the parts of a Persian word apart, and what WeasyPrint writes in its place: a step of no width.
_NON_JOINER = "\u200c"
_NO_STEP = b">0.0<"
_FROM_THE_RIGHT = ("R", "AL")
_ARABIC_FORMS = (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD))
# A bracket's partner is never farther away in Unicode, but for a few signs of mathematics.
_NEAR = 16
_TIE = "\u00a0"  # a space where no line ends: nobody looks for it by that name


@lru_cache(maxsize=1)
def say_what_glyphs_show() -> None:
    """Make WeasyPrint say so from now on, if it is a version of which we know how it is built."""
    import weasyprint
    from weasyprint import pdf
    from weasyprint.draw import text

    if weasyprint.__version__ in KNOWN_VERSIONS:
        pdf.build_fonts_dictionary = _mending(pdf.build_fonts_dictionary)
        text.draw_first_line = _keeping_apart(text.draw_first_line)


def _shaper(font: Any) -> uharfbuzz.Font:
    """Return a font of WeasyPrint's as one that tells its glyphs, made once for a document."""
    import uharfbuzz

    if not hasattr(font, "shaper"):
        font.shaper = uharfbuzz.Font(uharfbuzz.Face(font.file_content, font.index))
    shaper: uharfbuzz.Font = font.shaper
    return shaper


# -- glyphs that stand for letters --------------------------------------------------------------------------


def _mending(build: Any) -> Any:
    def built(pdf: Any, fonts: Any, *given: Any, **named: Any) -> Any:
        for font in fonts.values():
            _mend(font)
        return build(pdf, fonts, *given, **named)

    return built


def _mend(font: Any) -> None:
    """Let each glyph of a font say what it shows where that is not what it stood for."""
    said: dict[int, str] = font.to_unicode
    left: list[str] = []  # of letters with signs above or below them, the letters
    for glyph, text in said.items():
        if text == _TIE:
            said[glyph] = " "
        elif len(text) == 1:
            if unicodedata.mirrored(text):
                near = range(max(ord(text) - _NEAR, 0), ord(text) + _NEAR + 1)
                said[glyph] = _own((text, *filter(unicodedata.mirrored, map(chr, near))), glyph, font) or text
        elif any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in text):
            own = _own(text, glyph, font)
            left += text.replace(own, "") if own else ""
            said[glyph] = own or text[::-1]
    for glyph in [glyph for glyph, text in said.items() if left and not text]:
        forms = map(chr, _ARABIC_FORMS)
        known = chain(left, (form for form in forms if unicodedata.normalize("NFKC", form) in left))
        said[glyph] = unicodedata.normalize("NFKC", _own(known, glyph, font))


def _own(letters: Iterable[str], glyph: int, font: Any) -> str:
    """Return which of some letters a glyph is the plain picture of, nothing if none."""
    find = _shaper(font).get_nominal_glyph
    return next((letter for letter in letters if find(ord(letter)) == glyph), "")


# -- letters without a picture ------------------------------------------------------------------------------


def _keeping_apart(draw: Any) -> Any:
    def drawn(stream: Any, textbox: Any, *given: Any) -> Any:
        first, font = len(stream.stream), stream._current_font
        emojis = draw(stream, textbox, *given)
        if _NON_JOINER in textbox.text:
            _keep_apart(stream, first, font, textbox.text.count(_NON_JOINER))
        return emojis

    return drawn


def _keep_apart(stream: Any, first: int, font: tuple[str, float] | None, count: int) -> None:
    """Put non-joiners, which no ink shows, where a line that begins at `first` has steps of no width."""
    line = stream.stream[first:]
    if sum(part.count(_NO_STEP) for part in line) != count:
        return  # other letters have no picture either
    name = font[0].encode() if font else b""
    fonts = {font.hash.encode(): font for font in stream._fonts.values()}
    for at, part in enumerate(line, start=first):
        if part.endswith(b" Tf"):
            name = part[1:].partition(b" ")[0]
        elif _NO_STEP in part and (glyph := _empty_glyph(fonts[name])):
            stream.stream[at] = part.replace(_NO_STEP, f"{glyph:04x}".encode())


def _empty_glyph(font: Any) -> int:
    """Return a font's non-joiner, from now on used; 0 if it has none, or one that can be seen."""
    if not hasattr(font, "non_joiner"):
        shaper = _shaper(font)
        glyph = shaper.get_nominal_glyph(ord(_NON_JOINER)) or 0
        box = shaper.get_glyph_extents(glyph)
        font.non_joiner = 0 if shaper.get_glyph_h_advance(glyph) or (box and box.width) else glyph
        if font.non_joiner:
            font.to_unicode[glyph], font.widths[glyph] = _NON_JOINER, 0
    found: int = font.non_joiner
    return found
