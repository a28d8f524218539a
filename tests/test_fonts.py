"""The bundled fonts draw what they promise, and the same on every machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
from fontTools.ttLib import TTFont, newTable

from bmcrender.errors import CanvasError
from bmcrender.font_files import coverage_json, coverage_table
from bmcrender.fonts import FALLBACK, FontSet, fontconfig_xml
from bmcrender.properties import default_ignorable, inherits_face, is_emoji

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
TABLE = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
FILES = sorted(FONTS.rglob("*.ttf"))
PERSIAN = ("Vazirmatn", "Inter")
LATIN = ("Inter", "Vazirmatn")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet.from_table(TABLE)


def changed(file: str, family: str | None = None, variable: bool = False) -> bytes:
    """Return a bundled font under another family name, or with a table of variations."""
    font = TTFont(FONTS / file)
    for record in font["name"].names if family else ():
        if record.nameID in (1, 16):
            record.string = family
    if variable:
        font["fvar"] = newTable("fvar")
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


# -- the files -----------------------------------------------------------------------------------


def test_the_table_of_coverage_is_what_the_files_say() -> None:
    assert (FONTS / "coverage.json").read_text(encoding="utf-8") == coverage_json(coverage_table(FONTS))


def test_the_fonts_stay_small_enough_to_ship() -> None:
    assert FILES
    assert sum(file.stat().st_size for file in FILES) <= 8_000_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_font_is_static_truetype_that_may_be_embedded(file: Path) -> None:
    font = TTFont(file, lazy=True)
    assert "glyf" in font
    assert "fvar" not in font
    assert font["OS/2"].fsType == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_font_lies_beside_its_licence_and_reserves_no_name(file: Path) -> None:
    licence = (file.parent / "OFL.txt").read_text(encoding="utf-8")
    notice = licence.splitlines()[0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert notice.startswith("Copyright")
    assert "reserved" not in notice.lower()
    assert "reserved font name" not in (TTFont(file, lazy=True)["name"].getDebugName(0) or "").lower()


@pytest.mark.parametrize("row", TABLE["faces"], ids=lambda row: row["file"])
def test_each_font_has_a_narrow_space_as_spaces_take_the_font_beside_them(row: dict[str, object]) -> None:
    font = TTFont(FONTS / str(row["file"]), lazy=True)
    assert 0.1 < font["hmtx"][font.getBestCmap()[0x20]][0] / font["head"].unitsPerEm < 0.65


def test_every_bundled_family_has_its_place_in_the_order() -> None:
    assert {row["family"] for row in TABLE["faces"]} == set(FALLBACK)


# -- what they draw ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ẞßÄŐșțăâîŁłęąćźż",
        "Ơơ Ưư ệ ữ ẵ ₫",
        "Ελληνικά ΰ ᾳ ᾱ",
        "Русский Ґґ Її Ўў Ђђ",
        "می‌خواهم «پ چ ژ گ» ۰۱۲۳۴۵۶۷۸۹ ٪ ٬ ٫",
        "العربيّة ﷽ ﷺ ٠١٢٣",
        "ٹ ڈ ڑ ے ۓ ښ ڼ ې ێ ڵ ۆ ۇ",
        "שָׁלוֹם ₪ ״",
        "".join(map(chr, range(0x2190, 0x2200))),
        "".join(map(chr, range(0x20A0, 0x20C1))) + "€£¥$¢\ufdfc",
        "✓✔✗✘★☆●○■□▲△▼◆◇☎☑✉✂",
        "≤≥≠≈×÷−±∞∑√∫∂∆∈∀∃",
        "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃ ½ ⅓ № ™ © ®",
        "… – — ‘’ “” „ ‹› « » • · † ‡ ‰ ′ ″",
        "█ ▓ ░ ─ │ ┌ ┐",
        "🎯🚀💡📈🤝🛠️❤️✅⚡⭐🥇",
        "👩🏽‍🚀 👨‍👩‍👧 🏳️‍🌈 🇮🇷 🇩🇪 1️⃣ #️⃣ ☝🏽 👍🏿",
    ],
)
def test_the_bundled_fonts_cover(fonts: FontSet, text: str) -> None:
    assert [char for char in text if not fonts.covers(char)] == []


@pytest.mark.parametrize("char", ["漢", "अ", "ไ", "한", "\U00012000"])
def test_what_no_font_has_is_known(fonts: FontSet, char: str) -> None:
    assert not fonts.covers(char)
    assert fonts.face(LATIN, 400, False, char) is None


@pytest.mark.parametrize("char", ["\u200c", "\u200d", "\u200e", "\u00ad", "\ufe0f", "\u2066", "\ufeff"])
def test_characters_without_a_shape_need_no_font(fonts: FontSet, char: str) -> None:
    assert default_ignorable(char)
    assert fonts.covers(char)
    assert fonts.face(PERSIAN, 400, False, char) is None


@pytest.mark.parametrize(
    ("stack", "weight", "italic", "char", "file"),
    [
        (LATIN, 400, False, "A", "Inter/Inter-Regular.ttf"),
        (LATIN, 500, False, "A", "Inter/Inter-Medium.ttf"),
        (LATIN, 600, False, "A", "Inter/Inter-SemiBold.ttf"),
        (LATIN, 700, False, "A", "Inter/Inter-Bold.ttf"),
        (LATIN, 900, False, "A", "Inter/Inter-Bold.ttf"),
        (LATIN, 300, False, "A", "Inter/Inter-Light.ttf"),
        (LATIN, 500, True, "A", "Inter/Inter-Italic.ttf"),
        (LATIN, 700, True, "A", "Inter/Inter-SemiBoldItalic.ttf"),
        (PERSIAN, 600, True, "ب", "Vazirmatn/Vazirmatn-Bold.ttf"),
        (PERSIAN, 400, False, "A", "Vazirmatn/Vazirmatn-Regular.ttf"),
        (PERSIAN, 400, False, "→", "Inter/Inter-Regular.ttf"),
        (("inter",), 400, False, "ب", "Vazirmatn/Vazirmatn-Regular.ttf"),
        (("No Such Family",), 400, False, "A", "Inter/Inter-Regular.ttf"),
        (PERSIAN, 700, False, "ﷺ", "NotoNaskhArabic/NotoNaskhArabic-Bold.ttf"),
        (LATIN, 700, False, "ש", "NotoSansHebrew/NotoSansHebrew-Bold.ttf"),
        (LATIN, 400, False, "❤", "Inter/Inter-Regular.ttf"),
        (LATIN, 400, False, "❤\ufe0f", "NotoEmoji/NotoEmoji-Regular.ttf"),
        (LATIN, 400, False, "🎯", "NotoEmoji/NotoEmoji-Regular.ttf"),
    ],
)
def test_the_face_for_a_character(
    fonts: FontSet, stack: tuple[str, ...], weight: int, italic: bool, char: str, file: str
) -> None:
    face = fonts.face(stack, weight, italic, char)
    assert face is not None
    assert face.file == file


@pytest.mark.parametrize("char", [" ", "\u00a0", "\u202f", "\u2009", "\u2003", "\n"])
def test_spaces_never_lack_a_font(fonts: FontSet, char: str) -> None:
    assert fonts.covers(char)
    face = fonts.face(PERSIAN, 700, False, char)
    assert face is not None
    assert face.file == "Vazirmatn/Vazirmatn-Bold.ttf"


def test_emoji_are_told_from_signs() -> None:
    assert [
        text for text in ("🎯", "⭐", "❤\ufe0f", "1\ufe0f\u20e3", "🇮🇷", "☝🏽") if not is_emoji(text)
    ] == []
    assert [text for text in ("★", "❤", "→", "1", "⭐\ufe0e", "س") if is_emoji(text)] == []


def test_text_is_split_by_fonts(fonts: FontSet) -> None:
    text = "API در → GitHub 🎯 x"
    pieces = [(text[start:end], face.family) for start, end, face in fonts.pieces(text, PERSIAN, 400, False)]
    assert pieces == [
        ("API در ", "Vazirmatn"),
        ("→", "Inter"),
        (" GitHub ", "Vazirmatn"),
        ("🎯", "Noto Emoji"),
        (" x", "Vazirmatn"),
    ]


def test_sequences_stay_together(fonts: FontSet) -> None:
    text = "👩🏽‍🚀1\ufe0f\u20e3🇮🇷 1"
    assert [(end, face.family) for _, end, face in fonts.pieces(text, LATIN, 400, False)] == [
        (9, "Noto Emoji"),
        (11, "Inter"),
    ]


# -- fonts that come with a job ------------------------------------------------------------------


def test_a_font_of_the_job_is_used_where_its_family_is_asked_for() -> None:
    data = changed("Inter/Inter-Bold.ttf", "Mine")
    fonts = FontSet.from_table(TABLE, {"mine/Mine-Bold.ttf": data})
    face = fonts.face(("Mine", "Inter"), 400, False, "A")
    assert face == fonts.added[0]
    assert (face.file, face.family, face.weight, face.units_per_em) == (
        "mine/Mine-Bold.ttf",
        "Mine",
        700,
        2048,
    )
    assert fonts.face(("Mine", "Inter"), 400, False, "🎯") not in fonts.added


def test_a_font_of_the_job_that_is_bundled_already_is_skipped() -> None:
    data = (FONTS / "Inter/Inter-Bold.ttf").read_bytes()
    fonts = FontSet.from_table(TABLE, {"again.ttf": data})
    assert fonts.skipped == ("again.ttf",)
    assert fonts.added == ()


def damaged(data: bytes, table: bytes, at: int, put: bytes) -> bytes:
    """Return a font with other bytes at a place in one of its tables."""
    entry = data.index(table, 12)
    start = int.from_bytes(data[entry + 8 : entry + 12]) + at
    return data[:start] + put + data[start + len(put) :]


def test_every_font_that_cannot_be_used_is_named_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    bold = (FONTS / "Inter/Inter-Bold.ttf").read_bytes()
    files = {
        "good.ttf": damaged(changed("Inter/Inter-Bold.ttf", "Mine"), b"head", 28, b"\xff"),  # its date is odd
        "a.woff2": b"wOF2" + bytes(60),
        "b.ttc": b"ttcf" + bytes(60),
        "c.ttf": b"%PDF-1.7",
        "d.ttf": changed("NotoSansMono/NotoSansMono-Regular.ttf", variable=True),
        "e.ttf": bold[:2000],
        "f.ttf": b"",
        "g.ttf": bold.replace(b"post", b"po\xc1t", 1),
        "h.ttf": damaged(bold, b"maxp", 4, b"\xff\xff"),  # more glyphs than have widths
        "i.ttf": changed("Inter/Inter-Bold.ttf", "Mine\x01"),
    }
    with pytest.raises(CanvasError) as caught:
        FontSet.from_table(TABLE, files)
    found = {one.file: one.message for one in caught.value.diagnostics}
    assert list(found) == [f for f in files if f != "good.ttf"]
    assert "web font" in found["a.woff2"]
    assert "collection" in found["b.ttc"]
    assert "not a TrueType" in found["c.ttf"]
    assert "variable" in found["d.ttf"]
    assert all("cannot be read" in found[file] for file in ("e.ttf", "h.ttf"))
    assert "names are damaged" in found["g.ttf"]
    assert "damaged family name" in found["i.ttf"]
    assert caplog.messages == []
    assert {one.code for one in caught.value.diagnostics} == {"font-unusable"}


# -- on the page -----------------------------------------------------------------------------------

RENDER = """
import hashlib, json, logging, re, sys
import weasyprint
records = []
handler = logging.Handler()
handler.emit = lambda record: records.append(record.getMessage())
logging.getLogger("weasyprint").handlers[:] = [handler]
pages = [weasyprint.HTML(string=html).write_pdf(uncompressed_pdf=True) for html in json.load(sys.stdin)]
names = [sorted({name.decode() for name in re.findall(rb"/FontName /[A-Z]+.([^ \\n/]+)", page)}) for page in pages]
hashes = [hashlib.sha256(page).hexdigest() for page in pages]
print(json.dumps({"hashes": hashes, "fonts": names, "log": records}))
"""

MIXED = """<html lang=fa><style>@page { size: 120mm 60mm } body { font: 12pt Vazirmatn, Inter } </style>
<p dir=rtl>API در GitHub → ✓ 🎯 ★ ₿ می‌خواهم <b>پررنگ</b> <p>Plain <em>italic</em> <b>bold</b> 👩🏽‍🚀 שלום ﷽ ∀ ∮ ☎ ✈ ↚ ─ █ ⃀</html>"""


class Rendered(NamedTuple):
    """What a process gave for some pages of HTML: a hash and the fonts of each PDF, and the log."""

    hashes: list[str]
    fonts: list[list[str]]
    log: list[str]


def rendered(folder: Path, *pages: str, font_dirs: tuple[Path, ...] = (FONTS,), **env: str) -> Rendered:
    """Render in a process of its own, with our fontconfig and this environment only."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    config.write_text(fontconfig_xml(font_dirs, folder / "cache"), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or "LIBRARY_PATH" in name}
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=json.dumps(pages),
        capture_output=True,
        encoding="utf-8",
        env={**kept, "PYTHONUTF8": "1", "FONTCONFIG_FILE": str(config), **env},
        timeout=120,
        check=True,
    )
    return Rendered(**json.loads(done.stdout))


