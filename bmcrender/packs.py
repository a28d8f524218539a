"""The plain data of kinds and language packs as dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bmcrender.model import Areas, GuideBlock, GuideItem, GuideList, Kind, KindBlock, Language


def kind_of(data: Mapping[str, Any]) -> Kind:
    """Return a kind, its blocks in the order of work."""
    blocks = {id: _kind_block(id, data["blocks"][id]) for id in data["order"]}
    return Kind(
        data["kind"],
        data["name"],
        data["licence"]["url"],
        blocks,
        _areas(data["areas"]["landscape"]),
        _areas(data["areas"]["portrait"]),
    )


def _kind_block(id: str, data: Mapping[str, Any]) -> KindBlock:
    lists = {name: tuple(items) for name, items in (data.get("lists") or {}).items()}
    return KindBlock(
        id,
        data["code"],
        data.get("icon", ""),
        data.get("group", ""),
        bool(data.get("emphasis", False)),
        tuple(data.get("also") or ()),
        tuple(data.get("questions") or ()),
        lists,
        tuple(data.get("ordered") or ()),
    )


def _areas(data: Mapping[str, Any]) -> Areas:
    names = tuple(tuple(row.split()) for row in data["names"])
    return Areas(tuple(map(float, data["columns"])), tuple(map(float, data["rows"])), names)


def said(text: Any) -> str:
    """Return a text of a language pack, given bare or as {text: …}."""
    return str(text["text"]) if isinstance(text, Mapping) else str(text)


def language_of(common: Mapping[str, Any], words: Mapping[str, Any], kind: Kind) -> Language:
    """Return a language pack from its common part and its words for one kind."""
    return Language(
        common["language"],
        said(common["name"]),
        common["direction"],
        common["script"],
        common["digits"],
        common["calendar"],
        said(common["date"]),
        str(common.get("first_day", "")),
        {calendar: tuple(map(said, names)) for calendar, names in common["months"].items()},
        said(common["separator"]),
        {key: said(text) for key, text in common["labels"].items()},
        tuple(map(said, common["steps"])),
        {word.replace("|", ""): tuple(word.split("|")) for word in map(said, common.get("breaks") or ())},
        said(words["title"]),
        said(words["attribution"]),
        {id: _guide_block(words["blocks"][id], block) for id, block in kind.blocks.items()},
    )


def _guide_block(data: Mapping[str, Any], block: KindBlock) -> GuideBlock:
    """Return a block's words, in the order of the kind."""
    questions = tuple(GuideItem(id, said(data["questions"][id])) for id in block.questions)
    lists = tuple(
        GuideList(
            name,
            said(data["lists"][name]["heading"]),
            tuple(_guide_item(id, data["lists"][name]["items"][id]) for id in ids),
            name in block.ordered,
        )
        for name, ids in block.lists.items()
    )
    return GuideBlock(said(data["title"]), said(data["meaning"]), questions, lists)


def _guide_item(id: str, data: Any) -> GuideItem:
    if not isinstance(data, Mapping):
        return GuideItem(id, str(data))
    return GuideItem(id, said(data), said(data.get("gloss", "")), said(data.get("question", "")))
