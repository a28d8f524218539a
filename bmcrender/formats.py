"""A document in each format, laid out and drawn: what the worker does for a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bmcrender import resources
from bmcrender.document import Document
from bmcrender.errors import Diagnostic, InternalError, LimitError
from bmcrender.fonts import Face
from bmcrender.frozen import dataclass
from bmcrender.measure import Measurer
from bmcrender.model import Fonts, Format, Options, Template, Theme
from bmcrender.pages import page_size

if TYPE_CHECKING:
    from bmcrender.handouts import Handout
    from bmcrender.render.pptx.template.deck import Offer
    from bmcrender.render.pptx.template.fonts import Families
    from bmcrender.sheets import Outline, Sheet

# The files of a format (one, or one for each page) and what drawing them found.
Drawn = tuple[tuple[bytes, ...], tuple[Diagnostic, ...]]
# How much wider and higher than measured texts are taken to be, try by try.
_CORRECTIONS = ((0.0, 0.0), (0.01, 0.02), (0.02, 0.06), (0.03, 0.12), (0.1, 0.3))
_SLIDE_MARGIN = 0.02  # slides are measured with fonts that the reader's program may space otherwise


@dataclass(frozen=True, slots=True)
class Pages:
    """A sheet that was laid out and checked, its PDF, and what was found on the way."""

    sheet: Sheet | Handout | Outline
    pdf: bytes
    found: tuple[Diagnostic, ...]


class Drawing:
    """Draws one document; what several formats need is made once."""

    def __init__(
        self,
        document: Document,
        fonts: Fonts,
        created: datetime,
        options: Options,
        template: Template | None = None,
    ) -> None:
        self.document = document
        self.fonts = fonts
        self.created = created
        self.options = options
        self.template = template

    def drawn(self, format: Format) -> Drawn:
        """Return the document in a format."""
        return _DRAW[format](self)

    def pdf(self) -> Drawn:
        """Return the pages as PDF."""
        made = self._pages
        if self.options.tile is None:
            return (made.pdf,), made.found
        from bmcrender.render.tiles import tiled

        return (tiled(made.pdf, page_size(self.options.tile), self.created),), made.found

    def html(self) -> Drawn:
        """Return the pages as one HTML file."""
        from bmcrender.render.standalone import standalone_html

        made, library = self._pages, _library(self.fonts)
        fonts = library.font_set()
        page = standalone_html(made.sheet, fonts, self._families, _data(library), self.options.margin)
        return (page,), made.found

    def png(self) -> Drawn:
        """Return each page as a picture."""
        from bmcrender.render.png import png_pages, resolution

        paper = self._paper
        dpi = resolution(paper, self.options.dpi, self.options.width)
        made = self._pages
        return png_pages(made.pdf, self.document, paper, dpi), made.found

    def pptx(self) -> Drawn:
        """Return the deck, on a template if there is one."""
        if self.template is not None:
            return self._on_template(self.template)
        from bmcrender.layout.deck import deck
        from bmcrender.render.pptx import deck_bytes, deck_with_fonts, fallback_font

        slides = deck(self.document, _measurer(self.fonts, _SLIDE_MARGIN))
        fonts, given = _library(self.fonts).font_set(), slides.fonts
        text, heading = (
            fallback_font(fonts, [given.get(before + slot, given[slot]) for slot in ("latin", "cs")])
            for before in ("", "heading_")
        )
        if not self.options.embed_fonts:
            return (deck_bytes(slides, self.created, text, heading),), ()
        read = _data(_library(self.fonts))
        data, left_out = deck_with_fonts(slides, self.created, text, heading, fonts, read)
        return (data,), left_out

    def _on_template(self, template: Template) -> Drawn:
        """Return the deck on the layouts of somebody's template, in its colours and fonts."""
        offered, families = self._offered(template)
        from bmcrender.layout.deck import deck
        from bmcrender.render.pptx.template import stand_in_font, template_deck_bytes, with_fonts

        fonts = _library(self.fonts).font_set()
        stage = offered.stage(families.measured)
        slides = deck(self.document, _measurer(self.fonts, families.margin), stage)
        fallback = stand_in_font(fonts, families.measured.values())
        data = template_deck_bytes(slides, offered, self.created, fallback)
        found = (*offered.found, *families.found(template.name))
        if not self.options.embed_fonts:
            return (data,), found
        data, left_out = with_fonts(data, fonts, _data(_library(self.fonts)))
        return (data,), found + left_out

    def lacks(self, template: Template) -> tuple[Diagnostic, ...]:
        """Return what a template lacks for this document, which drawing on it would find too."""
        offered, families = self._offered(template)
        return (*offered.found, *families.found(template.name))

    def _offered(self, template: Template) -> tuple[Offer, Families]:
        """Return what a template offers to the document, and the fonts that its deck will have."""
        from bmcrender.fast_import import import_pptx

        import_pptx()
        from bmcrender.render.pptx.template import offer

        document, rtl = self.document, self.document.direction == "rtl"
        named = document.theme.tokens["deck"]["template_layouts"]
        by_theme = {role: str(name) for role, name in named.items() if name}
        offered = offer(template, document.kind, by_theme | dict(self.options.template_layouts), rtl)
        scripts = document.theme.tokens["fonts"]["scripts"]
        own = scripts.get(document.script, next(iter(scripts.values())))
        here = {face.family for face in _library(self.fonts).font_set().faces}
        return offered, offered.families(document.script, rtl, here, own)

    @property
    def _paper(self) -> tuple[float, float]:
        """The size of the paper, once it is cut."""
        width, height = self.document.page
        return width + 2 * self.options.margin, height + 2 * self.options.margin

    @property
    def _families(self) -> tuple[str, ...]:
        from bmcrender.layout.typeset import font_stack

        return font_stack(self.document.theme.tokens, self.document.script)

    @cached_property
    def _pages(self) -> Pages:
        """The sheet on which every text stands whole in its place, drawn, and what was found on the way."""
        from bmcrender.machine import import_weasyprint

        import_weasyprint()
        from bmcrender.layout.layouts import laid_out
        from bmcrender.render.edges import Edges
        from bmcrender.render.pdf import pdf_bytes

        edges = Edges(self.options.margin, self.options.bleed)
        misfits: tuple[str, ...] = ()
        for margin, leading in _CORRECTIONS:
            sheet, found = laid_out(self.document, _measurer(self.fonts, margin, leading))
            before = misfits
            data, warned, misfits = pdf_bytes(sheet, self._families, edges, self.created)
            if not misfits:
                return Pages(sheet, data, found + warned)
            if misfits == before and self.document.theme.given:
                break  # a style sheet that hides or transforms does so whatever is measured
        raise _does_not_fit(self.document.theme, misfits)


