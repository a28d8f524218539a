"""A job to its document, or to everything that is wrong with it, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bmcrender import resources, validate
from bmcrender.choices import checked_options
from bmcrender.document import Document, Image
from bmcrender.errors import BmcrenderError, CanvasError, Diagnostic, Path, Severity, UsageError
from bmcrender.frozen import dataclass
from bmcrender.load import loaded
from bmcrender.logo import logo_image, logo_name
from bmcrender.model import Canvas, Job, Kind, Language, Orientation, Theme
from bmcrender.names import checked_tag
from bmcrender.pages import MIN_MM, SIZES, lies, page_size
from bmcrender.source import Source
from bmcrender.themes import doubts_of
from bmcrender.validate.faults import in_order

T = TypeVar("T")
_PAGES = f"use {', '.join(SIZES)} or a size such as 600x400mm"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a job gave: its document (None when there are errors), and every finding."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None

    def placed(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return findings about the document's parts at their places in the canvas."""
        return tuple(self._placed(one) for one in found)

    def _placed(self, one: Diagnostic) -> Diagnostic:
        if self.source is None or one.file or not one.path:
            return one
        return self.source.finding(one.severity, one.code, one.message, one.hint, path=one.path, key=True)


def checked(job: Job, to_render: bool = True) -> Checked:
    """Return a job's document and the warnings about it, or no document and all that is wrong.

    Not `to_render`, all is checked and the document left out. Raises UsageError for wrong options.
    """
    check = _Check(job, to_render)
    settings = job.options.settings
    source = check.tried(lambda: validate.merged(loaded(job.canvas, job.name), job.project, settings))
    made = check.document(source) if source is not None else None
    return Checked(made, tuple(in_order(check.found)), source)


class _Check:
    """Tries one thing after another and keeps what each finds wrong."""

    def __init__(self, job: Job, to_render: bool) -> None:
        self.job = job
        self.to_render = to_render
        self.options = job.options
        self.library = resources.library(job.files)
        self.found = list(job.findings)

    def tried(self, make: Callable[[], T]) -> T | None:
        """Return what a step gives, or None and keep its errors."""
        try:
            return make()
        except CanvasError as error:
            self.found += error.diagnostics
            return None

    def document(self, source: Source) -> Document | None:
        """Return the document, every check done that can be done."""
        if self.options.page is not None:
            _checked_page("--page-size", self.options.page)
        if self.options.tile is not None:
            _checked_page("--tile", self.options.tile)
        checked_options(self.options, self.job.template is not None)
        tag = self.options.language
        if tag is not None:
            _of_option(f"--language {tag}", lambda: checked_tag(tag))
        kind = self.tried(lambda: self.kind(source))
        canvas = self.tried(lambda: self.canvas(source, kind)) if kind else None
        if kind is None:
            self.found += source.found  # else they are among those of the canvas
        self.found = _without_echo(self.found)
        theme = self.tried(lambda: self.theme(source, canvas))
        self.tried(lambda: self.glyphs(source))
        logo = self.tried(lambda: self.logo(source))
        if canvas is None or kind is None:
            return None
        language = self.tried(lambda: self.language(source, canvas, kind))
        self.tried(lambda: self.page(source, canvas))
        if theme is None or language is None or any(one.severity == "error" for one in self.found):
            return None
        from bmcrender.resolve import document

        made = document(canvas, kind, language, theme, self.options, logo)
        if self.options.margin and min(made.page) < MIN_MM:
            raise _too_small(self.options.margin)
        return made

    def kind(self, source: Source) -> Kind:
        return _at(source, ("kind",), lambda: self.library.kind(validate.kind_id(source)))

    def canvas(self, source: Source, kind: Kind) -> Canvas:
        canvas, doubts = validate.canvas(source, kind)
        self.found += doubts
        return canvas

    def needless(self, folder: str, name: str, end: str) -> bool:
        """Whether data need not be read: it is built in, and nothing is to be rendered with it."""
        file = f"{folder}/{name}{end}"
        return not self.to_render and file not in self.library.files and self.library.knows(folder, name, end)

    def theme(self, source: Source, canvas: Canvas | None) -> Theme | None:
        """Return the theme of the option, else of the canvas; its colours are checked too."""
        place: Path = ("theme", "tokens")
        counted = not any(one.code == "wrong-number" and one.path == place for one in self.found)
        written = canvas or _theme_alone(source, with_tokens=counted)
        name = self.options.theme or written.theme
        if not written.theme_tokens and self.needless("themes", name, "/theme.yaml"):
            return None
        if self.options.theme is not None:
            theme = _of_option(f"--theme {name}", lambda: self.library.theme(name))
            found = validate.theme_tokens(source, written, theme)
            self.found += (one for one in found if one.severity == "warning")  # the colours are another's
            self.found += doubts_of(self.library, name, written.theme_tokens)
            return theme
        path = _theme_path(source)
        if any(one.severity == "error" and one.path == path for one in self.found):
            return None  # the name is refused already
        theme = _at(source, path, lambda: self.library.theme(written.theme))
        self.found += validate.theme_tokens(source, written, theme)
        self.found += doubts_of(self.library, name, written.theme_tokens)
        return theme

    def glyphs(self, source: Source) -> None:
        """Keep a finding for each character that no font draws, and for each font not taken."""
        if self.library.given_fonts():
            for file in self.library.font_set().skipped:
                message = "this face is built in already; the file was left out"
                self.found.append(Diagnostic("warning", "font-skipped", message, file=file))
        severity: Severity = "warning" if self.options.missing_glyphs == "warn" else "error"
        self.found += validate.missing_glyphs(source, self._covers, severity)

    def _covers(self, character: str) -> bool:
        return self.library.font_set().covers(character)

    def logo(self, source: Source) -> Image | None:
        """Return the logo that the canvas names; what reading it found is known already."""
        name = logo_name(source.data)
        if not name or any(one.path == ("logo",) for one in self.found):
            return None
        data = self.job.assets.get(name)
        if data is None:
            message = f'the logo "{name}" is not part of the job'
            hint = "a job made in code carries the logo's bytes in its assets, under this name"
            raise CanvasError([source.finding("error", "no-logo", message, hint, path=("logo",))])
        return _at(source, ("logo",), lambda: logo_image(data, name))

    def language(self, source: Source, canvas: Canvas, kind: Kind) -> Language | None:
        """Return the language of the option, else of the canvas."""
        tag = self.options.language
        found = self.library.language_tag(canvas.language if tag is None else tag, kind)
        if found is not None and self.needless("languages", found, f"/{kind.id}.yaml"):
            return None
        if tag is not None:
            language, doubts = _of_option(f"--language {tag}", lambda: self.library.language(tag, kind))
            self.found += (one.in_file(f"--language {tag}") for one in doubts)
            return language
        path: Path = ("language",)
        language, doubts = _at(source, path, lambda: self.library.language(canvas.language, kind))
        self.found += (
            source.finding(one.severity, one.code, one.message, one.hint, path=path) for one in doubts
        )
        return language

    def page(self, source: Source, canvas: Canvas) -> None:
        """Check the page, as far as the schema cannot."""
        path: Path = ("render", "page")
        name = str(canvas.render.get("page", "a3"))
        try:
            page_size(name)
        except ValueError as error:
            raise CanvasError([source.finding("error", "bad-page", str(error), _PAGES, path=path)]) from None
        way = self.options.orientation or self.written_orientation(source, canvas)
        for_this = self.options.layout in (None, canvas.render.get("layout"))
        if way and for_this and not self.options.page and not lies(name, way):
            message = f"the page {name} is not {way}, and stays as it is"
            hint = "swap its sides, or leave the orientation out"
            self.found.append(source.finding("warning", "page-lies-otherwise", message, hint, path=path))

    def written_orientation(self, source: Source, canvas: Canvas) -> Orientation | None:
        """Return which way a canvas wants its page to lie; what its project says is meant for other sizes."""
        project, path = self.job.project, ("render", "orientation")
        if project is not None and source.mark(path).file == project.file:
            return None
        return canvas.render.get("orientation")


