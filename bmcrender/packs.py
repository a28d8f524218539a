"""The plain data of kinds and language packs as dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bmcrender.model import Areas, GuideBlock, GuideItem, GuideList, Kind, KindBlock, Language


def kind_of(data: Mapping[str, Any]) -> Kind:
    """Return a kind, its blocks in the order of work."""
    blocks = {id: _kind_block(id, data["blocks"][id]) for id in data["order"]}
    return Kind(
        id=data["kind"],
        licence_url=data["licence"]["url"],
        blocks=blocks,
        landscape=_areas(data["areas"]["landscape"]),
        portrait=_areas(data["areas"]["portrait"]),
    )


def _kind_block(id: str, data: Mapping[str, Any]) -> KindBlock:
    lists = {name: tuple(items) for name, items in (data.get("lists") or {}).items()}
    return KindBlock(
        id=id,
        code=data["code"],
        icon=data.get("icon", ""),
        group=data.get("group", ""),
        emphasis=bool(data.get("emphasis", False)),
        also=tuple(data.get("also") or ()),
        questions=tuple(data.get("questions") or ()),
        lists=lists,
        ordered=tuple(data.get("ordered") or ()),
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
        tag=common["language"],
        direction=common["direction"],
        script=common["script"],
        digits=common["digits"],
        calendar=common["calendar"],
        date=said(common["date"]),
        first_day=str(common.get("first_day", "")),
        months={calendar: tuple(map(said, names)) for calendar, names in common["months"].items()},
        separator=said(common["separator"]),
        labels={key: said(text) for key, text in common["labels"].items()},
        steps=tuple(map(said, common["steps"])),
        breaks={
            word.replace("|", ""): tuple(word.split("|")) for word in map(said, common.get("breaks") or ())
        },
        kind_title=said(words["title"]),
        attribution=said(words["attribution"]),
        blocks={id: _guide_block(words["blocks"][id], block) for id, block in kind.blocks.items()},
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
