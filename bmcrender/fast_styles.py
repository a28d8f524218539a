"""Spares WeasyPrint styles that it computes again and again: initial values, those of equal elements.

What it draws stays the same, byte for byte. `fast_drawing` applies this.
"""

from __future__ import annotations

from typing import Any

# Properties whose computing has consequences beyond their value.
_OWN_WAYS = ("float", "display", "position", "page")
_WIDTHS = ("outline", "border_top", "border_right", "border_bottom", "border_left")
# Pseudo-elements that look alike where their elements do, and those that WeasyPrint changes one by one.
_ALIKE = ("before", "after")
_SINGLE = ("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")


def spare_styles() -> None:
    """Put shorter ways to styles in the place of WeasyPrint's own."""
    from weasyprint import css

    _spare_values(css)
    css.StyleFor = _with_names(css, _shared(css))


# -- styles: most properties of most elements are inherited or initial -----------------------------------


def _spare_values(css: Any) -> None:
    """Begin styles with the initial values that no rule changes, and inherit without asking twice."""
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
        by_parent = key in inherited or key[:2] == "__"  # the latter are the sheet's own
        if by_parent and key not in style.cascaded and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        return compute(style, key)

    computed.__init__, computed.__missing__, anonymous.__init__ = begun, found, begun_anonymous


def _plain_properties(css: Any) -> tuple[frozenset[str], dict[str, Any], dict[str, list[str]]]:
    """Return the properties that are inherited as they are, and the initial values that need no computing.

    The third are the properties that another one may set: a logical one (`margin_inline_start` …) those of
    either direction, the style of a line its width.
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
    for line in _WIDTHS:  # where no line is drawn
        initial[f"{line}_width"] = 0
        for other in (f"{line}_style", *(key for key in physical if f"{line}_style" in physical[key])):
            physical.setdefault(other, []).append(f"{line}_width")
    return frozenset({*inherited, "page"}), initial, physical


# -- styles that differ in nothing --------------------------------------------------------------------------


def _shared(css: Any) -> Any:
    """Return what computes the style of a pseudo-element if it is asked for, once for all that are alike."""

    class SharedStyles(css.StyleFor):  # type: ignore[misc]
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
            key = self.key(parent, pseudo_type, cascaded)
            if key not in self._known or pseudo_type not in _ALIKE:
                above, highest = self._computed_styles[parent, None], self._computed_styles[root, None]
                self._known[key] = css.ComputedStyle(
                    above, cascaded, pseudo_type, highest, base_url, self.font_config, self.initial_page_sizes
                )
            return self._known[key]

        def key(self, parent: Any, pseudo_type: str | None, cascaded: Any) -> tuple[Any, ...]:
            values = ((name, id(value), weight) for name, (value, weight) in cascaded.items())
            return id(self._computed_styles[parent, None]), pseudo_type, *values

    return SharedStyles


# -- styles that differ in an id: WeasyPrint names by a property (`anchor`) what can be linked to -----------


def _with_names(css: Any, shared: Any) -> Any:
    """Return what computes a style once for all elements that are alike but for their ids."""
    named_style = _named_style(css)

    class StylesWithNames(shared):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            self._named: dict[Any, Any] = {}
            super().__init__(*given, **named)

        def set_computed_styles(self, element: Any, pseudo_type: Any = None, **given: Any) -> None:
            cascaded = self._cascaded_styles.get((element, pseudo_type), {})
            if pseudo_type or "anchor" not in cascaded or given["parent"] is None:
                super().set_computed_styles(element, pseudo_type=pseudo_type, **given)
                return
            rest = {name: value for name, value in cascaded.items() if name != "anchor"}
            key = self.key(given["parent"], None, rest)
            if key in self._known:
                self._name(element, self._known[key], cascaded, given.get("target_collector"))
            else:
                super().set_computed_styles(element, **given)
                self._known[key] = self._computed_styles[element, None]

        def _name(self, element: Any, like: Any, cascaded: Any, targets: Any) -> None:
            """Let an element have a style like another's, under its own name."""
            self._computed_styles[element, None] = like
            self._named[element] = named_style(like, cascaded)
            if targets and self._named[element]["anchor"]:
                targets.collect_anchor(self._named[element]["anchor"])

        def __call__(self, element: Any, pseudo_type: Any = None) -> Any:
            style = super().__call__(element, pseudo_type)
            return style if pseudo_type else self._named.get(element, style)

    return StylesWithNames


def _named_style(css: Any) -> Any:
    """Return the class of styles that differ from another in their anchor."""

    class NamedStyle(css.ComputedStyle):  # type: ignore[misc]
        def __init__(self, like: Any, cascaded: Any) -> None:
            own = {"anchor": cascaded["anchor"]}
            above, root = like.parent_style, like.root_style
            super().__init__(above, own, None, root, like.base_url, like.font_config, like.initial_page_sizes)
            self.clear()
            self.like, self.specified = like, like.specified

        def copy(self) -> Any:
            copied = self.like.copy()
            copied.update(self)
            copied["anchor"] = self["anchor"]
            return copied

        def __missing__(self, key: str) -> Any:
            if key == "anchor":
                return super().__missing__(key)
            value = self[key] = self.like[key]
            return value

        @property
        def anonymous_style(self) -> Any:
            return self.like.anonymous_style

    return NamedStyle
