"""The system libraries that drawing a PDF needs: whether they are there, and how to install them."""

from __future__ import annotations

import os
import sys

from bmcrender.errors import MachineError
from bmcrender.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """A shared library by the names it has on Linux, macOS and Windows; `needed` or only better."""

    name: str
    files: tuple[str, ...]
    needed: bool = True


LIBRARIES = (
    SystemLibrary("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll")),
    SystemLibrary("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")),
    SystemLibrary("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")),
    SystemLibrary("fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
    SystemLibrary("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")),
    SystemLibrary(
        "HarfBuzz Subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        needed=False,
    ),
)

# Program that installs packages -> the line that installs ours, and who has it.
_INSTALL = {
    "apt": ("sudo apt install libpangoft2-1.0-0 libharfbuzz-subset0", "Debian, Ubuntu"),
    "dnf": ("sudo dnf install pango", "Fedora"),
    "apk": ("sudo apk add so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0", "Alpine"),
    "pacman": ("sudo pacman -S pango", "Arch"),
    "brew": ("brew install pango", "macOS"),
}
_HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")


def missing_libraries() -> tuple[SystemLibrary, ...]:
    """Return the libraries that cannot be loaded here."""
    import ctypes

    def loads(file: str) -> bool:
        try:
            ctypes.CDLL(file)
        except OSError:
            return False
        return True

    places = folders_of_libraries()
    return tuple(
        one for one in LIBRARIES if not any(loads(place + file) for file in one.files for place in places)
    )


def folders_of_libraries() -> tuple[str, ...]:
    """Return what is put before a library's file, the system's own search first."""
    return ("", *(f"{folder}/" for folder in _HOMEBREW)) if sys.platform == "darwin" else ("",)


def install_line() -> str:
    """Return the command that installs the libraries on this machine."""
    import shutil

    wanted = ["brew"] if sys.platform == "darwin" else [name for name in _INSTALL if name != "brew"]
    here = next((name for name in wanted if shutil.which(name)), "")
    return _INSTALL[here][0] if here else ""


def install_lines() -> tuple[tuple[str, str], ...]:
    """Return every command that installs the libraries, with the systems it is for."""
    return tuple((where, line) for line, where in _INSTALL.values())


def pango_error(reason: str) -> MachineError:
    """Return the error for a machine on which no PDF can be drawn."""
    names = ", ".join(one.name for one in missing_libraries() if one.needed) or reason
    line = install_line()
    install = f"install it with `{line}`" if line else "`bmcrender doctor` says how to install it"
    hint = f"{install}; --pptx and check work without it"
    message = f"a PDF needs the Pango text library, which cannot be loaded here ({names})"
    return MachineError.of("no-pango", message, hint)


def import_weasyprint() -> None:
    """Import WeasyPrint, or raise a MachineError that says what to install."""
    from bmcrender import fast_import

    if sys.platform == "darwin":
        # A Python that is not Homebrew's own does not look where Homebrew puts libraries.
        folders = [os.environ.get("DYLD_FALLBACK_LIBRARY_PATH", ""), *_HOMEBREW]
        os.environ["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join(folder for folder in folders if folder)
    try:
        fast_import.import_weasyprint()
    except OSError as error:
        if "failed to map segment" in str(error):
            raise MemoryError from None
        raise pango_error(" ".join(str(error).split())[:200]) from None
