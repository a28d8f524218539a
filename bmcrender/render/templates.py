"""The templates of a theme, in a sandbox; those that are built in were compiled ahead (`compiled`).

To take a template apart and to compile it takes longer than to fill it in. Each is known by its name and its
text: what was compiled for another text, or by another Jinja, is not used, nor is any of it with
`BMCRENDER_PLAIN_IMPORT=1` in the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from hashlib import sha256
from importlib.util import find_spec
from types import CodeType
from typing import TYPE_CHECKING, Any

from bmcrender.render import compiled

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_SWITCH = "BMCRENDER_PLAIN_IMPORT"
_OWN_VALUES = ("bmcrender.model", "bmcrender.sheets")


def sandbox(texts: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """Return what loads templates by their names."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.bccache import Bucket, BytecodeCache
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class CompiledAhead(BytecodeCache):
        """Gives Jinja the code of built-in templates, and keeps none."""

        def get_bucket(self, environment: Any, name: str, _: str | None, source: str) -> Bucket:
            bucket = Bucket(environment, name, "")
            bucket.code = _compiled(name, source)
            return bucket

        def load_bytecode(self, bucket: Bucket) -> None:
            pass

        def dump_bytecode(self, bucket: Bucket) -> None:
            pass

    class Sandbox(ImmutableSandboxedEnvironment):
        """Asks no more than that of our own frozen values, of which templates read members only."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            if type(obj).__module__ in _OWN_VALUES and not attr.startswith("_"):
                return True
            return super().is_safe_attribute(obj, attr, value)

    # A template is told by its name in what goes wrong.
    loader = FunctionLoader(lambda name: (texts[name], name, None) if name in texts else None)
    return Sandbox(autoescape=True, undefined=StrictUndefined, loader=loader, bytecode_cache=CompiledAhead())


def _compiled(name: str, text: str) -> CodeType | None:
    """Return the code of a template that is built in, else None."""
    import jinja2

    module = compiled.MODULES.get((name, _digest(text)))
    if module is None or jinja2.__version__ != compiled.JINJA or os.environ.get(_SWITCH, "0") != "0":
        return None
    found = find_spec(f"{compiled.__name__}.{module}")
    loader: Any = found.loader if found else None
    code: CodeType | None = loader.get_code(found.name) if found and hasattr(loader, "get_code") else None
    return code and code.replace(co_filename=name)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


# -- compiling ahead ---------------------------------------------------------------------------------------

_BY = "written by `python -m bmcrender.parse_ahead`"
# What Jinja writes without care for who reads it.
_LINT = "ARG001, B007, C901, D103, E501, E701, F401, F821, F841, I001, PIE790, PLR0915, RUF100, UP034"
_HEAD = '"""`{path}`, compiled: {by}."""\n\n# ruff: noqa: {lint}\n# fmt: off\n# mypy: ignore-errors\n'
_INDEX = '''"""The built-in templates as Python: {by}."""

# fmt: off
# The Jinja that compiled them; name and text (SHA-256) of each -> its module.
JINJA = "{version}"
MODULES = {{
{rows}}}
'''


def compiled_files(templates: Mapping[str, str]) -> dict[str, str]:
    """Return the files of `compiled` for built-in templates, given by path: `themes/_base/….html.j2`."""
    import jinja2

    files, rows = {}, ""
    for path, text in sorted(templates.items()):
        _, theme, name = path.split("/")
        module = f"{theme.strip('_')}_{name.removesuffix('.html.j2')}"
        files[f"{module}.py"] = _file(_HEAD.format(path=path, by=_BY, lint=_LINT), name, text)
        rows += f'    ("{name}", "{_digest(text)}"): "{module}",\n'
    return {**files, "__init__.py": _INDEX.format(by=_BY, version=jinja2.__version__, rows=rows)}


def _file(head: str, name: str, text: str) -> str:
    """Return a template as Python below a head, which moves the lines that Jinja tells in tracebacks."""
    code = sandbox({}).compile(text, name, name, raw=True)
    body, mark, lines = code.rpartition("debug_info = ")
    down = head.count("\n")
    moved = re.sub(r"(?<==)\d+", lambda line: str(int(line[0]) + down), lines)
    return f"{head}{body}{mark}{moved}\n"
