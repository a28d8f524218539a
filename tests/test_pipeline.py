"""The run in order: every fault of a job at once, its outputs whole, the same bytes every time."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image as Picture
from pypdfium2 import PdfDocument

from bmcrender.errors import CanvasError, InternalError, LimitError, UsageError
from bmcrender.given import read_files
from bmcrender.load import loaded
from bmcrender.model import Job, Options
from bmcrender.pipeline import checked, render
from bmcrender.resources import library
from bmcrender.supervisor import Supervisor

OWN = Path(__file__).resolve().parent / "own_data"
GOOD = "title: Repair café\nblocks:\n  channels: [The shop window]\n"


@pytest.fixture(scope="module")
def worker() -> Iterator[Supervisor]:
    with Supervisor() as made:
        yield made


def job(text: str, **more: Any) -> Job:
    options = {name: more.pop(name) for name in list(more) if name in Options.__dataclass_fields__}
    return Job(text.encode(), name="c.yaml", options=Options(**options), **more)


def found(text: str, **more: Any) -> list[tuple[str, str, int, int]]:
    """Return severity, code, line and column of what checking finds."""
    return [(one.severity, one.code, one.line, one.column) for one in checked(job(text, **more)).diagnostics]


def png(width: int = 40, height: int = 20) -> bytes:
    buffer = BytesIO()
    Picture.new("RGB", (width, height), "#0b6e4f").save(buffer, "PNG")
    return buffer.getvalue()


# -- checking -----------------------------------------------------------------------------------------


def test_a_written_size_that_lies_otherwise_than_asked_is_told() -> None:
    wide = "title: A\nrender: {page: 600x400mm}\n"
    told = [("warning", "page-lies-otherwise", 2, 16)]
    assert found(wide, orientation="portrait") == told
    assert found(wide.replace("mm}", "mm, orientation: portrait}")) == told
    assert found(wide, orientation="landscape") == []
    assert found(wide, orientation="portrait", page="a3") == []
    project = loaded(b"render: {orientation: portrait}\n", "bmcrender.yaml")
    assert found(wide, project=project) == []


def test_a_good_canvas_becomes_a_document() -> None:
    result = checked(job(GOOD))
    assert result.diagnostics == ()
    assert result.document is not None
    assert result.document.title.plain == "Repair café"
    assert result.document.page == (420, 297)


def test_wrong_characters_hide_no_unknown_kind_and_no_missing_glyph() -> None:
    text = "kind: bmx\ntitle: a\u202e \U00012345\n"
    assert found(text) == [
        ("error", "unknown-kind", 1, 7),
        ("error", "forbidden-character", 2, 9),
        ("error", "missing-glyph", 2, 11),
    ]
    assert found(text.replace("bmx", "bmc"))[0] == ("error", "forbidden-character", 2, 9)


@pytest.mark.parametrize("value", ["", "12", "red", "[a]"])
def test_a_colour_that_is_none_is_told_and_nothing_else(value: str) -> None:
    text = f"title: x\ntheme: {{name: classic, tokens: {{ink: {value}}}}}\n"
    assert [line for _, _, line, _ in found(text)] == [2]
    assert [line for _, _, line, _ in found(text, theme="dark")] == [2]


def test_a_pale_colour_is_told_under_another_theme_too() -> None:
    text = "title: x\ntheme: {name: classic, tokens: {quiet: '#bbbbbb'}}\n"
    assert found(text, theme="minimal") == [("warning", "low-contrast", 2, 40)]


def test_a_missing_glyph_is_told_once(worker: Supervisor) -> None:
    result = render(job("title: a \U00012345\n", missing_glyphs="warn"), worker)
    assert result.ok
    assert [(one.code, one.line, one.column) for one in result.diagnostics] == [("missing-glyph", 1, 10)]


def test_all_faults_are_found_at_once_in_the_order_of_lines() -> None:
    text = (
        "title: 中\n"
        "theme: {name: classic, tokens: {acent: '#ffffff'}}\n"
        "logo: logo.png\n"
        "blokcs: {}\n"
        "blocks:\n  channels: [{txt: one}]\n"
    )
    assert found(text, assets={"logo.png": b"no picture"}) == [
        ("error", "missing-glyph", 1, 8),
        ("error", "unknown-color", 2, 33),
        ("error", "logo-format", 3, 7),
        ("error", "unknown-key", 4, 1),
        ("error", "unknown-key", 6, 15),
    ]


def test_a_file_that_is_no_yaml_is_one_fault() -> None:
    assert found("title: [") == [("error", "syntax", 1, 9)]
    assert checked(job("title: [")).document is None


def test_unknown_names_are_placed_where_they_are_written() -> None:
    (one,) = checked(job("title: x\nkind: bcm\n")).diagnostics
    assert (one.code, one.line, one.column, one.path) == ("unknown-kind", 2, 7, ("kind",))
    assert one.source == "kind: bcm"
    (one,) = checked(job("title: x\ntheme: {name: clasic}\n")).diagnostics
    assert (one.code, one.line, one.column, one.hint) == ("unknown-theme", 2, 15, 'did you mean "classic"?')


def test_a_language_without_a_guide_is_english_with_a_warning() -> None:
    result = checked(job("title: x\nlanguage: it\n"))
    assert result.document is not None
    assert result.document.language == "en"
    assert found("title: x\nlanguage: it\n") == [("warning", "no-language-pack", 2, 11)]
    (one,) = checked(job(GOOD, language="it")).diagnostics
    assert (one.severity, one.file, one.line) == ("warning", "--language it", 0)
    assert found("title: x\nlanguage: de-CH\n") == []


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"page": "a9"}, "--page-size a9"),
        ({"theme": "clasic"}, "--theme clasic"),
        ({"settings": (("a..b", "1"),)}, "--set a..b=1"),
    ],
)
def test_wrong_options_are_wrong_usage_and_name_the_option(options: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(job(GOOD, **options))
    assert [one.file for one in caught.value.diagnostics] == [named]


def test_a_fault_in_a_setting_names_it() -> None:
    (one,) = checked(job(GOOD, settings=(("blocks.chanels", "one"),))).diagnostics
    assert (one.severity, one.code, one.file) == ("error", "unknown-key", "--set blocks.chanels=one")


def test_a_page_out_of_bounds_is_placed() -> None:
    assert found("title: x\nrender:\n  page: 20x20mm\n") == [("error", "bad-page", 3, 9)]


def test_every_layout_that_a_canvas_may_ask_for_is_taken() -> None:
    from bmcrender.schema.parts import render as render_defaults

    for layout in render_defaults()["properties"]["layout"]["enum"]:
        document = checked(job(f"title: x\nrender: {{layout: {layout}}}\n")).document
        assert document is not None
        assert document.layout == layout


def test_a_layout_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(UsageError) as caught:
        checked(job(GOOD, layout="handouts"))
    (one,) = caught.value.diagnostics
    assert (one.code, one.file, one.hint) == (
        "unknown-layout",
        "--layout handouts",
        'did you mean "handout"?',
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"guide": "question"}, ("unknown-guide", "--guide question", 'did you mean "questions"?')),
        ({"deck": "none"}, ("unknown-deck", "--deck none", "there are: blocks, overview, full")),
        ({"missing_glyphs": ""}, ("unknown-missing-glyphs", "--missing-glyphs ", "there are: error, warn")),
        ({"margin": -5.0}, ("bad-value", "--margin", "")),
        ({"dpi": 0}, ("bad-value", "--dpi", "")),
        ({"bleed": float("nan")}, ("bad-value", "--bleed", "")),
        (
            {"template_layouts": (("blok", "A"),)},
            ("unknown-role", "--template-layout blok=A", 'did you mean "block"?'),
        ),
        (
            {"template_layouts": (("block", "A"),)},
            ("bad-deck", "", "name a template too, or leave it out"),
        ),
    ],
)
def test_options_of_a_caller_are_held_to_those_of_the_command_line(options: Any, told: Any) -> None:
    with pytest.raises(UsageError) as caught:
        checked(job(GOOD, **options))
    (one,) = caught.value.diagnostics
    assert (one.code, one.file, one.hint) == told


def test_missing_glyphs_can_be_warnings() -> None:
    assert found("title: 中", missing_glyphs="warn") == [("warning", "missing-glyph", 1, 8)]
    assert checked(job("title: 中", missing_glyphs="warn")).document is not None


def test_without_rendering_the_same_is_found() -> None:
    for text in (
        GOOD,
        "title: x\nlanguage: it\ntheme: no\nlogo: l.png\nrender: {page: a9}\n",
        "title: 中\nx: 1",
    ):
        assert checked(job(text), to_render=False).diagnostics == checked(job(text)).diagnostics


# -- the logo -----------------------------------------------------------------------------------------


def logo_fault(data: bytes) -> str:
    (one,) = checked(job("title: x\nlogo: l.png\n", assets={"l.png": data})).diagnostics
    assert (one.severity, one.line, one.column) == ("error", 2, 7)
    return f"{one.code}: {one.message}"


def test_a_logo_is_decoded() -> None:
    document = checked(job("title: x\nlogo: l.png\n", assets={"l.png": png()})).document
    assert document is not None
    assert document.logo is not None
    assert (document.logo.media_type, document.logo.width_px, document.logo.height_px) == (
        "image/png",
        40,
        20,
    )


def test_a_logo_that_was_not_given() -> None:
    assert found("title: x\nlogo: l.png\n") == [("error", "no-logo", 2, 7)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", 'logo-format: the logo "l.png" is empty'),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing, not PNG or JPEG"),
        (b"GIF89a" + bytes(50), "is a GIF, not PNG or JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "is an EPS drawing, not PNG or JPEG"),
        (b"hello", "is no PNG or JPEG picture"),
        (png(400, 400)[:-300], "logo-broken: "),
        (png() + bytes(5 * 2**20), "5,242,"),
    ],
)
def test_a_logo_that_cannot_be_taken(data: bytes, told: str) -> None:
    assert told in logo_fault(data)


def test_a_logo_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    header = b"\x00\x00\x23\x28\x00\x00\x23\x28\x08\x02\x00\x00\x00"  # 9000 × 9000, 8 bit RGB
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + len(header).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    packed = zlib.compress(bytes(100))
    data += len(packed).to_bytes(4) + b"IDAT" + packed + zlib.crc32(b"IDAT" + packed).to_bytes(4)
    assert "9,000 × 9,000 pixels; at most 16 million are allowed" in logo_fault(data)


def test_a_truncated_logo_is_refused_even_where_another_library_allows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    assert "logo-broken: " in logo_fault(png(400, 400)[:-300])
    from PIL import ImageFile

    assert ImageFile.LOAD_TRUNCATED_IMAGES


# -- rendering ----------------------------------------------------------------------------------------


def test_a_job_and_its_result_can_be_sent_anywhere(worker: Supervisor) -> None:
    given = pickle.loads(pickle.dumps(job(GOOD, formats=("pdf", "pptx"))))
    result = render(given, worker)
    assert result.ok
    assert set(result.outputs) == {"pdf", "pptx"}
    assert pickle.loads(pickle.dumps(result)) == result


def test_the_same_job_gives_the_same_bytes_in_any_worker(worker: Supervisor) -> None:
    given = job(GOOD, formats=("pdf", "pptx"))
    first = render(given, worker)
    assert render(given, worker) == first
    with Supervisor() as other:
        render(job("title: سلام\nlanguage: fa\n"), other)
        assert render(given, other) == first


def test_a_job_without_a_worker_takes_the_shared_one() -> None:
    assert render(job("title: x")).outputs["pdf"].startswith(b"%PDF")


def test_with_an_error_nothing_is_rendered(worker: Supervisor) -> None:
    result = render(job("title: x\nblokcs: {}\n"), worker)
    assert not result.ok
    assert result.outputs == {}


def test_what_does_not_fit_is_a_warning_at_its_block(worker: Supervisor) -> None:
    items = "".join(f"    - Item number {number} with some words in it\n" for number in range(90))
    text = f"title: x\nblocks:\n  key_partners: [one]\n  channels:\n{items}"
    result = render(job(text), worker)
    assert result.ok
    overflow = [one for one in result.diagnostics if one.code == "overflow"]
    assert [(one.severity, one.line, one.source) for one in overflow] == [("warning", 4, "  channels:")]
    assert len(PdfDocument(result.outputs["pdf"])) > 1


def test_overflow_can_be_an_error_at_its_block(worker: Supervisor) -> None:
    items = "".join(f"    - Item number {number} with some words in it\n" for number in range(90))
    text = f"title: x\nblocks:\n  channels:\n{items}"
    result = render(job(text, overflow="fail"), worker)
    assert not result.ok
    assert result.outputs == {}
    assert any(one.severity == "error" and one.line == 3 for one in result.diagnostics)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (".item, li, p, div { font-size: 40pt !important }", "page 1: '.*outside its place"),
        (".title { visibility: hidden }", "page 1: 'title' cannot be seen"),
        (
            "body::after { content: ''; position: absolute; inset: 0; background: red }",
            "'title' cannot be seen",
        ),
        (".title { transform: scale(1e30) }", "page 1: 'title' is transformed"),
        ("@page { size: 1e9mm 1e9mm }", r"it measures 1e\+09 × 1e\+09 mm instead of 420 × 297 mm"),
    ],
)
def test_a_theme_whose_style_sheet_moves_or_hides_text_is_an_error_that_names_it(
    style: str, said: str, worker: Supervisor
) -> None:
    files = {
        "themes/loud/theme.yaml": b"theme: loud\nextends: classic\n",
        "themes/loud/theme.css": style.encode(),
    }
    with pytest.raises(LimitError, match=f"with the theme loud texts do not stand whole .*{said}"):
        render(job(GOOD, theme="loud", files=files), worker)


def test_a_theme_whose_style_sheet_only_paints_is_drawn_with(worker: Supervisor) -> None:
    paint = b"body { background: linear-gradient(#fff, #eee) } .title { text-decoration: underline }"
    files = {"themes/mild/theme.yaml": b"theme: mild\nextends: classic\n", "themes/mild/theme.css": paint}
    assert render(job(GOOD, theme="mild", files=files, margin=7.0, bleed=3.0), worker).ok


def test_a_logo_is_drawn_in_both_outputs(worker: Supervisor) -> None:
    given = job("title: x\nlogo: l.png\n", assets={"l.png": png()}, formats=("pdf", "pptx"))
    plain = render(replace(given, canvas=b"title: x\n"), worker)
    result = render(given, worker)
    assert result.ok
    assert len(result.outputs["pdf"]) > len(plain.outputs["pdf"])
    assert b".png" in result.outputs["pptx"]


def test_the_date_of_a_job_is_that_of_its_files(worker: Supervisor) -> None:
    given = job(GOOD, formats=("pptx",), created=datetime(2026, 3, 21, tzinfo=UTC))
    result = render(given, worker)
    core = ZipFile(BytesIO(result.outputs["pptx"])).read("docProps/core.xml")
    assert b"2026-03-21T00:00:00" in core


def font(family: str, characters: str) -> bytes:
    """Return a font that draws some characters as boxes."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"box{index}" for index in range(len(characters)))]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"box{index}" for index, char in enumerate(characters)})
    pen = TTGlyphPen(None)
    for step, point in enumerate([(100, 0), (100, 700), (900, 700), (900, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=969, descent=-241)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=969, sTypoDescender=-241, usWinAscent=969, usWinDescent=241, fsType=0)
    builder.setupPost()
    buffer = BytesIO()
    builder.save(buffer)
    return buffer.getvalue()


def test_a_font_of_one_s_own_draws_what_no_bundled_font_has(worker: Supervisor) -> None:
    text = "title: 中文 café\nblocks:\n  channels: [中, 文 and words]\n"
    assert {one[1] for one in found(text)} == {"missing-glyph"}
    given = job(text, files={"fonts/Han.ttf": font("Own Han", " 中文")}, formats=("pdf", "pptx"))
    result = render(given, worker)
    assert result.diagnostics == ()
    page = PdfDocument(result.outputs["pdf"])[0]
    assert "中文" in page.get_textpage().get_text_range()
    with ZipFile(BytesIO(result.outputs["pptx"])) as deck:
        assert b'typeface="Own Han"' in deck.read("ppt/slides/slide1.xml")


def test_a_font_that_is_built_in_already_is_left_out_of_the_page(worker: Supervisor) -> None:
    from fontTools.ttLib import TTFont

    again, data = TTFont(BytesIO(library().read("fonts/Inter/Inter-Bold.ttf"))), BytesIO()
    again["glyf"]["R"] = again["glyf"]["p"]
    again.save(data)
    given = render(job(GOOD, files={"fonts/Inter-Again.ttf": data.getvalue()}), worker)
    assert [one.code for one in given.diagnostics] == ["font-skipped"]
    assert given.outputs == render(job(GOOD), worker).outputs


def test_a_font_that_is_none_is_a_fault_that_names_it() -> None:
    (one,) = checked(job(GOOD, files={"fonts/Bad.ttf": b"no font"})).diagnostics
    assert (one.code, one.file) == ("font-unusable", "fonts/Bad.ttf")


def test_a_kind_of_one_s_own_is_data_alone(worker: Supervisor) -> None:
    given = read_files(data=OWN)
    canvas = (OWN / "canvas.yaml").read_bytes()
    result = render(Job(canvas, ("pdf", "pptx"), files=given.files), worker)
    assert result.diagnostics == ()
    text = PdfDocument(result.outputs["pdf"])[0].get_textpage().get_text_range()
    for word in ("Strengths", "Weaknesses", "Opportunities", "Threats", "What is changing for the better?"):
        assert word in text
    from pptx import Presentation

    slides = Presentation(BytesIO(result.outputs["pptx"])).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    assert [
        title for title in titles if title in {"Strengths", "Weaknesses", "Opportunities", "Threats"}
    ] == ["Strengths", "Weaknesses", "Opportunities", "Threats"]


def test_a_language_of_one_s_own_is_data_alone(worker: Supervisor) -> None:
    english = Path(__file__).resolve().parent.parent / "bmcrender" / "languages" / "en"
    common = (english / "common.yaml").read_text(encoding="utf-8").replace("language: en", "language: it", 1)
    guide = (english / "bmc.yaml").read_text(encoding="utf-8").replace("language: en", "language: it", 1)
    guide = guide.replace("title: Channels", "title: Canali")
    files = {"languages/it/common.yaml": common.encode(), "languages/it/bmc.yaml": guide.encode()}
    result = render(job("title: x\nlanguage: it\n", files=files), worker)
    assert result.diagnostics == ()
    assert "Canali" in PdfDocument(result.outputs["pdf"])[0].get_textpage().get_text_range()


def test_a_mistake_of_ours_is_no_mistake_of_the_user_s(worker: Supervisor) -> None:
    broken = {
        "themes/odd/theme.yaml": b"theme: odd\nextends: classic\n",
        "themes/odd/poster.html.j2": b"{{ nothing.of.the.kind }}",
    }
    with pytest.raises((InternalError, CanvasError)):
        render(job(GOOD, theme="odd", files=broken), worker)
