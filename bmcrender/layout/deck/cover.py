"""Opening and closing slide: the cover's ground, large type, the canvas as a line drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bmcrender.layout.deck.locator import drawing
from bmcrender.layout.deck.setting import Setting
from bmcrender.model import Field, Run, Text
from bmcrender.sheets import Layout, Paragraph, Rect, Shape, Slide

_DRAWING = (64.0, 41.0)
_EYEBROW_Y, _EYEBROW_H = 18.0, 12.0
_TITLE_Y, _TITLE_H = 58.0, 53.0
_UNDER_Y, _UNDER_H = 114.5, 22.0
_FIELDS_Y, _FIELDS_H = 146.0, 27.0
_COLUMNS, _GUTTER = 4, 8.0
_LOGO_PLATE = 3.0
_LINK_GAP_EM = 0.6


def opening_layout(setting: Setting) -> Layout:
    """Return the layout of the opening slide."""
    shapes = (_title(setting), _under(setting, setting.inner), _eyebrow(setting))
    return Layout("opening", setting.layout_name("Opening"), "cover", shapes, _decoration(setting))


def closing_layout(setting: Setting) -> Layout:
    """Return the layout of the closing slide."""
    shapes = (_title(setting), _under(setting, setting.inner, closing=True))
    return Layout("closing", setting.layout_name("Closing"), "cover", shapes, _decoration(setting))


def opening(setting: Setting, title: str) -> Slide:
    """Return the opening slide: what the canvas is, of whom, when."""
    document = setting.document
    logo = tuple(_logo(setting))
    beside = _DRAWING[0] + _GUTTER if logo else 0
    shapes = [_title(setting, document.title, setting.sizes("cover", "title"))]
    if document.subtitle is not None:
        under = _under(setting, setting.inner - beside)
        sizes = setting.sizes("cover", "subtitle")
        words = setting.fitted(document.subtitle, sizes, under.rect, "cover_ink2", loose=True)
        shapes.append(_filled(under, words))
    eyebrow = _eyebrow(setting)
    sizes = setting.sizes("cover", "eyebrow")
    shapes.append(
        _filled(eyebrow, setting.fitted(document.kind_title, sizes, eyebrow.rect, "cover_accent", True))
    )
    return Slide("opening", "opening", title, (*shapes, *logo, *_fields(setting)))


def closing(setting: Setting, title: str) -> Slide:
    """Return the closing slide: whose template it is, and its licence."""
    document = setting.document
    heading = _title(setting, setting.words("closing", title), setting.sizes("closing", "title"))
    under = _under(setting, setting.inner, closing=True)
    words = setting.fitted(
        document.attribution, setting.sizes("closing", "text"), under.rect, "cover_ink2", loose=True
    )
    address = document.licence_url
    shown = address.removeprefix("https://").removesuffix("/")
    link = Paragraph(
        Text("licence", (Run(shown, link=address),), "ltr", "en"),
        words.size_pt,
        "cover_accent",
        before_pt=words.size_pt * _LINK_GAP_EM,
    )
    return Slide("closing", "closing", title, (heading, _filled(under, words, link)))


def _title(setting: Setting, text: Text | None = None, sizes: tuple[float, ...] = ()) -> Shape:
    """Return the title placeholder; its words stand at its foot and grow upwards, to three lines."""
    rect = setting.at(setting.margin, _TITLE_Y, setting.inner, _TITLE_H)
    words: tuple[Paragraph, ...] = ()
    if text is not None:
        words = (_by_lines(setting, text, sizes, rect),)
    return Shape("Title", rect, words, "title", anchor="bottom")


def _by_lines(setting: Setting, text: Text, sizes: tuple[float, ...], rect: Rect) -> Paragraph:
    """Return a title in the largest size for its length: the first for one line, the second for two."""
    for lines, size in enumerate(sizes, start=1):
        words = Paragraph(text, size, "cover_ink", bold=True)
        if setting.gauge.lines(words, rect.w) <= lines and setting.gauge.fits([words], rect):
            return words
    return setting.fitted(text, sizes[-1:], rect, "cover_ink", bold=True)


def _under(setting: Setting, width: float, closing: bool = False) -> Shape:
    """Return the placeholder below the title."""
    height = _UNDER_H * 2 if closing else _UNDER_H
    name = "Attribution" if closing else "Subtitle"
    return Shape(name, setting.at(setting.margin, _UNDER_Y, width, height), placeholder="subtitle")


def _eyebrow(setting: Setting) -> Shape:
    width = setting.inner - _DRAWING[0] - _GUTTER
    return Shape("Kind", setting.at(setting.margin, _EYEBROW_Y, width, _EYEBROW_H), placeholder="eyebrow")


def _filled(shape: Shape, *paragraphs: Paragraph) -> Shape:
    return replace(shape, paragraphs=paragraphs)


def _decoration(setting: Setting) -> tuple[Shape, ...]:
    """Return the canvas, drawn in the corner far from where lines start."""
    width, height = _DRAWING
    area = setting.at(setting.margin + setting.inner - width, setting.margin + 2, width, height)
    return drawing(setting, area, "cover_ink2", float(setting.tokens["cover"]["frame_pt"]))


def _fields(setting: Setting) -> Iterator[Shape]:
    """Yield hairline and text of each field, side by side from where lines start."""
    fields = setting.document.fields
    columns = max(len(fields), _COLUMNS)
    width = (setting.inner - (columns - 1) * _GUTTER) / columns
    areas = [
        setting.at(setting.margin + index * (width + _GUTTER), _FIELDS_Y, width, _FIELDS_H)
        for index in range(len(fields))
    ]
    for number, (field, area, words) in enumerate(
        zip(fields, areas, _field_words(setting, areas), strict=True), 1
    ):
        rule = Rect(area.x, area.y, area.w, 0)
        yield Shape(f"Rule {number}", rule, line="cover_ink2", line_pt=0.75, decorative=True)
        text = area.inset(0, 2.5, 0, 0)
        yield Shape(field.label.plain, text, words, alt=f"{field.label.plain} {field.value.plain}")


def _field_words(setting: Setting, areas: list[Rect]) -> list[tuple[Paragraph, Paragraph]]:
    """Return label and value of each field, at one size for all."""
    label, sizes = setting.sizes("cover", "label")[0], setting.sizes("cover", "value")

    def at(field: Field, size: float) -> tuple[Paragraph, Paragraph]:
        first = Paragraph(field.label, min(label, size), "cover_ink2")
        return first, Paragraph(field.value, size, "cover_ink", before_pt=2, line_spacing=setting.spacing)

    def largest(field: Field, area: Rect) -> float:
        return setting.gauge.largest(sizes, lambda size: at(field, size), area.inset(0, 2.5, 0, 0))

    fields = setting.document.fields
    own = [largest(field, area) for field, area in zip(fields, areas, strict=True)]
    # One value of unusual length does not make the others small.
    shared = min((size for size in own if size >= sizes[-1]), default=sizes[-1])
    return [at(field, min(size, shared)) for field, size in zip(fields, own, strict=True)]


def _logo(setting: Setting) -> Iterator[Shape]:
    """Yield the logo on a plate of the page's colour, for it may be dark as the cover is."""
    image = setting.document.logo
    if image is None:
        return
    room_w, room_h = _DRAWING[0] - 2 * _LOGO_PLATE, _UNDER_H - 2 * _LOGO_PLATE
    scale = min(room_w / image.width_px, room_h / image.height_px)
    width, height = image.width_px * scale, image.height_px * scale
    end = setting.margin + setting.inner
    plate = setting.at(
        end - width - 2 * _LOGO_PLATE,
        _UNDER_Y + _UNDER_H - height - 2 * _LOGO_PLATE,
        width + 2 * _LOGO_PLATE,
        height + 2 * _LOGO_PLATE,
    )
    yield Shape("Logo ground", plate, fill="page", decorative=True)
    inner = plate.inset(_LOGO_PLATE, _LOGO_PLATE, _LOGO_PLATE, _LOGO_PLATE)
    yield Shape("Logo", inner, image=image, alt=setting.document.label("alt_logo"))
