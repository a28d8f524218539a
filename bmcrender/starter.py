"""The text of a new canvas: every block in the order of work with its questions; or no block at all."""

from __future__ import annotations

from collections.abc import Iterator

from bmcrender.model import Kind, Language


def starter(language: Language, kind: Kind, schema_ref: str) -> str:
    """Return a canvas to fill in, in a language, that names its schema for editors in the first line."""
    lines = [
        f"# yaml-language-server: $schema={schema_ref}",
        f"# {language.kind_title}",
        "format: 1",
        f"kind: {kind.id}",
        f"language: {language.tag}",
        f"title: {_quoted(language.kind_title)}",
        *(f"# {key}: # {language.labels[label]}" for key, label in _FACTS.items()),
        "blocks:",
    ]
    for number, id in enumerate(kind.blocks):
        lines += _block(language, id, first=number == 0)
    return "\n".join(lines) + "\n"


def blank_canvas(language: Language, kind: Kind) -> str:
    """Return a canvas that says nothing: it has its kind's title."""
    title = _quoted(language.kind_title)
    return f"kind: {kind.id}\nlanguage: {language.tag}\ntitle: {title}\n"


# Fields that a new canvas shows as comments -> the labels that explain them.
_FACTS = {
    "organization": "designed_for",
    "authors": "designed_by",
    "date": "date",
    "version": "version",
}


def _block(language: Language, id: str, *, first: bool) -> Iterator[str]:
    """Yield a block's lines: its title and questions as comments, then its key."""
    guide = language.blocks[id]
    yield ""
    yield f"  # {guide.title}"
    for question in guide.questions:
        yield f"  # - {question.text}"
    yield f"  {id}:"
    if first:
        yield f"    - {_quoted(language.labels['example_item'])}"


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
