"""A document to a handout: cover, contents, a section for each step, ready for the renderer to paginate."""

from __future__ import annotations

from bmcrender.document import Document
from bmcrender.errors import Diagnostic
from bmcrender.handouts import Handout
from bmcrender.layout.handout.contents import contents
from bmcrender.layout.handout.cover import cover
from bmcrender.layout.handout.drawing import little_map
from bmcrender.layout.handout.setting import Setting
from bmcrender.layout.handout.steps import step
from bmcrender.layout.handout.texts import foot_lines, running_title
from bmcrender.measure import Measurer


def handout(document: Document, measurer: Measurer) -> tuple[Handout, tuple[Diagnostic, ...]]:
    """Return the handout; all of a document fits, for it has as many pages as it needs."""
    setting = Setting(document, measurer)
    own = setting.document
    laid_out = Handout(
        document=own,
        width=setting.width,
        height=setting.height,
        unit=setting.scale,
        stroke=setting.scale,
        content=setting.content,
        lengths=setting.lengths,
        sizes={role: setting.size(role) for role in setting.given["type"]},
        cover=cover(setting),
        contents=contents(setting),
        steps=tuple(step(setting, block) for block in own.blocks),
        map=little_map(setting),
        running=running_title(setting),
        foot=foot_lines(setting),
    )
    return laid_out, ()
