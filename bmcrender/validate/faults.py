"""What a JSON Schema finds wrong, as located findings in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from unicodedata import category

from bmcrender.characters import named
from bmcrender.errors import CanvasError, Diagnostic, Path
from bmcrender.frozen import dataclass
from bmcrender.source import Source
from bmcrender.validate.quick import compiled, surely_valid
from bmcrender.validate.words import aim, called, kind_of_value, long_code, quoted, snake, wanted
from bmcrender.validate.written import as_written, types

# Where a key may stand -> other names that people write there -> what to do.
Hints = Mapping[Path, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of jsonschema: the rule that was broken, what it demands, and the value there."""

    rule: str
    demand: Any
    value: Any
    schema: Mapping[str, Any]
    path: Path
    message: str


def checked(source: Source, schema: Mapping[str, Any]) -> Any:
    """Return a data file's data as its schema wants it, or raise all faults."""
    data = as_written(source, schema)
    found = faults(source, schema, data)
    if found:
        raise CanvasError(in_order(found))
    return data


def faults(
    source: Source, schema: Mapping[str, Any], data: Any, hints: Hints | None = None
) -> list[Diagnostic]:
    """Return a finding for each fault, without those that only follow from another one."""
    errors = _errors(schema, data)
    slips = {error.path: error for error in errors if _is_slip(error)}
    found = [*source.found, *(_slip(source, error, path) for path, error in slips.items())]
    unknown: list[Diagnostic] = []
    for error in errors:
        if error.rule == "additionalProperties" and error.path not in slips:
            unknown += _unknown_keys(source, error, hints or {})
    meant = {(*one.path[:-1], name) for one in unknown for name in (aim(one.hint), _plain(str(one.path[-1])))}
    found += unknown
    mistyped = {error.path for error in errors if error.rule == "type"}
    for error in errors:
        if error.rule == "additionalProperties" or (error.rule != "type" and error.path in mistyped):
            continue
        if error.rule == "required":
            found += (
                one for one in _missing(source, error) if one.path not in meant and one.path[:-1] not in slips
            )
        else:
            found.append(_fault(source, error))
    return found


def in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return findings by line and column; those of options, which have no line, come last."""
    return sorted(found, key=lambda one: (one.line == 0, one.line, one.column))


def _errors(schema: Mapping[str, Any], data: Any) -> list[Fault]:
    if surely_valid(schema, data):
        return []
    return [
        Fault(
            str(error.validator),
            error.validator_value,
            error.instance,
            error.schema if isinstance(error.schema, Mapping) else {},
            tuple(error.absolute_path),
            error.message,
        )
        for error in _validator()(schema).iter_errors(data)
    ]


@cache
def _validator() -> Any:
    """Return the class of validators that read patterns as `surely_valid` does."""
    from jsonschema import Draft7Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_: Any, wanted: str, text: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(text, str) and not compiled(wanted).search(text):
            yield ValidationError(f"does not match {wanted}")

    return extend(Draft7Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]


def _extras(error: Fault) -> list[str]:
    return [key for key in error.value if key not in error.schema.get("properties", {})]


def _is_slip(error: Fault) -> bool:
    """Whether a text became keys by accident, through a colon in it."""
    if error.rule != "additionalProperties" or not {"string", "object"} <= set(types(error.schema)):
        return False
    known = error.schema["properties"]
    extras = _extras(error)
    plausible = any(re.fullmatch(r"[a-z_]+", key) and aim(_near(key, known)) for key in extras)
    return "text" in known and len(extras) == len(error.value) and not plausible


def _slip(source: Source, error: Fault, path: Path) -> Diagnostic:
    """Return the finding for `- Name: value`, or for a list under a text with a colon."""
    key = next(iter(error.value))
    value = error.value[key]
    if isinstance(value, list):
        hint = f"write `text: {quoted(key, 30, mark='')}` and under it `items:` with the list"
        return source.finding(
            "error", "text-as-key", "an item cannot be a key with a list under it", hint, path=path
        )
    sign = "': '" if value is not None else "':'"
    hint = f"put the text in quotes: it contains {sign}"
    return source.finding("error", "text-as-key", f"{quoted(key)} is read as a key", hint, path=path)


def _near(key: str, choices: Mapping[str, Any]) -> str:
    from bmcrender.names import suggestion

    return suggestion(snake(key), choices)


def _unknown_keys(source: Source, error: Fault, hints: Hints) -> Iterator[Diagnostic]:
    known = error.schema.get("properties", {})
    path = error.path
    where = f" in {called(path)}" if path else ""
    for key in _extras(error):
        told = hints.get(path, {})
        hint = (
            _odd_sign(key, known)
            or _level(error.value[key], path, known)
            or told.get(snake(key))
            or _exact(key, known)
            or _near(key, known)
            or _through(key, told)
        )
        hint = hint or ("possible here: " + ", ".join(known) if known else "")
        message = f"there is no key {quoted(key)}{where}"
        yield source.finding("error", "unknown-key", message, hint, path=(*path, key), key=True)


def _odd_sign(key: str, known: Mapping[str, Any]) -> str:
    """Return the hint for a key that holds a sign which is not seen, or a value without a space before it."""
    odd = "".join(sign for sign in key if sign not in _plain(key))[:1]
    if odd:
        return f"delete {named(odd)} in it; only plain spaces part and indent"
    name, colon, value = key.partition(":")
    return f"a colon needs a space after it: write `{name}: …`" if colon and value and name in known else ""


def _level(value: Any, path: Path, known: Mapping[str, Any]) -> str:
    """Return the hint for a key at the top that has under it what belongs beside it."""
    inside = isinstance(value, Mapping) and any(key in known for key in value)
    return "take the keys under it one level up" if inside and not path else ""


def _plain(key: str) -> str:
    """Return a key without signs that are not seen, but for the joiner that Persian words have."""
    return "".join(
        sign for sign in key if sign in " \u200c" or not (sign.isspace() or category(sign) == "Cf")
    )


def _exact(key: str, known: Mapping[str, Any]) -> str:
    return f'did you mean "{snake(key)}"?' if snake(key) in known else ""


def _through(key: str, told: Mapping[str, str]) -> str:
    """Return the hint of another name that a key nearly is."""
    near = aim(_near(key, told))
    return told[near] if near else ""


def _missing(source: Source, error: Fault) -> Iterator[Diagnostic]:
    for key in error.demand:
        if key in error.value:
            continue
        path = (*error.path, key)
        if path in source.keys:
            comment = _comment(source, path)
            hint = comment or "write a text after the colon"
            yield source.finding("error", "empty-text", f"{quoted(key)} is empty", hint, path=path, key=True)
        else:
            what = called(path[:-1]) if path[:-1] else "the file"
            hint = f"write `{key}: …`"
            at = source.mark(path[:-1], key=bool(path[:-1]) and isinstance(path[-2], str))
            yield source.finding(
                "error", "missing-key", f"{what} has no {quoted(key)}", hint, path=path, mark=at
            )


def _comment(source: Source, path: Path) -> str:
    """Return the hint for a value that vanished because it begins with #."""
    mark = source.keys.get(path) or source.mark(path)
    line = "" if mark.file else source.lines[min(mark.line, len(source.lines)) - 1][mark.column - 1 :]
    return "put the text in quotes: # begins a comment" if re.search(r"(^|[\s:-])\s*#", line) else ""


