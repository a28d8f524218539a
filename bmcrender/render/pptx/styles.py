"""List styles: what a paragraph typed later by hand inherits from a layout, the master or the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bmcrender.document import Run, Text
from bmcrender.render.pptx.colors import fill
from bmcrender.render.pptx.direction import base_direction
from bmcrender.render.pptx.markup import emu_pt, hundredths
from bmcrender.render.pptx.text import marker, side, theme_fonts
from bmcrender.slides import Deck, Layout, Paragraph, Shape

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


def level_styles(paragraphs: Sequence[Paragraph], count: int = LEVELS) -> tuple[Paragraph, ...]:
    """Return the looks of the levels 1 to `count`, each as most of its paragraphs look.

    A level without a paragraph looks like the one above it, a list's one step further in.
    """
    found: list[Paragraph] = []
    style = _bare(paragraphs[0])
    for level in range(count):
        own = [_bare(paragraph) for paragraph in paragraphs if paragraph.level == level]
        if own:
            style = Counter(own).most_common(1)[0][0]
        elif level and style.marker:
            style = replace(style, indent_pt=style.indent_pt + style.size_pt)
        found.append(style)
    return tuple(found)


def inherited(deck: Deck, layout: Layout, shape: Shape) -> tuple[Paragraph, ...]:
    """Return the looks of the levels of a layout's placeholder, one where it holds a single line."""
    count = 1 if shape.placeholder in ("title", "footer", "number") else LEVELS
    return level_styles(example_of(deck, layout, shape) or (plain(deck, 18),), count)


def levels(deck: Deck, styles: Sequence[Paragraph], font: str = "mn", over: Sequence[Paragraph] = ()) -> str:
    """Return the properties of the levels; what a level has of the one `over` it is left out.

    `font` is "mj" for the theme's heading font, "mn" for its text font.
    """
    written = []
    for number, style in enumerate(styles, 1):
        outer = _described(deck, over[number - 1]) if number <= len(over) else {}
        own = {key: xml for key, xml in _described(deck, style).items() if outer.get(key) != xml}
        if own:
            written.append(_level(number, own, "" if over else theme_fonts(font)))
    return "".join(written)


def _bare(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph's looks without its text."""
    return replace(paragraph, text=Text("", (), paragraph.text.direction), break_before=False, heading=False)


def _described(deck: Deck, style: Paragraph) -> dict[str, str]:
    """Return the attributes and elements of a level's looks, by what they are about."""
    place = f'marL="{emu_pt(style.indent_pt)}" indent="{emu_pt(-style.hang_pt)}"'
    before = f'<a:spcBef><a:spcPts val="{hundredths(style.before_pt)}"/></a:spcBef>'
    return {
        "place": place,
        "side": side(deck, style, base_direction(deck, style.text)),
        "lines": '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>',  # they grow with their text
        "before": before,
        "after": '<a:spcAft><a:spcPts val="0"/></a:spcAft>',
        "marker": marker(deck, style),
        "size": f'sz="{hundredths(style.size_pt)}"',
        "weight": f'b="{int(style.bold)}" i="0" kern="1200"',
        "color": fill(style.color, deck.colors),
    }


def _level(number: int, own: dict[str, str], fonts: str) -> str:
    """Return the element of a level from what it says itself."""

    def said(separator: str, *keys: str) -> str:
        return "".join(separator + own[key] for key in keys if key in own)

    inner = said("", "lines", "before", "after", "marker")
    run = f"<a:defRPr{said(' ', 'size', 'weight')}>{said('', 'color')}{fonts}</a:defRPr>"
    return f"<a:lvl{number}pPr{said(' ', 'place', 'side')}>{inner}{run}</a:lvl{number}pPr>"
