"""A theme's type and one document's script to sizes, styles and measured text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from bmcrender.breaks import with_soft_hyphens
from bmcrender.document import Document, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.lines import Shaped, set_text
from bmcrender.measure import Measurer, Style
from bmcrender.sheets import Density

MM_PER_PT = 25.4 / 72

# Height of a capital in em: near enough the same in every text face of the bundle.
CAP_EM = 0.72

# Strokes grow slower than the page, so that hairlines stay hairlines on A0.
_STROKE_POWER = 0.75
_A3_SHORT_SIDE = 297.0

# Tied words stay together while they take no more than this share of a line.
_TIED = 0.6


@dataclass(frozen=True)
class Typesetter:
    """Sizes in u, styles by role, and measuring, for one document in its theme."""

    document: Document
    measurer: Measurer
    _shaped: dict[tuple[int, str, float | None], tuple[Text, Shaped]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def tokens(self) -> Mapping[str, Any]:
        """The theme's tokens."""
        return self.document.theme.tokens

    @cached_property
    def script(self) -> Mapping[str, Any]:
        """What the theme says for the document's script, beyond the common."""
        found: Mapping[str, Any] = self.tokens["scripts"].get(self.document.script, {})
        return found

    @cached_property
    def stack(self) -> tuple[str, ...]:
        """Font families: the script's own first, the other scripts', the fallbacks."""
        return font_stack(self.tokens, self.document.script)

    @property
    def stroke(self) -> float:
        """Return how many mm of the document's page one u of stroke has."""
        short = min(self.document.page)
        return float(short / 100 * (short / _A3_SHORT_SIDE) ** (_STROKE_POWER - 1))

    def size(self, role: str, name: str = "size") -> float:
        """Return a role's size in u; `name` may be "min" or another size of it."""
        own = self.script.get("sizes", {}).get(role) if name == "size" else None
        given = self.tokens["type"][role].get(name, self.tokens["type"][role]["size"])
        factor = float(self.script.get("size", 1.0))
        return float(own) if own is not None else float(given) * (1.0 if role == "title" else factor)

    def line_height(self, role: str) -> float:
        """Return a role's line height in em."""
        own = self.script.get("line_height", {}).get(role)
        return float(own if own is not None else self.tokens["type"][role]["line_height"])

    def style(self, role: str, line_height: float | None = None) -> Style:
        """Return how a role's text is set."""
        given = self.tokens["type"][role]
        bold = int(self.script.get("bold", given["bold"]))
        own = self.script.get("families", {}).get(role)
        return Style(
            (own, *self.stack) if own else self.stack,
            int(self.script.get("weights", {}).get(role, given["weight"])),
            bold,
            line_height or self.line_height(role),
            tied=float(given.get("tied", _TIED)),
            whole_runs=bool(given.get("whole_runs", False)),
            tracking=self._tracking(role),
        )

    def _tracking(self, role: str) -> float:
        return float(self.script.get("tracking", self.tokens["type"][role].get("tracking", 0)))

    def shaped(self, text: Text, role: str, line_height: float | None = None) -> Shaped:
        """Return a text shaped in a role's style."""
        key = id(text), role, line_height
        if key not in self._shaped:
            # The text is kept so that its id stays its own.
            self._shaped[key] = text, self.measurer.shaped(text, self.style(role, line_height))
        return self._shaped[key][1]

    def set(self, text: Text, role: str, width: float, size: float, line_height: float | None = None) -> Text:
        """Return a text broken into the lines it has in a column `width` mm wide at `size` mm."""
        return set_text(text, self.shaped(text, role, line_height), width / size)

    def hyphenated(self, text: Text) -> Text:
        """Return a text of ours with the break points of its language as soft hyphens."""
        if not self.document.breaks:
            return text
        runs = tuple(
            replace(run, text=with_soft_hyphens(run.text, self.document.breaks)) for run in text.runs
        )
        return replace(text, runs=runs)

    @cached_property
    def densities(self) -> tuple[Density, ...]:
        """The ways to set items, from loose to tight."""
        return tuple(self._density(given) for given in self.tokens["items"]["densities"])

    def baseline(self, role: str, line_height: float | None = None) -> float:
        """Return how far below its top a role's first line stands, in em."""
        strut = self.shaped(Text("", (Run("x"),), "ltr"), role).strut
        return ((line_height or self.line_height(role)) - strut.ascent - strut.descent) / 2 + strut.ascent

    def _density(self, given: Mapping[str, Any]) -> Density:
        line_height = self.line_height("item") * float(given.get("line_height", 1))
        return Density(
            str(given["name"]), float(given["gap_em"]), line_height, self.baseline("item", line_height)
        )


def font_stack(tokens: Mapping[str, Any], script: str) -> tuple[str, ...]:
    """Return the families to try in order for a document in a script."""
    scripts: Mapping[str, str] = tokens["fonts"]["scripts"]
    first = [scripts[script]] if script in scripts else []
    return tuple(dict.fromkeys([*first, *scripts.values(), *tokens["fonts"]["fallback"]]))
