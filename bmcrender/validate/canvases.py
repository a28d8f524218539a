"""A source to a `Canvas`: its schema, the limits, and names that people write instead of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bmcrender.errors import BmcrenderError, CanvasError, Diagnostic, Path
from bmcrender.model import Block, Canvas, Item, Kind, Theme
from bmcrender.schema.canvas import canvas_schema
from bmcrender.source import Source
from bmcrender.validate.faults import Hints, faults, in_order
from bmcrender.validate.rules import broken_rules, doubts
from bmcrender.validate.themes import pale_colors, written_colors
from bmcrender.validate.words import quoted
from bmcrender.validate.written import as_written

DEFAULT_KIND = "bmc"
_EDGE = " \t\n\r"  # not strip()'s own set, which would eat no-break spaces

_ALSO = {
    "title": "name heading project project_name canvas_title",
    "subtitle": "description tagline slogan",
    "organization": "organisation company firm designed_for for",
    "authors": "author designed_by by team",
    "date": "created day",
    "version": "iteration revision rev",
    "language": "lang locale",
    "theme": "style design",
    "render": "options settings output",
    "kind": "type canvas template",
    "logo": "image picture",
    "blocks": "sections boxes block",
}
_ALSO_RENDER = {
    "page": "page_size size format paper",
    "layout": "type",
    "guide": "help",
    "mirror": "rtl mirrored",
}


def kind_id(source: Source) -> str:
    """Return which kind of canvas a source says it is."""
    data = source.data
    kind = data.get("kind") if isinstance(data, Mapping) else None
    return kind if isinstance(kind, str) else DEFAULT_KIND


def located(source: Source, path: Path, error: BmcrenderError) -> CanvasError:
    """Return an error about a name (kind, theme) placed where the canvas says that name."""
    mark = source.mark(path)
    line = source.finding("error", "", "", path=path)
    return CanvasError(
        replace(one, file=line.file, line=mark.line, column=mark.column, path=path, source=line.source)
        for one in error.diagnostics
    )


def canvas(source: Source, kind: Kind) -> tuple[Canvas, tuple[Diagnostic, ...]]:
    """Return the canvas that a source holds and the warnings about it, or raise all its faults."""
    schema = canvas_schema((kind,))
    data = as_written(source, schema)
    found = faults(source, schema, data, _hints(kind)) + broken_rules(source, data)
    if found:
        raise CanvasError(in_order(found))
    return _canvas(data), tuple(in_order(doubts(source, data)))


def theme_tokens(source: Source, canvas: Canvas, theme: Theme) -> tuple[Diagnostic, ...]:
    """Return an error for each colour of the canvas that the theme does not have; a warning for pale ones."""
    from bmcrender.names import suggestion

    colors = list(theme.tokens.get("colors", {}))
    unknown = tuple(
        source.finding(
            "error",
            "unknown-color",
            f"the theme {theme.name} has no colour {quoted(name)}",
            suggestion(name, colors) or "there are: " + ", ".join(colors),
            path=("theme", "tokens", name),
            key=True,
        )
        for name in canvas.theme_tokens
        if name not in colors
    )
    return unknown or tuple(_pale(source, canvas.theme_tokens, theme))


def _pale(source: Source, given: Mapping[str, Any], theme: Theme) -> Iterator[Diagnostic]:
    """Yield a warning for each colour of the canvas with which a text is hard to read."""
    own = written_colors(given)
    colors = {**theme.tokens["groups"], **theme.tokens["colors"], **own}
    places: dict[str, Path] = {name: ("theme", "tokens", name) for name in own}
    yield from pale_colors(source, places, colors, theme.tokens["contrast"])


def _hints(kind: Kind) -> Hints:
    """Return what to say about well-known other names."""
    root = {name: f'did you mean "{key}"?' for key, names in _ALSO.items() for name in names.split()}
    render = {name: f'did you mean "{key}"?' for key, names in _ALSO_RENDER.items() for name in names.split()}
    blocks = {name: f'did you mean "{id}"?' for id, block in kind.blocks.items() for name in block.also}
    inside = dict.fromkeys(kind.blocks, "write it under `blocks:`")
    inside |= {name: f"write it under `blocks:`, as {hint[13:-1]}" for name, hint in blocks.items()}
    return {
        (): inside
        | root
        | dict.fromkeys(("page", "layout", "guide", "mirror", "calendar"), "write it under `render:`"),
        ("blocks",): blocks,
        ("render",): render,
        ("theme",): {"colors": 'did you mean "tokens"?', "colours": 'did you mean "tokens"?'},
    }


# -- plain data to dataclasses -----------------------------------------------------------------------


def _canvas(data: Mapping[str, Any]) -> Canvas:
    theme = data.get("theme", {})
    theme = {"name": theme} if isinstance(theme, str) else theme
    authors = data.get("authors", [])
    line = {key: data[key].strip(_EDGE) for key in _LINES if key in data}
    return Canvas(
        **line,
        authors=tuple(
            one.strip(_EDGE) for one in ([authors] if isinstance(authors, str) else authors) if one
        ),
        theme=theme.get("name", Canvas.__dataclass_fields__["theme"].default),
        theme_tokens=theme.get("tokens", {}),
        render=data.get("render", {}),
        blocks={id: _block(block) for id, block in data.get("blocks", {}).items()},
    )


_LINES = (
    "title",
    "kind",
    "language",
    "subtitle",
    "organization",
    "date",
    "version",
    "footer",
    "logo",
)


def _block(data: Any) -> Block:
    if isinstance(data, str):
        return Block(_items([data] if data.strip(_EDGE) else []))
    if isinstance(data, list):
        return Block(_items(data))
    questions = data.get("questions")
    return Block(
        _items(data.get("items", [])),
        data.get("title", "").strip(_EDGE) or None,
        None if questions is None else tuple(questions),
        data.get("notes", ""),
    )


def _items(data: Sequence[Any]) -> tuple[Item, ...]:
    return tuple(
        Item(one)
        if isinstance(one, str)
        else Item(one["text"], one.get("note", ""), _items(one.get("items", [])))
        for one in data
    )
