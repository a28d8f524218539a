"""Which bundled or added face draws which character, answered from a table computed at build time."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category
from xml.sax.saxutils import escape

from bmcrender.errors import CanvasError, Diagnostic

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

EMOJI_FAMILY = "Noto Emoji"

# Tried in this order for what no family of a stack covers. The generated fontconfig holds the same
# order, so that the page and the measurement cannot disagree.
FALLBACK = (
    "Inter",
    "Vazirmatn",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Noto Sans Mono",
    EMOJI_FAMILY,
)

Ranges = tuple[tuple[int, int], ...]


def _ranges(text: str) -> Ranges:
    """Parse "AD 200B-200F" into pairs of first and last code point."""
    spans = (span.partition("-") for span in text.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in spans)


# Unicode properties that Python's unicodedata does not have (Unicode 17, sorted).
_IGNORABLE = _ranges(
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0"
    " FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
_EMOJI_PRESENTATION = _ranges(
    "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE"
    " 26C4-26C5 26CE 26D4 26EA 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E 2753-2755 2757"
    " 2795-2797 27B0 27BF 2B1B-2B1C 2B50 2B55 1F004 1F0CF 1F18E 1F191-1F19A 1F1E6-1F1FF 1F201 1F21A"
    " 1F22F 1F232-1F236 1F238-1F23A 1F250-1F251 1F300-1F320 1F32D-1F335 1F337-1F37C 1F37E-1F393"
    " 1F3A0-1F3CA 1F3CF-1F3D3 1F3E0-1F3F0 1F3F4 1F3F8-1F43E 1F440 1F442-1F4FC 1F4FF-1F53D"
    " 1F54B-1F54E 1F550-1F567 1F57A 1F595-1F596 1F5A4 1F5FB-1F64F 1F680-1F6C5 1F6CC 1F6D0-1F6D2"
    " 1F6D5-1F6D9 1F6DC-1F6DF 1F6EB-1F6EC 1F6F4-1F6FC 1F7E0-1F7EB 1F7F0 1F90C-1F93A 1F93C-1F945"
    " 1F947-1F9FF 1FA70-1FA7C 1FA80-1FAC6 1FAC8 1FACC-1FADD 1FADF-1FAEB 1FAEF-1FAFA"
)
_TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"

# CSS weight to fontconfig's own scale, on which "nearest" is decided: 600 is close to 700, far from 500.
_WEIGHTS = (
    (0, 0), (100, 0), (200, 40), (300, 50), (350, 55), (380, 75), (400, 80), (500, 100),
    (600, 180), (700, 200), (800, 205), (900, 210), (1000, 215),
)  # fmt: skip


def _within(ranges: Ranges, point: int) -> bool:
    """Whether sorted ranges hold a code point."""
    index = bisect_right(ranges, (point, 0x110000)) - 1
    return index >= 0 and point <= ranges[index][1]


def default_ignorable(char: str) -> bool:
    """Whether a character is drawn as nothing when a font lacks it (ZWNJ, LRM, VS16, SHY …)."""
    return _within(_IGNORABLE, ord(char))


def inherits_face(char: str) -> bool:
    """Whether Pango draws a character in the face of the one before it (spaces, format characters).

    At the start of a run it takes the face of the next character. So a space after "→" is as wide
    as the space of the font that draws the arrow.
    """
    return char != "\u1680" and category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}


def is_emoji(cluster: str) -> bool:
    """Whether Pango sets a character, or a sequence seen as one, in the emoji family."""
    if _TEXT_STYLE in cluster:
        return False
    return any(
        char in (_EMOJI_STYLE, _KEYCAP) or _within(_EMOJI_PRESENTATION, ord(char)) for char in cluster
    )


@dataclass(frozen=True, slots=True)
class Face:
    """One static font file: what CSS calls it and which code points it draws.

    `file` is relative to the folder of fonts; `ranges` are sorted pairs of first and last.
    """

    file: str
    family: str
    weight: int
    italic: bool
    units_per_em: int
    ranges: Ranges = field(compare=False, repr=False)

    def covers(self, char: str) -> bool:
        """Whether the face has a glyph for one character."""
        return _within(self.ranges, ord(char))


@dataclass(frozen=True)
class FontSet:
    """All faces of one render: the bundled ones and those that came with the job.

    `added` are the faces of the job's own files, `skipped` the files of it that name a bundled face.
    """

    faces: tuple[Face, ...]
    added: tuple[Face, ...] = ()
    skipped: tuple[str, ...] = ()
    _orders: dict[tuple[tuple[str, ...], int, bool], tuple[Face, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _found: dict[tuple[tuple[str, ...], int, bool, str], Face | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def from_table(cls, table: Mapping[str, Any], user: Mapping[str, bytes] | None = None) -> FontSet:
        """Build the set from `coverage.json` and font files by name; raise CanvasError for bad files."""
        bundled = tuple(_face_from_row(row) for row in table["faces"])
        known = {_identity(face) for face in bundled}
        read = added_faces(user or {})
        added = tuple(face for face in read if _identity(face) not in known)
        skipped = tuple(face.file for face in read if _identity(face) in known)
        return cls(bundled + added, added, skipped)

    def covers(self, char: str) -> bool:
        """Whether every code point can be drawn, or needs no drawing."""
        return all(
            default_ignorable(point) or self.face((), 400, False, point) is not None for point in char
        )

    def face(self, stack: Sequence[str], weight: int, italic: bool, char: str) -> Face | None:
        """Return the face Pango takes for a character, or for a sequence seen as one; None if none has it.

        `stack` is the CSS family list. What inherits its face (`inherits_face`) is answered as if it
        stood alone.
        """
        key = (tuple(stack), weight, italic, char)
        if key not in self._found:
            families = (EMOJI_FAMILY,) if is_emoji(char) else key[0]
            order = self._order(families, weight, italic)
            if default_ignorable(char[0]):
                self._found[key] = order[0] if order else None
            else:
                self._found[key] = next((face for face in order if face.covers(char[0])), None)
        return self._found[key]

    def _order(self, stack: tuple[str, ...], weight: int, italic: bool) -> tuple[Face, ...]:
        """Return all faces as fontconfig sorts them: family by family, upright or italic, weight."""
        key = (stack, weight, italic)
        if key not in self._orders:
            ranks: dict[str, int] = {}
            for name in (*stack, *FALLBACK):
                ranks.setdefault(_plain(name), len(ranks))

            def distance(face: Face) -> tuple[int, bool, float]:
                rank = ranks.get(_plain(face.family), len(ranks))
                return rank, face.italic != italic, abs(_scale(face.weight) - _scale(weight))

            self._orders[key] = tuple(sorted(self.faces, key=distance))
        return self._orders[key]


def _plain(family: str) -> str:
    """Return a family name as fontconfig compares it: without blanks and case."""
    return family.replace(" ", "").casefold()


def _identity(face: Face) -> tuple[str, int, bool]:
    """Return what CSS can tell a face by."""
    return _plain(face.family), face.weight, face.italic


def _scale(weight: int) -> float:
    """Return a CSS weight on fontconfig's scale."""
    clamped = min(max(weight, 0), 1000)
    upper = next(index for index, (css, _) in enumerate(_WEIGHTS) if css >= clamped)
    (css0, own0), (css1, own1) = _WEIGHTS[max(upper - 1, 0)], _WEIGHTS[upper]
    return own0 + (own1 - own0) * (clamped - css0) / ((css1 - css0) or 1)


