"""Fonts inside decks: which, in what form, how much of them, and what their makers allow."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import struct
import subprocess
import sys
from collections.abc import Mapping
from ctypes.util import find_library
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz
from canvases import EXAMPLES
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pptx_decks import CREATED, deck, text
from pptx_lint import NS, Package, lint

from bmcrender.document import Run
from bmcrender.errors import Diagnostic
from bmcrender.fonts import Face, FontSet
from bmcrender.model import Job, Options
from bmcrender.pipeline import render
from bmcrender.render.pptx import deck_with_fonts, fallback_font
from bmcrender.render.pptx.eot import eot, header
from bmcrender.render.pptx.subsets import cut_down
from bmcrender.render.pptx.template import with_fonts
from bmcrender.resources import library
from bmcrender.slides import Deck, Paragraph

pytestmark = pytest.mark.xdist_group("worker")

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
MAIN = "ppt/presentation.xml"
REGULAR, BOLD = "regular", "bold"


def saying(words: str | tuple[Run, ...], direction: str = "ltr") -> Deck:
    """The deck of one slide that says nothing but some words."""
    whole = deck(direction)
    block = next(slide for slide in whole.slides if slide.role == "block")
    shapes = tuple(
        replace(shape, paragraphs=(Paragraph(text(words, direction), 20, "ink", marker="bullet"),))
        for shape in block.shapes
        if shape.placeholder in ("title", "items")
    )
    slide = replace(block, shapes=shapes, notes=())
    return replace(whole, slides=(slide,), sections=())


def bundled(face: Face) -> bytes:
    return library().read(f"fonts/{face.file}")


def with_its_fonts(given: Deck) -> bytes:
    fonts = library().font_set()
    font_of = fallback_font(fonts, (given.fonts["latin"], given.fonts["cs"]))
    data, found = deck_with_fonts(given, CREATED, font_of, None, fonts, bundled)
    assert found == ()
    assert lint(data) == []
    return data


def inside(data: bytes) -> dict[tuple[str, str], bytes]:
    """The fonts in a deck by family and style, as Embedded OpenType."""
    package = Package(data)
    rels = package.relationships(MAIN)
    id_ = f"{{{NS['r']}}}id"
    return {
        (entry[0].get("typeface"), slot.tag.rpartition("}")[2]): package.bytes[rels[slot.get(id_)][1]]
        for entry in package.find(MAIN, "p:embeddedFontLst/p:embeddedFont")
        for slot in entry[1:]
    }


def unwrapped(data: bytes) -> bytes:
    """The font in an Embedded OpenType file."""
    size, length = struct.unpack_from("<2I", data)
    assert size == len(data)
    return data[-length:]


def letters(font: bytes) -> set[int]:
    return set(TTFont(BytesIO(font), lazy=True).getBestCmap())


@cache
def file(name: str) -> bytes:
    return (FONTS / name).read_bytes()


# -- the form ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Inter/Inter-Italic.ttf", "Vazirmatn/Vazirmatn-Bold.ttf"])
def test_a_font_is_wrapped_as_the_submission_says_and_as_the_font_is(name: str) -> None:
    font = TTFont(BytesIO(file(name)))
    style, names = font["OS/2"], font["name"]
    data = eot(file(name))
    size, length, version, flags = struct.unpack_from("<4I", data)
    assert (size, length, version, flags) == (len(data), len(file(name)), 0x00020002, 0)
    assert bytes(data[16:26]) == file(name)[(at := font.reader.tables["OS/2"].offset) + 32 : at + 42]
    charset, italic, weight, permissions, magic = struct.unpack_from("<BBIHH", data, 26)
    assert (charset, italic, weight) == (1, int("Italic" in name), style.usWeightClass)
    assert (permissions, magic) == (0, 0x504C)
    ranges = [getattr(style, f"ulUnicodeRange{n}") for n in (1, 2, 3, 4)]
    ranges += [style.ulCodePageRange1, style.ulCodePageRange2, font["head"].checkSumAdjustment]
    assert list(struct.unpack_from("<11I", data, 36)) == [*ranges, 0, 0, 0, 0]
    at = 80
    for number in (1, 2, 5, 4):
        padding, count = struct.unpack_from("<2H", data, at)
        assert padding == 0
        assert data[at + 4 : at + 4 + count].decode("utf-16-le") == names.getDebugName(number)
        at += 4 + count
    assert struct.unpack_from("<HHIIHHII", data, at) == (0, 0, 0x50475342, 0, 0, 0, 0, 0)
    assert data[at + 24 :] == file(name)


@pytest.mark.skipif(find_library("eot") is None, reason="libeot is not installed")
@pytest.mark.parametrize("name", ["Inter/Inter-Regular.ttf", "Vazirmatn/Vazirmatn-Bold.ttf"])
def test_the_reader_of_libreoffice_takes_the_font_out_again_and_may_edit_with_it(name: str) -> None:
    reader = ctypes.CDLL(find_library("eot"))
    for data in (eot(file(name)), cut_down(file(name), "x", True)):
        told = ctypes.create_string_buffer(1 << 16)
        font, size = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_uint()
        fault = reader.EOT2ttf_buffer(data, len(data), told, ctypes.byref(font), ctypes.byref(size))
        assert fault == 0
        assert bytes(font[: size.value]) == unwrapped(data)
        assert reader.EOTcanLegallyEdit(told)
    assert reader.EOT2ttf_buffer(file(name), 5000, told, ctypes.byref(font), ctypes.byref(size)) != 0


def test_a_font_without_what_the_header_needs_is_refused() -> None:
    font = TTFont(BytesIO(file("Lalezar/Lalezar-Regular.ttf")))
    del font["OS/2"]
    bare = BytesIO()
    font.save(bare)
    with pytest.raises(ValueError, match="OS/2"):
        header(bare.getvalue())


def test_the_fonts_stand_where_the_schema_wants_them() -> None:
    package = Package(with_its_fonts(saying("Bread")))
    tags = [node.tag.rpartition("}")[2] for node in package.xml[MAIN]]
    assert tags[tags.index("embeddedFontLst") - 1] == "notesSz"
    assert tags[tags.index("embeddedFontLst") + 1] == "defaultTextStyle"
    main = package.xml[MAIN]
    assert (main.get("embedTrueTypeFonts"), main.get("saveSubsetFonts")) == ("1", None)
    types = package.find("[Content_Types].xml", "t:Default[@Extension='fntdata']/@ContentType")
    assert types == ["application/x-fontdata"]


# -- which fonts ---------------------------------------------------------------------------------------


def test_a_latin_deck_has_regular_and_bold_of_its_family_alone() -> None:
    assert set(inside(with_its_fonts(saying("Bread")))) == {("Inter", REGULAR), ("Inter", BOLD)}


def test_a_word_in_persian_brings_the_family_for_it() -> None:
    assert {("Vazirmatn", REGULAR), ("Vazirmatn", BOLD)} < set(inside(with_its_fonts(saying("Bread نان"))))


def test_emphasis_brings_the_italic() -> None:
    emphasised = inside(with_its_fonts(saying((Run("very "), Run("warm", italic=True)))))
    assert set(emphasised) == {("Inter", REGULAR), ("Inter", BOLD), ("Inter", "italic")}
    assert header(
        emphasised["Inter", "italic"][-struct.unpack_from("<I", emphasised["Inter", "italic"], 4)[0] :]
    ).italic


def test_a_persian_deck_has_of_the_markers_family_what_markers_need() -> None:
    given = saying("نان")
    given = replace(
        given, direction="rtl", fonts={"latin": "Vazirmatn", "cs": "Vazirmatn", "marker": "Inter"}
    )
    found = inside(with_its_fonts(given))
    assert set(found) == {("Vazirmatn", REGULAR), ("Vazirmatn", BOLD), ("Inter", REGULAR)}
    assert ord("•") in letters(unwrapped(found["Inter", REGULAR]))
    assert len(found["Inter", REGULAR]) < 10_000


def test_what_the_theme_lacks_comes_in_the_family_that_has_it() -> None:
    found = inside(with_its_fonts(saying((Run("∮ bold", bold=True), Run("🍞 bread")))))
    # There is no bold of the face for mathematics: the regular one serves.
    assert {("Noto Sans Math", REGULAR), ("Noto Emoji", REGULAR)} < set(found)


def test_fonts_that_are_there_already_are_left_as_they_are() -> None:
    data = with_its_fonts(saying("Bread نان"))
    fonts = library().font_set()
    assert with_fonts(data, fonts, bundled) == (data, ())


# -- how much of them ----------------------------------------------------------------------------------


def test_a_theme_font_keeps_all_that_its_languages_are_written_in() -> None:
    whole = {name: letters(file(f"{name}/{name}-Regular.ttf")) for name in ("Inter", "Vazirmatn")}
    for name, kept in (
        ("Inter", (0x20, 0x17F)),
        ("Vazirmatn", (0x600, 0x77F)),
        ("Vazirmatn", (0xFB50, 0xFDFF)),
    ):
        wanted = {one for one in whole[name] if kept[0] <= one <= kept[1]}
        cut = cut_down(file(f"{name}/{name}-Regular.ttf"), "x", True)
        assert wanted <= letters(unwrapped(cut))
    assert ord("Ж") not in letters(unwrapped(cut_down(file("Inter/Inter-Regular.ttf"), "x", True)))
    assert set(range(0x410, 0x450)) < letters(unwrapped(cut_down(file("Inter/Inter-Regular.ttf"), "Ж", True)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Vazirmatn/Vazirmatn-Regular.ttf", "می‌خواهیم «نانِ گرم» ۷ صبح لله ﷼"),
        ("Vazirmatn/Vazirmatn-Bold.ttf", "کافه‌های کوچک، آرد کامل؛ ٪۳۰"),
        ("Inter/Inter-Regular.ttf", "Affinity — AVATAR 1/2 → Łódź, Ærø: “façade” 10 °C"),
        ("Nunito/Nunito-Bold.ttf", "¿Qué ofrecemos? Große Fenster, cœur"),
        ("Lalezar/Lalezar-Regular.ttf", "بوم مدل کسب‌وکار"),
    ],
)
def test_a_cut_font_sets_text_as_the_whole_one_does(name: str, words: str) -> None:
    def advances(font: bytes) -> list[tuple[int, int, int, int]]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(font)), buffer)
        infos = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        return [(info.cluster, at.x_advance, at.x_offset, at.y_offset) for info, at in infos]

    assert advances(unwrapped(cut_down(file(name), "x", True))) == advances(file(name))


def test_a_cut_font_is_whole_and_tells_what_it_is() -> None:
    font = TTFont(BytesIO(unwrapped(cut_down(file("Inter/Inter-Bold.ttf"), "x", True))), checkChecksums=2)
    assert [font["name"].getDebugName(number) for number in (1, 2, 4)] == ["Inter", "Bold", "Inter Bold"]
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert font["glyf"][".notdef"].numberOfContours or len(font.getGlyphOrder()) > 500


def test_signs_come_with_their_block_and_pictures_by_themselves() -> None:
    math = letters(unwrapped(cut_down(file("NotoSansMath/NotoSansMath-Regular.ttf"), "∮", False)))
    assert set(range(0x2200, 0x22FF)) < math
    assert ord("A") not in math
    emoji = cut_down(file("NotoEmoji/NotoEmoji-Regular.ttf"), "👩\u200d🍳", False)
    assert letters(unwrapped(emoji)) == {0x1F469, 0x200D, 0x1F373}
    assert len(TTFont(BytesIO(unwrapped(emoji))).getGlyphOrder()) == 5  # .notdef, both, joiner, the cook
    assert len(emoji) < 10_000


def test_decks_stay_small() -> None:
    sizes = {
        name: len(render(Job(EXAMPLES[name].read_bytes(), ("pptx",))).outputs["pptx"])
        for name in ("en-fiddlewood", "fa-khaknegar")
    }
    assert max(sizes.values()) < 200_000, sizes


# -- fonts that a user gives ---------------------------------------------------------------------------


def own_font(permissions: int = 0, name: str = "Own") -> bytes:
    """A font of a user's own: Nunito under another name."""
    font = TTFont(BytesIO(file("Nunito/Nunito-Regular.ttf")))
    for number, said in ((1, name), (2, "Regular"), (4, name), (6, name)):
        font["name"].setName(said, number, 3, 1, 0x409)
    font["OS/2"].fsType = permissions
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def postscript_font() -> bytes:
    """A font with PostScript outlines that has the letters of the words below."""
    characters = {ord(letter): f"u{ord(letter):04X}" for letter in map(chr, range(0x20, 0x7F))}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *characters.values()])
    builder.setupCharacterMap(characters)
    pen = T2CharStringPen(500, None)
    glyphs = dict.fromkeys(builder.font.getGlyphOrder(), pen.getCharString())
    builder.setupCFF("Own", {}, glyphs, {})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def deck_with(font: bytes) -> tuple[Mapping[tuple[str, str], bytes], tuple[Diagnostic, ...]]:
    """The fonts inside a deck in a user's own font, and what was found."""
    table = json.loads(library().read("fonts/coverage.json"))
    fonts = FontSet.from_table(table, {"fonts/Own.ttf": font})
    given = replace(saying("Bread"), fonts={"latin": "Own", "cs": "Vazirmatn"})
    font_of = fallback_font(fonts, ("Own", "Vazirmatn"))

    def read(face: Face) -> bytes:
        return font if face.file == "fonts/Own.ttf" else bundled(face)

    data, found = deck_with_fonts(given, CREATED, font_of, None, fonts, read)
    assert lint(data) == []
    return inside(data), found


