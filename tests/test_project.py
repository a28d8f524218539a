"""The project file: found above the canvas, under its values, told at its own place."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import bmcrender
from bmcrender.checking import checked
from bmcrender.document import Document
from bmcrender.errors import CanvasError, MachineError, UsageError
from bmcrender.project import candidates, sought

Command = Callable[..., tuple[int, str, str]]
CANVAS = "title: Harbour Bread\nblocks:\n  channels: [Market stall]\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with a canvas in a folder of it; it is the working directory."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "canvases").mkdir()
    (tmp_path / "canvases/a.yaml").write_text(CANVAS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(home: Path, text: str, name: str = "bmcrender.yaml") -> None:
    (home / name).write_text(text, "utf-8")


def document(path: str = "canvases/a.yaml", **options: object) -> Document:
    made = checked(bmcrender.load(path, **options))  # type: ignore[arg-type]
    assert made.document is not None, made.diagnostics
    return made.document


# -- found ------------------------------------------------------------------------------------------------


def test_it_is_found_upwards_and_the_nearest_one_counts(home: Path) -> None:
    folder = home / "canvases"
    assert sought(folder) is None
    written(home, "language: fr\n")
    assert sought(folder) == home / "bmcrender.yaml"
    written(folder, "language: de\n", "bmcrender.yml")
    assert sought(folder) == folder / "bmcrender.yml"
    assert document().language == "de"


def test_it_is_not_sought_beyond_the_checkout(home: Path) -> None:
    inner = home / "canvases"
    written(home, "language: fr\n")
    (inner / ".git").write_text("gitdir: elsewhere\n", "utf-8")  # as in a submodule
    assert sought(inner) is None
    assert [one.name for one in candidates(inner)] == ["bmcrender.yaml", "bmcrender.yml"]
    (inner / ".git").unlink()
    assert sought(inner) == home / "bmcrender.yaml"


def test_a_folder_of_that_name_is_none(home: Path) -> None:
    (home / "bmcrender.yaml").mkdir()
    assert sought(home) is None


def test_a_folder_that_cannot_be_has_none(home: Path, command: Command) -> None:
    assert sought(home / "gone") is None
    assert sought(home / ("x" * 300)) is None
    code, _, told = command("check", f"{'x' * 300}/a.yaml")
    assert (code, len(told.splitlines())) == (4, 1)


def test_the_one_that_is_used_is_said_once(home: Path, command: Command) -> None:
    written(home, "language: fr\n")
    shutil.copy("canvases/a.yaml", "canvases/b.yaml")
    code, _, told = command("check", "-v", "canvases/a.yaml", "canvases/b.yaml")
    assert (code, told) == (0, "project file bmcrender.yaml\n")
    os.chdir("canvases")
    assert command("check", "-v", "a.yaml")[2] == "project file ../bmcrender.yaml\n"
    assert command("check", "a.yaml") == (0, "", "")


def test_a_canvas_from_standard_input_has_that_of_the_working_directory(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(home, "language: xx-1\ntheme: nope\n")
    with (home / "canvases/a.yaml").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        code, _, told = command("check", "-")
    assert code == 1
    assert told.startswith('bmcrender.yaml:2:8: error[unknown-theme]: there is no theme "nope"; there are: ')


# -- who wins ---------------------------------------------------------------------------------------------


def test_a_canvas_wins_over_it_a_setting_over_both_and_an_option_over_all(home: Path) -> None:
    written(home, "language: fr\ntheme: modern\nrender: {page: a2, guide: full}\n")
    found = document()
    assert (found.language, found.theme.name, found.page, found.guide) == ("fr", "modern", (594, 420), "full")
    (home / "canvases/a.yaml").write_text(CANVAS + "language: es\nrender: {page: a1}\n", "utf-8")
    found = document()
    assert (found.language, found.page, found.guide) == ("es", (841, 594), "full")
    found = document(settings=(("language", "de"), ("render.page", "a4")))
    assert (found.language, found.page, found.theme.name) == ("de", (297, 210), "modern")
    found = document(settings=(("language", "de"),), language="fa", theme="dark", page="a0")
    assert (found.language, found.theme.name, found.page) == ("fa", "dark", (1189, 841))


@pytest.mark.parametrize(
    ("canvas", "project", "name", "accent"),
    [
        ("", "theme: {name: dark, tokens: {accent: '#ffaa00'}}", "dark", "#ffaa00"),
        ("theme: modern", "theme: {name: dark, tokens: {accent: '#ffaa00'}}", "modern", "#ffaa00"),
        ("theme: {name: modern, tokens: {accent: '#222222'}}", "theme: dark", "modern", "#222222"),
        ("theme: {tokens: {accent: '#222222'}}", "theme: modern", "modern", "#222222"),
        (
            "theme: {tokens: {accent: '#222222'}}",
            "theme: {tokens: {accent: '#333333'}}",
            "classic",
            "#222222",
        ),
    ],
)
def test_name_and_colours_of_the_theme_are_taken_key_by_key(
    home: Path, canvas: str, project: str, name: str, accent: str
) -> None:
    written(home, project)
    (home / "canvases/a.yaml").write_text(CANVAS + canvas, "utf-8")
    theme = document().theme
    assert (theme.name, theme.tokens["colors"]["accent"]) == (name, accent)


def test_what_a_canvas_replaces_is_not_judged(home: Path) -> None:
    written(home, "authors: [Ada, '\u0cb2']\nfooter: '\u0cb2'\n")  # no font has this letter
    (home / "canvases/a.yaml").write_text(CANVAS + "authors: Tom\nfooter: ok\n", "utf-8")
    assert document().authors == ("Tom",)


def test_facts_that_all_canvases_share_stand_in_it(home: Path) -> None:
    written(home, "organization: Co-op\nauthors: [Ada, Tom]\nfooter: Draft\n")
    found = document()
    assert found.authors == ("Ada", "Tom")
    assert found.footer is not None
    assert found.footer.plain == "Draft"


def test_its_logo_lies_beside_it(home: Path, command: Command) -> None:
    from PIL import Image

    written(home, "logo: logo.png\n")
    told = command("check", "canvases/a.yaml")[2]
    assert told == (
        'bmcrender.yaml:1:7: error[logo-missing]: there is no file "logo.png" beside the project file; '
        "check its name\n"
    )
    Image.new("RGB", (20, 10)).save(home / "logo.png")
    logo = document().logo
    assert logo is not None
    assert (logo.width_px, logo.height_px) == (20, 10)


def test_blank_sheets_take_that_of_the_working_directory(home: Path, command: Command) -> None:
    written(home, "language: de\nrender: {page: a4}\n")
    assert command("blank", "--html")[1] == "bmc-blank-de-a4.html\n"
    assert command("blank", "--html", "--no-project")[1] == "bmc-blank-en-a3.html\n"


# -- folders beside it ------------------------------------------------------------------------------------


@pytest.fixture
def house(home: Path) -> Path:
    """Return a theme's folder beside the project file."""
    folder = home / "looks/house"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(
        "theme: house\nextends: modern\ntokens:\n  colors: {accent: '#123456'}\n", "utf-8"
    )
    return folder


