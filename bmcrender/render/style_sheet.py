"""A laid-out sheet to its CSS: the tokens of its theme as custom properties, then the rules of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bmcrender.document import Document
from bmcrender.handouts import Handout
from bmcrender.render.css import css_string, mm
from bmcrender.render.flow import LINE_URL, LOCATOR_URL, flow_properties, flow_rules
from bmcrender.sheets import Outline, Sheet

ICON_URL = "bmc-asset:icon/"
DRAWING_URL = "bmc-asset:drawing/"


def style_sheet(sheet: Sheet | Handout | Outline, fonts: Sequence[str]) -> str:
    """Return the sheet's CSS: the tokens as custom properties, then the theme's own rules."""
    properties = ";".join(f"--{name}:{value}" for name, value in _properties(sheet, fonts).items())
    pictures = "".join(
        f'{selector}{{background-image:url("{url}")}}' for selector, url in _pictures(sheet).items()
    )
    roles = "".join(_role_rules(sheet.document))
    roles += flow_rules(sheet) if isinstance(sheet, Handout) else ""
    roles += "".join(_group_rules(sheet.document))
    files = sheet.document.theme.files
    own = files.get("base.css", "") + files[f"{sheet.document.layout}.css"] + roles + pictures
    return f":root{{{properties}}}{own}{files.get('theme.css', '')}"


def _pictures(sheet: Sheet | Handout | Outline) -> dict[str, str]:
    """Return what stands behind elements, by selector: icons, drawings of pages."""
    if isinstance(sheet, Outline):
        return {f".drawing-{number}": f"{DRAWING_URL}{number}" for number in range(1, len(sheet.pages) + 1)}
    if isinstance(sheet, Handout):
        maps = {f".locator.{step.block}": f"{LOCATOR_URL}{step.block}" for step in sheet.steps}
        return {**maps, ".lines div": LINE_URL}
    used = {(box.group, box.icon.name) for page in sheet.pages for box in page.boxes if box.icon}
    return {f".{group} .icon.{name}": f"{ICON_URL}{group}/{name}" for group, name in sorted(used)}


def _properties(sheet: Sheet | Handout | Outline, fonts: Sequence[str]) -> dict[str, str]:
    document = sheet.document
    tokens = document.theme.tokens
    script: Mapping[str, Any] = tokens["scripts"].get(document.script, {})
    items = tokens["items"]
    rtl = document.direction == "rtl"
    start, end = ("right", "left") if rtl else ("left", "right")
    strokes = {f"stroke-{name}": mm(float(u) * sheet.stroke) for name, u in tokens["stroke"].items()}
    colors = {name.replace("_", "-"): str(value) for name, value in tokens["colors"].items()}
    return {
        **colors,
        **strokes,
        "page-width": mm(sheet.width),
        "page-height": mm(sheet.height),
        "u": mm(sheet.unit),
        "fonts": ",".join(map(css_string, fonts)),
        "bold": str(script.get("bold", tokens["type"]["item"]["bold"])),
        "start": start,
        "end": end,
        "marker": f"{items['marker_em']}em",
        "paragraph": f"{items['paragraph_em']}em",
        "nested-scale": f"{items['nested']['scale']}em",
        "nested-gap": f"{items['nested']['gap_em']}em",
        "note-scale": f"{items['notes']['nested']['scale']}em",
        "note-gap": f"{items['notes']['nested']['gap_em']}em",
        f"note-hang-{start}": f"{items['notes']['nested']['hang_em']}em",
        f"note-hang-{end}": "0",
        f"hang-{start}": f"{items['hang_em']}em",
        f"hang-{end}": "0",
        f"nested-hang-{start}": f"{items['nested']['hang_em']}em",
        f"nested-hang-{end}": "0",
        f"marker-{start}": "0",
        f"marker-{end}": "auto",
        **(flow_properties(sheet) if isinstance(sheet, Handout) else {}),
    }


def _role_rules(document: Document) -> list[str]:
    """How each role of text is set, from the theme's type tokens and the script's own."""
    tokens = document.theme.tokens
    script: Mapping[str, Any] = tokens["scripts"].get(document.script, {})
    rules = []
    for role, given in tokens["type"].items():
        line_height = script.get("line_height", {}).get(role, given["line_height"])
        tracking = script.get("tracking", given.get("tracking", 0))
        weight = script.get("weights", {}).get(role, given["weight"])
        own = script.get("families", {}).get(role)
        family = f"font-family:{css_string(own)},var(--fonts);" if own else ""
        color = given["color"].replace("_", "-")
        rules.append(
            f".{role}{{color:var(--{color});{family}font-weight:{weight};line-height:{line_height};"
            f"letter-spacing:{tracking}em}}"
        )
        if given["bold"] != tokens["type"]["item"]["bold"] and "bold" not in script:
            rules.append(f".{role} strong{{font-weight:{given['bold']}}}")
    return rules


def _group_rules(document: Document) -> Iterator[str]:
    """The colour of each group of blocks, and its shades: the colours `make_tint` … as `--group-tint`."""
    for group, color in document.theme.tokens["groups"].items():
        shades = "".join(
            f";--group-{name.removeprefix(group + '_')}:{value}"
            for name, value in document.theme.tokens["colors"].items()
            if name.startswith(group + "_")
        )
        yield f".{group}{{--branch:{color}{shades}}}"
