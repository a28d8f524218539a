"""The rules between the boxes of a page: their sides, which meet, or lines that stop before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bmcrender.sheets import Box, Rect

_NEAR = 0.01  # mm

Span = tuple[float, float, float]  # where across, from, to


def inner_sides(rect: Rect, canvas: Rect, tokens: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the upper and the left side of a box are drawn as rules."""
    if tokens["box"]["gap"] or tokens["box"]["rule_gap"]:
        return False, False
    return rect.y > canvas.y + _NEAR, rect.x > canvas.x + _NEAR


def rules_between(
    boxes: Sequence[Box], canvas: Rect, tokens: Mapping[str, Any], unit: float
) -> tuple[Rect, ...]:
    """Return the lines between boxes that stop before those across them; none where rules meet."""
    gap = float(tokens["box"]["rule_gap"]) * unit
    if not gap:
        return ()
    rects = [box.rect for box in boxes]
    across = [(rect.y, rect.x, rect.right) for rect in rects if rect.y > canvas.y + _NEAR]
    down = [(rect.x, rect.y, rect.bottom) for rect in rects if rect.x > canvas.x + _NEAR]
    return (
        *(_across(span, canvas, gap) for span in _joined(across)),
        *(Rect(at, start + gap, 0, end - start - 2 * gap) for at, start, end in _joined(down)),
    )


def _across(span: Span, canvas: Rect, gap: float) -> Rect:
    """Return a horizontal line; at the canvas's own sides nothing stands across it."""
    y, left, right = span
    left += gap if left > canvas.x + _NEAR else 0
    right -= gap if right < canvas.right - _NEAR else 0
    return Rect(left, y, right - left, 0)


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans with those on one line that touch made one."""
    current: Span | None = None
    for span in sorted((round(at, 3), start, end) for at, start, end in spans):
        if current and span[0] == current[0] and span[1] <= current[2] + _NEAR:
            current = (current[0], current[1], max(current[2], span[2]))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current
