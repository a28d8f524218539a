"""Writes the committed schemas into the checkout."""

from __future__ import annotations

from bmcrender.resources import schemas_folder
from bmcrender.schema.committed import committed_schemas


def _write() -> None:
    """Write the committed schemas into the checkout."""
    for name, text in committed_schemas().items():
        (schemas_folder() / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