_DRAW: Mapping[Format, Callable[[Drawing], Drawn]] = {
    "pdf": Drawing.pdf,
    "pptx": Drawing.pptx,
    "png": Drawing.png,
    "html": Drawing.html,
}


def _does_not_fit(theme: Theme, misfits: Sequence[str]) -> LimitError | InternalError:
    """Return the error for a theme whose style sheet draws other than was measured; ours are a bug."""
    shown = ", ".join(misfits[:3]) + (f" and {len(misfits) - 3} more" if len(misfits) > 3 else "")
    if not theme.given:
        return InternalError(f"texts do not stand whole in their places: {shown}")
    message = f"with the theme {theme.name} texts do not stand whole in their places: {shown}"
    hint = (
        "its style sheet may paint, but not change sizes, fonts or distances, which are tokens, "
        "nor hide or transform texts"
    )
    return LimitError([Diagnostic("error", "theme-misfit", message, hint)])


# -- fonts, kept from job to job -------------------------------------------------------------------


@lru_cache(maxsize=1)
def _library(fonts: Fonts) -> resources.Library:
    return resources.library(dict(fonts))


def _measurer(fonts: Fonts, margin: float, leading: float = 0.0) -> Measurer:
    """Return what measures the next layout, with the fonts it has loaded for earlier ones."""
    kept = _kept_measurer(fonts, margin, leading)
    kept.forget()
    return kept


@lru_cache(maxsize=4)
def _kept_measurer(fonts: Fonts, margin: float, leading: float) -> Measurer:
    library = _library(fonts)
    return Measurer(library.font_set(), _data(library), margin, leading)


def _data(library: resources.Library) -> Callable[[Face], bytes]:
    """Return what reads a face's file."""
    return lambda face: library.read(face.file if face.file in library.files else f"fonts/{face.file}")
