"""What options ask for: a plan of outputs, the options of a job; what does not fit together is refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, get_args

from bmcrender.cli.outputs import Plan, plan
from bmcrender.cli.streams import is_terminal
from bmcrender.errors import UsageError
from bmcrender.model import TEMPLATE_ROLES, Format, Options


def _wanted(given: dict[str, Any]) -> list[Format]:
    """Return the formats whose flags are set."""
    return [format for format in get_args(Format) if given.get(format)]


def planned_of(output: str | None, given: dict[str, Any], canvases: Sequence[str]) -> Plan:
    """Return what to make and where, once the options fit together."""
    planned = plan(output, _wanted(given), canvases)
    if planned.where == "stdout" and is_terminal(sys.stdout):
        hint = "write -o FILE, or send it on with > or |"
        raise UsageError.of("terminal", "a terminal cannot show this output", hint)
    if given["dpi"] and given["width"]:
        raise UsageError.of(
            "bad-picture", "--dpi and --width both say how large pictures are", "write one of them"
        )
    _checked_paper(given, planned)
    if not given["embed_fonts"] and "pptx" not in planned.formats:
        hint = "write --pptx, or leave it out"
        raise UsageError.of("bad-deck", "--no-embed-fonts is for decks", hint)
    _checked_template(given, planned)
    if (given["dpi"] or given["width"]) and "png" not in planned.formats:
        hint = "write --png, or leave it out"
        raise UsageError.of("bad-picture", f"--{'dpi' if given['dpi'] else 'width'} is for pictures", hint)
    return planned


def _checked_paper(given: dict[str, Any], planned: Plan) -> None:
    """Refuse what only PDF files have where none is made."""
    asked = [name for name in ("bleed", "tile") if given[name] is not None]
    if len(asked) > 1:
        hint = "leave one of them out"
        raise UsageError.of("bad-paper", "--tile is for one's own printer, --bleed for a print shop", hint)
    if asked and "pdf" not in planned.formats:
        raise UsageError.of("bad-paper", f"--{asked[0]} is for PDF files", "write --pdf, or leave it out")


def _checked_template(given: dict[str, Any], planned: Plan) -> None:
    """Refuse what only decks have where none is made, and layouts of no template."""
    if given["template"] is not None and "pptx" not in planned.formats:
        raise UsageError.of("bad-deck", "--template is for decks", "write --pptx, or leave it out")
    if given["deck"] is not None and "pptx" not in planned.formats:
        raise UsageError.of("bad-deck", "--deck is for decks", "write --pptx, or leave it out")
    if given["template_layouts"] and given["template"] is None:
        hint = "write --template FILE, or leave it out"
        raise UsageError.of("bad-deck", "--template-layout names layouts of a template", hint)


def options_of(given: dict[str, Any], theme: str | None) -> Options:
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
        overflow=given["overflow"],
        missing_glyphs=given["missing_glyphs"],
        dpi=given.get("dpi"),
        width=given.get("width"),
        margin=given.get("margin") or 0.0,
        bleed=given.get("bleed"),
        tile=given.get("tile"),
        embed_fonts=given.get("embed_fonts", True),
        settings=tuple(_setting(text) for text in given["settings"]),
        template_layouts=template_layouts(given.get("template_layouts", ())),
    )


def template_layouts(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return roles of slides and names of layouts from what was written as ROLE=NAME."""
    found = {}
    for text in texts:
        role, sign, name = (part.strip() for part in text.partition("="))
        if not sign or not name or role not in TEMPLATE_ROLES:
            hint = f"write ROLE=NAME, the role one of {', '.join(TEMPLATE_ROLES)}"
            raise UsageError.of("bad-deck", f"--template-layout {text} names no role or no layout", hint)
        found[role] = name
    return tuple(found.items())


def _setting(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        hint = "write --set key.path=value, such as title=Draft"
        raise UsageError.of("bad-setting", f"--set {text} sets nothing", hint)
    return key, value
