"""The suites: what is measured against what, and the goals."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks import inside
from benchmarks.content import canvas, canvases
from benchmarks.page import write_page
from benchmarks.peers import installed, prepare
from benchmarks.processes import ROOT, Command, Sample, bmcrender, environment, python, run
from benchmarks.ratios import Row, compared, in_turn, row_of

_BARE = "a bare `import weasyprint`"
_SCRIPT = Path(__file__).with_name("plain_poster.py")
_DOCUMENTS_A_ROUND = 5
_MANY = 200
_CHECKED = 1000


def startup(folder: Path, pairs: int) -> Iterator[Row]:
    """What comes before any drawing."""
    one = _canvas(folder)
    bare = python("-c", "import weasyprint")
    yield compared("startup", "`--help`", bmcrender("--help"), _BARE, bare, pairs, 0.15)
    yield compared("startup", "`check` of a canvas", bmcrender("check", one), _BARE, bare, pairs, 0.35)


def poster(folder: Path, pairs: int) -> Iterator[Row]:
    """One poster, cold: schema, fit, verification and worker included."""
    for language in ("en", "fa"):
        one = _canvas(folder, language)
        page = write_page(one, one.with_suffix(".html"), language)
        ours = bmcrender(one, "--pdf", "-o", folder / "ours.pdf")
        plain = python(_SCRIPT, page, folder / "plain.pdf")
        what = f"a poster, cold ({language})"
        yield compared("poster", what, ours, "a plain WeasyPrint script", plain, pairs, 0.85)
        if language == "en":
            hermetic = python(_SCRIPT, page, folder / "plain.pdf", FONTCONFIG_FILE=_bundled_fonts(folder))
            yield compared("poster", what, ours, "the same, no system fonts", hermetic, pairs)
        for name, goal in {"Chromium": 0.80, "Marp pdf": 0.40, "Typst": 0.0}.items():
            yield from _against("poster", what, ours, name, one, pairs, goal)


def deck(folder: Path, pairs: int) -> Iterator[Row]:
    """One deck, cold."""
    one = _canvas(folder)
    ours = bmcrender(one, "--pptx", "-o", folder / "ours.pptx")
    for name, goal in {"Marp pptx": 0.12, "PptxGenJS": 2.0, "Pandoc": 0.0}.items():
        yield from _against("deck", "a deck, cold", ours, name, one, pairs, goal)


def warm(folder: Path, pairs: int) -> Iterator[Row]:
    """Posters in a process that stays, through the public interface."""
    for language in ("en", "fa"):
        with ExitStack() as stack:
            ours, plain = (stack.enter_context(one) for one in _servers(folder, language, 6))
            first, second = in_turn(ours, plain, pairs, warm=2)
        what = f"a poster, warm ({language})"
        yield row_of("warm", what, "a plain warm WeasyPrint render", first, second, 0.65, "cpu")


def fit(_: Path, pairs: int) -> Iterator[Row]:
    """Finding the size of type."""
    for language in ("en", "fa"):
        yield inside.fit(_texts(language, 12), language, pairs)


def growth(folder: Path, pairs: int) -> Iterator[Row]:
    """More items, larger pages; and how much of it is the engine's own."""
    for items, goal in {1: 0.0, 30: 0.0, 100: 5.5}.items():
        what = f"{9 * items} items, warm"
        yield inside.growth(what, "54 items", _texts("en", items), _texts("en", 6), pairs, goal)
    with ExitStack() as stack:
        few = stack.enter_context(_servers(folder, "en", 6)[1])
        ours, many = (stack.enter_context(one) for one in _servers(folder, "en", 100))
        plain = "a plain warm WeasyPrint render"
        yield row_of("growth", f"900 items, {plain}", "54 items", *in_turn(many, few, pairs), 0.0, "cpu")
        yield row_of("growth", "900 items, warm", plain, *in_turn(ours, many, pairs), 0.0, "cpu")
    for page in ("A3", "A2", "A1", "A0"):
        sheet = _texts("en", 6, page)
        yield inside.growth(f"a page of {page}, warm", "A4", sheet, _texts("en", 6, "A4"), pairs, 1.1)


