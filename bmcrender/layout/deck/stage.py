"""Where things stand on slides: the stage that a theme's tokens describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from bmcrender.document import Document
from bmcrender.sheets import Rect
from bmcrender.slides import Frame, Role, Stage

# The placeholders of each layout of ours.
_PLACEHOLDERS: Mapping[Role, tuple[str, ...]] = {
    "opening": ("title", "subtitle", "eyebrow"),
    "overview": ("title", "footer", "number"),
    "block": ("title", "items", "questions", "eyebrow", "footer", "number"),
    "section": ("title", "subtitle"),
    "closing": ("title", "subtitle"),
}


def own_stage(document: Document) -> Stage:
    """Return the stage of a document's theme, mirrored for a right-to-left document."""
    tokens = document.theme.tokens["deck"]
    width, height = (float(length) for length in tokens["size"])
    frames: dict[Role, Frame] = {
        role: Frame(
            f"{document.kind.upper()} {role.capitalize()}",
            {
                name: _placed(given, width, float(tokens["margin"]), document.direction == "rtl")
                for name, given in tokens["places"][role].items()
            },
            frozenset(_PLACEHOLDERS[role]),
        )
        for role in get_args(Role)
    }
    return Stage(width, height, frames, fonts(document))


def fonts(document: Document) -> Mapping[str, str]:
    """Return the families of the deck's theme; a right-to-left document has its own in both places."""
    tokens = document.theme.tokens
    scripts: Mapping[str, str] = tokens["fonts"]["scripts"]
    own = scripts.get(document.script, next(iter(scripts.values())))
    other = own if document.direction == "rtl" else scripts.get("Arab", own)
    # Markers look alike in all languages: the dots of Arabic faces are small.
    found = {"latin": own, "cs": other, "marker": scripts.get("Latn", own)}
    heading = headings(document)["heading"]
    if heading:
        found |= {"heading_latin": str(heading), "heading_cs": str(heading)}
    return found


def headings(document: Document) -> Mapping[str, Any]:
    """Return what the theme says of headings on slides in the document's script."""
    tokens = document.theme.tokens["deck"]
    found: Mapping[str, Any] = tokens["scripts"].get(document.script, tokens["scripts"]["Latn"])
    return found


def _placed(given: Sequence[float], width: float, margin: float, rtl: bool) -> Rect:
    """Return a place from its four numbers: see the theme's tokens."""
    start, y, w, h = (float(number) for number in given)
    inner = width - 2 * margin
    x = start if start >= 0 else inner + start
    rect = Rect(margin + x, y, w if w > 0 else inner - x + w, h)
    return rect.mirrored(width) if rtl else rect
