"""The parser's syntax errors in sentences that say what to do."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bmcrender.errors import Diagnostic
from bmcrender.events import events
from bmcrender.limits import DEPTH
from bmcrender.source import Source

Sentence = tuple[str, str]

_QUOTED = 'put the text in quotes: "…"'
_JOINED = re.compile(r"\s*[A-Za-z_]+:(?=[^\s/])")  # `key:value`, no address
_NO_SPACE = ("a colon needs a space after it", "write `key: value`")
_CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
_UNMERGED = (
    "here two versions of the file were not merged",
    "keep one of them, and delete the marks <<< === >>>",
)
_ENDED = re.compile(r"^\.\.\.[ \t]*$", re.MULTILINE)
# A part of the parser's own words -> what is wrong, what to do. The first that fits is said.
_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        r"sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        "begin it on the next line, each item with a dash",
    ),
    (
        r"unexpected document (separator|indicator)",
        "the quotes opened here are not closed before ---",
        "close them",
    ),
    (r"incompatible (YAML )?document", "this version of YAML is not known", "delete the line %YAML"),
    (
        r"expected (a )?comment or (a )?line break|chomping or indentation|indentation indicator",
        "a text that begins with | or > must go on in the next line, or be quoted",
        _QUOTED,
    ),
    (
        r"expected '?<document start>'?",
        "this line does not belong to what stands above it",
        "check its indentation",
    ),
    (
        r"could not find expected ':'",
        "here a key with a colon is expected",
        "write `key: value`, or indent the text deeper than its key",
    ),
    (r"mapping keys are not allowed", "text cannot begin with ? unless it is quoted", _QUOTED),
    (r"unexpected ':'", "inside brackets a colon begins a value", "put the text in quotes: it contains ':'"),
    (r"but found ':'", "there is no key before the colon", "write one, or put the text in quotes"),
    (
        r"did not find expected key|but found '(\?|,|\[|\]|\{|\}|<(block mapping start|alias|anchor|tag)>)'",
        "this line does not fit the indentation of the lines above it",
        "align it with the keys it belongs to",
    ),
    (
        r"but found '(-|<block sequence start>)'|expected '-' indicator",
        "this dash does not fit the indentation of the lines above it",
        "align it with the other dashes, or put it under a key",
    ),
    (r"found a tab|tab character", "a tab stands where spaces are expected", "indent with spaces"),
    (
        r"expected the node content|did not find expected node content",
        "a value is missing or begins with a character that means something else",
        _QUOTED,
    ),
)
_ESCAPES: tuple[tuple[str, str, str], ...] = (
    (
        r"\\u[dD][89a-fA-F]",
        "this escape is half of a character, as JSON writes emoji",
        "write the character itself",
    ),
    (
        r"\\[xuU]",
        "in double quotes a backslash begins an escape, and this one names no character",
        "write \\\\ for a backslash, or the character itself, or use single quotes",
    ),
    (
        "",
        "in double quotes a backslash begins an escape, and here is one that does not exist",
        "write \\\\ for a backslash, or use single quotes",
    ),
)
# Found where a quoted text or a key begins, not where the parser gave up.
_AT_THE_START = ("quotes opened", "a key with a colon")


def friendly(source: Source, error: yaml.YAMLError) -> Diagnostic:
    """Return a syntax error of the parser as a finding with a remedy."""
    told = _second_opinion(source.text) or error
    if getattr(told, "context_mark", None) is None and getattr(error, "context_mark", None) is not None:
        told = error
    problem = str(getattr(told, "problem", None) or told)
    context = str(getattr(told, "context", None) or "")
    mark = _index(source, getattr(told, "problem_mark", None))
    opened = _index(source, getattr(told, "context_mark", None))
    where, (message, hint) = _sentence(source, problem, context, mark, opened)
    return source.finding("error", "syntax", message, hint, mark=source.place(where))


def _second_opinion(text: str) -> yaml.YAMLError | None:
    """Return the pure Python parser's error: libyaml's is terse and often on the next line."""
    depth = 0
    try:
        for event in events(text, pure=True):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH + 1:
                return None
    except yaml.YAMLError as error:
        return error
    return None


def _index(source: Source, mark: Any) -> int:
    """Return the place of a parser's mark as an index into the text, not beyond what is written there."""
    last = len(source.text.rstrip(" \r\n"))
    return last if mark is None else min(int(mark.index), last)