@pytest.mark.parametrize("permissions", [0x0000, 0x0008, 0x0108, 0x000C])
def test_a_font_given_by_the_user_is_embedded_whole_if_it_may_be(permissions: int) -> None:
    found, told = deck_with(font := own_font(permissions))
    assert told == ()
    assert unwrapped(found["Own", REGULAR]) == font


@pytest.mark.parametrize(
    ("font", "why"),
    [
        pytest.param(own_font(0x0002), "licence (restricted)", id="restricted"),
        pytest.param(own_font(0x0208), "bitmap embedding only", id="bitmaps"),
        pytest.param(own_font(0x0004), "read-only", id="print and preview"),
        pytest.param(postscript_font(), "PostScript outlines", id="PostScript"),
    ],
)
def test_a_font_that_must_not_or_cannot_be_embedded_is_left_out_and_said_so(font: bytes, why: str) -> None:
    found, told = deck_with(font)
    assert [family for family, _ in found if family == "Own"] == []
    assert [(one.severity, one.code) for one in told] == [("warning", "font-not-embedded")]
    assert "Own.ttf is not in the deck" in told[0].message
    assert why in told[0].message
    assert "install it" in told[0].hint


def test_the_run_warns_of_a_font_left_out() -> None:
    theme = b"theme: mine\nextends: classic\ntokens: {fonts: {scripts: {Latn: Own}}}\n"
    files = {"themes/mine/theme.yaml": theme, "fonts/Own.ttf": own_font(0x0002)}
    job = Job(b"title: Bread\nauthors: [Me]\n", ("pptx",), files=files, options=Options(theme="mine"))
    assert [one.code for one in render(job).diagnostics] == ["font-not-embedded"]
    silent = replace(job, options=replace(job.options, embed_fonts=False))
    assert render(silent).diagnostics == ()


