"""The JSON Schema of a canvas, generated from the kinds; `python -m bmcrender.schema` commits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bmcrender import limits
from bmcrender.choices import WORDS
from bmcrender.model import GuideBlock, Kind, KindBlock
from bmcrender.names import LANGUAGE_TAG, LANGUAGE_TOLD
from bmcrender.pages import SIZES

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_FILLED: Schema = {"pattern": r"\S", "patternErrorMessage": "must not be empty"}
_LOGO = (
    r"^(?!/|[A-Za-z][A-Za-z0-9+.-]*:|(.*/)?\.\.(/|$))"
    r"[^\\\x00-\x1f]*[^\\/\x00-\x1f]\.([Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg])$"
)
COLOR = r"^#[0-9A-Fa-f]{6}$"


def canvas_schema(
    kinds: Sequence[Kind], words: Mapping[str, Mapping[str, GuideBlock]] | None = None
) -> Schema:
    """Return the schema of a canvas of these kinds, its blocks explained in `words` (by kind, by block)."""
    words = words or {}
    blocks: Schema = {}
    for kind in kinds:
        for block in kind.blocks.values():
            blocks.setdefault(block.id, _block(block, words.get(kind.id, {}).get(block.id)))
    schema: Schema = {
        "$schema": _DIALECT,
        "title": "Canvas of bmcrender",
        "description": "A business model canvas as text: a title, some facts about it, and items in blocks.",
        "type": "object",
        "additionalProperties": False,
        "required": ["title"],
        "properties": {
            **_heading(kinds),
            **_facts(),
            "theme": _theme(),
            "render": render_schema(),
            "blocks": {
                "description": "What the canvas says, block by block. Blocks left out stay empty.",
                "examples": [{next(iter(blocks)): ["An item", "Another item"]}],
                "type": "object",
                "additionalProperties": False,
                "properties": blocks,
            },
        },
        "$defs": {"item": _item()},
    }
    if len(kinds) > 1:
        schema["allOf"] = [_own_blocks(kind) for kind in kinds]
    return schema


def _own_blocks(kind: Kind) -> Schema:
    """Return the rule that a canvas of this kind holds this kind's blocks only."""
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind.id}}},
        "then": {"properties": {"blocks": {"propertyNames": {"enum": list(kind.blocks)}}}},
    }


def _field(description: str, example: Any, length: int = limits.FIELD_CHARACTERS, **more: Any) -> Schema:
    return {"description": description, "examples": [example], "type": "string", "maxLength": length, **more}


def _choice(description: str, values: Sequence[Any], **more: Any) -> Schema:
    return {
        "description": description,
        "examples": [values[0]],
        "type": "string",
        "enum": list(values),
        **more,
    }


def _heading(kinds: Sequence[Kind]) -> Schema:
    return {
        "format": {
            "description": "Version of this file format.",
            "examples": [1],
            "type": "integer",
            "enum": [1],
            "default": 1,
        },
        "kind": _choice("Which canvas this is.", [kind.id for kind in kinds], default=kinds[0].id),
        "title": _field(
            "What the canvas is about; the one required field.",
            "Repair café",
            limits.TITLE_CHARACTERS,
            **_FILLED,
        ),
        "language": _language(),
    }


def _language() -> Schema:
    return {
        "description": "Language of guide and labels (BCP 47); it gives direction, digits and fonts too.",
        "examples": ["en", "fa", "de-CH"],
        "type": "string",
        "maxLength": 60,
        "pattern": LANGUAGE_TAG,
        "patternErrorMessage": LANGUAGE_TOLD,
        "default": "en",
    }


def _facts() -> Schema:
    return {
        "subtitle": _field("A line under the title.", "Mending what others throw away"),
        "organization": _field("For whom the canvas was designed.", "Neighbourhood Workshop Association"),
        "authors": {
            "description": "Who designed it: a name or a list of names.",
            "examples": [["Mina Rahimi", "Jonas Weber"], "Mina Rahimi"],
            "type": ["string", "array"],
            "maxLength": limits.FIELD_CHARACTERS,
            "maxItems": limits.AUTHORS,
            "items": {"type": "string", "maxLength": limits.FIELD_CHARACTERS, **_FILLED},
        },
        "date": _field(
            "Any text; a date like 2026-03-21 is set in the language's calendar and style.", "2026-03-21"
        ),
        "version": _field("Version or iteration of the canvas, as written.", "1.10"),
        "footer": _field("A line at the foot of the page.", "Draft for discussion"),
        "logo": {
            "description": "A PNG or JPEG picture beside the canvas, relative to it.",
            "examples": ["logo.png"],
            "type": "string",
            "maxLength": limits.FIELD_CHARACTERS,
            "pattern": _LOGO,
            "patternErrorMessage": "must be a PNG or JPEG file in the canvas's folder, such as logo.png",
        },
    }


def _theme() -> Schema:
    name: Schema = {
        "type": "string",
        "maxLength": 100,
        "pattern": r"^[A-Za-z0-9_][A-Za-z0-9_-]*$",
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
                    "patternErrorMessage": 'must be a colour in quotes, such as "#0b6e4f"',
                },
            },
        },
    }


