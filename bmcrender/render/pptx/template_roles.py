"""Which layout of a template serves which role, and why: by a map, by name, by type, by its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bmcrender.errors import Diagnostic, UsageError
from bmcrender.render.pptx.template_places import Holder, TemplateLayout
from bmcrender.sheets import Role

_LARGER = 1.5  # times the other's area, from which on a text is the main one
_VERTICAL = ("vertTx", "vertTitleAndTx", "clipArtAndVertTx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a role asks of a layout: known names and types, the best first; how many texts it would fill.

    `rank` orders the layouts that could serve: the highest does it best.
    """

    what: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    texts: int
    rank: Callable[[TemplateLayout], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout that serves a role, the reason, and the placeholders that take its texts, by name."""

    role: Role
    layout: TemplateLayout
    reason: str
    holders: Mapping[str, Holder]


def _area(holder: Holder) -> float:
    return holder.rect.w * holder.rect.h


def _as_cover(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer a title in the middle and a subtitle, then few other texts."""
    kinds = {one.kind for one in layout.holders}
    return ("ctrTitle" in kinds, "subTitle" in kinds, -abs(len(layout.bodies) - 1))


def _as_canvas(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer no text beside the title, then the highest room below it."""
    assert layout.title is not None
    return (-len(layout.bodies), layout.height - layout.title.rect.bottom)


def _as_text(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer one text, the largest, then two, then more: beside one there is room for questions."""
    count = len(layout.bodies)
    return ((0, 3, 2)[count] if count < 3 else 1, sum(_area(one) for one in layout.bodies[:2]))


def _as_end(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer one text, the largest."""
    return (len(layout.bodies) == 1, sum(_area(one) for one in layout.bodies[:1]))


WANTED: Mapping[Role, Wanted] = {
    "opening": Wanted("a title slide", ("Title Slide",), ("title",), 1, _as_cover),
    "overview": Wanted("a title above free room", ("Title Only",), ("titleOnly",), 0, _as_canvas),
    "block": Wanted(
        "a title and a text, or two",
        ("Title and Content", "Two Content"),
        ("obj", "tx", "twoObj", "twoTxTwoObj"),
        2,
        _as_text,
    ),
    "closing": Wanted(
        "a title and a text", ("Title and Content", "Section Header"), ("obj", "tx", "secHead"), 1, _as_end
    ),
}


def choices(
    layouts: Sequence[TemplateLayout],
    given: Mapping[str, str],
    own_names: Mapping[Role, str],
    file: str,
    rtl: bool = False,
) -> tuple[tuple[Choice, ...], tuple[Diagnostic, ...]]:
    """Return the layout of each role, and what the template lacks.

    `given` maps roles to names of layouts, `own_names` says how layouts made for us are called. Raises
    UsageError for a name that no layout has, and for a template without any layout with a title.
    """
    usable = [one for one in layouts if one.title is not None and one.kind not in _VERTICAL]
    wrong = [
        _no_layout(role, name, layouts, file) for role, name in given.items() if not _named(layouts, name)
    ]
    if wrong:
        raise UsageError(wrong)
    if not usable:
        raise UsageError([_no_title(layouts, file)])
    found = tuple(_choice(role, layouts, usable, given, own_names, rtl) for role in WANTED)
    return found, tuple(_lacks(found, layouts, file))


def listed(layouts: Sequence[TemplateLayout]) -> str:
    """Return the names of a template's layouts, each once."""
    return ", ".join(f'"{name}"' for name in dict.fromkeys(one.name for one in layouts))


def _choice(
    role: Role,
    layouts: Sequence[TemplateLayout],
    usable: Sequence[TemplateLayout],
    given: Mapping[str, str],
    own_names: Mapping[Role, str],
    rtl: bool,
) -> Choice:
    wanted = WANTED[role]
    if role in given:
        layout, reason = _named(layouts, given[role])[0], "you say so"
    else:
        layout, reason = next(_candidates(wanted, usable, own_names.get(role, "")))
    return Choice(role, layout, reason, _holders(wanted, layout, rtl))


def _candidates(
    wanted: Wanted, usable: Sequence[TemplateLayout], own_name: str
) -> Iterator[tuple[TemplateLayout, str]]:
    """Yield layouts that could serve a role with the reason for each, the best first."""
    for name in (own_name, *wanted.names):
        for one in sorted(_named(usable, name) if name else (), key=wanted.rank, reverse=True):
            yield one, "by its name"
    for kind in wanted.types:
        for one in sorted((x for x in usable if x.kind == kind), key=wanted.rank, reverse=True):
            if len(one.bodies) >= min(wanted.texts, 1):
                yield one, f"by its type, {kind}"
    for one in sorted(usable, key=wanted.rank, reverse=True):
        texts = {0: "no text", 1: "one text"}.get(len(one.bodies), f"{len(one.bodies)} texts")
        yield one, f"by its placeholders: a title, {texts}"


def _named(layouts: Sequence[TemplateLayout], name: str) -> list[TemplateLayout]:
    """Return the layouts of a name; a copy's number before it ("1_Title Slide") is not part of it."""
    return [one for one in layouts if name and _plain(one.name) == _plain(name)] or [
        one for one in layouts if name and _plain(one.name).split("_", 1)[-1] == _plain(name)
    ]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _holders(wanted: Wanted, layout: TemplateLayout, rtl: bool) -> dict[str, Holder]:
    """Return the placeholders for a role's texts, by the names that slides have for them."""
    found = {"title": layout.title} if layout.title else {}
    names = ("items", "questions") if wanted.texts == 2 else ("subtitle",) * wanted.texts
    largest = sorted(layout.bodies, key=_area, reverse=True)[: len(names)]
    found |= dict(zip(names, _in_order(largest, layout.bodies, rtl), strict=False))
    for name, kind in (("footer", "ftr"), ("number", "sldNum")):
        foot = layout.foot(kind)
        if foot is not None:
            found[name] = foot
    return found


def _in_order(chosen: Sequence[Holder], bodies: Sequence[Holder], rtl: bool) -> list[Holder]:
    """Return texts with the first one first: the larger, else the upper, else where lines start."""
    if len(chosen) == 2 and _area(chosen[0]) > _LARGER * _area(chosen[1]):
        return list(chosen)
    ordered = [one for one in bodies if one in chosen]
    beside = len(ordered) == 2 and ordered[0].rect.right <= ordered[1].rect.x
    return ordered[::-1] if rtl and beside else ordered


def _lacks(found: Sequence[Choice], layouts: Sequence[TemplateLayout], file: str) -> Iterator[Diagnostic]:
    """Yield what slides have no placeholder for: it goes into text boxes, which no layout restyles."""
    for one in found:
        wanted = WANTED[one.role]
        missing = [name for name in _needs(wanted) if name not in one.holders]
        if missing:
            message = (
                f'for the role "{one.role}" no layout has {wanted.what}: the best is "{one.layout.name}", '
                f"without {' and '.join(missing)}; the template has {listed(layouts)}"
            )
            hint = f"add such a layout, or choose one: --template-layout {one.role}=NAME"
            yield Diagnostic("warning", "template-lacks", message, hint, file)


def _needs(wanted: Wanted) -> tuple[str, ...]:
    """Return the places without which a role's slides are not native; questions may stand in a box."""
    return ("title", *(("items",) if wanted.texts == 2 else ("subtitle",) if wanted.texts else ()))


def _no_layout(role: str, name: str, layouts: Sequence[TemplateLayout], file: str) -> Diagnostic:
    """Return the finding for a layout that is named and not there."""
    near = get_close_matches(_plain(name), [_plain(one.name) for one in layouts], 1, 0.6)
    meant = next((one.name for one in layouts if near and _plain(one.name) == near[0]), "")
    message = f'the template has no layout "{name}" for the role "{role}"'
    start = f'did you mean "{meant}"? ' if meant else ""
    return Diagnostic("error", "no-template-layout", message, f"{start}there are {listed(layouts)}", file)


def _no_title(layouts: Sequence[TemplateLayout], file: str) -> Diagnostic:
    """Return the finding for a template whose layouts have no place for a title."""
    message = f"no layout of this template has a title, which every role needs; there are {listed(layouts)}"
    return Diagnostic("error", "bad-template", message, "add a title to its layouts in the master view", file)
