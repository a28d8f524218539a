"""What options ask for: a plan of outputs, the options of a job; what does not fit together is refused."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from bmcrender.cli.outputs import Plan, plan
from bmcrender.cli.streams import is_terminal
from bmcrender.errors import UsageError
from bmcrender.model import PAGED, Format, Options, Orientation


class _Kept(NamedTuple):
    """Options that shape some formats only, what those are called, and the code of the finding."""

    options: tuple[str, ...]
    formats: tuple[Format, ...]
    called: str
    code: str


_KEPT = (
    _Kept(("bleed", "tile"), ("pdf",), "PDF files", "bad-paper"),
    _Kept(
        ("page_size", "orientation", "layout", "margin", "overflow"),
        PAGED,
        "pages, which a deck does not have",
        "bad-page",
    ),
    _Kept(("embed_fonts", "template", "template_layouts", "deck"), ("pptx",), "decks", "bad-deck"),
    _Kept(("dpi", "width"), ("png",), "pictures", "bad-picture"),
)
_FLAGS = {"embed_fonts": "no-embed-fonts", "template_layouts": "template-layout"}


def _wanted(given: Mapping[str, Any]) -> list[Format]:
    """Return the formats whose flags are set."""
    return [format for format in get_args(Format) if given.get(format)]


def planned_of(output: str | None, given: Mapping[str, Any], canvases: Sequence[str]) -> Plan:
    """Return what to make and where, once the options fit together."""
    planned = plan(output, _wanted(given), canvases)
    if planned.where == "stdout" and is_terminal(sys.stdout):
        hint = "write -o FILE, or send it on with > or |"
        raise UsageError.of("terminal", "a terminal cannot show this output", hint)
    if planned.where == "stdout" and given.get("only_changed"):
        raise UsageError.of("bad-output", "--only-changed is for files", "write -o FILE, or leave it out")
    if given["dpi"] and given["width"]:
        raise UsageError.of(
            "bad-picture", "--dpi and --width both say how large pictures are", "write one of them"
        )
    if given["bleed"] is not None and given["tile"] is not None:
        hint = "leave one of them out"
        raise UsageError.of("bad-paper", "--tile is for one's own printer, --bleed for a print shop", hint)
    if given["page_size"] and given["orientation"]:
        _checked_orientation(given["page_size"], given["orientation"])
    for kept in _KEPT:
        _checked_use(kept, given, planned)
    return planned


def _checked_orientation(name: str, orientation: Orientation) -> None:
    """Refuse a size that is written out and lies the other way."""
    from bmcrender.pages import lies, page_size

    try:
        width, height = page_size(name, orientation)
    except ValueError:
        return  # checking the job says why
    if not lies(name, orientation):
        hint = f"write --page-size {height:g}x{width:g}mm"
        raise UsageError.of("bad-page", f"--page-size {name} is not {orientation}", hint)


def _checked_use(kept: _Kept, given: Mapping[str, Any], planned: Plan) -> None:
    """Refuse options for formats of which none is made: they would do nothing."""
    asked = [name for name in kept.options if given[name] not in (None, ())]
    if asked and not set(kept.formats) & set(planned.formats):
        flag = _FLAGS.get(asked[0], given[asked[0]] if asked[0] == "orientation" else asked[0])
        hint = f"write --{kept.formats[0]}, or leave it out"
        raise UsageError.of(kept.code, f"--{flag.replace('_', '-')} is for {kept.called}", hint)


def options_of(given: Mapping[str, Any], theme: str | None) -> Options:
    """Return the options of a job from what was written on the command line."""
    return Options(
        language=given["language"],
        theme=theme,
        layout=given["layout"],
        guide=given["guide"],
        page=given["page_size"],
        orientation=given["orientation"],
        mirror=given["mirror"],
        deck=given["deck"],
        overflow=given["overflow"] or "continue",
        missing_glyphs=given["missing_glyphs"],
        dpi=given.get("dpi"),
        width=given.get("width"),
        margin=given.get("margin") or 0.0,
        bleed=given.get("bleed"),
        tile=given.get("tile"),
        embed_fonts=given.get("embed_fonts") is None,
        settings=tuple(_setting(text) for text in given["settings"]),
        template_layouts=template_layouts(given.get("template_layouts", ())),
    )


def template_layouts(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return roles of slides and names of layouts from what was written as ROLE=NAME."""
    found = {}
    for text in texts:
        role, sign, name = (part.strip() for part in text.partition("="))
        if not sign or not name:
            hint = "write ROLE=NAME, such as block=Two Content"
            raise UsageError.of("bad-deck", f"--template-layout {text} names no layout", hint)
        found[role] = name
    return tuple(found.items())


def _setting(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        hint = "write --set key.path=value, such as title=Draft"
        raise UsageError.of("bad-setting", f"--set {text} sets nothing", hint)
    return key, value
