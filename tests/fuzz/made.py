"""Made canvases that are valid, with what a reader must find of each: all scripts, Markdown, sizes, options."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any
from unicodedata import category

import yaml

from bmcrender import limits
from bmcrender.model import Job, Options
from bmcrender.resources import library

LANGUAGES = ("de", "en", "es", "fa", "fr")
_WORDS = {
    "de": [
        "Größe",
        "Straße",
        "Kundschaft",
        "für",
        "die",
        "Wärmenetzgenossenschaft",
        "mit",
        "3,5",
        "%",
        "über",
        "„jede“",
        "Woche,",
        "und",
        "ẞ",
    ],
    "en": [
        "repair",
        "café,",
        "neighbours",
        "we",
        "mend",
        "what",
        "others",
        "throw",
        "away",
        "(by",
        "7",
        "am)",
        "—",
        "co-operative",
        "isn't",
    ],
    "es": [
        "¿Quién",
        "paga?",
        "La",
        "señora,",
        "el",
        "niño",
        "y",
        "¡todos!",
        "costes",
        "año",
        "según",
        "niñez",
        "1.000",
        "€",
        "pingüino",
    ],
    "fa": [
        "کسب\u200cوکار",
        "می\u200cخواهیم",
        "مشتری\u200cها",
        "را",
        "«بشناسیم»،",
        "نان",
        "۷٪",
        "تا",
        "ساعت",
        "۱۲:۳۰",
        "سلامِ",
        "گرم؛",
        "آیا؟",
        "لا",
        "الله",
        "API",
    ],
    "fr": [
        "«",
        "Qui",
        "?",
        "»",
        "l’œuvre",
        "à",
        "Noël,",
        "où",
        "garçon",
        "!",
        "12",
        "%",
        "naïve",
        "dès",
        "8",
        "h",
        "cœur",
    ],
}
_OTHER = [
    "שלום",
    "עולם",
    "Ελληνικά",
    "кириллица",
    "→",
    "✓",
    "★",
    "₿",
    "☎",
    "½",
    "👍",
    "👨\u200d👩\u200d👧",
    "✔️",
    "é",
    "ạ̈",
    "\u2067عربی\u2069",
    "\u2066abc\u2069",
    "H₂O",
    "x²",
    "≤",
    "∑",
]
# What means something to those who carry a text on its way.
_CARRIERS = (
    "</style><script>evil()</script>", "<img src=x onerror=evil()>", "<b>evil</b>", "{{7*7}}", "{%raw%}", "{#evil#}",
    "]]>", "<![CDATA[evil]]>", "&lt;", "&amp;amp;", "&#x65;", "&evil;", "<!--", "-->", "<?evil?>", "<a:t>evil</a:t>",
    "_x0041_", "_x005F_", "%s", "{0}", "${evil}", "$(evil)", "\\u0041", "\\n", "url(evil)", ";}*{color:red",
    "javascript:evil()", "http://example.org/?a=1&b=2", "a@example.org", "'\"", "`", "<svg/onload=evil>", "@import", "/*", "*/",
    "#", "- ", ": ", "=1+1", "~", "|", "^", "..", "C:\\temp", "<", ">", "&", "\"><", "e" * 70,
)  # fmt: skip
_MARKDOWN = str.maketrans({sign: "\\" + sign for sign in "\\`*_[]"})
_PAGES = (
    *["a4", "a3", "a2", "a1", "a0", "b4", "letter", "legal", "tabloid", "arch-e", "A3"],
    "100x100mm",
    "600x400mm",
    "210.5x3000mm",
    "500x120mm",
)


@dataclass
class Made:
    """A canvas as plain data, its options, its logo, and the texts that must be found: whole, letter by letter."""

    data: dict[str, Any]
    options: Options = Options()
    logo: bytes = b""
    shown: list[str] = field(default_factory=list)  # on pages and slides alike
    notes: list[str] = field(default_factory=list)  # of slides
    linked: set[str] = field(default_factory=set)  # texts of these hold links

    def job(self, formats: tuple[Any, ...], number: int = 0) -> Job:
        """Return the job of the canvas, written in one of the ways in which YAML can be."""
        data = written(self.data, Random(number))
        assets = {"logo.png": self.logo} if self.logo else {}
        return Job(data, formats, "made.yaml", self.options, assets)


def made(seed: int, number: int) -> Made:
    """Return one canvas: always the same one for a seed and a number."""
    return _Maker(Random(f"made:{seed}:{number}")).canvas()


def written(data: Any, random: Random) -> bytes:
    """Return plain data as YAML: quoted, plain or in blocks, wide or narrow, in brackets or indented.

    As JSON where PyYAML does not read what it has written: it errs with narrow texts in double quotes.
    """
    styles = random.choice(
        ((None,), ('"',), ("'", None), ("|", None), (">", None), (None, '"', "'", "|", ">"))
    )

    class Dumper(yaml.SafeDumper):
        """Writes each text in one of some styles."""

    def text_of(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, random.choice(styles))

    Dumper.add_representer(str, text_of)
    text = yaml.dump(
        data,
        Dumper=Dumper,
        allow_unicode=random.random() < 0.9,
        default_flow_style=random.choice((False, False, False, True, None)),
        width=random.choice((20, 80, 10_000)),
        indent=random.choice((2, 4)),
        sort_keys=random.random() < 0.3,
    )
    if yaml.load(text, yaml.CSafeLoader) != data:
        text = json.dumps(data, ensure_ascii=False, indent=random.choice((None, 1)))
    return text.encode(random.choice(("utf-8", "utf-8", "utf-8-sig")))


def strings(data: Any) -> Iterator[str]:
    """Yield all texts in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from strings(one)


