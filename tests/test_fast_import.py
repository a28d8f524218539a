"""WeasyPrint imported fast draws what it draws imported plainly, and what is not known gets the plain import."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb

import pytest
from jinja2 import UndefinedError

from bmcrender import fast_import, load, parse_ahead, render, weasyprint_ffi
from bmcrender.fonts import fontconfig_xml
from bmcrender.render.templates import sandbox
from bmcrender.resources import library
from bmcrender.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent
KNOWN = version("weasyprint") in fast_import.KNOWN_VERSIONS
only_where_known = pytest.mark.skipif(not KNOWN, reason="another WeasyPrint, which gets the plain import")


def told(code: str, *given: str, **environment: str) -> str:
    """Return what a Python of its own prints."""
    before = f"from bmcrender import fast_import\n{code}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment}
    command = [sys.executable, "-c", before, *given]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def drawn(canvas: str, layout: str) -> bytes:
    """Return the PDF of a canvas from a worker of its own, the same when it is drawn again."""
    job = load(ROOT / "examples" / canvas, ("pdf",), layout=layout)
    with Supervisor() as worker:
        first, again = (render(job, worker).outputs["pdf"] for _ in range(2))
    assert again == first
    return sha256(first).digest()


@only_where_known
@pytest.mark.parametrize(
    ("canvas", "layout"),
    [
        ("en-fiddlewood.yaml", "poster"),
        ("fa-khaknegar.yaml", "handout"),
        pytest.param("en-fiddlewood.yaml", "handout", marks=pytest.mark.matrix),
        pytest.param("fa-khaknegar.yaml", "poster", marks=pytest.mark.matrix),
    ],
)
def test_the_bytes_are_those_of_a_plain_import(
    canvas: str, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = drawn(canvas, layout)
    monkeypatch.setenv(fast_import.SWITCH, "1")
    assert drawn(canvas, layout) == fast


def test_what_is_let_go_between_documents_changes_no_byte(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(fontconfig_xml([library().fonts_folder], tmp_path / "cache"), "utf-8")
    code = (
        "import hashlib, importlib, bmcrender\n"
        "from bmcrender.checking import checked; from bmcrender.rendered import rendered\n"
        "pdf = importlib.import_module('bmcrender.render.pdf'); fast_import.import_weasyprint()\n"
        f"job = bmcrender.load({str(ROOT / 'examples' / 'fa-khaknegar.yaml')!r}); it = checked(job).document\n"
        "for pdf._KEPT_DOCUMENTS in (1000, 1, 1):\n"
        "    data = rendered(it, ('pdf',), (), job.created).outputs['pdf']\n"
        "    print(hashlib.sha256(data).hexdigest(), len(pdf._font_configuration().strut_layouts) > 0)"
    )
    lines = told(code, FONTCONFIG_FILE=str(fonts)).splitlines()
    assert len(lines) == 3
    assert len(set(lines)) == 1


@only_where_known
def test_it_leaves_out_what_takes_time() -> None:
    loaded = told("fast_import.import_weasyprint(); import sys; print(*sys.modules)").split()
    assert "weasyprint" in loaded
    assert not {"pycparser", "cffi.api", "fontTools", "fontTools.subset", "PIL"} & set(loaded)


def test_python_pptx_comes_without_what_fetches_from_the_network() -> None:
    show = "import sys; print('urllib.request' in sys.modules, 'pptx' in sys.modules); "
    later = (
        "import urllib.request; from xml.sax import saxutils; print(saxutils.urllib.request.urlopen.__name__)"
    )
    code = f"fast_import.import_pptx(); {show}{later}"
    assert told(code).split() == ["False", "True", "urlopen"]


def test_the_switch_turns_it_off() -> None:
    code = "fast_import.import_weasyprint(); import sys; print(*sys.modules)"
    assert {"cffi.api", "fontTools.subset"} <= set(told(code, **{fast_import.SWITCH: "1"}).split())


@pytest.mark.parametrize(
    "surprise",
    [
        "fast_import.KNOWN_VERSIONS = ()",
        "fast_import._RULE = __import__('re').compile('never')",
        "from bmcrender import weasyprint_ffi as w; w.DECLARATIONS = 'others'",
    ],
    ids=["version", "style sheet", "declarations"],
)
def test_a_surprise_ends_in_the_plain_import(surprise: str) -> None:
    code = f"{surprise}; fast_import.import_weasyprint(); import cffi, sys, weasyprint; "
    show = "print(weasyprint.text.ffi.ffi.__class__ is cffi.FFI, 'fontTools.subset' in sys.modules)"
    assert told(code + show).split() == ["True", "True"]


def test_tables_of_another_cffi_are_not_used() -> None:
    code = (
        "from bmcrender import weasyprint_ffi as w; w.TABLES['_version'] = 1;"
        "fast_import.import_weasyprint(); import cffi, weasyprint.text.ffi as f; print(type(f.ffi) is cffi.FFI)"
    )
    assert told(code).strip() == "True"


@only_where_known
def test_what_is_said_of_a_style_sheet_is_said_each_time_and_elements_alike_keep_their_names() -> None:
    code = (
        "fast_import.import_weasyprint(); import logging, sys, weasyprint\n"
        "weasyprint.LOGGER.handlers = [logging.StreamHandler(sys.stdout)]\n"
        "page = '<style>p { colour: red }</style><p id=one>a<b>b</b><p id=two>a<b>b</b>'\n"
        "for _ in range(3): print(*weasyprint.HTML(string=page).render().pages[0].anchors)"
    )
    ignored = "Ignored `colour: red ` at 1:5, unknown property."
    assert told(code).splitlines() == [ignored, "one two"] * 3


@only_where_known
def test_what_is_late_is_real_once_it_is_used() -> None:
    code = (
        "fast_import.import_weasyprint(); from weasyprint.pdf import fonts\n"
        "try: fonts.TTFont(__import__('io').BytesIO(b'no font'))\n"
        "except fonts.TTLibError as error: print(type(error).__module__)\n"
        "import fontTools.ttLib as real, sys; print(fonts.TTFont is real.TTFont, 'PIL' in sys.modules)\n"
        "from weasyprint import images; print(images.Image.open.__name__)\n"
        "from PIL import ImageFile; print(images.ImageFile is ImageFile, ImageFile.LOAD_TRUNCATED_IMAGES)"
    )
    assert told(code).split() == ["fontTools.ttLib", "True", "False", "open", "True", "True"]


@only_where_known
def test_the_tables_say_the_declarations_of_this_weasyprint() -> None:
    text = parse_ahead.declarations()
    assert sha256(text.encode()).hexdigest() == weasyprint_ffi.DECLARATIONS
    written = (ROOT / "bmcrender" / "weasyprint_ffi.py").read_text("utf-8")
    assert parse_ahead.tables(text, version("weasyprint")) == written


def test_the_templates_compiled_ahead_are_those_of_the_themes_by_this_jinja() -> None:
    folder = ROOT / "bmcrender" / "render" / "compiled"
    assert parse_ahead.templates() == {file.name: file.read_text("utf-8") for file in folder.glob("*.py")}


def test_what_fails_in_a_template_is_told_at_its_line_compiled_ahead_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = library().read("themes/_base/text.html.j2").decode()
    wrong = '{% from "text.html.j2" import runs %}{{ runs({"runs": [{"bold": 1}]}) }}'

    def places() -> list[tuple[str, int | None]]:
        templates = sandbox({"text.html.j2": text, "wrong": wrong})
        with pytest.raises(UndefinedError) as caught:
            templates.get_template("wrong").render()
        frames = extract_tb(caught.value.__traceback__)
        return [(one.filename, one.lineno) for one in frames if "/" not in one.filename]

    ahead = places()
    monkeypatch.setenv(fast_import.SWITCH, "1")
    assert places() == ahead == [("wrong", 1), ("text.html.j2", 13)]


# In a process of its own: this one does not import WeasyPrint.
MATCHING = """
import sys, cssselect2, tinycss2, weasyprint.html
page = weasyprint.HTML(string=sys.argv[1])
names = {element.tag for element in page.etree_element.iter()}
for rule, needed in fast_import._rules(weasyprint.html.UA):
    if rule.strip().startswith("@"):
        print(bool(needed) == ("@counter-style" in rule))
        continue
    (parsed,) = tinycss2.parse_stylesheet(rule, skip_whitespace=True)
    matcher = cssselect2.Matcher()
    for selector in cssselect2.compile_selector_list(parsed.prelude):
        matcher.add_selector(selector, None)
    if any(matcher.match(element) for element in page.wrapper_element.iter_subtree()):
        print(not needed or bool(needed & names), rule.strip().split("{")[0].replace(" ", ""))
"""


@only_where_known
@pytest.mark.parametrize(
    ("html", "selector"),
    [
        ("<h1>A<em>b</em></h1><p dir=rtl>c<br>d<q>e</q>", "q::before"),
        ("<ol dir=rtl><li>a<ul><li hidden>b</ul></ol><dl dir=ltr><dd>c</dl>", "[dir=ltri]dd"),
        ("<a href=x>a</a><table frame=box rules=all><tr><td hidden>b</table><iframe></iframe>", ":link"),
        ("<form><input type=radio checked><select><option selected>a</select></form>", "selectoption"),
    ],
)
def test_every_rule_that_matches_something_on_a_page_is_kept(html: str, selector: str) -> None:
    shown = told(MATCHING, html)
    assert selector in shown
    assert "False" not in shown
