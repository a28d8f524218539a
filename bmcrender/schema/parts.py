"""What the schemas of a canvas and of a project file share: facts, theme, defaults for rendering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bmcrender import limits
from bmcrender.choices import WORDS
from bmcrender.names import LANGUAGE_TAG, LANGUAGE_TOLD, NAME, NAME_LENGTH, TAG_LENGTH
from bmcrender.pages import SIZES

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
FILLED: Schema = {"pattern": r"\S", "patternErrorMessage": "must not be empty"}
_LOGO = (
    r"^(?!/|[A-Za-z][A-Za-z0-9+.-]*:|(.*/)?\.\.(/|$))"
    r"[^\\\x00-\x1f]*[^\\/\x00-\x1f]\.([Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg])$"
)
COLOR = r"^#[0-9A-Fa-f]{6}$"


def field(description: str, example: Any, length: int = limits.FIELD_CHARACTERS, **more: Any) -> Schema:
    """Return the schema of a text."""
    return {"description": description, "examples": [example], "type": "string", "maxLength": length, **more}


def choice(description: str, values: Sequence[Any], **more: Any) -> Schema:
    """Return the schema of one of some words."""
    return {
        "description": description,
        "examples": [values[0]],
        "type": "string",
        "enum": list(values),
        **more,
    }


def language() -> Schema:
    """Return the schema of a language's tag."""
    return {
        "description": "Language of guide and labels (BCP 47); it gives direction, digits and fonts too.",
        "examples": ["en", "fa", "de-CH"],
        "type": "string",
        "maxLength": TAG_LENGTH,
        "pattern": LANGUAGE_TAG,
        "patternErrorMessage": LANGUAGE_TOLD,
        "default": "en",
    }


def facts() -> Schema:
    """Return the schemas of what a canvas says about itself, by their names."""
    return {
        "subtitle": field("A line under the title.", "Mending what others throw away"),
        "organization": field("For whom the canvas was designed.", "Neighbourhood Workshop Association"),
        "authors": {
            "description": "Who designed it: a name or a list of names.",
            "examples": [["Mina Rahimi", "Jonas Weber"], "Mina Rahimi"],
            "type": ["string", "array"],
            "maxLength": limits.FIELD_CHARACTERS,
            "maxItems": limits.AUTHORS,
            "items": {"type": "string", "maxLength": limits.FIELD_CHARACTERS, **FILLED},
        },
        "date": field(
            "Any text; a date like 2026-03-21 is set in the language's calendar and style.", "2026-03-21"
        ),
        "version": field("Version or iteration of the canvas, as written.", "1.10"),
        "footer": field("A line at the foot of the page.", "Draft for discussion"),
        "logo": {
            "description": "A PNG or JPEG picture beside the canvas, relative to it.",
            "examples": ["logo.png"],
            "type": "string",
            "maxLength": limits.FIELD_CHARACTERS,
            "pattern": _LOGO,
            "patternErrorMessage": "must be a PNG or JPEG file in the canvas's folder, such as logo.png",
        },
    }


def theme() -> Schema:
    """Return the schema of the look: a theme's name, or its name and colours."""
    name: Schema = {
        "type": "string",
        "maxLength": NAME_LENGTH,
        "pattern": NAME,
        "patternErrorMessage": "must be the name of a theme; a folder is given by the option --theme FOLDER",
    }
    return {
        "description": "How it looks: the name of a theme, or its name and colours of one's own.",
        "examples": ["classic", {"name": "classic", "tokens": {"accent": "#0b6e4f"}}],
        **name,
        "type": ["string", "object"],
        "additionalProperties": False,
        "properties": {
            "name": {"description": "The name of a theme.", "examples": ["classic"], **name},
            "tokens": {
                "description": "Colours that replace the theme's own, by name.",
                "examples": [{"accent": "#0b6e4f"}],
                "type": "object",
                "maxProperties": 100,
                "additionalProperties": {
                    "type": "string",
                    "pattern": COLOR,
                    "patternErrorMessage": 'must be a colour of six digits in quotes, such as "#0b6e4f"',
                },
            },
        },
    }


def render() -> Schema:
    """Return the schema of the defaults for rendering, as in a canvas and in a project file."""
    page = "|".join("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in name) for name in SIZES)
    return {
        "description": "Defaults for rendering; options on the command line win.",
        "examples": [{"page": "a3", "mirror": True}],
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "page": {
                "description": "Page size: a name, or width and height in millimetres.",
                "examples": ["a3", "letter", "600x400mm"],
                "type": "string",
                "maxLength": 40,
                "pattern": rf"^({page}|[0-9]+(\.[0-9]+)?x[0-9]+(\.[0-9]+)?mm)$",
                "patternErrorMessage": f"must be {', '.join(SIZES)} or a size such as 600x400mm",
            },
            "orientation": choice("Which way the page lies.", WORDS["orientation"]),
            "layout": choice("What kind of page to make.", WORDS["layout"]),
            "guide": choice("How much of the guide to print.", WORDS["guide"]),
            "mirror": {
                "description": "Whether a right-to-left canvas is mirrored.",
                "examples": [True],
                "type": "boolean",
            },
            "deck": choice("Which slides a deck has.", WORDS["deck"]),
            "calendar": choice("Calendar of an ISO date.", ["gregorian", "jalali", "both"]),
        },
    }
