"""What a handout's style sheet needs beyond the theme's own: lengths, edges of pages, maps of the canvas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bmcrender.document import Document
from bmcrender.handouts import Handout
from bmcrender.render.css import css_string, mm

LOCATOR_URL = "bmc-asset:locator/"
LINE_URL = "bmc-asset:line"
_COUNTERS = {"n": "page", "m": "pages"}


def flow_rules(handout: Handout) -> str:
    """Return the rules that follow from a handout's lengths, its direction and its language."""
    document = handout.document
    return "".join((*_sizes(handout), *_accents(document), _digits(document), *_pages(handout)))


def flow_properties(handout: Handout) -> dict[str, str]:
    """Return a handout's lengths as custom properties."""
    start, end = ("right", "left") if handout.document.direction == "rtl" else ("left", "right")
    lengths = handout.lengths
    indents = {
        "label": 0.0,
        "text": lengths["label"] + lengths["gutter"],
        "tick": lengths["tick"] + lengths["tick_gap"],
        "phase": lengths["phase"],
    }
    return {
        **{f"space-{name.replace('_', '-')}": mm(length) for name, length in lengths.items()},
        **{f"space-{name}-{start}": mm(length) for name, length in indents.items()},
        **{f"space-{name}-{end}": "auto" if name == "label" else "0" for name in indents},
    }


def locator_svg(handout: Handout, block: str, group: str) -> bytes:
    """Return the canvas as a little map with one block filled, drawn last so that its edges are whole."""
    tokens = handout.document.theme.tokens
    colors, stroke = tokens["colors"], float(tokens["stroke"]["locator"])
    fill = tokens["groups"][group] if _by_group(handout.document) else colors["accent"]
    drawn = "".join(
        f'<rect x="{rect.x:.3f}" y="{rect.y:.3f}" width="{rect.w:.3f}" height="{rect.h:.3f}"'
        f' fill="{fill if name == block else "none"}" stroke="{colors["line"]}"'
        f' stroke-width="{stroke:g}"/>'
        for name, rect in sorted(handout.map.items(), key=lambda one: one[0] == block)
    )
    width = max(rect.right for rect in handout.map.values()) + stroke / 2
    height = max(rect.bottom for rect in handout.map.values()) + stroke / 2
    size = f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'.encode()


def line_svg(handout: Handout) -> bytes:
    """Return a dotted line to write on, at the foot of its own height."""
    lengths, tokens = handout.lengths, handout.document.theme.tokens
    width = handout.content.w - lengths["label"] - lengths["gutter"]
    height, dot = lengths["line"], lengths["line_dot"]
    y = height - dot / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{height:.3f}mm"'
        f' viewBox="0 0 {width:.3f} {height:.3f}"><path d="M{dot / 2:.3f} {y:.3f}H{width:.3f}" fill="none"'
        f' stroke="{tokens["colors"]["line"]}" stroke-width="{dot:.3f}" stroke-linecap="round"'
        f' stroke-dasharray="0 {lengths["line_step"]:.3f}"/></svg>'
    ).encode()


def _sizes(handout: Handout) -> Iterator[str]:
    yield from (f".{role}{{font-size:{mm(size)}}}" for role, size in handout.sizes.items())


def _by_group(document: Document) -> bool:
    """Whether a step is dressed in the colour of its group."""
    return bool(document.theme.tokens["handout"]["accent"] == "group")


def _accents(document: Document) -> Iterator[str]:
    if _by_group(document):
        for group, color in document.theme.tokens["groups"].items():
            yield f".of-{group}{{--accent:{color};--accent-text:{color}}}"


def _digits(document: Document) -> str:
    """Return the counter style that writes numbers in the language's digits."""
    symbols = " ".join(css_string(digit) for digit in document.digits)
    return f"@counter-style digits{{system:numeric;symbols:{symbols}}}"


def _pages(handout: Handout) -> Iterator[str]:
    """Yield the rules of what stands at the edges of pages: where reading starts and where it ends."""
    document, content = handout.document, handout.content
    start, end = ("right", "left") if document.direction == "rtl" else ("left", "right")
    lengths = handout.lengths
    role = document.theme.tokens["type"]["running"]
    script = document.theme.tokens["scripts"].get(document.script, {})
    line_height = script.get("line_height", {}).get("running", role["line_height"])
    color = document.theme.tokens["colors"][role["color"]]
    common = (
        f"font-size:{mm(handout.sizes['running'])};line-height:{line_height};color:{color};"
        f"font-weight:{role['weight']};white-space:pre-line;"
    )
    head = f"{common}vertical-align:top;padding-top:{mm(lengths['head'])};"
    foot = f"{common}vertical-align:bottom;padding-bottom:{mm(lengths['foot'])};"
    title = f"{head}width:{mm(content.w * 0.56)};direction:{handout.running.direction};"
    place = f"{head}width:{mm(content.w * 0.44)};direction:{document.direction};"
    about = f"{foot}width:{mm(content.w - lengths['foot_end'])};direction:{document.direction};"
    number = f"{foot}width:{mm(lengths['foot_end'])};direction:{document.direction};"
    boxes = (
        (f"top-{start}", title, start, "string(title)"),
        (f"top-{end}", place, end, "string(place)"),
        (f"bottom-{start}", about, start, "string(foot)"),
        (f"bottom-{end}", number, end, _counted(document.labels["page"])),
    )
    rules = "".join(f"@{box}{{{given}text-align:{side};content:{what}}}" for box, given, side, what in boxes)
    yield f"@page{{{rules}}}"
    yield "@page cover{" + "".join(f"@{box}{{content:none}}" for box, *_ in boxes) + "}"


def _counted(pattern: str) -> str:
    """Return a label with {n} and {m} as CSS content that counts."""
    parts = re.split(r"\{(\w+)\}", pattern)
    shown = [
        f"counter({_COUNTERS[part]},digits)" if index % 2 else css_string(part)
        for index, part in enumerate(parts)
        if part
    ]
    return " ".join(shown)
