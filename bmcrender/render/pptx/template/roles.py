"""Which layout of a template serves which role, and why: by a map, by name, by type, by its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bmcrender.contrast import LEAST
from bmcrender.errors import Diagnostic, UsageError
from bmcrender.frozen import dataclass
from bmcrender.model import TemplateRole
from bmcrender.render.pptx.template.ground import Palette
from bmcrender.render.pptx.template.palette import LARGE, Ink
from bmcrender.render.pptx.template.places import Holder, TemplateLayout

_LARGER = 1.5  # times the other's area, from which on a text is the main one
_VERTICAL = ("vertTx", "vertTitleAndTx", "clipArtAndVertTx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a role asks of a layout: known names and types, the best first; how many texts it would fill.

    `rank` orders the layouts that could serve by their placeholders: the highest does it best. `opens` is
    for slides that stand first, whose master is that of the template's own first slide.
    """

    what: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    texts: int
    rank: Callable[[TemplateLayout], tuple[float, ...]]
    opens: bool = False

    def best(self, layouts: Iterable[TemplateLayout], master: Any) -> list[TemplateLayout]:
        """Return layouts in order: the fittest, on a master or that of sample slides, the clearest."""

        def order(one: TemplateLayout) -> tuple[float, ...]:
            used = (one.first, one.later) if self.opens else (one.later, not one.first)
            same = one.layout.slide_master.part is master
            return (*self.rank(one), same, *used, clarity(one), sum(_area(body) for body in one.bodies))

        return sorted(layouts, key=order, reverse=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout that serves a role, the reason, and the placeholders that take its texts, by name."""

    role: TemplateRole
    layout: TemplateLayout
    reason: str
    holders: Mapping[str, Holder]


def _area(holder: Holder) -> float:
    return holder.rect.w * holder.rect.h


def clarity(layout: TemplateLayout) -> float:
    """Return the least contrast that main text has in the places of a layout, up to what it needs."""
    ink = Ink(Palette(layout))
    places = [one.rect for one in layout.holders if one.is_title or one.is_body]
    return min((min(ink.clarity(ink.palette.under(one)), LEAST) for one in places), default=0.0)


def _as_cover(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer a title in the middle and a subtitle, then few other texts."""
    kinds = {one.kind for one in layout.holders}
    return ("ctrTitle" in kinds, "subTitle" in kinds, -abs(len(layout.bodies) - 1))


def _as_canvas(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer no text beside the title."""
    return (-len(layout.bodies),)


def _as_text(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer one text, beside which there is room for questions, then two, then more."""
    count = len(layout.bodies)
    return ((0, 3, 2)[count] if count < 3 else 1,)


def _as_end(layout: TemplateLayout) -> tuple[float, ...]:
    """Prefer one text."""
    return (len(layout.bodies) == 1,)


WANTED: Mapping[TemplateRole, Wanted] = {
    "opening": Wanted("a title slide", ("Title Slide",), ("title",), 1, _as_cover, opens=True),
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
    own_names: Mapping[TemplateRole, str],
    file: str,
    rtl: bool = False,
) -> tuple[tuple[Choice, ...], tuple[Diagnostic, ...]]:
    """Return the layout of each role, and what the template lacks.

    `given` maps roles to names of layouts, `own_names` says how layouts made for us are called. Raises
    UsageError for a name that no layout has, and for a template without any layout with a title.
    """
    usable = [one for one in layouts if one.title is not None and one.kind not in _VERTICAL]
    named = {role: _named(usable, name) or _named(layouts, name) for role, name in given.items()}
    wrong = [
        _not_this(role, given[role], found, layouts, file)
        for role, found in named.items()
        if not found or found[0] not in usable
    ]
    if wrong or not usable:
        raise UsageError(wrong or [_no_title(layouts, file)])
    chooser = _Chooser(usable, {role: found[0] for role, found in named.items()}, own_names, rtl)
    # Block slides are the most: the others but the first look like them, if they can.
    block = chooser.choice("block")
    master = block.layout.layout.slide_master.part
    found = tuple(
        block if role == "block" else chooser.choice(role, None if wanted.opens else master)
        for role, wanted in WANTED.items()
    )
    return found, (*_lacks(found, layouts, file), *_unclear(found, file))


def listed(layouts: Sequence[TemplateLayout]) -> str:
    """Return the names of a template's layouts, each once."""
    return ", ".join(f'"{name}"' for name in dict.fromkeys(one.name for one in layouts))


@dataclass(frozen=True)
class _Chooser:
    """Chooses among the layouts that have a title; `named` are those that are given."""

    usable: Sequence[TemplateLayout]
    named: Mapping[str, TemplateLayout]
    own_names: Mapping[TemplateRole, str]
    rtl: bool

    def choice(self, role: TemplateRole, master: Any = None) -> Choice:
        """Return the layout of a role, on a master if there is a choice."""
        if role in self.named:
            layout, reason = self.named[role], "you say so"
        else:
            layout, reason = next(self._candidates(role, master))
        return Choice(role, layout, reason, _holders(WANTED[role], layout, self.rtl))

    def _candidates(self, role: TemplateRole, master: Any) -> Iterator[tuple[TemplateLayout, str]]:
        """Yield layouts that could serve a role with the reason for each, the best first."""
        wanted = WANTED[role]
        for name in (self.own_names.get(role, ""), *wanted.names):
            for one in wanted.best(_named(self.usable, name), master):
                yield one, "by its name"
        for kind in wanted.types:
            for one in wanted.best((x for x in self.usable if x.kind == kind), master):
                if len(one.bodies) >= min(wanted.texts, 1):
                    yield one, f"by its type, {kind}"
        for one in wanted.best(self.usable, master):
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


def _unclear(found: Sequence[Choice], file: str) -> Iterator[Diagnostic]:
    """Yield the layouts behind whose texts there are light and dark parts, so that no colour suits all."""
    for name in dict.fromkeys(one.layout.name for one in found if _busy(one.layout)):
        roles = [one.role for one in found if one.layout.name == name]
        message = (
            f'text on the layout "{name}" ({", ".join(roles)}) is hard to read: its ground is light and dark'
        )
        hint = f"choose a calmer one: --template-layout {roles[0]}=NAME"
        yield Diagnostic("warning", "template-contrast", message, hint, file)


def _busy(layout: TemplateLayout) -> bool:
    """Whether no colour suits all of a text, as far as its ground is known."""
    places = [one.rect for one in layout.holders if one.is_title or one.is_body]
    return clarity(layout) < LARGE and all(Palette(layout).trusted(one) for one in places)


def _needs(wanted: Wanted) -> tuple[str, ...]:
    """Return the places without which a role's slides are not native; questions may stand in a box."""
    return ("title", *(("items",) if wanted.texts == 2 else ("subtitle",) if wanted.texts else ()))


def _not_this(
    role: str, name: str, found: Sequence[TemplateLayout], layouts: Sequence[TemplateLayout], file: str
) -> Diagnostic:
    """Return the finding for a layout that is named and not there, or has no title."""
    if found:
        message = f'the layout "{name}" has no title across, which the role "{role}" needs'
        return Diagnostic("error", "no-template-layout", message, f"there are {listed(layouts)}", file)
    near = get_close_matches(_plain(name), [_plain(one.name) for one in layouts], 1, 0.6)
    meant = next((one.name for one in layouts if near and _plain(one.name) == near[0]), "")
    message = f'the template has no layout "{name}" for the role "{role}"'
    start = f'did you mean "{meant}"? ' if meant else ""
    return Diagnostic("error", "no-template-layout", message, f"{start}there are {listed(layouts)}", file)


def _no_title(layouts: Sequence[TemplateLayout], file: str) -> Diagnostic:
    """Return the finding for a template whose layouts have no place for a title."""
    message = f"no layout of this template has a title, which every role needs; there are {listed(layouts)}"
    return Diagnostic("error", "bad-template", message, "add a title to its layouts in the master view", file)
