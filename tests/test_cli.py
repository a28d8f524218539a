"""The command line as a user meets it: what is written, what is said, how it ends."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = 'title: Repair café\nblocks:\n  channels: ["The shop window", "Word of mouth"]\n'
WRONG = "title: Repair café\nblokcs:\n  channels: [one]\nlanguage: 12\n"
WARNED = "title: Repair café\nlanguage: it\n"
UNSET = ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "TERM")


@dataclass(frozen=True)
class Ran:
    """What a run gave."""

    code: int
    out: str
    err: str
    data: bytes


Run = Callable[..., Ran]


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """A folder for temporary files, empty again in the end."""
    folder = tmp_path / "temporary files"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "canvas.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def environment(temporary: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)} | dict(more or {})


@pytest.fixture
def bmcrender(here: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process, whose worker is kept from test to test."""
    from bmcrender.cli.app import run as here_and_now

    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(here)

    def run(*words: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        with monkeypatch.context() as now:
            now.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
            for name, value in (env or {}).items():
                now.setenv(name, value)
            try:
                code = here_and_now(words)
            except SystemExit as ended:  # of the library, when it has completed a word
                code = ended.code
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode("utf-8", "replace"), err.decode(), out)

    return run


@pytest.fixture
def process(here: Path, temporary: Path) -> Run:
    """Run a command in a process of its own, as a shell does."""

    def run(*words: str, given: bytes = b"", env: Mapping[str, str] | None = None, **more: object) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "bmcrender", *words],
            input=given,
            capture_output=True,
            cwd=here,
            env=environment(temporary, env),
            timeout=120,
            check=False,
            **more,  # type: ignore[call-overload]
        )
        out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        return Ran(done.returncode, out, err, done.stdout)

    return run


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# -- which canvases, which outputs -----------------------------------------------------------------------


def test_a_canvas_alone_becomes_a_poster_beside_it(process: Run, here: Path) -> None:
    ran = process("canvas.yaml")
    assert (ran.code, ran.out, ran.err) == (0, "canvas.pdf\n", "")
    assert (here / "canvas.pdf").read_bytes().startswith(b"%PDF-")


def test_both_formats_at_once_and_the_same_bytes_twice(process: Run, here: Path) -> None:
    def hashes() -> list[str]:
        ran = process("render", "--pdf", "canvas.yaml", "--pptx")
        assert (ran.code, ran.out) == (0, "canvas.pdf\ncanvas.pptx\n")
        return [sha256((here / name).read_bytes()).hexdigest() for name in ran.out.split()]

    assert hashes() == hashes()
    assert "ppt/presentation.xml" in ZipFile(here / "canvas.pptx").namelist()


