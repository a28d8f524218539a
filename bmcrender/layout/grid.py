"""Areas to rectangles: the one geometry of posters, overview slides and locators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from bmcrender.frozen import dataclass
from bmcrender.model import Areas
from bmcrender.sheets import Rect

_NEAR = 0.01  # mm
_STEPS = 12  # heights tried for each row when no heights fit all


@dataclass(frozen=True, slots=True)
class Span:
    """The tracks that a block covers, the last one excluded."""

    left: int
    top: int
    right: int
    bottom: int


def spans(areas: Areas) -> dict[str, Span]:
    """Return the tracks of each block, in the grid's own order."""
    found: dict[str, Span] = {}
    for row, names in enumerate(areas.names):
        for column, name in enumerate(names):
            old = found.get(name, Span(column, row, column, row))
            found[name] = Span(
                min(old.left, column), min(old.top, row), max(old.right, column + 1), max(old.bottom, row + 1)
            )
    return found


def mirrored_areas(areas: Areas) -> Areas:
    """Return the grid as seen in a mirror."""
    return Areas(areas.columns[::-1], areas.rows, tuple(row[::-1] for row in areas.names))


def rectangles(
    areas: Areas, canvas: Rect, gap: float = 0.0, heights: Sequence[float] | None = None
) -> dict[str, Rect]:
    """Return each block's rectangle inside `canvas`; `heights` (mm, without gaps) replace the weights."""
    columns = _edges(_shares(areas.columns, canvas.w - gap * (len(areas.columns) - 1)), canvas.x, gap)
    rows = heights or _shares(areas.rows, canvas.h - gap * (len(areas.rows) - 1))
    lines = _edges(rows, canvas.y, gap)
    return {
        name: _between(columns[span.left], columns[span.right - 1], lines[span.top], lines[span.bottom - 1])
        for name, span in spans(areas).items()
    }


def outer_sides(rect: Rect, canvas: Rect) -> tuple[bool, bool]:
    """Whether a rectangle stands at the left and at the right edge of its canvas."""
    return rect.x <= canvas.x + _NEAR, rect.right >= canvas.right - _NEAR


def row_heights(
    areas: Areas, needs: Mapping[str, float], height: float, gap: float, bounds: tuple[float, float]
) -> list[float] | None:
    """Return row heights that give every block its need, or None where no allowed shift of the lines does.

    Rows keep their own share where it suffices; a row grows to what its fullest single-row block needs,
    at most `bounds[1]` of its share, and takes that from rows with room, at least `bounds[0]` of theirs.
    """
    own = _shares(areas.rows, height - gap * (len(areas.rows) - 1))
    where = spans(areas)
    floor = [share * bounds[0] for share in own]
    for name, need in needs.items():
        span = where[name]
        if span.bottom - span.top == 1:
            floor[span.top] = max(floor[span.top], need)
    if any(least > share * bounds[1] + 1e-9 for least, share in zip(floor, own, strict=True)):
        return None
    wanted = [max(share, least) for share, least in zip(own, floor, strict=True)]
    excess = sum(wanted) - sum(own)
    slack = [want - least for want, least in zip(wanted, floor, strict=True)]
    if excess > sum(slack) + 1e-9:
        return None
    total = sum(slack) or 1.0
    wanted = [want - excess * room / total for want, room in zip(wanted, slack, strict=True)]
    for name, need in needs.items():
        span = where[name]
        if sum(wanted[span.top : span.bottom]) + gap * (span.bottom - span.top - 1) < need - 1e-9:
            return None
    return wanted


def least_overfull_heights(
    areas: Areas, needs: Mapping[str, float], height: float, gap: float, bounds: tuple[float, float]
) -> list[float]:
    """Return the allowed row heights at which boxes overflow least; of equals, the nearest to the own."""
    own = _shares(areas.rows, height - gap * (len(areas.rows) - 1))
    where = spans(areas)
    steps = [bounds[0] + (bounds[1] - bounds[0]) * step / _STEPS for step in range(_STEPS + 1)]

    def candidates() -> Iterator[list[float]]:
        for factors in product(steps, repeat=len(own) - 1):
            upper = [share * factor for share, factor in zip(own, factors, strict=False)]
            last = sum(own) - sum(upper)
            if own[-1] * bounds[0] <= last <= own[-1] * bounds[1]:
                yield [*upper, last]

    def cost(heights: list[float]) -> tuple[float, float]:
        excess = 0.0
        for name, need in needs.items():
            span = where[name]
            room = sum(heights[span.top : span.bottom]) + gap * (span.bottom - span.top - 1)
            excess += max(need - room, 0.0)
        return round(excess, 1), sum(abs(a - b) for a, b in zip(heights, own, strict=True))

    return min([own, *candidates()], key=cost)


def _shares(weights: Sequence[float], length: float) -> list[float]:
    total = sum(weights)
    return [length * weight / total for weight in weights]


def _edges(lengths: Sequence[float], start: float, gap: float) -> list[tuple[float, float]]:
    edges, at = [], start
    for length in lengths:
        edges.append((at, at + length))
        at += length + gap
    return edges


def _between(
    left: tuple[float, float],
    right: tuple[float, float],
    top: tuple[float, float],
    bottom: tuple[float, float],
) -> Rect:
    return Rect(left[0], top[0], right[1] - left[0], bottom[1] - top[0])
