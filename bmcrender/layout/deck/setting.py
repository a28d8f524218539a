"""What all slides of a deck share: where things stand, sizes of the theme, words, measuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import sqrt
from typing import Any, Literal

from bmcrender.document import Document, DocumentBlock, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.deck.gauge import Gauge
from bmcrender.layout.deck.stage import headings
from bmcrender.model import laid_over
from bmcrender.sheets import Rect
from bmcrender.slides import INSET, Frame, Paragraph, Role, Shape, Stage


@dataclass(frozen=True)
class Setting:
    """The slides of one document on a stage that has a place for all that it is to show; lengths in mm."""

    document: Document
    gauge: Gauge
    stage: Stage

    @cached_property
    def tokens(self) -> Mapping[str, Any]:
        """The theme's tokens for decks; on a foreign stage its looks are not the theme's."""
        found: Mapping[str, Any] = self.document.theme.tokens["deck"]
        return laid_over(found, found["template"]) if self.stage.foreign else found

    @cached_property
    def scale(self) -> float:
        """How large things are on this stage, as a share of their size on the theme's own."""
        return scale(self.stage, self.document)

    @cached_property
    def spacing(self) -> float:
        """The line spacing of running text, as a share of the programs' own."""
        script = self.document.theme.tokens["scripts"].get(self.document.script, {})
        return float(script.get("deck_line", 1.0))

    @property
    def back(self) -> Mapping[str, Any]:
        """What makes a shape lead back to the overview, nothing in a deck without one."""
        if self.document.deck == "blocks":
            return {}
        return {"link": "overview", "tooltip": self.document.label("back_to_overview")}

    def color(self, name: str, block: DocumentBlock) -> str:
        """Return the name of a colour: "group" and its shades are those of the block's own group."""
        return block.group + name.removeprefix("group") if name.partition("_")[0] == "group" else name

    def frame(self, role: Role) -> Frame:
        """Return where things stand on the slides of a role."""
        return self.stage.frames[role]

    def place(self, role: Role, name: str) -> Rect:
        """Return a place on the slides of a role."""
        return self.frame(role).places[name]

    def beside_title(self, role: Role) -> Literal["start", "center"]:
        """Return where a line beside the title of a role's slides stands in its place: as the title does."""
        return "center" if self.frame(role).centred else "start"

    def shape(self, role: Role, place: str, name: str, **more: Any) -> Shape:
        """Return what stands in a place: a placeholder if the frame has one there, else a text box."""
        frame = self.frame(role)
        placeholder = place if place in frame.placeholders else ""
        if placeholder and self.stage.foreign:
            more = {"inset": INSET, **more}
        return Shape(name, frame.places[place], placeholder=placeholder, **more)

    def sizes(self, slide: str, name: str) -> tuple[float, ...]:
        """Return a list of sizes of the theme, the largest first, as large as the stage wants them."""
        given, least = listed(self.tokens[slide][name]), float(self.tokens[slide]["least"])
        if self.scale == 1:
            return given
        scaled = (max(float(round(size * self.scale)), min(least, size)) for size in given)
        return tuple(dict.fromkeys(scaled))

    def words(self, node: str, text: str) -> Text:
        """Return a text of the product's own."""
        return Text(node, (Run(text),), self.document.direction)

    def label(self, key: str, **values: int | str) -> Text:
        """Return a label as a text."""
        return self.words(f"label.{key}", self.document.label(key, **values))

    def heading(self, text: Text, size: float, color: str) -> Paragraph:
        """Return a text as a heading: in the fonts of headings, bold where the theme says so."""
        bold = bool(headings(self.document)["bold"])
        return Paragraph(text, size, color, bold, line_spacing=self.spacing, heading=True)

    def title(self, text: Text, color: str, loose: bool = False) -> Paragraph:
        """Return a text as a slide's title, of no size yet; `loose` lines are as far apart as in texts."""
        bold = bool(headings(self.document)["titles_bold"])
        spacing = self.spacing if loose else 1.0
        return Paragraph(text, 0.0, color, bold, line_spacing=spacing, heading=True)

    def fitted(self, shape: Shape, sizes: Sequence[float], sample: Paragraph) -> Paragraph:
        """Return a paragraph at the largest size at which it fits a shape."""

        def at(size: float) -> Paragraph:
            return replace(sample, size_pt=size)

        return at(self.gauge.largest(sizes, lambda size: [at(size)], room(shape)))

    def on_one_line(self, shape: Shape, sizes: Sequence[float], sample: Paragraph) -> tuple[float, ...]:
        """Return the sizes at which a paragraph is one line of a shape."""
        width = room(shape).w
        return tuple(size for size in sizes if self.gauge.lines(replace(sample, size_pt=size), width) == 1)


def scale(stage: Stage, document: Document) -> float:
    """Return how large things are on a stage, as a share of their size on the theme's own."""
    width, height = (float(length) for length in document.theme.tokens["deck"]["size"])
    return sqrt(stage.width * stage.height / (width * height)) if stage.foreign else 1.0


def room(shape: Shape) -> Rect:
    """Return the room for text in a shape."""
    return shape.rect.inset(*shape.inset)


def listed(given: float | Sequence[float]) -> tuple[float, ...]:
    """Return a number, or several, as several."""
    return tuple(float(size) for size in given) if isinstance(given, Sequence) else (float(given),)
