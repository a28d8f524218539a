"""Frozen dataclasses that are defined in a fourth of the time: what all of them share is compiled once.

`dataclasses` writes and compiles six functions for each class, for all of ours a tenth of a cold run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from dataclasses import dataclass as _made

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[type], type]:
        """Do what the decorator of the standard library does for frozen classes."""
        if not frozen:
            raise TypeError("what may change is a class of the standard library's dataclasses")

        def decorated(cls: type) -> type:
            own = _made(cls, init=False, repr=False, eq=False, slots=slots)
            _furnish(own, fields(own), slots)
            return own

        return decorated


class _MadeAnew:
    """Stands in signatures for values made anew for each object, as the standard library shows them."""

    def __repr__(self) -> str:
        return "<factory>"


_MADE_ANEW = _MadeAnew()


def _furnish(cls: Any, members: Sequence[Field[Any]], slots: bool) -> None:
    """Give a class the methods of a frozen dataclass."""
    cls.__init__ = _initializer(cls, members)
    cls.__eq__, cls.__hash__ = _compared([one.name for one in members if one.compare])
    cls.__repr__ = _shown
    cls.__setattr__ = cls.__delattr__ = _refused
    if slots:
        cls.__getstate__, cls.__setstate__ = _kept([one.name for one in members])


def _initializer(cls: type, members: Sequence[Field[Any]]) -> Any:
    """Return `__init__`, written out: called as often as it is, nothing else is fast enough."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_anew": _MADE_ANEW}
    parameters, lines = ["self"], []
    for one in members:
        value = name = one.name
        if one.default_factory is not MISSING:
            space[f"_{name}"] = one.default_factory
            value = f"_{name}() if {name} is _anew else {name}" if one.init else f"_{name}()"
            parameters += [f"{name}=_anew"] if one.init else []
        elif one.default is not MISSING:
            space[f"_{name}"] = one.default
            parameters.append(f"{name}=_{name}")
        else:
            parameters.append(name)
        lines.append(f" _set(self, {name!r}, {value})")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), space)  # noqa: S102
    made = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in members if one.init} | {"return": None}
    return made


def _compared(names: Sequence[str]) -> tuple[Any, Any]:
    """Return `__eq__` and `__hash__` by some members."""
    key: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: Any) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(key(self))

    return equal, hashed


def _kept(names: Sequence[str]) -> tuple[Any, Any]:
    """Return how an object without `__dict__` is pickled: its members in their order."""

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restored(self: Any, values: Sequence[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    return state, restored


def _shown(self: Any) -> str:
    inner = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({inner})"


def _refused(_self: Any, name: str, *value: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")
