"""Lines break where Pango breaks them, and better not between what belongs together."""

from __future__ import annotations

import pytest
import seen_by_weasyprint

from bmcrender.breaks import SOFT_HYPHEN, break_points, with_soft_hyphens
from bmcrender.supervisor import shared
from bmcrender.ties import ties

pytestmark = pytest.mark.xdist_group("worker")

SAMPLES = [
    # English, and what all scripts share
    "One word",
    "a/b c-d e–f g—h",
    "5:30–7:00 am",
    "3-4 x-1 -5 a--b",
    "foo?bar foo!bar",
    "word…word a… b",
    "co-op state-of-the-art",
    "(a)(b) [c]d {a}{b}",
    "x|y",
    "a,b a.b a;b a:b",
    "foo_bar foo\\bar",
    "a+b=c*d",
    "@x #y a@b a#b",
    "A.B. C",
    "don’t 'x'y \"q\"w",
    "“a”b a“b” “a” b",
    "a & b",
    "AT&T C# B2B/B2C",
    "100%/year 50%of",
    "24/7 km/h 1/2-3/4 12/13 a/1 #1/2",
    "?! x!? y",
    "a (b) a)b (c",
    "a [b] (x)/(y)",
    "a-(b) a–(b) a/(b) a!(b)",
    "a -b (—x) x—y — z “—a”",
    "..a a…b",
    "1–2 a– b 10–20",
    "3×4 3x4 ½ m² ½x",
    "50°C 30°–40° 5″ §3",
    "a ) b ] c",
    "a / b",
    "x , y",
    # addresses
    "https://ex.com/a/b?c=d&e=f#g_h~i",
    "https://bmc.example/docs/how-to?x=1&y=2",
    "e-mail@host.com info@a.de",
    "www.a.fr/b",
    "+98-912-345 (030) 12 34 +49 30/123",
    "see https://docs.tallyroom.example/guides/stock-counts?from=canvas now",
    "mailto:a-b@c-d.example",
    # money, numbers, arrows
    "€30 30€ 30 €",
    "R$ 30 C$",
    "$30 30$x $/month",
    "€/month -> x",
    "a→b a → b →b",
    "1 000,50 1\u202f000",
    "№4 №1",
    "⇒x ★★★☆☆ ✓ a ✗ ✓ok ★ok",
    "©a ®a a™ b",
    "-5 a -5 - a",
    # German, French, Spanish
    "Umsatz/Gewinn-Verhältnis",
    "„Gut“ so 10:30 Uhr",
    "Fenster- und Türenbau",
    "Kunden\u00adbeziehungen",
    "(z. B. Miete)",
    "exigent-elles ? Et",
    "comme ceci : cela ; ou ! là",
    "« Le » mot",
    "l’eau d’un état-major",
    "mardi, 9 h–12 h",
    "9h30-11h",
    "quoi\u00a0? 30\u202f%",
    "¿Qué? ¡Sí! ¿a o b?",
    "(¿a?) 1.º 2.ª",
    "50 % de descuento",
    "a»b «c» «d»",
    "y/o",
    # Persian, Hebrew
    "می‌خواهیم–نه",
    "«گ» گ،گ؟گ",
    "گ/گ گ-گ گ–گ",
    "گفت ؟ بله",
    "الف ، ب ؛ پ",
    "و/یا ۱۲/۳۴ ۱۰–۲۰",
    "٪۵۰ ۵۰٪ ۵۰ ٪",
    "«بله» گفت: نه",
    "علی‌رغم کسب‌وکار",
    "نقشهٔ راه (۳ سال)",
    "API و وب‌سایت example.com",
    "שלום-עולם x",
    "ا\u064bب ب",
    # emoji, marks, controls
    "🎯🚀a b🎯c",
    "🇩🇪🇫🇷 a",
    "👍🏽ok 👩‍💻x",
    "✅ok ❤️x ☕x ⚡x",
    "(😀) 😀! a😀.",
    "👨‍👩‍👧 a 1️⃣ a ☎ 12",
    "e\u0301x a\u2060b",
    "a\u00adb c\u200bd",
    "a\u2011b a\u202fb\u00a0c",
    "a\tb a\u3000b x\u2009y",
    "漢字か カナ",
    "a•b a·b x¶y",
]

