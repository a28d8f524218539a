"""What decks on somebody's template promise: its looks, its layouts, our slides, and nothing of its own."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import templates
from canvases import VERY_FULL, example
from lxml import etree
from office import pdfs, with_office
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx_lint import NS, Package, lint
from templates import GERMAN, TEMPLATES, packed, parts_of, typed_as, with_part

from bmcrender import limits
from bmcrender.contrast import LEAST, contrast
from bmcrender.errors import BmcrenderError, Diagnostic, UsageError
from bmcrender.formats import Drawing
from bmcrender.given import read_places, read_template
from bmcrender.inputs import load
from bmcrender.model import Job, Options, Template
from bmcrender.render.pptx.template.deck import offer
from bmcrender.slides import Frame
from bmcrender.template_file import checked_template

Command = Callable[..., tuple[int, str, str]]
EN, FA = "en-fiddlewood", "fa-khaknegar"
# Each template once, in one of the two directions.
CASES = {
    "plain": EN,
    "german": FA,
    "footless": EN,
    "dark": FA,
    "half-dark": EN,
    "persian": FA,
    "untyped": FA,
}
EVERY = pytest.mark.parametrize(("name", "canvas"), CASES.items())
PERSIAN = pytest.mark.parametrize("name", [name for name, canvas in CASES.items() if canvas == FA])
TITLES = "ppt/slides/slide1.xml"
BLOCK = "ppt/slides/slide3.xml"


@cache
def drawn(
    name: str, canvas: str = EN, layouts: tuple[tuple[str, str], ...] = ()
) -> tuple[bytes, list[Diagnostic]]:
    """A canvas on one of the templates, without fonts inside, and what was found."""
    options = Options(template_layouts=layouts, embed_fonts=False)
    template = checked_template(f"{name}.pptx", TEMPLATES[name]())
    (data,), found = Drawing(example(canvas), (), Job(b"").created, options, template).drawn("pptx")
    return data, list(found)


@cache
def deck(name: str, canvas: str = EN) -> Package:
    return Package(drawn(name, canvas)[0])


def roles(data: bytes, given: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """The layout and the reason for each role."""
    offered = offer(Template("corp.pptx", data), "bmc", given or {})
    return {one.role: (one.layout.name, one.reason) for one in offered.choices}


def frames(data: bytes, rtl: bool = False) -> dict[str, Frame]:
    offered = offer(Template("corp.pptx", data), "bmc", {}, rtl)
    return dict(offered.stage({"latin": "Inter", "cs": "Vazirmatn"}).frames.items())


def refusal(data: bytes) -> Diagnostic:
    with pytest.raises(UsageError) as refused:
        offer(checked_template("corp.pptx", data), "bmc", {})
    (one,) = refused.value.diagnostics
    assert one.file == "corp.pptx"
    assert one.severity == "error"
    assert one.hint
    return one


def slides(package: Package) -> list[str]:
    return sorted(package.parts("ppt/slides/"), key=lambda name: int(re.findall(r"\d+", name)[0]))


# -- which files are templates ---------------------------------------------------------------------------


def zipped(**parts: str) -> bytes:
    return packed({name.replace("__", "/"): content.encode() for name, content in parts.items()})


def encrypted() -> bytes:
    """A package whose parts are marked as encrypted."""
    data = bytearray(templates.plain())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def corrupt() -> bytes:
    """A package in which one part's bytes have changed."""
    with zipfile.ZipFile(BytesIO(templates.plain())) as source:
        info = source.getinfo("ppt/theme/theme1.xml")
    data = bytearray(templates.plain())
    for at in range(info.header_offset + 100, info.header_offset + 120):
        data[at] ^= 0xFF
    return bytes(data)


def with_declaration(encoding: str) -> bytes:
    """A package in which a part declares an entity that nothing defines."""
    name = "ppt/slideMasters/slideMaster1.xml"
    text = parts_of(templates.plain())[name].decode().partition("?>")[2]
    return with_part(name, f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY % y 'z'>]>{text}".encode(encoding))


