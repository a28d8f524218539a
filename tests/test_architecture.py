"""The house holds its shape: who imports whom, which library lives where, nothing heavy at the start."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bmcrender.resources import library

PACKAGE = Path(__file__).resolve().parent.parent / "bmcrender"

# Module, or package with all in it -> what it may import of ours, and which libraries. The most exact
# row holds; imports for types alone do not count.
TABLE = {
    "__init__": ("api batch child errors inputs model pipeline supervisor", ""),
    "__main__": ("cli", ""),
    # values
    "frozen": ("", ""),
    "errors": ("", ""),
    "limits": ("", ""),
    "model": ("errors", ""),
    "document": ("model", ""),
    "sheets": ("document", ""),
    "handouts": ("document sheets", ""),
    "slides": ("document model sheets", ""),
    "names": ("errors", ""),
    "choices": ("errors model names", ""),
    "contrast": ("", ""),
    "characters": ("limits", ""),
    "pages": ("model", ""),
    "properties": ("", ""),
    # reading data
    "source": ("errors", ""),
    "events": ("", "yaml"),
    "syntax": ("errors events limits source", "yaml"),
    "scalars": ("limits", ""),
    "builder": ("characters errors events limits scalars source syntax", "yaml"),
    "load": ("builder characters errors limits source", ""),
    "packs": ("model", ""),
    "themes": ("errors load model names validate", ""),
    "resources": ("errors fonts load model names packs themes validate", ""),
    "schema": ("choices limits model names pages resources schema", ""),
    "starter": ("model", ""),
    "theme_starter": ("model", ""),
    # checking
    "validate": (
        "characters contrast errors limits model names packs scalars schema source validate",
        "jsonschema",
    ),
    "logo": ("document errors limits", "PIL"),
    "template_file": ("errors limits model", ""),
    "checking": (
        "choices document errors load logo model names pages resolve resources source themes validate",
        "",
    ),
    # the document
    "dates": ("model", "persiantools"),
    "inline": ("document model", "markdown_it"),
    "resolve": ("dates document inline model pages", ""),
    # measuring and laying out: they know nothing of files, nor of what draws
    "fonts": ("font_files properties", ""),
    "font_files": ("errors fonts properties", "fontTools"),
    "breaks": ("", ""),
    "ties": ("", ""),
    "lines": ("breaks document", ""),
    "measure": ("breaks document fonts lines ties", "uharfbuzz"),
    "layout": ("breaks document errors handouts layout lines measure model sheets slides ties", ""),
    # drawing: it knows nothing of files, nor of how things were laid out
    "render": ("document sheets", ""),
    "render.actual_text": ("", "pydyf weasyprint"),
    "render.glyph_texts": ("", "uharfbuzz weasyprint"),
    "render.html": (
        "document errors handouts model render.actual_text render.css render.flow render.style_sheet render.templates sheets",
        "markupsafe",
    ),
    "render.templates": ("render.compiled", "jinja2"),
    "render.compiled": ("", "jinja2"),
    "render.css": ("sheets", ""),
    "render.style_sheet": ("document handouts render.css render.flow sheets", ""),
    "render.flow": ("document handouts render.css", ""),
    "render.flow_check": ("document handouts render.verify sheets", ""),
    "render.verify": ("breaks document sheets", ""),
    "render.seen": ("properties render.verify", "PIL pypdfium2"),
    "render.standards": ("", "weasyprint"),
    "render.pdf": (
        "errors handouts model render.actual_text render.assets render.edges render.flow_check render.glyph_texts render.html render.seen render.standards render.verify sheets",
        "weasyprint",
    ),
    "render.edges": ("", "pydyf"),
    "render.assets": (
        "document handouts render.drawing render.flow render.html render.style_sheet sheets",
        "",
    ),
    "render.web_fonts": ("document fonts render.css render.verify sheets", "fontTools uharfbuzz"),
    "render.standalone": (
        "errors fonts handouts render.assets render.css render.html render.web_fonts sheets",
        "",
    ),
    "render.tiles": ("", "pypdfium2"),
    "render.png": ("document errors", "PIL pypdfium2"),
    "render.pptx": (
        "document errors fonts model properties render.pptx sheets slides",
        "fontTools uharfbuzz",
    ),
    "render.pptx.template": (
        "contrast errors fonts model render.pptx sheets slides template_file",
        "PIL lxml pptx",
    ),
    # the run and its worker
    "rendered": ("document errors formats model theme_blame", ""),
    "pipeline": ("checking errors model names rendered resources supervisor validate", ""),
    "formats": (
        "document errors fast_import fonts handouts layout machine measure model pages render resources sheets",
        "",
    ),
    "claims": ("", ""),
    "theme_blame": ("errors model", ""),
    "interrupts": ("", ""),
    "machine": ("errors fast_import", ""),
    "fast_import": ("fast_drawing weasyprint_ffi", "_cffi_backend pptx tinycss2 weasyprint"),
    "fast_drawing": ("fast_styles", "pydyf tinycss2 weasyprint"),
    "fast_styles": ("", "weasyprint"),
    "weasyprint_ffi": ("", ""),
    "parse_ahead": ("render.templates resources", "cffi"),
    "wire": ("", ""),
    "worker": ("errors formats machine model rendered wire", ""),
    "child": ("claims errors fonts interrupts resources wire", ""),
    "supervisor": ("child errors", ""),
    # the edges
    "reading": ("errors", ""),
    "folders": ("errors names reading resources", ""),
    "project": ("errors limits load reading schema source validate", ""),
    "given": ("errors folders limits model names project reading resources source template_file", ""),
    "inputs": ("errors given limits load logo model names project reading source validate", ""),
    "api": ("errors given inputs model pipeline", ""),
    "batch": ("child errors model pipeline supervisor", ""),
    "cluster": ("batch child errors versions", ""),
    "versions": ("__init__ machine", "PIL lxml pypdfium2 uharfbuzz"),
    "template_report": ("errors model render resources", ""),
    "doctor": ("__init__ errors machine resources supervisor versions", ""),
    # all but what lays out and draws
    "cli": (
        (
            "__init__ batch checking child choices claims cli cluster doctor document errors folders given inputs interrupts "
            "limits model names pages pipeline project reading resources schema starter supervisor template_report "
            "theme_starter versions"
        ),
        "click",
    ),
}

EVERYWHERE = "frozen"  # as the standard library's own may be imported
# Loaded when a function needs them; the others are small, or wanted by whatever imports the module.
LATE = {"weasyprint", "pptx", "lxml", "jsonschema", "jinja2", "markupsafe", "fontTools", "markdown_it", "PIL",
        "uharfbuzz", "persiantools", "pypdfium2"}  # fmt: skip
LATE_OURS = {"render", "layout", "cli.writing", "doctor", "worker", "template_report"}

# Where files are read or written, programs started, and the program ended.
READ_OR_WRITE = {
    "resources",
    "child",
    "claims",
    "font_files",
    "parse_ahead",
    "schema.__main__",
    "cli.writing",
    "cli.streams",
}
RUN_PROGRAMS = {"child"}
PRINT = {"cli.streams"}
EXIT = {"cli", "worker"}


@dataclass(frozen=True)
class Import:
    """One import: what is imported, whether when its module is, whether for types alone."""

    name: str
    early: bool
    for_types: bool


def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its name in it, parsed."""
    return _modules()


