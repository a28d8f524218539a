"""The title block and the footer of a poster page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Literal

from bmcrender.document import Document, Field, Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.typeset import CAP_EM, Typesetter
from bmcrender.sheets import FieldBlock, Rect, TextBlock

_NEAR = 0.01  # hundredths of the canvas
# How far a value of the title block may shrink to stay on one line; how far for a name to stay whole.
_SMALLER, _SMALLEST = 0.84, 0.72
_ABOVE_FOOTER_U = 0.9


@dataclass(frozen=True, slots=True)
class Header:
    """The title block, and where the canvas may begin below it (mm)."""

    title: TextBlock
    subtitle: TextBlock | None
    fields: tuple[FieldBlock, ...]
    logo: Rect | None
    bottom: float


@dataclass(frozen=True, slots=True)
class HeaderModel:
    """Sets the title block of one page size; rectangles are drawn left to right, then mirrored."""

    typesetter: Typesetter
    unit: float
    width: float  # of the page
    canvas_x: float
    canvas_w: float
    stacked: bool = False  # fields in a row of their own below the title, as on a page higher than wide

    @property
    def document(self) -> Document:
        """The document whose title block this is."""
        return self.typesetter.document

    def header(self, title: Text, with_fields: bool = True) -> Header:
        """Return the title block with a title of the caller's choice."""
        top = float(self.typesetter.tokens["page"]["margin"]) * self.unit
        if self.stacked:
            return self._stacked_header(title, with_fields, top)
        given = self.document.fields if with_fields else ()
        fields, bottom = self._fields(given, top)
        start = min((field.rule.x for field in fields), default=self.canvas_x + self.canvas_w)
        gap = 2.4 * self.unit if self.document.fields else 0.0
        logo = self._logo(start, top, gap) if with_fields else None
        end = logo.x if logo else start
        air = float(self.typesetter.tokens["header"]["air"]) * self.unit if fields or logo else 0.0
        title_block = self._title(title, end - air - self.canvas_x, top)
        subtitle = self._subtitle(title_block) if with_fields else None
        last = subtitle or title_block
        bottom = max(bottom, last.rect.bottom, logo.bottom if logo else 0.0)
        return self._header(title_block, subtitle, fields, logo, bottom)

    def _stacked_header(self, title: Text, with_fields: bool, top: float) -> Header:
        """Return title and subtitle over the full width, the fields in one row below them."""
        edge = self.canvas_x + self.canvas_w
        logo = self._logo(edge, top, 0.0) if with_fields else None
        room = (logo.x - 2.4 * self.unit if logo else edge) - self.canvas_x
        title_block = self._title(title, room, top)
        subtitle = self._subtitle(title_block) if with_fields else None
        bottom = max((subtitle or title_block).rect.bottom, logo.bottom if logo else 0.0)
        fields: list[FieldBlock] = []
        if with_fields and self.document.fields:
            fields = self._field_row(self.document.fields, bottom + self.unit)
            bottom = max(field.value.rect.bottom for field in fields)
        return self._header(title_block, subtitle, fields, logo, bottom)

    def _field_row(self, given: Sequence[Field], top: float) -> list[FieldBlock]:
        tokens = self.typesetter.tokens["header"]
        gap = float(tokens["field_gap"]) * self.unit
        shares = [float(tokens["field_row"][field.name]) for field in given]
        room = self.canvas_w - gap * (len(given) - 1)
        x, placed = self.canvas_x, []
        for field, share in zip(given, shares, strict=True):
            width = room * share / sum(shares)
            placed.append(self._field(field, Rect(x, top, width, 0)))
            x += width + gap
        return placed

    def _header(
        self,
        title: TextBlock,
        subtitle: TextBlock | None,
        fields: Sequence[FieldBlock],
        logo: Rect | None,
        bottom: float,
    ) -> Header:
        flip = self.document.direction == "rtl"
        return Header(
            title=self._placed(title),
            subtitle=self._placed(subtitle) if subtitle else None,
            fields=tuple(
                FieldBlock(
                    field.rule.mirrored(self.width) if flip else field.rule,
                    self._placed(field.label),
                    self._placed(field.value),
                )
                for field in fields
            ),
            logo=logo.mirrored(self.width) if logo and flip else logo,
            bottom=bottom,
        )

    def footer(self, height: float, page: int, pages: int) -> tuple[TextBlock, ...]:
        """Return attribution, the user's own footer, and "page x of y" where there are several pages."""
        size = self.typesetter.size("footer") * self.unit
        end_texts = [_numbered(self.document.footer, page)] if self.document.footer else []
        if pages > 1:
            label = self.document.label("page", n=page, m=pages)
            end_texts.append(Text(f"page.{page}", (Run(label),), self.document.direction))
        blocks, right = [], self.canvas_x + self.canvas_w
        for text in reversed(end_texts):
            wide = self.typesetter.shaped(text, "footer").width * size + 0.2 * size
            wide = min(wide, self.canvas_w * 0.6)
            blocks.append(self._line(text, "footer", right - wide, wide, height, "end"))
            right -= wide + 2 * self.unit
        left = self._line(
            _numbered(self.document.attribution, page),
            "footer",
            self.canvas_x,
            right - self.canvas_x,
            height,
            "start",
        )
        return tuple(self._placed(block) for block in (left, *reversed(blocks)))

    def foot(self, height: float) -> float:
        """Return the y at which a canvas ends: its own place, or above a footer of several lines."""
        usual = height - float(self.typesetter.tokens["page"]["foot"]) * self.unit
        highest = min(block.rect.y for block in self.footer(height, 88, 88))
        return min(usual, highest - _ABOVE_FOOTER_U * self.unit)

    def _line(
        self,
        text: Text,
        role: str,
        x: float,
        width: float,
        page_height: float,
        align: Literal["start", "end"],
    ) -> TextBlock:
        size = self.typesetter.size(role) * self.unit
        shaped = self.typesetter.shaped(text, role)
        needed = shaped.height(width / size) * size
        base = page_height - float(self.typesetter.tokens["page"]["footer_base"]) * self.unit
        top = base + 0.3 * size - needed
        broken = self.typesetter.set(text, role, width, size)
        return TextBlock(broken, role, Rect(x, top, width, needed), size, align)

    def _title(self, title: Text, room: float, top: float) -> TextBlock:
        role = "title"
        shaped = self.typesetter.shaped(title, role)
        largest, least = self.typesetter.size(role), self.typesetter.size(role, "min")
        fitting = room / shaped.width / self.unit if shaped.width else largest
        size = max(min(largest, fitting * 0.995), least) * self.unit
        height = shaped.height(room / size) * size
        y = top - (self.typesetter.baseline(role) - CAP_EM) * size
        broken = self.typesetter.set(title, role, room, size)
        return TextBlock(broken, role, Rect(self.canvas_x, y, room, height), size)

    def _subtitle(self, title: TextBlock) -> TextBlock | None:
        text = self.document.subtitle
        if text is None:
            return None
        size = self.typesetter.size("subtitle") * self.unit
        height = self.typesetter.shaped(text, "subtitle").height(title.rect.w / size) * size
        y = title.rect.bottom + 0.35 * self.unit
        text = self.typesetter.set(text, "subtitle", title.rect.w, size)
        return TextBlock(text, "subtitle", Rect(title.rect.x, y, title.rect.w, height), size)

    def _fields(self, given: Sequence[Field], top: float) -> tuple[list[FieldBlock], float]:
        tokens = self.typesetter.tokens["header"]
        gap = float(tokens["field_gap"]) * self.unit
        edge, placed = 100.0, []
        # Absent fields close up towards the outer edge.
        for field in reversed(given):
            start, end = edge - float(tokens["fields"][field.name]), self._ending(edge, gap)
            x = self._starting(start)
            placed.append(self._field(field, Rect(x, top, end - x, 0)))
            edge = start
        bottom = max((field.value.rect.bottom for field in placed), default=top)
        return placed[::-1], bottom

    def _starting(self, percent: float) -> float:
        """Return where something begins after so many hundredths of the columns, gaps not counted."""
        before = sum(1 for end in self._ends if end <= percent + _NEAR)
        room = self.canvas_w - self._gap * len(self._ends)
        return self.canvas_x + percent / 100 * room + self._gap * before

    def _ending(self, percent: float, air: float) -> float:
        """Return where something ends before what begins there; flush with the canvas at its edge."""
        if percent >= 100 - _NEAR:
            return self.canvas_x + self.canvas_w
        beside_gap = any(abs(end - percent) < _NEAR for end in self._ends)
        return self._starting(percent) - max(air, self._gap if beside_gap else 0.0)

    @property
    def _gap(self) -> float:
        """The space between columns in mm."""
        return float(self.typesetter.tokens["box"]["gap"]) * self.unit

    @property
    def _ends(self) -> tuple[float, ...]:
        """Where columns but the last end, in hundredths of all columns."""
        columns = self.document.areas.columns
        return tuple(end / sum(columns) * 100 for end in accumulate(columns[:-1]))

    def _field(self, field: Field, rule: Rect) -> FieldBlock:
        y = rule.y + float(self.typesetter.tokens["header"]["field_rule_gap"]) * self.unit
        label = self._block(field.label, "field_label", rule.x, y, rule.w)
        value = self._block(field.value, "field_value", rule.x, label.rect.bottom + 0.1 * self.unit, rule.w)
        return FieldBlock(rule, label, value)

    def _block(self, text: Text, role: str, x: float, y: float, width: float) -> TextBlock:
        size = self.typesetter.size(role) * self.unit
        shaped = self.typesetter.shaped(text, role)
        # A value a little too wide is set smaller rather than parted, a name rather than broken.
        names = [self.typesetter.shaped(replace(text, runs=(run,)), role).width for run in text.runs]
        for needed, least in ((shaped.width, _SMALLER), (max(names), _SMALLEST), (shaped.widest, _SMALLEST)):
            if width < needed * size <= width / least:
                size = width / needed * 0.995
        broken = self.typesetter.set(text, role, width, size)
        return TextBlock(broken, role, Rect(x, y, width, shaped.height(width / size) * size), size)

    def _logo(self, right: float, top: float, gap: float) -> Rect | None:
        image = self.document.logo
        if image is None:
            return None
        tokens = self.typesetter.tokens["header"]
        width, height = image.within(
            *(float(tokens[name]) * self.unit for name in ("logo_width", "logo_height"))
        )
        return Rect(right - gap - width, top, width, height)

    def _placed(self, block: TextBlock) -> TextBlock:
        if self.document.direction == "ltr":
            return block
        return replace(block, rect=block.rect.mirrored(self.width))


def _numbered(text: Text, page: int) -> Text:
    """Return a text that stands on every page with an id of its own on each."""
    return text if page == 1 else replace(text, id=f"{text.id}.{page}")