def render_schema() -> Schema:
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
            "orientation": _choice("Which way the page lies.", WORDS["orientation"]),
            "layout": _choice("What kind of page to make.", WORDS["layout"]),
            "guide": _choice("How much of the guide to print.", WORDS["guide"]),
            "mirror": {
                "description": "Whether a right-to-left canvas is mirrored.",
                "examples": [True],
                "type": "boolean",
            },
            "deck": _choice("Which slides a deck has.", WORDS["deck"]),
            "calendar": _choice("Calendar of an ISO date.", ["gregorian", "jalali", "both"]),
        },
    }


def project_schema() -> Schema:
    """Return the schema of a project file: defaults for the canvases below it, and folders beside it."""
    facts, theme = _facts(), _theme()
    folder: Schema = {
        "type": "string",
        "maxLength": limits.FIELD_CHARACTERS,
        "pattern": r"\S",
        "patternErrorMessage": "must be the name of a theme, or a folder relative to this file",
    }
    own_theme = {
        **theme,
        **folder,
        "type": theme["type"],
        "description": "How it looks: a theme's name, or its folder relative to this file; colours too.",
        "examples": ["modern", "./house-theme", {"name": "classic", "tokens": {"accent": "#0b6e4f"}}],
        "properties": {
            **theme["properties"],
            "name": {"description": "A theme's name or folder.", "examples": ["./house-theme"], **folder},
        },
    }
    logo = facts["logo"] | {
        "description": "A PNG or JPEG picture for canvases without one, relative to this file.",
        "patternErrorMessage": "must be a PNG or JPEG file in this file's folder, such as logo.png",
    }
    return {
        "$schema": _DIALECT,
        "title": "Project file of bmcrender",
        "description": "Defaults for all canvases in a folder and below it; what a canvas says wins.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "theme": own_theme,
            "language": _language(),
            "render": render_schema(),
            **{name: facts[name] for name in ("organization", "authors", "footer")},
            "logo": logo,
            "template": _place("A presentation whose layouts decks take.", "./brand.potx"),
            "data": _place("A folder with kinds, languages and themes of your own.", "./data"),
            "font_path": {
                **_place("A font, or a folder of fonts; or a list of them.", "./fonts"),
                "type": ["string", "array"],
                "maxItems": 50,
                "items": {"type": "string", "maxLength": limits.FIELD_CHARACTERS, **_FILLED},
            },
        },
    }


def _place(description: str, example: str) -> Schema:
    """Return the schema of a path relative to the file that says it."""
    return _field(f"{description[:-1]}, relative to this file.", example, **_FILLED)


def _block(block: KindBlock, words: GuideBlock | None) -> Schema:
    named = f"{words.title}. {words.meaning}" if words else f"The block {block.id}."
    items: Schema = {"type": "array", "items": {"$ref": "#/$defs/item"}}
    return {
        "description": " ".join(named.split()),
        "examples": [
            ["An item", {"text": "An item with more", "note": "For the speaker", "items": ["Nested"]}]
        ],
        **items,
        "type": ["array", "object", "string"],
        "maxLength": limits.ITEM_CHARACTERS,
        "additionalProperties": False,
        "properties": {
            "title": _field("A heading of one's own instead of the language's.", "Guests", **_FILLED),
            "items": {"description": "The items of the block.", "examples": [["An item"]], **items},
            "questions": {
                "description": "Questions that replace the guide's for this block.",
                "examples": [["Who comes back?"]],
                "type": "array",
                "maxItems": limits.QUESTIONS,
                "items": {"type": "string", "maxLength": limits.ITEM_CHARACTERS, **_FILLED},
            },
            "notes": _field(
                "Speaker notes of the block's slide.", "Ask for examples.", limits.NOTE_CHARACTERS, **_FILLED
            ),
        },
    }


def _item() -> Schema:
    text: Schema = {"maxLength": limits.ITEM_CHARACTERS, **_FILLED}
    return {
        "description": "An item: text with **bold**, *emphasis*, `code`, [links](https://…), or keys.",
        "examples": ["An item", {"text": "An item", "note": "For the speaker"}],
        "type": ["string", "object"],
        **text,
        "required": ["text"],
        "additionalProperties": False,
        "properties": {
            "text": {"description": "The item itself.", "examples": ["An item"], "type": "string", **text},
            "note": _field(
                "A note for the speaker.", "Numbers of last May.", limits.NOTE_CHARACTERS, **_FILLED
            ),
            "items": {
                "description": f"Items under this one, up to {limits.NESTING} levels in all.",
                "examples": [["A nested item"]],
                "type": "array",
                "items": {"$ref": "#/$defs/item"},
            },
        },
    }


def committed_schemas() -> dict[str, str]:
    """Return the generated schemas by name as texts; the canvas's explained by the English packs."""
    import json

    from bmcrender.resources import FALLBACK_LANGUAGE, library

    kinds = [library().kind(id) for id in library().kinds()]
    words = {kind.id: library().language(FALLBACK_LANGUAGE, kind)[0].blocks for kind in kinds}
    made = {"canvas": canvas_schema(kinds, words), "project": project_schema()}
    return {name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()}


def _write() -> None:
    """Write the committed schemas into the checkout."""
    from bmcrender.resources import schemas_folder

    for name, text in committed_schemas().items():
        (schemas_folder() / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
