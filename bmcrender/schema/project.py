"""The JSON Schema of a project file: defaults for the canvases below it, and folders beside it."""

from __future__ import annotations

from bmcrender import limits
from bmcrender.schema.parts import DIALECT, FILLED, Schema, facts, field, language, render, theme


def project_schema() -> Schema:
    """Return the schema of a project file: defaults for the canvases below it, and folders beside it."""
    known, look = facts(), theme()
    folder: Schema = {
        "type": "string",
        "maxLength": limits.FIELD_CHARACTERS,
        "pattern": r"\S",
        "patternErrorMessage": "must be the name of a theme, or a folder relative to this file",
    }
    own_theme = {
        **look,
        **folder,
        "type": look["type"],
        "description": "How it looks: a theme's name, or its folder relative to this file; colours too.",
        "examples": ["modern", "./house-theme", {"name": "classic", "tokens": {"accent": "#0b6e4f"}}],
        "properties": {
            **look["properties"],
            "name": {"description": "A theme's name or folder.", "examples": ["./house-theme"], **folder},
        },
    }
    logo = known["logo"] | {
        "description": "A PNG or JPEG picture for canvases without one, relative to this file.",
        "patternErrorMessage": "must be a PNG or JPEG file in this file's folder, such as logo.png",
    }
    return {
        "$schema": DIALECT,
        "title": "Project file of bmcrender",
        "description": "Defaults for all canvases in a folder and below it; what a canvas says wins.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "theme": own_theme,
            "language": language(),
            "render": render(),
            **{name: known[name] for name in ("organization", "authors", "footer")},
            "logo": logo,
            "template": _place("A presentation whose layouts decks take.", "./brand.potx"),
            "data": _place("A folder with kinds, languages and themes of your own.", "./data"),
            "font_path": {
                **_place("A font, or a folder of fonts; or a list of them.", "./fonts"),
                "type": ["string", "array"],
                "maxItems": 50,
                "items": {"type": "string", "maxLength": limits.FIELD_CHARACTERS, **FILLED},
            },
        },
    }


def _place(description: str, example: str) -> Schema:
    """Return the schema of a path relative to the file that says it."""
    return field(f"{description[:-1]}, relative to this file.", example, **FILLED)