def sized(size: bytes) -> bytes:
    """A package whose slides have a size of our choice."""
    name = "ppt/presentation.xml"
    return with_part(name, re.sub(rb"<p:sldSz [^>]*/>", size, parts_of(templates.plain())[name]))


REFUSED = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"title: Fiddlewood\n", "is no PowerPoint file"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "PowerPoint 97-2003"),
    "with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "encrypted parts": (encrypted, "protected by a password"),
    "cut off": (lambda: templates.plain()[:-3000], "is damaged"),
    "changed bytes": (corrupt, "is damaged"),
    "another archive": (lambda: zipped(a="b"), "without a presentation"),
    "OpenDocument": (
        lambda: zipped(mimetype="application/vnd.oasis.opendocument.presentation"),
        "OpenDocument",
    ),
    "Word": (
        lambda: packed({"[Content_Types].xml": b'<a ContentType="x.wordprocessingml.document.main+xml"/>'}),
        "is a Word document",
    ),
    "macros in the type": (lambda: typed_as("presentation.macroEnabled"), "contains macros"),
    "macros in a part": (lambda: with_part("ppt/vbaProject.bin", b"x"), "contains macros"),
    "strict": (
        lambda: with_part("_rels/.rels", b'<Relationships xmlns="http://purl.oclc.org/ooxml/x"/>'),
        "Strict Open XML",
    ),
    "a bomb": (lambda: with_part("ppt/media/a.bmp", bytes(60 * 2**20)), "times its size"),
    "too large": (lambda: b"PK" + bytes(limits.TEMPLATE_BYTES), "more than 50 MiB"),
    "no layouts": (templates.without_layouts, "no slide layouts"),
    "no titles": (templates.without_titles, "no layout of this template has a title"),
    "a part that is no XML": (lambda: with_part("ppt/presentation.xml", b"<p:presentation"), "is damaged"),
    "entities": (
        lambda: with_declaration("utf-8"),
        "declares a document type in ppt/slideMasters/slideMaster1.xml",
    ),
    "entities in another encoding": (lambda: with_declaration("utf-16"), "declares a document type"),
    "no slide size": (lambda: sized(b""), "too small or too large"),
    "a huge slide": (lambda: sized(b'<p:sldSz cx="99999999999999" cy="6858000"/>'), "too small or too large"),
    "a slide without height": (lambda: sized(b'<p:sldSz cx="9144000" cy="0"/>'), "too small or too large"),
    "a part missing": (
        lambda: packed({n: p for n, p in parts_of(templates.plain()).items() if "theme1" not in n}),
        "is damaged",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_template_is_refused_in_plain_words(what: str) -> None:
    make, said = REFUSED[what]
    found = refusal(make())
    assert found.code == "bad-template"
    assert said in found.message


@pytest.mark.parametrize("part", ["ppt/slideLayouts/slideLayout2.xml", "ppt/notesMasters/notesMaster1.xml"])
def test_what_only_writing_stumbles_over_is_damage_too(part: str) -> None:
    def change(name: str, data: bytes) -> bytes:
        return re.sub(rb'(<p:ph [^>]*type=)"(?:dt|sldImg)"', rb'\1"nothing"', data) if name == part else data

    template = Template("corp.pptx", templates.changed(change, templates.german()))
    drawing = Drawing(example(EN), (), Job(b"").created, Options(embed_fonts=False), template)
    with pytest.raises(UsageError, match="is damaged") as refused:
        drawing.drawn("pptx")
    assert [one.code for one in refused.value.diagnostics] == ["bad-template"]


@pytest.mark.parametrize(
    ("path", "said"), [("nothing.pptx", "no such file"), (".", "is a folder"), ("a\0b", "null")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, path: str, said: str) -> None:
    with pytest.raises(BmcrenderError) as refused:
        read_template(tmp_path / path)
    assert refused.value.exit_code == 4
    assert said in refused.value.diagnostics[0].message


@pytest.mark.parametrize("kind", ["template", "slideshow"])
def test_templates_and_shows_are_taken_as_presentations_are(kind: str) -> None:
    assert roles(typed_as(kind)) == roles(templates.plain())


# -- which layout serves which role ----------------------------------------------------------------------


def test_layouts_are_found_by_their_english_names() -> None:
    assert roles(templates.plain()) == {
        "opening": ("Title Slide", "by its name"),
        "overview": ("Title Only", "by its name"),
        "block": ("Title and Content", "by its name"),
        "closing": ("Title and Content", "by its name"),
    }


def test_layouts_with_other_names_are_found_by_type() -> None:
    assert roles(templates.german()) == {
        "opening": ("Titelfolie", "by its type, title"),
        "overview": ("Nur Titel", "by its type, titleOnly"),
        "block": ("Titel und Inhalt", "by its type, obj"),
        "closing": ("Titel und Inhalt", "by its type, obj"),
    }


def test_layouts_without_name_and_type_are_found_by_their_placeholders() -> None:
    found = roles(templates.untyped())
    assert {role: name for role, (name, _) in found.items()} == {
        "opening": "Folie t1",
        "overview": "Folie t6",
        "block": "Folie t2",
        "closing": "Folie t2",
    }
    assert found["block"][1] == "by its placeholders: a title, one text"


@pytest.mark.parametrize("name", ["BMC Block", "bmc  block", "1_BMC Block"])
def test_layouts_made_for_us_come_first(name: str) -> None:
    assert roles(templates.renamed("Comparison", name))["block"] == (name, "by its name")


def test_a_given_layout_comes_before_all() -> None:
    data = templates.renamed("Comparison", "BMC Block")
    assert roles(data, {"block": "two content"})["block"] == ("Two Content", "you say so")


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("Two Contents", 'no layout "Two Contents" for the role "block"', 'did you mean "Two Content"?'),
        ("Blank", "has no title", '"Title and Content"'),
    ],
)
def test_a_given_layout_that_cannot_serve_is_an_error_that_lists_all(name: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        roles(templates.plain(), {"block": name})
    (one,) = refused.value.diagnostics
    assert one.code == "no-template-layout"
    assert said in one.message
    assert hint in one.hint


def test_the_theme_may_name_layouts(command: Command, tmp_path: Path) -> None:
    (tmp_path / "corp.pptx").write_bytes(templates.plain())
    (tmp_path / "c.yaml").write_text(
        "title: A\ntheme: {name: classic, tokens: {deck: {template_layouts: {block: Two Content}}}}\n"
    )
    (tmp_path / "own").mkdir()
    (tmp_path / "own/theme.yaml").write_text("tokens: {deck: {template_layouts: {block: Comparison}}}\n")
    (tmp_path / "c.yaml").write_text("title: A\n")
    code, _, told = command("c.yaml", "--pptx", "--template", "corp.pptx", "-t", "./own")
    assert code == 0, told
    used = Presentation(tmp_path / "c.pptx").slides[2].slide_layout.name
    assert used == "Comparison"


def test_what_a_template_lacks_is_told_with_its_layouts() -> None:
    data = templates.changed(
        lambda name, part: (
            part
            if "slideLayouts/" not in name
            else re.sub(
                rb'<p:sp>(?:(?!</p:sp>).)*<p:ph (?:idx|type="(?:body|subTitle))(?:(?!</p:sp>).)*</p:sp>',
                b"",
                part,
                flags=re.DOTALL,
            )
        )
    )
    found = offer(Template("corp.pptx", data), "bmc", {}).found
    assert [one.code for one in found] == ["template-lacks"] * 3
    assert 'role "block"' in found[1].message
    assert '"Title Only"' in found[1].message
    assert "--template-layout block=NAME" in found[1].hint
    assert all(one.severity == "warning" for one in found)


def test_the_master_of_sample_slides_is_preferred() -> None:
    """Two masters alike: the first slide uses the one, the second slide the other."""
    presentation = Presentation(BytesIO(templates.german()))
    before = offer(Template("a.pptx", templates.german()), "bmc", {})
    assert {one.layout.later for one in before.choices} == {1}
    assert [one.layout.first for one in before.choices] == [True] * 4
    assert len(presentation.slides) == 2


# -- where things stand ----------------------------------------------------------------------------------


def test_places_are_inherited_from_the_master() -> None:
    """The layout says nothing of where its title stands."""
    layout = parts_of(templates.plain())["ppt/slideLayouts/slideLayout2.xml"]
    assert layout.count(b"<p:spPr/>") == layout.count(b"<p:ph ")
    master = Presentation(BytesIO(templates.plain())).slide_master.placeholders[0]
    title = frames(templates.plain())["block"].places["title"]
    given = [one / 36000 for one in (master.left, master.top, master.width, master.height)]
    assert [title.x, title.y, title.w, title.h] == pytest.approx(given)


def test_margins_of_a_placeholder_are_taken_into_account() -> None:
    wide = templates.changed(
        lambda name, part: part.replace(b'lIns="91440"', b'lIns="720000"') if "Master" in name else part
    )
    before, after = frames(templates.plain())["block"], frames(wide)["block"]
    assert after.places["items"].x == pytest.approx(before.places["items"].x + 20 - 2.54)


def test_capitals_are_given_more_room() -> None:
    loud = templates.changed(
        lambda name, part: part.replace(b"<a:defRPr ", b'<a:defRPr cap="all" ') if "Master" in name else part
    )
    assert (
        frames(loud)["block"].places["title"].w < 0.9 * frames(templates.plain())["block"].places["title"].w
    )


def test_items_stand_where_lines_start() -> None:
    options = {"block": "Two Content"}
    for rtl in (False, True):
        offered = offer(Template("a.pptx", templates.plain()), "bmc", options, rtl)
        places = offered.stage({"latin": "Inter", "cs": "Inter"}).frames["block"].places
        assert (places["items"].x < places["questions"].x) is not rtl


def test_the_footer_takes_the_room_of_the_date_that_no_slide_shows() -> None:
    offered = offer(Template("a.pptx", templates.plain()), "bmc", {})
    holder = offered.choices[2].holders["footer"].rect
    place = offered.stage({"latin": "Inter", "cs": "Inter"}).frames["block"].places["footer"]
    assert place.x < holder.x - 50
    assert place.right == pytest.approx(holder.right)


def test_the_canvas_stands_below_the_title_above_the_foot_beside_decoration() -> None:
    bar = (
        b'<p:sp><p:nvSpPr><p:cNvPr id="99" name="Bar"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        b'<a:off x="0" y="0"/><a:ext cx="1080000" cy="6858000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        b'</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp></p:spTree>'
    )
    barred = templates.changed(
        lambda name, part: part.replace(b"</p:spTree>", bar) if "slideMaster1.xml" in name else part
    )
    plain, beside = (frames(data)["overview"].places["canvas"] for data in (templates.plain(), barred))
    title = frames(templates.plain())["overview"].places["title"]
    assert plain.y > title.bottom
    assert plain.bottom < 176.6
    assert plain.x == pytest.approx(15.24)
    assert beside.x == pytest.approx(33)
    assert beside.right == plain.right
    assert beside.h == plain.h


# -- the deck --------------------------------------------------------------------------------------------


@EVERY
def test_the_deck_is_sound(name: str, canvas: str, tmp_path: Path) -> None:
    """No fault, by the validator and by our own lint; the templates have none themselves."""
    made = tmp_path / "made.pptx"
    made.write_bytes(drawn(name, canvas)[0])
    assert [error.description for error in validate_pptx(made).errors] == []
    assert [fault for fault in lint(made.read_bytes()) if _ours(fault)] == []


def _ours(fault: str) -> bool:
    """Whether a fault is ours: not of layouts, nor the theme's font, nor a side left to the template."""
    foreign = fault.endswith((": Calibri", ": Click to edit", "has no direction or side"))
    return not fault.startswith(("ppt/slideLayouts", "ppt/slideMasters")) and not foreign


def test_nothing_of_the_sample_slides_is_left() -> None:
    package = Package(drawn("german", FA)[0])
    whole = b" ".join(parts_of(drawn("german", FA)[0]).values())
    assert b"Muster" not in whole
    assert b"Sample" not in whole
    assert b"Steve Canny" not in whole
    assert not any("thumbnail" in name for name in package.names)
    assert len(slides(package)) == len(Presentation(BytesIO(drawn("german", FA)[0])).slides) == 12
    assert len(package.parts("ppt/notesSlides/")) == 9
    assert package.find("ppt/presentation.xml", "//p:custShow") == []


def test_slides_stand_on_the_templates_layouts() -> None:
    used = [slide.slide_layout.name for slide in Presentation(BytesIO(drawn("german", FA)[0])).slides]
    assert used == ["Titelfolie", "Nur Titel", *["Titel und Inhalt"] * 10]
    kept = {layout.name for layout in Presentation(BytesIO(drawn("german", FA)[0])).slide_layouts}
    assert kept == set(GERMAN.values())


@EVERY
def test_texts_stand_in_placeholders_tied_to_the_layout(name: str, canvas: str) -> None:
    presentation = Presentation(BytesIO(drawn(name, canvas)[0]))
    for slide in presentation.slides:
        tied = {one.placeholder_format.idx for one in slide.slide_layout.placeholders}
        own = {one.placeholder_format.idx: one for one in slide.placeholders}
        assert set(own) <= tied
        assert 0 in own
        assert own[0].text_frame.text.strip()
    block = presentation.slides[2]
    assert block.placeholders[1].text_frame.paragraphs[0].text.strip()
    title = next(one for one in block.placeholders if one.placeholder_format.idx == 0)
    assert title._element.spPr.find("a:xfrm", NS) is None  # it stands where the template has it


@EVERY
def test_the_looks_are_the_templates(name: str, canvas: str) -> None:
    """Colours of the scheme only, no fonts, no weight of titles, markers as the template has them."""
    package = deck(name, canvas)
    for slide in slides(package):
        assert package.find(slide, "//a:srgbClr") == []
        assert package.find(slide, "//p:style") == []
        fonts = package.find(slide, "//a:rPr/a:latin/@typeface | //a:rPr/a:cs/@typeface")
        assert {font for font in fonts if not font.startswith("+")} == set()
        title = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]"
        assert package.find(slide, f"{title}//a:rPr[@b]") == []
    items = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@idx='1']]"
    assert package.find(BLOCK, f"{items}//a:p")
    assert package.find(BLOCK, f"{items}//a:buChar") == []


