"""The pictures of a sheet by the addresses that its page names them with."""

from __future__ import annotations

from bmcrender.document import Document
from bmcrender.handouts import Handout
from bmcrender.render.drawing import drawing_svg
from bmcrender.render.flow import LINE_URL, LOCATOR_URL, line_svg, locator_svg
from bmcrender.render.html import LOGO_URL
from bmcrender.render.style_sheet import DRAWING_URL, ICON_URL
from bmcrender.sheets import Outline, Sheet

PLACE_URL = "bmc-asset:place"


def assets(sheet: Sheet | Handout | Outline) -> dict[str, bytes]:
    """Return the bytes of all pictures that a sheet's page may ask for."""
    document = sheet.document
    found = {
        f"{ICON_URL}{block.group}/{block.icon}": _icon_svg(document, block.icon, block.group)
        for block in document.blocks
    }
    if document.sticky:
        stroke = float(document.theme.tokens["stroke"]["grid"]) * sheet.stroke
        found[PLACE_URL] = _place_svg(document, document.sticky, stroke)
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


def _icon_svg(document: Document, name: str, group: str) -> bytes:
    """Return an icon in the theme's colour or its group's, turned round where right-to-left asks for it."""
    tokens = document.theme.tokens
    wanted = tokens["icons"]["color"]
    color = tokens["groups"][group] if wanted == "group" else tokens["colors"][wanted]
    turn = document.direction == "rtl" and name in document.theme.flipped
    transform = ' transform="matrix(-1 0 0 1 256 0)"' if turn else ""
    paths = "".join(
        f'<path d="{document.theme.icons[key]}" fill="{color}"{opacity}/>'
        for key, opacity in ((f"{name}:tint", ' fill-opacity="0.2"'), (name, ""))
        if key in document.theme.icons
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"><g{transform}>{paths}</g></svg>'
    return svg.encode()


def _place_svg(document: Document, side_mm: float, stroke_mm: float) -> bytes:
    """Return the mark of a sticky note's place: ticks of five millimetres at its corners."""
    color, tick = document.theme.tokens["colors"]["line"], 5
    far = side_mm - tick
    corners = (
        f"M0 {tick}V0H{tick}M{far} 0H{side_mm}V{tick}"
        f"M{side_mm} {far}V{side_mm}H{far}M{tick} {side_mm}H0V{far}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side_mm} {side_mm}">'
        f'<path d="{corners}" fill="none" stroke="{color}" stroke-width="{stroke_mm * 2:.3f}"/></svg>'
    ).encode()