# Where ours differ on purpose: Pango keeps ".csv" at the word before it, and parts "C++" and ".5".
BETTER = {
    "to .csv, .xlsx": "to |.csv, |.xlsx",
    "C++ code": "C++ |code",
    "about .5 %": "about |.5 |%",
    "a ... b": "a |... |b",
}


def shown(text: str, points: tuple[int, ...] | frozenset[int]) -> str:
    return "".join(("|" if at in points else "") + letter for at, letter in enumerate(text))


def test_lines_may_break_exactly_where_pango_breaks_them() -> None:
    assert len(SAMPLES) >= 80
    seen = shared().run(seen_by_weasyprint.break_offsets, SAMPLES, formats=("pdf",))
    assert sum(len(points) for points in seen) > 150
    assert [shown(text, break_points(text)) for text in SAMPLES] == [
        shown(text, points) for text, points in zip(SAMPLES, seen, strict=True)
    ]


@pytest.mark.parametrize(("text", "expected"), BETTER.items())
def test_a_name_with_its_signs_stays_whole(text: str, expected: str) -> None:
    assert shown(text, break_points(text)) == expected
    (seen,) = shared().run(seen_by_weasyprint.break_offsets, [text], formats=("pdf",))
    assert shown(text, seen) != expected, "Pango does so too now: move it to the samples"


def test_a_no_break_space_never_breaks() -> None:
    assert break_points("12\u00a0000\u202f€ (a\u00a0b)") == (9,)


def test_a_word_of_ours_gets_soft_hyphens_where_its_language_has_them() -> None:
    breaks = {"Kundenbeziehungen": ("Kunden", "beziehungen"), "Preis": ("Pr", "eis")}
    expected = f"Die Kunden{SOFT_HYPHEN}beziehungen, Kunden"
    assert with_soft_hyphens("Die Kundenbeziehungen, Kunden", breaks) == expected
    assert shown(expected, break_points(expected)) == f"Die |Kunden{SOFT_HYPHEN}|beziehungen, |Kunden"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("costs 30 € and more of all their funds", ["30 €"]),
        ("about $ 400 from all of them here", ["$ 400"]),
        ("in 10 kg bags of flour from here", ["10 kg"]),
        ("in 10 kilos of flour from here", []),
        ("heat (as sold) to all the houses there", ["(as sold)"]),
        ("heat (as it is sold here) to all houses", []),
        ("rent – and heat for all of the flats", ["rent –"]),
        ("un « mot » de tous les jours passés", ["« mot", "mot »"]),
        ("همه ۳۰ ٪ از درآمد را می‌گیرند آنجا", ["۳۰ ٪"]),
    ],
)
def test_what_belongs_together_is_tied(text: str, kept: list[str]) -> None:
    spaces = {at for at, letter in enumerate(text) if letter == " "} - {text.rindex(" ")}
    expected = {text.index(part) + part.index(" ") for part in kept}
    assert {at for at in spaces if at + 1 in ties(text)} == expected


@pytest.mark.parametrize(
    "text", ["open 5:30–7:00 daily", "a co-op of farmers", "l’a exigent-elles hier soir"]
)
def test_ranges_and_short_joined_words_stay_whole(text: str) -> None:
    points = [at for at in break_points(text) if text[at - 1] in "–-"]
    assert points
    assert set(points) <= ties(text)


def test_long_joined_words_and_addresses_may_part() -> None:
    for text in (
        "Umsatz-Verhältnisse der Firmen",
        "at https://a.example/how-to/x of all",
        "well-established houses of",
    ):
        assert any(at not in ties(text) and text[at - 1] in "-/" for at in break_points(text)), text


def test_a_last_word_does_not_stand_alone() -> None:
    text = "A subscription that is paid once a year"
    assert text.rindex("year") in ties(text)
