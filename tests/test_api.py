"""The library as its users call it."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import bmcrender
from bmcrender import (
    BmcrenderError,
    CanvasError,
    Diagnostic,
    Job,
    MachineError,
    Options,
    Result,
    UsageError,
    load,
    render,
    render_file,
)

OWN = Path(__file__).resolve().parent / "own_data"
GOOD = "title: Repair café\nblocks:\n  channels: [The shop window]\n"


@pytest.fixture
def canvas(tmp_path: Path) -> Path:
    path = tmp_path / "canvas.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_file_becomes_a_job_and_a_job_a_result(canvas: Path) -> None:
    job = load(canvas, ("pptx", "pdf"), language="fa", page="a4")
    assert isinstance(job, Job)
    assert (job.canvas, job.name) == (GOOD.encode(), str(canvas))
    assert job.options == Options(language="fa", page="a4")
    result = render(job)
    assert isinstance(result, Result)
    assert result.ok
    assert list(result.outputs) == ["pptx", "pdf"]
    assert result.diagnostics == ()


def test_the_short_form_gives_bytes(canvas: Path) -> None:
    assert render_file(canvas).startswith(b"%PDF-")
    deck = render_file(str(canvas), "pptx", guide="none", theme="classic")
    assert "ppt/presentation.xml" in ZipFile(BytesIO(deck)).namelist()


def test_a_format_that_is_not_there_is_told_with_those_that_are(canvas: Path) -> None:
    for made in (
        lambda: render_file(canvas, "docx"),  # type: ignore[arg-type]
        lambda: render(Job(GOOD.encode(), formats=("docx",))),  # type: ignore[arg-type]
    ):
        with pytest.raises(UsageError) as caught:
            made()
        (found,) = caught.value.diagnostics
        assert (found.code, found.hint) == ("unknown-format", "there are: pdf, pptx, html, png")


def test_the_short_form_raises_all_that_is_wrong(canvas: Path) -> None:
    canvas.write_text("title: x\nblokcs: {}\nlanguage: 7\n", encoding="utf-8")
    with pytest.raises(CanvasError) as caught:
        render_file(canvas)
    assert [(type(one), one.file, one.line) for one in caught.value.diagnostics] == [
        (Diagnostic, str(canvas), 2),
        (Diagnostic, str(canvas), 3),
    ]
    first, second = str(caught.value).splitlines()
    assert first == f'{canvas}:2:1: error[unknown-key]: there is no key "blokcs"; did you mean "blocks"?'
    assert second.startswith(f"{canvas}:3:11: error[")


def test_a_result_says_what_is_wrong_instead_of_raising(canvas: Path) -> None:
    canvas.write_text("title: x\nblokcs: {}\n", encoding="utf-8")
    result = render(load(canvas))
    assert not result.ok
    assert result.outputs == {}
    assert [one.code for one in result.diagnostics] == ["unknown-key"]


def test_errors_are_of_one_family(tmp_path: Path, canvas: Path) -> None:
    with pytest.raises(MachineError, match="no such file"):
        load(tmp_path / "missing.yaml")
    with pytest.raises(MachineError, match="it is a folder"):
        load(tmp_path)
    with pytest.raises(UsageError, match='there is no option "langauge"; did you mean "language"\\?'):
        load(canvas, langauge="fa")
    with pytest.raises(UsageError, match='there is no theme "clasic"'):
        render(load(canvas, theme="clasic"))
    assert issubclass(MachineError, BmcrenderError)


def test_data_of_one_s_own(tmp_path: Path) -> None:
    job = load(OWN / "canvas.yaml", data=OWN)
    assert {"kinds/swot.yaml", "languages/en/swot.yaml", "themes/plain/theme.yaml"} == set(job.files)
    assert render(job).ok
    with pytest.raises(UsageError, match="holds no data of bmcrender"):
        load(OWN / "canvas.yaml", data=tmp_path)


def test_a_theme_in_a_folder(tmp_path: Path, canvas: Path) -> None:
    theme = tmp_path / "my theme"
    (theme / "assets").mkdir(parents=True)
    (theme / "poster.css").write_text("/* nothing */", encoding="utf-8")
    (theme / ".hidden.css").write_text("/* nothing */", encoding="utf-8")
    (theme / "notes.txt").write_text("nothing", encoding="utf-8")
    job = load(canvas, theme=theme)
    assert job.options.theme == "my-theme"
    assert set(job.files) == {"themes/my-theme/poster.css", "themes/my-theme/theme.yaml"}
    with pytest.raises(UsageError, match="holds no theme"):
        load(canvas, theme=theme / "assets")
    with pytest.raises(MachineError, match="null is no folder"):
        load(canvas, theme=os.devnull)


def test_no_link_leads_out_of_a_folder_of_data(tmp_path: Path, canvas: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (tmp_path / "secret.css").write_text("secret", encoding="utf-8")
    (theme / "inside.css").write_text("/* nothing */", encoding="utf-8")
    (theme / "more").symlink_to("..", target_is_directory=True)
    files = load(canvas, theme=theme).files
    assert set(files) == {"themes/theme/inside.css", "themes/theme/theme.yaml"}
    (theme / "poster.css").symlink_to("../secret.css")
    with pytest.raises(UsageError, match="a link that leads out of the folder"):
        load(canvas, theme=theme)


def test_fonts_given_never_replace_bundled_ones(tmp_path: Path, canvas: Path) -> None:
    (tmp_path / "Inter").mkdir()
    (tmp_path / "Inter" / "Inter-Regular.ttf").write_bytes(b"another font")
    job = load(canvas, font_path=tmp_path)
    assert list(job.files.values()) == [b"another font"]
    assert "fonts/Inter/Inter-Regular.ttf" not in job.files


# -- the logo -----------------------------------------------------------------------------------------


def logo_codes(canvas: Path, name: str) -> list[str]:
    canvas.write_text(f"title: x\nlogo: {name}\n", encoding="utf-8")
    return [one.code for one in render(load(canvas)).diagnostics]


def test_a_logo_is_read_from_beside_the_canvas(canvas: Path) -> None:
    from PIL import Image

    (canvas.parent / "pictures").mkdir()
    Image.new("RGB", (8, 8)).save(canvas.parent / "pictures" / "logo.png")
    assert logo_codes(canvas, "pictures/logo.png") == []
    assert set(load(canvas).assets) == {"pictures/logo.png"}
    canvas.write_text(GOOD, encoding="utf-8")
    assert set(load(canvas, settings=(("logo", "pictures/logo.png"),)).assets) == {"pictures/logo.png"}


def test_a_logo_stays_in_the_folder_of_the_canvas(tmp_path: Path, canvas: Path) -> None:
    from PIL import Image

    folder = tmp_path / "folder"
    folder.mkdir()
    inner = canvas.rename(folder / "canvas.yaml")
    Image.new("RGB", (8, 8)).save(tmp_path / "outside.png")
    (folder / "link.png").symlink_to("../outside.png")
    (folder / "folder.png").mkdir()
    assert logo_codes(inner, "link.png") == ["logo-outside"]
    assert load(inner).assets == {}
    assert logo_codes(inner, "missing.png") == ["logo-missing"]
    assert logo_codes(inner, "folder.png") == ["logo-unreadable"]
    assert "bad-value" in logo_codes(inner, "../outside.png")
    assert load(inner).assets == {}


def test_findings_about_a_logo_are_placed(canvas: Path) -> None:
    canvas.write_text("title: x\nlogo: missing.png\nblokcs: {}\n", encoding="utf-8")
    found = render(load(canvas)).diagnostics
    assert [(one.code, one.line, one.column) for one in found] == [
        ("logo-missing", 2, 7),
        ("unknown-key", 3, 1),
    ]


# -- the package ----------------------------------------------------------------------------------------


def test_names_are_functions_whatever_is_imported() -> None:
    text = (
        "import bmcrender.load, bmcrender.render.html, bmcrender\n"
        "from bmcrender import load, render\n"
        "from bmcrender.load import loaded\n"
        "assert bmcrender.load is load and load.__module__ == 'bmcrender.inputs', load\n"
        "assert bmcrender.render is render and render.__module__ == 'bmcrender.pipeline', render\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True)


def test_importing_the_package_loads_nothing_else() -> None:
    text = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import bmcrender\n"
        "new = {name for name in set(sys.modules) - before if not name.startswith('bmcrender')}\n"
        "known = set(sys.stdlib_module_names)\n"
        "assert {name for name in new if name.partition('.')[0] not in known} == set(), new\n"
        "assert [name for name in sys.modules if name.startswith('bmcrender.')] == []\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True)


def test_all_that_is_promised_is_there() -> None:
    for name in bmcrender.__all__:
        assert getattr(bmcrender, name) is not None
    assert set(bmcrender.__all__) <= set(dir(bmcrender))
    with pytest.raises(AttributeError, match="no attribute 'renderr'"):
        bmcrender.renderr  # noqa: B018
    assert (Path(bmcrender.__file__).parent / "py.typed").is_file()
