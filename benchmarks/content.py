"""The canvases that are measured: as many items as asked for, in English or Persian, each one another."""

from __future__ import annotations

import random
from pathlib import Path

BLOCKS = (
    "customer_segments",
    "value_propositions",
    "channels",
    "customer_relationships",
    "revenue_streams",
    "key_resources",
    "key_activities",
    "key_partners",
    "cost_structure",
)
_WORDS = {
    "en": """repair workshop weekend courses shared tools neighbours monthly fee online booking bicycle parts
        local suppliers spare storage delivery by cargo bike school projects open evening trained volunteers
        energy rent insurance printed guide first hour free members pay less for every spring and autumn""",
    "fa": """کارگاه تعمیر دوره‌های آخر هفته ابزار مشترک همسایه‌ها حق عضویت ماهانه رزرو برخط قطعه‌های دوچرخه
        تأمین محلی انبار تحویل با دوچرخه طرح‌های مدرسه شب باز داوطلبان آموزش‌دیده انرژی اجاره بیمه راهنمای
        چاپی ساعت نخست رایگان اعضا کمتر می‌پردازند هر بهار و پاییز""",
}
_TITLES = {"en": "Neighbourhood repair café", "fa": "کافهٔ تعمیر محله"}


def canvas(
    language: str = "en", items: int = 6, seed: int = 0, page: str = "A3", layout: str = "poster"
) -> str:
    """Return a canvas with so many items in each of the nine blocks; another seed, other texts."""
    chance = random.Random(f"{language} {items} {seed}")  # noqa: S311 (texts, not secrets)
    lines = [
        "format: 1",
        f"language: {language}",
        f'title: "{_TITLES[language]} {seed}"',
        "date: 2026-03-21",
        f"render: {{page: {page}, layout: {layout}}}",
        "blocks:",
    ]
    for block in BLOCKS:
        lines.append(f"  {block}:")
        lines += (f'    - "{_item(chance, language)}"' for _ in range(items))
    return "\n".join(lines) + "\n"


def _item(chance: random.Random, language: str) -> str:
    words = chance.choices(_WORDS[language].split(), k=chance.randint(2, 7))
    if chance.random() < 1 / 6:
        words[0] = f"**{words[0]}**"
    return " ".join(words)


def canvases(folder: Path, count: int, items: int = 6) -> list[Path]:
    """Write so many canvases, each third one in Persian, and return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"canvas-{number:04}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        language = "fa" if number % 3 == 2 else "en"
        path.write_text(canvas(language, items, number), encoding="utf-8")
    return paths
