"""The placeholders of a template's layouts, with all that they inherit from their master."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bmcrender.frozen import dataclass
from bmcrender.render.pptx.markup import EMU_PER_MM
from bmcrender.render.pptx.template.nodes import nodes, tag
from bmcrender.sheets import Rect
from bmcrender.slides import INSET

if TYPE_CHECKING:
    from pptx.slide import SlideLayout

# Left, top, right and bottom of a text in its shape where nothing else is said, in mm.
_INSETS = dict(zip(("lIns", "tIns", "rIns", "bIns"), INSET, strict=True))
_BODIES = ("obj", "body", "subTitle")
_TITLES = ("title", "ctrTitle")
_PARENTS = {"ctrTitle": "title", "obj": "body", "subTitle": "body"}
_FEET = ("dt", "ftr", "sldNum")


@dataclass(frozen=True)
class Holder:
    """A placeholder of a layout: its type, where it stands (mm), the margins of its text, its ancestors."""

    kind: str  # "obj" where the file names none
    name: str
    rect: Rect
    inset: tuple[float, float, float, float]
    element: Any  # of the layout
    above: Any  # the placeholder of the master, or None
    master: Any

    def styles(self, level: int = 1) -> Iterator[Any]:
        """Yield the properties of a level that it inherits, its own before those of its master."""
        path = f"p:txBody/a:lstStyle/a:lvl{level}pPr"
        for one in (self.element, self.above):
            if one is not None:
                yield from nodes(one, path)
        kind = "titleStyle" if self.is_title else "otherStyle" if self.kind in _FEET else "bodyStyle"
        yield from nodes(self.master, f"p:txStyles/p:{kind}/a:lvl{level}pPr")

    def inherited(self, path: str, level: int = 1) -> str:
        """Return an attribute that it inherits, found by its path in the properties of a level."""
        return next((str(found[0]) for style in self.styles(level) if (found := nodes(style, path))), "")

    @property
    def text_rect(self) -> Rect:
        """The place of its text."""
        return self.rect.inset(*self.inset)

    @property
    def is_title(self) -> bool:
        """Whether it is for the slide's title."""
        return self.kind in _TITLES

    @property
    def is_body(self) -> bool:
        """Whether it takes running text."""
        return self.kind in _BODIES


@dataclass(frozen=True)
class TemplateLayout:
    """A layout of a template."""

    layout: SlideLayout
    width: float  # of a slide, in mm
    height: float
    first: bool = False  # whether the template's first slide has this master
    later: int = 0  # how many of its other slides have

    @property
    def name(self) -> str:
        """Its name as the program shows it."""
        return str(self.layout.name)

    @property
    def kind(self) -> str:
        """Its type as the file says it: the same word in every language of the program."""
        return str(self.layout._element.get("type", "cust"))

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Its placeholders that have a place on the slide, in the file's order."""
        return tuple(self._holders())

    @cached_property
    def title(self) -> Holder | None:
        """The place of the title."""
        return next((one for one in self.holders if one.is_title), None)

    @cached_property
    def bodies(self) -> tuple[Holder, ...]:
        """The places for running text, from above and from where lines start."""
        found = [one for one in self.holders if one.is_body]
        return tuple(sorted(found, key=lambda one: (round(one.rect.y / 5), one.rect.x)))

    def foot(self, kind: str) -> Holder | None:
        """Return the place of the footer (ftr), the slide number (sldNum) or the date (dt)."""
        return next((one for one in self.holders if one.kind == kind), None)

    def _holders(self) -> Iterator[Holder]:
        for element in _placed(self.layout._element):
            place = nodes(element, "p:nvSpPr/p:nvPr/p:ph")[0]
            kind = place.get("type", "obj")
            above = self._above(kind)
            rect = rect_of(element) or rect_of(above)
            if rect is not None and self._shown(rect) and not _vertical(element, above):
                name = nodes(element, "p:nvSpPr/p:cNvPr/@name")[0]
                insets, master = _insets(element, above), self.layout.slide_master._element
                yield Holder(kind, str(name), rect, insets, element, above, master)

    def _above(self, kind: str) -> Any:
        """Return the placeholder of the master that one of a type inherits from."""
        wanted = _PARENTS.get(kind, kind)
        found = [*_placed(self.layout.slide_master._element)]
        kinds = [nodes(one, "p:nvSpPr/p:nvPr/p:ph")[0].get("type", "obj") for one in found]
        if wanted not in kinds and wanted not in (*_TITLES, *_FEET):
            wanted = "body"  # pictures, tables and the like have their place from the text's
        return found[kinds.index(wanted)] if wanted in kinds else None

    def _shown(self, rect: Rect) -> bool:
        """Whether most of a place lies on the slide, and it is large enough for a word."""
        across = min(rect.right, self.width) - max(rect.x, 0)
        down = min(rect.bottom, self.height) - max(rect.y, 0)
        return across > rect.w / 2 and down > rect.h / 2 and across >= 5 and down >= 3