def _sentence(source: Source, problem: str, context: str, mark: int, opened: int) -> tuple[int, Sentence]:
    """Return where the mistake is, what it is and what to do."""
    conflict = _CONFLICT.search(source.text)
    if conflict:
        return conflict.start(), _UNMERGED
    if "mapping values are not allowed" in problem:
        return _colon(source, mark)
    if "cannot start any token" in problem:
        return mark, _odd_start(source.text[mark : mark + 1])
    if "alphabetic or numeric" in problem and source.text[opened : opened + 2] == "* ":
        return opened, (_odd_start("*")[0], f"{_QUOTED}; or begin the items of a list with a dash")
    if "unexpected end of stream" in problem and "quoted" in context:
        return opened, ("the quotes opened here are never closed", "close them")
    if "flow" in context:
        return _bracket(source, mark, opened)
    if "<scalar>" in problem:
        return mark, _stray_text(source, mark)
    return _by_its_words(source, problem, context, mark, opened)


def _by_its_words(source: Source, problem: str, context: str, mark: int, opened: int) -> tuple[int, Sentence]:
    """Return the sentence for what the parser itself says."""
    if re.search("escape|hexa?decimal number", problem):
        return _escape(source.text, mark)
    percent = source.text.rfind("%", 0, mark + 1)
    if percent >= 0 and re.search("directive|document start", problem + context):
        return percent, _odd_start("%")
    if re.search("alphabetic or numeric|tag handle", problem) or "tag" in context:
        return opened, _odd_start(source.text[opened : opened + 1])
    if "but found" in problem and _ENDED.search(source.text, 0, mark):
        return mark, ("a line ... above ends the canvas, and here it goes on", "delete the line ...")
    if "but found" in problem and source.text[mark : mark + 1] in ("]", "}"):
        closes = f"here {source.text[mark]} closes what was not opened"
        return mark, (closes, "delete it, or put the text in quotes")
    joined = _JOINED.match(source.text, opened)
    if "could not find expected ':'" in problem and joined:
        return joined.end(), _NO_SPACE
    for pattern, message, hint in _SENTENCES:
        if re.search(pattern, problem) or re.search(pattern, context):
            return opened if any(part in message for part in _AT_THE_START) else mark, (message, hint)
    return mark, (f"this is not YAML: {problem}", "check quotes, colons and indentation")


def _escape(text: str, mark: int) -> tuple[int, Sentence]:
    """Say what is wrong with an escape, where its backslash stands."""
    start = max(text.rfind("\\", 0, mark + 1), 0)
    return start, next(
        (message, hint) for shape, message, hint in _ESCAPES if re.match(shape, text[start : start + 4])
    )


def _colon(source: Source, mark: int) -> tuple[int, Sentence]:
    """Tell a colon inside a text from a line that is indented too deep, and from `key:value`."""
    place = source.place(mark)
    line = source.lines[place.line - 1]
    above = source.lines[place.line - 2] if place.line > 1 else ""
    if re.search(r":\s", line[: place.column - 1]) or re.match(r"\s*-\s", line):
        wrong = "a text holds a colon and a space, which begin a value"
        return mark, (wrong, "put the text in quotes: it contains ': '")
    joined = _JOINED.match(above)
    if joined:
        return source.text.rfind(joined[0], 0, mark) + joined.end(), _NO_SPACE
    wrong = "this line is indented deeper than the line above it, which has a value already"
    return mark, (wrong, "align it with the other keys, or put the text above in quotes")


def _odd_start(character: str) -> Sentence:
    if character == "\t":
        return "a tab stands where spaces are expected", "indent with spaces"
    return f"text cannot begin with {character} unless it is quoted", _QUOTED


def _stray_text(source: Source, mark: int) -> Sentence:
    """Tell text after closing quotes from a line that does not fit."""
    place = source.place(mark)
    before = source.lines[place.line - 1][: place.column - 1].rstrip()
    if before.endswith(('"', "'")):
        return (
            "text goes on after the closing quotes",
            "put all of it in quotes, the outer ones of the other kind: '… \"…\" …'",
        )
    if before.endswith(("]", "}")):
        return "text goes on after the closing bracket", "put all of it in quotes, if it is one text"
    return (
        "this line does not fit the indentation of the lines above it",
        "align it with the keys it belongs to",
    )


def _bracket(source: Source, mark: int, opened: int) -> tuple[int, Sentence]:
    """Say which bracket is open, and that text may not begin with one."""
    bracket = source.text[opened : opened + 1]
    if bracket not in ("[", "{"):
        return mark, (
            "inside brackets this cannot be read",
            "put texts with commas, colons or brackets in quotes",
        )
    close = "]" if bracket == "[" else "}"
    place = source.place(mark)
    ended = mark >= len(source.text.rstrip(" \r\n"))
    until = "" if ended else f", or line {place.line} cannot be read from column {place.column} on"
    return opened, (
        f"the {bracket} opened here is not closed{until}",
        f"close it with {close}; put the texts inside in quotes, or all of it if it is one text",
    )
