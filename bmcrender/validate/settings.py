"""Values from elsewhere put into a canvas: `--set key.path=value` over it, a project file under it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bmcrender.characters import crowded, forbidden, refusal, remedy
from bmcrender.errors import Path, UsageError, shortened
from bmcrender.scalars import plain_value
from bmcrender.source import Mark, Scalar, Source

T = TypeVar("T")

# A text that stands for a mapping -> the key that the text would have in it.
_SHORT: Mapping[Path, str] = {("theme",): "name"}


def merged(source: Source, project: Source | None, settings: Sequence[tuple[str, str]]) -> Source:
    """Return a canvas's source over a project file's values, and settings over both."""
    under = source if project is None else with_defaults(source, project)
    return with_settings(under, settings)


def with_settings(source: Source, settings: Sequence[tuple[str, str]]) -> Source:
    """Return a source with settings put over its data; findings about them name the option.

    Keys are parted by dots, list entries are counted from 0; a value is one scalar, read as YAML: in quotes
    it is text.
    """
    for key, value in settings:
        source = _with_setting(source, key, value)
    return source


def _with_setting(source: Source, key: str, value: str) -> Source:
    option = f"--set {key}={shortened(value, 40)}"
    path = _path(key, option)
    for _, wrong in forbidden(key + value, value=True):
        raise _error(option, "forbidden-character", refusal(wrong), remedy(wrong))
    if crowded(value) >= 0:
        raise _error(option, "too-many-marks", "too many combining marks on one letter", "delete them")
    text = _unquoted(value, option)
    data = copy.deepcopy(source.data)
    opened = _put(data, path, plain_value(value) if text == value else text, option)
    keys, values = dict(source.keys), dict(source.values)
    scalars = {at: one for at, one in source.scalars.items() if at[: len(path)] != path}
    if opened is not None:  # its value is no longer what the file says
        values[opened] = Mark(0, 0, option)
        if opened in scalars:
            inner = 0 if isinstance(path[len(opened)], int) else _SHORT.get(opened, "")
            scalars[(*opened, inner)] = scalars.pop(opened)
    for length in range(1, len(path) + 1):
        if length == len(path) or path[:length] not in keys:
            keys[path[:length]] = values[path[:length]] = Mark(0, 0, option)
    scalars[path] = Scalar(text)
    return replace(source, data=data, keys=keys, values=values, scalars=scalars)


def _error(option: str, code: str, message: str, hint: str) -> UsageError:
    return UsageError.of(code, message, hint, option)


def _path(key: str, option: str) -> Path:
    parts = key.split(".")
    if not all(parts) or len(parts) > 12:
        raise _error(
            option, "bad-setting", f'"{key}" is no key', "write --set key.path=value, such as render.page=a2"
        )
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in parts)


def _unquoted(value: str, option: str) -> str:
    """Return the text that a value says, its quotes taken off; refuse what begins a list or a mapping."""
    if value[:1] in ("[", "{"):
        what = "a list" if value[0] == "[" else "keys with values"
        hint = f"set entry by entry (KEY.0=… or KEY.name=…); if it is text, in quotes: '\"{value[0]}…\"'"
        raise _error(option, "bad-setting", f"a value is one text or number, not {what}", hint)
    quote = value[:1]
    if quote in ("'", '"') and len(value) > 1 and value[1:].find(quote) == len(value) - 2:
        return value[1:-1]
    return value


def _put(data: Any, path: Path, value: Any, option: str) -> Path | None:
    """Set a value deep in plain data, making mappings on the way; return where one replaced another value."""
    here: Path = ()
    replaced: Path | None = None
    for step, following in zip(path, (*path[1:], None), strict=True):
        here = (*here, step)
        if isinstance(data, list):
            if not isinstance(step, int) or step > len(data):
                last = len(data) - 1
                hint = f"there are the entries 0 to {last}, and {last + 1} adds one" if data else "0 adds one"
                raise _error(option, "bad-setting", f'there is no entry "{step}"', hint)
            if step == len(data):
                data.append(None)
        else:
            data.setdefault(step if isinstance(step, str) else str(step), None)
        if following is None:
            data[step if isinstance(data, list) else str(step)] = value
            break
        older = data[step if isinstance(data, list) else str(step)]
        data[step if isinstance(data, list) else str(step)] = inner = _opened(older, here, following)
        if older is not None and inner is not older:
            replaced = here
        data = inner
    return replaced


def _opened(value: Any, path: Path, following: str | int) -> Any:
    """Return a value that further keys can go into."""
    if isinstance(value, dict | list):
        return value
    if isinstance(following, int):
        return [] if value is None else [value]
    return {_SHORT[path]: value} if isinstance(value, str) and path in _SHORT else {}


def with_defaults(source: Source, project: Source) -> Source:
    """Return a source with a project file's values under its own, key by key; findings name that file.

    A list or a text of the source stands whole; a text that stands for a mapping is one of its keys.
    """
    under = _spelled_out(project, source.data)
    source = _spelled_out(source, under.data)
    taken: list[Path] = []
    data = _merged(source.data, under.data, (), taken)
    keys, values, scalars = dict(source.keys), dict(source.values), dict(source.scalars)
    for path in taken:
        for marks, given in ((keys, under.keys), (values, under.values)):
            marks |= {at: one._replace(file=one.file or project.file) for at, one in _below(given, path)}
        scalars |= {at: one._replace(start=-1, end=-1) for at, one in _below(under.scalars, path)}
    return replace(source, data=data, keys=keys, values=values, scalars=scalars)


def _merged(own: Any, default: Any, path: Path, taken: list[Path]) -> Any:
    """Return a value with a default under it; `taken` gets the paths of the defaults that hold."""
    if isinstance(own, Mapping) and isinstance(default, Mapping):
        return {
            key: _merged(own.get(key), default.get(key), (*path, key), taken) for key in {**own, **default}
        }
    if own is None and default is not None:
        taken.append(path)
        return copy.deepcopy(default)
    return own


def _spelled_out(source: Source, other: Mapping[str, Any]) -> Source:
    """Return a source whose short texts are the mappings that they stand for, where `other` has one."""
    for path, inner in _SHORT.items():
        key = str(path[0])
        text = source.data.get(key)
        if isinstance(text, str) and isinstance(other.get(key), Mapping):
            data = {**source.data, key: {inner: text}}
            keys, values, scalars = dict(source.keys), dict(source.values), dict(source.scalars)
            for marks in (keys, values):
                marks[(*path, inner)] = values[path]
            scalars[(*path, inner)] = scalars.pop(path)
            source = replace(source, data=data, keys=keys, values=values, scalars=scalars)
    return source


def _below(nodes: Mapping[Path, T], path: Path) -> Iterator[tuple[Path, T]]:
    """Yield what is known of a path and of all inside it."""
    return ((at, one) for at, one in nodes.items() if at[: len(path)] == path)
