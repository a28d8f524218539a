"""What CSS writes: strings, lengths, places, addresses that hold what they name."""

from __future__ import annotations

import base64
import re

from bmcrender.sheets import Rect

# What a string of CSS does not hold as itself, and what would begin the end of its style sheet.
_UNQUOTED = re.compile(r"['\\<\n\r\f]")


def css_string(text: str) -> str:
    """Return a text as a string of CSS, which ends neither the string nor the style sheet."""
    return "'" + _UNQUOTED.sub(lambda found: f"\\{ord(found[0]):x} ", text) + "'"


def mm(length: float) -> str:
    """Return a length as CSS writes it."""
    return f"{length:.4f}".rstrip("0").rstrip(".") + "mm"


def at(rect: Rect, outset: float = 0.0) -> str:
    """Return the declarations that place a rectangle."""
    x, y, w, h = rect.x - outset, rect.y - outset, rect.w + 2 * outset, rect.h + 2 * outset
    return f"left:{mm(x)};top:{mm(y)};width:{mm(w)};height:{mm(h)}"


def within(origin: Rect, rect: Rect) -> str:
    """Return the declarations that place a rectangle inside another."""
    return at(Rect(rect.x - origin.x, rect.y - origin.y, rect.w, rect.h))


def data_url(data: bytes, media_type: str) -> str:
    """Return bytes as a `data:` address."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
