"""A document to a deck: opening, overview, the blocks in the order of work, closing."""

from __future__ import annotations

from collections.abc import Mapping

from bmcrender.errors import Diagnostic
from bmcrender.layout.deck.block_slides import block_layout, block_slides
from bmcrender.layout.deck.cover import closing, closing_layout, opening, opening_layout
from bmcrender.layout.deck.gauge import Gauge
from bmcrender.layout.deck.overview import overview, overview_layout
from bmcrender.layout.deck.setting import Setting
from bmcrender.measure import Measurer
from bmcrender.model import Document
from bmcrender.sheets import Deck


def deck(document: Document, measurer: Measurer) -> tuple[Deck, tuple[Diagnostic, ...]]:
    """Return the deck; it has no findings, for whatever does not fit a slide goes on, on the next.

    The measurer is one with a margin: presentation programs set text a little wider or narrower.
    """
    setting = Setting(document, Gauge(document, measurer))
    titles = _titles(document)
    whole = Deck(
        width=setting.width,
        height=setting.height,
        layouts=(
            opening_layout(setting),
            overview_layout(setting),
            block_layout(setting),
            closing_layout(setting),
        ),
        slides=(
            opening(setting, titles["opening"]),
            overview(setting, titles),
            *block_slides(setting, titles),
            closing(setting, titles["closing"]),
        ),
        title=document.title.plain,
        subject=document.label("document_subject", title=document.title.plain),
        authors=document.authors,
        language=document.language,
        direction=document.direction,
        fonts=_fonts(document),
        colors={name: str(value) for name, value in document.theme.tokens["colors"].items()},
        digits=document.digits,
        licence=document.licence_url,
    )
    return whole, ()


def _titles(document: Document) -> dict[str, str]:
    """Return the title of each slide, by role or block, no two alike: a doubled one gets its block's code."""
    titles = {
        "opening": document.title.plain,
        "overview": document.label("at_a_glance"),
        "closing": document.label("closing"),
    }
    for block in document.blocks:
        title = block.title.plain
        while title in titles.values():
            title = f"{title} ({block.code})"
        titles[block.id] = title
    return titles


def _fonts(document: Document) -> Mapping[str, str]:
    """Return the families of the deck's theme; a right-to-left document has its own in both places."""
    scripts: Mapping[str, str] = document.theme.tokens["fonts"]["scripts"]
    own = scripts.get(document.script, next(iter(scripts.values())))
    other = own if document.direction == "rtl" else scripts.get("Arab", own)
    # Markers look alike in all languages: the dots of Arabic faces are small.
    return {"latin": own, "cs": other, "marker": scripts.get("Latn", own)}
