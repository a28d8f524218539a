"""List styles: what a paragraph typed later by hand inherits from a layout, the master or the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bmcrender.model import Run, Text
from bmcrender.render.pptx.colors import fill
from bmcrender.render.pptx.markup import hundredths
from bmcrender.render.pptx.text import paragraph_properties
from bmcrender.sheets import Deck, Layout, Paragraph, Shape

LEVELS = 9  # as many as the schema has


def plain(deck: Deck, size_pt: float, color: str = "ink", text: str = "", bold: bool = False) -> Paragraph:
    """Return a paragraph without marker in the deck's direction."""
    runs = (Run(text),) if text else ()
    return Paragraph(Text("", runs, deck.direction), size_pt, color, bold)


def example_of(deck: Deck, layout: Layout, shape: Shape) -> tuple[Paragraph, ...]:
    """Return paragraphs that show a placeholder's style: the layout's own, else those of the first slide."""
    if shape.paragraphs:
        return shape.paragraphs
    own = [one for one in deck.slides if one.role == layout.role and one.layout in ("", layout.name)]
    for slide in own:
        for other in slide.shapes:
            if other.placeholder == shape.placeholder and other.paragraphs:
                return other.paragraphs
    return ()


def levels(deck: Deck, paragraphs: Sequence[Paragraph], font: str = "mn", count: int = LEVELS) -> str:
    """Return the properties of the levels 1 to `count`, each as most of its paragraphs look.

    A level without a paragraph looks like the one above it, a list's one step further in. `font` is
    "mj" for the theme's heading font, "mn" for its text font.
    """
    written = []
    style = paragraphs[0]
    for level in range(count):
        own = [_bare(paragraph) for paragraph in paragraphs if paragraph.level == level]
        if own:
            style = Counter(own).most_common(1)[0][0]
        elif level and style.marker:
            style = replace(style, indent_pt=style.indent_pt + style.size_pt)
        written.append(_level(deck, level + 1, style, font))
    return "".join(written)


def theme_fonts(font: str) -> str:
    """Return the references to a theme font for Latin, East Asian and complex scripts."""
    return f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/>'


def _bare(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph's looks without its text."""
    return replace(paragraph, text=Text("", (), "ltr"), break_before=False)


def _level(deck: Deck, number: int, style: Paragraph, font: str) -> str:
    """Return the properties of one level."""
    tag = f"a:lvl{number}pPr"
    return (
        f"{paragraph_properties(deck, style, tag=tag)}"
        f'<a:defRPr sz="{hundredths(style.size_pt)}" b="{int(style.bold)}" i="0" kern="1200">'
        f"{fill(style.color, deck.colors)}{theme_fonts(font)}</a:defRPr></{tag}>"
    )