def _checked_page(option: str, name: str) -> None:
    try:
        page_size(name)
    except ValueError as error:
        raise UsageError.of("bad-page", str(error), _PAGES, f"{option} {name}") from None


def _too_small(margin: float) -> UsageError:
    message = f"a margin of {margin:g} mm leaves less than {MIN_MM:g} mm of a page side"
    return UsageError.of("bad-page", message, "choose a larger page, or a smaller margin")


def _theme_alone(source: Source, with_tokens: bool) -> Canvas:
    """Return what a canvas with errors says about its theme."""
    said = source.data.get("theme")
    theme = said if isinstance(said, dict) else {"name": said}
    name, tokens = theme.get("name"), theme.get("tokens")
    return Canvas(
        "",
        theme=name if isinstance(name, str) else Canvas("").theme,
        theme_tokens=tokens if with_tokens and isinstance(tokens, dict) else {},
    )


def _without_echo(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return findings without what reading a logo has found whose name is refused."""
    refused = any(one.path == ("logo",) and one.code == "bad-value" for one in found)
    return [one for one in found if not (refused and one.code.startswith("logo-"))]


def _theme_path(source: Source) -> Path:
    return ("theme", "name") if isinstance(source.data.get("theme"), dict) else ("theme",)


def _at(source: Source, path: Path, make: Callable[[], T]) -> T:
    """Return what a step gives; what it finds wrong is placed where the canvas asks for it."""
    try:
        return make()
    except BmcrenderError as error:
        if all(one.file for one in error.diagnostics):
            raise CanvasError(error.diagnostics) from None
        raise validate.located(source, path, error) from None


def _of_option(option: str, make: Callable[[], T]) -> T:
    """Return what a step gives; what it finds wrong names the option."""
    try:
        return make()
    except UsageError as error:
        raise UsageError(one if one.file else one.in_file(option) for one in error.diagnostics) from None
