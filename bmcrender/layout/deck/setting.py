"""What all slides of a deck share: geometry, sizes of the theme, words, measuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bmcrender.layout.deck.gauge import Gauge
from bmcrender.model import Document, Run, Text
from bmcrender.sheets import Paragraph, Rect


@dataclass(frozen=True)
class Setting:
    """The slide of one document in its theme; lengths in mm, right-to-left documents mirrored."""

    document: Document
    gauge: Gauge

    @cached_property
    def tokens(self) -> Mapping[str, Any]:
        """The theme's tokens for decks."""
        found: Mapping[str, Any] = self.document.theme.tokens["deck"]
        return found

    @cached_property
    def width(self) -> float:
        """The width of a slide."""
        return float(self.tokens["size"][0])

    @cached_property
    def height(self) -> float:
        """The height of a slide."""
        return float(self.tokens["size"][1])

    @cached_property
    def margin(self) -> float:
        """The space left free at each side."""
        return float(self.tokens["margin"])

    @cached_property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @cached_property
    def spacing(self) -> float:
        """The line spacing of running text, as a share of the programs' own."""
        script = self.document.theme.tokens["scripts"].get(self.document.script, {})
        return float(script.get("deck_line", 1.0))

    def at(self, start: float, y: float, w: float, h: float) -> Rect:
        """Return a rectangle by its distance from the edge where lines start."""
        rect = Rect(start, y, w, h)
        return rect.mirrored(self.width) if self.document.direction == "rtl" else rect

    def sizes(self, slide: str, name: str) -> tuple[float, ...]:
        """Return a list of sizes of the theme, the largest first."""
        return _listed(self.tokens[slide][name])

    @property
    def footer_sizes(self) -> tuple[float, ...]:
        """The sizes of the footer."""
        return _listed(self.tokens["footer"])

    def layout_name(self, role: str) -> str:
        """Return a layout's name, by which a template may offer one of its own."""
        return f"{self.document.kind.upper()} {role}"

    def words(self, node: str, text: str) -> Text:
        """Return a text of the product's own."""
        return Text(node, (Run(text),), self.document.direction)

    def label(self, key: str, **values: int | str) -> Text:
        """Return a label as a text."""
        return self.words(f"label.{key}", self.document.label(key, **values))

    def fitted(
        self,
        text: Text,
        sizes: Sequence[float],
        area: Rect,
        color: str,
        bold: bool = False,
        loose: bool = False,
    ) -> Paragraph:
        """Return a text as one paragraph at the largest size that fits an area."""
        spacing = self.spacing if loose else 1.0

        def at(size: float) -> Paragraph:
            return Paragraph(text, size, color, bold, line_spacing=spacing)

        return at(self.gauge.largest(sizes, lambda size: [at(size)], area))


def _listed(given: float | Sequence[float]) -> tuple[float, ...]:
    return tuple(float(size) for size in given) if isinstance(given, Sequence) else (float(given),)