def _fault(source: Source, error: Fault) -> Diagnostic:
    """Return the finding for one error of jsonschema that is about a value."""
    path = error.path
    code, message, hint = _said(source, error, path)
    return source.finding("error", code, message, hint, path=path)


_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}


def _said(source: Source, error: Fault, path: Path) -> tuple[str, str, str]:
    """Return code, message and hint of an error about a value."""
    value, limit = error.value, error.demand
    if error.rule == "type":
        return _wrong_type(source, error, path)
    if error.rule in ("enum", "const"):
        choices = [str(one) for one in (limit if error.rule == "enum" else [limit])]
        hint = _near(str(value), dict.fromkeys(choices)) or "possible: " + ", ".join(choices)
        return "bad-value", f"{called(path)} cannot be {quoted(str(value))}", hint
    if error.rule in ("pattern", "minLength"):
        if isinstance(value, str) and not value.strip():
            if path and isinstance(path[-1], int):
                return "empty-item", f"{called(path)} is empty", "delete the dash, or write a text after it"
            return "empty-text", f"{called(path)} is empty", "write a text"
        told = error.schema.get("patternErrorMessage", "has not the right form")
        hyphened = str(value).replace("_", "-")
        right = hyphened != value and "\n" not in hyphened and re.search(str(limit), hyphened)
        hint = f"write {hyphened}" if right else f"it {told}"
        return "bad-value", f"{called(path)} cannot be {quoted(str(value))}", hint
    if error.rule == "maxLength":
        message = f"{called(path)} has {len(value):,} characters; at most {limit:,} are allowed"
        return long_code(path), message, "shorten it, or split it"
    if error.rule in ("maxItems", "maxProperties", "minItems"):
        than = "at least" if error.rule == "minItems" else "at most"
        message = f"{called(path)} holds {len(value)} entries; {than} {limit} are allowed"
        return "wrong-number", message, "join some, or leave some out" if than == "at most" else ""
    if error.rule in _BOUNDS:
        return "bad-value", f"{called(path)} cannot be {value}", f"it must be {_BOUNDS[error.rule]} {limit}"
    return "bad-value", f"{called(path)}: {error.message}", "see `bmcrender schema`"


def _wrong_type(source: Source, error: Fault, path: Path) -> tuple[str, str, str]:
    allowed = types(error.schema)
    if error.value is None:
        comment = _comment(source, path)
        if path and isinstance(path[-1], int):
            return (
                "empty-item",
                f"{called(path)} is empty",
                comment or "delete the dash, or write a text after it",
            )
        return "empty-text", f"{called(path)} is empty", comment or "write a value after the colon"
    written = source.scalars[path].text if path in source.scalars else error.value
    message = f"{called(path)} must be {wanted(allowed)}, not {kind_of_value(written)}"
    return "wrong-type", message, _right_type(error, allowed)


def _right_type(error: Fault, allowed: tuple[str, ...]) -> str:
    """Return what to write instead of a value of a wrong type."""
    if allowed == ("boolean",):
        return "write true or false"
    if allowed == ("number",):
        return "write a number, without quotes"
    if allowed == ("integer",):
        return (
            "write a whole number, without quotes" if isinstance(error.value, str) else "write a whole number"
        )
    if "text" in error.schema.get("properties", {}):
        return "for nested items write `text:` and under it `items:`"
    if "object" in allowed:
        listed = isinstance(error.value, list)
        return "write `key: value` lines without dashes" if listed else "write `key: value` lines under it"
    return "begin each entry with a dash" if "array" in allowed else _as_text(error.value)


def _as_text(value: Any) -> str:
    """Return how what is no text becomes one."""
    if isinstance(value, dict) and [type(one) for one in value.values()] == [str]:
        return f"write {quoted(next(iter(value.values())), 30)} alone, or put all of it in quotes"
    return "if it is one text, put it in quotes"
