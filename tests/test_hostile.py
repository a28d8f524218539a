"""Themes and canvases that mean harm: limits hold, nothing is fetched, and the next canvas is drawn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import bmcrender
from bmcrender import BmcrenderError, CanvasError, LimitError, Result, load, render
from bmcrender.child import Limits
from bmcrender.cli.limits import limits_of, memory
from bmcrender.errors import Diagnostic
from bmcrender.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent
GROUND = (ROOT / "themes" / "_base" / "poster.html.j2").read_text(encoding="utf-8")
LINE_OF_BODY = GROUND[: GROUND.index("<body>")].count("\n") + 1
GOOD = "title: Repair café\nblocks: {channels: [The shop window]}\n"
BLOCKS = (
    "customer_segments value_propositions channels customer_relationships revenue_streams "
    "key_resources key_activities key_partners cost_structure"
)


@pytest.fixture
def theme(tmp_path: Path) -> Callable[..., Path]:
    """Return `theme(before, css)`: a folder whose poster has more before its body, and more style."""

    def made(before: str = "", css: str = "", inside: str = "") -> Path:
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / "theme.yaml").write_text("extends: classic\n", encoding="utf-8")
        if before or inside:
            page = GROUND.replace("<body>", f"{before}<body>{inside}", 1)
            assert page != GROUND
            (folder / "poster.html.j2").write_text(page, encoding="utf-8")
        if css:
            (folder / "theme.css").write_text(css, encoding="utf-8")
        return folder

    return made


@pytest.fixture
def canvas(tmp_path: Path) -> Path:
    path = tmp_path / "canvas.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def worker() -> Iterator[Supervisor]:
    with Supervisor(Limits(seconds=20)) as made:
        yield made


def told(canvas: Path, theme: Path | None, worker: Supervisor) -> tuple[type[Exception] | None, Diagnostic]:
    """Return the error of a rendering and its one finding."""
    error: BmcrenderError | None = None
    try:
        result = render(load(canvas, ("pdf",), theme=theme), worker)
    except BmcrenderError as caught:
        error, result = caught, Result({}, caught.diagnostics)
    assert not result.outputs
    (found,) = result.diagnostics
    assert "\n" not in found.message + found.hint
    return (type(error) if error else None), found


def children() -> list[int]:
    """Return the processes that this one has started and that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if int(parent) == os.getpid() and state != "Z":
                found.append(int(entry.name))
    return found


