"""Spares WeasyPrint work that it does again and again: styles, paths of icons, style sheets, parts of a PDF.

What it draws stays the same, byte for byte. `fast_import` applies this, to the versions that it knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# Properties whose computing has consequences beyond their value.
_OWN_WAYS = ("float", "display", "position", "page")
# Pseudo-elements that look alike where their elements do, and those that WeasyPrint changes one by one.
_ALIKE = ("before", "after")
_SINGLE = ("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")
_REMEMBERED = 512


def spare_work() -> None:
    """Put shorter ways in the place of WeasyPrint's own."""
    _spare_styles()
    _spare_pseudo_elements()
    _spare_paths()
    _spare_parsing()
    _spare_writing()


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


# -- pseudo-elements: most are never drawn, and most that are look like others -----------------------------


def _spare_pseudo_elements() -> None:
    """Compute the style of a pseudo-element when it is asked for, and once for all that are styled alike."""
    from weasyprint import css

    class LateStyles(css.StyleFor):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            self._late: dict[tuple[Any, str], tuple[Any, ...]] = {}
            self._known: dict[tuple[Any, ...], Any] = {}
            super().__init__(*given, **named)

        def set_computed_styles(self, element: Any, pseudo_type: Any = None, **given: Any) -> None:
            cascaded = self._cascaded_styles.get((element, pseudo_type), {})
            if pseudo_type in (*_ALIKE, *_SINGLE) and "anchor" not in cascaded:
                self._late[element, pseudo_type] = cascaded, given["parent"], given["root"], given["base_url"]
            else:
                super().set_computed_styles(element, pseudo_type=pseudo_type, **given)

        def __call__(self, element: Any, pseudo_type: Any = None) -> Any:
            if late := self._late.pop((element, pseudo_type), None):
                self._computed_styles[element, pseudo_type] = self._computed(pseudo_type, *late)
            return super().__call__(element, pseudo_type)

        def _computed(self, pseudo_type: str, cascaded: Any, parent: Any, root: Any, base_url: Any) -> Any:
            above, highest = self._computed_styles[parent, None], self._computed_styles[root, None]
            values = ((name, id(value), weight) for name, (value, weight) in cascaded.items())
            key = id(above), pseudo_type, *values
            if key not in self._known or pseudo_type not in _ALIKE:
                self._known[key] = css.ComputedStyle(
                    above, cascaded, pseudo_type, highest, base_url, self.font_config, self.initial_page_sizes
                )
            return self._known[key]

    css.StyleFor = LateStyles


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


# -- parts of a PDF: each is written, and read again for the file's identifier -----------------------------


def _spare_writing() -> None:
    """Make the bytes of an object once while a PDF is written."""
    import pydyf

    write = pydyf.PDF.write
    made: dict[int, bytes] | None = None

    def written(pdf: Any, *given: Any, **named: Any) -> None:
        nonlocal made
        made = {}
        try:
            write(pdf, *given, **named)
        finally:
            made = None

    def once(make: Any) -> Any:
        def data(one: Any) -> bytes:
            if made is None or one.number is None:  # it is a part of an object
                return bytes(make(one))
            if one.number not in made:
                made[one.number] = make(one)
            return made[one.number]

        return property(data)

    pydyf.PDF.write = written
    for kind in (pydyf.Dictionary, pydyf.Stream):
        kind.data = once(kind.data.fget)
