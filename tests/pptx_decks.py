"""Decks built by hand, one for each direction, with everything that a slide can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image as Picture

from bmcrender.document import Image, Run, Text
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, DeckSection, Layout, Paragraph, Shape, Slide

CREATED = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
COLORS = {
    "ink": "#1b2430",
    "page": "#ffffff",
    "heading": "#12324a",
    "tint": "#fdf6ef",
    "accent": "#b4561a",
    "accent_text": "#a04a12",
    "quiet": "#5d6875",
    "ink2": "#4a5563",
    "line": "#8b97a3",
    "grid": "#12324a",
    "on_dark": "#ffffff",
    "on_dark_accent": "#f3c9a8",
}
WORDS = {
    "ltr": {
        "title": "Harbour Bread",
        "overview": "The model at a glance",
        "block": "Value Propositions",
        "step": "Step 2 of 9",
        "items": ["still warm at the door (by 7 am)", "Four ingredients, nothing hidden", "For cafés"],
        "nested": ["par-baked, finished in their oven", "returns below 2 %"],
        "foreign": "نان گرم (تا ۷ صبح) با API دم در خانه، هر روز هفته، بی هیچ افزودنی و با آرد کامل!",
        "heading": "Guiding questions",
        "questions": ["What value do we deliver to the customer?", "Which needs are we satisfying?"],
        "notes": ["Say it slowly.", "Then ask."],
        "footer": "Harbour Bread · CC BY-SA 3.0",
        "alt": "Two loaves",
        "back": "Back to the canvas",
    },
    "rtl": {
        "title": "نانِ بندر",
        "overview": "مدل در یک نگاه",
        "block": "ارزش پیشنهادی",
        "step": "گام دوم از نُه",
        "items": ["نان گرم (تا ساعت ۷ صبح) دم در خانه", "چهار مادهٔ اولیه، بی هیچ افزودنی", "برای کافه‌ها"],
        "nested": ["نیم‌پز، آمادهٔ پخت در فِر", "مرجوعی کمتر از ۲٪"],
        "foreign": "Warm bread (by 7 am) at the door, every day of the week, made with نشان and whole flour!",
        "heading": "پرسش‌های راهنما",
        "questions": ["چه ارزشی به مشتری می‌رسانیم؟", "کدام نیاز او را برمی‌آوریم؟"],
        "notes": ["آهسته بگویید.", "سپس بپرسید."],
        "footer": "نانِ بندر · CC BY-SA 3.0",
        "alt": "دو قرص نان",
        "back": "بازگشت به بوم",
    },
}
W, H = 338.7, 190.5


def text(content, direction, language=""):
    """A paragraph's text, in one run unless runs are given."""
    runs = content if isinstance(content, tuple) else (Run(content),)
    return Text("", runs, direction, language)


def png():
    """A small picture."""
    buffer = BytesIO()
    Picture.new("RGB", (40, 20), "#b4561a").save(buffer, "PNG")
    return Image(buffer.getvalue(), "image/png", 40, 20)


