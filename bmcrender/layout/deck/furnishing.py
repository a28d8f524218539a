"""Finds room on the slides of somebody's template for what it has no place for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bmcrender.document import Document
from bmcrender.layout.deck.setting import scale
from bmcrender.sheets import Rect
from bmcrender.slides import INSET, Role, Stage

# Lengths in mm on a slide of the themes' own size.
_GAP = 6.0
_EDGE = 8.0  # kept free at the edges of slides
_ROW = 7.5  # step and way back, above the items
_PANEL = 0.36  # share of the items' width that questions beside them take
_PANEL_LEAST, _ITEMS_LEAST = 55.0, 90.0
_LOCATOR = (32.0, 20.0)
_FIELDS, _EYEBROW, _FOOTER = 24.0, 9.0, 6.0
_LOGO = (40.0, 16.0)

Places = dict[str, Rect]


def furnished(stage: Stage, document: Document) -> Iterator[Stage]:
    """Yield a stage with a place for all that there is room for, then with more room for questions.

    The stage of a theme has all places of its own.
    """
    if not stage.foreign:
        yield stage
        return
    for locator in (True, False):
        yield _furnished(stage, _Room(stage, document, locator))


def _furnished(stage: Stage, room: _Room) -> Stage:
    furnish: Mapping[Role, Callable[[Places], Places]] = {
        "opening": room.opening,
        "overview": room.overview,
        "block": room.block,
        "closing": room.closing,
    }
    frames = {
        role: replace(frame, places=furnish[role](dict(frame.places))) if role in furnish else frame
        for role, frame in stage.frames.items()
    }
    return replace(stage, frames=frames)


class _Room:
    """Free room on a stage; nothing is placed beyond what the template's own places leave or hold."""

    def __init__(self, stage: Stage, document: Document, locator: bool) -> None:
        self.stage = stage
        self.locator = locator  # whether the small canvas stands above the questions
        self.rtl = document.direction == "rtl"
        self.scale = scale(stage, document)

    def opening(self, places: Places) -> Places:
        """Add kind, fields and logo where title and subtitle leave room for them."""
        title = places["title"]
        under = places.setdefault("subtitle", places.get("items") or self._below(title, self.mm(22)))
        top = min(rect.y for rect in places.values())
        if "eyebrow" not in places and top == title.y >= self.mm(_EYEBROW + _EDGE):
            height = self.mm(_EYEBROW)
            places["eyebrow"] = Rect(title.x, title.y - height, title.w, height)
            top -= height
        floor = self._floor(places, under.bottom)
        if "fields" not in places and floor - under.bottom >= self.mm(_FIELDS + _GAP):
            y = min(floor - self.mm(_FIELDS), under.bottom + 3 * self.mm(_GAP))
            places["fields"] = Rect(title.x, y, title.w, self.mm(_FIELDS))
        if "logo" not in places and top >= self.mm(_LOGO[1] + _EDGE + _GAP):
            rect = Rect(title.x, self.mm(_EDGE), title.w, self.mm(_LOGO[1]))
            places["logo"] = self._end(rect, self.mm(_LOGO[0]))
        return places

    def overview(self, places: Places) -> Places:
        """Add the room of the boxes, and a footer."""
        places.setdefault("canvas", places.get("items") or self._canvas(places))
        return self._with_footer(places)

    def block(self, places: Places) -> Places:
        """Add step and way back above the items, questions and the small canvas beside them."""
        canvas = places.setdefault("canvas", places.get("items") or self._canvas(places))
        items = places.setdefault("items", canvas)
        if "eyebrow" not in places:
            items = self._headed(places, items)
        wide, beside = items, places.get("questions")
        if beside is not None:
            wide = _around(items, beside)
        elif items.w >= self.mm(_PANEL_LEAST + _ITEMS_LEAST + _GAP):
            items = self._parted(places, items)
        places |= {"items": items, "wide": wide, "alone": wide}
        return self._with_footer(places)

    def closing(self, places: Places) -> Places:
        """Add a place for the attribution."""
        if not {"subtitle", "items"} & set(places):
            places["subtitle"] = self._below(places["title"], self.mm(44))
        return places

    def mm(self, length: float) -> float:
        """Return a length of the themes' own slides as it is on this stage."""
        return length * self.scale

    def _headed(self, places: Places, items: Rect) -> Rect:
        """Add step and way back in a row above the items, and above the questions; return what is left."""
        row, taken = self.mm(_ROW), self.mm(_ROW + _GAP / 2)
        beside = places.get("questions")
        line = Rect(items.x, items.y, items.w, row)
        if beside is not None:
            line = replace(_around(items, beside), y=items.y, h=row)
            if beside.y < items.y + taken:
                down = items.y + taken - beside.y
                places["questions"] = beside.inset(0, down, 0, 0)
        if "items" in self.stage.frames["block"].placeholders:
            line = line.inset(INSET[0], 0, INSET[2], 0)  # in line with the text of the items
        centred = self.stage.frames["block"].centred
        aside = line.w / (4 if centred else 2)
        before, places["back"] = self._start(line, line.w - aside), self._end(line, aside)
        places["eyebrow"] = _below_middle(before, places["title"], 2 * aside) if centred else before
        return items.inset(0, taken, 0, 0)

    def _parted(self, places: Places, items: Rect) -> Rect:
        """Add questions beside the items, the small canvas above them; return the room left for items."""
        width = max(items.w * _PANEL, self.mm(_PANEL_LEAST))
        beside = self._end(items, width)
        places["questions"] = beside
        small = Rect(beside.x, beside.y, beside.w, self.mm(_LOCATOR[1]))
        if self.locator:
            places["locator"] = self._end(small, self.mm(_LOCATOR[0]))
            places["questions"] = beside.inset(0, small.h + self.mm(_GAP), 0, 0)
        return self._start(items, items.w - width - self.mm(_GAP))

    def _with_footer(self, places: Places) -> Places:
        """Add a footer below everything, if there is room for it and the template has none."""
        if "footer" in places:
            return places
        number, canvas = places.get("number"), places["canvas"]
        lowest = max(rect.bottom for name, rect in places.items() if name != "number")
        y = max(lowest, self.stage.height - self.mm(_EDGE + _FOOTER))
        row = Rect(canvas.x, y, canvas.w, self.mm(_FOOTER))
        if row.bottom > self.stage.height - 2:
            return places
        if number is not None and number.x < row.right and row.x < number.right and number.bottom > row.y:
            left, right = (
                Rect(row.x, y, number.x - row.x, row.h),
                Rect(number.right, y, row.right - number.right, row.h),
            )
            row = max(left, right, key=lambda rect: rect.w)
        if row.w >= canvas.w / 2:
            places["footer"] = row
        return places

    def _canvas(self, places: Places) -> Rect:
        """Return the room below the title and above the footers."""
        title = places["title"]
        y = title.bottom + self.mm(_GAP / 2)
        foot = 0.0 if "footer" in places else self.mm(_FOOTER + _GAP / 2)
        return Rect(title.x, y, title.w, self._floor(places, y) - foot - y)

    def _below(self, rect: Rect, height: float) -> Rect:
        y = rect.bottom + self.mm(_GAP / 2)
        return Rect(rect.x, y, rect.w, min(height, self.stage.height - self.mm(_EDGE) - y))

    def _floor(self, places: Places, above: float) -> float:
        """Return how far down a place below `above` may reach."""
        tops = [rect.y for rect in places.values() if rect.y >= above]
        return min([self.stage.height - self.mm(_EDGE), *(top - self.mm(_GAP / 2) for top in tops)])

    def _start(self, rect: Rect, width: float) -> Rect:
        return replace(rect, x=rect.right - width if self.rtl else rect.x, w=width)

    def _end(self, rect: Rect, width: float) -> Rect:
        return replace(rect, x=rect.x if self.rtl else rect.right - width, w=width)


def _below_middle(line: Rect, title: Rect, width: float) -> Rect:
    """Return so much of a line as near as can be to the middle of a title."""
    x = title.x + (title.w - width) / 2
    return replace(line, x=min(max(x, line.x), line.right - width), w=width)


def _around(one: Rect, other: Rect) -> Rect:
    """Return the least rectangle that holds two."""
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)
