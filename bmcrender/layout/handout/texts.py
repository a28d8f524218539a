"""The texts at the edges of a handout's pages, and those that stand for longer ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bmcrender.document import Run, Text
from bmcrender.layout.handout.setting import Setting

# A sentence shorter than this ends too soon: at an abbreviation.
_SENTENCE = re.compile(r".{30,}?[.!?؟۔](?=\s)", re.DOTALL)


def first_sentence(text: Text) -> Text:
    """Return a text cut after its first sentence."""
    found = _SENTENCE.match(text.plain)
    return replace(text, runs=(Run(found[0]),)) if found else text


def shortened(text: Text, fits: Callable[[Text], bool]) -> Text:
    """Return a text, or as much of its beginning as fits with an ellipsis: cut at a word if it can be."""
    if fits(text):
        return text
    words = text.plain.split(" ")
    by_word = (" ".join(words[:count]).rstrip(" ,;:–—-") for count in range(len(words) - 1, 0, -1))
    by_letter = (words[0][:count] for count in range(len(words[0]) - 1, 0, -1))
    cuts = (replace(text, runs=(Run(f"{cut}…"),)) for cut in (*by_word, *by_letter))
    return next((cut for cut in cuts if fits(cut)), replace(text, runs=(Run("…"),)))


def on_one_line(setting: Setting, text: Text, width: float) -> Text:
    """Return a text for the edge of a page, short enough for one line."""
    room = width / setting.size("running")
    return shortened(text, lambda given: setting.typesetter.shaped(given, "running").width <= room)


def running_title(setting: Setting) -> Text:
    """Return the title for the head of every page."""
    return on_one_line(setting, setting.document.title, setting.content.w * 0.55)


def running_step(setting: Setting, number: int, title: Text) -> str:
    """Return where the reader is: "Step 3 · Channels"."""
    step = setting.document.label("step", n=number)
    text = replace(title, runs=(Run(f"{step} · {title.plain}"),))
    return on_one_line(setting, text, setting.content.w * 0.43).plain


def foot_lines(setting: Setting) -> str:
    """Return what stands at the foot of every page: the attribution whole, the user's line on one line."""
    document, width = setting.document, setting.content.w - setting.length("foot_end")
    lines = [setting.set(document.attribution, "running", width).plain]
    if document.footer:
        lines.append(on_one_line(setting, document.footer, width).plain)
    return "\n".join(lines)
