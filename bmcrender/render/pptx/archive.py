"""Zip archives whose bytes depend on their content only, not on the clock or the system."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold
_FIRST = ("[Content_Types].xml", "_rels/.rels")  # readers that stream expect these two in front
_LEVEL = 6


def archive(parts: Iterable[tuple[str, bytes]], compressed: bool = True) -> bytes:
    """Return the archive of named parts, in an order and with dates that never change."""
    method = ZIP_DEFLATED if compressed else ZIP_STORED
    buffer = BytesIO()
    with ZipFile(buffer, "w", method, compresslevel=_LEVEL) as out:
        for name, content in sorted(parts, key=_place):
            info = ZipInfo(name, _EPOCH)
            info.create_system = 0
            info.external_attr = 0x20  # a plain DOS file; zipfile would put Unix permissions in place of 0
            info.compress_type = method
            out.writestr(info, content, compresslevel=_LEVEL)
    return buffer.getvalue()


def normalized(data: bytes) -> bytes:
    """Return the same archive with order, dates and system made constant."""
    with ZipFile(BytesIO(data)) as source:
        return archive((name, source.read(name)) for name in source.namelist())


def _place(part: tuple[str, bytes]) -> tuple[int, str]:
    """Return where a part stands: the two of `_FIRST`, then by name."""
    name = part[0]
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
