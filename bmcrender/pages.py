"""Page sizes by name or as WIDTHxHEIGHTmm, in millimetres, and names by size."""

from __future__ import annotations

import re

from bmcrender.model import Orientation

# Short side first: ISO 216, and ANSI/ARCH sizes in their millimetres.
SIZES: dict[str, tuple[float, float]] = {
    "a4": (210, 297), "a3": (297, 420), "a2": (420, 594), "a1": (594, 841), "a0": (841, 1189),
    "b4": (250, 353), "b3": (353, 500), "b2": (500, 707), "b1": (707, 1000), "b0": (1000, 1414),
    "letter": (215.9, 279.4), "legal": (215.9, 355.6), "tabloid": (279.4, 431.8),
    "arch-d": (609.6, 914.4), "arch-e": (914.4, 1219.2),
}  # fmt: skip

MIN_MM, MAX_MM = 100.0, 3000.0
_CUSTOM = re.compile(r"(\d+(?:\.\d+)?)\s*x\s*(\d+(?:\.\d+)?)\s*mm")


def page_size(name: str, orientation: Orientation = "landscape") -> tuple[float, float]:
    """Return width and height; a custom size keeps the order it is written in.

    Raises ValueError, with a sentence for the user, for an unknown name or a size out of bounds.
    """
    custom = _CUSTOM.fullmatch(name.strip().lower())
    if custom:
        width, height = float(custom[1]), float(custom[2])
        if not all(MIN_MM <= side <= MAX_MM for side in (width, height)):
            raise ValueError(f"a page side must be between {MIN_MM:g} and {MAX_MM:g} mm, not '{name}'")
        return width, height
    if name.lower() not in SIZES:
        raise ValueError(f"'{name}' is not a page size")
    short, long = SIZES[name.lower()]
    return (long, short) if orientation == "landscape" else (short, long)


def lies(name: str, orientation: Orientation) -> bool:
    """Whether a page lies in a way; only a size that is written out keeps its own."""
    width, height = page_size(name, orientation)
    return width == height or (width > height) == (orientation == "landscape")


def page_name(width: float, height: float) -> str:
    """Return the name of a page size, whichever way it lies, or WIDTHxHEIGHTmm."""
    size = min(width, height), max(width, height)
    return next((name for name, sides in SIZES.items() if sides == size), f"{width:g}x{height:g}mm")
