"""The run in order: a `Job` to a `Result`. It writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from bmcrender import resources
from bmcrender.checking import Checked, checked
from bmcrender.errors import BmcrenderError, Diagnostic, LimitError
from bmcrender.fonts import Face
from bmcrender.measure import Measurer
from bmcrender.model import Document, Format, Job, Result
from bmcrender.supervisor import Supervisor, shared
from bmcrender.validate.faults import in_order

__all__ = ["Checked", "checked", "finished", "render", "rendered"]

Fonts = tuple[tuple[str, bytes], ...]
Drawn = tuple[bytes, tuple[Diagnostic, ...]]
# How much wider and higher than measured texts are taken to be, try by try.
_CORRECTIONS = ((0.0, 0.0), (0.01, 0.02), (0.02, 0.06), (0.03, 0.12))
_SLIDE_MARGIN = 0.02  # slides are measured with fonts that the reader's program may space otherwise


def render(job: Job, worker: Supervisor | None = None) -> Result:
    """Return a job's outputs and all findings; with an error among them there are no outputs.

    Raises UsageError for wrong options, MachineError for what the machine lacks, LimitError when
    drawing takes too much, InternalError for a mistake of ours.
    """
    worker = worker or shared()
    worker.begin(job.formats, given_fonts(job))  # it starts up while the job is checked
    return finished(job, checked(job), worker)


def finished(job: Job, before: Checked, worker: Supervisor) -> Result:
    """Return the result of a checked job."""
    if before.document is None:
        return Result({}, before.diagnostics)
    try:
        given = before.document, job.formats, given_fonts(job), job.created
        result = worker.run(rendered, *given, formats=job.formats, fonts=given_fonts(job))
    except BmcrenderError as error:
        after = (one if one.file else one.in_file(job.name) for one in before.placed(error.diagnostics))
        raise type(error)([*before.diagnostics, *after]) from None
    return Result(result.outputs, tuple(in_order((*before.diagnostics, *before.placed(result.diagnostics)))))


def rendered(document: Document, formats: Sequence[Format], fonts: Fonts, created: datetime) -> Result:
    """Return a document laid out and drawn in each format: the part of the run that the worker does."""
    outputs: dict[Format, bytes] = {}
    found: dict[Diagnostic, None] = {}
    for format in formats:
        outputs[format], new = _DRAW[format](document, fonts, created)
        found |= dict.fromkeys(new)
    result = Result(outputs, tuple(found))
    return result if result.ok else Result({}, result.diagnostics)


def given_fonts(job: Job) -> Fonts:
    """Return the font files that came with a job."""
    return tuple(sorted(resources.library(job.files).given_fonts().items()))


def _pdf(document: Document, fonts: Fonts, _: datetime) -> Drawn:
    from bmcrender.machine import import_weasyprint

    import_weasyprint()
    from bmcrender.layout.layouts import laid_out
    from bmcrender.layout.typeset import font_stack
    from bmcrender.render.pdf import pdf_bytes

    families = font_stack(document.theme.tokens, document.script)
    misfits: tuple[str, ...] = ()
    for margin, leading in _CORRECTIONS:
        sheet, found = laid_out(document, _measurer(fonts, margin, leading))
        data, warned, misfits = pdf_bytes(sheet, families)
        if not misfits:
            return data, found + warned
    raise _does_not_fit(document, misfits)


def _does_not_fit(document: Document, misfits: Sequence[str]) -> LimitError:
    """Return the error for a theme whose style sheet draws other than was measured."""
    shown = ", ".join(misfits[:3]) + (f" and {len(misfits) - 3} more" if len(misfits) > 3 else "")
    message = f"with the theme {document.theme.name} texts do not stand whole in their places: {shown}"
    hint = "its style sheet may paint, but not change sizes, fonts or distances: these are tokens"
    return LimitError([Diagnostic("error", "theme-misfit", message, hint)])


def _pptx(document: Document, fonts: Fonts, created: datetime) -> Drawn:
    from bmcrender.layout.deck import deck
    from bmcrender.render.pptx import deck_bytes, fallback_font

    slides, found = deck(document, _measurer(fonts, _SLIDE_MARGIN))
    families = slides.fonts["latin"], slides.fonts["cs"]
    return deck_bytes(slides, created, fallback_font(_library(fonts).font_set(), families)), found


_DRAW: Mapping[Format, Callable[[Document, Fonts, datetime], Drawn]] = {"pdf": _pdf, "pptx": _pptx}


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