@cache
def _modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def imports(tree: ast.AST, early: bool = True, for_types: bool = False) -> Iterator[Import]:
    """Yield all imports of a module, those inside functions too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(one.name, early, for_types) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written whole"
            yield from (Import(name, early, for_types) for name in _imported(node))
        else:
            asked = ast.unparse(node.test) if isinstance(node, ast.If) else ""
            late = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            inside = early and not late and "__name__" not in asked
            typed = for_types or "TYPE_CHECKING" in asked
            yield from imports(node, inside, typed)


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    """Yield what `from x import a, b` imports: x, or modules a and b of it."""
    assert node.module
    for one in node.names:
        full = f"{node.module}.{one.name}"
        yield full if full.removeprefix("bmcrender.") in _modules() else node.module


def ours(name: str) -> str | None:
    """Return a module's name in the package, None for others."""
    if name == "bmcrender":
        return "__init__"
    return name.removeprefix("bmcrender.") if name.startswith("bmcrender.") else None


def row(module: str) -> str | None:
    """Return the row of the table that holds for a module: the longest that names it or a package of it."""
    parts = module.split(".")
    return next(
        (name for length in range(len(parts), 0, -1) if (name := ".".join(parts[:length])) in TABLE), None
    )


def allowed(name: str, among: str) -> bool:
    """Whether a module is named in a row, itself or by its package."""
    return any(name == one or name.startswith(f"{one}.") for one in among.split())


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names of all calls; of a method on a value its last part with a dot before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, here = [], node.func
            while isinstance(here, ast.Attribute):
                name.append(here.attr)
                here = here.value
            name.append(here.id if isinstance(here, ast.Name) else "")
            yield ".".join(reversed(name))


# -- the tests see what they judge ------------------------------------------------------------------------


def test_every_module_is_seen() -> None:
    files = {path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts}
    assert len(modules()) == len(files) >= 60
    assert {"cli", "cli.app", "layout.poster", "render.pptx.deck", "validate.faults", "worker"} <= set(
        modules()
    )


def test_every_kind_of_import_is_seen() -> None:
    tree = ast.parse(
        "import yaml\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import pptx\n"
        "class A:\n    from bmcrender import errors\n"
        "def f():\n    if 1:\n        from bmcrender.model import Job\n"
    )
    assert list(imports(tree)) == [
        Import("yaml", True, False),
        Import("typing", True, False),
        Import("pptx", True, True),
        Import("bmcrender.errors", True, False),
        Import("bmcrender.model", False, False),
    ]


