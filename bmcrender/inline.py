"""Inline Markdown of a user's text to paragraphs of styled runs: `**bold** *em* `code` [link](https://…)`.

Images and HTML stay literal text; links are http, https and mailto, any other stays as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bmcrender.document import Run
from bmcrender.model import Direction

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STRONG = ("L", "R", "AL")  # Unicode's classes of letters that have a direction
_MARKUP = re.compile(r"[*_`\[\\]")
# Emphasis of whole words, which all readers of Markdown take alike.
_EMPHASIS = re.compile(
    r"(?:(?<= )|^)(\*\*?)([^\W_](?:[^*_`\[\\]*[^\W_])?)\1(?=[ .,;:!?\u060c\u061b\u061f]|\Z)"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_LINK_TARGET = re.compile(r"(https?://|mailto:)[^\s]+\Z", re.IGNORECASE)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: a blank line parts them, a single line break is a space."""
    parts = (_LINE_BREAK.sub(" ", part.strip(" \t\n")) for part in _BLANK_LINE.split(text))
    return tuple(part for part in parts if part)


def runs(text: str) -> tuple[Run, ...]:
    """Return one paragraph's runs, neighbours of the same style joined."""
    if not _MARKUP.search(text):
        return (Run(text),)
    if simple := _emphasised(text):
        return _joined(simple)
    children = _markdown().parseInline(text)[0].children or []
    return _joined(_styled(children))


def direction(text: str, default: Direction) -> Direction:
    """Return a text's own direction: `default`, unless its first letter and most of all have the other.

    HTML's `dir=auto` asks the first letter alone, and would turn a Persian sentence that begins with "API";
    most letters alone would turn one that ends with a long address.
    """
    letters = [kind != "L" for char in text if (kind := unicodedata.bidirectional(char)) in _STRONG]
    to_left = sum(letters)
    turned = to_left < len(letters) / 2 if default == "rtl" else to_left > len(letters) / 2
    if not (turned and letters[0] == (default == "ltr")):
        return default
    return "ltr" if default == "rtl" else "rtl"


def _emphasised(text: str) -> list[Run]:
    """Return the runs of a text that has no other markup than emphasis of whole words; none if it has more.

    Most canvases have no more, and to load the parser takes a fourth of the time to check one.
    """
    before, *parts = _EMPHASIS.split(text)
    if any(map(_MARKUP.search, (before, *parts[2::3]))):
        return []
    found = [Run(before)]
    for stars, words, after in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found += [Run(words, bold=stars == "**", italic=stars == "*"), Run(after)]
    return [run for run in found if run.text]


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "escape"])
    normalized = parser.normalizeLink
    parser.normalizeLink = lambda url: normalized(url) if _leads_somewhere(url) else ""  # type: ignore[method-assign]
    parser.validateLink = lambda url: bool(_LINK_TARGET.match(url))  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "literal_image", _literal_image)
    return parser


def _leads_somewhere(url: str) -> bool:
    """Whether an address names a host or a mailbox as addresses do; `https://[::1/` is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname or (parts.scheme == "mailto" and parts.path))


def _literal_image(state: Any, silent: bool) -> bool:
    """Keep `![alt](url)` as it is written, so that its link rule does not fire."""
    match = re.compile(r"!\[[^\]]*\]\([^)]*\)").match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.pending += match.group()
    state.pos = match.end()
    return True


def _styled(tokens: list[Token]) -> list[Run]:
    found: list[Run] = []
    bold = italic = 0
    link = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            link = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            link = ""
        elif token.content:
            found.append(Run(token.content, bold > 0, italic > 0, token.type == "code_inline", link))
    return found


def _joined(parts: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for part in parts:
        style = (part.bold, part.italic, part.code, part.link)
        if joined and style == (joined[-1].bold, joined[-1].italic, joined[-1].code, joined[-1].link):
            joined[-1] = Run(joined[-1].text + part.text, *style)
        else:
            joined.append(part)
    return tuple(joined) or (Run(""),)
