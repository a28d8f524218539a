"""What must hold for any bytes that are given to be checked: an answer, soon, with places that are there."""

from __future__ import annotations

import re
import time
import traceback

from bmcrender.characters import forbidden
from bmcrender.checking import checked
from bmcrender.errors import Diagnostic
from bmcrender.model import Job

NAME = "canvas.yaml"
MOST_SECONDS = 1.0
_LONGEST = 600  # characters of a message with its remedy
# Words of the libraries beneath us, which tell a user nothing.
_INTERNAL = re.compile(
    r"Traceback|object at 0x|jsonschema|yaml\.|NoneType|this is not YAML|is not valid under|does not match"
    r"|expected <|<block|found unknown|Error:|\bNone\b|dict\(|\{'|\['"
)
_QUOTED = re.compile('".*"')  # what others wrote


def faults(data: bytes) -> list[str]:
    """Return what is wrong with how the bytes of a canvas are judged, each in one line."""
    start = time.process_time()
    try:
        found = checked(Job(data, name=NAME))
    except Exception:  # noqa: BLE001 (any exception is what is sought)
        return ["raised " + " | ".join(traceback.format_exc().splitlines()[-3:])]
    seconds = time.process_time() - start
    wrong = [f"took {seconds:.1f} s of processor time"] if seconds > MOST_SECONDS else []
    errors = any(one.severity == "error" for one in found.diagnostics)
    if errors == (found.document is not None):
        wrong.append("a document in spite of errors" if errors else "neither a document nor an error")
    lines = _lines(data)
    return wrong + [fault for one in found.diagnostics for fault in _misplaced(one, lines) + _unclear(one)]


def _lines(data: bytes) -> list[str]:
    """The lines as an editor shows them, read without the loader's own code."""
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    return re.split("\r\n|\r|\n", text)


def _misplaced(one: Diagnostic, lines: list[str]) -> list[str]:
    """Return what is wrong with where a finding says that it is."""
    at = f"{one.line}:{one.column} {one.code}"
    if one.file != NAME:
        return [f"{at}: is in the file {one.file!r}"]
    if not 1 <= one.line <= len(lines):
        return [f"{at}: there are {len(lines)} lines"]
    line = lines[one.line - 1]
    if not 1 <= one.column <= len(line) + 1:
        return [f"{at}: the line has {len(line)} characters"]
    if one.source not in ("", line):
        return [f"{at}: shows the line {one.source!r}, which is {line!r}"]
    return []


def _unclear(one: Diagnostic) -> list[str]:
    """Return what is wrong with what a finding says."""
    told = f"{one.message}; {one.hint}"
    wrong = []
    if not one.message or (one.severity == "error" and not one.hint):
        wrong.append("says not what is wrong and what to do")
    if "\n" in told or "\r" in told or len(told) > _LONGEST:
        wrong.append("is not one short line")
    if any(forbidden(told)):
        wrong.append("holds a forbidden character")
    if _INTERNAL.search(_QUOTED.sub("", told)):
        wrong.append("speaks of what is inside")
    return [f"{one.line}:{one.column} {one.code}: {each}: {told[:200]!r}" for each in wrong]
