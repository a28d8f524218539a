"""The schemas: committed as generated, readable by editors, each property explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from bmcrender.load import loaded
from bmcrender.model import Kind
from bmcrender.resources import library
from bmcrender.schema.canvas import canvas_schema
from bmcrender.schema.committed import committed_schemas

ROOT = Path(__file__).parent.parent
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))


def schema(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def properties(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property of a schema with its place."""
    if isinstance(part, list):
        for one in part:
            yield from properties(one, path)
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "properties" and all(isinstance(one, dict) for one in value.values()):
                yield from ((f"{path}/{name}", one) for name, one in value.items())
            yield from properties(value, f"{path}/{key}")


def test_there_is_a_schema_for_each_kind_of_data_file() -> None:
    assert {one.name.split(".")[0] for one in SCHEMAS} == {
        "canvas",
        "guide",
        "kind",
        "language",
        "project",
        "theme",
    }


@pytest.mark.parametrize("name", ["canvas", "project"])
def test_a_committed_schema_is_the_generated_one(name: str) -> None:
    committed = (ROOT / f"schemas/{name}.schema.json").read_text("utf-8")
    assert committed == committed_schemas()[name], "write it anew: python -m bmcrender.schema"


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_a_schema_is_valid_in_the_dialect_of_editors(file: Path) -> None:
    assert schema(file)["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema(file))
    assert '"oneOf"' not in file.read_text("utf-8")


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_property_has_a_description_and_an_example(file: Path) -> None:
    found = [
        (path, one) for path, one in properties(schema(file)) if "/if/" not in path and "/then/" not in path
    ]
    assert len(found) >= 5
    bare = [path for path, one in found if not one.get("description") or not one.get("examples")]
    assert bare == []


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_new_and_old_dialects_agree_on_the_examples(file: Path) -> None:
    data = loaded(file.read_bytes(), file.name).data
    committed = schema(ROOT / "schemas/canvas.schema.json")
    assert list(Draft7Validator(committed).iter_errors(data)) == []
    assert list(Draft202012Validator(committed).iter_errors(data)) == []


def test_blocks_are_explained_in_english() -> None:
    committed = schema(ROOT / "schemas/canvas.schema.json")
    blocks = committed["properties"]["blocks"]["properties"]
    assert list(blocks) == list(library().kind("bmc").blocks)
    assert blocks["channels"]["description"].startswith("Channels. ")


def test_with_several_kinds_a_canvas_holds_the_blocks_of_its_own() -> None:
    bmc = library().kind("bmc")
    other = Kind("other", "", {"problem": bmc.blocks["channels"]}, bmc.landscape, bmc.portrait)
    validator = Draft7Validator(canvas_schema([bmc, other]))
    assert validator.is_valid({"title": "x", "kind": "bmc", "blocks": {"channels": ["a"]}})
    assert not validator.is_valid({"title": "x", "kind": "other", "blocks": {"channels": ["a"]}})
    assert not validator.is_valid({"title": "x", "kind": "third"})
