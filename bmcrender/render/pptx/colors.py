"""The colours of a deck: tokens become theme colours, or shades of them, so that all follow the theme.

Twelve colours make a theme in PowerPoint. A token that is none of them is written as a shade of the one
that it belongs to (hue, saturation and luminance changed); where that is not the same colour to the eye,
it stands as itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

from bmcrender.render.pptx.markup import emu_pt

_BASE: Mapping[str, str] = {"dk1": "ink", "lt1": "page", "dk2": "heading", "lt2": "tint"}
# The six colours that programs offer for charts and new shapes, in this order; none twice.
_ACCENTS = (
    "accent", "make", "value", "customer", "money",
    "quiet", "line", "accent_text", "ink2", "grid", "head2", "cover_ink2", "cover_accent",
)  # fmt: skip
_ACCENT_SLOTS = tuple(f"accent{number}" for number in range(1, 7))
# Links are drawn in the colours of text; `text.py` also says on each link that it keeps its own colour.
_LINKS: Mapping[str, str] = {"hlink": "ink", "folHlink": "ink2"}
# What a token without a place in the theme is a shade of; any other is one of `ink`.
_SHADE_OF: Mapping[str, str] = {
    "title": "heading",
    "grid": "heading",
    "cover": "heading",
    "cover_ink": "page",
    "cover_ink2": "heading",
    "cover_accent": "accent",
    "accent_text": "accent",
    "on_group": "page",
    "on_band": "page",
}
_NEAR = 30 / 360  # hues no farther from each other are shades of one colour
_VIVID = 0.25  # a saturation from here on is a hue to the eye

# Shapes name the four base colours by what the master maps them to, as PowerPoint itself does.
_MAPPED: Mapping[str, str] = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
COLOR_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)
_DEGREE, _PERCENT = 60_000, 100_000  # the units of angles and shares
_GREY = 0.004  # a saturation below shows in no channel
_UNSEEN = 1  # of 255: what rounding may change

_Tokens = tuple[tuple[str, str], ...]


def scheme(colors: Mapping[str, str]) -> Mapping[str, str]:
    """Return the twelve colours of the theme by slot, in the order that the schema wants."""
    return _scheme(tuple(colors.items()))


def color(token: str, colors: Mapping[str, str]) -> str:
    """Return the element of a token's colour: one of the theme, a shade of one, or the value itself.

    In the colours of somebody's template the value is a name of its scheme.
    """
    if not colors[token].startswith("#"):
        return scheme_color(colors[token])
    return _element(token, tuple(colors.items()))


def scheme_color(name: str) -> str:
    """Return the element of a scheme's colour: `tx1`, or `tx1/65/35` with the luminance changed so, in %."""
    base, *changes = name.split("/")
    inner = "".join(
        f'<a:{tag} val="{change}000"/>'
        for tag, change in zip(("lumMod", "lumOff"), changes, strict=False)
        if change != "0"
    )
    return f'<a:schemeClr val="{base}">{inner}</a:schemeClr>'


def srgb(value: str) -> str:
    """Return the element of a colour written as #rrggbb."""
    return f'<a:srgbClr val="{value.removeprefix("#").upper()}"/>'


def fill(token: str, colors: Mapping[str, str]) -> str:
    """Return a solid fill in a token's colour, or none for no token; nothing for an inherited colour."""
    if token and not colors[token]:
        return ""
    return f"<a:solidFill>{color(token, colors)}</a:solidFill>" if token else "<a:noFill/>"


def stroke(token: str, width_pt: float, colors: Mapping[str, str]) -> str:
    """Return a line in a token's colour, or none for no token or no width."""
    if not token or width_pt <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{emu_pt(width_pt)}">{fill(token, colors)}<a:miter lim="800000"/></a:ln>'


def ground(token: str, colors: Mapping[str, str]) -> str:
    """Return the background of a slide, layout or master in a token's colour."""
    return f"<p:bg><p:bgPr>{fill(token, colors)}<a:effectLst/></p:bgPr></p:bg>"


# -- the theme's slots ---------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _scheme(tokens: _Tokens) -> Mapping[str, str]:
    colors = dict(tokens)
    slots = {slot: token for token, slot in _slots(tokens).items()}
    return {slot: colors[slots.get(slot, _ACCENTS[0])] for slot in (*_BASE, *_ACCENT_SLOTS)} | {
        slot: colors[token] for slot, token in _LINKS.items()
    }


