"""Prints a hash for each output of some jobs, in the order given: run in processes that differ in all else.

python tests/hashes.py [forth|back] [few|all]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bmcrender.choices import WORDS  # noqa: E402
from bmcrender.inputs import load  # noqa: E402
from bmcrender.model import Format, Job  # noqa: E402
from bmcrender.pipeline import render  # noqa: E402
from bmcrender.resources import library  # noqa: E402

EXAMPLES = ROOT / "examples"
# Date of the files, or none; canvas; layout; theme; formats.
Case = tuple[str, str, str, str, tuple[Format, ...]]
EPOCH = "1700000000"
_ALL: tuple[Format, ...] = ("pdf", "pptx", "html", "png")


def few() -> Iterator[Case]:
    """Yield every layout and every format, in both directions, with and without a date."""
    yield "", "fr-premier-jet", "poster", "classic", _ALL
    yield EPOCH, "fa-khaknegar", "poster", "modern", ("pdf", "pptx")
    yield "", "fa-khaknegar", "outline", "dark", ("pdf", "html")
    yield "", "fr-premier-jet", "handout", "print", ("pdf",)


def everything() -> Iterator[Case]:
    """Yield every example in every layout, and in every theme."""
    for file in sorted(EXAMPLES.glob("*.yaml")):
        for layout in WORDS["layout"]:
            yield (
                "",
                file.stem,
                layout,
                "classic",
                tuple(one for one in _ALL if layout != "handout" or one != "html"),
            )
        for theme in library().themes():
            yield EPOCH, file.stem, "poster", theme, ("pdf", "pptx")


def job(case: Case) -> Job:
    """Return the job of a case; its date is read from the environment."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    if case[0]:
        os.environ["SOURCE_DATE_EPOCH"] = case[0]
    return load(EXAMPLES / f"{case[1]}.yaml", case[4], layout=case[2], theme=case[3], dpi=40)


def hashes(cases: list[Case]) -> Iterator[tuple[str, str]]:
    """Yield a name and a hash for each output."""
    for case in cases:
        result = render(job(case))
        for format, data in sorted(result.outputs.items()):
            pages = (data, *result.further.get(format, ()))
            yield f"{'-'.join(case[:4])}.{format}", sha256(b"".join(pages)).hexdigest()


if __name__ == "__main__":
    cases = list(everything() if "all" in sys.argv else few())
    print(json.dumps(dict(hashes(cases[::-1] if "back" in sys.argv else cases)), indent=0, sort_keys=True))