@EVERY
def test_everything_stands_on_the_slide(name: str, canvas: str) -> None:
    presentation = Presentation(BytesIO(drawn(name, canvas)[0]))
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top >= 0
            assert shape.top + shape.height <= presentation.slide_height


@PERSIAN
def test_persian_runs_from_the_right_in_every_template(name: str) -> None:
    package = deck(name, FA)
    for slide in slides(package):
        for paragraph in package.find(slide, "//p:sp//a:p[a:r]"):
            properties = paragraph.find("a:pPr", NS)
            assert properties.get("rtl") == "1" or re.search("[A-Za-z]", "".join(paragraph.itertext()))
            name_of = paragraph.xpath("ancestor::p:sp/p:nvSpPr/p:cNvPr/@name", namespaces=NS)[0]
            at_end = name_of == "".join(paragraph.itertext())  # the way back stands at the end of its row
            beside_title = name_of in ("Kind", "Step")  # the template has titles in the middle
            wanted = ("l", "r") if at_end else ("ctr",) if beside_title else ("r", None)
            assert properties.get("algn") in wanted
    for centred in package.find(TITLES, "//p:sp[.//p:ph[@type='ctrTitle' or @type='subTitle']]//a:pPr"):
        assert centred.get("algn") is None  # the template has them in the middle
    assert package.find("ppt/presentation.xml", "@rtl") == ["1"]


