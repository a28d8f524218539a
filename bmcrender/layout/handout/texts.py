"""The texts at the edges of a handout's pages, and those that stand for longer ones."""

from __future__ import annotations

import re
from dataclasses import replace

from bmcrender.layout.handout.setting import Setting
from bmcrender.model import Run, Text

# A sentence shorter than this ends too soon: at an abbreviation.
_SENTENCE = re.compile(r".{30,}?[.!?؟۔](?=\s)", re.DOTALL)


def first_sentence(text: Text) -> Text:
    """Return a text cut after its first sentence."""
    found = _SENTENCE.match(text.plain)
    return replace(text, runs=(Run(found[0]),)) if found else text


def shortened(setting: Setting, text: Text, role: str, width: float) -> Text:
    """Return a text that stands on one line: cut at a word, with an ellipsis, where it is too long."""
    plain, room = text.plain, width / setting.size(role)
    if setting.typesetter.shaped(text, role).width <= room:
        return text
    words = plain.split(" ")
    for count in range(len(words) - 1, 0, -1):
        cut = replace(text, runs=(Run(" ".join(words[:count]).rstrip(" ,;:–—-") + "…"),))
        if setting.typesetter.shaped(cut, role).width <= room:
            return cut
    while len(plain) > 1 and setting.typesetter.shaped(cut, role).width > room:
        plain = plain[:-1]
        cut = replace(text, runs=(Run(plain + "…"),))
    return cut


def running_title(setting: Setting) -> Text:
    """Return the title for the head of every page."""
    return shortened(setting, setting.document.title, "running", setting.content.w * 0.55)


def running_step(setting: Setting, number: int, title: Text) -> str:
    """Return where the reader is: "Step 3 · Channels"."""
    step = setting.document.label("step", n=number)
    text = replace(title, runs=(Run(f"{step} · {title.plain}"),))
    return shortened(setting, text, "running", setting.content.w * 0.43).plain


def foot_lines(setting: Setting) -> str:
    """Return what stands at the foot of every page: the attribution whole, the user's line on one line."""
    document, width = setting.document, setting.content.w - setting.length("foot_end")
    lines = [setting.set(document.attribution, "running", width).plain]
    if document.footer:
        lines.append(shortened(setting, document.footer, "running", width).plain)
    return "\n".join(lines)
