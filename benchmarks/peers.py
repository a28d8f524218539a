"""Other programs, given the same texts: Typst, Chromium, Marp, Pandoc, PptxGenJS, where they are installed.

`python -m benchmarks.peers FOLDER` installs those of npm and PyPI into a folder outside the repository;
`BENCH_PEERS=FOLDER` lets the benchmarks find them. Programs on PATH are found by themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT, Command, command
from benchmarks.setting import version_of

_TYPST = """
#let canvas = yaml("canvas.yaml")
#set page(width: 420mm, height: 297mm, margin: 12mm)
#set text(font: ("Inter", "Vazirmatn"), size: 10pt, lang: canvas.language)
#let block-of(name) = rect(width: 100%, height: 100%, inset: 3mm, stroke: 0.3mm)[
  *#upper(name.replace("_", " "))*
  #list(..canvas.blocks.at(name).map(one => eval(one.replace("**", "*"), mode: "markup")))
]
= #canvas.title
#let wide = 396mm / 5
#let tall = 85mm
#for (name, x, y, w, h) in (
  ("key_partners", 0, 0, 1, 2), ("key_activities", 1, 0, 1, 1), ("key_resources", 1, 1, 1, 1),
  ("value_propositions", 2, 0, 1, 2), ("customer_relationships", 3, 0, 1, 1), ("channels", 3, 1, 1, 1),
  ("customer_segments", 4, 0, 1, 2), ("cost_structure", 0, 2, 2.5, 1), ("revenue_streams", 2.5, 2, 2.5, 1),
) {
  place(top + left, dx: x * wide, dy: 14mm + y * tall, box(width: w * wide, height: h * tall, block-of(name)))
}
"""

_PPTXGENJS = """
const fs = require("fs"), PptxGenJS = require("pptxgenjs");
const [data, out] = process.argv.slice(2), canvas = JSON.parse(fs.readFileSync(data, "utf8"));
const deck = new PptxGenJS();
const slide = (title, items) => {
  const one = deck.addSlide();
  one.addText(title, { x: 0.5, y: 0.4, w: 9, h: 0.8, fontSize: 28, bold: true });
  const texts = items.map((text) => ({ text, options: { bullet: true, breakLine: true } }));
  if (texts.length) one.addText(texts, { x: 0.5, y: 1.4, w: 9, h: 3.8, fontSize: 16, valign: "top" });
};
slide(canvas.title, []);
slide("Overview", Object.keys(canvas.blocks));
for (const [name, items] of Object.entries(canvas.blocks)) slide(name, items);
deck.writeFile({ fileName: out });
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is installed: its version, and what it runs for a canvas and an output."""

    name: str
    version: str
    run: Callable[[Path, Path], Command]


def installed() -> dict[str, Peer]:
    """Return the peers that are here by name."""
    found = (_typst(), _chromium(), _marp("pdf"), _marp("pptx"), _pandoc(), _pptxgenjs())
    return {peer.name: peer for peer in found if peer is not None}


def folder() -> Path:
    """Return where peers were installed."""
    return Path(os.environ.get("BENCH_PEERS", "no-peers")).absolute()


def prepare(canvas: Path) -> None:
    """Write beside a canvas what the peers read: the same texts in their own languages."""
    import yaml

    data = yaml.safe_load(canvas.read_text("utf-8"))
    data["date"] = str(data["date"])
    beside = canvas.parent
    shutil.copyfile(canvas, beside / "canvas.yaml")
    (beside / "poster.typ").write_text(_TYPST, "utf-8")
    (beside / "deck.cjs").write_text(_PPTXGENJS, "utf-8")
    (beside / "canvas.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    slides = {data["title"]: [], "Overview": list(data["blocks"]), **data["blocks"]}
    (beside / "marp.md").write_text("---\nmarp: true\n---\n\n" + _markdown(slides, "\n\n---\n\n"), "utf-8")
    (beside / "pandoc.md").write_text(_markdown(slides, "\n\n"), "utf-8")


def _markdown(slides: Mapping[str, Any], between: str) -> str:
    return between.join(
        f"# {title}\n\n" + "\n".join(f"- {item}" for item in items) for title, items in slides.items()
    )


def _program(*names: str) -> str:
    bins = [folder() / "venv" / "bin", folder() / "node_modules" / ".bin"]
    path = os.pathsep.join([*map(str, bins), os.environ.get("PATH", "")])
    return next((found for name in names if (found := shutil.which(name, path=path))), "")


def _typst() -> Peer | None:
    """Return Typst: its command, else its wheel."""
    fonts = str(ROOT / "fonts")
    if program := _program("typst"):
        return Peer(
            "Typst",
            version_of(program, "--version"),
            lambda canvas, out: command(
                program,
                "compile",
                "--font-path",
                fonts,
                "--ignore-system-fonts",
                canvas.parent / "poster.typ",
                out,
            ),
        )
    python = folder() / "venv" / "bin" / "python"
    if not next(folder().glob("venv/lib/*/site-packages/typst"), None):
        return None
    code = (
        "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], "
        "ignore_system_fonts=True)"
    )
    return Peer(
        "Typst",
        "wheel " + version_of(python, "-c", "from importlib.metadata import version as v; print(v('typst'))"),
        lambda canvas, out: command(python, "-c", code, canvas.parent / "poster.typ", out, fonts),
    )


def _chromium() -> Peer | None:
    program = _program("chromium", "chromium-browser", "google-chrome")
    if not program:
        return None
    words = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    return Peer(
        "Chromium",
        version_of(program, "--version"),
        lambda canvas, out: command(
            program, *words, f"--user-data-dir={out.parent / 'chromium'}", f"--print-to-pdf={out}",
            canvas.with_suffix(".html").as_uri(),
        ),
    )  # fmt: skip


def _marp(format: str) -> Peer | None:
    program, browser = _program("marp"), _program("chromium", "google-chrome")
    if not program or not browser:
        return None
    return Peer(
        f"Marp {format}",
        version_of(program, "--version"),
        lambda canvas, out: command(
            program, f"--{format}", "--no-stdin", "--allow-local-files", canvas.parent / "marp.md", "-o", out,
            CHROME_PATH=browser, CHROME_NO_SANDBOX="1",
        ),
    )  # fmt: skip


def _pandoc() -> Peer | None:
    wheel = next(folder().glob("venv/lib/*/site-packages/pypandoc/files/pandoc"), None)
    program = _program("pandoc") or (str(wheel) if wheel else "")
    if not program:
        return None
    return Peer(
        "Pandoc",
        version_of(program, "--version"),
        lambda canvas, out: command(program, "--slide-level=1", canvas.parent / "pandoc.md", "-o", out),
    )


def _pptxgenjs() -> Peer | None:
    modules, node = folder() / "node_modules", _program("node")
    package = modules / "pptxgenjs" / "package.json"
    if not node or not package.is_file():
        return None
    return Peer(
        "PptxGenJS",
        json.loads(package.read_text("utf-8"))["version"],
        lambda canvas, out: command(
            node, canvas.parent / "deck.cjs", canvas.parent / "canvas.json", out, NODE_PATH=str(modules)
        ),
    )


def install(place: Path) -> None:
    """Install Marp, PptxGenJS, Typst and Pandoc into a folder."""
    place.mkdir(parents=True, exist_ok=True)
    modules = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(place),
        "@marp-team/marp-cli",
        "pptxgenjs",
    ]
    subprocess.run(modules, check=True, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"})
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    wheels = [
        str(place / "venv" / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-q",
        "typst",
        "pypandoc_binary",
    ]
    subprocess.run(wheels, check=True)


if __name__ == "__main__":
    install(Path(sys.argv[1]).absolute())
