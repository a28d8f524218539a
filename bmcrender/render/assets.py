"""The pictures of a sheet by the addresses that its page names them with."""

from __future__ import annotations

from bmcrender.handouts import Handout
from bmcrender.render.drawing import drawing_svg
from bmcrender.render.flow import LINE_URL, LOCATOR_URL, line_svg, locator_svg
from bmcrender.render.html import DRAWING_URL, ICON_URL, LOGO_URL, PLACE_URL, icon_svg, place_svg
from bmcrender.sheets import Outline, Sheet


def assets(sheet: Sheet | Handout | Outline) -> dict[str, bytes]:
    """Return the bytes of all pictures that a sheet's page may ask for."""
    document = sheet.document
    found = {
        f"{ICON_URL}{block.group}/{block.icon}": icon_svg(document, block.icon, block.group)
        for block in document.blocks
    }
    if document.sticky:
        stroke = float(document.theme.tokens["stroke"]["grid"]) * sheet.stroke
        found[PLACE_URL] = place_svg(document, document.sticky, stroke)
    if isinstance(sheet, Outline):
        found |= {
            f"{DRAWING_URL}{number}": drawing_svg(sheet, number) for number in range(1, len(sheet.pages) + 1)
        }
    if isinstance(sheet, Handout):
        found |= {
            f"{LOCATOR_URL}{step.block}": locator_svg(sheet, step.block, step.group) for step in sheet.steps
        }
        found[LINE_URL] = line_svg(sheet)
    if document.logo:
        found[LOGO_URL] = document.logo.data
    return found


def media_type(data: bytes) -> str:
    """Return what kind of picture bytes are."""
    if data.startswith(b"<svg"):
        return "image/svg+xml"
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