def test_the_date_in_files_is_that_of_source_date_epoch(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("canvas.yaml", "--pptx", env={"SOURCE_DATE_EPOCH": "1700000000"})
    assert ran.code == 0
    assert b"2023-11-14T22:13:20" in ZipFile(here / "canvas.pptx").read("docProps/core.xml")
    ran = bmcrender("canvas.yaml", "--pptx", env={"SOURCE_DATE_EPOCH": "yesterday"})
    assert ran.code == 2
    assert "error[bad-date]" in ran.err


def test_several_canvases_go_into_a_folder(bmcrender: Run, here: Path) -> None:
    (here / "other.yaml").write_text(GOOD, encoding="utf-8")
    ran = bmcrender("canvas.yaml", "--pdf", "other.yaml", "-o", "out/")
    assert (ran.code, ran.out) == (0, "out/canvas.pdf\nout/other.pdf\n")
    assert {"out/canvas.pdf", "out/other.pdf"} <= files(here)


def test_a_pattern_names_outputs(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("canvas.yaml", "-l", "fa", "-o", "out/{theme}/{stem}-{lang}-{layout}.{ext}")
    assert (ran.code, ran.out) == (0, "out/classic/canvas-fa-poster.pdf\n")
    assert "out/classic/canvas-fa-poster.pdf" in files(here)


def test_the_ending_of_one_file_chooses_the_format(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("canvas.yaml", "-o", "talk.PPTX")
    assert (ran.code, ran.out) == (0, "talk.PPTX\n")
    assert "ppt/presentation.xml" in ZipFile(here / "talk.PPTX").namelist()


def test_standard_input_goes_to_standard_output(process: Run) -> None:
    ran = process("-", given=GOOD.encode())
    assert ran.code == 0
    assert ran.data.startswith(b"%PDF-")
    assert ran.data.rstrip().endswith(b"%%EOF")
    assert ran.err == ""


def test_standard_input_can_become_a_file(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("-", "-o", "out/", given=GOOD.encode())
    assert (ran.code, ran.out) == (0, "out/canvas.pdf\n")
    assert (here / "out" / "canvas.pdf").is_file()


def test_a_canvas_named_twice_is_rendered_once(bmcrender: Run) -> None:
    ran = bmcrender("canvas.yaml", "canvas.yaml")
    assert (ran.code, ran.out) == (0, "canvas.pdf\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("canvas.yaml", "--pdf", "--pptx", "-o", "x.pdf"), "write -o x.{ext}, or -o FOLDER/"),
        (("canvas.yaml", "other.yaml", "-o", "x.pdf"), "write -o FOLDER/, or -o {stem}.pdf"),
        (("canvas.yaml", "--pptx", "-o", "x.pdf"), "write --pdf, or a name that ends in .pptx"),
        (("canvas.yaml", "-o", "x"), "write -o x/ for a folder, or -o x.pdf for a file"),
        (("canvas.yaml", "-o", "x.docx"), "write -o x.docx/ for a folder"),
        (("canvas.yaml", "-o", "{name}.pdf"), "there are {stem} {dir} {lang} {layout} {theme} {ext}"),
        (("canvas.yaml", "--pdf", "--pptx", "-o", "{stem}.pdf"), "put {ext} in it"),
        (("canvas.yaml", "other.yaml", "-o", "-"), "standard output cannot take several canvases"),
        (("-", "--pdf", "--pptx"), "standard output cannot take several formats"),
        (("canvas.yaml", "-"), "standard input and files together"),
        (
            ("canvas.yaml", "other.yaml", "-o", "{lang}.pdf"),
            "both be written to en.pdf; put {stem} in -o, or",
        ),
        (("canvas.yaml", "canvas.yml"), "both be written to canvas.pdf; rename one of them, or render"),
        (("--pdf",), "no canvas is named"),
        (("chekc", "canvas.yaml"), 'did you mean "check"?'),
        (("--pdf", "check", "canvas.yaml"), "a command comes first: `bmcrender check …`"),
        (("canvas.yaml", "--pdf", "x.pdf"), "to name the output write `-o x.pdf`"),
        (("canvas.yaml", "--page-siez", "a3"), "--page-size"),
        (("canvas.yaml", "--guide", "some"), "auto"),
        (("canvas.yaml", "--set", "title"), "write --set key.path=value"),
        (("canvas.yaml", "--page-size", "a9"), "--page-size a9: error[bad-page]: "),
        (("canvas.yaml", "-t", "clasic"), '--theme clasic: error[unknown-theme]: there is no theme "clasic"'),
        (("canvas.yaml", "--set", "logo.x.y=1", "--set", "a..b=1"), "--set a..b=1: error[bad-setting]"),
    ],
)
def test_a_wrong_command_line_says_what_to_write(
    bmcrender: Run, here: Path, words: tuple[str, ...], told: str
) -> None:
    (here / "other.yaml").write_text(GOOD, encoding="utf-8")
    before = files(here)
    ran = bmcrender(*words, given=GOOD.encode())
    assert told in ran.err
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert files(here) == before


@pytest.mark.parametrize("words", [("canvas.yaml",), ("check", "canvas.yaml"), ("blank",), ("new", "x.yaml")])
@pytest.mark.parametrize("tag", ["../../etc", "e", "de_CH"])
def test_a_word_that_is_no_language_tag_is_a_wrong_command_line(
    bmcrender: Run, here: Path, words: tuple[str, ...], tag: str
) -> None:
    ran = bmcrender(*words, "-l", tag)
    assert (ran.code, ran.out) == (2, "")
    hint = "write de-CH" if tag == "de_CH" else "it must be a language tag, such as en, fa or de-CH"
    assert f'"{tag}" is not a language tag; {hint}' in ran.err
    assert files(here) == {"canvas.yaml"}


@pytest.mark.parametrize("theme", ["./mine", "{name: ./mine}"])
def test_a_path_for_logo_or_theme_is_told_once(bmcrender: Run, here: Path, theme: str) -> None:
    (here / "bad.yaml").write_text(f"title: x\nlogo: ../a.png\ntheme: {theme}\n", encoding="utf-8")
    ran = bmcrender("check", "bad.yaml", "--diagnostics", "short")
    assert [line.split(":")[1] for line in ran.err.splitlines()] == ["2", "3"]


def test_a_bad_font_is_told_by_the_path_that_was_given(bmcrender: Run, here: Path) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "bad.ttf").write_bytes(b"no font")
    ran = bmcrender("check", "canvas.yaml", "--font-path", "mine")
    assert ran.err.startswith("mine/bad.ttf: error[font-unusable]: this is not a TrueType or OpenType font; ")
    assert "fonts/" not in ran.err


def test_nothing_at_all_tells_how_to_begin(process: Run) -> None:
    ran = process()
    assert ran.code == 2
    assert "bmcrender new" in ran.err
    assert "--help" in ran.err


def test_an_output_never_overwrites_a_canvas(bmcrender: Run, here: Path) -> None:
    (here / "canvas.pdf").write_text(GOOD, encoding="utf-8")
    (here / "link.pdf").symlink_to("canvas.pdf")
    ran = bmcrender("canvas.pdf", "-o", "link.pdf")
    assert ran.code == 2
    assert "is a canvas and would be overwritten" in ran.err
    assert (here / "canvas.pdf").read_text(encoding="utf-8") == GOOD


def test_a_file_with_the_name_of_a_command_is_meant_with_its_folder(bmcrender: Run, here: Path) -> None:
    (here / "themes").write_text(GOOD, encoding="utf-8")
    assert bmcrender("./themes").out == "themes.pdf\n"
    assert bmcrender("themes").out.startswith("classic\t")


# -- options ---------------------------------------------------------------------------------------------


def pages(path: Path) -> list[tuple[float, float]]:
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]  # type: ignore[misc]


def text_of(path: Path) -> str:
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ((), (420, 297)),
        (("--portrait",), (297, 420)),
        (("--page-size", "a4", "--landscape"), (297, 210)),
        (("--page-size", "500x400mm"), (500, 400)),
        (("--set", "render.page=a2"), (594, 420)),
        (("--set", "render.page=a2", "--page-size", "a1"), (841, 594)),
    ],
)
def test_page_sizes(bmcrender: Run, here: Path, words: tuple[str, ...], size: tuple[int, int]) -> None:
    assert bmcrender("canvas.yaml", *words).code == 0
    assert pages(here / "canvas.pdf") == [size]


