"""What the PPTX renderer promises: a valid, deterministic, accessible file that draws as the deck says."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from office import pdfs, with_office
from pptx import Presentation
from pptx.util import Pt
from pptx_decks import COLORS, CREATED, WORDS, deck, text
from pptx_lint import NS, Package, lint
from pptx_looks import unreadable, written

from bmcrender.document import Run
from bmcrender.font_files import coverage_table
from bmcrender.fonts import FontSet
from bmcrender.render.pptx import deck_bytes, deck_with_fonts, fallback_font
from bmcrender.render.pptx.colors import color, scheme
from bmcrender.resources import library
from bmcrender.sheets import Rect
from bmcrender.slides import Deck, Paragraph, Shape

pytestmark = pytest.mark.xdist_group("slides")  # one LibreOffice draws for all of them

ROOT = Path(__file__).resolve().parent.parent
BOTH = pytest.mark.parametrize("direction", ["ltr", "rtl"])
BLOCK = "ppt/slides/slide3.xml"
FALLBACK = {"→": "Noto Sans Math"}


@pytest.fixture(scope="module", params=["ltr", "rtl"])
def direction(request):
    return request.param


@pytest.fixture(scope="module")
def data(direction):
    return deck_bytes(deck(direction), CREATED)


@pytest.fixture(scope="module")
def package(data):
    return Package(data)


def embedded(direction: str) -> bytes:
    """The deck with its fonts inside."""
    given, fonts = deck(direction), library().font_set()
    font_of = fallback_font(fonts, (given.fonts["latin"], given.fonts["cs"]))
    read = lambda face: library().read(f"fonts/{face.file}")  # noqa: E731
    return deck_with_fonts(given, CREATED, font_of, None, fonts, read)[0]


def with_items(direction: str, *paragraphs: Paragraph, **more) -> Deck:
    """The deck with other items on its block slide."""
    whole = deck(direction)
    block = whole.slides[2]
    shapes = tuple(
        replace(shape, paragraphs=paragraphs, **more) if shape.placeholder == "items" else shape
        for shape in block.shapes
    )
    return replace(whole, slides=(*whole.slides[:2], replace(block, shapes=shapes), whole.slides[3]))


def item_properties(direction: str, *paragraphs: Paragraph, font_of=None) -> list:
    """The `a:p` elements that some items become."""
    arguments = (font_of,) if font_of else ()
    package = Package(deck_bytes(with_items(direction, *paragraphs), CREATED, *arguments))
    return package.find(BLOCK, "//p:sp[p:nvSpPr/p:nvPr/p:ph/@idx='1']/p:txBody/a:p")


def bullet(content, direction: str) -> Paragraph:
    return Paragraph(text(content, direction), 20, "ink", marker="bullet", indent_pt=20, hang_pt=18)


# -- the file --------------------------------------------------------------------------------------


def test_the_office_validator_finds_no_error(data, tmp_path):
    from openxml_audit import validate_pptx

    file = tmp_path / "deck.pptx"
    file.write_bytes(data)
    assert [str(error) for error in validate_pptx(file).errors] == []


def test_our_own_lint_finds_nothing(data):
    assert lint(data) == []


def test_python_pptx_opens_it_and_saves_it_again_without_fault(data):
    again = BytesIO()
    Presentation(BytesIO(data)).save(again)
    assert len(Presentation(again).slides) == 4


@BOTH
def test_the_same_deck_is_the_same_file_in_any_process(direction):
    code = (
        "import sys; sys.path[:0] = ['.', 'tests'];"
        "from pptx_decks import CREATED, deck; from bmcrender.render.pptx import deck_bytes, fallback_font;"
        "from hashlib import sha256;"
        f"print(sha256(deck_bytes(deck({direction!r}), CREATED)).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tehran"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == sha256(deck_bytes(deck(direction), CREATED)).hexdigest()


def test_a_deck_needs_no_working_directory(tmp_path, monkeypatch, data, direction):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert deck_bytes(deck(direction), CREATED) == data


def test_every_entry_of_the_archive_has_the_earliest_date_and_no_system(data):
    entries = zipfile.ZipFile(BytesIO(data)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(0, 0x20)}
    names = [entry.filename for entry in entries]
    assert names == ["[Content_Types].xml", "_rels/.rels", *sorted(names[2:])]


def test_slides_are_thirteen_and_a_third_inches_wide(data):
    presentation = Presentation(BytesIO(data))
    assert (presentation.slide_width, presentation.slide_height) == (12192000, 6858000)


def test_properties_tell_title_authors_language_licence_and_dates(direction, data):
    found = Presentation(BytesIO(data)).core_properties
    assert found.title == WORDS[direction]["title"]
    assert found.subject == "Business Model Canvas"
    assert found.author == "A. Baker; B. Miller"
    assert found.language == {"ltr": "en", "rtl": "fa"}[direction]
    assert found.comments == "https://creativecommons.org/licenses/by-sa/3.0/"
    assert found.created == found.modified == datetime(2024, 5, 1, 12, 30)
    assert found.last_modified_by == "bmcrender"


def test_a_date_with_a_zone_is_written_in_utc():
    evening = datetime(2024, 5, 1, 16, 0, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    written = Presentation(BytesIO(deck_bytes(deck(), evening))).core_properties.created
    assert written == datetime(2024, 5, 1, 12, 30)
    assert deck_bytes(deck(), evening) == deck_bytes(deck(), evening.astimezone(UTC))


# -- theme, master, layouts --------------------------------------------------------------------------


def test_tokens_become_the_theme_and_shapes_refer_to_it(package):
    scheme = package.find("ppt/theme/theme1.xml", "//a:clrScheme/*")
    values = {etree.QName(node).localname: node[0].get("val") for node in scheme}
    assert values["dk1"] == COLORS["ink"].lstrip("#").upper()
    assert (values["lt1"], values["dk2"], values["accent1"]) == ("FFFFFF", "12324A", "B4561A")
    assert len(values) == 12
    for part in package.parts("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesMasters/"):
        assert package.find(part, "//a:srgbClr") == []
    assert package.find("ppt/slideLayouts/slideLayout1.xml", "p:cSld/p:bg//a:schemeClr/@val") == ["tx2"]


def drawn_color(node) -> str:
    """What a program draws of a colour in the theme of the deck."""
    mapped = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    value = node.get("val")
    given = "#" + value if node.tag.endswith("srgbClr") else scheme(COLORS)[mapped.get(value, value)]
    hue, light, full = rgb_to_hls(*(int(given[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    change = {etree.QName(child).localname: int(child.get("val")) for child in node}
    hue += change.get("hueOff", 0) / 60_000 / 360
    full = full * change.get("satMod", 100_000) / 1e5 + change.get("satOff", 0) / 1e5
    light = light * change.get("lumMod", 100_000) / 1e5 + change.get("lumOff", 0) / 1e5
    return "#" + "".join(f"{round(255 * one):02x}" for one in hls_to_rgb(hue % 1, light, full))


@pytest.mark.parametrize("token", COLORS)
def test_a_token_is_a_colour_of_the_theme_or_a_shade_of_one_and_looks_as_given(token):
    node = etree.fromstring(f'<a:x xmlns:a="{NS["a"]}">{color(token, COLORS)}</a:x>')[0]
    assert etree.QName(node).localname == "schemeClr"
    shown, wanted = (
        [int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in (drawn_color(node), COLORS[token])
    )
    assert max(abs(a - b) for a, b in zip(shown, wanted, strict=True)) <= 1


def test_colours_of_groups_have_slots_of_their_own_and_their_tints_follow_them():
    colors = COLORS | {"make": "#073d88", "value": "#ad4000", "make_tint": "#e8eff8", "sun": "#ffee00"}
    assert color("make", colors) == '<a:schemeClr val="accent2"/>'
    assert color("make_tint", colors).startswith('<a:schemeClr val="accent2"><a:hueOff')
    assert 'val="accent1"' in color("accent", colors | {"accent": colors["ink"]})
    # No token says what this is a shade of: it follows the colour whose hue is the nearest.
    assert color("sun", colors).startswith('<a:schemeClr val="accent6"><a:hueOff')


def test_the_theme_fonts_are_set_for_latin_and_complex_scripts_and_are_the_only_ones(direction, package):
    latin = {"ltr": "Inter", "rtl": "Vazirmatn"}[direction]
    for font in ("majorFont", "minorFont"):
        node = package.find("ppt/theme/theme1.xml", f"//a:{font}")[0]
        assert node.find("a:latin", NS).get("typeface") == latin
        assert node.find("a:cs", NS).get("typeface") == "Vazirmatn"
        assert node.find("a:font[@script='Arab']", NS).get("typeface") == "Vazirmatn"
    families = {name for part in package.xml for name in package.find(part, "//@typeface")}
    assert {name for name in families if name and not name.startswith("+")} == {latin, "Vazirmatn"}


def test_a_theme_may_bring_other_families_for_headings_and_markers():
    fonts = {"latin": "Nunito", "cs": "Vazirmatn", "heading_cs": "Lalezar", "marker": "Inter"}
    package = Package(deck_bytes(replace(deck(), fonts=fonts), CREATED))
    major = package.find("ppt/theme/theme1.xml", "//a:majorFont")[0]
    assert major.find("a:latin", NS).get("typeface") == "Nunito"
    assert major.find("a:cs", NS).get("typeface") == "Lalezar"
    assert set(package.find("ppt/slideMasters/slideMaster1.xml", "//a:buFont/@typeface")) == {"Inter"}


def test_a_paragraph_typed_later_inherits_direction_side_and_marker(direction, package):
    level = package.find("ppt/slideMasters/slideMaster1.xml", "//p:bodyStyle/a:lvl1pPr")[0]
    assert (level.get("rtl"), level.get("algn")) == {"ltr": ("0", "l"), "rtl": ("1", "r")}[direction]
    assert level.find("a:buChar", NS).get("char") == "•"
    assert level.find("a:defRPr", NS).get("sz") == "2400"
    nested = package.find("ppt/slideMasters/slideMaster1.xml", "//p:bodyStyle/a:lvl2pPr")[0]
    assert nested.find("a:buChar", NS).get("char") == "–"
    levels = package.find("ppt/slideMasters/slideMaster1.xml", "//p:bodyStyle/*")
    assert [node.get("rtl") for node in levels] == [level.get("rtl")] * 9


def test_each_layout_has_its_ground_its_placeholders_and_its_decoration(package):
    names = [package.find(part, "p:cSld/@name")[0] for part in sorted(package.parts("ppt/slideLayouts/"))]
    assert names == ["BMC Opening", "BMC Overview", "BMC Block", "BMC Closing"]
    kinds = package.find("ppt/slideLayouts/slideLayout3.xml", "//p:ph/@type")
    assert kinds == ["body", "title", "body", "ftr", "sldNum"]
    assert package.find("ppt/slideLayouts/slideLayout1.xml", "//p:bg//a:schemeClr/@val") == ["tx2"]
    rule = package.find("ppt/slideLayouts/slideLayout3.xml", "//p:sp[not(p:nvSpPr/p:nvPr/p:ph)]")[0]
    assert rule.find(".//a:prstGeom", NS).get("prst") == "line"
    assert rule.find("p:nvSpPr/p:cNvPr/a:extLst", NS) is not None


def test_layouts_say_only_what_differs_from_the_master(package):
    layout = "ppt/slideLayouts/slideLayout3.xml"
    for kind in ("title", "ftr", "sldNum"):
        (shape,) = package.find(layout, f"//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='{kind}']")
        assert len(shape.find("p:spPr", NS)) == len(shape.find("p:txBody/a:lstStyle", NS)) == 0
    (eyebrow,) = package.find(layout, "//p:sp[p:nvSpPr/p:nvPr/p:ph/@idx='14']/p:txBody/a:lstStyle")
    assert eyebrow.find("a:lvl1pPr/a:defRPr", NS).get("sz") == "1400"
    assert package.find(layout, "//p:txBody/a:lstStyle//a:latin") == []  # fonts are the master's


def test_runs_in_placeholders_say_their_size_and_language_and_only_what_differs_else(package):
    titles = package.find(BLOCK, "//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='title']//a:rPr")
    assert {tuple(sorted(one.attrib)) for one in titles} == {("dirty", "lang", "sz")}
    assert all(len(one) == 0 for one in titles)
    nested = package.find(BLOCK, "//p:sp[p:nvSpPr/p:nvPr/p:ph/@idx='1']//a:p[a:pPr/@lvl='1']/a:r/a:rPr")
    assert nested
    assert all(len(one) == 0 for one in nested)


def test_another_colour_of_titles_on_the_master_is_that_of_the_slides(data):
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "ppt/slideMasters/slideMaster1.xml":
                style, found, rest = content.partition(b"<p:bodyStyle>")
                style = style.replace(b'<a:schemeClr val="tx2"/>', b'<a:schemeClr val="accent1"/>')
                content = style + found + rest
            target.writestr(name, content)
    colors = {one.color for one in written(changed.getvalue()) if one.part == BLOCK and one.shape == "Title"}
    assert colors == {COLORS["accent"]}


def test_footers_of_layouts_and_master_are_never_empty(package):
    # LibreOffice draws the footers of slides in a serif of its own otherwise.
    for part in package.parts("ppt/slideMasters/", "ppt/slideLayouts/"):
        for node in package.find(part, "//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='ftr']"):
            assert "".join(node.itertext()).strip()


# -- slides ------------------------------------------------------------------------------------------


def test_shapes_stand_in_the_order_given(package):
    names = package.find(BLOCK, "//p:spTree/*/p:nvSpPr/p:cNvPr/@name")
    assert names == ["Step", "Title", "Items", "Questions", "Locator", "Footer", "Number"]


def test_a_placeholder_where_the_layout_has_it_inherits_place_and_ground(package):
    inherited = package.find(BLOCK, "//p:sp[p:nvSpPr/p:nvPr/p:ph]/p:spPr/*")
    assert inherited == []
    moved = package.find(
        "ppt/slides/slide2.xml", "//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='title']/p:spPr/a:xfrm/a:off"
    )
    assert moved[0].get("y") == str(12 * 36000)


def test_a_second_shape_for_one_placeholder_becomes_a_shape_of_its_own():
    whole = deck()
    block = whole.slides[2]
    extra = Shape("More", Rect(120, 53, 80, 100), block.shapes[2].paragraphs, "items")
    slides = (
        *whole.slides[:2],
        replace(block, shapes=(*block.shapes[:-2], extra, *block.shapes[-2:])),
        whole.slides[3],
    )
    data = deck_bytes(replace(whole, slides=slides), CREATED)
    assert lint(data) == []
    assert Package(data).find(BLOCK, "//p:sp[p:nvSpPr/p:cNvPr/@name='More']/p:nvSpPr/p:nvPr/p:ph") == []


def test_a_slide_without_title_gets_one_above_its_edge(direction, data):
    slide = Presentation(BytesIO(data)).slides[3]
    assert slide.shapes.title.text == WORDS[direction]["back"]
    assert slide.shapes.title.top + slide.shapes.title.height < 0


def test_the_number_is_a_field_with_the_decks_digits(direction, package):
    field = package.find(BLOCK, "//a:fld[@type='slidenum']")[0]
    assert field.findtext("a:t", namespaces=NS) == {"ltr": "3", "rtl": "۳"}[direction]
    properties = field.getparent().find("a:pPr", NS)
    assert properties.get("algn") == {"ltr": "r", "rtl": "l"}[direction]


def test_a_click_jumps_to_the_slide_named(direction, data):
    slides = Presentation(BytesIO(data)).slides
    locator = next(shape for shape in slides[2].shapes if shape.name == "Locator")
    assert locator.click_action.target_slide.slide_id == slides[1].slide_id
    assert locator._element.xpath(".//a:hlinkClick/@tooltip") == [WORDS[direction]["back"]]
    assert locator._element.xpath("./p:nvSpPr/p:cNvPr/@descr") == [WORDS[direction]["back"]]


def test_pictures_are_native_and_described(direction, data):
    slide = Presentation(BytesIO(data)).slides[1]
    picture = next(shape for shape in slide.shapes if shape.name == "Picture")
    assert picture.image.size == (40, 20)
    assert picture._element.xpath("./p:nvPicPr/p:cNvPr/@descr") == [WORDS[direction]["alt"]]


def test_notes_are_paragraphs_in_our_own_notes_master(direction, data):
    presentation = Presentation(BytesIO(data))
    assert [slide.has_notes_slide for slide in presentation.slides] == [False, False, True, False]
    frame = presentation.slides[2].notes_slide.notes_text_frame
    assert [paragraph.text for paragraph in frame.paragraphs] == WORDS[direction]["notes"]
    wanted = {"ltr": ("0", "l"), "rtl": ("1", "r")}[direction]
    assert {(p._p.pPr.get("rtl"), p._p.pPr.get("algn")) for p in frame.paragraphs} == {wanted}
    assert len(presentation.notes_master.placeholders) == 3
    page = Package(data).find(
        "ppt/notesSlides/notesSlide3.xml", "//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='sldNum']"
    )
    assert page[0].find(".//a:fld", NS).get("type") == "slidenum"
    assert page[0].findtext(".//a:fld/a:t", namespaces=NS) == {"ltr": "3", "rtl": "۳"}[direction]


# -- text --------------------------------------------------------------------------------------------


def test_sizes_spacing_and_indents_are_written_as_given(data):
    paragraph = Presentation(BytesIO(data)).slides[2].placeholders[1].text_frame.paragraphs[0]
    assert paragraph.runs[0].font.size == Pt(24)
    assert (paragraph.line_spacing, paragraph.space_before) == (Pt(28.8), Pt(12))
    assert (paragraph._p.pPr.get("marL"), paragraph._p.pPr.get("indent")) == (str(Pt(20)), str(-Pt(20)))


def test_a_text_stays_as_the_user_wrote_it(direction):
    written = "  a & b < c > \"d\" 'e' \u00a030\u202f%\u200c می‌خواهیم R$ 5  "
    paragraphs = item_properties(direction, bullet(written, direction))
    assert "".join(paragraphs[0].itertext()) == written


def test_styles_and_links_are_on_the_runs(data):
    slide = Presentation(BytesIO(data)).slides[2]
    runs = {
        run.text: run for paragraph in slide.placeholders[1].text_frame.paragraphs for run in paragraph.runs
    }
    assert runs["bold "].font.bold is True
    assert runs["code"]._r.rPr.find("a:highlight", NS) is not None
    assert runs["link"].hyperlink.address == "https://example.org/?a=1&b=2"


@BOTH
def test_emphasis_is_italic_in_latin_and_bold_in_persian(direction):
    (paragraph,) = item_properties(direction, bullet((Run("x", italic=True),), direction))
    properties = paragraph.find("a:r/a:rPr", NS)
    assert (properties.get("i"), properties.get("b")) == {"ltr": ("1", None), "rtl": (None, "1")}[direction]


def test_a_text_in_another_language_says_so():
    (paragraph,) = item_properties("ltr", Paragraph(text("Brot", "ltr", "de"), 20, "ink"))
    assert paragraph.find("a:r/a:rPr", NS).get("lang") == "de"
    assert paragraph.find("a:pPr/a:buChar", NS) is None


def test_a_line_break_keeps_a_gloss_in_the_paragraph_of_its_item():
    gloss = replace(bullet("gloss", "ltr"), color="quiet", break_before=True)
    paragraphs = item_properties("ltr", bullet("item", "ltr"), gloss, bullet("next", "ltr"))
    assert ["".join(p.itertext()) for p in paragraphs] == ["itemgloss", "next"]
    assert len(paragraphs[0].findall("a:br", NS)) == 1
    colors = [
        run.xpath("string(.//a:schemeClr/@val)", namespaces=NS) for run in paragraphs[0].findall("a:r", NS)
    ]
    assert colors == ["", "accent2"]  # the first looks as its placeholder says


def test_a_smaller_gloss_has_lines_of_its_own_height_in_line_with_its_item():
    gloss = Paragraph(text("gloss", "ltr"), 12, "quiet", break_before=True)
    item, below = (p.find("a:pPr", NS) for p in item_properties("ltr", bullet("item", "ltr"), gloss))
    assert [p.find("a:lnSpc/a:spcPts", NS).get("val") for p in (item, below)] == ["2400", "1440"]
    assert (item.get("marL"), below.get("marL"), below.get("indent")) == (str(Pt(20)), str(Pt(20)), "0")
    assert below.find("a:buNone", NS) is not None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("GitHub Actions", "GitHub Actions"),
        ("(by 7 am) warm!", "\u200e(by 7 am) warm!\u200e"),
        ("50 %", "\u200e50 %\u200e"),
        ("API, 24/7", "API, 24/7\u200e"),
    ],
)
def test_english_in_a_persian_deck_stays_in_line_and_keeps_its_signs(written, shown):
    (paragraph,) = item_properties("rtl", bullet(written, "ltr"))
    assert "".join(paragraph.itertext()) == shown
    properties = paragraph.find("a:pPr", NS)
    assert (properties.get("rtl"), properties.get("algn"), properties.get("marL")) == ("1", "r", str(Pt(20)))


@BOTH
def test_a_mixed_text_of_the_other_direction_gets_its_own_and_the_decks_side(direction):
    other = {"ltr": "rtl", "rtl": "ltr"}[direction]
    (paragraph,) = item_properties(direction, bullet(WORDS[direction]["foreign"], other))
    properties = paragraph.find("a:pPr", NS)
    assert (properties.get("rtl"), properties.get("algn")) == {"ltr": ("1", "l"), "rtl": ("0", "r")}[
        direction
    ]
    assert properties.get("marR") == str(Pt(20))
    assert "".join(paragraph.itertext()) == WORDS[direction]["foreign"]


def test_what_the_theme_font_lacks_names_its_family_and_sequences_stay_whole():
    family = "👩\u200d🍳"  # one picture of three characters
    asked = []

    def font_of(cluster: str, bold: bool) -> str:
        asked.append((cluster, bold))
        return "Noto Emoji" if ord(cluster[0]) > 0x1F000 else FALLBACK.get(cluster, "")

    (paragraph,) = item_properties(
        "ltr", bullet((Run(f"a\u0301 → {family} b", bold=True),), "ltr"), font_of=font_of
    )
    runs = [
        (run.findtext("a:t", namespaces=NS), run.xpath("a:rPr/*/@typeface", namespaces=NS))
        for run in paragraph.findall("a:r", NS)
    ]
    assert runs == [
        ("a\u0301 ", []),
        ("→", ["Noto Sans Math"] * 4),
        (" ", []),
        (family, ["Noto Emoji"] * 4),
        (" b", []),
    ]
    assert {(family, True), ("→", True)} <= set(asked)
    assert "\u200d" not in dict(asked)


def test_signs_are_left_to_the_theme_only_if_all_of_its_families_have_them():
    fonts = FontSet.from_table(coverage_table(ROOT / "fonts"))
    font_of = fallback_font(fonts, ("Inter", "Vazirmatn"))
    assert [font_of(sign, False) for sign in ("a", "ن", "7", "€")] == ["", "", "", ""]
    assert font_of("→", False) == "Inter"  # beside Persian letters it would be drawn in Vazirmatn
    assert font_of("ש", True) == "Noto Sans Hebrew"
    assert font_of("👩\u200d🍳", False) == font_of("❤\ufe0f", False) == "Noto Emoji"


# -- the lint can fail -------------------------------------------------------------------------------

MAIN = "ppt/presentation.xml"
WHITE = b'<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'
FAULTS = {
    "sections hold": (MAIN, b'<p14:sldId id="257"', b">", b""),
    "which is not there": (MAIN, b'<p14:sldId id="257"', b"/", b'<p14:sldId id="999"/'),
    "sections whose name": (MAIN, b"<p14:section name", b" id", b'<p14:section name="" id'),
    "is used nowhere": (MAIN, b'<p:font typeface="Noto Emoji"', b"/", b'<p:font typeface="Arial"/'),
    "is no font of that name": (
        MAIN,
        b'<p:font typeface="Noto Emoji"',
        b"/",
        b'<p:font typeface="Vazirmatn"/',
    ),
    "not announced": (MAIN, b' embedTrueTypeFonts="1', b'"', b""),
    "fonts that no entry names": (MAIN, b"<p:embeddedFont>", b"</p:embeddedFont>", b""),
    "slides with the title": ("ppt/slides/slide1.xml", b"<a:t>", b"<", b"<a:t>The model at a glance<"),
    "a date": (BLOCK, b'type="ftr"', b" ", b'type="dt" '),
    "the title comes after": ("ppt/slides/slide2.xml", b'type="title"', b"/", b'type="body" idx="99"/'),
    "something comes after the footers": (
        BLOCK,
        b'type="body" sz="quarter" idx="13"',
        b"/",
        b'type="ftr" idx="11"/',
    ),
    "not listed": ("ppt/presentation.xml", b"<p:notesMasterIdLst>", b"</p:notesMasterIdLst>", b""),
    "shape ids": (BLOCK, b'<p:cNvPr id="3"', b" ", b'<p:cNvPr id="2" '),
    "has no language": (BLOCK, b'<a:rPr lang="', b'"', b"<a:rPr "),
    "a click does": (BLOCK, b"ppaction://hlinksldjump", b'"', b'ppaction://nowhere"'),
    "no relationship": (BLOCK, b'<a:hlinkClick r:id="rId', b'"', b'<a:hlinkClick r:id="rId77"'),
    "no direction or side": (BLOCK, b' algn="', b'"', b""),
    "Calibri": ("ppt/theme/theme1.xml", b'<a:latin typeface="', b'"', b'<a:latin typeface="Calibri"'),
    "neither text nor description": (BLOCK, b'name="Locator" descr="', b'"', b'name="Locator"'),
    "titles": ("ppt/slides/slide2.xml", b'type="title"', b"/", b'type="body" idx="99"/'),
}


UNREADABLE = {
    "#ffffff on #ffffff is 1.00 : 1": ("ppt/theme/theme1.xml", b"<a:dk1>", b"</a:dk1>", WHITE),
    "11.0 pt": (BLOCK, b'sz="2400"', b" ", b'sz="1100" '),
}


def seeded(part: str, start: bytes, end: bytes, instead: bytes) -> bytes:
    """The deck with the first stretch of a part from `start` to `end` changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(embedded("ltr"))) as source, zipfile.ZipFile(changed, "w") as target:
        assert part in source.namelist()
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                begin = content.index(start)
                stop = content.index(end, begin + len(start)) + len(end)
                content = content[:begin] + instead + content[stop:]
            target.writestr(name, content)
    return changed.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_the_lint_finds_a_seeded_fault(fault):
    assert any(fault in found for found in lint(seeded(*FAULTS[fault])))


