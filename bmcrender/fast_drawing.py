"""Spares WeasyPrint work that it does again and again: styles, paths of icons, style sheets, parts of a PDF.

What it draws stays the same, byte for byte. `fast_import` applies this, to the versions that it knows.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from bmcrender.fast_styles import spare_styles

_REMEMBERED = 512
_SHEETS = 8
_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{least}{length}" for least in ("", "min_", "max_") for length in ("width", "height")),
)


def spare_work() -> None:
    """Put shorter ways in the place of WeasyPrint's own."""
    spare_styles()
    _spare_percentages()
    _spare_paths()
    _spare_parsing()
    _spare_writing()


# -- lengths: boxes of one style that stand in the same place have the same ---------------------------------


def _spare_percentages() -> None:
    """Resolve the lengths of a style once for each size of what holds the box."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent

    resolve = percent.resolve_percentages

    def resolved(box: Any, within: Any) -> None:
        size = (within.width, within.height) if isinstance(within, boxes.Box) else tuple(within)
        if isinstance(box, boxes.PageBox) or box.style["border_collapse"] == "collapse":
            resolve(box, within)
            return
        style = getattr(box.style, "like", box.style)
        known = style.__dict__.setdefault("resolved", {})
        if size in known:
            box.__dict__.update(known[size])
            return
        resolve(box, within)
        known[size] = {name: getattr(box, name) for name in _LENGTHS}

    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.layout.") and getattr(module, "resolve_percentages", None) is resolve:
            module.resolve_percentages = resolved  # type: ignore[attr-defined]


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
    """Take a style sheet apart once, and make it ready for matching once; nobody changes its parts."""
    import tinycss2  # type: ignore[import-untyped]
    import weasyprint

    parse = lru_cache(maxsize=_SHEETS)(tinycss2.parse_stylesheet)
    plain = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda css, *given, **named: (
        parse(css, *given, **named) if isinstance(css, str) else plain(css, *given, **named)
    )
    prepare = weasyprint.preprocess_stylesheet
    ready: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def prepared(
        media: str, base_url: Any, rules: Any, fetch: Any, matcher: Any, pages: Any, *more: Any, **named: Any
    ) -> None:
        key = media, base_url, id(rules)
        if key in ready and not matcher.order and not pages:
            vars(matcher).update(ready[key][1])
            pages.extend(ready[key][2])
            return
        alone = not matcher.order and not pages and all(map(_has_no_consequence, rules))
        with _heard(weasyprint.LOGGER) as messages:
            prepare(media, base_url, rules, fetch, matcher, pages, *more, **named)
        if alone and not messages:
            if len(ready) == _SHEETS:
                ready.clear()
            ready[key] = rules, dict(vars(matcher)), tuple(pages)

    weasyprint.preprocess_stylesheet = prepared


def _has_no_consequence(rule: Any) -> bool:
    """Whether a rule is only matched with elements and pages: others fetch, or declare fonts and counters."""
    return getattr(rule, "lower_at_keyword", "page") == "page"


@contextmanager
def _heard(logger: logging.Logger) -> Iterator[list[logging.LogRecord]]:
    """Collect what is logged meanwhile; it is logged all the same."""
    messages: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record)

    handler = Collector()
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


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