@lru_cache(maxsize=8)
def _slots(tokens: _Tokens) -> Mapping[str, str]:
    """Return the slots of the tokens that have one of their own."""
    colors = dict(tokens)
    accents: dict[str, str] = {}
    for token in _ACCENTS:
        if token in colors:
            accents.setdefault(colors[token].lower(), token)
    own = zip(accents.values(), _ACCENT_SLOTS, strict=False)
    return {token: slot for slot, token in _BASE.items()} | dict(own)


@lru_cache(maxsize=512)
def _element(token: str, tokens: _Tokens) -> str:
    colors = dict(tokens)
    value = colors[token].lower()
    slots = _slots(tokens)
    if own := _owner(token, colors, slots):
        return f'<a:schemeClr val="{_named(slots[own])}"/>'
    parent = _parent(token, colors, slots)
    changes = _changes(colors[parent], value)
    if _differs(_changed(colors[parent], changes), value):
        return srgb(value)
    inner = "".join(f'<a:{name} val="{amount}"/>' for name, amount in changes.items())
    return f'<a:schemeClr val="{_named(slots[parent])}">{inner}</a:schemeClr>'


def _named(slot: str) -> str:
    return _MAPPED.get(slot, slot)


def _owner(token: str, colors: Mapping[str, str], slots: Mapping[str, str]) -> str:
    """Return the token in whose slot another's colour is: its own before that of one of the same colour."""
    same = (one for one in (token, *slots) if one in slots and colors[one].lower() == colors[token].lower())
    return next(same, "")


def _parent(token: str, colors: Mapping[str, str], slots: Mapping[str, str]) -> str:
    """Return the token that another is a shade of: as is said of it, by its name, or by its hue."""
    before = token.partition("_")[0]  # make_tint is a shade of make
    parent = _SHADE_OF.get(token, before if before in colors else "ink")
    parent = _owner(parent, colors, slots) if parent in colors else ""
    if parent and _turned(colors[parent], colors[token]) <= _NEAR:
        return parent
    accents = (one for one in slots if one not in _BASE.values())
    return min(accents, key=lambda one: _turned(colors[one], colors[token]))


def _turned(one: str, other: str) -> float:
    """Return how far the hue of a colour is from another's, of a whole turn; a grey is near to any."""
    (hue, _, full), (hue2, _, full2) = _hls(one), _hls(other)
    if min(full, full2) < _VIVID:
        return 0.0 if full2 < _VIVID else 1.0
    turn = abs(hue - hue2)
    return min(turn, 1 - turn)


# -- shades --------------------------------------------------------------------------------------------


def _changes(parent: str, value: str) -> dict[str, int]:
    """Return the changes of hue, saturation and luminance, in their order, that make a colour of another.

    A lighter shade goes its share of the way to white, a darker one of the way to black, as the shades that
    programs offer do: it stays one when the theme's colour changes.
    """
    (hue, light, full), (hue2, light2, full2) = _hls(parent), _hls(value)
    found: dict[str, int] = {}
    if full2 > _GREY and (turn := round((hue2 - hue) * 360 * _DEGREE)):
        found["hueOff"] = turn
    if full <= _GREY < full2:
        found["satOff"] = round(full2 * _PERCENT)
    elif full > _GREY:
        found["satMod"] = round(full2 / full * _PERCENT)
    if light2 > light:
        share = (1 - light2) / (1 - light)
        found |= {"lumMod": round(share * _PERCENT), "lumOff": round((1 - share) * _PERCENT)}
    elif light2 < light:
        found["lumMod"] = round(light2 / light * _PERCENT)
    return found


def _changed(parent: str, changes: Mapping[str, int]) -> str:
    """Return what programs make of a colour and changes to it."""
    hue, light, full = _hls(parent)
    hue += changes.get("hueOff", 0) / _DEGREE / 360
    full = full * changes.get("satMod", _PERCENT) / _PERCENT + changes.get("satOff", 0) / _PERCENT
    light = light * changes.get("lumMod", _PERCENT) / _PERCENT + changes.get("lumOff", 0) / _PERCENT
    return written(part * 255 for part in hls_to_rgb(hue % 1, min(light, 1.0), min(full, 1.0)))


def _differs(one: str, other: str) -> bool:
    """Whether two colours are not the same to the eye."""
    return any(abs(a - b) > _UNSEEN for a, b in zip(channels(one), channels(other), strict=True))


def _hls(value: str) -> tuple[float, float, float]:
    return rgb_to_hls(*(channel / 255 for channel in channels(value)))


def channels(value: str) -> tuple[int, int, int]:
    """Return red, green and blue of a colour written as #rrggbb."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def written(parts: Iterable[float]) -> str:
    """Return red, green and blue, up to 255, as #rrggbb."""
    return "#" + "".join(f"{round(part):02x}" for part in parts)
