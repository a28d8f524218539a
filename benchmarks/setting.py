"""What is measured on: versions, the interpreter, what decides times beside them; no names of machines."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from benchmarks.processes import ROOT

LOAD = "load before"


def setting() -> dict[str, str]:
    """Return what times depend on."""
    from bmcrender.machine import missing_libraries
    from bmcrender.versions import versions

    missing = {one.name for one in missing_libraries()}
    return {
        "system": f"{platform.system()}, {os.cpu_count()} processors",
        "interpreter": f"{platform.python_implementation()}, {_build()}",
        **dict(versions()),
        "libharfbuzz-subset": "no" if "HarfBuzz Subset" in missing else "yes",
        "compiler on PATH": "yes" if shutil.which("gcc") or shutil.which("cc") else "no",
        "bytecode kept": "yes" if (ROOT / "bmcrender" / "__pycache__").is_dir() else "no",
        "fonts of the system": str(_fonts()),
        LOAD: " ".join(f"{one:.1f}" for one in os.getloadavg()[:2]),
    }


def _build() -> str:
    given = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return "optimised build" if "enable-optimizations" in given else "plain build"


def _fonts() -> int:
    program = shutil.which("fc-list")
    if not program:
        return 0
    listed = subprocess.run([program], capture_output=True, text=True, check=False)
    return len(listed.stdout.splitlines())


def version_of(program: str | Path, *words: str) -> str:
    """Return the version that a program tells."""
    told = subprocess.run([str(program), *words], capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"\d+(\.\d+)+", told.stdout or told.stderr)
    return found[0] if found else "?"