def test_every_module_has_a_row_and_every_row_a_module() -> None:
    assert [name for name in modules() if row(name) is None] == []
    assert [name for name in TABLE if name not in modules()] == []


def test_no_row_allows_what_nobody_imports() -> None:
    needless = []
    for name, (inner, outer) in TABLE.items():
        used = {one.name for module in modules() if row(module) == name for one in imports(modules()[module])}
        mine = {ours(one) for one in used} - {None}
        needless += [f"{name}: {one}" for one in inner.split() if not any(allowed(str(u), one) for u in mine)]
        roots = {one.partition(".")[0] for one in used}
        needless += [f"{name}: {one}" for one in outer.split() if one not in roots]
    assert needless == []


# -- who imports whom -------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", sorted(_modules()))
def test_a_module_imports_only_what_its_row_allows(module: str) -> None:
    name = row(module)
    assert name is not None
    inner, outer = TABLE[name]
    for one in imports(modules()[module]):
        if one.for_types:
            continue
        mine = ours(one.name)
        root = one.name.partition(".")[0]
        if mine is not None:
            assert allowed(mine, f"{inner} {EVERYWHERE}"), f"{module} imports {one.name}"
        elif root not in sys.stdlib_module_names:
            assert root in outer.split(), f"{module} imports {root}"


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = [
        f"{module}: {one.name}"
        for module, tree in modules().items()
        for one in imports(tree)
        if one.early
        and not one.for_types
        and one.name.partition(".")[0] in LATE
        and not module.startswith("render.compiled.")  # nobody imports these: their code is read
    ]
    assert heavy == []


def test_drawing_and_laying_out_are_imported_only_when_they_are_needed() -> None:
    heavy = [
        f"{module}: {one.name}"
        for module, tree in modules().items()
        for one in imports(tree)
        if one.early
        and not one.for_types
        and any(allowed(ours(one.name) or "", late) and not allowed(module, late) for late in LATE_OURS)
    ]
    assert heavy == []


def test_no_module_imports_itself_in_a_ring() -> None:
    """Early imports form no ring: a ring works only as long as nobody changes its order."""
    early = {
        module: {
            mine for one in imports(tree) if one.early and not one.for_types and (mine := ours(one.name))
        }
        for module, tree in modules().items()
    }
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " > ".join((*trail, module))
        if module not in done:
            for one in early.get(module, ()):
                if one not in ("__init__", module):
                    visit(one, (*trail, module))
            done.add(module)

    for module in early:
        visit(module, ())


# -- what only some may do --------------------------------------------------------------------------------


def users(wanted: set[str]) -> set[str]:
    """Return the modules that call one of these."""
    return {module for module, tree in modules().items() if wanted & set(calls(tree))}


def test_only_the_command_line_prints() -> None:
    assert (
        users({"print", "click.echo", "sys.stdout.write", "sys.stdout.buffer.write", "sys.stderr.write"})
        == PRINT
    )


def test_only_the_command_line_and_the_worker_exit() -> None:
    assert users({"sys.exit", "os._exit", "exit", "quit"}) == EXIT


def test_files_are_read_and_written_at_the_edges_only() -> None:
    named = {"open", "os.open", "io.open", "os.replace", "tempfile.mkdtemp"}
    methods = {"read_bytes", "read_text", "write_bytes", "write_text", "open", "unlink", "mkdir", "replace"}
    found = {
        module
        for module, tree in modules().items()
        for call in calls(tree)
        if call in named or (call.rpartition(".")[2] in methods - {"open", "replace"})
    }
    assert found - {"worker", "doctor"} == READ_OR_WRITE


def test_only_the_parent_of_the_worker_starts_programs() -> None:
    programs = {
        "subprocess.Popen",
        "subprocess.run",
        "subprocess.check_output",
        "os.system",
        "os.popen",
        "os.fork",
    }
    assert users(programs) == RUN_PROGRAMS


def test_no_code_asks_for_the_name_of_a_kind_a_language_or_a_theme() -> None:
    names = {*library().kinds(), *library().languages(), *library().themes()}
    assert {"bmc", "fa", "classic"} <= names
    asked = [
        f"{module}:{node.lineno}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare | ast.MatchValue)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value in names
    ]
    assert asked == []


def test_every_module_of_the_top_level_is_named_where_the_house_is_described() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    top = {name.partition(".")[0] for name in modules()} - {"__init__", "__main__"}
    assert [one for one in sorted(top) if f"`{one}`" not in page and f"`{one}/" not in page] == []


def test_every_module_says_its_job_in_its_first_line() -> None:
    silent = [name for name, tree in modules().items() if not (ast.get_docstring(tree) or "").strip()]
    assert silent == []