def test_the_bundled_fonts_may_all_be_embedded() -> None:
    assert {header(path.read_bytes()).permissions for path in FONTS.rglob("*.ttf")} == {0}


# -- leaving them out, and the same bytes --------------------------------------------------------------


def test_decks_without_fonts_on_request() -> None:
    job = Job(EXAMPLES["fa-khaknegar"].read_bytes(), ("pptx",), options=Options(embed_fonts=False))
    data = render(job).outputs["pptx"]
    assert inside(data) == {}
    assert lint(data) == []
    assert len(data) < 80_000


def test_the_command_leaves_fonts_out_of_decks_only(command, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: A\nauthors: [Me]\n")
    assert command("a.yaml", "--pptx", "--no-embed-fonts")[0] == 0
    assert inside((tmp_path / "a.pptx").read_bytes()) == {}
    code, _, told = command("a.yaml", "--no-embed-fonts")
    assert (code, told) == (
        2,
        "error[bad-deck]: --no-embed-fonts is for decks; write --pptx, or leave it out\n",
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tehran", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4", "TZ": "America/Lima"},
    ],
)
def test_the_same_deck_is_the_same_file_wherever_it_is_made(changed: dict[str, str]) -> None:
    code = (
        "import sys; sys.path[:0] = ['.', 'tests']; from hashlib import sha256;"
        "from pptx_decks import deck; from test_deck_fonts import with_its_fonts;"
        "print(sha256(with_its_fonts(deck('ltr'))).hexdigest(), sha256(with_its_fonts(deck('rtl'))).hexdigest())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.split() == [
        hashlib.sha256(with_its_fonts(deck(direction))).hexdigest() for direction in ("ltr", "rtl")
    ]
