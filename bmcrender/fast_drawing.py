"""Spares WeasyPrint work that it does again and again: initial values, paths of icons, style sheets.

What it draws stays the same, byte for byte. `fast_import` applies this, to the versions that it knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# Properties whose computing has consequences beyond their value.
_OWN_WAYS = ("float", "display", "position", "page")
_REMEMBERED = 512


def spare_work() -> None:
    """Put shorter ways in the place of WeasyPrint's own."""
    _spare_styles()
    _spare_paths()
    _spare_parsing()


# -- styles: most properties of most elements are inherited or initial -----------------------------------


def _spare_styles() -> None:
    """Begin styles with the initial values that no rule changes, and inherit without asking twice."""
    from weasyprint import css

    inherited, initial, physical = _plain_properties(css)
    computed, anonymous = css.ComputedStyle, css.AnonymousStyle
    compute, begin, begin_anonymous = computed.__missing__, computed.__init__, anonymous.__init__

    def begun(style: Any, parent: Any, cascaded: Any, *more: Any, **named: Any) -> None:
        begin(style, parent, cascaded, *more, **named)
        style.update(initial)
        for key in cascaded:
            style.pop(key, None)
            for other in physical.get(key, ()):
                style.pop(other, None)

    def begun_anonymous(style: Any, parent: Any) -> None:
        style.update(initial)
        begin_anonymous(style, parent)

    def found(style: Any, key: str) -> Any:
        if key in inherited and key not in style.cascaded and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        return compute(style, key)

    computed.__init__, computed.__missing__, anonymous.__init__ = begun, found, begun_anonymous


def _plain_properties(css: Any) -> tuple[frozenset[str], dict[str, Any], dict[str, list[str]]]:
    """Return the properties that are inherited as they are, and the initial values that need no computing.

    The third are the physical properties that a logical one (`margin_inline_start` …) may set.
    """
    inherited: set[str] = set()
    initial: dict[str, Any] = {}
    physical: dict[str, list[str]] = {}
    for key, value in css.INITIAL_VALUES.items():
        if key in _OWN_WAYS or key.startswith("text_decoration_"):
            continue
        by_direction = css.PHYSICAL_FUNCTIONS.get(key)
        if by_direction:
            for inline in ("ltr", "rtl"):
                physical.setdefault(by_direction(block="ttb", inline=inline), []).append(key)
        if key in css.INHERITED:
            if not by_direction:
                inherited.add(key)
        elif key not in css.INITIAL_NOT_COMPUTED:
            initial[key] = value
    return frozenset(inherited), initial, physical


# -- paths: an icon is the same in every document ----------------------------------------------------------


def _spare_paths() -> None:
    """Draw a path that was drawn before from what that put into the page."""
    from weasyprint import svg

    draw = svg.TAGS["path"]
    drawn: dict[tuple[Any, ...], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}

    def path(image: Any, node: Any, font_size: float) -> None:
        key = node.get("d", ""), font_size, image.inner_width, image.inner_height
        stream, corners = image.stream.stream, node.vertices
        if key in drawn:
            stream.extend(drawn[key][0])
            corners.extend(drawn[key][1])
            return
        before = len(stream), len(corners)
        draw(image, node, font_size)
        if len(drawn) < _REMEMBERED:
            drawn[key] = tuple(stream[before[0] :]), tuple(corners)[before[1] :]

    svg.TAGS["path"] = path


# -- style sheets: those of a theme are the same in every document ------------------------------------------


def _spare_parsing() -> None:
    """Take a style sheet apart once; nobody changes its parts."""
    import tinycss2  # type: ignore[import-untyped]

    parse = lru_cache(maxsize=8)(tinycss2.parse_stylesheet)
    plain = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda css, *given, **named: (
        parse(css, *given, **named) if isinstance(css, str) else plain(css, *given, **named)
    )
