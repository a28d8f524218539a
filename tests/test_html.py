"""The HTML file: it needs nothing else, runs nothing, holds every text, and its lines can be released."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import tinycss2
from fontTools.ttLib import TTFont
from pdf_reading import pages
from PIL import Image

from bmcrender import UsageError, load, render, render_file
from bmcrender.render.css import css_string
from bmcrender.resources import library

Command = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ITEMS = [
    "Werkstätten/Reparaturbetriebe/Zulieferer/Großhändler in Mitteldeutschland – und mehr",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftskasse",
    'Maße: style="left:12mm" & <b>12mm</b> bmc-asset:logo',
    "Ein recht langer Satz mit **fetten Wörtern, die über das Zeilenende** hinaus reichen und weiter",
]
CANVAS = (
    "title: Werkbank\nlanguage: de\nlogo: logo.png\nblocks:\n  key_partners:\n"
    + "".join(f"    - '{item}'\n" for item in ITEMS)
    + "  channels: ['[Laden](https://example.org/laden)']\n"
)


@pytest.fixture(scope="module")
def canvas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canvas")
    Image.new("RGB", (40, 20), "red").save(folder / "logo.png")
    (folder / "bench.yaml").write_text(CANVAS, encoding="utf-8")
    return folder / "bench.yaml"


@pytest.fixture(scope="module")
def page(canvas: Path) -> str:
    return render_file(canvas, "html").decode()


@cache
def example(name: str) -> str:
    return render_file(EXAMPLES / f"{name}.yaml", "html").decode()


def parsed(page: str) -> Any:
    return lxml.html.document_fromstring(page)


def style(page: str) -> str:
    return parsed(page).findtext(".//style")


def released(element: Any) -> str:
    """Return an element's text as a narrow screen shows it: without line breaks and added hyphens."""
    for hyphen in element.find_class("hyphen"):
        hyphen.text = ""
    return " ".join(element.text_content().split())


def faces(page: str) -> list[tuple[str, TTFont]]:
    """Return the fonts inside a page with their families."""
    rules = re.findall(r"@font-face\{font-family:'([^']+)'.*?base64,([^\"]+)\"", style(page))
    return [(family, TTFont(BytesIO(base64.b64decode(data)))) for family, data in rules]


# -- it needs nothing and runs nothing ---------------------------------------------------------------------


def test_it_asks_for_nothing_outside_itself(page: str) -> None:
    tree = parsed(page)
    assert tree.xpath("//script | //link | //iframe | //object | //embed | //@onload | //@onclick") == []
    addresses = [*tree.xpath("//@src"), *re.findall(r"url\(\"?([^)\"]*)", style(page))]
    assert addresses
    assert {address.partition(":")[0] for address in addresses} == {"data"}
    assert "@import" not in style(page)


def test_its_policy_forbids_all_but_what_it_holds(page: str) -> None:
    head = parsed(page).find("head")
    policy = head[0].get("content")
    assert head[0].get("http-equiv") == "Content-Security-Policy"
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    digest = hashlib.sha256(style(page).encode()).digest()
    assert rules["default-src"] == "'none'"
    assert rules["style-src-elem"] == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert rules["img-src"] == rules["font-src"] == "data:"
    assert "script-src" not in rules


def test_pictures_are_inside(page: str) -> None:
    (logo,) = parsed(page).xpath("//img[@class='logo']/@src")
    assert Image.open(BytesIO(base64.b64decode(logo.partition(",")[2]))).size == (40, 20)
    assert style(page).count("data:image/svg+xml;base64,") >= 9


@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar"])
def test_fonts_are_inside_with_every_character_and_little_else(name: str) -> None:
    body = parsed(example(name)).find("body").text_content()
    found = faces(example(name))
    covered = {point for _, font in found for point in font.getBestCmap()}
    wanted = {ord(letter) for letter in body if not letter.isspace() and letter not in "\u200c\u200f\u200e"}
    assert wanted <= covered
    assert len(covered - wanted) < 12
    assert len(example(name)) < 200_000
    assert found[0][1].flavor == "woff2"


@pytest.mark.parametrize(
    "family", ["Inter", "O'Hara", 'A "B"', "C:\\font", "x</style><script>", "two\nlines"]
)
def test_a_family_of_any_name_is_one_string_of_the_style_sheet(family: str) -> None:
    (token,) = tinycss2.parse_component_value_list(css_string(family))
    assert (token.type, token.value) == ("string", family)
    assert "</" not in css_string(family)


