"""A laid-out sheet to one HTML string: the theme's templates filled in, and how lines end in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from bmcrender.document import Run, Text
from bmcrender.errors import InternalError
from bmcrender.frozen import dataclass
from bmcrender.handouts import Handout
from bmcrender.model import Theme
from bmcrender.render.actual_text import HYPHENATED, JOINED
from bmcrender.render.css import at, mm, within
from bmcrender.render.flow import LOCATOR_URL
from bmcrender.render.style_sheet import style_sheet
from bmcrender.render.templates import sandbox
from bmcrender.sheets import Density, Outline, Row, Sheet

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LOGO_URL = "bmc-asset:logo"

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
