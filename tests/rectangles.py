"""How rectangles lie: within each other, apart, over each other; lengths in mm."""

from __future__ import annotations

from bmcrender.sheets import Rect

NEAR = 1e-3


def within(inner: Rect, outer: Rect, slack: float = NEAR) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def apart(one: Rect, other: Rect, slack: float = NEAR) -> bool:
    return (
        one.right <= other.x + slack
        or other.right <= one.x + slack
        or one.bottom <= other.y + slack
        or other.bottom <= one.y + slack
    )
