"""What lies around a sheet on paper: a margin in the page's colour, bleed beyond the cut, crop marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bmcrender.frozen import dataclass

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Document as LaidOut

_PT_PER_MM = 72 / 25.4
_MARK_MM = 5.0
_MARK_STROKE_PT = 0.25
# Crop marks keep off the bleed, and off the cut where there is little of it.
_MARK_OFF_MM = 2.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Millimetres kept free around the sheet, and beyond the cut; None: no cut, no marks."""

    margin: float = 0.0
    bleed: float | None = None

    @property
    def painted(self) -> float:
        """How far beyond the sheet its colour goes."""
        return self.margin + (self.bleed or 0.0)

    @property
    def css(self) -> str:
        """The rule that lets the renderer paint beyond the sheet."""
        return f"@page{{bleed:{self.painted:g}mm}}"

    def finish(self, _: LaidOut, pdf: pydyf.PDF) -> None:
        """Give each page its boxes, and its crop marks as an artifact beneath what it shows."""
        import pydyf

        for page in pdf.objects:
            if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page":
                self._finish_page(page, pdf)

    def _finish_page(self, page: Any, pdf: pydyf.PDF) -> None:
        import pydyf

        painted = [float(edge) for edge in page["MediaBox"]]
        trim = _outset(painted, -(self.bleed or 0.0) * _PT_PER_MM)
        page["TrimBox"] = pydyf.Array(trim)
        page["BleedBox"] = pydyf.Array(painted)
        if self.bleed is None:
            return
        off = max(self.bleed, _MARK_OFF_MM) * _PT_PER_MM
        length = _MARK_MM * _PT_PER_MM
        page["MediaBox"] = pydyf.Array(_outset(trim, off + length))
        marks = pydyf.Stream(_marks(trim, off, length), compress=False)
        pdf.add_object(marks)
        page["Contents"] = pydyf.Array([marks.reference, page["Contents"]])


NO_EDGES = Edges()


def _outset(box: list[float], by: float) -> list[float]:
    left, bottom, right, top = box
    return [round(edge, 4) for edge in (left - by, bottom - by, right + by, top + by)]


def _marks(trim: list[float], off: float, length: float) -> list[bytes]:
    """Return the operators that draw two marks at each corner of the cut."""
    left, bottom, right, top = trim
    lines = []
    for x, way in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            lines += [(x + way * off, y, x + way * (off + length), y)]
            lines += [(x, y + up * off, x, y + up * (off + length))]
    drawn = [f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S".encode() for a, b, c, d in lines]
    return [b"/Artifact BMC q 0 0 0 RG", f"{_MARK_STROKE_PT} w".encode(), *drawn, b"Q EMC"]