@EVERY
def test_the_attribution_has_its_place(name: str, canvas: str) -> None:
    """At the foot of every slide with a canvas or a block, in the placeholder if there is one, and at the end."""
    presentation = Presentation(BytesIO(drawn(name, canvas)[0]))
    for slide in [*presentation.slides][1:-1]:
        (foot,) = [
            one for one in slide.shapes if one.has_text_frame and "CC BY-SA 3.0" in one.text_frame.text
        ]
        assert foot.is_placeholder is (name != "footless")
        assert foot.top > presentation.slide_height * 0.9
    assert "Strategyzer" in presentation.slides[-1].placeholders[1].text_frame.text


def test_slide_numbers_are_fields_where_the_template_has_them() -> None:
    for name, count in (("plain", 1), ("footless", 0)):
        assert len(deck(name).find(BLOCK, "//a:fld[@type='slidenum']")) == count


def test_a_slide_and_its_notes_show_one_number_where_a_template_does_not_begin_with_1() -> None:
    later = templates.changed(
        lambda name, data: (
            data.replace(b"<p:presentation ", b'<p:presentation firstSlideNum="7" ', 1)
            if name == "ppt/presentation.xml"
            else data
        )
    )
    template = Template("later.pptx", later)
    (data,), _ = Drawing(example(EN), (), Job(b"").created, Options(embed_fonts=False), template).drawn(
        "pptx"
    )
    package = Package(data)
    for part in (BLOCK, "ppt/notesSlides/notesSlide1.xml"):
        assert package.find(part, "//a:fld[@type='slidenum']/a:t/text()") == ["9"]


