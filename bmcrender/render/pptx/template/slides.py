"""Fills slides on a template's layouts: its placeholders keep what they have by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bmcrender.frozen import dataclass
from bmcrender.render.pptx.markup import NAMESPACES, emu, escaped
from bmcrender.render.pptx.shapes import Place
from bmcrender.render.pptx.slides import drawn, slide_text, titled
from bmcrender.render.pptx.template.ground import Palette
from bmcrender.render.pptx.template.nodes import nodes, tag
from bmcrender.render.pptx.template.palette import Ink, primary
from bmcrender.render.pptx.template.places import Holder
from bmcrender.render.pptx.template.roles import Choice
from bmcrender.render.pptx.text import Pen
from bmcrender.sheets import Rect
from bmcrender.slides import Frame, Shape, Slide

if TYPE_CHECKING:
    from pptx.parts.slide import BaseSlidePart

_FIRST_ID = 2
_CENTERED = ("title", "subtitle", "footer")  # what may stay in the middle, where the template has it so
_NEAR = 0.05  # mm


@dataclass(frozen=True)
class Dresser:
    """Fills the slides of one role; `colors` are those of the deck, whose names are the tokens."""

    choice: Choice
    frame: Frame
    pen: Pen

    def fill(self, slide: Slide, number: int, parts: Mapping[str, BaseSlidePart]) -> None:
        """Write a slide's shapes in reading order; `parts` are those of all slides, by id."""
        from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

        part = parts[slide.id]
        tree = part._element.cSld.spTree
        for cloned in nodes(tree, "*[not(self::p:nvGrpSpPr or self::p:grpSpPr)]"):
            tree.remove(cloned)
        pen = replace(self.pen, link=lambda url: part.relate_to(url, KIND.HYPERLINK, is_external=True))
        unused = dict(self.choice.holders)
        for index, shape in enumerate(titled(pen, slide), _FIRST_ID):
            click = part.relate_to(parts[shape.link], KIND.SLIDE) if shape.link else ""
            place = Place(index, click, _picture(part, shape))
            holder = unused.pop(shape.placeholder, None)
            if holder is None:
                tree.extend(_parsed(drawn(self._inked(pen, shape), replace(shape, placeholder=""), place)))
            else:
                tree.append(self._placeholder(pen, shape, holder, place, number))

    def _ink(self) -> Ink:
        return Ink(Palette(self.choice.layout))

    def _inked(self, pen: Pen, shape: Shape) -> Pen:
        """Return a pen in colours that can be read on a shape, or behind it if it has no fill."""
        ink = self._ink()
        outside = ink.tokens(pen.deck.colors, ink.behind(shape.rect))
        if not shape.fill:
            return _with_colors(pen, outside)
        inside = ink.tokens(pen.deck.colors, (ink.shown(outside[shape.fill]),))
        kept = {name: outside[name] for name in (shape.fill, shape.line) if name}
        return _with_colors(pen, inside | kept)

    def _placeholder(self, pen: Pen, shape: Shape, holder: Holder, place: Place, number: int) -> Any:
        """Return a placeholder: its place is written if it is another than the layout's."""
        ink = self._ink()
        ground = ink.behind(holder.rect)
        colors = ink.tokens(pen.deck.colors, ground)
        if ink.inherits(holder, ground):
            colors = primary(colors)
        if holder.is_title:
            shape = replace(shape, paragraphs=tuple(replace(one, bold=False) for one in shape.paragraphs))
        text = slide_text(_with_colors(pen, colors), shape, number)
        moved = not _same(shape.rect, self.frame.places.get(shape.placeholder)) or (
            shape.placeholder == "footer" and not _same(shape.rect.inset(*shape.inset), holder.text_rect)
        )
        element = _parsed(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{place.id}" name="{escaped(holder.name)}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{_transform(shape, holder) if moved else ''}</p:spPr>"
            f"<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>"
        )[0]
        _named_as(element, holder)
        _left_to_template(element, shape, holder, moved, self.pen.deck.direction == "rtl")
        return element


def _picture(part: BaseSlidePart, shape: Shape) -> str:
    """Return the relationship to a shape's picture, "" for a shape without."""
    return part.get_or_add_image_part(BytesIO(shape.image.data))[1] if shape.image else ""


def _parsed(fragment: str) -> list[Any]:
    """Return the elements of a piece of XML."""
    from pptx.oxml import parse_xml

    return list(parse_xml(f"<p:spTree {NAMESPACES}>{fragment}</p:spTree>"))


def _with_colors(pen: Pen, colors: Mapping[str, str]) -> Pen:
    return replace(pen, deck=replace(pen.deck, colors=colors))


def _same(one: Rect, other: Rect | None) -> bool:
    """Whether two rectangles are one to the eye."""
    if other is None:
        return False
    pairs = zip((one.x, one.y, one.w, one.h), (other.x, other.y, other.w, other.h), strict=True)
    return all(abs(a - b) < _NEAR for a, b in pairs)


def _transform(shape: Shape, holder: Holder) -> str:
    """Return where a placeholder stands so that its text has the place it was measured for."""
    left, top, right, bottom = holder.inset
    rect = shape.rect.inset(*shape.inset).inset(-left, -top, -right, -bottom)
    return (
        f'<a:xfrm><a:off x="{emu(rect.x)}" y="{emu(rect.y)}"/>'
        f'<a:ext cx="{emu(rect.w)}" cy="{emu(rect.h)}"/></a:xfrm>'
    )


def _named_as(element: Any, holder: Holder) -> None:
    """Tie a placeholder to that of the layout: the same type, index, size and direction."""
    place = nodes(element, "p:nvSpPr/p:nvPr/p:ph")[0]
    given = nodes(holder.element, "p:nvSpPr/p:nvPr/p:ph")[0]
    for name in ("type", "orient", "sz", "idx"):
        if given.get(name) is not None:
            place.set(name, given.get(name))


def _left_to_template(element: Any, shape: Shape, holder: Holder, moved: bool, rtl: bool) -> None:
    """Take out what the template decides: weight of titles, markers of items, what stands in the middle."""
    if holder.is_title:
        for run in nodes(element, ".//a:rPr[@b='0'] | .//a:endParaRPr[@b='0']"):
            del run.attrib["b"]
    for properties in nodes(element, ".//a:pPr"):
        level = int(properties.get("lvl", "0")) + 1
        if _has_marker(holder, level):
            marked = nodes(properties, "a:buChar")
            for node in nodes(properties, "a:buClr | a:buClrTx | a:buFont | a:buChar") if marked else ():
                properties.remove(node)
        if _keeps_side(shape.placeholder, holder, moved, rtl):
            properties.attrib.pop("algn", None)


def _keeps_side(name: str, holder: Holder, moved: bool, rtl: bool) -> bool:
    """Whether the template says on which side a text stands."""
    if name == "number":
        return True
    if name not in _CENTERED or not (holder.is_title or holder.kind in ("subTitle", "ftr")) or moved:
        return False
    return not rtl or holder.inherited("@algn") == "ctr"


def _has_marker(holder: Holder, level: int) -> bool:
    """Whether a placeholder marks the paragraphs of a level by itself."""
    for style in holder.styles(level):
        found = nodes(style, "a:buNone | a:buChar | a:buBlip | a:buAutoNum")
        if found:
            return tag(found[0]) in ("buChar", "buBlip")
    return False
