"""Wrong commands written down: the files that are there, the words, and the odd files that no text can hold."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image


@dataclass(frozen=True)
class Scenario:
    """A command line in a folder: `--- NAME` begins a file, `--- NAME = HOW` makes one that is no text."""

    words: tuple[str, ...]
    files: dict[str, str]
    made: dict[str, str]

    def lay_out(self, folder: Path) -> None:
        """Put the files there."""
        for name, text in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for name, how in self.made.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            word, _, rest = how.partition(" ")
            _MAKERS[word](file, rest)


def scenario(file: Path) -> Scenario:
    """Return a scenario from its file, whose first line is `$ bmcrender WORDS`."""
    first, _, rest = file.read_text("utf-8").partition("\n")
    files: dict[str, str] = {}
    made: dict[str, str] = {}
    for name, text in _parts(rest):
        name, made_so, how = name.partition(" = ")
        if made_so:
            made[name] = how
        else:
            files[name] = text
    return Scenario(tuple(first.removeprefix("$ bmcrender ").split()), files, made)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for part in ("\n" + text).split("\n--- ")[1:]:
        name, _, body = part.partition("\n")
        yield name, body and body.removesuffix("\n") + "\n"


# -- what no text can hold -----------------------------------------------------------------------------


def _picture(file: Path, how: str) -> None:
    """FORMAT MODE WIDTH HEIGHT [CUT]: a picture, only so many bytes of it."""
    kind, mode, width, height, *cut = how.split()
    data = BytesIO()
    Image.new(mode, (int(width), int(height))).save(data, kind)
    file.write_bytes(data.getvalue()[: int(cut[0])] if cut else data.getvalue())


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bomb(file: Path, how: str) -> None:
    """WIDTH HEIGHT: a PNG of one bit a pixel that says how large it is and compresses it away."""
    width, height = map(int, how.split())
    rows = zlib.compressobj(9)
    row = bytes((width + 7) // 8 + 1)
    packed = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = _png_chunk(b"IHDR", head), _png_chunk(b"IDAT", packed), _png_chunk(b"IEND", b"")
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def _text_bomb(file: Path, _: str) -> None:
    """Return a small picture with a comment of 200 MB, compressed."""
    comment = zlib.compress(bytes(200_000_000), 9)
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (
        _png_chunk(b"IHDR", head),
        _png_chunk(b"zTXt", b"a\0\0" + comment),
        _png_chunk(b"IDAT", zlib.compress(b"\0\0")),
        _png_chunk(b"IEND", b""),
    )
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def _spoilt(file: Path, how: str) -> None:
    """AT: a PNG of which one byte is another."""
    data = BytesIO()
    Image.effect_noise((40, 40), 50).save(data, "PNG")
    spoilt = bytearray(data.getvalue())
    spoilt[int(how)] ^= 0xFF
    file.write_bytes(spoilt)


_MAKERS: dict[str, Callable[[Path, str], None]] = {
    "bytes": lambda file, how: file.write_bytes(bytes.fromhex(how)),
    "bomb": _bomb,
    "empty": lambda file, _: file.write_bytes(b""),
    "fifo": lambda file, _: os.mkfifo(file),
    "folder": lambda file, _: file.mkdir(),
    "link": lambda file, how: file.symlink_to(how),
    "noise": lambda file, how: file.write_bytes(Random(1).randbytes(int(how))),
    "picture": _picture,
    "repeat": lambda file, how: file.write_text(
        how.split(" ", 1)[1].replace("\\n", "\n") * int(how.split()[0])
    ),
    "spoilt": _spoilt,
    "text-bomb": _text_bomb,
}
