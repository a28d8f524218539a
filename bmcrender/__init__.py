"""Business model canvases from YAML: posters as PDF, decks as PowerPoint files, guides in five languages.

One file, one format, bytes:

    pdf = bmcrender.render_file("cafe.yaml", "pdf")

Several formats, with options, and what was found:

    job = bmcrender.load("cafe.yaml", ("pdf", "pptx"), theme="modern", language="de")
    result = bmcrender.render(job)
    for finding in result.diagnostics:
        print(finding)  # FILE:LINE:COL: warning[code]: what is wrong; what to do
    deck = result.outputs["pptx"]  # there are no outputs when one of the findings is an error

Many, side by side, in their order:

    for outcome in bmcrender.render_many(map(bmcrender.load, paths), workers=4):
        ...

Drawing happens in a worker process, which stays for the next call until `close` or the end of the program;
`Supervisor(Limits(...))`, handed to `render`, is one with limits of your own. Nothing is written but what you
write. What goes wrong is a BmcrenderError: a CanvasError, UsageError, MachineError or LimitError, whose
`diagnostics` say what and where; an InternalError is a mistake of this program.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bmcrender.api import render_file
    from bmcrender.batch import Outcome, render_many
    from bmcrender.child import Limits
    from bmcrender.errors import (
        BmcrenderError,
        CanvasError,
        Diagnostic,
        InternalError,
        LimitError,
        MachineError,
        UsageError,
    )
    from bmcrender.inputs import load
    from bmcrender.model import Job, Options, Result
    from bmcrender.pipeline import render
    from bmcrender.supervisor import Supervisor, close

__version__ = "0.1.0"

# Name -> the module that it is loaded from when it is first asked for: `import bmcrender` is light.
_HOME = {
    "load": "inputs",
    "render": "pipeline",
    "render_file": "api",
    "render_many": "batch",
    "close": "supervisor",
    "Job": "model",
    "Options": "model",
    "Result": "model",
    "Outcome": "batch",
    "Limits": "child",
    "Supervisor": "supervisor",
    "Diagnostic": "errors",
    "BmcrenderError": "errors",
    "CanvasError": "errors",
    "UsageError": "errors",
    "MachineError": "errors",
    "LimitError": "errors",
    "InternalError": "errors",
}
__all__ = [
    "BmcrenderError",
    "CanvasError",
    "Diagnostic",
    "InternalError",
    "Job",
    "LimitError",
    "Limits",
    "MachineError",
    "Options",
    "Outcome",
    "Result",
    "Supervisor",
    "UsageError",
    "__version__",
    "close",
    "load",
    "render",
    "render_file",
    "render_many",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'bmcrender' has no attribute '{name}'")
    value = getattr(import_module(f"bmcrender.{_HOME[name]}"), name)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Keeps `load` and `render` functions: importing the modules of that name would replace them."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