def decoys(folder: Path) -> Path:
    """Put fonts that would be taken for ours, if the system's were seen, into a home folder."""
    home = folder / "home"
    for place in (home / ".fonts", home / ".local/share/fonts"):
        place.mkdir(parents=True)
        (place / "decoy.ttf").write_bytes(changed("NotoNaskhArabic/NotoNaskhArabic-Bold.ttf", "Inter"))
        (place / "emoji.ttf").write_bytes(changed("NotoEmoji/NotoEmoji-Regular.ttf", "emoji"))
    return home


def test_the_page_does_not_depend_on_the_machine(tmp_path: Path) -> None:
    bare = rendered(tmp_path / "a", MIXED, HOME="/nonexistent", LANG="C.UTF-8")
    home = decoys(tmp_path)
    full = rendered(
        tmp_path / "b",
        MIXED,
        HOME=str(home),
        XDG_DATA_HOME=str(home / ".local/share"),
        LANG="fa_IR.UTF-8",
        PANGO_LANGUAGE="ar:ja",
        TZ="Asia/Tehran",
    )
    assert bare == full
    assert bare.log == []
    # The comparison can fail: with the decoys in sight the page is another one.
    seen = rendered(tmp_path / "c", MIXED, font_dirs=(home / ".fonts", FONTS), HOME=str(home))
    assert seen.hashes != bare.hashes


