"""How an outline is spread over its page: distances from the middle outwards, the same on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from bmcrender.frozen import dataclass
from bmcrender.model import Direction
from bmcrender.sheets import Rect


@dataclass(frozen=True, slots=True)
class Spread:
    """Distances in mm from the middle to centre's edge, pills and texts; `stacked`: texts below pills."""

    node: float
    pill: float
    pill_width: float
    text: float
    text_width: float
    stacked: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an outline: +1 to the right of the middle, -1 to the left."""

    spread: Spread
    middle: float  # x of the page's middle
    sign: int
    direction: Direction

    @property
    def align(self) -> Literal["start", "end"]:
        """How its texts align towards their pills."""
        return "start" if (self.sign > 0) == (self.direction == "ltr") else "end"

    def x(self, distance: float) -> float:
        """Return the x of a distance from the middle."""
        return self.middle + self.sign * distance

    def rect(self, distance: float, y: float, width: float, height: float) -> Rect:
        """Return the rectangle that begins at a distance from the middle and goes outwards."""
        return Rect(min(self.x(distance), self.x(distance + width)), y, width, height)


def spread(tokens: Mapping[str, Any], unit: float, width: float, margin: float) -> Spread:
    """Return the spread on a page so many mm wide: texts beside their pills where there is room."""
    text = tokens["text"]
    beside = _spread(tokens, unit, width / 2 - margin, stacked=False)
    if beside.text_width >= float(text["narrowest"]) * unit:
        return beside
    return _spread(tokens, unit, width / 2 - margin, stacked=True)


def _spread(tokens: Mapping[str, Any], unit: float, room: float, stacked: bool) -> Spread:
    node = float(tokens["centre"]["width"]) / 2 * unit
    pill = node + float(tokens["trunk"]["length"]) * unit
    pill_width = float(tokens["pill"]["width"]) * unit
    text = pill + (0.0 if stacked else pill_width) + float(tokens["twig"]["length"]) * unit
    widest = float(tokens["text"]["widest"]) * unit
    return Spread(node, pill, pill_width, text, min(room - text, widest), stacked)
