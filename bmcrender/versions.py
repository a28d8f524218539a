"""The versions of all that decides which bytes come out, asked without importing what draws."""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain

from bmcrender import __version__
from bmcrender.machine import LIBRARIES, SystemLibrary, folders_of_libraries

MISSING = "missing"
PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "fonttools",
    "uharfbuzz",
    "python-pptx",
    "lxml",
    "pillow",
    "pypdfium2",
    "jinja2",
    "markdown-it-py",
    "persiantools",
    "pyyaml",
    "jsonschema",
    "click",
)
_FREETYPE = SystemLibrary("FreeType", ("libfreetype.so.6", "libfreetype.6.dylib", "libfreetype-6.dll"))


def versions() -> Iterator[tuple[str, str]]:
    """Yield name and version of the program, of Python, of packages and of libraries of the system."""
    yield "bmcrender", __version__
    yield from ((name, number or MISSING) for name, number in chain(packages(), _inside(), _system()))


def packages() -> Iterator[tuple[str, str]]:
    """Yield Python's version and that of each package; nothing for one that is missing."""
    from importlib.metadata import PackageNotFoundError, version

    yield "python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, ""


def _inside() -> Iterator[tuple[str, str]]:
    """Yield the versions of libraries that packages bring along."""
    asked: dict[str, Callable[[], str]] = {
        "python's zlib": _zlib,
        "pillow's zlib": lambda: _pillow("zlib"),
        "pillow's jpeg": lambda: _pillow("libjpeg_turbo") or _pillow("jpg"),
        "uharfbuzz's harfbuzz": _uharfbuzz,
        "lxml's libxml2": _libxml,
        "pypdfium2's pdfium": _pdfium,
    }
    for name, ask in asked.items():
        found = ""
        with suppress(ImportError, OSError, AttributeError):
            found = ask()
        yield name, found


def _zlib() -> str:
    import zlib

    return zlib.ZLIB_RUNTIME_VERSION


def _pillow(feature: str) -> str:
    from PIL import features

    return str(features.version(feature) or "")


def _uharfbuzz() -> str:
    import uharfbuzz

    return str(uharfbuzz.version_string())


def _libxml() -> str:
    from lxml import etree

    return _dotted(*etree.LIBXML_VERSION)


def _pdfium() -> str:
    from pypdfium2.version import PDFIUM_INFO

    return str(PDFIUM_INFO).partition("@")[0]


def _system() -> Iterator[tuple[str, str]]:
    """Yield the versions of the libraries of the system that WeasyPrint loads."""
    asked: dict[str, Callable[[ctypes.CDLL], str]] = {
        "Pango": _pango,
        "HarfBuzz": _harfbuzz,
        "HarfBuzz Subset": _harfbuzz,
        "fontconfig": _fontconfig,
        "FreeType": _freetype,
    }
    libraries = {one.name: one for one in (*LIBRARIES, _FREETYPE)}
    for name, ask in asked.items():
        yield name.lower().replace(" ", "-"), _asked(libraries[name], ask)


def _asked(library: SystemLibrary, ask: Callable[[ctypes.CDLL], str]) -> str:
    for folder in folders_of_libraries():
        for file in library.files:
            with suppress(OSError, AttributeError):
                return ask(ctypes.CDLL(folder + file))
    return ""


def pango_version() -> tuple[int, ...]:
    """Return Pango's version, or nothing where it cannot be loaded."""
    return tuple(int(part) for part in dict(_system())["pango"].split(".") if part)


def _pango(library: ctypes.CDLL) -> str:
    number = int(library.pango_version())
    return _dotted(number // 10_000, number // 100 % 100, number % 100)


def _harfbuzz(library: ctypes.CDLL) -> str:
    library.hb_version_string.restype = ctypes.c_char_p
    return bytes(library.hb_version_string()).decode()


def _fontconfig(library: ctypes.CDLL) -> str:
    number = int(library.FcGetVersion())
    return _dotted(number // 10_000, number // 100 % 100, number % 100)


def _freetype(library: ctypes.CDLL) -> str:
    handle, parts = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    if library.FT_Init_FreeType(ctypes.byref(handle)):
        return ""
    library.FT_Library_Version(handle, *map(ctypes.byref, parts))
    library.FT_Done_FreeType(handle)
    return _dotted(*(part.value for part in parts))


def _dotted(*numbers: int) -> str:
    return ".".join(map(str, numbers))
