"""The fonts that a page needs, cut down to its characters, as CSS with the fonts inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from bmcrender.document import Run
from bmcrender.fonts import Face, FontSet
from bmcrender.render.css import css_string, data_url
from bmcrender.render.verify import texts
from bmcrender.sheets import Outline, Sheet


def font_rules(
    sheet: Sheet | Outline, fonts: FontSet, families: Sequence[str], data: Callable[[Face], bytes]
) -> str:
    """Return an `@font-face` rule for each face that draws a text of the sheet."""
    used = used_faces(_runs(sheet), fonts, families, _weights(sheet))
    return "".join(_rule(face, _woff2(data(face), letters)) for face, letters in used.items())


def used_faces(
    runs: Iterable[Run], fonts: FontSet, families: Sequence[str], weights: Sequence[int]
) -> Mapping[Face, frozenset[str]]:
    """Return which face draws which characters, if every run may be set in each of the weights."""
    found: dict[Face, set[str]] = {}
    for run in runs:
        text = run.text.replace("\n", " ")
        for weight in weights:
            for start, end, face in fonts.pieces(text, families, weight, run.italic):
                found.setdefault(face, set()).update(text[start:end])
    return {face: frozenset(found[face]) for face in sorted(found, key=lambda face: face.file)}


def _runs(sheet: Sheet | Outline) -> Iterator[Run]:
    for page in sheet.pages:
        for text, _ in texts(page):
            yield from text.runs


def _weights(sheet: Sheet | Outline) -> list[int]:
    """Return the weights that roles are set in."""
    tokens = sheet.document.theme.tokens
    script = tokens["scripts"].get(sheet.document.script, {})
    given = {int(role[name]) for role in tokens["type"].values() for name in ("weight", "bold")}
    return sorted(given | ({int(script["bold"])} if "bold" in script else set()))


def _rule(face: Face, font: bytes) -> str:
    style = "italic" if face.italic else "normal"
    source = f'url("{data_url(font, "font/woff2")}") format("woff2")'
    return (
        f"@font-face{{font-family:{css_string(face.family)};font-weight:{face.weight};"
        f"font-style:{style};src:{source}}}"
    )


def _woff2(font: bytes, letters: frozenset[str]) -> bytes:
    """Return a font with the glyphs that some characters need, compressed."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    subset = wanted.subset(uharfbuzz.Face(font))
    opened = TTFont(BytesIO(subset.blob.data), recalcTimestamp=False)
    opened.flavor = "woff2"
    file = BytesIO()
    opened.save(file)
    return file.getvalue()
