"""A laid-out sheet to one HTML string: the theme's templates, its tokens as custom properties."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from bmcrender.document import Document, Run, Text
from bmcrender.errors import InternalError
from bmcrender.frozen import dataclass
from bmcrender.handouts import Handout
from bmcrender.model import Theme
from bmcrender.render.actual_text import HYPHENATED, JOINED
from bmcrender.render.flow import LINE_URL, LOCATOR_URL, css_string, flow_properties, flow_rules
from bmcrender.render.templates import sandbox
from bmcrender.sheets import Density, Outline, Rect, Row, Sheet

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LOGO_URL = "bmc-asset:logo"
ICON_URL = "bmc-asset:icon/"
DRAWING_URL = "bmc-asset:drawing/"
PLACE_URL = "bmc-asset:place"

# The middle of the small letters stands about so far above the base line.
_SMALL_LETTERS_EM = 0.28


@dataclass(frozen=True, slots=True)
class NestedItem:
    """An item of a list with what is nested under it, as HTML wants it."""

    paragraphs: tuple[Text, ...]
    items: tuple[NestedItem, ...]
    continued: bool = False  # it has no marker


@dataclass(frozen=True, slots=True)
class Alone:
    """What makes a page stand alone: its logo's address, and what its CSS becomes.

    Its line breaks can be released: each stands beside the space that it took the place of.
    """

    logo: str
    rules: Callable[[str], str]


def html_page(sheet: Sheet | Handout | Outline, fonts: Sequence[str], alone: Alone | None = None) -> str:
    """Return the sheet as HTML whose pictures are `bmc-asset:` addresses; `fonts` are families in order."""
    document = sheet.document
    from markupsafe import Markup

    style = style_sheet(sheet, fonts)
    if alone:
        style = alone.rules(style)
    if "</" in style:
        raise InternalError("a style sheet holds '</', which would end it inside the page")
    strokes = {name: float(u) * sheet.stroke for name, u in document.theme.tokens["stroke"].items()}
    template = _environment(_Templates(document.theme), alone is not None).get_template(
        f"{document.layout}.html.j2"
    )
    checked_style = Markup(style)  # noqa: S704  ours, and it cannot end its element
    return template.render(
        sheet=sheet,
        document=document,
        style=checked_style,
        logo=alone.logo if alone else LOGO_URL,
        locator=LOCATOR_URL,
        strokes=strokes,
        drops=partial(marker_drops, marker_em=float(document.theme.tokens["items"]["marker_em"])),
    )


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


def icon_svg(document: Document, name: str, group: str) -> bytes:
    """Return an icon in the theme's colour or its group's, turned round where right-to-left asks for it."""
    tokens = document.theme.tokens
    wanted = tokens["icons"]["color"]
    color = tokens["groups"][group] if wanted == "group" else tokens["colors"][wanted]
    turn = document.direction == "rtl" and name in document.theme.flipped
    transform = ' transform="matrix(-1 0 0 1 256 0)"' if turn else ""
    paths = "".join(
        f'<path d="{document.theme.icons[key]}" fill="{color}"{opacity}/>'
        for key, opacity in ((f"{name}:tint", ' fill-opacity="0.2"'), (name, ""))
        if key in document.theme.icons
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"><g{transform}>{paths}</g></svg>'
    return svg.encode()


def place_svg(document: Document, side_mm: float, stroke_mm: float) -> bytes:
    """Return the mark of a sticky note's place: ticks of five millimetres at its corners."""
    color, tick = document.theme.tokens["colors"]["line"], 5
    far = side_mm - tick
    corners = (
        f"M0 {tick}V0H{tick}M{far} 0H{side_mm}V{tick}"
        f"M{side_mm} {far}V{side_mm}H{far}M{tick} {side_mm}H0V{far}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side_mm} {side_mm}">'
        f'<path d="{corners}" fill="none" stroke="{color}" stroke-width="{stroke_mm * 2:.3f}"/></svg>'
    ).encode()


