"""The fonts of a template's theme: those that texts are measured with, and what stands in for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bmcrender.errors import Diagnostic
from bmcrender.frozen import dataclass
from bmcrender.render.pptx.fonts import FontOf
from bmcrender.render.pptx.template.nodes import nodes

if TYPE_CHECKING:
    from bmcrender.fonts import FontSet

# The widest of the bundled sans-serifs: wider than Arial, Calibri, Aptos, Segoe UI and the usual serifs.
STAND_IN = "Inter"
_USUAL, _STANDING_IN, _WIDE_ONE = 0.02, 0.05, 0.14  # margins of width, as shares
_WIDE = ("verdana", "montserrat", "poppins", "centurygothic", "lucidasans", "lucidasansunicode", "dejavusans")
_SLOTS = (("", "minorFont"), ("heading_", "majorFont"))


@dataclass(frozen=True, slots=True)
class Families:
    """Families by slot: the theme's, and those to measure with; the missing ones, the room left for them."""

    named: Mapping[str, str]
    measured: Mapping[str, str]
    missing: tuple[str, ...]
    margin: float

    def found(self, file: str) -> Iterator[Diagnostic]:
        """Yield the warning about families that are not there."""
        if self.missing:
            names = " and ".join(f'"{name}"' for name in self.missing)
            which = "font {} is" if len(self.missing) == 1 else "fonts {} are"
            stand_ins = " and ".join(dict.fromkeys(self.measured.values()))
            message = (
                f"the template's {which.format(names)} not here: texts are measured with {stand_ins}, "
                "and room is left"
            )
            hint = "give the font files with --font-path, and texts become as large as can be"
            yield Diagnostic("note", "template-font", message, hint, file)


def families(master: Any, script: str, rtl: bool, there: Iterable[str], own: str = STAND_IN) -> Families:
    """Return what texts on a master's slides are measured with.

    `there` are the families that there are, `own` is the one of the document's script among them.
    """
    known = {_plain(name): name for name in there}
    named = dict(_theme_families(master, script))
    measured, missing = {}, []
    for slot, name in named.items():
        usual = own if slot.endswith("cs") else STAND_IN
        measured[slot] = known.get(_plain(name), usual)
        # An empty one is chosen by the program; one of another script is seldom used.
        if name and _plain(name) not in known and slot.endswith("cs") == rtl:
            missing.append(name)
    margin = _USUAL
    if missing:
        margin = _WIDE_ONE if any(_plain(name) in _WIDE for name in missing) else _STANDING_IN
    return Families(named, measured, tuple(dict.fromkeys(missing)), margin)


def stand_in_font(fonts: FontSet, measured: Iterable[str]) -> FontOf:
    """Return what names a family for what no family that texts are measured with has: emoji, rare signs.

    What the theme's own families lack is not known; they are left all that a usual face has.
    """
    stack = tuple(dict.fromkeys(measured))

    def font_of(cluster: str, bold: bool) -> str:
        face = fonts.face(stack, 700 if bold else 400, False, cluster)
        return "" if face is None or face.family in stack else face.family

    return font_of


def _theme_families(master: Any, script: str) -> Iterator[tuple[str, str]]:
    """Yield slot and family: of texts and of headings, for Latin and for complex scripts."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.oxml import parse_xml

    theme = parse_xml(master.part.part_related_by(KIND.THEME).blob)
    for prefix, tag in _SLOTS:
        latin = nodes(theme, f"//a:fontScheme/a:{tag}/a:latin/@typeface")
        other = nodes(theme, f"//a:fontScheme/a:{tag}/a:cs/@typeface")
        by_script = nodes(theme, f"//a:fontScheme/a:{tag}/a:font[@script='{script}']/@typeface")
        yield f"{prefix}latin", str(latin[0]) if latin else ""
        yield f"{prefix}cs", str(next(filter(None, (*other, *by_script)), ""))


def _plain(name: str) -> str:
    return name.replace(" ", "").casefold()