# -- limits ------------------------------------------------------------------------------------------------

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GREEDY = "{% set n = namespace(a='aaaa') %}{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc; only Linux holds memory")
@pytest.mark.parametrize(
    ("before", "limits", "message"),
    [
        (ENDLESS, Limits(seconds=2), "drawing took longer than 2 seconds and was stopped"),
        (ENDLESS, Limits(cpu_seconds=1), "drawing took more than 1 second of processor time and was stopped"),
        (GREEDY, Limits(memory_bytes=500 * 2**20), "drawing needed more memory than there is (at most 0.488 GiB)"),
        ("{{ ('a' * 10**10)|length }}", Limits(), "drawing needed more memory than there is (at most 2 GiB)"),
        ("{% include 'poster.html.j2' %}", Limits(), "drawing is nested too deep and was stopped"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", Limits(), "drawing is nested too deep and was stopped"),
        ("<div>" * 3000, Limits(), "drawing is nested too deep and was stopped"),
    ],
    ids=["endless", "endless-for-the-processor", "greedy", "greedy-at-once", "itself", "recursion", "nested"],
)  # fmt: skip
def test_a_hostile_theme_meets_its_limit_and_the_next_canvas_is_drawn(
    theme: Callable[..., Path], canvas: Path, before: str, limits: Limits, message: str
) -> None:
    others = children()
    with Supervisor(limits) as worker:
        start = time.monotonic()
        error, found = told(canvas, theme(before), worker)
        assert time.monotonic() - start < 20
        assert (error, found.code, found.message, found.file) == (LimitError, "limit", message, str(canvas))
        assert found.hint
        worker.limits = replace(limits, seconds=60)  # a worker starts slowly where many do
        assert render(load(canvas), worker).outputs["pdf"].startswith(b"%PDF-")
        assert len(set(children()) - set(others)) == 1
    assert set(children()) <= set(others)


def test_a_canvas_within_all_limits_of_the_format_that_takes_long_is_stopped(
    tmp_path: Path, canvas: Path
) -> None:
    items = f"    - {'نُ' * 33}\n" * 100
    blocks = "".join(f"  {block}:\n{items}" for block in BLOCKS.split())
    path = tmp_path / "large.yaml"
    path.write_text(f"title: Large\nlanguage: fa\nblocks:\n{blocks}", encoding="utf-8")
    with Supervisor() as worker:
        worker.run(sum, (1, 2), formats=("pdf",))  # so that it has been started
        worker.limits = Limits(seconds=0.5)
        error, found = told(path, None, worker)
        assert (error, found.message) == (LimitError, "drawing took longer than 0.5 seconds and was stopped")
        worker.limits = Limits()
        assert render(load(canvas), worker).ok


def test_limits_are_given_to_the_library_s_calls_and_hold_job_by_job(
    theme: Callable[..., Path], canvas: Path
) -> None:
    jobs = [load(canvas, ("pdf",), theme=theme(ENDLESS)), load(canvas)]
    bad, good = bmcrender.render_many(jobs, workers=1, limits=bmcrender.Limits(cpu_seconds=1))
    assert isinstance(bad.error, LimitError)
    assert "more than 1 second of processor time" in bad.diagnostics[0].message
    assert good.ok


def test_limits_are_given_on_the_command_line_and_one_hostile_canvas_stops_no_other(
    theme: Callable[..., Path], canvas: Path
) -> None:
    once = "{% if document.title.plain == 'Bad' %}" + ENDLESS + "{% endif %}"
    place, bad = theme(once), canvas.with_name("bad.yaml")
    bad.write_text("title: Bad\n", encoding="utf-8")
    bad.with_suffix(".pdf").write_bytes(b"older")
    ran = subprocess.run(
        [sys.executable, "-m", "bmcrender", bad.name, canvas.name, "-t", place, "--time-limit", "5", "-q"],
        capture_output=True,
        text=True,
        cwd=canvas.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(canvas.parent)},
        check=False,
    )
    assert ran.returncode == 5
    assert ran.stderr.splitlines()[0].startswith("bad.yaml: error[limit]: drawing took longer than 5 seconds")
    assert bad.with_suffix(".pdf").read_bytes() == b"older"
    assert canvas.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
    assert {path.name for path in canvas.parent.iterdir()} == {
        "bad.pdf", "bad.yaml", "canvas.pdf", "canvas.yaml", "mine",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--time-limit", "0"), "--time-limit is a number from 1 to 86,400"),
        (("--time-limit", "soon"), "--time-limit is a number from 1 to 86,400"),
        (("--memory-limit", "2"), "'2' is no size; write 2GiB, or 800MiB"),
        (("--memory-limit", f"{'9' * 20}TiB"), "is more than any machine has; write 16GiB"),
        (("--memory-limit", "10 MB"), "drawing takes 512 MiB at least, not 10 MB"),
    ],
)
def test_limits_that_are_none_are_told(
    command: Callable[..., tuple[int, str, str]], words: tuple[str, ...], told: str
) -> None:
    code, _, err = command("canvas.yaml", *words)
    assert (code, len(err.splitlines())) == (2, 1)
    assert told in err


@pytest.mark.parametrize(("size", "count"), [("2GiB", 2**31), ("800 MiB", 800 * 2**20), ("1.5g", 3 * 2**29)])
def test_sizes_of_memory_are_read(size: str, count: int) -> None:
    limits = limits_of({"time_limit": 2.5, "memory_limit": memory(None, None, size)})  # type: ignore[arg-type]
    assert (limits.memory_bytes, limits.seconds, limits.cpu_seconds) == (count, 2.5, 2)


# -- faults of a theme are told as such, with their place ----------------------------------------------------


@pytest.mark.parametrize(
    ("before", "further", "message"),
    [
        ("\n{% for %}", 1, "Expected an expression, got 'end of statement block'"),
        ("\n\n{{ nosuch.thing }}", 2, "'nosuch' is undefined"),
        ("{{ ''.__class__.__mro__ }}", 0, "access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ range(10**9)|list|length }}", 0, "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."),
        ("{{ at(5) }}", 0, "'int' object has no attribute 'x'"),
        ("{% include '../../secret.html.j2' %}", 0, "../../secret.html.j2"),
        ("{% include '/etc/passwd' %}", 0, "/etc/passwd"),
    ],
)  # fmt: skip
def test_a_fault_in_a_template_is_told_with_its_line(
    theme: Callable[..., Path], canvas: Path, worker: Supervisor, before: str, further: int, message: str
) -> None:
    error, found = told(canvas, theme(before), worker)
    assert (error, found.code) == (CanvasError, "theme-fault")
    assert (found.file, found.line) == ("themes/mine/poster.html.j2", LINE_OF_BODY + further)
    assert found.message == f"the theme mine cannot be drawn with: {message}"