def deck(direction="ltr", **changes):
    """A deck of four slides with everything that a shape can be."""
    words = WORDS[direction]
    other = "rtl" if direction == "ltr" else "ltr"

    def at(x, y, w, h):
        rect = Rect(x, y, w, h)
        return rect.mirrored(W) if direction == "rtl" else rect

    def line(content, size, color="ink", **more):
        return Paragraph(text(content, direction), size, color, **more)

    title = Shape(
        "Title", at(16, 20, 240, 16), (line("Title", 36, "heading", bold=True),), "title", anchor="bottom"
    )
    footer = Shape("Footer", at(16, 176, 200, 8), (line("Footer", 10, "quiet"),), "footer")
    number = Shape("Number", at(302.7, 176, 20, 8), (line("1", 10, "quiet"),), "number")
    items = Shape("Items", at(16, 53, 186, 117), (), "items")
    panel = Shape("Questions", at(222.7, 53, 100, 117), (), "questions", fill="tint", inset=(7, 7, 7, 7))
    eyebrow = Shape("Step", at(16, 13, 200, 7), (), "eyebrow")
    rule = Shape("Rule", at(16, 45, 306.7, 0), line="grid", line_pt=1.4)
    big = Shape(
        "Title", at(16, 56, 300, 30), (line("Title", 60, "on_dark", bold=True),), "title", anchor="bottom"
    )
    under = Shape("Subtitle", at(16, 90, 300, 14), (line("Subtitle", 22, "on_dark"),), "subtitle")
    layouts = (
        Layout("opening", "BMC Opening", "heading", (big, under)),
        Layout("overview", "BMC Overview", "page", (title, footer, number)),
        Layout("block", "BMC Block", "page", (eyebrow, title, items, panel, footer, number), (rule,)),
        Layout("closing", "BMC Closing", "heading", (big,)),
    )
    bullets = [line(t, 24, marker="bullet", indent_pt=20, hang_pt=20, before_pt=12) for t in words["items"]]
    dashes = [line(t, 18, "ink2", level=1, marker="dash", indent_pt=36, hang_pt=14) for t in words["nested"]]
    styled = line(
        (
            Run("bold ", bold=True),
            Run("em ", italic=True),
            Run("code", code=True),
            Run(" & <"),
            Run("link", link="https://example.org/?a=1&b=2"),
            Run(" 🍞→"),
        ),
        24,
        marker="bullet",
        indent_pt=20,
        hang_pt=20,
        before_pt=12,
    )
    foreign = Paragraph(
        text(words["foreign"], other), 24, "ink", marker="bullet", indent_pt=20, hang_pt=20, before_pt=12
    )
    gloss = line(words["nested"][0], 14, "quiet", break_before=True)
    block = Slide(
        "value",
        "block",
        words["block"],
        (
            replace(eyebrow, paragraphs=(line(words["step"], 14, "accent_text", bold=True),)),
            replace(title, paragraphs=(line(words["block"], 36, "heading", bold=True),)),
            replace(items, paragraphs=(*bullets, *dashes, styled, foreign, gloss)),
            replace(
                panel,
                paragraphs=(
                    line(words["heading"], 14, "accent_text", bold=True),
                    *(line(q, 14, "ink2", before_pt=9) for q in words["questions"]),
                    replace(foreign, size_pt=14, marker="", indent_pt=0, hang_pt=0),
                ),
            ),
            Shape(
                "Locator",
                at(284.7, 14, 38, 24),
                fill="accent",
                alt=words["back"],
                link="all",
                tooltip=words["back"],
            ),
            replace(footer, paragraphs=(line(words["footer"], 10, "quiet"),)),
            number,
        ),
        tuple(line(note, 12) for note in words["notes"]),
    )
    overview = Slide(
        "all",
        "overview",
        words["overview"],
        (
            replace(
                title,
                rect=at(16, 12, 240, 12),
                paragraphs=(line(words["overview"], 28, "heading", bold=True),),
            ),
            Shape(
                words["block"],
                at(16, 40, 100, 60),
                (line(words["block"], 12, "heading", bold=True), line(words["items"][0], 10.5)),
                fill="tint",
                line="grid",
                line_pt=1,
                inset=(3, 3, 3, 3),
                link="value",
                tooltip=words["block"],
            ),
            Shape("Picture", at(130, 40, 60, 30), image=png(), alt=words["alt"]),
            replace(footer, paragraphs=(line(words["footer"], 10, "quiet"),)),
            number,
        ),
    )
    opening = Slide(
        "open",
        "opening",
        words["title"],
        (
            replace(big, paragraphs=(line(words["title"], 60, "on_dark", bold=True),)),
            replace(under, paragraphs=(line(words["items"][0], 22, "on_dark"),)),
        ),
    )
    # No title of its own: it gets one above the slide's edge.
    credit = Shape(
        "Credit",
        at(16, 90, 300, 14),
        (
            line(
                (Run("Strategyzer AG, "), Run("strategyzer.com", link="https://www.strategyzer.com")),
                18,
                "on_dark_accent",
            ),
        ),
    )
    closing = Slide("close", "closing", words["back"], (credit,))
    whole = Deck(
        W,
        H,
        layouts,
        (opening, overview, block, closing),
        words["title"],
        "Business Model Canvas",
        ("A. Baker", "B. Miller"),
        "en" if direction == "ltr" else "fa",
        direction,
        {"latin": "Inter", "cs": "Vazirmatn"}
        if direction == "ltr"
        else {"latin": "Vazirmatn", "cs": "Vazirmatn"},
        COLORS,
        "0123456789" if direction == "ltr" else "۰۱۲۳۴۵۶۷۸۹",
        "https://creativecommons.org/licenses/by-sa/3.0/",
        (DeckSection(words["overview"], ("open", "all")), DeckSection(words["block"], ("value", "close"))),
    )
    return replace(whole, **changes)