def test_a_setting_replaces_a_value_and_a_language_the_labels(bmcrender: Run, here: Path) -> None:
    assert bmcrender("canvas.yaml", "--set", "title=Renamed", "-l", "de").code == 0
    text = text_of(here / "canvas.pdf")
    assert "Renamed" in text
    assert "Kanäle" in text
    assert "The shop window" in text


def test_the_guide_can_be_left_out(bmcrender: Run, here: Path) -> None:
    question = "create value for"
    assert bmcrender("canvas.yaml").code == 0
    assert question in text_of(here / "canvas.pdf")
    assert bmcrender("canvas.yaml", "--guide", "none").code == 0
    assert question not in text_of(here / "canvas.pdf")


def test_a_theme_folder_with_just_the_files_that_differ(bmcrender: Run, here: Path) -> None:
    theme = here / "classic"
    theme.mkdir()
    (theme / "theme.yaml").write_text(
        'theme: mine\nextends: classic\ntokens: {colors: {accent: "#008000"}}\n', encoding="utf-8"
    )
    ran = bmcrender("canvas.yaml", "--theme", "./classic", "-o", "{theme}.pdf")
    assert (ran.code, ran.out, ran.err) == (0, "my-classic.pdf\n", "")
    (theme / "theme.yaml").write_text("extends: classic\n", encoding="utf-8")  # only what differs
    assert bmcrender("check", "canvas.yaml", "--theme", "./classic").err == ""
    (theme / "theme.yaml").write_text("theme: mine\nextneds: classic\n", encoding="utf-8")
    ran = bmcrender("canvas.yaml", "--theme", "./classic")
    assert ran.code == 1
    assert "classic/theme.yaml:2:1: error[unknown-key]" in ran.err


def test_fonts_of_one_s_own(bmcrender: Run, here: Path) -> None:
    (here / "canvas.yaml").write_text("title: 中\n", encoding="utf-8")
    ran = bmcrender("check", "canvas.yaml")
    assert ran.code == 1
    assert "canvas.yaml:1:8: error[missing-glyph]: no font has '中' (U+4E2D" in ran.err.replace('"', "'")
    assert "--font-path" in ran.err
    ran = bmcrender("check", "canvas.yaml", "--missing-glyphs", "warn")
    assert ran.code == 0
    assert "warning[missing-glyph]" in ran.err
    ran = bmcrender("canvas.yaml", "--font-path", "nowhere")
    assert ran.code == 4
    assert "nowhere is not there" in ran.err
    (here / "font.woff2").write_bytes(b"wOF2")
    ran = bmcrender("canvas.yaml", "--font-path", "font.woff2")
    assert ran.code == 2
    assert "give a static TTF or OTF file" in ran.err


# -- findings --------------------------------------------------------------------------------------------