def data_url(data: bytes, media_type: str) -> str:
    """Return bytes as a `data:` address."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


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


def mm(length: float) -> str:
    """Return a length as CSS writes it."""
    return f"{length:.4f}".rstrip("0").rstrip(".") + "mm"


def at(rect: Rect, outset: float = 0.0) -> str:
    """Return the declarations that place a rectangle."""
    x, y, w, h = rect.x - outset, rect.y - outset, rect.w + 2 * outset, rect.h + 2 * outset
    return f"left:{mm(x)};top:{mm(y)};width:{mm(w)};height:{mm(h)}"


def within(origin: Rect, rect: Rect) -> str:
    """Return the declarations that place a rectangle inside another."""
    return at(Rect(rect.x - origin.x, rect.y - origin.y, rect.w, rect.h))


def tree(rows: Sequence[Row], level: int | None = None) -> tuple[NestedItem, ...]:
    """Return rows as nested list items; a first row that is nested keeps its depth."""
    level = min((row.level for row in rows), default=0) if level is None else level
    items: list[NestedItem] = []
    at_row = 0
    while at_row < len(rows):
        end = at_row + 1
        while end < len(rows) and rows[end].level > level:
            end += 1
        own = rows[at_row] if rows[at_row].level == level else Row(level, (), continued=True)
        nested = rows[at_row + 1 if own.paragraphs else at_row : end]
        items.append(NestedItem(own.paragraphs, tree(nested, level + 1) if nested else (), own.continued))
        at_row = end
    return tuple(items)


def marker_drops(density: Density, marker_em: float, dash_em: float = 0.07) -> str:
    """Return how far below an item's top its marker begins: level with the small letters beside it."""
    middle = density.baseline_em - _SMALL_LETTERS_EM
    return f"--marker-drop:{middle - marker_em / 2:.4f}em;--dash-drop:{middle - dash_em / 2:.4f}em"


class _Templates:
    """A theme's templates, hashable by their contents so that the environment is made once."""

    def __init__(self, theme: Theme) -> None:
        self.files = tuple(sorted((name, text) for name, text in theme.files.items() if name.endswith(".j2")))

    def __hash__(self) -> int:
        return hash(self.files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Templates) and self.files == other.files


@lru_cache(maxsize=8)
def _environment(templates: _Templates, releasable: bool = False) -> ImmutableSandboxedEnvironment:
    environment = sandbox(dict(templates.files))
    environment.globals.update(mm=mm, at=at, within=within, tree=lambda rows: tree(rows, 0))
    environment.globals.update(piece=_piece, line_end=_line_end)
    if releasable:
        environment.globals.update(piece=_releasable_piece, line_end=_releasable_line_end)
    return environment


# -- lines: where they end, and what stood there -------------------------------------------------------


def _piece(run: Run, number: int) -> str:
    """Return a line of a run that is set, counted from 0."""
    return run.text.split("\n")[number]


def _line_end(run: Run, number: int) -> str:
    """Return what stands between a line of a run and the next."""
    from markupsafe import Markup

    how = {"-": HYPHENATED, "|": JOINED}.get(run.ends[number : number + 1])
    return Markup('<br class="{}">').format(how) if how else Markup("<br>")


def _releasable_piece(run: Run, number: int) -> str:
    """Return a line whose hyphen, if it was added, can be hidden."""
    from markupsafe import Markup, escape

    line = _piece(run, number)
    if run.ends[number : number + 1] != "-":
        return line
    return escape(line.removesuffix("-")) + Markup('<span class="hyphen">-</span>')


def _releasable_line_end(run: Run, number: int) -> str:
    """Return a line break that can be hidden: with the space that it took the place of."""
    from markupsafe import Markup

    return Markup("<br>") if run.ends[number : number + 1] in ("-", "|") else Markup(" <br>")
