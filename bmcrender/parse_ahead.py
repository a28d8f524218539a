"""Writes what is parsed ahead of time: C declarations (`weasyprint_ffi`), templates (`render.compiled`)."""

from __future__ import annotations

import re
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from bmcrender.resources import library

_HEAD = '''"""The C declarations in WeasyPrint {version}: written by `python -m bmcrender.parse_ahead`."""

# ruff: noqa: C408, E501
# fmt: off
# The declarations (SHA-256) that these tables say.
DECLARATIONS = "{digest}"
TABLES = dict(
'''


def declarations() -> str:
    """Return the C declarations in the installed WeasyPrint."""
    found = find_spec("weasyprint")
    assert found is not None
    assert found.origin is not None
    source = (Path(found.origin).parent / "text" / "ffi.py").read_text("utf-8")
    (text,) = re.findall(r"ffi\.cdef\('''(.*?)'''\)", source, re.DOTALL)
    return str(text)


def tables(text: str, version: str) -> str:
    """Return the module that says declarations."""
    import cffi  # type: ignore[import-untyped]

    ffi = cffi.FFI()
    ffi.cdef(text)
    ffi.set_source("parsed", None)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(ffi.compile(tmpdir=folder)).read_text("utf-8")
    _, _, given = written.partition("_cffi_backend.FFI('parsed',\n")
    return _HEAD.format(version=version, digest=sha256(text.encode()).hexdigest()) + given


def templates() -> dict[str, str]:
    """Return the files of `render.compiled` for the built-in templates."""
    from bmcrender.render.templates import compiled_files

    names = (name for name in library().names("themes") if name.endswith(".j2"))
    return compiled_files({name: library().read(name).decode() for name in names})


if __name__ == "__main__":
    from importlib.metadata import version

    package = Path(__file__).parent
    module = tables(declarations(), version("weasyprint"))
    (package / "weasyprint_ffi.py").write_text(module, "utf-8")
    compiled, written = package / "render" / "compiled", templates()
    for gone in {file.name for file in compiled.glob("*.py")} - written.keys():
        (compiled / gone).unlink()
    for name, content in written.items():
        (compiled / name).write_text(content, "utf-8")
