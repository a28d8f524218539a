"""Tokens of a theme that nothing would read: misspelt names, unknown colours, other kinds of value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bmcrender.contrast import LEAST, contrast
from bmcrender.errors import Diagnostic, Path
from bmcrender.model import Tokens
from bmcrender.names import suggestion
from bmcrender.schema.parts import COLOR
from bmcrender.source import Source
from bmcrender.validate.words import called, kind_of_value, quoted

# Groups of tokens that may hold names of their own, as long as something uses these.
_COLORS, _STROKES = ("tokens", "colors"), ("tokens", "stroke")
_TIGHT = ("tokens", "tight")  # any tokens once more
_FREE = (("tokens", "groups"), ("tokens", "fonts", "scripts"))
# What a script says by role of text.
_BY_ROLE = ("sizes", "line_height", "families", "weights")
# Keys whose value is a colour's name; "group" is that of the block's own group, "group_tint" a shade of it.
_NAMES_COLOR = ("color", "fill", "line", "dot_color")
_OWN_GROUP = "group"


def theme_faults(source: Source, data: Tokens, under: Tokens, styles: str) -> Iterator[Diagnostic]:
    """Yield the faults of a theme; `under` is what it extends, `styles` the text of its own style sheets."""
    tokens = data.get("tokens") or {}
    yield from _name_faults(source, tokens, under, ("tokens",), under)
    palette = _palette(tokens, under)
    used = {*re.findall(r"var\(--([a-z0-9-]+)\)", styles), *_colors_named(tokens)}
    for path, prefix in ((_COLORS, ""), (_STROKES, "stroke-")):
        known = under.get(path[-1], {})
        for name in tokens.get(path[-1]) or {}:
            property = prefix + name.replace("_", "-")
            if not (name in known or {name, property} & used or _is_shade(name, tokens, under)):
                yield _unknown(source, (*path, name), known, "nothing uses it")
    yield from _color_faults(source, tokens, ("tokens",), palette)
    for index, pair in enumerate(tokens.get("contrast") or ()):
        for place, name in enumerate(pair):
            if isinstance(name, str) and name not in palette:
                yield _no_color(source, ("tokens", "contrast", index, place), name, palette)


def written_colors(given: Mapping[str, Any]) -> dict[str, str]:
    """Return those of the values of a canvas's tokens that are colours."""
    return {name: value for name, value in given.items() if re.fullmatch(COLOR, str(value))}


def pale_colors(
    source: Source, places: Mapping[str, Path], colors: Mapping[str, str], pairs: Collection[Collection[str]]
) -> Iterator[Diagnostic]:
    """Yield a warning for each colour said in a source, at its place, with which a text is hard to read."""
    reached = {(one, other): contrast(colors[one], colors[other]) for one, other in pairs if places}
    for name, path in places.items():
        worst = min((pair for pair in reached if name in pair), key=reached.__getitem__, default=None)
        if worst and reached[worst] < LEAST:
            message = (
                f"{worst[0]} on {worst[1]} has a contrast of {reached[worst]:.1f} : 1, which is hard to read"
            )
            hint = f"choose colours with {LEAST} : 1 or more"
            yield source.finding("warning", "low-contrast", message, hint, path=path)


def _name_faults(
    source: Source, given: Tokens, known: Tokens, path: Path, under: Tokens
) -> Iterator[Diagnostic]:
    """Yield a fault for each name that is not known in its place, and for values of another shape."""
    for name, value in given.items():
        here = (*path, name)
        wanted = under if here == _TIGHT else _known(here, known, under)
        if wanted is None:
            if path not in (_COLORS, _STROKES, *_FREE):
                yield _unknown(source, here, _choices(path, known, under))
        elif isinstance(wanted, Mapping) and isinstance(value, Mapping):
            yield from _name_faults(source, value, wanted, here, under)
        elif not _alike(value, wanted, here):
            message = f"{called(here)} must be {_shape(wanted)}, not {kind_of_value(value)}"
            yield source.finding("error", "wrong-type", message, path=here)


