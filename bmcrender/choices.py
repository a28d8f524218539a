"""What options may say: words to choose from and bounds of numbers, the same wherever they are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bmcrender.errors import UsageError
from bmcrender.model import (
    TEMPLATE_ROLES,
    Guide,
    MissingGlyphs,
    Options,
    Orientation,
    Overflow,
    PageLayout,
    Slides,
)
from bmcrender.names import unknown

# Fields of `Options`. Of a canvas and a project file, those under `render` that choose a word.
WORDS: Mapping[str, tuple[str, ...]] = {
    "orientation": get_args(Orientation),
    "layout": get_args(PageLayout),
    "guide": get_args(Guide),
    "deck": get_args(Slides),
    "overflow": get_args(Overflow),
    "missing_glyphs": get_args(MissingGlyphs),
}
BOUNDS: Mapping[str, tuple[int, int]] = {
    "dpi": (10, 2400),
    "width": (16, 30_000),
    "margin": (0, 100),
    "bleed": (0, 25),
    "sticky": (20, 200),
}


def checked_options(options: Options, template: bool = False) -> None:
    """Refuse words that are not among those to choose from, numbers out of bounds, layouts for no role.

    `template` says whether there is one that layouts can be of.
    """
    for name, words in WORDS.items():
        said = getattr(options, name)
        if said not in (None, *words):
            found = unknown(name.replace("_", "-"), str(said), words).diagnostics
            raise UsageError(one.in_file(f"{_flag(name)} {said}") for one in found)
    for name, (least, most) in BOUNDS.items():
        said = getattr(options, name)
        if said is not None and not least <= said <= most:
            message = f"{name} is {least} to {most:,}, not {said:g}"
            raise UsageError.of("bad-value", message, "", _flag(name))
    for role, layout in options.template_layouts:
        if role not in TEMPLATE_ROLES:
            found = unknown("role", role, TEMPLATE_ROLES).diagnostics
            raise UsageError(one.in_file(f"--template-layout {role}={layout}") for one in found)
    if options.template_layouts and not template:
        hint = "name a template too, or leave it out"
        raise UsageError.of("bad-deck", "--template-layout names layouts of a template", hint)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