@pytest.mark.parametrize("said", ["theme: ./looks/house", "theme: {name: looks/house}"])
@pytest.mark.usefixtures("house")
def test_a_theme_folder_is_relative_to_it(home: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written(home, said)
    monkeypatch.chdir(home / "canvases")
    theme = document("a.yaml").theme
    assert (theme.name, theme.tokens["colors"]["accent"]) == ("house", "#123456")


@pytest.mark.usefixtures("house")
def test_a_theme_of_the_canvas_or_an_option_wins_over_its_folder(home: Path) -> None:
    written(home, "theme: ./looks/house\n")
    assert document(theme="print").theme.name == "print"
    (home / "canvases/a.yaml").write_text(CANVAS + "theme: dark\n", "utf-8")
    assert document().theme.name == "dark"


def test_an_option_spares_reading_its_folder(home: Path) -> None:
    written(home, "theme: ./gone\ndata: ./gone\n")
    (home / "mine/themes/own").mkdir(parents=True)
    (home / "mine/themes/own/theme.yaml").write_text("theme: own\nextends: dark\n", "utf-8")
    assert document(theme="own", data="mine").theme.name == "own"


def test_a_canvas_still_cannot_name_a_folder(house: Path, command: Command) -> None:
    home = house.parent.parent
    written(home, "theme: modern\n")
    (home / "canvases/a.yaml").write_text(CANVAS + "theme: ./looks/house\n", "utf-8")
    code, _, told = command("check", "canvases/a.yaml")
    assert code == 1
    assert told.startswith("canvases/a.yaml:4:8: error[bad-value]: ")


def test_data_and_fonts_are_relative_to_it(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = house.parent.parent
    (home / "data/themes").mkdir(parents=True)
    house.rename(home / "data/themes/house")
    font = Path(bmcrender.__file__).parent.parent / "fonts/Inter/Inter-Regular.ttf"
    (home / "type").mkdir()
    shutil.copy(font, home / "type/Own.ttf")
    written(home, "theme: house\ndata: data\nfont_path: [type]\n")
    monkeypatch.chdir(home / "canvases")
    job = bmcrender.load("a.yaml")
    assert {"themes/house/theme.yaml", "fonts/Own.ttf"} <= set(job.files)
    made = checked(job).document
    assert made is not None
    assert made.theme.name == "house"


def test_a_template_is_relative_to_it_and_gives_way_to_the_option(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pptx import Presentation

    for name in ("brand.pptx", "other.pptx"):
        Presentation().save(str(home / name))
    written(home, "template: brand.pptx\n")
    monkeypatch.chdir(home / "canvases")
    template = bmcrender.load("a.yaml").template
    assert template is not None
    assert Path(template.name).resolve() == home / "brand.pptx"
    assert template.data == (home / "brand.pptx").read_bytes()
    template = bmcrender.load("a.yaml", template="../other.pptx").template
    assert template is not None
    assert template.name == "../other.pptx"


# -- mistakes ---------------------------------------------------------------------------------------------


def test_every_mistake_in_it_is_told_at_its_place_and_once(home: Path, command: Command) -> None:
    written(home, "languag: fr\npage: a2\nrender: {layout: postr}\ntitle: x\nlanguage: '12'\ntheme: [a]\n")
    shutil.copy("canvases/a.yaml", "canvases/b.yaml")
    code, _, told = command("check", "canvases/a.yaml", "canvases/b.yaml")
    places = [line.partition(": error")[0] for line in told.splitlines()]
    assert code == 1
    assert places == [f"bmcrender.yaml:{at}" for at in ("1:1", "2:1", "3:18", "4:1", "5:11", "6:8")] + [
        "6 errors in 2 canvases"
    ]
    assert 'did you mean "language"?' in told
    assert "write it under `render:`" in told
    assert "a canvas must not be called bmcrender.yaml" in told


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        ("theme: ./nope\n", "1:8: error[cannot-read]: nope is not there", 4),
        ("theme:\n  name: modren\n", '2:9: error[unknown-theme]: there is no theme "modren"; did you mean "modern"?', 1),
        ("theme: ./empty\n", "1:8: error[no-theme]: empty holds no theme; a theme is a folder", 1),
        ("data: ./canvases\n", "1:7: error[no-data]: canvases holds no data of bmcrender", 1),
        ("template: gone.potx\n", "1:11: error[cannot-read]: gone.potx cannot be read: there is no such file", 4),
        ("template: canvases/a.yaml\n", "1:11: error[bad-template]: canvases/a.yaml: this template is no PowerPoint file", 1),
        ("font_path: ./canvases\n", "1:12: error[no-fonts]: canvases holds no TTF or OTF fonts", 1),
        ("- a\n", "1:1: error[not-a-mapping]: the file holds a list, not keys with values; begin with a key, such as `theme: modern`", 1),
        ("theme: 'a\n", "1:8: error[syntax]", 1),
        ("language: fr\nlanguage: de\n", '2:1: error[duplicate-key]', 1),
        ("footer: 'a\u0cb2'\n", "1:9: error[missing-glyph]", 1),
        ("theme: {tokens: {acent: '#112233'}}\n", "1:18: error[unknown-color]", 1),
    ],
)  # fmt: skip
def test_a_mistake_in_it_reads_like_any_other(
    home: Path, command: Command, text: str, told: str, code: int
) -> None:
    written(home, text)
    (home / "empty").mkdir()
    shutil.copy("canvases/a.yaml", "canvases/b.yaml")
    found = command("check", "canvases/a.yaml", "canvases/b.yaml")
    assert found[2].startswith(f"bmcrender.yaml:{told}")
    assert found[0] == code
    assert len(found[2].splitlines()) == 1


def test_canvases_without_it_are_not_hurt_by_its_mistakes(home: Path, command: Command) -> None:
    written(home / "canvases", "nope: 1\n")
    shutil.copy("canvases/a.yaml", "b.yaml")
    code, out, told = command("canvases/a.yaml", "b.yaml", "--html")
    assert (code, out) == (1, "b.html\n")
    assert told.startswith("canvases/bmcrender.yaml:1:1: error[unknown-key]")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "render:\n", "theme:\nlanguage:\n"])