def test_the_same_canvas_gives_the_same_bytes(canvas: Path, page: str) -> None:
    result = render(load(canvas, ("pdf", "html")))
    assert result.outputs["html"].decode() == page
    assert result.outputs["pdf"] == render_file(canvas, "pdf")


# -- what stands in it -----------------------------------------------------------------------------------


def test_released_lines_are_what_the_user_wrote(page: str) -> None:
    items = [released(item) for item in parsed(page).xpath("//section[h2[@id='key_partners.title']]//li")]
    assert items == [item.replace("**", "") for item in ITEMS]


def test_released_headings_and_questions_are_those_of_the_language(page: str) -> None:
    guide = library().language("de", library().kind("bmc"))[0].blocks
    tree = parsed(page)
    assert [released(heading) for heading in tree.iter("h2")] == [block.title for block in guide.values()]
    for id in ("key_resources", "revenue_streams"):
        asked = [released(p) for p in tree.xpath(f"//p[starts-with(@id, '{id}.questions.')]")]
        assert asked == [question.text for question in guide[id].questions]


def test_an_added_hyphen_can_be_hidden() -> None:
    from bmcrender.document import Run
    from bmcrender.render.html import _releasable_line_end, _releasable_piece

    run = Run("Schlüs-\nsel\n&\nab", ends="- |")
    pieces = [_releasable_piece(run, number) for number in range(4)]
    assert pieces == ['Schlüs<span class="hyphen">-</span>', "sel", "&", "ab"]
    assert [_releasable_line_end(run, number) for number in range(3)] == ["<br>", " <br>", "<br>"]


def test_links_lead_where_they_did(page: str) -> None:
    assert parsed(page).xpath("//a/@href") == ["https://example.org/laden"]


def test_lengths_are_the_sheet_s_own_and_the_paper_s_are_true(page: str) -> None:
    assert "@page{size:420mm 297mm;margin:0mm}" in style(page)
    assert "--page-width:calc(420*var(--mm))" in style(page)
    places = parsed(page).xpath("//body//@style")
    assert len(places) > 40
    assert not any(re.search(r"\dmm", place) for place in places)


def test_a_narrow_window_has_rules_of_its_own(page: str) -> None:
    assert "@media screen and (max-width:800px)" in style(page)
    assert parsed(page).xpath("//meta[@name='viewport']")


def test_a_persian_page_reads_from_right_to_left() -> None:
    tree = parsed(example("fa-khaknegar"))
    assert (tree.get("lang"), tree.get("dir")) == ("fa", "rtl")
    assert "Vazirmatn" in {family for family, _ in faces(example("fa-khaknegar"))}


def test_an_outline_stands_alone_too(canvas: Path) -> None:
    page = render(load(canvas, ("html",), layout="outline")).outputs["html"].decode()
    assert "bmc-asset:drawing" not in page
    assert len(list(parsed(page).iter("h2"))) == 9


# -- the command line --------------------------------------------------------------------------------------


def test_html_is_written_like_other_formats(command: Command) -> None:
    Path("c.yaml").write_text("title: One\n", encoding="utf-8")
    assert command("c.yaml", "--html", "--pptx")[:2] == (0, "c.pptx\nc.html\n")
    assert command("c.yaml", "-o", "there.html")[:2] == (0, "there.html\n")
    assert Path("c.html").read_bytes() == Path("there.html").read_bytes()


def test_a_handout_has_no_html_yet(canvas: Path) -> None:
    with pytest.raises(UsageError, match="a handout cannot be made as HTML yet"):
        render(load(canvas, ("html",), layout="handout"))


# -- in a browser ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium")
@pytest.mark.parametrize("name", ["en-fiddlewood", "fa-khaknegar"])
def test_it_prints_as_the_poster(name: str, tmp_path: Path) -> None:
    file, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_text(example(name), encoding="utf-8")
    words = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    folder = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        ["chromium", *words, folder, f"--print-to-pdf={printed}", file.as_uri()],
        capture_output=True,
        check=True,
        timeout=60,
    )
    (ours,) = pages(render_file(EXAMPLES / f"{name}.yaml", "pdf"))
    (theirs,) = pages(printed.read_bytes())
    assert theirs.size == pytest.approx(ours.size, abs=0.5)

    def letters(text: str) -> list[str]:
        return sorted(letter for letter in text if letter.isalnum())

    if name.startswith("en"):  # readers of PDF do not agree about the order and forms of joined letters
        assert letters(theirs.text) == letters(ours.text)
