"""A document to a deck: opening, overview, the blocks in the order of work, closing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bmcrender.document import Document
from bmcrender.layout.deck.block_head import block_layouts
from bmcrender.layout.deck.block_slides import block_slides
from bmcrender.layout.deck.cover import closing, closing_layout, opening, opening_layout, section_layout
from bmcrender.layout.deck.furnishing import furnished
from bmcrender.layout.deck.gauge import Gauge
from bmcrender.layout.deck.overview import overview, overview_layout
from bmcrender.layout.deck.plan import panels_fit
from bmcrender.layout.deck.rag import settled
from bmcrender.layout.deck.sections import sections
from bmcrender.layout.deck.setting import Setting
from bmcrender.layout.deck.stage import own_stage
from bmcrender.measure import Measurer
from bmcrender.slides import Deck, Layout, Slide, Stage


def deck(document: Document, measurer: Measurer, stage: Stage | None = None) -> Deck:
    """Return the deck: whatever does not fit a slide goes on, on the next.

    Without a stage it is that of the document's theme. The measurer is one with a margin: presentation
    programs set text a little wider or narrower.
    """
    given = stage or own_stage(document)
    gauge = Gauge(document, measurer, given.fonts)
    settings = [Setting(document, gauge, one) for one in furnished(given, document)]
    setting = next((one for one in settings[:-1] if panels_fit(one)), settings[-1])
    slides = tuple(
        replace(slide, shapes=tuple(settled(setting, shape) for shape in slide.shapes))
        for slide in _slides(setting)
    )
    tokens = document.theme.tokens
    return Deck(
        width=given.width,
        height=given.height,
        layouts=() if given.foreign else tuple(_layouts(setting)),
        slides=slides,
        title=document.title.plain,
        subject=document.label("document_subject", title=document.title.plain),
        authors=document.authors,
        language=document.language,
        direction=document.direction,
        fonts=given.fonts,
        colors={name: str(value) for name, value in {**tokens["groups"], **tokens["colors"]}.items()},
        digits=document.digits,
        licence=document.licence_url,
        sections=sections(document, slides),
    )


def _slides(setting: Setting) -> Iterator[Slide]:
    """Yield the slides that the document asks for."""
    titles, wanted = _titles(setting.document), setting.document.deck
    yield opening(setting, titles["opening"])
    if wanted != "blocks":
        yield overview(setting, titles)
    if wanted != "overview":
        yield from block_slides(setting, titles, _block_layout_names(setting))
    yield closing(setting, titles["closing"])


def _layouts(setting: Setting) -> Iterator[Layout]:
    """Yield the layouts of the theme's own slides."""
    yield opening_layout(setting)
    yield overview_layout(setting)
    yield from dict.fromkeys(block_layouts(setting).values())
    yield section_layout(setting)
    yield closing_layout(setting)


def _block_layout_names(setting: Setting) -> Mapping[str, str]:
    """Return the names of the layouts of block slides, by group of blocks."""
    if setting.stage.foreign:
        name = setting.frame("block").name
        return {block.group: name for block in setting.document.blocks}
    return {group: layout.name for group, layout in block_layouts(setting).items()}


def _titles(document: Document) -> dict[str, str]:
    """Return the title of each slide, by role or block, no two alike.

    A doubled one gets its block's code, or the name of the canvas.
    """
    kind = document.kind_title.plain
    ours = [("overview", document.label("at_a_glance"), kind), ("closing", document.label("closing"), kind)]
    blocks = [(block.id, block.title.plain, block.code) for block in document.blocks]
    titles = {"opening": document.title.plain}
    for name, title, mark in (*ours, *blocks):
        while title in titles.values():
            title = f"{title} ({mark})"
        titles[name] = title
    return titles
