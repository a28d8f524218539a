"""Rules about kinds and language packs that a schema cannot say: ids that fit together, placeholders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bmcrender.errors import CanvasError, Diagnostic, Path
from bmcrender.model import Kind
from bmcrender.packs import said
from bmcrender.source import Source
from bmcrender.validate.faults import checked, in_order
from bmcrender.validate.words import quoted

# Label -> what may stand in braces in it; in all others nothing may.
PLACEHOLDERS = {
    "page": "n m",
    "step": "n",
    "step_of": "n m",
    "more": "n",
    "continued_title": "title n m",
    "continued_from": "title",
    "continued_on": "n",
    "alt_locator": "title",
    "alt_block": "title n",
    "document_subject": "title",
}


def checked_pack(source: Source, name: str, schema: Mapping[str, Any], kind: Kind | None) -> dict[str, Any]:
    """Return the data of a kind, a language pack, a guide of `kind` or a theme, or raise all its faults."""
    data: dict[str, Any] = checked(source, schema)
    found: list[Diagnostic] = []
    if name == "kind":
        found += kind_faults(source, data)
    elif name == "language":
        found += language_faults(source, data)
    elif kind is not None:
        found += guide_faults(source, data, kind)
    if found:
        raise CanvasError(in_order(found))
    return data


def kind_faults(source: Source, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield what does not fit together in a kind that its schema allows."""
    blocks = data["blocks"]
    yield from _same_ids(source, data["order"], blocks, ("order",), "the order of work")
    if len(set(data["order"])) < len(data["order"]):
        yield source.finding(
            "error", "bad-kind", "a block stands twice in the order of work", path=("order",)
        )
    for name, areas in data["areas"].items():
        yield from _area_faults(source, areas, blocks, ("areas", name))
    for id, block in blocks.items():
        for index, name in enumerate(block.get("ordered", ())):
            if name not in block.get("lists", {}):
                message = f"{quoted(id)} has no list {quoted(name)}"
                yield source.finding("error", "bad-kind", message, path=("blocks", id, "ordered", index))


def _area_faults(
    source: Source, areas: Mapping[str, Any], blocks: Collection[str], path: Path
) -> Iterator[Diagnostic]:
    rows = [row.split() for row in areas["names"]]
    if len(rows) != len(areas["rows"]) or any(len(row) != len(areas["columns"]) for row in rows):
        size = f"{len(areas['columns'])} columns and {len(areas['rows'])} rows"
        yield source.finding("error", "bad-kind", f"the names do not fill {size}", path=(*path, "names"))
        return
    cells: dict[str, list[tuple[int, int]]] = {}
    for y, row in enumerate(rows):
        for x, name in enumerate(row):
            cells.setdefault(name, []).append((x, y))
    yield from _same_ids(source, cells, blocks, (*path, "names"), "the areas")
    for name, places in cells.items():
        width, height = (len({place[axis] for place in places}) for axis in (0, 1))
        (left, top), (right, bottom) = places[0], places[-1]
        if len(places) != width * height or (right - left + 1, bottom - top + 1) != (width, height):
            message = f"the area of {quoted(name)} is no rectangle"
            yield source.finding("error", "bad-kind", message, path=(*path, "names"))


def _same_ids(
    source: Source, given: Collection[str], wanted: Collection[str], path: Path, what: str
) -> Iterator[Diagnostic]:
    """Yield a finding for each id that is missing, and for each that nobody knows."""
    for id in wanted:
        if id not in given:
            yield source.finding("error", "missing-id", f"{quoted(id)} is missing in {what}", path=path)
    for id in given:
        if id not in wanted:
            at = (*path, id) if (*path, id) in source.keys else path
            yield source.finding(
                "error", "unknown-id", f"there is no {quoted(id)} for {what}", path=at, key=True
            )


def guide_faults(source: Source, data: Mapping[str, Any], kind: Kind) -> Iterator[Diagnostic]:
    """Yield the ids that a guide lacks or has too many, compared with its kind."""
    yield from _same_ids(source, data["blocks"], kind.blocks, ("blocks",), "the blocks")
    for id, block in kind.blocks.items():
        if id not in data["blocks"]:
            continue
        words, path = data["blocks"][id], ("blocks", id)
        questions, lists = words.get("questions", {}), words.get("lists", {})
        yield from _same_ids(source, questions, block.questions, (*path, "questions"), "the questions")
        yield from _same_ids(source, lists, block.lists, (*path, "lists"), "the lists")
        for name in block.lists:
            if name in lists:
                here = (*path, "lists", name, "items")
                yield from _same_ids(source, lists[name]["items"], block.lists[name], here, "the list")
                yield from _phase_faults(source, lists[name]["items"], name in block.ordered, here)


def _phase_faults(
    source: Source, items: Mapping[str, Any], ordered: bool, path: Path
) -> Iterator[Diagnostic]:
    for id, item in items.items():
        if ordered and not (isinstance(item, Mapping) and "question" in item):
            message = f"{quoted(id)} is a phase of a numbered list and needs a question"
            yield source.finding(
                "error", "missing-id", message, "write {text: …, question: …}", path=(*path, id)
            )


def language_faults(source: Source, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield what is wrong in the patterns and numbers of a language's common part."""
    yield from _braces(source, said(data["date"]), {"day", "month", "year"}, ("date",))
    for key, text in data["labels"].items():
        yield from _braces(source, said(text), set(PLACEHOLDERS.get(key, "").split()), ("labels", key))
    digits = data["digits"]
    if not digits.isnumeric() or len(set(digits)) != 10:
        yield source.finding(
            "error", "bad-value", "the digits are not ten different digits", path=("digits",)
        )


def _braces(source: Source, text: str, allowed: set[str], path: Path) -> Iterator[Diagnostic]:
    """Yield a finding unless a pattern holds each of its placeholders, and no other braces."""
    names = re.findall(r"\{([a-z]+)\}", text)
    rest = re.sub(r"\{[a-z]+\}", "", text)
    if set(names) != allowed or "{" in rest or "}" in rest:
        told = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "no braces"
        message = f"{quoted(text)} has not the right placeholders"
        yield source.finding("error", "bad-placeholder", message, f"it must hold {told}", path=path)