def test_notes_are_there_with_the_templates_master_or_ours() -> None:
    masters = {}
    for name in ("plain", "german"):
        package = deck(name, CASES[name])
        (masters[name],) = package.parts("ppt/notesMasters/")
        assert len(package.find("ppt/presentation.xml", "p:notesMasterIdLst/p:notesMasterId")) == 1
        slide = Presentation(BytesIO(drawn(name, CASES[name])[0])).slides[2]
        assert len(slide.notes_slide.notes_text_frame.text) > 100
    kept = parts_of(templates.german())["ppt/notesMasters/notesMaster1.xml"]
    assert len(deck("german", FA).find(masters["german"], "//p:sp")) == kept.count(b"<p:sp>")


def test_properties_are_the_canvas_own() -> None:
    core = Presentation(BytesIO(drawn("german", FA)[0])).core_properties
    assert core.title == "خاک‌نگار"
    assert core.language == "fa"
    assert core.last_modified_by == "bmcrender"


def test_the_same_template_gives_the_same_bytes() -> None:
    assert drawn.__wrapped__("plain")[0] == drawn("plain")[0]


def test_a_template_of_another_shape_keeps_its_size() -> None:
    for name, size in (("plain", (9144000, 6858000)), ("german", (12192000, 6858000))):
        presentation = Presentation(BytesIO(drawn(name, CASES[name])[0]))
        assert (presentation.slide_width, presentation.slide_height) == size


