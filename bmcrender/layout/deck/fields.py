"""What the opening slide says of a canvas besides its title: the fields side by side, and the logo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bmcrender.document import Field, Text
from bmcrender.layout.deck.chrome import BETWEEN
from bmcrender.layout.deck.setting import Setting
from bmcrender.sheets import Rect
from bmcrender.slides import Paragraph, Shape

_COLUMNS, _GUTTER = 4, 8.0
_RULE_GAP = 2.5
_LOGO_PLATE = 3.0
_LEAST_LABEL = 2.0  # points between a label and its value


def fields(setting: Setting) -> Iterator[Shape]:
    """Yield hairline and text of each field, side by side from where lines start."""
    given = setting.document.fields
    if not given or "fields" not in setting.frame("opening").places:
        return
    look = setting.tokens["cover"]["rule"]
    areas = _columns(setting, len(given))
    texts = [area.inset(0, _RULE_GAP * setting.scale, 0, 0) for area in areas]
    words = _field_words(setting, texts)
    for number, (field, area, text) in enumerate(zip(given, areas, texts, strict=True)):
        rule = Rect(area.x, area.y, area.w, 0)
        yield Shape(f"Rule {number + 1}", rule, line=look["line"], line_pt=float(look["pt"]), decorative=True)
        yield Shape(field.label.plain, text, words[number], alt=f"{field.label.plain} {field.value.plain}")


def fields_line(setting: Setting) -> Text:
    """Return all fields on one line, for slides that have no room of their own for them."""
    parts = (f"{field.label.plain} {field.value.plain}" for field in setting.document.fields)
    return setting.words("fields", BETWEEN.join(parts))


def logo(setting: Setting) -> Iterator[Shape]:
    """Yield the logo on a plate of the page's colour, for it may be dark as the cover is."""
    image = setting.document.logo
    place = setting.frame("opening").places.get("logo")
    if image is None or place is None:
        return
    pad = _LOGO_PLATE * setting.scale
    width, height = (side + 2 * pad for side in image.within(place.w - 2 * pad, place.h - 2 * pad))
    x = place.x if setting.document.direction == "rtl" else place.right - width
    plate = Rect(x, place.bottom - height, width, height)
    if not setting.stage.foreign:
        yield Shape("Logo ground", plate, fill="page", decorative=True)
    inner = plate.inset(pad, pad, pad, pad)
    yield Shape("Logo", inner, image=image, alt=setting.document.label("alt_logo"))


def _columns(setting: Setting, count: int) -> list[Rect]:
    """Return the places of the fields; a few are not wider than many."""
    place = setting.place("opening", "fields")
    gutter, columns = _GUTTER * setting.scale, max(count, _COLUMNS)
    width = (place.w - (columns - 1) * gutter) / columns
    rtl = setting.document.direction == "rtl"
    starts = (index * (width + gutter) for index in range(count))
    return [
        Rect(place.right - start - width if rtl else place.x + start, place.y, width, place.h)
        for start in starts
    ]


def _whole_names(field: Field) -> Field:
    """Return a field of several names with each of them kept on one line."""
    if len(field.value.runs) < 2:
        return field
    runs = (replace(run, text=_glued(run.text)) for run in field.value.runs)
    return replace(field, value=replace(field.value, runs=tuple(runs)))


def _glued(name: str) -> str:
    words = name.rstrip(" ")
    return words.replace(" ", "\u00a0") + name[len(words) :]


def _field_words(setting: Setting, areas: Sequence[Rect]) -> list[tuple[Paragraph, Paragraph]]:
    """Return label and value of each field, at one size for all."""
    labels, sizes = setting.sizes("cover", "label"), setting.sizes("cover", "value")

    def at(field: Field, size: float) -> tuple[Paragraph, Paragraph]:
        first = Paragraph(field.label, min(labels[0], size), "cover_ink2")
        return first, Paragraph(
            field.value, size, "cover_ink", before_pt=_LEAST_LABEL, line_spacing=setting.spacing
        )

    def largest(field: Field, area: Rect) -> float:
        return setting.gauge.largest(sizes, partial(at, field), area)

    given = [
        _whole_names(field) if largest(_whole_names(field), area) >= largest(field, area) else field
        for field, area in zip(setting.document.fields, areas, strict=True)
    ]
    own = [largest(field, area) for field, area in zip(given, areas, strict=True)]
    # One value of unusual length does not make the others small.
    shared = min((size for size in own if size >= sizes[-1]), default=sizes[-1])
    return [at(field, min(size, shared)) for field, size in zip(given, own, strict=True)]
