"""Whether data surely fits a JSON Schema, as most canvases do: told without loading a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bmcrender.validate.written import resolved

Schema = Mapping[str, Any]
_Rule = Callable[[Any, Any], bool]

_SAYS_NOTHING = frozenset(
    ("$schema", "$defs", "title", "description", "examples", "default", "patternErrorMessage")
)
_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a schema's pattern; its last `$` is the end of the text, not before a line feed there."""
    return re.compile(pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern)


def surely_valid(schema: Schema, data: Any) -> bool:
    """Whether a validator would find nothing (draft 7); False also where this cannot be told here."""
    return _valid(schema, data, schema)


def _valid(schema: Schema, data: Any, root: Schema) -> bool:
    schema = resolved(root, schema)  # what stands beside a `$ref` does not count in draft 7
    return all(
        _RULES[rule](demand, data) if rule in _RULES else _parts_are_valid(rule, schema, data, root)
        for rule, demand in schema.items()
        if rule not in _SAYS_NOTHING
    )


def _parts_are_valid(rule: str, schema: Schema, data: Any, root: Schema) -> bool:
    """Whether what a rule says of the parts of data is so; False for a rule that is not known."""
    demand = schema[rule]
    if rule == "items":
        return not isinstance(data, list) or all(_valid(demand, one, root) for one in data)
    if rule == "properties":
        return not isinstance(data, dict) or all(
            _valid(demand[key], one, root) for key, one in data.items() if key in demand
        )
    if rule == "additionalProperties":
        extras = data.keys() - schema.get("properties", {}).keys() if isinstance(data, dict) else ()
        if isinstance(demand, bool):
            return demand or not extras
        return all(_valid(demand, data[key], root) for key in extras)
    return False


def _is_of_type(names: Any, data: Any) -> bool:
    return any(type(data) is _TYPES.get(name) for name in ([names] if isinstance(names, str) else names))


def _is_one_of(values: Any, data: Any) -> bool:
    return any(type(data) is type(value) and data == value for value in values)


_RULES: Mapping[str, _Rule] = {
    "type": _is_of_type,
    "enum": _is_one_of,
    "maxLength": lambda most, data: not isinstance(data, str) or len(data) <= most,
    "maxItems": lambda most, data: not isinstance(data, list) or len(data) <= most,
    "maxProperties": lambda most, data: not isinstance(data, dict) or len(data) <= most,
    "pattern": lambda regex, data: not isinstance(data, str) or compiled(regex).search(data) is not None,
    "required": lambda names, data: not isinstance(data, dict) or all(name in data for name in names),
}
