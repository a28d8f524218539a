"""A TrueType font as Embedded OpenType, the form in which PowerPoint files hold fonts.

Version 2.2 of the header (W3C submission of 2008-03-05), neither compressed nor encrypted: what the font
says of itself, then the font as it is.
"""

from __future__ import annotations

from struct import pack, unpack, unpack_from
from typing import TYPE_CHECKING

from bmcrender.frozen import dataclass

if TYPE_CHECKING:
    import uharfbuzz

_VERSION = 0x00020002
_MAGIC = 0x504C
_EMPTY_ROOT = 0x50475342  # the check sum of a root string that allows all places
_NAMES = (1, 2, 5, 4)  # family, style, version, full name: their numbers in the table "name"


@dataclass(frozen=True, slots=True)
class Header:
    """What a font says of itself, as the header repeats it."""

    panose: bytes
    italic: bool
    weight: int
    permissions: int  # fsType: what its licence lets be embedded
    ranges: tuple[int, ...]  # Unicode and code pages that it serves
    checksum: int
    names: tuple[str, ...]

    @property
    def family(self) -> str:
        """The name under which programs list the font."""
        return self.names[0]


def header(font: bytes) -> Header:
    """Read what a font says of itself; raise ValueError if it has no such tables."""
    import uharfbuzz

    face = uharfbuzz.Face(font)
    style, head = (face.reference_table(tag).data for tag in ("OS/2", "head"))
    if len(style) < 78 or len(head) < 12:
        raise ValueError("the font has no table OS/2 or head")
    weight, permissions = unpack_from(">H2xH", style, 4)
    (selection,) = unpack_from(">H", style, 62)
    pages = style[78:86].ljust(8, b"\0")  # the oldest fonts name no code pages
    ranges = (*unpack_from(">4I", style, 42), *unpack(">2I", pages))
    (checksum,) = unpack_from(">I", head, 8)
    return Header(style[32:42], bool(selection & 1), weight, permissions, ranges, checksum, _names(face))


def eot(font: bytes) -> bytes:
    """Return a font wrapped as Embedded OpenType."""
    told = header(font)
    fixed = pack(
        "<3I10sBBIHH6I5I",
        *(len(font), _VERSION, 0),
        told.panose,
        *(1, int(told.italic), told.weight, told.permissions, _MAGIC),
        *told.ranges,
        told.checksum,
        *(0, 0, 0, 0),
    )
    names = b"".join(
        pack("<HH", 0, len(name)) + name for name in (one.encode("utf-16-le") for one in told.names)
    )
    # An empty root string with its check sum; no code page, signature or font for characters of one's own.
    rest = pack("<HHIIHHII", 0, 0, _EMPTY_ROOT, 0, 0, 0, 0, 0)
    whole = fixed + names + rest + font
    return pack("<I", len(whole) + 4) + whole


def _names(face: uharfbuzz.Face) -> tuple[str, ...]:
    """Return a font's names in English."""
    return tuple(face.get_name(number, "en") or "" for number in _NAMES)