def batch(folder: Path, pairs: int) -> Iterator[Row]:
    """Two hundred canvases, one worker and two."""
    canvases(folder / "many", _MANY)
    here = {
        jobs: bmcrender(folder / "many", "--pdf", "-q", "-j", str(jobs), "-o", f"{folder / str(jobs)}/")
        for jobs in (1, 2)
    }
    one, two = in_turn(lambda: run(here[1]), lambda: run(here[2]), max(1, pairs // 3), warm=0)
    row = row_of("batch", f"{_MANY} posters, one worker", "two workers", one, two, 1.7, "wall")
    rate = {"posters_per_second": _MANY / (row.took["other_wall_ms"] / 1000)}
    yield replace(row, least=True, took=row.took | rate)


def check(folder: Path, pairs: int) -> Iterator[Row]:
    """Checking a thousand canvases."""
    canvases(folder / "checked", _CHECKED)
    ours = bmcrender("check", folder / "checked")
    yield compared(
        "check",
        f"`check` of {_CHECKED} canvases",
        ours,
        _BARE,
        python("-c", "import weasyprint"),
        max(3, pairs // 3),
    )


def memory(_: Path, __: int) -> Iterator[Row]:
    """The memory of a worker over a thousand posters, each another."""
    yield inside.memory()


SUITES: Mapping[str, Callable[[Path, int], Iterator[Row]]] = {
    one.__name__: one for one in (startup, poster, deck, warm, fit, growth, check, memory, batch)
}


def measured(name: str, pairs: int) -> list[Row]:
    """Return the rows of a suite, measured in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        return list(SUITES[name](Path(place), pairs))


def _texts(language: str, items: int, page: str = "A3") -> str:
    return canvas(language, items, 0, page)


def _canvas(folder: Path, language: str = "en", items: int = 6) -> Path:
    path = folder / f"{language}-{items}" / "poster.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_texts(language, items), encoding="utf-8")
    return path


def _servers(
    folder: Path, language: str, items: int
) -> tuple[AbstractContextManager[Callable[[], Sample]], ...]:
    """Return what renders a canvas of so many items a block, and its page as plain WeasyPrint does."""
    one = _canvas(folder, language, items)
    page = write_page(one, one.with_suffix(".html"), language)
    return _server("ours", one), _server("plain", page)


def _against(
    suite: str, what: str, ours: Command, name: str, one: Path, pairs: int, goal: float
) -> Iterator[Row]:
    """Yield the row against another program, or tell that it is not here."""
    peer = installed().get(name)
    if peer is None:
        sys.stderr.write(f"{name} is not installed: left out\n")
        return
    prepare(one)
    out = one.parent / f"peer.{'pptx' if suite == 'deck' else 'pdf'}"
    yield compared(suite, what, ours, f"{name} ({peer.version})", peer.run(one, out), pairs, goal, "wall")


def _bundled_fonts(folder: Path) -> str:
    from bmcrender.fonts import fontconfig_xml

    file = folder / "fonts.conf"
    file.write_text(fontconfig_xml([ROOT / "fonts"], folder / "cache"), encoding="utf-8")
    return str(file)


@contextmanager
def _server(kind: str, document: Path) -> Iterator[Callable[[], Sample]]:
    """Yield what renders a document some times in a process that stays."""
    words = [sys.executable, "-m", "benchmarks.warm", kind]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, text=True, env=environment({}), cwd=ROOT, **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def once() -> tuple[float, float]:
            process.stdin.write(f"{document}\n")
            process.stdin.flush()
            cpu, wall = process.stdout.readline().split()
            return float(cpu), float(wall)

        def some() -> Sample:
            times = [once() for _ in range(_DOCUMENTS_A_ROUND)]
            return Sample(*(sum(one) / len(times) for one in zip(*times, strict=True)))

        yield some
        process.stdin.close()
