"""Which files can be the template of a deck; every other one is refused in plain words."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from bmcrender import limits
from bmcrender.errors import UsageError
from bmcrender.model import Template

if TYPE_CHECKING:
    from zipfile import ZipFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels")
# How XML declares entities, in each encoding that XML may have here.
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_MAIN = re.compile(r'ContentType="([^"]*\.main\+xml)"')
_PRESENTATIONS = (
    "presentationml.presentation.main",
    "presentationml.template.main",
    "presentationml.slideshow.main",
)
_OTHERS = {"wordprocessingml": "a Word document", "spreadsheetml": "an Excel workbook"}
_AS_PPTX = "save it as PowerPoint Presentation (.pptx) or Template (.potx)"
_AGAIN = "save it anew in PowerPoint or LibreOffice"


def checked_template(name: str, data: bytes) -> Template:
    """Return a template, or raise a UsageError that says why the file cannot be one."""
    wrong = _container_fault(data) or _package_fault(data)
    if wrong is not None:
        raise refused(name, *wrong)
    return Template(name, data)


def refused(name: str, what: str, hint: str) -> UsageError:
    """Return the error for a template that cannot be used."""
    return UsageError.of("bad-template", f"this template {what}", hint, name)


def _container_fault(data: bytes) -> tuple[str, str] | None:
    """Return what is wrong with a file that is no zip archive, and what to do."""
    if len(data) > limits.TEMPLATE_BYTES:
        most = limits.TEMPLATE_BYTES // 2**20
        return f"has more than {most} MiB", "delete its sample slides and pictures"
    if not data:
        return "is empty", _AS_PPTX
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "is protected by a password", "save a copy without password"
        return "is in the old format of PowerPoint 97-2003", _AS_PPTX
    if not data.startswith(b"PK"):
        return "is no PowerPoint file", _AS_PPTX
    return None


def _package_fault(data: bytes) -> tuple[str, str] | None:
    """Return what is wrong with an archive, and what to do."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as archive:
            return (
                _size_fault(archive, len(data))
                or _kind_fault(archive)
                or _damage(archive)
                or _declaration(archive)
            )
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return "is damaged", _AGAIN


def _size_fault(archive: ZipFile, packed: int) -> tuple[str, str] | None:
    """Refuse archives that unpack to far more than they are; each part is read to its stated size only."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > limits.TEMPLATE_PARTS or total > limits.TEMPLATE_UNPACKED_BYTES:
        most = limits.TEMPLATE_UNPACKED_BYTES // 2**20
        return f"holds more than {limits.TEMPLATE_PARTS:,} parts or {most} MiB when unpacked", _AGAIN
    if total > limits.TEMPLATE_RATIO * packed and total > limits.TEMPLATE_BYTES:
        return f"unpacks to {total // packed} times its size, as no presentation does", _AGAIN
    if any(part.flag_bits & 1 for part in parts):
        return "is protected by a password", "save a copy without password"
    return None


def _kind_fault(archive: ZipFile) -> tuple[str, str] | None:
    """Return why an archive is no presentation without macros."""
    names = set(archive.namelist())
    if _TYPES not in names:
        return _foreign(archive, names)
    types = archive.read(_TYPES).decode(errors="replace")
    main = " ".join(_MAIN.findall(types))
    if "macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        return "contains macros, which would go into every deck", f"{_AS_PPTX}, which holds none"
    if any(kind in main for kind in _PRESENTATIONS):
        strict = b"purl.oclc.org/ooxml" in archive.read("_rels/.rels") if "_rels/.rels" in names else False
        return ("is saved as Strict Open XML", _AS_PPTX) if strict else None
    known = next((f"is {what}" for kind, what in _OTHERS.items() if kind in main), "holds no presentation")
    return known, _AS_PPTX


def _foreign(archive: ZipFile, names: set[str]) -> tuple[str, str]:
    """Return what an archive is that no Office program wrote."""
    kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if b"opendocument.presentation" in kind:
        return "is an OpenDocument presentation", "open it in LibreOffice Impress and save it as .pptx"
    return "is an archive without a presentation", _AS_PPTX


def _damage(archive: ZipFile) -> tuple[str, str] | None:
    """Return the first part that cannot be read back as it was written."""
    broken = archive.testzip()
    return None if broken is None else (f"is damaged: {broken} cannot be read", _AGAIN)


def _declaration(archive: ZipFile) -> tuple[str, str] | None:
    """Refuse XML with a document type: Open XML forbids it, and readers differ in what it may do to them."""
    for part in archive.infolist():
        if part.filename.lower().endswith(_XML):
            content = archive.read(part)
            if any(mark in content for mark in _DECLARATIONS):
                return f"declares a document type in {part.filename}, as no presentation may", _AGAIN
    return None
