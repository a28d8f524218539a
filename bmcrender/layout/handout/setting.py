"""The lengths and the type of a handout's pages, for one document in its theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bmcrender.document import Document, Run, Text
from bmcrender.layout.grid import mirrored_areas
from bmcrender.layout.typeset import CAP_EM, MM_PER_PT, Typesetter
from bmcrender.measure import Measurer
from bmcrender.model import Areas
from bmcrender.sheets import Rect, TextBlock


class Setting:
    """Sets texts in the handout's own type; lengths are mm of the page, rectangles drawn left to right."""

    def __init__(self, document: Document, measurer: Measurer) -> None:
        self.given: Mapping[str, Any] = document.theme.tokens["handout"]
        self.document = _dressed(document, self.given)
        self.typesetter = Typesetter(self.document, measurer)
        self.width, self.height = document.page
        short, long = self.given["base"]
        fitting = min(min(document.page) / float(short), max(document.page) / float(long))
        self.scale = max(fitting, float(self.given["least_scale"]))
        side, top, bottom = (self.length(name) for name in ("side", "top", "bottom"))
        self.content = Rect(side, top, self.width - 2 * side, self.height - top - bottom)
        self.rtl = document.direction == "rtl"

    def length(self, name: str, group: str = "space") -> float:
        """Return a length of the tokens in mm."""
        return float(self.given[group][name]) * self.scale

    @property
    def lengths(self) -> dict[str, float]:
        """All lengths of the flow by name, and how far a tick box hangs below the top of its question."""
        middle = self.baseline("question") - CAP_EM * self.size("question") / 2
        lengths = {name: self.length(name) for name in self.given["space"]}
        return {**lengths, "tick_drop": middle - lengths["tick"] / 2}

    def size(self, role: str) -> float:
        """Return a role's size of type in mm."""
        return self.points(self.typesetter.size(role))

    def points(self, size: float) -> float:
        """Return a size in the tokens' points in mm."""
        return size * MM_PER_PT * self.scale

    @property
    def areas(self) -> Areas:
        """The grid of the canvas as the document's readers see it."""
        return mirrored_areas(self.document.areas) if self.document.mirrored else self.document.areas

    @property
    def text_x(self) -> float:
        """Where texts start, beside the labels."""
        return self.length("label") + self.length("gutter")

    @property
    def text_width(self) -> float:
        """How wide the column of texts is."""
        return self.content.w - self.text_x

    def height_of(self, text: Text, role: str, width: float, size: float | None = None) -> float:
        """Return how high a text stands in a column."""
        size = size or self.size(role)
        return self.typesetter.shaped(text, role).height(width / size) * size

    def baseline(self, role: str, size: float | None = None) -> float:
        """Return how far below its top a text's first line stands."""
        return self.typesetter.baseline(role) * (size or self.size(role))

    def set(self, text: Text, role: str, width: float, size: float | None = None) -> Text:
        """Return a text broken into the lines it has in a column."""
        return self.typesetter.set(text, role, width, size or self.size(role))

    def block(self, text: Text, role: str, area: Rect, within: float, size: float | None = None) -> TextBlock:
        """Return a text set from the top of an area, on the side where reading starts of a frame so wide."""
        size = size or self.size(role)
        rect = Rect(area.x, area.y, area.w, self.height_of(text, role, area.w, size))
        return TextBlock(self.set(text, role, area.w, size), role, self.placed(rect, within), size)

    def placed(self, rect: Rect, within: float) -> Rect:
        """Return a rectangle drawn left to right where it belongs in a frame so wide."""
        return rect.mirrored(within) if self.rtl else rect

    def text(self, node: str, words: str) -> Text:
        """Return a text of ours."""
        return Text(node, (Run(words),), self.document.direction)


def _dressed(document: Document, given: Mapping[str, Any]) -> Document:
    """Return the document in a theme whose type, strokes and scripts are the handout's."""
    tokens = document.theme.tokens
    scripts = {
        name: {**common, "sizes": {}, **given["scripts"].get(name, {})}
        for name, common in tokens["scripts"].items()
    }
    own = {**tokens, "type": given["type"], "stroke": given["stroke"], "scripts": scripts}
    return replace(document, theme=replace(document.theme, tokens=own))
