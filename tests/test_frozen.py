"""Frozen classes made our way do all that those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from bmcrender import frozen
from bmcrender.slides import Paragraph

Make = Callable[..., Any]


class _Point:
    """Two lengths, a name, and what was found before."""

    x: float
    y: float = 0.5
    tags: dict[str, int] = dataclasses.field(default_factory=dict, repr=False)
    seen: list[int] = dataclasses.field(default_factory=list, init=False, compare=False)


class _Nothing:
    """No member at all."""


def made(make: Make, cls: type, slots: bool) -> Any:
    body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    return make(frozen=True, slots=slots)(type(cls.__name__, (), body))


@pytest.fixture(params=[False, True], ids=["dict", "slots"])
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    """The same class made by the standard library and by us."""
    return tuple(made(make, _Point, request.param) for make in (dataclasses.dataclass, frozen.dataclass))


def told(cls: Any) -> list[Any]:
    """What can be told of a class from outside."""
    one, same, other = cls(1, tags={"a": 1}), cls(1.0, 0.5, {"a": 1}), cls(2)
    other.seen.append(3)
    moved = dataclasses.replace(one, y=7)
    return [
        [one == same, one == other, one == (1, 0.5, {"a": 1}), one != other, one.__eq__(1)],
        [repr(one), repr(other), moved.y, moved.tags is one.tags, cls(1).tags is cls(1).tags],
        [field.name for field in dataclasses.fields(cls)],
        [cls.__match_args__, cls.__doc__, hasattr(one, "__dict__"), getattr(cls, "__slots__", None)],
        [str(inspect.signature(cls))],
        copy.deepcopy(other).seen,
    ]


def test_a_class_of_ours_is_one_of_the_standard_library_to_all_who_ask(pair: tuple[Any, Any]) -> None:
    theirs, ours = pair
    assert told(ours) == told(theirs)
    assert dataclasses.is_dataclass(ours)


def test_wrong_arguments_are_told_in_the_same_words(pair: tuple[Any, Any]) -> None:
    for wrong in ({}, {"x": 1, "z": 2}, {"x": 1, "seen": []}):
        messages = []
        for cls in pair:
            with pytest.raises(TypeError) as raised:
                cls(**wrong)
            messages.append(str(raised.value))
        assert messages[0] == messages[1]


def test_nothing_of_an_object_can_be_changed(pair: tuple[Any, Any]) -> None:
    for cls in pair:
        one = cls(1)
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'x'"):
            one.x = 2
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'x'"):
            del one.x
        assert one.x == 1


def test_equal_objects_have_one_hash_and_those_that_hold_lists_none() -> None:
    first, second = (Paragraph(text=None, size_pt=12, color="ink") for _ in range(2))  # type: ignore[arg-type]
    assert first is not second
    assert len({first, second}) == 1
    assert len({first, dataclasses.replace(second, bold=True)}) == 2
    for make in (dataclasses.dataclass, frozen.dataclass):
        with pytest.raises(TypeError, match="unhashable type"):
            hash(made(make, _Point, True)(1))
        empty = made(make, _Nothing, True)
        assert len({empty(), empty()}) == 1


def test_objects_travel_to_other_processes() -> None:
    one = Paragraph(text=None, size_pt=12, color="ink", level=2)  # type: ignore[arg-type]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one