def test_an_empty_one_says_nothing(home: Path, text: str) -> None:
    written(home, text)
    assert (document().language, document().theme.name) == ("en", "classic")


def test_it_is_never_taken_for_a_canvas(home: Path, command: Command) -> None:
    written(home, CANVAS)
    code, _, told = command("check", "bmcrender.yaml")
    assert code == 2
    assert told == (
        "bmcrender.yaml: error[no-canvas]: bmcrender.yaml is the name of project files, not of a canvas; "
        "name the canvases it is for; a canvas must be called otherwise\n"
    )
    with pytest.raises(UsageError):
        bmcrender.load("bmcrender.yaml")


# -- chosen by the caller -----------------------------------------------------------------------------------


def test_an_option_names_one_or_none(home: Path, command: Command) -> None:
    written(home, "theme: nope\n")
    assert command("check", "canvases/a.yaml")[0] == 1
    assert command("check", "canvases/a.yaml", "--no-project") == (0, "", "")
    written(home, "language: fa\n", "other.yaml")
    assert command("check", "-v", "canvases/a.yaml", "--project", "other.yaml")[2] == (
        "project file other.yaml\n"
    )
    code, _, told = command("check", "canvases/a.yaml", "--project", "gone.yaml")
    assert (code, told) == (4, "gone.yaml: error[cannot-read]: cannot be read: there is no such file\n")


def test_the_library_takes_it_as_the_command_line_does(home: Path) -> None:
    written(home, "language: fa\n")
    assert document().language == "fa"
    assert document(project=False).language == "en"
    written(home, "language: de\n", "other.yaml")
    assert document(project="other.yaml").language == "de"
    with pytest.raises(MachineError):
        bmcrender.load("canvases/a.yaml", project="gone.yaml")
    written(home, "languag: fa\n")
    with pytest.raises(CanvasError) as caught:
        bmcrender.load("canvases/a.yaml")
    assert caught.value.diagnostics[0].code == "unknown-key"


def test_a_job_carries_it_to_wherever_it_is_rendered(home: Path) -> None:
    written(home, "language: fa\n")
    job = pickle.loads(pickle.dumps(bmcrender.load("canvases/a.yaml")))
    (home / "bmcrender.yaml").unlink()
    made = checked(job).document
    assert made is not None
    assert made.language == "fa"


def test_its_schema_is_printed_for_editors(home: Path, command: Command) -> None:
    assert home.is_dir()
    schema = json.loads(command("schema", "project")[1])
    assert {"theme", "language", "render", "data", "font_path", "logo"} <= set(schema["properties"])
