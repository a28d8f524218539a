"""Opening and closing slide: the cover's ground, large type, the canvas as a line drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bmcrender.document import Run, Text
from bmcrender.layout.deck.fields import fields, fields_line, logo
from bmcrender.layout.deck.locator import drawing
from bmcrender.layout.deck.setting import Setting, room
from bmcrender.sheets import Rect
from bmcrender.slides import Layout, Paragraph, Role, Shape, Slide

_LINK_GAP_EM = 0.6
_LOGO_GAP = 8.0


def opening_layout(setting: Setting) -> Layout:
    """Return the layout of the opening slide."""
    return _layout(
        setting, "opening", _title(setting, "opening"), _under(setting, "opening"), _eyebrow(setting)
    )


def closing_layout(setting: Setting) -> Layout:
    """Return the layout of the closing slide."""
    return _layout(setting, "closing", _title(setting, "closing"), _under(setting, "closing"))


def section_layout(setting: Setting) -> Layout:
    """Return a layout that no slide of ours uses: for those that part a presentation of the user's."""
    sizes = setting.sizes("section", "title")
    words = replace(setting.title(setting.label("example_section"), "cover_ink"), size_pt=sizes[0])
    title = replace(_title(setting, "section"), paragraphs=(words,))
    text = Paragraph(
        setting.label("example_item"),
        setting.sizes("section", "text")[0],
        "cover_ink2",
        line_spacing=setting.spacing,
    )
    return _layout(setting, "section", title, replace(_under(setting, "section"), paragraphs=(text,)))


def opening(setting: Setting, title: str) -> Slide:
    """Return the opening slide: what the canvas is, of whom, when."""
    document = setting.document
    heading = _title(setting, "opening")
    shapes = [_filled(heading, _by_lines(setting, document.title, setting.sizes("cover", "title"), heading))]
    under, images = tuple(_below_title(setting)), tuple(logo(setting))
    if under:
        place = _under(setting, "opening")
        for shape in images[:1]:
            place = replace(place, rect=_beside(place.rect, shape.rect))
        shapes.append(_filled(place, *_fitted_all(setting, place, under)))
    if "eyebrow" in setting.frame("opening").places:
        eyebrow = _eyebrow(setting)
        align = setting.beside_title("opening")
        sample = Paragraph(document.kind_title, 0, "cover_accent", bold=True, align=align)
        words = setting.fitted(eyebrow, setting.sizes("cover", "eyebrow"), sample)
        shapes.append(_filled(eyebrow, words))
    rest = (*images, *fields(setting))
    return Slide("opening", "opening", title, (*shapes, *rest), layout=setting.frame("opening").name)


def closing(setting: Setting, title: str) -> Slide:
    """Return the closing slide: whose template it is, and its licence."""
    document = setting.document
    heading = _title(setting, "closing")
    sizes = setting.sizes("closing", "title")
    words = setting.fitted(heading, sizes, setting.title(setting.words("closing", title), "cover_ink"))
    place = _under(setting, "closing")
    address = document.licence_url
    shown = address.removeprefix("https://").removesuffix("/")
    texts = (
        Paragraph(document.attribution, 0, "cover_ink2", line_spacing=setting.spacing),
        Paragraph(Text("licence", (Run(shown, link=address),), "ltr", "en"), 0, "cover_accent"),
    )
    every = setting.sizes("closing", "text")
    sizes = setting.on_one_line(place, every, texts[0]) or every
    shapes = (_filled(heading, words), _filled(place, *_fitted_all(setting, place, texts, sizes)))
    return Slide("closing", "closing", title, shapes, layout=setting.frame("closing").name)


def _layout(setting: Setting, role: Role, *shapes: Shape) -> Layout:
    return Layout(role, setting.frame(role).name, "cover", shapes, tuple(_decoration(setting, role)))


def _title(setting: Setting, role: Role) -> Shape:
    """Return the title's place; its words stand at its foot and grow upwards."""
    return setting.shape(role, "title", "Title", anchor="bottom")


def _under(setting: Setting, role: Role) -> Shape:
    """Return the place below the title."""
    place = next(name for name in ("subtitle", "items") if name in setting.frame(role).places)
    return setting.shape(role, place, "Attribution" if role == "closing" else "Subtitle")


def _eyebrow(setting: Setting) -> Shape:
    return setting.shape("opening", "eyebrow", "Kind")


def _filled(shape: Shape, *paragraphs: Paragraph) -> Shape:
    return replace(shape, paragraphs=paragraphs)


def _below_title(setting: Setting) -> Iterator[Paragraph]:
    """Yield the subtitle, and the fields if they have no place of their own."""
    document = setting.document
    if document.subtitle is not None:
        yield Paragraph(document.subtitle, 0, "cover_ink2", line_spacing=setting.spacing)
    if document.fields and "fields" not in setting.frame("opening").places:
        yield Paragraph(fields_line(setting), 0, "cover_ink2", line_spacing=setting.spacing)


def _fitted_all(
    setting: Setting, shape: Shape, given: tuple[Paragraph, ...], sizes: tuple[float, ...] = ()
) -> tuple[Paragraph, ...]:
    """Return paragraphs in one size, the largest at which they fit a shape."""

    def at(size: float) -> tuple[Paragraph, ...]:
        first, *others = (replace(one, size_pt=size) for one in given)
        return (first, *(replace(one, before_pt=round(size * _LINK_GAP_EM, 1)) for one in others))

    return at(setting.gauge.largest(sizes or setting.sizes("cover", "subtitle"), at, room(shape)))


def _by_lines(setting: Setting, text: Text, sizes: tuple[float, ...], shape: Shape) -> Paragraph:
    """Return a title in the largest size for its length: the first for one line, the second for two."""
    for lines, size in enumerate(sizes, start=1):
        words = replace(setting.title(text, "cover_ink"), size_pt=size)
        if setting.gauge.lines(words, room(shape).w) <= lines and setting.gauge.fits([words], room(shape)):
            return words
    return setting.fitted(shape, sizes[-1:], setting.title(text, "cover_ink"))


def _beside(rect: Rect, other: Rect) -> Rect:
    """Return a rectangle made narrower, so that it ends before another one at its height."""
    if other.bottom <= rect.y or rect.bottom <= other.y:
        return rect
    gap = _LOGO_GAP
    if other.x > rect.x:
        return replace(rect, w=other.x - gap - rect.x)
    return Rect(other.right + gap, rect.y, rect.right - other.right - gap, rect.h)


def _decoration(setting: Setting, role: Role) -> Iterator[Shape]:
    """Yield the frame around the slide, and the canvas in the corner far from where lines start."""
    frame = setting.tokens["cover"]["frame"]
    if frame["line"]:
        inset = float(frame["inset"])
        rect = Rect(0, 0, setting.stage.width, setting.stage.height).inset(inset, inset, inset, inset)
        yield Shape(
            "Frame", rect, line=frame["line"], line_pt=frame["pt"], radius=frame["radius"], decorative=True
        )
    yield from drawing(setting, setting.place(role, "drawing"), setting.tokens["cover"]["drawing"])
