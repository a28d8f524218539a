"""Imports WeasyPrint without what its import probes, parses and loads for nothing.

What it draws stays the same, byte for byte. Versions not listed here, and any surprise on the way, get the
plain import; so does everybody with `BMCRENDER_PLAIN_IMPORT=1` in the environment.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from bmcrender.fast_drawing import spare_work

SWITCH = "BMCRENDER_PLAIN_IMPORT"
KNOWN_VERSIONS = ("70.0",)


class _Taken(NamedTuple):
    """What WeasyPrint takes from a package, by module, and which modules of it do."""

    names: Mapping[str, Sequence[str]]
    takers: Sequence[str]


# What few pages need: fontTools for fonts that we do not give or HarfBuzz cannot subset, Pillow for pictures
# made of pixels, random numbers for a kind of PDF that we do not make.
_LATE = {
    "fontTools": _Taken(
        {
            "fontTools": ("subset",),
            "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
            "fontTools.varLib": (),
            "fontTools.varLib.instancer": ("instantiateVariableFont",),
        },
        ("weasyprint.pdf.fonts", "weasyprint.text.fonts"),
    ),
    "PIL": _Taken(
        {"PIL": ("EpsImagePlugin", "Image", "ImageFile", "ImageOps"), "PIL.ImageCms": ("ImageCmsProfile",)},
        ("weasyprint.css", "weasyprint.draw.text", "weasyprint.images"),
    ),
    "uuid": _Taken({"uuid": ("uuid4",)}, ("weasyprint.pdf.metadata",)),
}
# A rule, with one level of rules in it; in a selector what is no element's name; names.
_RULE = re.compile(r"([^{}]*)\{(?:[^{}]|\{[^{}]*\})*\}")
_NO_NAME = re.compile(r"\[[^]]*\]|::?[\w-]+")
_NAME = re.compile(r"[\w-]+")


class _SurpriseError(Exception):
    """Something is not as it was in the known versions."""


def import_weasyprint() -> None:
    """Import WeasyPrint, fast where it is known how; raises what its own import raises."""
    if "weasyprint" in sys.modules or os.environ.get(SWITCH, "0") != "0" or _version() not in KNOWN_VERSIONS:
        import weasyprint

        return
    before = set(sys.modules)
    try:
        with _nothing_parsed() as ua, _nothing_probed(), _nothing_loaded():
            import weasyprint
        _prune(ua)
        spare_work()
    except Exception:  # noqa: BLE001 (whatever it is, the plain import knows better)
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == "weasyprint":
                del sys.modules[name]
        import weasyprint  # noqa: F401


def import_pptx() -> None:
    """Import python-pptx, which escapes XML with a module that fetches XML from the network too."""
    if os.environ.get(SWITCH, "0") == "0" and "urllib.request" not in sys.modules:
        with _replaced({"urllib.request": _stand_in("urllib.request")}):
            import xml.sax.saxutils  # noqa: F401
    import pptx  # noqa: F401


def _version() -> str:
    """Return the version of WeasyPrint that would be imported, read from its first lines."""
    found = importlib.util.find_spec("weasyprint")
    if found is None or found.origin is None:
        return ""
    with Path(found.origin).open(encoding="utf-8") as file:
        match = re.search(r"__version__ = '([^']*)'", file.read(2000))
    return match[1] if match else ""


@contextmanager
def _replaced(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Let imports find these modules, and afterwards what they would find without."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module


def _stand_in(name: str, **contents: Any) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []
    module.__dict__.update(contents)
    return module


# -- libraries: opened by the name they have, from declarations that were parsed ahead ------------------


@contextmanager
def _nothing_probed() -> Iterator[None]:
    """Open libraries without asking ldconfig, gcc and ld where names of other systems lie (Linux)."""
    if not sys.platform.startswith("linux"):
        yield
        return
    if ready := _parsed_ahead():
        with _replaced({"cffi": ready}):
            yield
        return
    import ctypes.util

    util: Any = ctypes.util  # which cffi itself asks
    find, util.find_library = util.find_library, lambda _: None
    try:
        yield
    finally:
        util.find_library = find


def _parsed_ahead() -> ModuleType | None:
    """Return a stand-in for cffi that knows the declarations, unless this cffi has another format."""
    import _cffi_backend  # type: ignore[import-untyped]

    from bmcrender import weasyprint_ffi as ahead

    class FFI(_cffi_backend.FFI):  # type: ignore[misc]
        def cdef(self, declarations: str) -> None:
            if sha256(declarations.encode()).hexdigest() != ahead.DECLARATIONS:
                raise _SurpriseError("other declarations")

    try:
        FFI("weasyprint", **ahead.TABLES)
    except Exception:  # noqa: BLE001 (cffi says ImportError, for one, when its format has changed)
        return None
    return _stand_in("cffi", FFI=lambda: FFI("weasyprint", **ahead.TABLES))


# -- fontTools and Pillow: loaded when they are needed ---------------------------------------------------


class _Late:
    """Stands for something of a package until somebody uses it; then all that is taken of it becomes real."""

    def __init__(self, package: str, module: str, name: str) -> None:
        self.__dict__.update(_package=package, _place=(module, name), _settings={})

    def _real(self) -> Any:
        taken = _LATE[self._package]
        for module, names in taken.names.items():
            importlib.import_module(module)
            for name in names:
                real = _member(module, name)
                for taker in taken.takers:
                    late = getattr(sys.modules[taker], name, None)
                    if isinstance(late, _Late):
                        late.settle(real)
                        setattr(sys.modules[taker], name, real)
        return _member(*self._place)

    def __setattr__(self, name: str, value: Any) -> None:
        self._settings[name] = value

    def settle(self, real: Any) -> None:
        """Set what was set here."""
        for key, value in self._settings.items():
            setattr(real, key, value)

    def __call__(self, *given: Any, **options: Any) -> Any:
        return self._real()(*given, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)


def _member(module: str, name: str) -> Any:
    """Return what `from module import name` gives."""
    return getattr(__import__(module, fromlist=[name]), name)


@contextmanager
def _nothing_loaded() -> Iterator[None]:
    """Put packages off, but for those that are there already."""
    late = {
        module: _stand_in(module, **{name: _Late(package, module, name) for name in names})
        for package, taken in _LATE.items()
        if package not in sys.modules
        for module, names in taken.names.items()
    }
    with _replaced(late):
        yield


# -- the browser's own style sheets: parsed for the elements that a page has -----------------------------


@contextmanager
def _nothing_parsed() -> Iterator[list[str]]:
    """Parse none of WeasyPrint's own style sheets; yields their texts."""
    import tinycss2  # type: ignore[import-untyped]

    texts: list[str] = []

    def remembered(css: str) -> list[Any]:
        texts.append(css)
        return []

    parse, tinycss2.parse_stylesheet = tinycss2.parse_stylesheet, remembered
    try:
        yield texts
    finally:
        tinycss2.parse_stylesheet = parse


