"""The lines of an outline as path data: trunks to the pills, twigs to the leaves, dots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bmcrender.frozen import dataclass
from bmcrender.layout.outline_spread import Side
from bmcrender.sheets import Curve, Plate, Rect

# What tokens write for the colour of a branch's own group.
_GROUP = "group"


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws for one branch on its side; `inside` is how far trunks reach into what is drawn over them."""

    tokens: Mapping[str, Any]
    side: Side
    unit: float
    stroke: float
    group: str

    @property
    def inside(self) -> float:
        """How far a trunk reaches into what is drawn over its ends, so that no cut edge shows."""
        return float(self.tokens["pill"]["radius"]) * self.unit

    def color(self, name: str) -> str:
        """Return the colour that a token names for this branch."""
        return self.group if name == _GROUP else name

    def trunk(self, root: float, pill: Rect) -> Curve:
        """Return the trunk from a height at the centre's edge to the middle of a pill's edge."""
        given, spread = self.tokens["trunk"], self.side.spread
        end = pill.y + pill.h / 2
        path = (
            self._move(spread.node - self.inside, root)
            + self._line(spread.node, root)
            + self._bend(spread.node, root, spread.pill, end)
            + self._line(spread.pill + self.inside, end)
        )
        return Curve(path, self.color(given["color"]), float(given["width"]) * self.stroke)

    def twig(self, pill: Rect, y: float) -> Iterator[Curve | Plate]:
        """Yield the twig from a pill to a leaf's first line, and the dot at its end."""
        given, spread = self.tokens["twig"], self.side.spread
        end = spread.text - float(given["air"]) * self.unit
        path = self._down(pill, end, y) if spread.stacked else self._across(pill, end, y)
        yield Curve(path, self.color(given["color"]), float(given["width"]) * self.stroke)
        yield _dot(self.side.x(end), y, float(given["dot"]) * self.unit, self.color(given["dot_color"]))

    def bullet(self, indent: float, y: float, size: float) -> Plate:
        """Return the dot before a nested item whose text is indented so far; `size` is that of its type."""
        given = self.tokens["bullet"]
        x = self.side.x(self.side.spread.text + indent - float(given["middle_em"]) * size)
        return _dot(x, y, float(given["radius_em"]) * size, self.color(given["color"]))

    def _across(self, pill: Rect, end: float, y: float) -> str:
        start, middle = self.side.spread.pill + pill.w, pill.y + pill.h / 2
        return self._move(start, middle) + self._bend(start, middle, end, y)

    def _down(self, pill: Rect, end: float, y: float) -> str:
        start = self.side.spread.pill + self.inside
        corner = f"Q{_n(self.side.x(start))} {_n(y)} {_n(self.side.x(end))} {_n(y)}"
        return self._move(start, pill.bottom) + self._line(start, y - (end - start)) + corner

    def _move(self, distance: float, y: float) -> str:
        return f"M{_n(self.side.x(distance))} {_n(y)}"

    def _line(self, distance: float, y: float) -> str:
        return f"L{_n(self.side.x(distance))} {_n(y)}"

    def _bend(self, start: float, from_y: float, end: float, to_y: float) -> str:
        """A curve that leaves and arrives level."""
        middle = _n(self.side.x((start + end) / 2))
        return f"C{middle} {_n(from_y)} {middle} {_n(to_y)} {_n(self.side.x(end))} {_n(to_y)}"


def _dot(x: float, y: float, radius: float, color: str) -> Plate:
    return Plate(Rect(x - radius, y - radius, 2 * radius, 2 * radius), radius, color)


def _n(length: float) -> str:
    """Return a length as path data writes it."""
    return f"{length:.3f}".rstrip("0").rstrip(".")
