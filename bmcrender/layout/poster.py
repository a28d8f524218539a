"""A document to a poster: title block, nine boxes at the largest size that fits, continuation pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bmcrender.document import Document, DocumentBlock, Run, Text
from bmcrender.errors import CanvasError, Diagnostic, Severity
from bmcrender.layout import grid
from bmcrender.layout.boxes import BoxModel, Headings, Notes
from bmcrender.layout.continuation import Remainder, continuation_pages, pages_of
from bmcrender.layout.fit import WORTH, Bounds, Fit, PageModel
from bmcrender.layout.guide import Amount
from bmcrender.layout.header import Header, HeaderModel
from bmcrender.layout.notes import NoteForm
from bmcrender.layout.rules import inner_sides, rules_between
from bmcrender.layout.tight import tightened
from bmcrender.layout.typeset import MM_PER_PT, Typesetter
from bmcrender.measure import Measurer
from bmcrender.sheets import Box, Page, Rect, Sheet

# Kept free beside the place of a sticky note, since lengths are rounded on their way.
_SLACK_MM = 0.1

# A title block higher than this share of the page is set in another way; a canvas is not lower than that one.
_HIGH_HEADER, _LEAST_CANVAS = 0.2, 0.4
_KEYS = {"designed_for": "organization", "designed_by": "authors"}

_AMOUNTS: tuple[Amount, ...] = ("full", "terse", "questions", "none")
_SHORTENED = {
    "terse": "its lists stand without explanations",
    "questions": "its lists are left out",
    "none": "it is left out",
}


def poster(document: Document, measurer: Measurer) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """Return the poster and what had to go on, on further pages."""
    sheet, found = _Poster(document, measurer).sheet()
    closer = tightened(document) if len(sheet.pages) > 1 else None
    if closer is not None:
        tight, told = _Poster(closer, measurer).sheet()
        if len(tight.pages) < len(sheet.pages):
            return tight, told
    return sheet, found


class _Poster:
    def __init__(self, document: Document, measurer: Measurer) -> None:
        self.document = document
        self.typesetter = Typesetter(document, measurer)
        self.width, self.height = document.page
        self.unit = min(document.page) / 100
        page = self.typesetter.tokens["page"]
        self.margin = float(page["margin"]) * self.unit
        room = self.width - 2 * self.margin
        widest = (self.height - self.margin * 2) * float(page["widest_ratio"])
        self.canvas_w = min(room, widest) if self.width > self.height else room
        self.canvas_x = (self.width - self.canvas_w) / 2
        self.headers = HeaderModel(
            self.typesetter, self.unit, self.width, self.canvas_x, self.canvas_w, self.height > self.width
        )
        self.areas = grid.mirrored_areas(document.areas) if document.mirrored else document.areas

    def sheet(self) -> tuple[Sheet, tuple[Diagnostic, ...]]:
        header = self.header()
        canvas = self.canvas(header)
        for amount in self.amounts():
            model, fit = self.fitted(canvas, amount)
            if model.guide_fits(fit):
                break
        boxes, remainders = self.boxes(model, fit)
        rest = continuation_pages(
            self.typesetter, self.headers, self.unit, self.height, remainders, model.bounds
        )
        boxes = tuple(self._pointing(box, rest) for box in boxes)
        pages = [self.page(header, model.canvas, boxes), *rest]
        if rest:
            pages = [self._with_footer(page, n, len(pages)) for n, page in enumerate(pages, start=1)]
        sheet = Sheet(self.document, self.width, self.height, self.unit, self.typesetter.stroke, tuple(pages))
        placeless = self._placeless(boxes)
        return sheet, (*self._shortened(amount), *placeless, *self._findings(remainders, rest))

    def canvas(self, header: Header) -> Rect:
        page = self.typesetter.tokens["page"]
        top = self.margin + float(page["header"]) * self.unit
        top = max(top, header.bottom + 1.6 * self.unit)
        height = self.headers.foot(self.height) - top
        if height < self.height * _LEAST_CANVAS:
            raise CanvasError([self._crowded()])
        return Rect(self.canvas_x, top, self.canvas_w, height)

    def header(self) -> Header:
        """Return the title block, its fields in a row of their own where beside it they stand too high."""
        beside = self.headers.header(self.document.title)
        if self.headers.stacked or beside.bottom < self.height * _HIGH_HEADER:
            return beside
        below = replace(self.headers, stacked=True).header(self.document.title)
        return min(beside, below, key=lambda header: header.bottom)

    def _crowded(self) -> Diagnostic:
        """Say which text of the title block or the footer is too long for this page."""
        document = self.document
        texts = {"title": document.title, "subtitle": document.subtitle, "footer": document.footer}
        texts |= {_KEYS.get(field.name, field.name): field.value for field in document.fields}
        longest = max(texts, key=lambda name: len(given.plain) if (given := texts[name]) else 0)
        message = f"the title block leaves no room for the canvas: '{longest}' is too long for this page"
        return Diagnostic("error", "no-room", message, "shorten it, or choose a larger page", path=(longest,))

    def amounts(self) -> tuple[Amount, ...]:
        """How much of the guide to try to show, from what is asked for to nothing."""
        most: Amount = "questions" if self.document.guide == "auto" else self.document.guide
        return _AMOUNTS[_AMOUNTS.index(most) :]

    def fitted(self, canvas: Rect, amount: Amount) -> tuple[PageModel, Fit]:
        """Return the page with so much of its guide, with room for a sticky note in each box if it can be."""
        noted = self.noted(canvas, amount)
        if noted:
            return noted
        gap = float(self.typesetter.tokens["box"]["heading_gap"]) * self.unit
        spare = self.document.sticky + gap + _SLACK_MM if self.document.sticky else 0.0
        model = self.model(canvas, amount, spare)
        fit = model.fit()
        if spare and fit.too_full:
            model = self.model(canvas, amount)
            fit = model.fit()
        return model, fit

    def noted(self, canvas: Rect, amount: Amount) -> tuple[PageModel, Fit] | None:
        """Return the page with its items as notes, None where these would get small."""
        best: tuple[PageModel, Fit] | None = None
        for notes in self.note_forms():
            model = self.model(canvas, amount, notes=notes)
            fit = model.fit()
            fits = not fit.too_full and fit.size >= model.bounds.easy
            if fits and (best is None or fit.size > best[1].size * WORTH):
                best = model, fit
            if best and best[1].size >= model.bounds.largest / WORTH:
                break
        return best

    def note_forms(self) -> Iterator[Notes]:
        """Yield the ways to set items as notes, the best first; none where the theme sets lists."""
        items = self.typesetter.tokens["items"]
        if items["form"] != "notes" or not any(block.items for block in self.document.blocks):
            return
        for form in items["notes"]["forms"]:
            narrow, wide = (
                NoteForm(int(across), float(height) * self.unit)
                for across, height in zip(form["across"], form["height"], strict=True)
            )
            yield narrow, wide

    def model(self, canvas: Rect, amount: Amount, spare: float = 0.0, notes: Notes = ()) -> PageModel:
        tokens = self.typesetter.tokens
        gap = float(tokens["box"]["gap"]) * self.unit
        rects = grid.rectangles(self.areas, canvas, gap)
        asked = [self._asks(block) for block in self.document.blocks]
        eyebrows = sum(asked) * 2 > len(asked)
        headings = Headings(self._heading_size(rects, canvas), eyebrows)
        boxes = {
            block.id: replace(
                BoxModel.of(
                    self.typesetter,
                    block,
                    self.unit,
                    headings,
                    amount if asks else "none",
                    grid.outer_sides(rects[block.id], canvas),
                ),
                notes=notes,
                spare=spare,
            )
            for block, asks in zip(self.document.blocks, asked, strict=True)
        }
        lines = {name: box.heading_lines(rects[name].w) for name, box in boxes.items()}
        beside = {
            name: max(lines[n] for n in lines if abs(rects[n].y - rects[name].y) < 0.01) for name in lines
        }
        shift = tuple(float(share) for share in tokens["box"]["rows"])
        return PageModel(
            self.areas,
            canvas,
            gap,
            boxes,
            beside,
            self.typesetter.densities,
            self.bounds(),
            (shift[0], shift[1]),
        )

    def bounds(self) -> Bounds:
        setter, unit = self.typesetter, self.unit
        floor = float(setter.tokens["items"]["floor_pt"]) * MM_PER_PT
        return Bounds(
            largest=setter.size("item") * unit,
            easy=setter.size("item", "easy") * unit,
            floor=max(setter.size("item", "min") * unit, floor),
            question=setter.size("question") * unit,
            question_floor=max(setter.size("question", "min") * unit, floor),
            question_share=float(setter.tokens["type"]["question"]["share"]),
            alone=float(setter.tokens["items"]["alone"]),
        )

    def boxes(self, model: PageModel, fit: Fit) -> tuple[tuple[Box, ...], list[Remainder]]:
        rects = grid.rectangles(self.areas, model.canvas, model.gap, fit.heights)
        remainders: list[Remainder] = []
        placed = []
        for block in self.document.blocks:
            box, rect = model.boxes[block.id], rects[block.id]
            size = fit.own_sizes.get(block.id, fit.size)
            sides = inner_sides(rect, model.canvas, self.typesetter.tokens)
            more = None
            if block.id in fit.too_full:
                self._check_heading(box, rect, model.lines[block.id], fit)
            if block.id in fit.too_full and box.rows:
                box, remainder = self._split(box, rect, model.lines[block.id], size, fit)
                remainders.append(remainder)
                more = self._more(block.id, 2)
            placed.append(box.set(rect, model.lines[block.id], size, fit.density, fit.question, sides, more))
        return tuple(placed), remainders

    def _check_heading(self, box: BoxModel, rect: Rect, lines: int, fit: Fit) -> None:
        """Refuse a box that does not even hold its heading, and where it goes on."""
        needed = box.fixed_height(rect.w, lines, fit.question) - box.padding
        if needed + (box.padding + box.more_height() if box.rows else 0.0) > rect.h + _SLACK_MM:
            message = f"the title of '{box.block.id}' leaves no room in its box on this page"
            hint = "shorten it, or choose a larger page (--page-size a2)"
            raise CanvasError([Diagnostic("error", "no-room", message, hint, path=("blocks", box.block.id))])

    def _more(self, block: str, page: int) -> Text:
        label = self.document.label("continued_on", n=page)
        return Text(f"{block}.more", (Run(label),), self.document.direction)

    def _pointing(self, box: Box, rest: Sequence[Page]) -> Box:
        """Let a box that is too full name the page on which it goes on."""
        if box.more is None or box.block not in pages_of(rest):
            return box
        first, _ = pages_of(rest)[box.block]
        return replace(box, more=replace(box.more, text=self._more(box.block, first)))

    def _split(
        self, box: BoxModel, rect: Rect, lines: int, size: float, fit: Fit
    ) -> tuple[BoxModel, Remainder]:
        """Part a block that is too full: what its box takes, and what goes on."""
        inner = box.inner(rect.w)
        used = box.need(rect.w, lines, size, fit.density, fit.question) - box.items_height(
            inner, size, fit.density
        )
        room = rect.h - used - box.more_height()
        count = box.fitting(inner, room, size, fit.density)
        rest = box.rows[count:]
        return replace(box, rows=box.rows[:count]), Remainder(box, rest, len(box.rows))

    def page(self, header: Header, canvas: Rect, boxes: tuple[Box, ...]) -> Page:
        footer = self.headers.footer(self.height, 1, 1)
        rules = rules_between(boxes, canvas, self.typesetter.tokens, self.unit)
        return Page(header.title, header.subtitle, header.fields, header.logo, canvas, boxes, footer, rules)

    def _with_footer(self, page: Page, number: int, pages: int) -> Page:
        return replace(page, footer=self.headers.footer(self.height, number, pages))

    def _asks(self, block: DocumentBlock) -> bool:
        """Whether the block's box shows its guiding questions."""
        if self.document.guide == "auto":
            return not block.items
        return self.document.guide != "none"

    def _heading_size(self, rects: Mapping[str, Rect], canvas: Rect) -> float:
        """One size for all headings: the largest in its bounds with which each stands on one line."""
        setter = self.typesetter
        large, least = setter.size("heading") * self.unit, setter.size("heading", "min") * self.unit
        size = large
        for block in self.document.blocks:
            outer = grid.outer_sides(rects[block.id], canvas)
            probe = BoxModel.of(setter, block, self.unit, Headings(large, False), "none", outer)
            room = probe.heading_width(rects[block.id].w)
            natural = setter.shaped(probe.title, "heading").width
            if natural * size > room:
                size = room / natural * 0.998
        return max(size, least)

    def _shortened(self, amount: Amount) -> list[Diagnostic]:
        """Say so when the page is too small for the guide that was asked for."""
        if amount == self.amounts()[0]:
            return []
        points = self.bounds().question_floor / MM_PER_PT
        message = f"the guide does not fit this page at {points:.1f} pt; {_SHORTENED[amount]}"
        return [Diagnostic("warning", "guide-shortened", message, "choose a larger page (--page-size a2)")]

    def _placeless(self, boxes: Sequence[Box]) -> list[Diagnostic]:
        """Say so when sticky notes of the size that was asked for do not fit into boxes."""
        side = self.document.sticky
        without = sum(not box.places for box in boxes) if side else 0
        if side is None or not without:
            return []
        message = f"sticky notes of {side:g} mm do not fit into {without} of {len(boxes)} boxes"
        hint = "choose a larger page, smaller notes, or less of the guide (--guide none)"
        return [Diagnostic("warning", "no-places", message, hint)]

    def _findings(self, remainders: list[Remainder], rest: Sequence[Page]) -> list[Diagnostic]:
        severity: Severity = "error" if self.document.overflow == "fail" else "warning"
        points = self.bounds().floor / MM_PER_PT
        places = pages_of(rest)
        found = []
        for remainder in remainders:
            first, last = places[remainder.box.block.id]
            found.append(
                Diagnostic(
                    severity,
                    "overflow",
                    f"'{remainder.box.block.id}' is too full for its box at {points:.1f} pt: "
                    f"{len(remainder.rows)} of its {remainder.total} items go on, "
                    + (f"on page {first}" if first == last else f"on pages {first} to {last}"),
                    "shorten it, or choose a larger page (--page-size a2)",
                    path=("blocks", remainder.box.block.id),
                )
            )
        return found
