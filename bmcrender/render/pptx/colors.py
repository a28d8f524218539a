"""The colours of a deck: tokens become theme colours where the theme has a place for them."""

from __future__ import annotations

from collections.abc import Mapping

# Token -> slot of the theme's colour scheme: in any program, a deck's colours are changed in one place.
SLOTS: Mapping[str, str] = {
    "ink": "dk1",
    "page": "lt1",
    "heading": "dk2",
    "tint": "lt2",
    "accent": "accent1",
    "accent_text": "accent2",
    "quiet": "accent3",
    "ink2": "accent4",
    "line": "accent5",
    "grid": "accent6",
}
# Links are drawn in the colours of text; `text.py` also says on each link that it keeps its own colour.
LINKS: Mapping[str, str] = {"hlink": "ink", "folHlink": "ink2"}

# Shapes name the four base colours by what the master maps them to, as PowerPoint itself does.
_MAPPED: Mapping[str, str] = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
COLOR_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)


def color(token: str, colors: Mapping[str, str]) -> str:
    """Return the element of a token's colour: of the theme, or the value itself for any other token."""
    slot = SLOTS.get(token)
    if slot is None:
        return srgb(colors[token])
    return f'<a:schemeClr val="{_MAPPED.get(slot, slot)}"/>'


def srgb(value: str) -> str:
    """Return the element of a colour written as #rrggbb."""
    return f'<a:srgbClr val="{value.removeprefix("#").upper()}"/>'


def fill(token: str, colors: Mapping[str, str]) -> str:
    """Return a solid fill in a token's colour, or none for no token."""
    return f"<a:solidFill>{color(token, colors)}</a:solidFill>" if token else "<a:noFill/>"


def stroke(token: str, width_pt: float, colors: Mapping[str, str]) -> str:
    """Return a line in a token's colour, or none for no token or no width."""
    if not token or width_pt <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width_pt * 12700)}">{fill(token, colors)}<a:miter lim="800000"/></a:ln>'


def ground(token: str, colors: Mapping[str, str]) -> str:
    """Return the background of a slide, layout or master in a token's colour."""
    return f"<p:bg><p:bgPr>{fill(token, colors)}<a:effectLst/></p:bgPr></p:bg>"
