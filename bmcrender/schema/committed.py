"""The schemas as the checkout holds them, for editors; `python -m bmcrender.schema` writes them."""

from __future__ import annotations

import json

from bmcrender.schema.canvas import canvas_schema
from bmcrender.schema.project import project_schema


def committed_schemas() -> dict[str, str]:
    """Return the generated schemas by name as texts; the canvas's explained by the English packs."""
    from bmcrender.resources import FALLBACK_LANGUAGE, library

    kinds = [library().kind(id) for id in library().kinds()]
    words = {kind.id: library().language(FALLBACK_LANGUAGE, kind)[0].blocks for kind in kinds}
    made = {"canvas": canvas_schema(kinds, words), "project": project_schema()}
    return {name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()}
