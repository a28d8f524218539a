"""A theme's folder and those of the themes it extends, as one `Theme`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from bmcrender.errors import CanvasError, Diagnostic, Path, UsageError
from bmcrender.model import Theme, laid_over
from bmcrender.names import unknown

if TYPE_CHECKING:
    from bmcrender.resources import Library

_OTHER = "name another theme, or leave `extends` out"
GROUND = "_base"  # what a theme extends that says nothing else


def theme_of(library: Library, name: str) -> Theme:
    """Return a theme by name: tokens merged, files and icons over those of the themes under it."""
    chain = _ancestry(library, name)
    tokens: dict[str, Any] = {}
    files: dict[str, str] = {}
    given: dict[str, str] = {}
    for ancestor, data in chain:
        library.check_tokens(ancestor, tokens)
        tokens = laid_over(tokens, dict(data.get("tokens") or {}))
        for file in library.names(f"themes/{ancestor}"):
            if file.endswith((".j2", ".css")):
                short = file.removeprefix(f"themes/{ancestor}/")
                files[short] = _text(library.read(file), file)
                given |= {short: file} if file in library.files else {}
    icons = tokens.get("icons") or {}
    drawn = _icons(library, [ancestor for ancestor, _ in chain], str(icons.get("weight", "regular")))
    return Theme(name, tokens, files, drawn, tuple(icons.get("flipped") or ()), given)


def doubts_of(library: Library, name: str, over: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield a warning for each colour of a given theme, or of one it extends, that makes a text hard to read.

    `over` are the colours of the canvas, which are told there.
    """
    from bmcrender.load import loaded
    from bmcrender.validate.themes import pale_colors, written_colors

    if not any(file.startswith("themes/") for file in library.files):
        return
    tokens = library.theme(name).tokens
    colors = {**tokens["groups"], **tokens["colors"], **written_colors(over)}
    told = set(over)
    for ancestor, data in reversed(_ancestry(library, name)):
        file = f"themes/{ancestor}/theme.yaml"
        if file in library.files:
            own = data.get("tokens") or {}
            said = [(part, color) for part in ("colors", "groups") for color in own.get(part) or {}]
            places: dict[str, Path] = {
                color: ("tokens", part, color) for part, color in said if color not in told
            }
            yield from pale_colors(loaded(library.read(file), file), places, colors, tokens["contrast"])
            told |= places.keys()


def _ancestry(library: Library, name: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the theme and what it extends, the most general first."""
    chain: list[tuple[str, dict[str, Any]]] = []
    following: str | None = name
    while following is not None:
        here = following
        file = f"themes/{here}/theme.yaml"
        if here in (one for one, _ in chain):
            raise _extends(library, chain[-1][0], "theme-loop", f"the theme {here} extends itself", _OTHER)
        if not library.knows("themes", here, "/theme.yaml"):
            missing = _no_theme(library, here)
            if not chain:
                raise missing
            one = missing.diagnostics[0]
            raise _extends(library, chain[-1][0], one.code, one.message, one.hint)
        data = library.data(file, "theme")
        chain.append((here, data))
        following = data.get("extends", GROUND if here != GROUND else None)
    return chain[::-1]


def _extends(library: Library, theme: str, code: str, message: str, hint: str) -> CanvasError:
    """Return the error about what a theme extends, at its place."""
    from bmcrender.load import loaded

    file = f"themes/{theme}/theme.yaml"
    source = loaded(library.read(file), file)
    return CanvasError([source.finding("error", code, message, hint, path=("extends",))])


def _no_theme(library: Library, name: str) -> UsageError:
    """Return the error for a theme that is not there, or whose folder lacks theme.yaml."""
    if any(file.startswith(f"themes/{name}/") for file in library.files):
        hint = f"write one with `theme: {name}` and `extends: classic`"
        return UsageError.of("no-theme-yaml", f"the theme {name} has no theme.yaml", hint)
    return unknown("theme", name, library.themes())


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CanvasError.of("not-utf8", "the file is not UTF-8", "save it as UTF-8", file) from None


def _icons(library: Library, chain: Iterable[str], weight: str) -> dict[str, str]:
    """Return the path data of each icon; a translucent layer goes under `name:tint`."""
    icons: dict[str, str] = {}
    for ancestor in chain:
        for file in library.names(f"themes/{ancestor}/assets/icons/{weight}"):
            if file.endswith(".svg"):
                stem = PurePosixPath(file).stem
                icons.pop(f"{stem}:tint", None)
                icons |= _icon(stem, _text(library.read(file), file))
    return icons


def _icon(name: str, svg: str) -> dict[str, str]:
    """Return an icon's path data, and the data of its translucent layer where it has one."""
    layers: dict[str, list[str]] = {}
    for element in re.findall(r"<path\b[^>]*>", svg):
        data = re.search(r"\sd=\"([^\"]*)\"", element)
        if data:
            layers.setdefault(f"{name}:tint" if " opacity=" in element else name, []).append(data[1])
    return {key: " ".join(parts) for key, parts in layers.items()}