def layouts_of(presentation: Any, samples: Sequence[str] = ()) -> tuple[TemplateLayout, ...]:
    """Return all layouts of a template, master by master; `samples` are the masters of its own slides."""
    size = presentation.slide_width / EMU_PER_MM, presentation.slide_height / EMU_PER_MM
    found = []
    for master in presentation.slide_masters:
        name = str(master.part.partname)
        used = name in samples[:1], samples[1:].count(name)
        found += [TemplateLayout(layout, *size, *used) for layout in master.slide_layouts]
    return tuple(found)


def _placed(element: Any) -> Iterator[Any]:
    """Yield the shapes of a layout or master that are placeholders."""
    yield from nodes(element, "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph]")


def rect_of(element: Any) -> Rect | None:
    """Return where a shape stands, if it says so itself."""
    return _rect(nodes(element, "p:spPr/a:xfrm"), "a:off", "a:ext") if element is not None else None


def decoration(tree: Any, within: Callable[[Rect], Rect] = lambda rect: rect) -> Iterator[tuple[Any, Rect]]:
    """Yield the shapes of a tree that are no placeholders, from the back, with their places on the slide.

    `within` takes a place in a group to that on the slide.
    """
    for shape in nodes(tree, "p:sp[not(*/p:nvPr/p:ph)] | p:pic[not(*/p:nvPr/p:ph)] | p:cxnSp | p:grpSp"):
        frame = nodes(shape, "p:grpSpPr/a:xfrm")
        if tag(shape) != "grpSp":
            rect = rect_of(shape)
            if rect is not None:
                yield shape, within(rect)
            continue
        outer, inner = _rect(frame, "a:off", "a:ext"), _rect(frame, "a:chOff", "a:chExt")
        if outer and inner and inner.w > 0 and inner.h > 0:
            yield from decoration(shape, _grouped(within, outer, inner))


def layers(layout: SlideLayout) -> Iterator[Any]:
    """Yield what is drawn on slides of a layout, the topmost first: itself, and its master if it shows."""
    yield layout
    if layout._element.get("showMasterSp") not in ("0", "false"):
        yield layout.slide_master


def _grouped(within: Callable[[Rect], Rect], outer: Rect, inner: Rect) -> Callable[[Rect], Rect]:
    """Return what takes a place in a group to the slide."""
    across, down = outer.w / inner.w, outer.h / inner.h

    def placed(rect: Rect) -> Rect:
        x, y = outer.x + (rect.x - inner.x) * across, outer.y + (rect.y - inner.y) * down
        return within(Rect(x, y, rect.w * across, rect.h * down))

    return placed


def _rect(found: Sequence[Any], corner: str, size: str) -> Rect | None:
    """Return the rectangle of a transform by the names of its two parts."""
    for one in found:
        at, extent = nodes(one, corner), nodes(one, size)
        if at and extent:
            numbers = (at[0].get("x"), at[0].get("y"), extent[0].get("cx"), extent[0].get("cy"))
            return Rect(*(int(number) / EMU_PER_MM for number in numbers))
    return None


def _insets(element: Any, above: Any) -> tuple[float, float, float, float]:
    """Return the margins of a shape's text: its own, else the master's, else those of the format."""
    found = []
    for side, usual in _INSETS.items():
        given = [nodes(one, f"p:txBody/a:bodyPr/@{side}") for one in (element, above) if one is not None]
        found.append(next((int(values[0]) / EMU_PER_MM for values in given if values), usual))
    left, top, right, bottom = found
    return left, top, right, bottom


def _vertical(element: Any, above: Any) -> bool:
    """Whether a placeholder's text runs from top to bottom."""
    for one in (element, above):
        turned = nodes(one, "p:txBody/a:bodyPr/@vert") if one is not None else []
        if turned:
            return str(turned[0]) != "horz"
    return False
