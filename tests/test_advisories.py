"""No lower bound of a dependency lets in a release with a published flaw that we know of."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

PROJECT = tomllib.loads(Path(__file__).parent.with_name("pyproject.toml").read_text("utf-8"))["project"]
# Library -> the first release without the flaws beside it.
FIXED = {
    "fonttools": ("4.60.2", "CVE-2023-45139 CVE-2025-66034"),
    "jinja2": ("3.1.6", "CVE-2024-22195 CVE-2024-34064 CVE-2024-56201 CVE-2024-56326 CVE-2025-27516"),
    "lxml": ("6.1", "CVE-2026-41066"),
    "markdown-it-py": ("2.2", "CVE-2023-26302 CVE-2023-26303"),
    "pillow": ("12.3", "CVE-2026-25990 CVE-2026-40192 CVE-2026-55798 CVE-2026-59197 CVE-2026-59200"),
    "pyyaml": ("5.4", "CVE-2020-14343"),
    "weasyprint": ("70", "CVE-2024-28184 CVE-2025-68616 CVE-2026-49452 CVE-2026-55073"),
}


def numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.match(r"\d+(\.\d+)*", release)[0].split("."))  # type: ignore[index]


def bounds() -> dict[str, str]:
    """The lower bound of each library that is needed to run."""
    found = (re.fullmatch(r"([\w.-]+)(?:\[.*\])?>=([\w.]+).*", one) for one in PROJECT["dependencies"])
    return {one[1].lower(): one[2] for one in found if one}


def test_every_dependency_has_a_lower_bound() -> None:
    assert len(bounds()) == len(PROJECT["dependencies"])


@pytest.mark.parametrize("library", FIXED)
def test_a_lower_bound_is_behind_all_known_flaws(library: str) -> None:
    first, flaws = FIXED[library]
    assert numbers(bounds()[library]) >= numbers(first), f"{library} before {first} has {flaws}"


@pytest.mark.parametrize("library", FIXED)
def test_what_is_installed_has_no_known_flaw(library: str) -> None:
    assert numbers(version(library)) >= numbers(FIXED[library][0])
