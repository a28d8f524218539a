"""Shapes, pictures and placeholders as elements of the shape tree of a slide, layout or master."""

from __future__ import annotations

from bmcrender.frozen import dataclass
from bmcrender.render.pptx.colors import fill, stroke
from bmcrender.render.pptx.markup import emu, escaped
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Shape

# Name of a placeholder -> its type and its index, which ties a slide's placeholder to its layout's.
PLACEHOLDERS = {
    "title": ("title", 0),
    "items": ("", 1),
    "footer": ("ftr", 11),
    "number": ("sldNum", 12),
    "questions": ("body", 13),
    "eyebrow": ("body", 14),
    "subtitle": ("subTitle", 15),
}
_ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
    "</a:xfrm></p:grpSpPr>"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape goes: its id in the part, and the ids of the relationships it needs.

    `layer` is what the tree belongs to; it decides what is written of a placeholder.
    """

    id: int
    click: str = ""  # relationship to the slide that a click leads to
    picture: str = ""  # relationship to the picture's part
    layer: str = "slide"  # "slide", "layout" or "master"


def tree(shapes: str = "") -> str:
    """Return the shape tree of a slide, layout or master; the tree itself has the id 1."""
    return f"<p:spTree>{_GROUP}{shapes}</p:spTree>"


def box_xml(deck: Deck, shape: Shape, place: Place, text: str) -> str:
    """Return a rectangle, a line (no height or no width) or a text box; `text` is its paragraphs."""
    text_box = ' txBox="1"' if text and not shape.fill and not shape.line else ""
    body = f"<p:txBody>{body_properties(deck, shape)}<a:lstStyle/>{text}</p:txBody>" if text else ""
    return (
        f"<p:sp><p:nvSpPr>{_name(shape, place)}<p:cNvSpPr{text_box}/>{_drawn(place)}</p:nvSpPr>"
        f"<p:spPr>{_transform(shape.rect)}{_geometry(shape)}{_surface(deck, shape)}</p:spPr>{body}</p:sp>"
    )


def picture_xml(shape: Shape, place: Place) -> str:
    """Return a picture that fills its rectangle."""
    return (
        f'<p:pic><p:nvPicPr>{_name(shape, place)}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
        f'{_drawn(place)}</p:nvPicPr><p:blipFill><a:blip r:embed="{place.picture}"/><a:stretch><a:fillRect/>'
        f"</a:stretch></p:blipFill><p:spPr>{_transform(shape.rect)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def placeholder_xml(
    deck: Deck, shape: Shape, place: Place, role: str, text: str, twin: Shape | None = None, styles: str = ""
) -> str:
    """Return a placeholder; what equals its `twin`, the layout's placeholder, is left to inheritance."""
    moved = "" if twin and twin.rect == shape.rect else _transform(shape.rect)
    # The order in the schema is transform, geometry, fill, line: the geometry must stand in the middle.
    # LibreOffice does not take round corners from the layout.
    geometry = "" if twin and shape.radius <= 0 else _geometry(shape)
    painted = "" if twin and _paint(twin) == _paint(shape) else _surface(deck, shape)
    same_body = twin is not None and _setting(twin) == _setting(shape)
    body = "<a:bodyPr><a:normAutofit/></a:bodyPr>" if same_body else body_properties(deck, shape)
    return (
        f'<p:sp><p:nvSpPr>{_name(shape, place)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{_placeholder(role, shape, place.layer)}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{moved}{geometry}{painted}</p:spPr>"
        f"<p:txBody>{body}<a:lstStyle>{styles}</a:lstStyle>{text}</p:txBody></p:sp>"
    )


def body_properties(deck: Deck, shape: Shape) -> str:
    """Return how a text stands in its shape; a program may shrink it later, when it is edited."""
    left, top, right, bottom = (emu(length) for length in shape.inset)
    wrap = "square" if shape.wrap else "none"
    return (
        f'<a:bodyPr vert="horz" wrap="{wrap}" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" '
        f'rtlCol="{int(deck.direction == "rtl")}" anchor="{_ANCHORS[shape.anchor]}">'
        "<a:normAutofit/></a:bodyPr>"
    )


def _placeholder(role: str, shape: Shape, layer: str) -> str:
    """Return the element that makes a shape a placeholder of its name, on a layout's role."""
    kind, index = PLACEHOLDERS[shape.placeholder]
    if kind == "title" and role == "opening":
        kind = "ctrTitle"
    if not kind and layer == "master":
        kind = "body"  # a master has no objects, only texts
    footing = kind in ("ftr", "sldNum")
    attributes = f' type="{kind}"' if kind else ""
    if footing or (kind == "body" and layer != "master"):
        attributes += ' sz="quarter"'
    if index:
        attributes += f' idx="{index}"'
    if layer == "layout" and shape.paragraphs and not footing:
        attributes += ' hasCustomPrompt="1"'  # shows the layout's words, not the program's "Click to add"
    return f"<p:ph{attributes}/>"


def _name(shape: Shape, place: Place) -> str:
    """Return the element with a shape's id, name, description and click."""
    described = f' descr="{escaped(shape.alt)}"' if shape.alt and not shape.decorative else ""
    tooltip = f' tooltip="{escaped(shape.tooltip)}"' if shape.tooltip else ""
    click = f'<a:hlinkClick r:id="{place.click}" action="ppaction://hlinksldjump"{tooltip}/>'
    inner = (click if place.click else "") + (_DECORATIVE if shape.decorative else "")
    return f'<p:cNvPr id="{place.id}" name="{escaped(shape.name)}"{described}>{inner}</p:cNvPr>'


def _drawn(place: Place) -> str:
    """Return the element that says whether the user drew a shape on a layout."""
    return "<p:nvPr/>" if place.layer == "slide" else '<p:nvPr userDrawn="1"/>'


def _transform(rect: Rect) -> str:
    """Return a rectangle in EMU."""
    return (
        f'<a:xfrm><a:off x="{emu(rect.x)}" y="{emu(rect.y)}"/>'
        f'<a:ext cx="{emu(rect.w)}" cy="{emu(rect.h)}"/></a:xfrm>'
    )


def _geometry(shape: Shape) -> str:
    """Return the geometry of a shape: a line where it has no height or no width, round corners if wanted."""
    if shape.rect.w == 0 or shape.rect.h == 0:
        return '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    if shape.radius <= 0:
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    share = min(round(shape.radius / min(shape.rect.w, shape.rect.h) * 100000), 50000)
    return (
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'
    )


def _surface(deck: Deck, shape: Shape) -> str:
    """Return the fill and the line of a shape."""
    return fill(shape.fill, deck.colors) + stroke(shape.line, shape.line_pt, deck.colors)


def _paint(shape: Shape) -> tuple[str, str, float]:
    """Return what decides a shape's surface."""
    return shape.fill, shape.line, shape.line_pt


def _setting(shape: Shape) -> tuple[tuple[float, ...], str, bool]:
    """Return what decides how text stands in a shape."""
    return shape.inset, shape.anchor, shape.wrap
