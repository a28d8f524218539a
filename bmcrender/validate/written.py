"""Scalars taken exactly as they were written where the schema wants text: `1.10`, `no`, `12:30`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bmcrender.errors import Path
from bmcrender.source import Source

Schema = Mapping[str, Any]


def as_written(source: Source, schema: Schema) -> Any:
    """Return the data for a schema: numbers written as text where text is wanted, empty keys left out."""
    return _taken(source, schema, source.data, schema, ())


def types(schema: Schema) -> tuple[str, ...]:
    """Return the types a schema allows; none named means all."""
    allowed = schema.get("type", ())
    return (allowed,) if isinstance(allowed, str) else tuple(allowed)


def resolved(root: Schema, schema: Schema) -> Schema:
    """Return what a `$ref` into `$defs` points at."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _taken(source: Source, root: Schema, value: Any, schema: Schema, path: Path) -> Any:
    schema = resolved(root, schema)
    if isinstance(value, dict):
        return _mapping(source, root, value, schema, path)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [_taken(source, root, one, items, (*path, index)) for index, one in enumerate(value)]
    if value is None or isinstance(value, str) or not _wants_text(value, types(schema)):
        return value
    return source.scalars[path].text


def _mapping(
    source: Source, root: Schema, value: dict[str, Any], schema: Schema, path: Path
) -> dict[str, Any]:
    """Return a mapping for its schema; a known key without a value counts as left out."""
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    taken = {}
    for key, one in value.items():
        if one is None and key in known:
            continue
        inner = known.get(key, others if isinstance(others, Mapping) else {})
        taken[key] = _taken(source, root, one, inner, (*path, key))
    return taken


def _wants_text(value: Any, allowed: tuple[str, ...]) -> bool:
    if "string" not in allowed:
        return False
    own = {"boolean"} if isinstance(value, bool) else {"number", "integer"}
    return not own & set(allowed)
