"""What a template offers to decks: which layout will serve which role and why, and what it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from bmcrender.errors import Diagnostic
from bmcrender.frozen import dataclass
from bmcrender.model import Template


@dataclass(frozen=True, slots=True)
class Served:
    """A role of slides, the layout that serves it, the reason, and the placeholder of each of its texts."""

    role: str
    layout: str
    reason: str
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """A template's size in mm, its layouts, those of the roles, its theme's fonts, what was found."""

    template: str
    size: tuple[float, float]
    layouts: tuple[str, ...]
    roles: tuple[Served, ...]
    fonts: Mapping[str, str]
    missing_fonts: tuple[str, ...]
    found: tuple[Diagnostic, ...]


def report(template: Template, layouts: tuple[tuple[str, str], ...]) -> TemplateReport:
    """Return what a template offers to a deck in Latin script; `layouts` are roles and names given."""
    from bmcrender.render.pptx.template import offer
    from bmcrender.resources import library

    known = library()
    offered = offer(template, known.kinds()[0], dict(layouts))
    families = offered.families("Latn", False, {face.family for face in known.font_set().faces})
    return TemplateReport(
        template.name,
        offered.size,
        offered.layouts,
        tuple(
            Served(
                one.role,
                one.layout.name,
                one.reason,
                {name: holder.name for name, holder in one.holders.items()},
            )
            for one in offered.choices
        ),
        families.named,
        families.missing,
        (*offered.found, *families.found(template.name)),
    )


def text_report(given: TemplateReport) -> str:
    """Return a report as lines."""
    return "\n".join(_lines(given))


def json_report(given: TemplateReport) -> str:
    """Return a report as JSON."""
    return json.dumps(asdict(given), ensure_ascii=False, indent=2)


def _lines(given: TemplateReport) -> Iterator[str]:
    width, height = given.size
    yield f"{given.template}: {width:g} × {height:g} mm, {len(given.layouts)} layouts"
    wide = max(len(one.role) for one in given.roles)
    for one in given.roles:
        yield f'{one.role:{wide}}  "{one.layout}"  {one.reason}'
        for place, holder in one.places.items():
            yield f'{"":{wide}}    {place} in "{holder}"'
    fonts = dict.fromkeys(name for name in given.fonts.values() if name)
    told = (f"{name} (not here)" if name in given.missing_fonts else name for name in fonts)
    yield f"{'fonts':{wide}}  {', '.join(told) or 'none'}"
    for found in given.found:
        yield f"{found.severity}[{found.code}]: {found.told}"