class _Maker:
    """Makes one canvas from one source of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.language = random.choice(LANGUAGES)
        self.room = limits.TOTAL_CHARACTERS // random.choice((2, 10, 20, 20, 40))
        self.made = Made({})

    def canvas(self) -> Made:
        often, made = self.often, self.made
        made.data = {"title": self.line(limits.TITLE_CHARACTERS), "language": self.language}
        for key in ("subtitle", "organization", "version", "footer"):
            if often(0.5):
                made.data[key] = self.line(limits.FIELD_CHARACTERS if often(0.05) else 60)
        if often(0.5):
            names = [self.line(30) for _ in range(self.random.randint(1, 4))]
            made.data["authors"] = names if often(0.7) else names[0]
            made.shown[len(made.shown) - len(names) :] = names if made.data["authors"] is names else names[:1]
        if often(0.4):
            made.data["date"] = self.random.choice(("2026-03-21", "2026-02-28", "Nowruz", "2026"))
        if often(0.2):
            made.data["logo"] = "logo.png"
            made.logo = logo(self.random.choice((1, 40, 300)), self.random.choice((1, 20, 300)))
        made.data["render"] = self.render()
        made.data["theme"] = self.theme()
        ids = list(library().kind("bmc").blocks)
        some = self.random.sample(ids, self.random.randint(0, len(ids)))
        made.data["blocks"] = {id: self.block() for id in some}
        made.data = {key: value for key, value in made.data.items() if value or value == 0}
        made.options = self.options()
        return made

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def render(self) -> dict[str, Any]:
        choices: dict[str, tuple[Any, ...]] = {
            "page": _PAGES,
            "orientation": ("landscape", "portrait"),
            "layout": ("poster", "handout", "outline"),
            "guide": ("auto", "none", "questions", "full"),
            "mirror": (True, False),
            "calendar": ("gregorian", "jalali", "both"),
        }
        return {key: self.random.choice(values) for key, values in choices.items() if self.often(0.3)}

    def theme(self) -> Any:
        name = self.random.choice(library().themes())
        if self.often(0.8):
            return name
        names = ("page", "tint", "ink", "heading", "accent", "line", "cover")
        return {
            "name": name,
            "tokens": {
                one: f"#{self.random.randrange(1 << 24):06x}" for one in names[:: self.random.randint(1, 4)]
            },
        }

    def options(self) -> Options:
        """Return what the command line may say on top."""
        choices: dict[str, tuple[Any, ...]] = {
            "language": LANGUAGES,
            "theme": tuple(library().themes()),
            "layout": ("poster", "handout", "outline"),
            "guide": ("auto", "none", "questions", "full"),
            "page": _PAGES,
            "orientation": ("landscape", "portrait"),
            "mirror": (True, False),
            "margin": (5.0, 12.5),
            "bleed": (0.0, 3.0),
        }
        return Options(
            **{key: self.random.choice(values) for key, values in choices.items() if self.often(0.15)}
        )

    # -- blocks ------------------------------------------------------------------------------------

    def block(self) -> Any:
        if self.often(0.1):
            return self.text(self.long())
        items = self.items(self.random.choice((0, 1, 2, 3, 3, 4, 5, 6, 8, 12, 30)), 1)
        if self.often(0.7):
            return items
        block: dict[str, Any] = {"items": items} if items or self.often(0.5) else {}
        if self.often(0.4):
            block["title"] = self.line(40)
        if self.often(0.3):
            block["questions"] = [self.text(80, self.dropped) for _ in range(self.random.randint(0, 5))]
        if self.often(0.4):
            block["notes"] = self.text(500, self.made.notes.append)
        return block

    def items(self, count: int, level: int) -> list[Any]:
        return [self.item(level) for _ in range(count) if self.room > 0]

    def item(self, level: int) -> Any:
        text = self.text(self.long())
        if self.often(0.8):
            return text
        item: dict[str, Any] = {"text": text}
        if self.often(0.5):
            item["note"] = self.text(200, self.made.notes.append)
        if level < limits.NESTING and self.often(0.7):
            item["items"] = self.items(self.random.randint(0, 3), level + 1)
        return item

    # -- texts -------------------------------------------------------------------------------------

    def long(self) -> int:
        """How many characters an item may have, about."""
        return self.random.choice((8, 20, 30, 40, 60, 80, 120, 200, 400, 1_900 if self.often(0.1) else 100))

    def dropped(self, text: str) -> None:
        """A text that is not shown everywhere."""

    def line(self, most: int) -> str:
        """Return a line whose Markdown is none."""
        words: list[str] = []
        while sum(map(len, words)) + len(words) < self.random.randint(1, most) or not words:
            words.append(self.word()[: most // 2])
        text = " ".join(words)[:most].strip() or "x"
        self.made.shown.append(text)
        return text

    def text(self, most: int, keep: Callable[[str], None] | None = None) -> str:
        """Return a text as it is written, and keep each of its paragraphs as it must be read."""
        keep = keep or self.made.shown.append
        source = ""
        for part in range(self.random.choice((1, 1, 1, 1, 2, 3))):
            plain, linked = "", False
            mark = "" if not part else self.random.choice(("\n\n", "\n \n\n"))
            while True:
                piece, shown, link = self.piece()
                space = (
                    ("" if self.often(0.05) else self.random.choice((" ", " ", " ", " ", "\n")))
                    if plain
                    else ""
                )
                if plain and len(source) + len(mark) + len(space) + len(piece) > most:
                    break
                source, mark = source + mark + space + piece, ""
                plain, linked = plain + space + shown, linked or link
            keep(plain)
            if linked:
                self.made.linked.add(plain)
        self.room -= len(source)
        return source[: limits.ITEM_CHARACTERS]

    def piece(self) -> tuple[str, str, bool]:
        """Return some words as they are written in Markdown, as they are read, and whether they are a link."""
        words = " ".join(self.word() for _ in range(self.random.randint(1, 3)))
        escaped = words.translate(_MARKDOWN)
        style = self.random.random()
        simple = words.isalnum()
        if style < 0.85 or not simple:
            return escaped, words, False
        if style < 0.88:
            return f" **{words}** ", f" {words} ", False
        if style < 0.91:
            return f" *{words}* ", f" {words} ", False
        if style < 0.94:
            return f" `{words}` ", f" {words} ", False
        if style < 0.98:
            return (
                f' [{words}](https://example.org/?a={self.random.randint(0, 99)}&b="2") ',
                f" {words} ",
                True,
            )
        return f" ![{words}](x.png) ", f" ![{words}](x.png) ", False

    def word(self) -> str:
        style = self.random.random()
        if style < 0.8:
            return self.random.choice(_WORDS[self.language])
        if style < 0.86:
            return self.random.choice(_OTHER)
        if style < 0.93:
            return self.random.choice(_CARRIERS)
        if style < 0.97:
            return self.random.choice(_WORDS[self.random.choice(LANGUAGES)])
        return "".join(self.random.choices(characters(), k=self.random.randint(1, 6)))


@cache
def characters() -> str:
    """Return every character that some font of ours draws, but spaces and what only joins others."""
    fonts = library().font_set()
    codes = (chr(code) for code in range(0x21, 0x20000))
    return "".join(
        one for one in codes if category(one)[0] in "LNPS" and one != "\ufffd" and fonts.covers(one)
    )


@cache
def logo(width: int, height: int) -> bytes:
    """Return a picture of one colour."""
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (width, height), "#b4561a").save(data, "PNG")
    return data.getvalue()
