"""Canvases to lay out: the examples, and made ones as full as is asked for, in five languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bmcrender.checking import checked
from bmcrender.document import Document, Entry, Text
from bmcrender.errors import Diagnostic
from bmcrender.layout.poster import poster
from bmcrender.load import loaded
from bmcrender.measure import Measurer
from bmcrender.model import Block, Canvas, Format, Item, Job, Options
from bmcrender.resolve import document
from bmcrender.resources import library
from bmcrender.sheets import Sheet
from bmcrender.validate import canvas

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = {file.stem: file for file in sorted((ROOT / "examples").glob("*.yaml"))}
KIND = library().kind("bmc")
LANGUAGES = ("de", "en", "es", "fa", "fr")
VERY_FULL = "de-nahwaerme"
_WORDS_OF = {
    "de": VERY_FULL,
    "en": "en-markdown",
    "es": "es-viento-nuevo",
    "fa": "fa-khaknegar",
    "fr": "fr-pomme-a-quatre-roues",
}
_PARAGRAPH = 900


@cache
def measurer() -> Measurer:
    return Measurer(library().font_set(), lambda face: library().read(f"fonts/{face.file}"))


@cache
def written(name: str) -> Canvas:
    """The canvas of an example."""
    return canvas(loaded(EXAMPLES[name].read_bytes(), name), KIND)[0]


@cache
def example(name: str, options: Options = Options()) -> Document:
    found = checked(Job(EXAMPLES[name].read_bytes(), name=name, options=options)).document
    assert found is not None
    return found


def resolved(given: Canvas, **options: Any) -> Document:
    tag = options.get("language") or given.language
    language, _ = library().language(tag, KIND)
    return document(given, KIND, language, library().theme("classic"), Options(**options))


@cache
def item_texts(language: str) -> tuple[str, ...]:
    """All texts of the items of a language's example, in their order."""

    def texts(items: Sequence[Item]) -> Iterator[str]:
        for item in items:
            yield item.text
            yield from texts(item.items)

    return tuple(
        text for block in written(_WORDS_OF[language]).blocks.values() for text in texts(block.items)
    )


def crowded(language: str, count: int, paragraphs: int = 0) -> Canvas:
    """A canvas of `count` items a block, the first `paragraphs` of them 900 characters in two paragraphs.

    Every fifth item has two nested ones. The words are those of the language's example.
    """
    words = cycle(item_texts(language))

    def long() -> Item:
        text = ""
        while len(text) < _PARAGRAPH:
            text += " ".join(next(words).split()) + " "
        half = text.index(" ", _PARAGRAPH // 2)
        return Item(f"{text[:half]}\n\n{text[half:_PARAGRAPH].strip()}")

    def item(index: int) -> Item:
        if index < paragraphs:
            return long()
        nested = tuple(Item(text) for text in islice(words, 2)) if index % 5 == 4 else ()
        return Item(next(words), "", nested)

    blocks = {id: Block(tuple(item(index) for index in range(count))) for id in KIND.blocks}
    return replace(written(_WORDS_OF[language]), blocks=blocks, render={})


def short(count: int, language: str = "en", text: str = "One item of some words") -> Canvas:
    """A canvas whose blocks all hold the same items."""
    items = tuple(Item(f"{text} {index}") for index in range(count))
    return Canvas("A title", language=language, blocks=dict.fromkeys(KIND.blocks, Block(items)))


def laid_out(given: Document) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    return poster(given, measurer())


def entry_texts(entries: Sequence[Entry]) -> Iterator[Text]:
    """All paragraphs of items, depth first."""
    for entry in entries:
        yield from entry.paragraphs
        yield from entry_texts(entry.items)


def job(given: Canvas, formats: tuple[Format, ...] = ("pdf",), **options: Any) -> Job:
    """The job of a canvas that was made, as if its file had been written."""

    def item(one: Item) -> dict[str, Any]:
        return {"text": one.text, "items": [item(nested) for nested in one.items]}

    def block(one: Block) -> dict[str, Any]:
        own = {"title": one.title, "questions": one.questions and list(one.questions)}
        return {"items": [item(each) for each in one.items]} | {key: it for key, it in own.items() if it}

    data = {"title": given.title, "language": given.language}
    data |= {
        key: str(getattr(given, key)) for key in ("subtitle", "organization", "date", "version", "footer")
    }
    written_data = {key: it for key, it in data.items() if it} | {
        "authors": list(given.authors) or ["Someone"],
        "blocks": {id: block(one) for id, one in given.blocks.items()},
    }
    return Job(json.dumps(written_data, ensure_ascii=False).encode(), formats, options=Options(**options))