def test_a_very_full_canvas_goes_on_further_slides() -> None:
    titles = [
        s.shapes.title.text_frame.text for s in Presentation(BytesIO(drawn("plain", VERY_FULL)[0])).slides
    ]
    assert len(titles) > 20
    assert len(set(titles)) == len(titles)


# -- colours that can be read ----------------------------------------------------------------------------

LIGHT = {"bg1": "#ffffff", "tx1": "#000000"}
DARK = {"bg1": "#000000", "tx1": "#ffffff"}
TITLE_GROUND = "#102040"
OFFICE = {"tx2": "#1f497d", "bg2": "#eeece1", "accent1": "#4f81bd", "accent2": "#c0504d", "accent3": "#9bbb59",
          "accent4": "#8064a2", "accent5": "#4bacc6", "accent6": "#f79646"}  # fmt: skip


def shown(node: etree._Element, scheme: dict[str, str]) -> str:
    """The colour of a schemeClr, its luminance changed as its children say."""
    from bmcrender.render.pptx.template.colors import lightened

    color = (OFFICE | scheme)[node.get("val")]
    changes = {etree.QName(child).localname: int(child.get("val")) / 100_000 for child in node}
    return lightened(color, changes.get("lumMod", 1.0), changes.get("lumOff", 0.0))


