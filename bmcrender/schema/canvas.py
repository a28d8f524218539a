"""The JSON Schema of a canvas, generated from the kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bmcrender import limits
from bmcrender.model import GuideBlock, Kind, KindBlock
from bmcrender.schema.parts import DIALECT, FILLED, Schema, choice, facts, field, language, render, theme


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
        "$schema": DIALECT,
        "title": "Canvas of bmcrender",
        "description": "A business model canvas as text: a title, some facts about it, and items in blocks.",
        "type": "object",
        "additionalProperties": False,
        "required": ["title"],
        "properties": {
            **_heading(kinds),
            **facts(),
            "theme": theme(),
            "render": render(),
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


def _heading(kinds: Sequence[Kind]) -> Schema:
    return {
        "format": {
            "description": "Version of this file format.",
            "examples": [1],
            "type": "integer",
            "enum": [1],
            "default": 1,
        },
        "kind": choice("Which canvas this is.", [kind.id for kind in kinds], default=kinds[0].id),
        "title": field(
            "What the canvas is about; the one required field.",
            "Repair café",
            limits.TITLE_CHARACTERS,
            **FILLED,
        ),
        "language": language(),
    }


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
            "title": field("A heading of one's own instead of the language's.", "Guests", **FILLED),
            "items": {"description": "The items of the block.", "examples": [["An item"]], **items},
            "questions": {
                "description": "Questions that replace the guide's for this block.",
                "examples": [["Who comes back?"]],
                "type": "array",
                "maxItems": limits.QUESTIONS,
                "items": {"type": "string", "maxLength": limits.ITEM_CHARACTERS, **FILLED},
            },
            "notes": field(
                "Speaker notes of the block's slide.", "Ask for examples.", limits.NOTE_CHARACTERS, **FILLED
            ),
        },
    }


def _item() -> Schema:
    text: Schema = {"maxLength": limits.ITEM_CHARACTERS, **FILLED}
    return {
        "description": "An item: text with **bold**, *emphasis*, `code`, [links](https://…), or keys.",
        "examples": ["An item", {"text": "An item", "note": "For the speaker"}],
        "type": ["string", "object"],
        **text,
        "required": ["text"],
        "additionalProperties": False,
        "properties": {
            "text": {"description": "The item itself.", "examples": ["An item"], "type": "string", **text},
            "note": field(
                "A note for the speaker.", "Numbers of last May.", limits.NOTE_CHARACTERS, **FILLED
            ),
            "items": {
                "description": f"Items under this one, up to {limits.NESTING} levels in all.",
                "examples": [["A nested item"]],
                "type": "array",
                "items": {"$ref": "#/$defs/item"},
            },
        },
    }
