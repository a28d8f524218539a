"""A document in each format, laid out and drawn: what the worker does for a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache

from bmcrender import resources
from bmcrender.errors import Diagnostic, LimitError
from bmcrender.fonts import Face
from bmcrender.measure import Measurer
from bmcrender.model import Document, Format, Options

Fonts = tuple[tuple[str, bytes], ...]
# The files of a format (one, or one for each page) and what drawing them found.
Drawn = tuple[tuple[bytes, ...], tuple[Diagnostic, ...]]
# How much wider and higher than measured texts are taken to be, try by try.
_CORRECTIONS = ((0.0, 0.0), (0.01, 0.02), (0.02, 0.06), (0.03, 0.12))
_SLIDE_MARGIN = 0.02  # slides are measured with fonts that the reader's program may space otherwise


class Drawing:
    """Draws one document; what several formats need is made once."""

    def __init__(self, document: Document, fonts: Fonts, created: datetime, options: Options) -> None:
        self.document = document
        self.fonts = fonts
        self.created = created
        self.options = options

    def drawn(self, format: Format) -> Drawn:
        """Return the document in a format."""
        return _DRAW[format](self)

    def pdf(self) -> Drawn:
        """Return the pages as PDF."""
        data, found = self._checked_pdf
        return (data,), found

    def png(self) -> Drawn:
        """Return each page as a picture."""
        from bmcrender.render.png import png_pages, resolution

        dpi = resolution(self.document.page, self.options.dpi, self.options.width)
        data, found = self._checked_pdf
        return png_pages(data, self.document, dpi), found

    def pptx(self) -> Drawn:
        """Return the deck."""
        from bmcrender.layout.deck import deck
        from bmcrender.render.pptx import deck_bytes, fallback_font

        slides, found = deck(self.document, _measurer(self.fonts, _SLIDE_MARGIN))
        families = slides.fonts["latin"], slides.fonts["cs"]
        fallback = fallback_font(_library(self.fonts).font_set(), families)
        return (deck_bytes(slides, self.created, fallback),), found

    @cached_property
    def _checked_pdf(self) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """The PDF in which every text stands whole in its place, and what was found on the way."""
        from bmcrender.machine import import_weasyprint

        import_weasyprint()
        from bmcrender.layout.layouts import laid_out
        from bmcrender.layout.typeset import font_stack
        from bmcrender.render.pdf import pdf_bytes

        families = font_stack(self.document.theme.tokens, self.document.script)
        misfits: tuple[str, ...] = ()
        for margin, leading in _CORRECTIONS:
            sheet, found = laid_out(self.document, _measurer(self.fonts, margin, leading))
            data, warned, misfits = pdf_bytes(sheet, families)
            if not misfits:
                return data, found + warned
        raise _does_not_fit(self.document, misfits)


_DRAW: Mapping[Format, Callable[[Drawing], Drawn]] = {
    "pdf": Drawing.pdf,
    "pptx": Drawing.pptx,
    "png": Drawing.png,
}


def _does_not_fit(document: Document, misfits: Sequence[str]) -> LimitError:
    """Return the error for a theme whose style sheet draws other than was measured."""
    shown = ", ".join(misfits[:3]) + (f" and {len(misfits) - 3} more" if len(misfits) > 3 else "")
    message = f"with the theme {document.theme.name} texts do not stand whole in their places: {shown}"
    hint = "its style sheet may paint, but not change sizes, fonts or distances: these are tokens"
    return LimitError([Diagnostic("error", "theme-misfit", message, hint)])


# -- fonts, kept from job to job -------------------------------------------------------------------


@lru_cache(maxsize=1)
def _library(fonts: Fonts) -> resources.Library:
    return resources.library(dict(fonts))


@lru_cache(maxsize=4)
def _measurer(fonts: Fonts, margin: float, leading: float = 0.0) -> Measurer:
    library = _library(fonts)

    def data(face: Face) -> bytes:
        return library.read(face.file if face.file in library.files else f"fonts/{face.file}")

    return Measurer(library.font_set(), data, margin, leading)
