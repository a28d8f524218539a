"""Opens somebody's template: its sample slides and all that belongs to them are taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from bmcrender.errors import UsageError
from bmcrender.model import Template
from bmcrender.render.pptx.archive import archive
from bmcrender.render.pptx.markup import xml_part
from bmcrender.render.pptx.properties import SHOW_XML, VIEW_XML
from bmcrender.render.pptx.sections import SECTION_LIST
from bmcrender.render.pptx.template.nodes import nodes
from bmcrender.template_file import refused

if TYPE_CHECKING:
    from pptx.opc.package import Part, _Relationships
    from pptx.presentation import Presentation

_TYPES = "[Content_Types].xml"
_MAIN = re.compile(rb"presentationml\.(?:template|slideshow)\.main\+xml")
# Endings of relationship types: parts that speak of the sample slides, or of who made them.
_LEFT_OUT = ("/commentAuthors", "/authors", "/thumbnail", "/documenttasks")
# Of the presentation: shows made of sample slides, and a lock that would make the deck read-only.
_DEAD = ("p:sldIdLst", "p:custShowLst", "p:modifyVerifier")
_FIRST_INDEX = 1000
_NO_SLIDES = "has no slide layouts"
# Sides of slides in EMU, as Open XML bounds them: 25.4 to 1422.4 mm.
_LEAST_SIDE, _MOST_SIDE = 914_400, 51_206_400
_SIZES = "set a slide size of 2.54 to 142.24 cm a side in it"


def opened(template: Template) -> tuple[Presentation, tuple[str, ...]]:
    """Return a template without its slides, and the parts of the masters that these had, slide by slide.

    Raises UsageError for one that cannot be read.
    """
    from pptx import Presentation as Opened

    with told_as_damage(template):
        presentation = Opened(BytesIO(_as_presentation(template.data)))
        samples = tuple(_samples(presentation.part))
        _cleaned(presentation)
        layouts = sum(len(master.slide_layouts) for master in presentation.slide_masters)
        sides = presentation.slide_width or 0, presentation.slide_height or 0
    if not all(_LEAST_SIDE <= side <= _MOST_SIDE for side in sides):
        raise refused(template.name, "has slides that are too small or too large", _SIZES)
    if not layouts:
        raise refused(template.name, _NO_SLIDES, "add layouts in its slide master view")
    return presentation, samples


@contextmanager
def told_as_damage(template: Template) -> Iterator[None]:
    """Refuse a template in which something is missing or crossed; a limit that is met is no damage."""
    try:
        yield
    except (UsageError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 (python-pptx lets escape whatever it stumbles over)
        told = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise refused(template.name, f"is damaged ({told})", "save it anew in PowerPoint") from None


def _as_presentation(data: bytes) -> bytes:
    """Return a template's package under the content type of a presentation, the only one that is read."""
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist() if not name.endswith("/")}
    changed = _MAIN.sub(b"presentationml.presentation.main+xml", parts[_TYPES])
    if changed == parts[_TYPES]:
        return data
    return archive((parts | {_TYPES: changed}).items(), compressed=False)


def _samples(part: Any) -> Iterator[str]:
    """Yield the master's part of each slide."""
    for identity in nodes(part._element, "p:sldIdLst/p:sldId"):
        yield str(part.related_part(identity.rId).slide_layout.slide_master.part.partname)


def _cleaned(presentation: Presentation) -> None:
    """Take out the slides, and every part and mark that is theirs."""
    _without_slides(presentation)
    for master in presentation.slide_masters:
        for layout in master.slide_layouts:
            _numbered(layout)
    package = presentation.part.package
    for rels, part in [*_all_relationships(package)]:
        for name, rel in [*rels.items()]:
            if rel.reltype.endswith(_LEFT_OUT):
                rels.pop(name)
            elif not rel.is_external and _is_slide(rel.target_part):
                _forget(part, name)
                rels.pop(name)


def _without_slides(presentation: Presentation) -> None:
    """Take the slides out of the presentation, with sections, custom shows and how they were last seen."""
    element = presentation.part._element
    for identity in nodes(element, "p:sldIdLst/p:sldId"):
        presentation.part.drop_rel(identity.rId)
    for path in (*_DEAD, f"p:extLst/p:ext[@uri='{SECTION_LIST}']", "p:extLst[not(*)]"):
        for node in nodes(element, path):
            node.getparent().remove(node)
    for rel in presentation.part.rels.values():
        if rel.reltype.endswith("/viewProps"):
            _replaced(rel.target_part, VIEW_XML)
        elif rel.reltype.endswith("/presProps") and _names_slides(rel.target_part):
            _replaced(rel.target_part, SHOW_XML)


def _names_slides(part: Part) -> bool:
    """Whether the settings of the show are about some of the slides only."""
    return re.search(rb"<p:(?:custShow|sldRg|htmlPubPr)\b", part.blob) is not None


def _replaced(part: Any, xml: str) -> None:
    """Give a part another content, without relationships."""
    part._blob = xml_part(xml)
    for name in [*part.rels]:
        part.rels.pop(name)


def _all_relationships(package: Any) -> Iterator[tuple[_Relationships, Any]]:
    """Yield the relationships of the package and of every part that is still reached, with the part."""
    yield package._rels, None
    for part in [*package.iter_parts()]:
        yield part.rels, part


def _numbered(layout: Any) -> None:
    """Give placeholders that share their index others: LibreOffice writes none, and slides are tied by it."""
    path = "p:cSld/p:spTree/*/*/p:nvPr/p:ph[not(@type='title' or @type='ctrTitle')]"
    taken = {"0"}
    free = count(_FIRST_INDEX)
    for place in nodes(layout._element, path):
        index = place.get("idx", "0")
        if index in taken:
            place.set("idx", str(next(free)))
        taken.add(index)


def _is_slide(part: Any) -> bool:
    return str(part.content_type).endswith(".slide+xml")


def _forget(part: Any, name: str) -> None:
    """Take out the clicks of a part that lead to a slide."""
    element = getattr(part, "_element", None)
    if element is None:
        return
    for node in nodes(element, f"//a:hlinkClick[@r:id='{name}'] | //a:hlinkHover[@r:id='{name}']"):
        node.getparent().remove(node)