def _prune(texts: Sequence[str]) -> None:
    """Give pages the rules of the style sheet that can match their elements."""
    import weasyprint
    from weasyprint import html
    from weasyprint.css.counters import CounterStyle

    if texts != [html.UA, html.UA_FORM, html.PH]:
        raise _SurpriseError("other style sheets")
    rules = _rules(html.UA)

    def parsed(css: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=css, counter_style=html.UA_COUNTER_STYLE)

    @lru_cache(maxsize=16)
    def sheet(names: frozenset[str]) -> weasyprint.CSS:
        return parsed("".join(rule for rule, needed in rules if not needed or needed & names))

    @lru_cache(maxsize=1)
    def counters() -> CounterStyle:
        parsed("".join(rule for rule, needed in rules if "@" in needed))
        return html.UA_COUNTER_STYLE

    def ua_stylesheets(page: weasyprint.HTML, forms: bool = False) -> list[weasyprint.CSS]:
        names = frozenset(_element_names(page.etree_element))
        return [sheet(names), parsed(html.UA_FORM)] if forms else [sheet(names)]

    replaced = {
        "_ua_counter_style": lambda _: [counters().copy()],
        "_ua_stylesheets": ua_stylesheets,
        "_ph_stylesheets": lambda _: [weasyprint.CSS(string=html.PH)],
    }
    for name, method in replaced.items():
        if not hasattr(weasyprint.HTML, name):
            raise _SurpriseError(f"no {name}")
        setattr(weasyprint.HTML, name, method)


def _element_names(root: Any) -> Iterator[str]:
    return (element.tag.lower() for element in root.iter() if isinstance(element.tag, str))


def _rules(css: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the rules of a style sheet, each with the elements it needs one of; none: it can match any."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = tuple((rule[0], _needed(rule[1])) for rule in _RULE.finditer(bare))
    if "".join(rule for rule, _ in found).strip() != bare.strip():
        raise _SurpriseError("rules in rules in rules")
    return found


def _needed(selector: str) -> frozenset[str]:
    """Return names of elements, one of which a page has if the selector matches; none: nobody knows."""
    if selector.strip().startswith("@"):
        return frozenset({"@"} if "@counter-style" in selector else ())
    parts = [set(_NAME.findall(part)) for part in _NO_NAME.sub("", selector.lower()).split(",")]
    return frozenset(set().union(*parts)) if all(parts) else frozenset()
