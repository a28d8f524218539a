"""Reads font files: those that come with a job, and the bundled ones into the table of coverage."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.fonts import Face
from bmcrender.properties import Ranges

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Read to see that they can be, beside those that say what a face is.
_DRAWN_WITH = ("maxp", "hmtx", "glyf", "CFF ")


def added_faces(files: Mapping[str, bytes]) -> tuple[Face, ...]:
    """Read font files given with a job; raise CanvasError that names every file that cannot be used."""
    faces: list[Face] = []
    refused: list[Diagnostic] = []
    for name, data in sorted(files.items()):
        reason = _container_fault(data)
        if not reason:
            face = _read(name, data)
            reason = face if isinstance(face, str) else ""
            faces += [face] if isinstance(face, Face) else []
        if reason:
            hint = "give a static TTF or OTF file of this font"
            refused.append(Diagnostic("error", "font-unusable", f"this {reason}", hint, name))
    if refused:
        raise CanvasError(refused)
    return tuple(faces)


def _container_fault(data: bytes) -> str:
    """Say why a file's first bytes rule it out, or return ""."""
    if data[:4] in (b"wOFF", b"wOF2"):
        return "is a web font (WOFF)"
    if data[:4] == b"ttcf":
        return "is a collection of several fonts (TTC)"
    if data[:4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        return "is not a TrueType or OpenType font"
    return ""


def _read(name: str, data: bytes) -> Face | str:
    """Read a face from a font file, or say why it cannot be used."""
    from fontTools.ttLib import TTFont

    try:
        with _unlogged():
            font = TTFont(BytesIO(data), lazy=True)
            if not all(tag.isascii() and tag.isprintable() for tag in font.reader.tables):
                return "has tables whose names are damaged"
            if "fvar" in font:
                return "is a variable font"
            for table in _DRAWN_WITH:
                font.get(table)
            face = _face_from_font(name, font)
            return face if face.family.isprintable() else "has a damaged family name"
    except Exception as fault:  # noqa: BLE001 (fontTools lets escape whatever a broken file makes it hit)
        return f"cannot be read as a font ({type(fault).__name__})"


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep what fontTools logs from the user's eyes: it does not say about which file; findings do."""
    logger = logging.getLogger("fontTools")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _face_from_font(file: str, font: TTFont) -> Face:
    """Describe an open font as fontconfig does (typographic family first, weight class, style bits)."""
    names, style = font["name"], font["OS/2"]
    family = names.getDebugName(16) or names.getDebugName(1)
    if not family:
        raise ValueError("the font has no family name")
    italic = bool(style.fsSelection & 0b1000000001 or font["head"].macStyle & 0b10)
    ranges = _merged(font.getBestCmap())
    return Face(file, family, style.usWeightClass, italic, font["head"].unitsPerEm, ranges)


def _merged(points: Iterable[int]) -> Ranges:
    """Return code points as sorted ranges."""
    ranges: list[tuple[int, int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return tuple(ranges)


def coverage_table(folder: Path) -> dict[str, Any]:
    """Read every font file below a folder into the table of coverage."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.ttf")}
    faces = [
        {
            "file": face.file,
            "family": face.family,
            "weight": face.weight,
            "italic": face.italic,
            "units_per_em": face.units_per_em,
            "ranges": [list(span) for span in face.ranges],
        }
        for face in added_faces(files)
    ]
    return {"faces": faces}


def coverage_json(table: Mapping[str, Any]) -> str:
    """Write the table as JSON, one face a line, always in the same way."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in table["faces"])
    return f'{{"faces": [\n{rows}\n]}}\n'


def rewrite_table(folder: Path) -> None:
    """Write `coverage.json` into a folder of fonts."""
    (folder / "coverage.json").write_text(coverage_json(coverage_table(folder)), encoding="utf-8")
