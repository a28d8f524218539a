"""What a machine has and lacks for rendering: versions, system libraries, fonts, room to write."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bmcrender import __version__
from bmcrender.errors import BmcrenderError, InternalError
from bmcrender.frozen import dataclass
from bmcrender.machine import LIBRARIES, import_weasyprint, install_line, install_lines, missing_libraries
from bmcrender.versions import packages, pango_version

_OLDEST_PANGO = (1, 44)


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: what it is, whether it is well, what was seen, what to do."""

    name: str
    well: bool
    seen: str
    remedy: str = ""
    needed: bool = True


def examined() -> tuple[Examined, ...]:
    """Return all that was looked at."""
    return (
        Examined("bmcrender", True, __version__),
        Examined("system", True, f"{platform.system()} {platform.machine()}"),
        *(
            Examined(name, bool(number), number or "missing", f"pip install {name}")
            for name, number in packages()
        ),
        *_libraries(),
        _pango(),
        _fonts(),
        _temporary(),
        _weasyprint(),
        _worker(),
    )


def _libraries() -> Iterator[Examined]:
    missing = missing_libraries()
    line = install_line() or "; ".join(f"{where}: {line}" for where, line in install_lines())
    for one in LIBRARIES:
        well = one not in missing
        remedy = line if one.needed else f"drawing is slower without it; {line}"
        yield Examined(one.name, well, "found" if well else "missing", "" if well else remedy, one.needed)


def _pango() -> Examined:
    version = pango_version()
    shown = ".".join(map(str, version)) or "missing"
    return Examined("Pango's version", version >= _OLDEST_PANGO, shown, "Pango 1.44 or newer is needed")


def _fonts() -> Examined:
    from bmcrender.resources import library

    count = len(library().font_files())
    return Examined("bundled fonts", count > 0, f"{count} files", "install bmcrender anew")


def _temporary() -> Examined:
    try:
        with tempfile.TemporaryDirectory(prefix="bmcrender-"):
            return Examined("temporary files", True, tempfile.gettempdir())
    except OSError as error:
        return Examined("temporary files", False, str(error), "set TMPDIR to a folder with some room")


def _weasyprint() -> Examined:
    """Look whether drawing starts, in the worker: an import that fails prints to wherever it likes."""
    return _in_worker("PDF drawing", import_weasyprint, ("pdf",))


def _worker() -> Examined:
    return _in_worker("worker", platform.python_version, ())


def _in_worker(name: str, function: object, formats: Sequence[str]) -> Examined:
    from bmcrender.supervisor import Supervisor

    try:
        with Supervisor() as worker:
            worker.run(function, formats=formats)  # type: ignore[arg-type]
    except BmcrenderError as error:
        one = error.diagnostics[0]
        return Examined(name, False, one.message, one.hint)
    except InternalError as error:
        return Examined(name, False, str(error), "")
    return Examined(name, True, "works")


def text_report(findings: Sequence[Examined]) -> str:
    """Return the report as lines."""
    width = max(len(one.name) for one in findings)
    lines = []
    for one in findings:
        sign = "ok  " if one.well else "LACK" if one.needed else "note"
        lines.append(f"{sign}  {one.name:{width}}  {one.seen}")
        if not one.well and one.remedy:
            lines.append(f"      {'':{width}}  -> {one.remedy}")
    return "\n".join(lines)


def json_report(findings: Sequence[Examined]) -> str:
    """Return the report as JSON."""
    return json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2)