def test_each_weight_and_slant_is_its_own_font_in_the_pdf(tmp_path: Path) -> None:
    pages = [
        f"<p style='font: {style} 12pt {family}'>{text}"
        for family, text in (("Inter", "A"), ("Vazirmatn", "ب"))
        for style in ("400", "500", "600", "700", "italic 400", "italic 600")
    ]
    found = rendered(tmp_path, *pages)
    assert found.log == []
    assert found.fonts == [
        ["Inter"],
        ["Inter-Medium"],
        ["Inter-Semi-Bold"],
        ["Inter-Bold"],
        ["Inter-Italic"],
        ["Inter-Semi-Bold-Italic"],
        ["Vazirmatn"],
        ["Vazirmatn-Medium"],
        ["Vazirmatn-Bold"],
        ["Vazirmatn-Bold"],
        ["Vazirmatn"],
        ["Vazirmatn-Bold"],
    ]


@pytest.mark.parametrize("stack", [LATIN, PERSIAN, ("Noto Naskh Arabic",)], ids=lambda stack: stack[0])
def test_the_page_takes_the_faces_that_were_foretold(
    fonts: FontSet, tmp_path: Path, stack: tuple[str, ...]
) -> None:
    foretold: dict[str, list[str]] = {}
    for char in every_drawn_character(fonts):
        face = fonts.face(stack, 400, False, char)
        assert face is not None
        name = face.family.replace(" ", "-") + ("-Italic" if face.italic else "")
        foretold.setdefault(name, []).append(char)
    pages = [
        f"<pre style='font: 8pt {', '.join(stack)}'>{escape(chr(10).join(chars))}"
        for chars in foretold.values()
    ]
    found = rendered(tmp_path, *pages)
    assert len(foretold) >= 9
    assert found.log == []
    # Pango writes a comma after a family that ends in a digit.
    assert [[name.rstrip(",") for name in names] for names in found.fonts] == [[name] for name in foretold]


def every_drawn_character(fonts: FontSet) -> list[str]:
    """Return every character that some face draws, without those that take a neighbour's face."""
    points = {
        point for face in fonts.faces for first, last in face.ranges for point in range(first, last + 1)
    }
    return [char for char in map(chr, sorted(points)) if not inherits_face(char)]


def test_a_character_that_no_font_has_is_logged(tmp_path: Path) -> None:
    found = rendered(tmp_path, "<p>漢")
    assert len(found.log) == 1
    assert "U+6F22" in found.log[0]
