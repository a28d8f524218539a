"""The stage that a template offers: where its layouts have room for our texts, in mm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bmcrender.render.pptx.template.nodes import nodes
from bmcrender.render.pptx.template.places import Holder, TemplateLayout, decoration, layers, rect_of
from bmcrender.render.pptx.template.roles import Choice
from bmcrender.sheets import Rect
from bmcrender.slides import INSET, Frame, Role, Stage

_FEET = ("dt", "ftr", "sldNum")
_GAP = 3.0  # between what is drawn and what stands above and below it
_FOOT_HEIGHT, _FOOT_MARGIN = 7.0, 3.5  # of a footer of ours
_LEAST_MARGIN = 5.0
_LOW = 0.8  # of the height: what stands lower is at the foot
_BACKGROUND = 0.35  # of the slide: what covers more is no obstacle
_FREE_FORM = 0.08  # the same for free forms, whose corners are clear
_WORTH = 0.8  # so much of a place must be left beside an obstacle
_CAPITALS, _BOLD = 0.84, 0.95  # share of a width that small or lighter letters take of it
_FOOTED = ("overview", "block")


def template_stage(choices: Sequence[Choice], fonts: Mapping[str, str]) -> Stage:
    """Return the stage of the chosen layouts, for texts in some families."""
    frames: dict[Role, Frame] = {choice.role: _frame(choice) for choice in choices}
    first = choices[0].layout
    return Stage(first.width, first.height, frames, fonts, foreign=True)


def _frame(choice: Choice) -> Frame:
    """Return the places of one role's slides."""
    layout = choice.layout
    places = {name: measured(holder) for name, holder in choice.holders.items()}
    placeholders = frozenset(choice.holders)
    foot = _foot_top(layout)
    for name in ("items", "questions"):
        if name in places and places[name].y < foot < places[name].bottom:
            places[name] = replace(places[name], h=foot - places[name].y)
    obstacles = tuple(_obstacles(layout))
    if choice.role in _FOOTED:
        places["footer"] = _footer(choice, obstacles)
    else:
        placeholders -= {"footer", "number"}
        for name in ("footer", "number"):
            places.pop(name, None)
    if choice.role == "overview":
        places["canvas"] = _beside(_room(choice, places), obstacles)
    centred = choice.holders["title"].inherited("@algn") == "ctr"
    return Frame(layout.name, places, placeholders, centred)


def measured(holder: Holder) -> Rect:
    """Return a placeholder's place as it is to be measured: with usual margins, narrower for capitals."""
    text = holder.text_rect
    share = _CAPITALS if holder.inherited("a:defRPr/@cap") == "all" else 1.0
    if holder.is_title and holder.inherited("a:defRPr/@b") in ("1", "true"):
        share *= _BOLD
    return _with_margins(replace(text, w=text.w * share))


def _with_margins(text: Rect) -> Rect:
    left, top, right, bottom = INSET
    return text.inset(-left, -top, -right, -bottom)


def _room(choice: Choice, places: Mapping[str, Rect]) -> Rect:
    """Return the free room below the title and above the foot; above a title that stands low."""
    layout, title = choice.layout, choice.holders["title"].rect
    sides = [choice.holders["title"].text_rect, *(one.text_rect for one in layout.bodies)]
    sides += [one.inset(INSET[0], 0, INSET[2], 0) for one in _master_body(layout)]
    left = max(min(one.x for one in sides), _LEAST_MARGIN)
    right = min(max(one.right for one in sides), layout.width - _LEAST_MARGIN)
    end = min(_foot_top(layout), places["footer"].y if "footer" in places else layout.height) - _GAP
    start = title.bottom + _GAP / 2
    if end - start < title.y - _LEAST_MARGIN - _GAP:
        start, end = _LEAST_MARGIN, title.y - _GAP
    return Rect(left, start, right - left, end - start)


def _foot_top(layout: TemplateLayout) -> float:
    """Return where the foot of a slide begins."""
    feet = [one.rect.y for one in layout.holders if one.kind in _FEET and one.rect.y > layout.height * _LOW]
    return min([*feet, layout.height - _LEAST_MARGIN])


