"""The centre of an outline with title, subtitle and logo, and its foot with fields and attribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bmcrender.document import Run, Text
from bmcrender.frozen import dataclass
from bmcrender.layout.header import HeaderModel
from bmcrender.layout.outline_tree import centred, legible
from bmcrender.layout.typeset import Typesetter
from bmcrender.sheets import Plate, Rect, TextBlock

# A title is set smaller rather than on more lines than this.
_TITLE_LINES = 3
# Between two fields, and between two rows of the foot, in u.
_APART, _ROW_GAP = 2.4, 0.5


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label or value of a field with its size, width and height."""

    text: Text
    role: str
    size: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of a page: what stands at the start and end of its last line, the fields, where it begins."""

    footer: tuple[TextBlock, ...]
    fields: tuple[TextBlock, ...]
    top: float


@dataclass(frozen=True, slots=True)
class CentreModel:
    """Sets centre and foot of the pages of one outline; lengths in mm."""

    typesetter: Typesetter
    unit: float
    stroke: float
    width: float  # of the page
    height: float
    margin: float

    @property
    def tokens(self) -> dict[str, Any]:
        """What the theme says about the centre."""
        found: dict[str, Any] = self.typesetter.tokens["outline"]["centre"]
        return found

    def centre(self, middle: float, page: int) -> tuple[Plate, TextBlock, tuple[TextBlock, ...]]:
        """Return the node around a page's middle, its title, and the smaller texts around this."""
        width, air = float(self.tokens["width"]) * self.unit, float(self.tokens["padding"]) * self.unit
        texts = list(self._texts(page, width - 2 * air))
        gap = float(self.tokens["gap"]) * self.unit
        needed = sum(high for *_, high in texts) + gap * (len(texts) - 1)
        high = max(float(self.tokens["height"]) * self.unit, needed + 2 * air)
        x, y = (self.width - width) / 2, middle - needed / 2
        blocks = []
        for text, role, size, height in texts:
            place = Rect(x + air, y, width - 2 * air, height)
            blocks.append(centred(self.typesetter, text, role, place, size))
            y += height + gap
        title = next(block for block in blocks if block.role == "outline_title")
        plate = Plate(
            Rect(x, middle - high / 2, width, high),
            float(self.tokens["radius"]) * self.unit,
            str(self.tokens["fill"]),
            str(self.tokens["line"]),
            float(self.tokens["line_width"]) * self.stroke,
        )
        return plate, title, tuple(block for block in blocks if block is not title)

    def logo(self, centre: Plate) -> Rect | None:
        """Return where the logo stands: above the centre."""
        image = self.typesetter.document.logo
        if image is None:
            return None
        header = self.typesetter.tokens["header"]
        w, h = image.within(*(float(header[name]) * self.unit for name in ("logo_width", "logo_height")))
        return Rect((self.width - w) / 2, centre.rect.y - 2 * self.unit - h, w, h)

    def foot(self, page: int, pages: int) -> Foot:
        """Return the foot of a page; the fields stand on the first alone."""
        room = self.width - 2 * self.margin
        headers = HeaderModel(self.typesetter, self.unit, self.width, self.margin, room)
        footer = headers.footer(self.height, page, pages)
        top = min(block.rect.y for block in footer)
        rows = self._rows() if page == 1 else []
        if not rows:
            return Foot(footer, (), top)
        if len(rows) == 1 and self._row_width(rows[0]) <= self._free(footer):
            return self._in_one_line(footer, rows[0], top)
        fields: list[TextBlock] = []
        bottom = top - _ROW_GAP * self.unit
        for row in reversed(rows):
            fields = [*self._row(row, self.margin, bottom), *fields]
            bottom = min(block.rect.y for block in fields)
        return Foot(footer, tuple(fields), bottom)

    def _texts(self, page: int, room: float) -> Iterator[tuple[Text, str, float, float]]:
        """Yield the texts of the node from top to bottom, with role, size and height."""
        document = self.typesetter.document
        if document.kind_title.plain != document.title.plain:
            yield self._text(document.kind_title, "outline_kind", room, page)
        title = document.title
        if page > 1:
            label = document.label("continued_from", title=title.plain)
            title = replace(title, runs=(Run(label),))
        yield self._text(title, "outline_title", room, page)
        if document.subtitle and page == 1:
            yield self._text(document.subtitle, "outline_subtitle", room, page)

    def _text(self, text: Text, role: str, room: float, page: int) -> tuple[Text, str, float, float]:
        shaped = self.typesetter.shaped(text, role)
        size, least = (legible(self.typesetter, role, self.unit, name) for name in ("size", "min"))
        while size > least and (shaped.widest * size > room or shaped.lines(room / size) > _TITLE_LINES):
            size = max(size * 0.97, least)
        own = text if page == 1 else replace(text, id=f"{text.id}.{page}")
        return own, role, size, shaped.height(room / size) * size

    def _in_one_line(self, footer: Sequence[TextBlock], row: Sequence[_Placed], top: float) -> Foot:
        """Return the foot with the fields between attribution and what stands at the end."""
        right = self.width - self.margin - self._taken_at_end(footer)
        x = right - self._row_width(row)
        rect = footer[0].rect
        narrow = Rect(self.margin, rect.y, x - _APART * self.unit - self.margin, rect.h)
        if self.typesetter.document.direction == "rtl":
            narrow = narrow.mirrored(self.width)
        attribution = replace(footer[0], rect=narrow)
        return Foot((attribution, *footer[1:]), tuple(self._row(row, x, rect.bottom)), top)

    # -- fields ---------------------------------------------------------------------------------------

    def _rows(self) -> list[list[_Placed]]:
        """Return labels and values in rows as wide as the page."""
        room = self.width - 2 * self.margin
        rows: list[list[_Placed]] = []
        for field in self.typesetter.document.fields:
            label = self._placed(field.label, "outline_label", room / 2)
            value = self._placed(
                field.value, "outline_value", room - label.width - self._after("outline_label")
            )
            if rows and self._row_width([*rows[-1], label, value]) <= room:
                rows[-1] += [label, value]
            else:
                rows.append([label, value])
        return rows

    def _row(self, row: Sequence[_Placed], x: float, bottom: float) -> Iterator[TextBlock]:
        """Yield a row's texts from `x` on, seen from left to right, then mirrored."""
        top = bottom - max(one.height for one in row)
        for one in row:
            rect = Rect(x, top, one.width, one.height)
            if self.typesetter.document.direction == "rtl":
                rect = rect.mirrored(self.width)
            text = self.typesetter.set(one.text, one.role, one.width, one.size)
            yield TextBlock(text, one.role, rect, one.size)
            x += one.width + self._after(one.role)

    def _placed(self, text: Text, role: str, room: float) -> _Placed:
        size = legible(self.typesetter, role, self.unit)
        shaped = self.typesetter.shaped(text, role)
        width = min(shaped.width * size + 0.05 * size, room)
        return _Placed(text, role, size, width, shaped.height(width / size) * size)

    def _row_width(self, row: Sequence[_Placed]) -> float:
        return sum(one.width + self._after(one.role) for one in row) - self._after(row[-1].role)

    def _free(self, footer: Sequence[TextBlock]) -> float:
        """The room between attribution and what stands at the end of the last line."""
        first = footer[0]
        taken = self.typesetter.shaped(first.text, first.role).width * first.size
        return self.width - 2 * self.margin - taken - self._taken_at_end(footer) - _APART * self.unit

    def _taken_at_end(self, footer: Sequence[TextBlock]) -> float:
        return sum(block.rect.w + _APART * self.unit for block in footer[1:])

    def _after(self, role: str) -> float:
        """The space after a label, or after a value and before the next label."""
        return (0.6 if role == "outline_label" else _APART) * self.unit
