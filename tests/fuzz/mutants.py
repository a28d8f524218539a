"""Files that are nearly canvases: the examples and the wrong inputs, mutated as a seed says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

TESTS = Path(__file__).resolve().parent.parent
_MOST_MUTATIONS = 6
_LONG = 400  # characters of a canvas that is cut out of a longer one
# What means something to YAML, to us, or to those who read what we write.
_PIECES = (
    *[": ", ",", "- ", "-", "? ", "?", "#", " #", "&a", "*a", "!", "!!str", "!!binary", "@", "`", "%", "%YAML 1.1", "---", "...", ">", ">-", "[", "]", "{", "}", "{}", "[]", "'", '"', "''", "\\", "~"],
    *("|", "|-", "|2", "|9", "<<: ", "<<", "\n", "\r", "\r\n", "\t", "  ", " ", ": ", ":\n", "\n\n", "\n- ", "\n  "),
    *["null", "true", "false", "yes", "no", "on", "off", ".inf", ".nan", "0", "-1", "007", "0o14", "0x1F", "1_000", "12:30", "1.10", "1e3", "9e999", "2026-03-21", "2026-02-30"],
    *["title", "subtitle", "organization", "authors", "date", "version", "footer", "logo", "theme", "render", "kind", "language", "format", "blocks"],
    *["text", "note", "items", "notes", "questions", "name", "tokens", "page", "orientation", "layout", "guide", "mirror", "calendar"],
    *["channels", "key_partners", "keyPartners", "kanäle", "en", "fa", "de-CH", "a3", "600x400mm", "1x1mm", "#0b6e4f", "poster", "classic", "auto"],
    *["../x.png", "logo.png", "/etc/passwd", "file:///etc/passwd", "http://example.org", "{{7*7}}", "{%raw%}", "</style>", "]]>", "&lt;", "_x0041_"],
    *('"\\u0000"', '"\\ud800"', '"\\U00110000"', '"\\x1b"', '"\\e"', '"\\N"', '"\\_"', '"\\L"', '"\\q"', '"\\\n'),
    *["é", "ی", "۱", "\u200c", "\u200d", "\xad", "🏴", "🍞", "→", "﷽", "ẞ"],
    *(chr(code) for code in (0, 7, 0x1B, 0x7F, 0x85, 0xA0, 0x300, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xFDD0)),
    *(chr(code) for code in (0xFFFD, 0xFFFE, 0xE0067, 0xE007F, 0xE000, 0x10FFFF, 0x1F1E9)),
    "&a [*a]", "[" * 20, "{a: " * 20, "- " * 20, "a" * 501, "e" + "\u0301" * 5, "99" * 200, "x\n" * 30,
)  # fmt: skip
_BYTES = (
    b"\xff",
    b"\xfe",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\0",
)

Mutation = Callable[[str, Random], str]


@cache
def corpus() -> tuple[str, ...]:
    """Return the texts that mutants come from: many short, the examples whole and in parts."""
    wrong = [file.read_bytes() for file in sorted((TESTS / "wrong").glob("*.yaml"))]
    shorts = [data.decode("utf-8", "replace") for data in wrong if len(data) < 2_000]
    wholes = [file.read_text("utf-8") for file in sorted((TESTS.parent / "examples").glob("*.yaml"))]
    return (*shorts, *(_part(text, at) for text in wholes for at in range(6)), *wholes[:2])


def mutant(seed: int, index: int) -> bytes:
    """Return one input: always the same one for a seed and an index."""
    random = Random(f"{seed}:{index}")
    text = random.choice(corpus())
    for _ in range(random.randint(1, _MOST_MUTATIONS)):
        text = random.choice(_MUTATIONS)(text, random)
    data = text.encode("utf-8", "surrogatepass")
    return _spoilt(data, random) if random.random() < 0.1 else data


def _part(text: str, at: int) -> str:
    """Return the beginning of a canvas, and some lines from further down."""
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.startswith("blocks:")), 0)
    body = "".join(lines[start + 1 + at * 9 :])
    return "".join(lines[: start + 1])[:_LONG] + body[:_LONG]


# -- mutations ---------------------------------------------------------------------------------------


def _cut(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    return text[:start] + text[start + random.choice((1, 1, 1, 2, 3, 8, 40)) :]


def _insert(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(_PIECES) + text[at:]


def _insert_any(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    code = random.choice((random.randrange(0x80), random.randrange(0x3000), random.randrange(0x110000)))
    return text[:at] + chr(code) + text[at:]


def _repeat(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    end = start + random.choice((1, 2, 5, 20, 80))
    return text[:end] + text[start:end] * random.choice((1, 1, 2, 5, 20)) + text[end:]


def _replace_token(text: str, random: Random) -> str:
    """Put a piece in the place of a word, a number or a sign."""
    tokens = list(re.finditer(r"\w+|[^\w\s]|\n[ ]*", text))
    if not tokens:
        return random.choice(_PIECES)
    token = random.choice(tokens)
    return text[: token.start()] + random.choice(_PIECES) + text[token.end() :]


def _swap_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def _indent(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice(("", " ", "  ", "    ", "\t", "\u00a0", "- ")) + lines[at].lstrip(" ")
    return "\n".join(lines)


def _splice(text: str, random: Random) -> str:
    other = random.choice(corpus())[:_LONG]
    at = random.randint(0, len(text))
    return text[:at] + other[random.randint(0, len(other)) :]


def _truncate(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


def _flow(text: str, random: Random) -> str:
    """Put brackets or quotes around some of a line."""
    at = random.randint(0, len(text))
    end = text.find("\n", at)
    end = end if end >= 0 else len(text)
    left, right = random.choice(("[]", "{}", '""', "''", ("|\n  ", "\n"), ("- ", ""), ("text: ", "")))
    return text[:at] + left + text[at:end] + right + text[end:]


_MUTATIONS: Sequence[Mutation] = (
    _cut, _cut, _insert, _insert, _insert_any, _repeat, _replace_token, _replace_token, _swap_lines, _indent,
    _splice, _truncate, _flow,
)  # fmt: skip


def _spoilt(data: bytes, random: Random) -> bytes:
    """Return bytes that may be no UTF-8 any more."""
    at = random.randint(0, len(data))
    if random.random() < 0.2:
        return data.decode("utf-8", "replace").encode(
            random.choice(("utf-16", "utf-32-le", "utf-8-sig", "utf-7"))
        )
    return data[:at] + random.choice((*_BYTES, random.randbytes(random.randint(1, 4)))) + data[at:]