# -- nothing is fetched ----------------------------------------------------------------------------------------


class Listener:
    """A server on this machine that nobody may ask anything."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.asked: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                self.asked.append(connection.recv(200))


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    with socket.create_connection(made.socket.getsockname(), timeout=5) as asking:
        asking.sendall(b"hello")
        assert asking.recv(1) == b""  # it has hung up
    assert made.asked == [b"hello"]
    made.asked.clear()
    yield made
    made.socket.close()


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)
# Every way that makes WeasyPrint's own fetcher fetch; {u} is an address. (in the head, in the body, style)
WAYS = {
    "img": ("", '<img src="{u}">', ""),
    "object": ("", '<object data="{u}"></object>', ""),
    "embed": ("", '<embed src="{u}">', ""),
    "link": ('<link rel="stylesheet" href="{u}">', "", ""),
    "link-icon": ('<link rel="icon" href="{u}">', "", ""),
    "attachment": ('<link rel="attachment" href="{u}">', "", ""),
    "attachment-of-a-link": ("", '<a rel="attachment" href="{u}">x</a>', ""),
    "base": ('<base href="{u}">', '<img src="x.png">', ""),
    "import": ("", "", "@import url({u});"),
    "import-in-the-page": ("<style>@import '{u}';</style>", "", ""),
    "background": ("", "", "body{background:url({u})}"),
    "background-of-a-page": ("", "", "@page{background:url({u})}"),
    "background-in-an-attribute": ("", '<p style="background:url({u})">x</p>', ""),
    "list-style": ("", '<ul><li style="list-style-image:url({u})">x</ul>', ""),
    "border-image": ("", '<p style="border:1px solid;border-image:url({u}) 1">x</p>', ""),
    "content": ("", "", "body::before{content:url({u})}"),
    "mask": ("", '<p style="mask-image:url({u})">x</p>', ""),
    "font-face": ("", "", "@font-face{font-family:X;src:url({u})} body{font-family:X}"),
    "color-profile": ("", "", "@color-profile --x{src:url({u})} body{color:color(--x 1 1 1)}"),
    "svg-image": ("", SVG + '<image xlink:href="{u}" width="9" height="9"/></svg>', ""),
    "svg-image-href": ("", SVG + '<image href="{u}" width="9" height="9"/></svg>', ""),
    "svg-use": ("", SVG + '<use href="{u}#x"/></svg>', ""),
    "iframe": ("", '<iframe src="{u}"></iframe>', ""),
    "video": ("", '<video src="{u}" poster="{u}"></video>', ""),
    "script": ('<script src="{u}"></script>', "", ""),
    "input": ("", '<input type="image" src="{u}">', ""),
}
# Ways that WeasyPrint does not follow: they may be drawn, as long as nothing is fetched.
HARMLESS = {"iframe", "video", "script", "input", "mask", "svg-use", "link-icon", "import"}


@pytest.mark.parametrize("way", WAYS)
def test_no_theme_makes_us_fetch_anything(
    theme: Callable[..., Path], canvas: Path, worker: Supervisor, listener: Listener, tmp_path: Path, way: str
) -> None:
    secret = tmp_path / "secret"
    os.mkfifo(secret)  # whoever opens it waits, and meets the limit
    addresses = f"{listener.address}/{way}", secret.as_uri()
    head, body, css = ("".join(part.replace("{u}", one) for one in addresses) for part in WAYS[way])
    apart = (
        f'<div style="position:absolute;width:9mm;height:9mm;overflow:hidden">{body}</div>' if body else ""
    )
    job = load(canvas, ("pdf",), theme=theme(head, css, apart))
    if way in HARMLESS:
        assert render(job, worker).ok
    else:
        with pytest.raises(
            CanvasError, match=r"the page asked for .*, which is not part of the job"
        ) as caught:
            render(job, worker)
        assert caught.value.diagnostics[0].code == "theme-fault"
        assert listener.address in str(caught.value) or addresses[1] in str(caught.value)
    assert listener.asked == []
