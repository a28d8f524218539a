"""Business model canvases from YAML: posters as PDF, decks as PowerPoint files, guides in five languages."""

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
