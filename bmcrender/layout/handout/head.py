"""The head of a step: numeral, eyebrow and title beside each other, the canvas's map at the far edge."""

from __future__ import annotations

from dataclasses import replace

from bmcrender.document import DocumentBlock, Run
from bmcrender.frozen import dataclass
from bmcrender.layout.handout.setting import Setting
from bmcrender.layout.typeset import CAP_EM
from bmcrender.sheets import Rect, TextBlock


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a step's first rule; rectangles count from its upper left corner."""

    number: TextBlock
    eyebrow: TextBlock
    title: TextBlock
    locator: Rect
    height: float


def head(setting: Setting, block: DocumentBlock) -> Head:
    """Return a step's head: numeral and title stand on one line, the map begins where the numeral does."""
    width, gap = setting.content.w, setting.length("gap", "step")
    locator_w, locator_h = (float(side) * setting.scale for side in setting.given["step"]["locator"])
    locator = Rect(width - locator_w, 0, locator_w, locator_h)
    base = CAP_EM * setting.size("numeral")
    title = _title(setting, block, base, locator.x - setting.length("locator_gap", "step"))
    return Head(
        number=_number(setting, block, base),
        eyebrow=_eyebrow(setting, block, title),
        title=title,
        locator=setting.placed(locator, width),
        height=max(setting.length("head", "step"), title.rect.bottom + gap, locator.bottom + gap),
    )


def _number(setting: Setting, block: DocumentBlock, base: float) -> TextBlock:
    text = setting.text(f"{block.id}.number", setting.document.number(block.number))
    area = Rect(0, base - setting.baseline("numeral"), setting.length("label"), 0)
    return setting.block(text, "numeral", area, setting.content.w)


def _title(setting: Setting, block: DocumentBlock, base: float, right: float) -> TextBlock:
    """Return the title, smaller where one of its words is wider than its column."""
    text, room = setting.typesetter.hyphenated(block.title), right - setting.text_x
    widest = setting.typesetter.shaped(text, "step_title").widest
    size = min(setting.size("step_title"), room / widest * 0.998 if widest else room)
    least = setting.size("step_title") * float(setting.given["step"]["title_least"])
    area = Rect(setting.text_x, base - setting.baseline("step_title"), room, 0)
    return setting.block(text, "step_title", area, setting.content.w, max(size, least))


def _eyebrow(setting: Setting, block: DocumentBlock, title: TextBlock) -> TextBlock:
    """Return the step's name and the block's code, above the title."""
    runs = (Run(f"{block.eyebrow.plain} · "), Run(block.code))
    text = replace(block.eyebrow, runs=runs)
    height = setting.height_of(text, "eyebrow", title.rect.w)
    y = title.rect.y - setting.length("eyebrow_gap", "step") - height
    return setting.block(text, "eyebrow", Rect(setting.text_x, y, title.rect.w, 0), setting.content.w)