@pytest.mark.parametrize("fault", UNREADABLE)
def test_texts_too_small_or_too_faint_are_found(fault):
    assert any(fault in found for found in unreadable(seeded(*UNREADABLE[fault])))


def test_all_texts_can_be_read(data):
    assert unreadable(data) == []


# -- the picture -------------------------------------------------------------------------------------

GRID, COLUMNS = 20, 14  # of swatches, in mm


def lines_deck(direction: str) -> Deck:
    words = {"ltr": "Hop", "rtl": "آرد"}[direction]
    items = [replace(bullet(words, direction), line_spacing=1.1, marker="") for _ in range(9)]
    return with_items(direction, *items)


def tokens_of(theme: str) -> dict[str, str]:
    tokens = library().theme(theme).tokens
    return tokens["colors"] | tokens["groups"]


def swatch_place(number: int) -> tuple[int, int]:
    return 10 + GRID * (number % COLUMNS), 10 + GRID * (number // COLUMNS)


def swatches(theme: str) -> Deck:
    """A slide with a square in each of a theme's colours."""
    squares = tuple(
        Shape(token, Rect(*swatch_place(at), GRID, GRID), fill=token, alt=token)
        for at, token in enumerate(tokens_of(theme))
    )
    whole = deck()
    slide = replace(whole.slides[-1], shapes=squares)
    return replace(whole, slides=(slide,), sections=(), colors=COLORS | tokens_of(theme))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """All decks of the tests below as LibreOffice draws them."""
    decks = {f"texts-{direction}": deck(direction) for direction in ("ltr", "rtl")}
    decks |= {f"lines-{direction}": lines_deck(direction) for direction in ("ltr", "rtl")}
    decks |= {theme: swatches(theme) for theme in library().themes()}
    data = {name: deck_bytes(given, CREATED) for name, given in decks.items()}
    return pdfs(tmp_path_factory.mktemp("drawn"), data)


@with_office
@pytest.mark.parametrize("theme", library().themes())
def test_libreoffice_draws_shades_of_theme_colours_as_the_tokens_say(theme, drawn):
    picture = drawn[theme][0].render(scale=72 / 25.4).to_pil().convert("RGB")
    per_mm = picture.width / 338.7
    for at, (token, value) in enumerate(tokens_of(theme).items()):
        middle = tuple(round((edge + GRID / 2) * per_mm) for edge in swatch_place(at))
        wanted = [int(value[start : start + 2], 16) for start in (1, 3, 5)]
        shown = picture.getpixel(middle)
        assert max(abs(a - b) for a, b in zip(shown, wanted, strict=True)) <= 2, token


@with_office
def test_libreoffice_draws_texts_at_the_start_side_on_every_slide(direction, drawn):
    document = drawn[f"texts-{direction}"]
    assert len(document) == 4
    page = document[2].render(scale=1).to_pil().convert("L")
    assert page.size in ((960, 540), (961, 540))
    # Dark points of the title and of the first item, without what stands on the far side.
    for top, bottom in ((75, 100), (155, 172)):
        dark = [x for x in range(960) if page.crop((x, top, x + 1, bottom)).getextrema()[0] < 160]
        near = [x for x in dark if (x < 600 if direction == "ltr" else x > 360)]
        edge = min(near) - 45.4 if direction == "ltr" else 960 - 45.4 - max(near)
        assert -1 <= edge < 8, (top, edge)


@with_office
def test_libreoffice_draws_lines_as_high_as_they_were_measured(direction, drawn):
    page = drawn[f"lines-{direction}"][2].render(scale=4).to_pil()
    column = page.convert("L").crop((0, 600, page.width, page.height - 300))
    near = (160, 560) if direction == "ltr" else (page.width - 560, page.width - 160)
    rows = [column.crop((near[0], y, near[1], y + 1)).getextrema()[0] < 120 for y in range(column.height)]
    pitch = 1.2 * 1.1 * 20 * 4
    same = sum(rows[y] == rows[y + round(pitch)] for y in range(int(7 * pitch)))
    assert same > 0.97 * int(7 * pitch)