def _known(path: Path, known: Tokens, under: Tokens) -> Any:
    """Return the value whose shape that of a token must have, None for a name that is not known."""
    name, around = str(path[-1]), path[-2]
    if around == "scripts" and "fonts" not in path:
        return next(iter(known.values()), None) if name not in known else known[name]
    if around in _BY_ROLE and "scripts" in path:
        sample = {"families": "", "weights": 400}.get(str(around), 1.0)
        return sample if name in _roles(path, under) else None
    if "type" in path[-3:-1] and around != "type" and path[-3] == "type":
        return _of_roles(_roles(path, under)).get(str(name))
    return known.get(name)


def _choices(path: Path, known: Tokens, under: Tokens) -> Collection[str]:
    if path[-1] in _BY_ROLE and "scripts" in path:
        return list(_roles(path, under))
    if path[-2:-1] == ("type",):
        return list(_of_roles(_roles(path, under)))
    return list(known)


def _roles(path: Path, under: Tokens) -> Mapping[str, Tokens]:
    """Return the roles of text of the part that a token belongs to."""
    part = under.get(str(path[2 if path[:2] == _TIGHT else 1]), {})
    found: Mapping[str, Tokens] = (
        part["type"] if isinstance(part, Mapping) and "type" in part else under["type"]
    )
    return found


def _of_roles(roles: Mapping[str, Tokens]) -> dict[str, Any]:
    """Return all that roles of text may say."""
    return {key: value for role in roles.values() for key, value in role.items()}


def _alike(value: Any, wanted: Any, path: Path) -> bool:
    """Whether a value has the shape of another; sizes of slides may be one or several."""
    if isinstance(wanted, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(wanted, bool)
    numbers = isinstance(wanted, int | float | list) and isinstance(value, int | float | list)
    if numbers and path[1] == "deck":
        return True
    kinds = (int | float, str, list, Mapping)
    return any(isinstance(value, kind) and isinstance(wanted, kind) for kind in kinds)


def _shape(wanted: Any) -> str:
    if isinstance(wanted, bool):
        return "true or false"
    if isinstance(wanted, int | float):
        return "a number"
    return (
        "keys with values"
        if isinstance(wanted, Mapping)
        else "a list"
        if isinstance(wanted, list)
        else "a text"
    )


def _palette(tokens: Tokens, under: Tokens) -> list[str]:
    """Return the names of all colours: those of groups of blocks too."""
    parts = [part.get(name) or {} for part in (under, tokens) for name in ("colors", "groups")]
    return list(dict.fromkeys(name for part in parts for name in part))


def _is_shade(name: str, tokens: Tokens, under: Tokens) -> bool:
    """Whether a colour is a shade of a group: make_tint."""
    groups = {**under.get("groups", {}), **(tokens.get("groups") or {})}
    return any(name.startswith(f"{group}_") for group in groups)


def _colors_named(tokens: Any) -> Iterator[str]:
    if isinstance(tokens, Mapping):
        for key, value in tokens.items():
            if key in _NAMES_COLOR and isinstance(value, str):
                yield value
            yield from _colors_named(value)


def _color_faults(
    source: Source, given: Tokens, path: Path, palette: Collection[str]
) -> Iterator[Diagnostic]:
    for key, value in given.items():
        here = (*path, key)
        if here in (_COLORS, ("tokens", "groups")):
            continue
        if isinstance(value, Mapping):
            yield from _color_faults(source, value, here, palette)
        elif key in _NAMES_COLOR and isinstance(value, str) and not _is_color(value, palette):
            yield _no_color(source, here, value, palette)


def _is_color(name: str, palette: Collection[str]) -> bool:
    """Whether a name is that of a colour, of the block's own group, of a shade that groups have, or none."""
    group, _, shade = name.partition("_")
    shaded = group == _OWN_GROUP and any(one.endswith(f"_{shade}") for one in palette)
    return name in (*palette, _OWN_GROUP, "") or shaded


def _no_color(source: Source, path: Path, name: str, palette: Collection[str]) -> Diagnostic:
    hint = suggestion(name, palette) or "there are: " + ", ".join(palette)
    return source.finding("error", "unknown-color", f"there is no colour {quoted(name)}", hint, path=path)


def _unknown(source: Source, path: Path, known: Collection[str], why: str = "") -> Diagnostic:
    name = str(path[-1])
    near = suggestion(name, known) or ("possible here: " + ", ".join(known) if known else "")
    message = f"there is no token {quoted(name)} in {called(path[:-1])}" + (f"; {why}" if why else "")
    return source.finding("error", "unknown-token", message, near, path=path, key=True)
