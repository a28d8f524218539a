"""The slide master, the empty layouts and the notes master, as XML made from the deck's layouts."""

from __future__ import annotations

from bmcrender.model import Deck, Layout, Paragraph, Rect, Shape
from bmcrender.render.pptx.colors import COLOR_MAP, fill
from bmcrender.render.pptx.markup import NAMESPACES, emu_pt, escaped
from bmcrender.render.pptx.shapes import Place, placeholder_xml
from bmcrender.render.pptx.styles import example_of, levels, plain
from bmcrender.render.pptx.text import Pen, number_xml, paragraphs_xml

FIRST_ID = 2147483648  # of the master; those of the layouts follow it

# What a layout is to programs that look for "the title slide"; the others are layouts of our own.
_TYPES = {"opening": "title", "overview": "titleOnly"}
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_FRAME = '<a:ln w="9525"><a:solidFill><a:schemeClr val="accent5"/></a:solidFill></a:ln>'
_WORDS = {"title": "Title", "items": "Text", "footer": "Footer"}


def master_xml(deck: Deck) -> str:
    """Return the slide master: ground, placeholders and the styles of title, body and other text."""
    found = {name: _typical(deck, name) for name in ("title", "items", "footer", "number")}
    ids = "".join(
        f'<p:sldLayoutId id="{FIRST_ID + number}" r:id="rId{number}"/>'
        for number in range(1, len(deck.layouts) + 1)
    )
    shapes = "".join(
        _master_placeholder(deck, number, shape, style)
        for number, (shape, style) in enumerate(found.values(), 2)
    )
    title, body = found["title"][1], found["items"][1]
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_ground(deck, 'page')}<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>"
        f"<p:clrMap {COLOR_MAP}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles>"
        f"<p:titleStyle>{levels(deck, title, 'mj', count=1)}</p:titleStyle>"
        f"<p:bodyStyle>{levels(deck, body)}</p:bodyStyle>"
        f"<p:otherStyle>{levels(deck, [plain(deck, 18)])}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout_xml(deck: Deck, layout: Layout) -> str:
    """Return a layout with its ground and name; its shapes are added once the package is open."""
    kind = f' type="{_TYPES[layout.role]}"' if layout.role in _TYPES else ' userDrawn="1"'
    return (
        f'<p:sldLayout {NAMESPACES} preserve="1"{kind}><p:cSld name="{escaped(layout.name)}">'
        f"{_ground(deck, layout.background)}<p:spTree>{_TREE}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def notes_master_xml(deck: Deck) -> str:
    """Return the notes master: the slide's picture above, its notes below in the deck's direction."""
    picture = _notes_placeholder(2, "Slide", 'type="sldImg" idx="2"', (54, 54, 432, 243))
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs_xml(Pen(deck), [plain(deck, 12, text='Notes')])}</p:txBody>"
    notes = _notes_placeholder(3, "Notes", 'type="body" sz="quarter" idx="3"', (54, 333, 432, 333), body)
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld>{_ground(deck, 'page')}<p:spTree>{_TREE}{picture}{notes}</p:spTree>"
        f"</p:cSld><p:clrMap {COLOR_MAP}/>"
        f"<p:notesStyle>{levels(deck, [plain(deck, 12)])}</p:notesStyle></p:notesMaster>"
    )


def _typical(deck: Deck, name: str) -> tuple[Shape, tuple[Paragraph, ...]]:
    """Return place and style of a placeholder of the master: those of the block slides, if they have it."""
    for layout in sorted(deck.layouts, key=lambda layout: layout.role != "block"):
        for shape in layout.placeholders:
            if shape.placeholder == name:
                return shape, example_of(deck, layout, shape) or (plain(deck, 18),)
    side = deck.width / 20
    places = {
        "title": Rect(side, side, deck.width - 2 * side, 2 * side),
        "items": Rect(side, 3.5 * side, deck.width - 2 * side, deck.height - 6 * side),
        "footer": Rect(side, deck.height - 1.5 * side, deck.width - 6 * side, side),
        "number": Rect(deck.width - 4 * side, deck.height - 1.5 * side, 3 * side, side),
    }
    size = 10 if name in ("footer", "number") else 24
    return Shape(name, places[name], placeholder=name), (plain(deck, size),)


def _master_placeholder(deck: Deck, number: int, shape: Shape, style: tuple[Paragraph, ...]) -> str:
    """Return a placeholder of the master; a footer without text is drawn in a foreign font by LibreOffice."""
    pen = Pen(deck)
    name = shape.placeholder
    first = style[0]
    if name == "number":
        text = number_xml(pen, first, "‹#›")
    else:
        words = plain(deck, first.size_pt, first.color, _WORDS[name], first.bold)
        text = paragraphs_xml(pen, [words])
    # Title and body take their style from the master's own list of styles; the others have none there.
    own = levels(deck, style, count=1) if name in ("footer", "number") else ""
    return placeholder_xml(deck, shape, Place(number, layer="master"), "", text, styles=own)


def _notes_placeholder(
    number: int, name: str, kind: str, points: tuple[int, int, int, int], body: str = ""
) -> str:
    """Return a placeholder of the notes page; `points` is its place in points, no body makes it the picture."""
    x, y, cx, cy = (emu_pt(length) for length in points)
    fixed = "" if body else ' noRot="1" noChangeAspect="1"'
    line = "" if body else f"<a:noFill/>{_FRAME}"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"{fixed}/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{line}</p:spPr>{body}</p:sp>"
    )


def _ground(deck: Deck, token: str) -> str:
    """Return a background in one colour."""
    return f"<p:bg><p:bgPr>{fill(token, deck.colors)}<a:effectLst/></p:bgPr></p:bg>"
