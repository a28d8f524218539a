"""The quick look at canvases: it calls nothing right that the library calls wrong, and no good canvas wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bmcrender.load import loaded
from bmcrender.resources import library
from bmcrender.schema.canvas import canvas_schema
from bmcrender.validate.quick import surely_valid
from bmcrender.validate.written import as_written

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.yaml"))
SCHEMA = canvas_schema((library().kind("bmc"),))
STRANGE: list[Any] = [
    None,
    True,
    1,
    1.0,
    2.5,
    "",
    " ",
    "x" * 6000,
    [],
    ["a"] * 600,
    {},
    {"text": 3},
    {"odd": ""},
]


def canvas(path: Path) -> Any:
    """Return the data of an example as it is validated."""
    return as_written(loaded(path.read_bytes(), path.name), SCHEMA)


def places(data: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the path to everything in data."""
    yield ()
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in pairs:
        for rest in places(inner):
            yield (key, *rest)


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return data with another value at a place."""
    if not path:
        return value
    if isinstance(data, dict):
        return {**data, path[0]: changed(data[path[0]], path[1:], value)}
    return [changed(one, path[1:], value) if n == path[0] else one for n, one in enumerate(data)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_canvases_that_come_with_it_need_no_library(path: Path) -> None:
    assert surely_valid(SCHEMA, canvas(path))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_it_calls_right_the_library_calls_right(data: st.DataObject) -> None:
    good = canvas(EXAMPLES[2])
    path = data.draw(st.sampled_from(list(places(good))))
    spoilt = changed(good, path, data.draw(st.sampled_from(STRANGE)))
    if surely_valid(SCHEMA, spoilt):
        assert list(Draft7Validator(SCHEMA).iter_errors(spoilt)) == []


@pytest.mark.parametrize(
    "path", [(), ("title",), ("blocks",), ("blocks", "channels"), ("blocks", "channels", 0)]
)
@pytest.mark.parametrize("value", [2.5, {"no such key": "x"}, ["x", {"odd": 1}]], ids=str)
def test_it_never_passes_what_is_wrong(path: tuple[Any, ...], value: Any) -> None:
    spoilt = changed(canvas(EXAMPLES[2]), path, value)
    assert list(Draft7Validator(SCHEMA).iter_errors(spoilt))
    assert not surely_valid(SCHEMA, spoilt)


def test_a_rule_that_it_does_not_know_is_left_to_the_library() -> None:
    assert not surely_valid({"type": "integer", "multipleOf": 1}, 3)
