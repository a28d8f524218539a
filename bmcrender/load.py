"""YAML bytes to plain data, with the line, the column and the written form of every node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bmcrender import limits
from bmcrender.builder import Builder
from bmcrender.characters import (
    breaks_reading,
    forbidden,
    refusal,
    remedy,
    without_forbidden,
)
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.source import Mark, Source, lines_of

_MOST_WRONG = 100  # characters that are told one by one
_OTHER_FILES = (
    (b"PK\x03\x04", "an archive or an office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF-", "a PDF file"),
    (b"\x1f\x8b", "an archive"),
)


def loaded(data: bytes, file: str) -> Source:
    """Return a YAML file's data with its places, or raise a CanvasError with all that is wrong.

    Characters that are wrong and do no harm to the rest are left out of the data; `Source.found` tells them.
    """
    text = _decoded(data, file)
    blank = Source(file, text, None, {(): Mark(1, 1)})
    wrong = list(forbidden(text))
    found = _told(blank, wrong[:_MOST_WRONG])
    if any(breaks_reading(one) for _, one in wrong):
        raise CanvasError(found)
    try:
        read = Builder(replace(blank, text=without_forbidden(text, wrong)) if wrong else blank).source()
    except CanvasError as error:
        raise CanvasError(_in_order(blank, (*found, *error.diagnostics))) from None
    return replace(read, text=text, found=tuple(_in_order(blank, (*found, *read.found))))


def _decoded(data: bytes, file: str) -> str:
    """Return the text of UTF-8 bytes, byte order marks taken off (some programs put one before another)."""
    if len(data) > limits.FILE_BYTES:
        message = f"the file has {len(data):,} bytes; at most {limits.FILE_BYTES:,} are read"
        raise CanvasError.of("file-too-large", message, "is it a canvas?", file, 1, 1)
    for sign, what in _OTHER_FILES:
        if data.startswith(sign):
            message, hint = f"the file is {what}, not text", "name the canvas, a text file in YAML"
            raise CanvasError.of("not-text", message, hint, file, 1, 1)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        message = "the file is not UTF-8 (it looks like UTF-16 or UTF-32)"
        raise CanvasError.of("not-utf8", message, "save it as UTF-8", file, 1, 1)
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = lines_of(body[: error.start].decode("utf-8"))
        message = f"the file is not UTF-8 (byte 0x{body[error.start]:02X})"
        where = len(before), len(before[-1]) + 1
        raise CanvasError(
            [Diagnostic("error", "not-utf8", message, "save it as UTF-8", file, *where)]
        ) from None


def _told(source: Source, wrong: Iterable[tuple[int, str]]) -> list[Diagnostic]:
    """Return a finding for each character that the file may not hold."""
    return [
        source.finding("error", "forbidden-character", refusal(one), remedy(one), mark=source.place(index))
        for index, one in wrong
    ]


def _in_order(source: Source, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings by place, each with its line as it is in the file."""
    lines = source.lines
    placed = (replace(one, source=lines[one.line - 1] if one.source else "") for one in found)
    return sorted(placed, key=lambda one: (one.line, one.column))
