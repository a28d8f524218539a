"""The icons of the blocks exist in every weight and are nothing but paths."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "themes" / "_base" / "assets" / "icons"
WEIGHTS = ("duotone", "fill", "light", "regular", "thin")
FILES = sorted(ICONS.rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


def test_every_block_of_every_kind_has_its_icon_in_every_weight() -> None:
    kinds = [yaml.safe_load(file.read_text("utf-8")) for file in (ROOT / "bmcrender/kinds").glob("*.yaml")]
    wanted = {block["icon"] for kind in kinds for block in kind["blocks"].values()}
    assert len(wanted) >= 9
    for weight in WEIGHTS:
        assert wanted <= {file.stem for file in (ICONS / weight).glob("*.svg")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_icon_holds_only_paths_on_one_grid(file: Path) -> None:
    root = ElementTree.parse(file).getroot()
    assert root.get("viewBox") == "0 0 256 256"
    assert len(root) >= 1
    for path in root:
        assert path.tag == SVG + "path"
        assert set(path.keys()) <= {"d", "opacity"}


def test_the_icons_lie_beside_their_licence() -> None:
    licence = (ICONS / "LICENSE").read_text("utf-8")
    assert licence.startswith("MIT License")
    assert "Phosphor Icons" in licence