@pytest.mark.parametrize(("name", "scheme"), [("plain", LIGHT), ("dark", DARK), ("half-dark", LIGHT)])
def test_every_text_can_be_read_on_its_ground(name: str, scheme: dict[str, str]) -> None:
    package, seen = deck(name, CASES[name]), 0
    for slide in slides(package):
        own = TITLE_GROUND if name == "half-dark" and slide == TITLES else scheme["bg1"]
        for shape in package.find(slide, "//p:sp"):
            fills = shape.xpath("p:spPr/a:solidFill/a:schemeClr", namespaces=NS)
            ground = shown(fills[0], scheme) if fills else own
            for color in shape.xpath(".//a:rPr/a:solidFill/a:schemeClr", namespaces=NS):
                seen += 1
                assert contrast(shown(color, scheme), ground) >= LEAST, (slide, shape.xpath("string()"))
    assert seen > 100


def test_a_title_that_cannot_be_read_in_its_own_colour_gets_another() -> None:
    title = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='ctrTitle']]//a:rPr/a:solidFill/a:schemeClr/@val"
    assert deck("half-dark").find(TITLES, title) == ["bg1"]
    assert deck("plain").find(TITLES, title) == []


def test_a_ground_that_is_light_and_dark_is_told() -> None:
    from PIL import Image

    picture, buffer = Image.new("RGB", (64, 64), "white"), BytesIO()
    for x in range(0, 64, 16):
        picture.paste("black", (x, 0, x + 8, 64))
    picture.save(buffer, "PNG")
    presentation = Presentation(BytesIO(templates.plain()))
    _, name = presentation.slide_master.part.get_or_add_image_part(BytesIO(buffer.getvalue()))
    made = BytesIO()
    presentation.save(made)
    ground = f'<p:bg><p:bgPr><a:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/></p:bgPr></p:bg>'
    striped = templates.changed(
        lambda part_name, part: (
            re.sub(rb"<p:bg>.*?</p:bg>", ground.encode(), part, flags=re.DOTALL)
            if "slideMaster1.xml" in part_name and "rels" not in part_name
            else part
        ),
        made.getvalue(),
    )
    found = offer(Template("corp.pptx", striped), "bmc", {}).found
    assert {one.code for one in found} == {"template-contrast"}
    assert '"Title and Content" (block, closing)' in " ".join(one.message for one in found)


# -- fonts -----------------------------------------------------------------------------------------------


def test_missing_fonts_are_told_once_with_what_stands_in() -> None:
    (found,) = drawn("plain")[1]
    assert (found.severity, found.code) == ("note", "template-font")
    assert found.file == "plain.pptx"
    assert '"Calibri" is not here: texts are measured with Inter' in found.message
    assert "--font-path" in found.hint
    (persian,) = drawn("german", FA)[1]
    assert 'fonts "Arial" and "Times New Roman" are not here' in persian.message
    assert "Vazirmatn" in persian.message


def test_fonts_that_are_there_are_measured_with() -> None:
    assert drawn("persian", FA)[1] == []


# -- the command line ------------------------------------------------------------------------------------


@pytest.fixture
def corp(tmp_path: Path) -> Path:
    (tmp_path / "corp.pptx").write_bytes(templates.plain())
    (tmp_path / "c.yaml").write_text("title: Fiddlewood\n")
    return tmp_path


@pytest.mark.usefixtures("corp")
def test_doctor_tells_which_layout_will_serve_which_role(command: Command) -> None:
    code, out, _ = command("doctor", "--template", "corp.pptx", "--template-layout", "closing=Section Header")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "corp.pptx: 254 × 190.5 mm, 11 layouts"
    assert 'opening   "Title Slide"  by its name' in lines
    assert 'closing   "Section Header"  you say so' in lines
    assert 'items in "Content Placeholder 2"' in out
    assert "Calibri (not here)" in out
    assert "note[template-font]" in out