def test_check_finds_everything_at_once_in_order(process: Run, here: Path) -> None:
    (here / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    ran = process("check", "wrong.yaml")
    assert (ran.code, ran.out) == (1, "")
    first, second = ran.err.splitlines()[:2]
    assert first.startswith("wrong.yaml:2:1: error[unknown-key]: ")
    assert first.endswith('; did you mean "blocks"?')
    assert second.startswith("wrong.yaml:4:11: error[")
    assert ran.err.splitlines()[-1] == "2 errors"


def test_check_of_a_good_canvas_says_nothing_and_writes_nothing(process: Run, here: Path) -> None:
    before = files(here)
    assert process("check", "canvas.yaml") == Ran(0, "", "", b"")
    assert files(here) == before


def test_one_bad_canvas_does_not_stop_the_others(bmcrender: Run, here: Path) -> None:
    (here / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    (here / "last.yaml").write_text(GOOD, encoding="utf-8")
    ran = bmcrender("wrong.yaml", "missing.yaml", "canvas.yaml", "last.yaml")
    assert ran.out == "canvas.pdf\nlast.pdf\n"
    assert ran.code == 4
    assert "missing.yaml: error[cannot-read]: cannot be read: there is no such file" in ran.err
    assert ran.err.splitlines()[-1].startswith("4 canvases: 2 done, 2 with errors, 2 files, ")
    assert ran.err.endswith(" s (3 errors)\n")


def test_a_canvas_with_errors_leaves_older_outputs_alone(bmcrender: Run, here: Path) -> None:
    (here / "canvas.pdf").write_bytes(b"older")
    (here / "canvas.yaml").write_text(WRONG, encoding="utf-8")
    assert bmcrender("canvas.yaml").code == 1
    assert (here / "canvas.pdf").read_bytes() == b"older"


def test_strict_makes_warnings_failures_and_writes_nothing(process: Run, here: Path) -> None:
    (here / "canvas.yaml").write_text(WARNED, encoding="utf-8")
    ran = process("canvas.yaml", "--strict")
    assert (ran.code, ran.out) == (3, "")
    assert "canvas.yaml:2:11: warning[no-language-pack]" in ran.err
    assert not (here / "canvas.pdf").exists()
    assert process("canvas.yaml").code == 0
    assert (here / "canvas.pdf").is_file()


def test_quiet_prints_errors_only(bmcrender: Run, here: Path) -> None:
    (here / "warned.yaml").write_text(WARNED, encoding="utf-8")
    assert bmcrender("warned.yaml", "-q") == Ran(0, "", "", b"")
    (here / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    ran = bmcrender("wrong.yaml", "-q")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 2


def test_quiet_prints_warnings_that_are_failures(bmcrender: Run, here: Path) -> None:
    (here / "warned.yaml").write_text(WARNED, encoding="utf-8")
    ran = bmcrender("check", "warned.yaml", "-q", "--strict")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("warned.yaml:2:11: warning[no-language-pack]")


def test_verbose_tells_sizes_and_time(bmcrender: Run) -> None:
    ran = bmcrender("canvas.yaml", "-v")
    assert ran.out == "canvas.pdf\n"
    assert " bytes\n" in ran.err
    assert " s\n" in ran.err


def test_a_person_sees_twenty_findings_and_a_count(bmcrender: Run, here: Path) -> None:
    keys = "".join(f"key{number}: 1\n" for number in range(30))
    (here / "wrong.yaml").write_text(f"title: x\n{keys}", encoding="utf-8")
    ran = bmcrender("check", "wrong.yaml")
    assert ran.err.count("error[unknown-key]") == 20
    assert ran.err.splitlines()[-2:] == ["and 10 more (-v shows all)", "30 errors"]
    assert bmcrender("check", "wrong.yaml", "-v").err.count("error[unknown-key]") == 30
    assert bmcrender("check", "wrong.yaml", "--diagnostics", "short").err.count("error[unknown-key]") == 30


def test_findings_as_json(bmcrender: Run, here: Path) -> None:
    (here / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    ran = bmcrender("check", "wrong.yaml", "--diagnostics", "json")
    first, second = (json.loads(line) for line in ran.err.splitlines())
    assert (first["severity"], first["code"], first["file"]) == ("error", "unknown-key", "wrong.yaml")
    assert (first["line"], first["column"], first["path"]) == (2, 1, ["blokcs"])
    assert second["line"] == 4
    ran = bmcrender("check", "--diagnostics=json", "--no-such-option")
    assert json.loads(ran.err)["code"] == "usage"


def test_findings_as_commands_of_github(bmcrender: Run, here: Path) -> None:
    (here / "a,b.yaml").write_text("title: x\nblocks:\n  '50%': [one]\n", encoding="utf-8")
    ran = bmcrender("check", "a,b.yaml", "--diagnostics", "github")
    (line,) = ran.err.splitlines()
    assert line.startswith("::error file=a%2Cb.yaml,line=3,col=3,title=unknown-key::there is no key ")
    assert "50%25" in line


def test_findings_of_standard_input_say_so(bmcrender: Run) -> None:
    ran = bmcrender("check", "-", given=WRONG.encode())
    assert ran.code == 1
    assert ran.err.startswith("<stdin>:2:1: error[unknown-key]")


def test_colour_only_where_it_is_wanted(bmcrender: Run, here: Path) -> None:
    (here / "canvas.yaml").write_text(WRONG, encoding="utf-8")
    assert "\x1b[" not in bmcrender("check", "canvas.yaml").err
    assert "\x1b[1;31merror" in bmcrender("check", "canvas.yaml", env={"FORCE_COLOR": "1"}).err
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\x1b[" not in bmcrender("check", "canvas.yaml", env=both).err


def test_what_could_change_a_terminal_is_written_out(bmcrender: Run, here: Path) -> None:
    (here / "canvas.yaml").write_bytes(b'title: x\n"\\e[31mred": 1\n')
    ran = bmcrender("check", "canvas.yaml")
    assert ran.code == 1
    assert "\x1b" not in ran.err


def on_terminal(here: Path, temporary: Path, *words: str, columns: int = 60) -> str:
    """Return what a run writes to a terminal."""
    master, slave = pty.openpty()
    env = environment(temporary, {"TERM": "xterm", "COLUMNS": str(columns), "NO_COLOR": "1"})
    with subprocess.Popen(
        [sys.executable, "-m", "bmcrender", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=here,
        env=env,
    ) as running:
        os.close(slave)
        seen = b""
        while select.select([master], [], [], 30)[0]:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        running.wait(timeout=30)
    os.close(master)
    return seen.decode().replace("\r\n", "\n")


def test_a_terminal_shows_the_line_and_a_caret(here: Path, temporary: Path) -> None:
    (here / "canvas.yaml").write_text("title: x\nblocks:\n  chanels: [one]\n", encoding="utf-8")
    lines = on_terminal(here, temporary, "check", "canvas.yaml").splitlines()
    assert lines[1:3] == ["      chanels: [one]", "      ^"]


def test_a_long_line_is_cut_around_the_place(here: Path, temporary: Path) -> None:
    text = f'title: x\nauthors: [{", ".join(["someone"] * 30)}, ""]\n'
    (here / "canvas.yaml").write_text(text, encoding="utf-8")
    lines = on_terminal(here, temporary, "check", "canvas.yaml").splitlines()
    assert max(map(len, lines[1:3])) <= 60
    assert lines[1].startswith("    …")
    assert lines[1][len(lines[2]) - 1 :].startswith('""')


def test_a_terminal_gets_no_binary_output(here: Path, temporary: Path) -> None:
    seen = on_terminal(here, temporary, "canvas.yaml", "-o", "-")
    assert "a terminal cannot show this output" in seen
    assert "%PDF" not in seen


def test_progress_is_shown_on_a_terminal_and_taken_away(here: Path, temporary: Path) -> None:
    (here / "other.yaml").write_text(GOOD, encoding="utf-8")
    seen = on_terminal(here, temporary, "canvas.yaml", "other.yaml")
    assert "[------------------------] 0/2" in seen
    assert "\r\x1b[Kcanvas.pdf\n" in seen
    assert seen.splitlines()[-1].startswith("\x1b[K2 canvases: 2 done, 2 files, ")


# -- reading and writing ---------------------------------------------------------------------------------


def test_what_cannot_be_read_is_one_clear_line(bmcrender: Run) -> None:
    for name, told in (
        ("missing.yaml", "there is no such file"),
        ("x" * 300 + ".yaml", "file name too long"),
    ):
        ran = bmcrender(name)
        assert (ran.code, ran.out) == (4, "")
        assert told in ran.err
        assert len(ran.err.splitlines()) == 1


def test_a_huge_file_is_refused_without_reading_it_all(process: Run) -> None:
    start = time.monotonic()
    ran = process("check", "/dev/zero")
    assert ran.code == 1
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("missing/x.pdf", "no such file or directory; make the folder first"),
        ("canvas.yaml/x.pdf", "not a directory"),
        ("canvas.yaml/", "there is a file canvas.yaml, not a folder"),
        ("x" * 300 + ".pdf", "file name too long"),
    ],
)
def test_what_cannot_be_written_is_one_clear_line(bmcrender: Run, here: Path, output: str, told: str) -> None:
    before = files(here)
    ran = bmcrender("canvas.yaml", "-o", output)
    assert (ran.code, ran.out) == (4, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert files(here) == before


def test_of_two_outputs_none_is_replaced_when_one_cannot_be(bmcrender: Run, here: Path) -> None:
    (here / "canvas.pdf").write_bytes(b"older")
    (here / "canvas.pptx").mkdir()
    ran = bmcrender("canvas.yaml", "--pdf", "--pptx")
    assert ran.code == 4
    assert "canvas.pptx: error[cannot-write]: cannot be written: it is a folder" in ran.err
    assert (here / "canvas.pdf").read_bytes() == b"older"
    assert files(here) == {"canvas.yaml", "canvas.pdf"}


def test_the_mode_of_an_older_file_and_a_link_stay(bmcrender: Run, here: Path) -> None:
    (here / "real").mkdir()
    (here / "real" / "older.pdf").write_bytes(b"older")
    (here / "real" / "older.pdf").chmod(0o640)
    (here / "canvas.pdf").symlink_to("real/older.pdf")
    assert bmcrender("canvas.yaml").code == 0
    assert (here / "canvas.pdf").is_symlink()
    assert (here / "real" / "older.pdf").stat().st_mode & 0o777 == 0o640
    assert (here / "real" / "older.pdf").read_bytes().startswith(b"%PDF")


def test_a_new_file_has_the_mode_that_umask_leaves(process: Run, here: Path) -> None:
    assert process("canvas.yaml", umask=0o027).code == 0
    assert (here / "canvas.pdf").stat().st_mode & 0o777 == 0o640


def test_a_full_disk_destroys_nothing(process: Run, here: Path) -> None:
    (here / "canvas.pdf").write_bytes(b"older")
    ran = process("canvas.yaml", env={"BMCRENDER_TEST": ""}, preexec_fn=_small_files)
    assert ran.code == 4
    assert "canvas.pdf: error[cannot-write]: cannot be written: file too large" in ran.err
    assert (here / "canvas.pdf").read_bytes() == b"older"
    assert files(here) == {"canvas.yaml", "canvas.pdf"}


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_one_clear_line(here: Path, temporary: Path) -> None:
    for words in (["canvas.yaml"], ["canvas.yaml", "-o", "-"], ["schema"], ["--help"], ["--version"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "bmcrender", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=here,
                env=environment(temporary),
                check=False,
            )
        assert done.returncode == 4, words
        (line,) = done.stderr.decode().splitlines()
        assert "standard output cannot be written: No space left on device" in line


def test_a_reader_that_leaves_is_no_failure(here: Path, temporary: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m bmcrender schema | head -c 20; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        cwd=here,
        env=environment(temporary),
        check=False,
    )
    assert done.stdout.endswith(b"\n0\n") or done.stdout.endswith(b"0\n")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("new mine.yaml", 0),  # the file is there
        ("canvas.yaml -o -", 4),
        ("schema", 4),
        ("--help", 4),
        ("--version", 4),
    ],
)
def test_what_is_printed_needs_a_standard_output(here: Path, temporary: Path, words: str, code: int) -> None:
    done = subprocess.run(
        f"{sys.executable} -m bmcrender {words} >&-",
        shell=True,
        stderr=subprocess.PIPE,
        cwd=here,
        env=environment(temporary),
        check=False,
    )
    told = "error[cannot-write]: standard output is closed; send it to a file with >, or on with |\n"
    assert done.returncode == code
    assert (done.stderr.decode() == told) == (code == 4)


def test_closed_streams_are_borne(here: Path, temporary: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m bmcrender canvas.yaml >&- 2>&-",
        shell=True,
        cwd=here,
        env=environment(temporary),
        check=False,
    )
    assert done.returncode == 0
    assert (here / "canvas.pdf").is_file()


def test_names_that_are_not_utf_8(here: Path, temporary: Path) -> None:
    name = os.fsencode(here) + b"/caf\xe9.yaml"
    Path(os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"bmcrender", b"caf\xe9.yaml"],
        capture_output=True,
        cwd=here,
        env=environment(temporary, {"LC_ALL": "C.UTF-8"}),
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"caf\\udce9.pdf\n", b"")
    assert Path(os.fsdecode(os.fsencode(here) + b"/caf\xe9.pdf")).is_file()


def test_a_locale_without_utf_8_is_borne(process: Run, here: Path) -> None:
    (here / "نشان.yaml").write_text("title: نشان\nلوگو: ۱\n", encoding="utf-8")
    ran = process("check", "نشان.yaml", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert ran.code == 1
    assert "error[unknown-key]" in ran.err


# -- the other commands ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa", "es", "fr", "de"])
def test_new_writes_a_canvas_that_passes_and_renders(bmcrender: Run, here: Path, language: str) -> None:
    ran = bmcrender("new", "mine.yaml", "-l", language)
    assert (ran.code, ran.out) == (0, "mine.yaml\n")
    assert "bmcrender mine.yaml --pdf --pptx" in ran.err
    text = (here / "mine.yaml").read_text(encoding="utf-8")
    assert text.count("  # - ") >= 36
    assert bmcrender("check", "mine.yaml", "--strict") == Ran(0, "", "", b"")
    schema = text.splitlines()[0].partition("$schema=")[2]
    assert schema == (ROOT / "schemas" / "canvas.schema.json").as_uri()


def test_new_takes_a_schema_that_lies_beside_the_canvas(bmcrender: Run, here: Path) -> None:
    (here / "canvas.schema.json").write_text(bmcrender("schema").out, encoding="utf-8")
    assert bmcrender("new", "mine.yaml").code == 0
    first = (here / "mine.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=canvas.schema.json"


def test_new_overwrites_only_by_force(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("new")
    assert ran.code == 4
    assert "canvas.yaml: error[exists]: is there already; choose another name, or" in ran.err
    assert (here / "canvas.yaml").read_text(encoding="utf-8") == GOOD
    assert bmcrender("new", "--force", "-q") == Ran(0, "", "", b"")
    assert (here / "canvas.yaml").read_text(encoding="utf-8") != GOOD


def test_new_can_go_to_standard_output_and_into_a_folder(process: Run, here: Path) -> None:
    ran = process("new", "-")
    assert ran.code == 0
    assert process("check", "-", given=ran.data).code == 0
    (here / "folder").mkdir()
    assert process("new", "folder").out == "folder/canvas.yaml\n"


@pytest.mark.parametrize("name", ["canvas", "kind", "language", "theme"])
def test_schema_prints_the_committed_schemas(bmcrender: Run, name: str) -> None:
    ran = bmcrender("schema", name)
    assert ran.code == 0
    committed = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(ran.out) == json.loads(committed)


def test_themes_and_fonts_are_listed(bmcrender: Run, here: Path) -> None:
    assert "classic\t" in bmcrender("themes").out
    assert "Vazirmatn\t400\tupright\n" in bmcrender("fonts").out
    (here / "own.ttf").write_bytes(b"no font")
    assert bmcrender("fonts", "--font-path", "own.ttf").err.startswith("own.ttf: error[font-unusable]")


def test_a_theme_of_ones_own_is_begun_in_a_folder_and_never_overwritten(bmcrender: Run, here: Path) -> None:
    ran = bmcrender("themes", "--create", "mine", "--from", "modern")
    assert (ran.code, ran.out) == (0, f"mine{os.sep}theme.yaml\n")
    assert "--theme ./mine" in ran.err
    assert [file.name for file in (here / "mine").iterdir()] == ["theme.yaml"]
    written = (here / "mine" / "theme.yaml").read_bytes()
    again = bmcrender("themes", "--create", "mine", "--from", "dark")
    assert again.code == 4
    assert "error[exists]" in again.err
    assert (here / "mine" / "theme.yaml").read_bytes() == written
    assert bmcrender("canvas.yaml", "--theme", "./mine").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--create", "a b"), "error[bad-name]"),
        (("--create", "mine", "--from", "modrn"), 'did you mean "modern"?'),
        (("--from", "modern"), "--create FOLDER --from modern"),
    ],
)
def test_what_cannot_become_a_theme_is_told(
    bmcrender: Run, here: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = bmcrender("themes", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert [file.name for file in here.iterdir()] == ["canvas.yaml"]


def test_doctor_tells_what_is_there(process: Run) -> None:
    ran = process("doctor")
    assert ran.code == 0
    assert "PDF drawing" in ran.out
    found = json.loads(process("doctor", "--json").out)
    assert {"Pango", "worker", "temporary files"} <= {one["name"] for one in found}


def test_every_layout_can_be_asked_for(bmcrender: Run) -> None:
    from bmcrender.choices import WORDS

    assert f"--layout [{'|'.join(WORDS['layout'])}]" in bmcrender("check", "--help").out


def test_version_and_help(process: Run) -> None:
    from bmcrender import __version__

    assert process("--version").out == f"bmcrender {__version__}\n"
    told = dict(line.rsplit(" ", 1) for line in process("--version", "-v").out.splitlines())
    deciding = (
        "python weasyprint pydyf pango harfbuzz harfbuzz-subset uharfbuzz freetype fontconfig fonttools "
        "python-pptx lxml pillow"
    )
    assert told["bmcrender"] == __version__
    assert all(told[name][0].isdigit() for name in (*deciding.split(), "python's zlib", "pillow's zlib"))
    told = process("--help").out
    for word in (
        "CANVAS...",
        "--page-size",
        "completion",
        "Exit codes",
        "the machine lacks",
        "70",
        "130, 143",
    ):
        assert word in told
    assert "--strict" in process("check", "--help").out


@pytest.mark.parametrize("command", ["render", "blank", "check"])
def test_help_has_every_option_under_a_heading(command: str) -> None:
    import click

    from bmcrender.cli.app import app

    context = click.Context(app)
    found = app.get_command(context, command)
    assert found is not None
    told = found.get_help(click.Context(found, help_option_names=["-h", "--help"]))
    others = told.partition("Others:\n")[2].partition("\n\n")[0]
    assert others.split()[:2] == ["-h,", "--help"]
    assert others.count("--") == 1
    assert "Options:\n" not in told


@pytest.mark.parametrize("words", ["canvas.yaml", "check canvas.yaml", "blank", "new x.yaml"])
def test_without_a_working_directory_one_line_says_so(here: Path, temporary: Path, words: str) -> None:
    script = f'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m bmcrender {words}'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        capture_output=True,
        cwd=here,
        env=environment(temporary),
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert b"no such file" in done.stderr or b"the working directory is no longer there; " in done.stderr
    assert b"bug" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(bmcrender: Run, shell: str) -> None:
    ran = bmcrender("completion", shell)
    assert ran.code == 0
    assert "_BMCRENDER_COMPLETE" in ran.out


def test_completion_offers_commands_and_the_options_of_render(process: Run) -> None:
    def offered(words: str, index: int) -> str:
        given = {"_BMCRENDER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(index)}
        return process(env=given).out

    assert "plain,check" in offered("bmcrender ch", 1)
    assert "plain,--page-size" in offered("bmcrender canvas.yaml --page", 2)
    assert {"plain,--pdf", "plain,--portrait"} <= set(offered("bmcrender --p", 1).split())
    assert set(offered("bmcrender --ver", 1).split()) == {"plain,--version", "plain,--verbose"}
    assert offered("bmcrender --help", 1).split() == ["plain,--help"]


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("en", "file,en"), ("render en", "file,en"), ("check en", "file,en"), ("new en", "file,en"),
        ("en.yaml -o po", "file,po"), ("--data own", "dir,own"), ("en.yaml --font-path own", "dir,own"),
    ],
)  # fmt: skip
def test_completion_leaves_files_and_folders_to_the_shell(bmcrender: Run, words: str, type: str) -> None:
    given = {"COMP_WORDS": f"bmcrender {words}", "COMP_CWORD": str(len(words.split()))}
    assert bmcrender(env={"_BMCRENDER_COMPLETE": "bash_complete", **given}).out.split() == [type]


def test_completion_knows_themes_and_languages(bmcrender: Run) -> None:
    def offered(words: str, index: int) -> list[str]:
        given = {"_BMCRENDER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(index)}
        return bmcrender(env=given).out.split()

    assert offered("bmcrender --theme cl", 2) == ["dir,cl", "plain,classic"]
    assert {"plain,de", "plain,fa"} <= set(offered("bmcrender en.yaml -l ", 3))
    assert offered("bmcrender new -l f", 3) == ["plain,fa", "plain,fr"]


@pytest.mark.parametrize("command", ["render", "blank", "check", "new", "themes", "fonts", "doctor"])
def test_completion_leaves_every_option_that_takes_a_path_to_the_shell(command: str) -> None:
    import click

    from bmcrender.cli.app import app

    context = click.Context(app)
    found = app.get_command(context, command)
    assert found is not None
    bare = [
        one.opts[-1]
        for one in found.params
        if isinstance(one, click.Option)
        and re.search(r"FILE|DIR|PATH|FOLDER", one.metavar or "")
        and "file" not in (kinds := [item.type for item in one.shell_complete(context, "")])
        and "dir" not in kinds
    ]
    assert bare == []


def test_completion_knows_the_choices_of_options(bmcrender: Run) -> None:
    def offered(words: str) -> list[str]:
        given = {"COMP_WORDS": f"bmcrender a.yaml {words} ", "COMP_CWORD": "3"}
        out = bmcrender(env={"_BMCRENDER_COMPLETE": "bash_complete", **given}).out
        return [line.partition(",")[2] for line in out.split()]

    assert offered("--deck") == ["blocks", "overview", "full"]
    assert offered("--deps-format") == ["make", "json"]
    assert offered("--diagnostics") == ["human", "short", "json", "github"]


# -- the machine -----------------------------------------------------------------------------------------


@pytest.fixture
def no_pango(tmp_path: Path) -> Mapping[str, str]:
    """An environment in which Pango cannot be loaded, as on a machine without it."""
    folder = tmp_path / "broken libraries"
    folder.mkdir()
    for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
        (folder / name).write_bytes(b"no library")
    return {"LD_LIBRARY_PATH": str(folder)}


def test_without_pango_a_pdf_says_what_to_install(
    process: Run, here: Path, no_pango: Mapping[str, str]
) -> None:
    ran = process("canvas.yaml", env=no_pango)
    assert (ran.code, ran.out) == (4, "")
    assert "error[no-pango]" in ran.err
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in ran.err or "bmcrender doctor" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (here / "canvas.pdf").exists()


def test_without_pango_decks_and_checks_go_on(process: Run, no_pango: Mapping[str, str]) -> None:
    assert process("canvas.yaml", "--pptx", env=no_pango).out == "canvas.pptx\n"
    assert process("check", "canvas.yaml", env=no_pango).code == 0
    ran = process("--version", "--verbose", env=no_pango)
    assert ran.code == 0
    assert "\npango missing\n" in ran.out
    assert "\nweasyprint missing\n" not in ran.out
    ran = process("doctor", env=no_pango)
    assert ran.code == 4
    assert "LACK  Pango" in ran.out
    assert "apt install" in ran.out


def test_check_loads_nothing_that_rendering_needs(here: Path, temporary: Path) -> None:
    text = (
        "import sys\n"
        "from bmcrender.cli import main\n"
        "try:\n    main(['check', 'canvas.yaml'])\n"
        "except SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "heavy = {'weasyprint', 'pptx', 'jinja2', 'uharfbuzz', 'fontTools', 'PIL', 'lxml', 'subprocess'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", text], cwd=here, env=environment(temporary), check=True)


def test_check_starts_no_slower_than_twice_its_libraries(here: Path, temporary: Path) -> None:
    def seconds(*words: str) -> float:
        """Return the processor time of a run, which other programs disturb less than the clock."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=here, env=environment(temporary), check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    libraries, check = [], []
    for _ in range(5):
        libraries.append(seconds("-c", "import yaml, jsonschema"))
        check.append(seconds("-m", "bmcrender", "check", "canvas.yaml"))
    assert min(check) <= 2 * min(libraries)