def _footer(choice: Choice, obstacles: Sequence[Rect]) -> Rect:
    """Return the place of the footer: the template's, with the date's beside it; else one at the foot."""
    holder, layout = choice.holders.get("footer"), choice.layout
    if holder is None:
        return _own_footer(choice, obstacles)
    date, place = layout.foot("dt"), measured(holder)
    if date is None or abs(date.rect.y - holder.rect.y) > 2:
        return place
    left, right = min(date.rect.x, holder.rect.x), max(date.rect.right, holder.rect.right)
    text = replace(
        holder.text_rect, x=left + holder.inset[0], w=right - left - holder.inset[0] - holder.inset[2]
    )
    whole = _with_margins(text)
    number = layout.foot("sldNum")
    between = [one for one in obstacles if _overlap(place, one) <= 0]  # else a bar behind both
    between += [number.rect] if number else []
    return place if any(_overlap(whole, one) > 0 for one in between) else whole


def _own_footer(choice: Choice, obstacles: Sequence[Rect]) -> Rect:
    """Return a place at the foot of a slide whose layout has none, beside the number."""
    layout = choice.layout
    number = choice.holders.get("number")
    title = choice.holders["title"].text_rect
    left, right = max(title.x, _LEAST_MARGIN), min(title.right, layout.width - _LEAST_MARGIN)
    y = layout.height - _FOOT_MARGIN - _FOOT_HEIGHT
    if number is not None and number.rect.y > layout.height / 2:
        y = number.rect.y + (number.rect.h - _FOOT_HEIGHT) / 2
        if number.rect.x > layout.width / 2:
            right = min(right, number.rect.x - _GAP)
        else:
            left = max(left, number.rect.right + _GAP)
    return _beside(Rect(left, y, max(right - left, layout.width / 3), _FOOT_HEIGHT), obstacles)


def _master_body(layout: TemplateLayout) -> Iterator[Rect]:
    """Yield the place of the text on the layout's master: its width is that of the slides."""
    path = "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph/@type='body']"
    for one in nodes(layout.layout.slide_master._element, path):
        rect = rect_of(one)
        if rect is not None:
            yield rect


# -- decoration ----------------------------------------------------------------------------------------


def _obstacles(layout: TemplateLayout) -> Iterator[Rect]:
    """Yield where the layout and its master have decoration that is no background."""
    whole = layout.width * layout.height
    for layer in layers(layout.layout):
        for shape, rect in decoration(layer._element.cSld.spTree):
            free = nodes(shape, "p:spPr/a:custGeom | p:spPr/a:prstGeom[@prst='ellipse']")
            if rect.w * rect.h > whole * (_FREE_FORM if free else _BACKGROUND):
                continue
            if rect.right > 0 and rect.bottom > 0 and rect.x < layout.width and rect.y < layout.height:
                yield rect


def _beside(place: Rect, obstacles: Sequence[Rect]) -> Rect:
    """Return a place made smaller until decoration is beside it; what costs too much is ignored."""
    least = place.w * place.h * _WORTH
    for one in obstacles:
        if _overlap(place, one) <= 0:
            continue
        above, below = max(one.bottom - place.y, 0), max(place.bottom - one.y, 0)
        before, after = max(one.right - place.x, 0), max(place.right - one.x, 0)
        cuts = (
            place.inset(0, above + _GAP, 0, 0),
            place.inset(0, 0, 0, below + _GAP),
            place.inset(before + _GAP, 0, 0, 0),
            place.inset(0, 0, after + _GAP, 0),
        )
        best = max(cuts, key=lambda cut: cut.w * cut.h if cut.w > 0 and cut.h > 0 else 0.0)
        if best.w > 0 and best.h > 0 and best.w * best.h >= least:
            place = best
    return place


def _overlap(one: Rect, other: Rect) -> float:
    """Return how much two rectangles overlap, a line being a millimetre wide."""
    across = min(one.right, other.right + 0.5) - max(one.x, other.x - 0.5)
    down = min(one.bottom, other.bottom + 0.5) - max(one.y, other.y - 0.5)
    return across * down if across > 0 and down > 0 else 0.0