@pytest.mark.usefixtures("corp")
def test_check_tells_what_a_template_lacks_and_makes_nothing(command: Command) -> None:
    code, out, told = command("check", "c.yaml", "--template", "corp.pptx", "-v")
    assert (code, out) == (0, "")
    assert "corp.pptx: note[template-font]" in told
    assert not Path("c.pptx").exists()


@pytest.mark.usefixtures("corp")
def test_doctor_tells_it_to_programs(command: Command) -> None:
    code, out, _ = command("doctor", "--template", "corp.pptx", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["size"] == [254.0, 190.5]
    assert [one["role"] for one in told["roles"]] == ["opening", "overview", "block", "closing"]
    assert told["roles"][2]["places"]["items"] == "Content Placeholder 2"
    assert told["found"][0]["code"] == "template-font"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("c.yaml", "--template", "corp.pptx"), "--template is for decks; write --pptx"),
        (("c.yaml", "--pptx", "--template-layout", "block=A"), "names layouts of a template"),
        (
            ("c.yaml", "--pptx", "--template", "corp.pptx", "--template-layout", "blok=A"),
            'did you mean "block"?',
        ),
        (("doctor", "--template", "corp.pptx", "--template-layout", "blok=A"), 'did you mean "block"?'),
        (("c.yaml", "--pptx", "--template-layout", "block="), "names no layout; write ROLE=NAME"),
        (
            ("c.yaml", "--pptx", "--template", "c.yaml"),
            "c.yaml: error[bad-template]: this template is no PowerPoint",
        ),
        (("doctor", "--template", "c.yaml"), "is no PowerPoint file"),
        (
            ("check", "c.yaml", "--template", "corp.pptx", "--template-layout", "closing=End"),
            'corp.pptx: error[no-template-layout]: the template has no layout "End" for the role "closing"',
        ),
    ],
)
def test_wrong_options_are_told(command: Command, corp: Path, words: tuple[str, ...], said: str) -> None:
    code, out, told = command(*words)
    assert code == 2
    assert out == ""
    assert said in told
    assert not (corp / "c.pptx").exists()


def test_a_template_is_among_what_is_watched(corp: Path) -> None:
    assert Path("corp.pptx") in read_places(template="corp.pptx")
    job = load(corp / "c.yaml", ("pptx",), template=corp / "corp.pptx")
    assert job.template == Template(str(corp / "corp.pptx"), templates.plain())


# -- drawn by LibreOffice --------------------------------------------------------------------------------


def by_office(folder: Path, data: bytes) -> bytes:
    """A template as LibreOffice writes it: opened and saved in its own format, then in PowerPoint's."""
    (folder / "corp.pptx").write_bytes(data)
    for kind in ("odp", "pptx"):
        given = folder / ("corp.pptx" if kind == "odp" else "corp.odp")
        profile = f"-env:UserInstallation=file://{folder}/office"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, given]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "corp.pptx").read_bytes()


@pytest.mark.matrix
@with_office
@pytest.mark.parametrize("canvas", [EN, FA])
def test_libreoffice_draws_all_texts_on_templates_of_any_maker(canvas: str, tmp_path: Path) -> None:
    made = {name: drawn(name, canvas)[0] for name in ("plain", "german", "footless")}
    template = checked_template("corp.pptx", by_office(tmp_path, templates.german()))
    (made["office"],), _ = Drawing(example(canvas), (), Job(b"").created, Options(), template).drawn("pptx")
    for name, pdf in pdfs(tmp_path, made).items():
        presentation = Presentation(BytesIO(made[name]))
        assert len(pdf) == len(presentation.slides)
        for page, slide in zip(pdf, presentation.slides, strict=True):
            shown = _letters(page.get_textpage().get_text_bounded())
            for shape in slide.shapes:
                if shape.has_text_frame and not shape._element.xpath(".//a:fld"):
                    assert _letters(shape.text_frame.text) <= shown, (name, shape.name)


def _letters(text: str) -> Counter[str]:
    """How often each letter stands in a text, ligatures and Arabic forms taken apart."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())
