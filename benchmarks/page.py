"""The very HTML that our PDF is made of, in a file that others can draw: its pictures and fonts with it."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.processes import ROOT

# The faces that a poster in a language is drawn with.
_FACES = {
    "en": ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"),
    "fa": ("Vazirmatn-Regular", "Vazirmatn-Medium", "Vazirmatn-Bold"),
}


def write_page(canvas: Path, page: Path, language: str) -> Path:
    """Write the page of a canvas, with its fonts as `@font-face` and its pictures as `data:` addresses."""
    from bmcrender.formats import Drawing, _measurer
    from bmcrender.inputs import load
    from bmcrender.layout.layouts import laid_out
    from bmcrender.pipeline import checked
    from bmcrender.render.assets import assets, media_type
    from bmcrender.render.css import data_url
    from bmcrender.render.html import html_page

    job = load(canvas)
    document = checked(job).document
    assert document is not None
    drawing = Drawing(document, (), job.created, job.options)
    sheet, _ = laid_out(document, _measurer((), 0.0, 0.0))
    html = html_page(sheet, drawing._families)  # noqa: SLF001 (the very page)
    for address, data in sorted(assets(sheet).items(), reverse=True):
        html = html.replace(address, data_url(data, media_type(data)))
    page.write_text(html.replace("<style>", f"<style>{_font_faces(language)}</style>\n<style>", 1), "utf-8")
    return page


def _font_faces(language: str) -> str:
    table = json.loads((ROOT / "fonts" / "coverage.json").read_text("utf-8"))
    faces = {Path(row["file"]).stem: row for row in table["faces"]}
    return "".join(
        f"@font-face{{font-family:'{row['family']}';font-weight:{row['weight']};"
        f"src:url('{(ROOT / 'fonts' / row['file']).as_uri()}')}}"
        for row in (faces[name] for name in _FACES[language])
    )
