"""Decks as LibreOffice draws them, with the bundled fonts and no others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from bmcrender.fonts import fontconfig_xml

ROOT = Path(__file__).resolve().parent.parent

with_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@cache
def version() -> str:
    """The first two numbers of LibreOffice's version, "" without it: "7.4"."""
    if shutil.which("soffice") is None:
        return ""
    told = subprocess.run(["soffice", "--version"], capture_output=True, text=True, timeout=60).stdout
    found = re.search(r"LibreOffice (\d+[.]\d+)", told)
    return found[1] if found else ""


def pdfs(folder: Path, decks: Mapping[str, bytes]) -> dict[str, PdfDocument]:
    """Return decks as PDF by name, all drawn by one LibreOffice."""
    files = [folder / f"{name}.pptx" for name in decks]
    for file, data in zip(files, decks.values(), strict=True):
        file.write_bytes(data)
    (folder / "fonts.conf").write_text(fontconfig_xml([ROOT / "fonts"], folder / "cache"))
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=100 + 20 * len(files))
    return {name: PdfDocument(folder / f"{name}.pdf") for name in decks}