def _face_from_row(row: Mapping[str, Any]) -> Face:
    """Return a face from its row in the table."""
    ranges = tuple((int(first), int(last)) for first, last in row["ranges"])
    return Face(row["file"], row["family"], row["weight"], row["italic"], row["units_per_em"], ranges)


# -- font files ------------------------------------------------------------------------------------


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
            refused.append(Diagnostic("error", "font-unusable", f"{name} {reason}", hint, name))
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
    from io import BytesIO

    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(data), lazy=True)
        if "fvar" in font:
            return "is a variable font"
        return _face_from_font(name, font)
    except Exception as fault:  # noqa: BLE001 (fontTools lets escape whatever a broken file makes it hit)
        return f"cannot be read as a font ({type(fault).__name__})"


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


# -- the hermetic fontconfig ---------------------------------------------------------------------------


def fontconfig_xml(font_dirs: Sequence[str | Path], cache_dir: str | Path) -> str:
    """Return a fontconfig file that sees only these folders, in a fixed order of families.

    It includes nothing of the system, so no rule makes bold or italics up; the family names are
    bound strongly, so that a text's language cannot reorder them.
    """
    dirs = "".join(f"  <dir>{escape(str(folder))}</dir>\n" for folder in font_dirs)
    families = "".join(f"\n      <string>{escape(name)}</string>" for name in FALLBACK)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{dirs}  <cachedir>{escape(str(cache_dir))}</cachedir>\n"
        "  <config><rescan><int>0</int></rescan></config>\n"
        # Pango asks for the family "emoji" alone where a character stands as an emoji.
        '  <match target="pattern">\n    <test name="family"><string>emoji</string></test>\n'
        f'    <edit name="family" mode="prepend" binding="strong"><string>{EMOJI_FAMILY}</string></edit>\n'
        "  </match>\n"
        f'  <match target="pattern">\n    <edit name="family" mode="append_last" binding="strong">{families}\n'
        "    </edit>\n  </match>\n"
        '  <match target="font">\n'
        '    <edit name="embeddedbitmap" mode="assign"><bool>false</bool></edit>\n'
        '    <edit name="embolden" mode="assign"><bool>false</bool></edit>\n'
        "  </match>\n</fontconfig>\n"
    )


# -- the table, computed at build time -----------------------------------------------------------------


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


if __name__ == "__main__":  # python -m bmcrender.fonts: rewrite the table of the checkout's fonts
    _folder = Path(__file__).resolve().parent.parent / "fonts"
    (_folder / "coverage.json").write_text(coverage_json(coverage_table(_folder)), encoding="utf-8")
