"""The upper part of block slides, and their layouts: step, title, the way back, the canvas in small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bmcrender.document import DocumentBlock, Text
from bmcrender.layout.deck.chrome import empty, foot
from bmcrender.layout.deck.locator import others
from bmcrender.layout.deck.plan import body, item_prompt, panel, question_prompt
from bmcrender.layout.deck.setting import Setting
from bmcrender.sheets import Rect
from bmcrender.slides import Layout, Paragraph, Shape


def head(setting: Setting, block: DocumentBlock, title: Text) -> Iterator[Shape]:
    """Yield title and step, each as large as it fits its place."""
    look = setting.tokens["block"]
    heading = _title(setting, block)
    sample = setting.title(title, setting.color(look["headline"]["color"], block), loose=True)
    words = setting.fitted(heading, setting.sizes("block", "title"), sample)
    yield replace(heading, paragraphs=(words,))
    places = setting.frame("block").places
    if "eyebrow" in places:
        step = _eyebrow(setting, block)
        color = setting.color(look["step"]["color"], block)
        sample = Paragraph(block.step, 0, color, bold=True, align=setting.beside_title("block"))
        yield replace(step, paragraphs=(setting.fitted(step, setting.sizes("block", "eyebrow"), sample),))


def way_back(setting: Setting, block: DocumentBlock) -> Iterator[Shape]:
    """Yield the link to the overview in words, if there is one: small, at the far edge."""
    if "back" not in setting.frame("block").places or not setting.back:
        return
    label = setting.label("back_to_overview")
    color = setting.color(setting.tokens["back"]["color"], block)
    looks: dict[str, Any] = {"anchor": "middle", "fill": _band(setting, block), "alt": label.plain}
    shape = setting.shape("block", "back", label.plain, **looks, **setting.back)
    sizes = setting.sizes("back", "text")
    yield replace(shape, paragraphs=(setting.fitted(shape, sizes, Paragraph(label, 0, color, align="end")),))


def block_layouts(setting: Setting) -> dict[str, Layout]:
    """Return the layout for the blocks of each group: one and the same where the theme tells none apart."""
    blocks = {block.group: block for block in setting.document.blocks}
    found = {group: _layout(setting, block) for group, block in blocks.items()}
    if len({replace(layout, name="") for layout in found.values()}) > 1:
        return found
    one = replace(next(iter(found.values())), name=setting.frame("block").name)
    return dict.fromkeys(found, one)


def _layout(setting: Setting, block: DocumentBlock) -> Layout:
    """Return the layout for the blocks of a block's group: all places, the rule, the small canvas."""
    items = replace(body(setting, "items"), paragraphs=item_prompt(setting, block))
    shapes = (
        _title(setting, block),
        _eyebrow(setting, block),
        items,
        replace(panel(setting, block), paragraphs=question_prompt(setting, block)),
        *empty(tuple(foot(setting, "block"))),
    )
    name = f"{setting.frame('block').name} {block.group}"
    return Layout("block", name, "page", shapes, (*_decoration(setting, block), *others(setting, block)))


def _decoration(setting: Setting, block: DocumentBlock) -> Iterator[Shape]:
    """Yield the band behind the title, and the rule below it, as far as the theme has them."""
    band, rule = setting.tokens["block"]["band"], setting.tokens["block"]["rule"]
    if band["fill"]:
        rect = Rect(0, 0, setting.stage.width, float(band["height"]))
        yield Shape("Band", rect, fill=setting.color(band["fill"], block), decorative=True)
    if rule["line"]:
        color = setting.color(rule["line"], block)
        yield Shape(
            "Rule", setting.place("block", "rule"), line=color, line_pt=float(rule["pt"]), decorative=True
        )


def _eyebrow(setting: Setting, block: DocumentBlock) -> Shape:
    return setting.shape("block", "eyebrow", "Step", anchor="bottom", fill=_band(setting, block))


def _title(setting: Setting, block: DocumentBlock) -> Shape:
    return setting.shape("block", "title", "Title", fill=_band(setting, block))


def _band(setting: Setting, block: DocumentBlock) -> str:
    """Return the ground of what stands on the band: its own, so that programs can tell the contrast."""
    return setting.color(setting.tokens["block"]["band"]["fill"], block)
