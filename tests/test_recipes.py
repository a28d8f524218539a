"""The recipes in docs/ do what they say: each block that can run here is taken from the page and run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/recipes.md").read_text("utf-8")
CANVAS = "title: {}\nversion: Draft\nblocks:\n  channels: [Market stall]\n"


def block(heading: str, language: str, number: int = 0) -> str:
    """Return a block of code under a heading of the page."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (text,) = [one for one in section if one.startswith(f"{heading}\n")]
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)[number]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory: a checkout with two canvases and a program `bmcrender` on the path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "bmcrender"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m bmcrender "$@"\n'
    )
    program.chmod(0o755)
    folder = tmp_path / "here"
    (folder / "canvases").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("cafe", "bakery"):
        (folder / f"canvases/{name}.yaml").write_text(CANVAS.format(name), "utf-8")
    monkeypatch.setenv("PATH", f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.chdir(folder)
    return folder


def ran(*command: str, **environment: str) -> str:
    """Run a command and return what it printed; it must not fail."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env={**os.environ, **environment}
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def program(name: str) -> str:
    """Return a program that a recipe is for; without it the test is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def made(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# -- build systems ----------------------------------------------------------------------------------------


def test_make_builds_what_is_out_of_date(here: Path) -> None:
    make = program("make")
    (here / "Makefile").write_text(block("Make", "make"), "utf-8")
    (here / "bmcrender.yaml").write_text("language: fr\n", "utf-8")
    (here / "canvases/bakery.yaml").unlink()
    (here / "build").mkdir()
    ran(make, "all")
    assert made(here / "build") == ["cafe.d", "cafe.pdf", "cafe.pptx"]
    ran(make, "-q", "all")
    for file in ("canvases/cafe.yaml", "bmcrender.yaml"):
        ran(make, "-q", "all")
        before = (here / file).stat().st_mtime_ns
        newer = (here / "build/cafe.pdf").stat().st_mtime_ns + 10_000_000
        os.utime(here / file, ns=(newer, newer))
        assert subprocess.run([make, "-q", "all"]).returncode == 1, file
        os.utime(here / file, ns=(before, before))
    (here / "bmcrender.yaml").unlink()  # a file that is gone stops nobody
    assert "bmcrender canvases/cafe.yaml" in ran(make, "-n", "all")


def test_ninja_builds_what_is_out_of_date(here: Path) -> None:
    ninja = program("ninja")
    (here / "build.ninja").write_text(block("Ninja", "ninja"), "utf-8")
    (here / "bmcrender.yaml").write_text("language: fr\n", "utf-8")
    assert "canvas build/bakery.pdf" in ran(ninja, "-j1", "build/bakery.pdf")
    assert "no work to do" in ran(ninja, "build/bakery.pdf")
    assert "canvas build/cafe.pdf" in ran(ninja, "-n")
    newer = (here / "build/bakery.pdf").stat().st_mtime_ns + 10_000_000
    os.utime(here / "bmcrender.yaml", ns=(newer, newer))
    assert "canvas build/bakery.pdf" in ran(ninja, "-n", "build/bakery.pdf")


@pytest.mark.matrix
def test_shell_lines_do_as_their_comments_say(here: Path) -> None:
    shutil.copy("canvases/cafe.yaml", "cafe.yaml")
    lines = block("Shell", "sh").splitlines()
    files = {
        0: ["build/bakery.pdf", "build/bakery.pptx", "build/cafe.pdf", "build/cafe.pptx"],
        1: ["build/bakery.en.pdf", "build/cafe.en.pdf"],
        2: ["cafe.pdf"],
        3: ["cafe.pdf"],
        4: [f"cafe.{tag}.pdf" for tag in ("de", "en", "es", "fa", "fr")],
        5: [],
    }
    assert len(lines) == len(files)
    there = set(made(here))
    for number, line in enumerate(lines):
        ran("bash", "-c", line)
        new = set(made(here)) - there
        assert sorted(new) == files[number], line
        for name in new:
            (here / name).unlink()
    (here / "canvases/cafe.yaml").write_text(CANVAS.format("x") + "language: it\n", "utf-8")
    assert subprocess.run(["bash", "-c", lines[5]], capture_output=True).returncode == 3


# -- continuous integration -------------------------------------------------------------------------------


@pytest.fixture
def no_pango(tmp_path: Path) -> Mapping[str, str]:
    """Return an environment in which the libraries that draw cannot be loaded."""
    folder = tmp_path / "broken libraries"
    folder.mkdir()
    for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libgobject-2.0.so.0"):
        (folder / name).write_bytes(b"no library")
    return {"LD_LIBRARY_PATH": str(folder)}


def test_the_hook_of_pre_commit_checks_canvases_without_pango(
    here: Path, no_pango: Mapping[str, str]
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    ((used,),) = (repo["hooks"] for repo in yaml.safe_load(block("pre-commit", "yaml"))["repos"])
    assert used["id"] == hook["id"]
    assert hook["language"] == "python"
    names = [
        "cafe.bmc.yaml",
        "cafe.bmc.yml",
        "bmcrender.yaml",
        "cafe.yaml",
        "cafe.bmc.yaml.orig",
        "a/b.bmc.yaml",
    ]
    taken = [name for name in names if re.search(hook["files"], name)]
    assert taken == ["cafe.bmc.yaml", "cafe.bmc.yml", "a/b.bmc.yaml"]
    (here / "a").mkdir()
    for name in taken:
        (here / name).write_text(CANVAS.format(name), "utf-8")
    command = [*shlex.split(hook["entry"]), *used["args"], *taken]
    assert ran(*command, **no_pango) == ""
    (here / "a/b.bmc.yaml").write_text("titel: x\n", "utf-8")
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **no_pango})
    assert done.returncode == 1
    assert done.stderr.startswith("a/b.bmc.yaml:1:1: error[unknown-key]")


def action() -> dict[str, Any]:
    """Return the action of GitHub's workflows."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return found


def acted(here: Path, **given: str) -> tuple[int, str, str]:
    """Run the step of the action that renders; return exit code, messages, and the files it names."""
    inputs = {name: given.get(name, one.get("default", "")) for name, one in action()["inputs"].items()}
    step = action()["runs"]["steps"][1]
    environment = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], value)
        for name, value in step["env"].items()
    }
    programs = here.parent / "runner/bmcrender/bin"
    programs.mkdir(parents=True, exist_ok=True)
    shutil.copy(here.parent / "bin/bmcrender", programs)
    told = here.parent / "output.txt"
    told.write_text("")
    environment |= {"RUNNER_TEMP": str(here.parent / "runner"), "GITHUB_OUTPUT": str(told)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    lines = told.read_text().splitlines()
    assert not lines or lines[0] == f"files<<{lines[-1]}"
    return done.returncode, done.stderr, "\n".join(lines[1:-1])


def test_the_workflow_of_github_gives_what_the_action_takes(here: Path) -> None:
    steps = yaml.safe_load(block("GitHub", "yaml"))["jobs"]["canvases"]["steps"]
    (given,) = [step["with"] for step in steps if "bmcrender" in step["uses"]]
    assert set(given) <= set(action()["inputs"])
    (here / "pitch").mkdir()
    (here / "pitch/cafe.yaml").write_text(CANVAS.format("pitch"), "utf-8")
    (here / "canvases/cafe.yaml").rename(here / "canvases/a cafe.yaml")
    words = {name: str(value).lower() if value is True else value for name, value in given.items()}
    code, messages, files = acted(here, **words)
    assert code == 0, messages
    assert files.splitlines() == [
        f"build/{stem}.{format}" for stem in ("a cafe", "bakery", "cafe") for format in ("pdf", "pptx")
    ]


def test_the_action_checks_and_quotes_and_fails_beside_the_line(here: Path) -> None:
    assert acted(here, files="canvases", formats="") == (0, "", "")
    (here / "canvases/cafe.yaml").write_text(CANVAS.format("x") + "language: it\n", "utf-8")
    code, messages, files = acted(here, files=" canvases/cafe.yaml \n\n", formats="", strict="true")
    assert (code, files) == (3, "")
    assert messages.startswith("::warning file=canvases/cafe.yaml,line=5,col=11,title=no-language-pack::")
    code, messages, files = acted(
        here, files="canvases/cafe.yaml", formats="html", args="--set 'title=A title; $(touch x)' -o out/"
    )
    assert (code, files) == (0, "out/cafe.html")
    assert "A title; $(touch x)" in (here / "out/cafe.html").read_text("utf-8")
    assert not (here / "x").exists()
    assert acted(here, files="gone.yaml")[0] == 4
    assert acted(here, files="canvases", args="'open")[0] == 1


@pytest.mark.parametrize(
    ("system", "installs"),
    [
        ("Linux", "apt-get install -qq -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("macOS", "brew install --quiet pango"),
        ("Windows", None),
    ],
)
def test_the_action_installs_what_a_runner_lacks(here: Path, system: str, installs: str | None) -> None:
    told = here / "calls.txt"
    for name in ("sudo", "apt-get", "brew", "python3"):
        stub = here.parent / "bin" / name
        run = 'exec "$@"' if name == "sudo" else "true"
        stub.write_text(f'#!/bin/sh\necho "{name} $*" >> {shlex.quote(str(told))}\n{run}\n')
        stub.chmod(0o755)
    (here.parent / "runner/bmcrender/bin").mkdir(parents=True)
    (here.parent / "bin/python3").rename(here.parent / "runner/bmcrender/bin/python")
    shutil.copy(here.parent / "runner/bmcrender/bin/python", here.parent / "bin/python3")
    given = {"RUNNER_OS": system, "RUNNER_TEMP": str(here.parent / "runner"), "GITHUB_ACTION_PATH": "/action"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", action()["runs"]["steps"][0]["run"]]
    environment = {**os.environ, **given, "GITHUB_PATH": str(here / "path.txt")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if installs is None:
        assert (done.returncode, done.stdout.partition("::error")[0]) == (1, "")
        return
    calls = told.read_text("utf-8").splitlines()
    assert done.returncode == 0, done.stderr
    assert installs in calls
    assert calls[-1].endswith("-m pip install --quiet --disable-pip-version-check /action")
    assert (here / "path.txt").read_text("utf-8") == f"{here.parent}/runner/bmcrender/bin\n"


def test_what_a_workflow_gives_is_never_part_of_a_script() -> None:
    assert all("${{" not in step["run"] for step in action()["runs"]["steps"])


@pytest.mark.matrix
def test_the_job_of_gitlab_renders(here: Path) -> None:
    job = yaml.safe_load(block("GitLab", "yaml"))["canvases"]
    for line in job["script"]:
        ran("sh", "-c", line)
    assert made(here / "build") == ["bakery.pdf", "bakery.pptx", "cafe.pdf", "cafe.pptx"]


def test_the_image_is_made_from_what_is_sent_to_it() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    sent = [line[1:] for line in lines if line.startswith("!")]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    only, licences, readme = (
        re.search(rf"^{key} = (.*)$", project, re.MULTILINE)[1]  # type: ignore[index]
        for key in ("only-include", "license-files", "readme")
    )
    wanted = {Path(one).parts[0] for one in re.findall(r'"([^"]+)"', only + licences + readme)}
    assert wanted | {"pyproject.toml"} == set(sent)
    assert all((ROOT / one).exists() for one in sent)
    recipe = (ROOT / "Dockerfile").read_text("utf-8")
    assert "\nUSER 1000\n" in recipe
    assert '\nENTRYPOINT ["bmcrender"]\n' in recipe
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in recipe


@pytest.mark.matrix
def test_the_container_is_given_words_that_it_understands(here: Path) -> None:
    line = block("Docker", "sh").splitlines()[1]
    words = line.partition(" bmcrender ")[2]
    ran("bmcrender", *shlex.split(words))
    assert made(here / "build") == ["bakery.pdf", "cafe.pdf"]


# -- documents --------------------------------------------------------------------------------------------


def test_the_hook_of_mkdocs_draws_pictures_and_leaves_right_ones_alone(here: Path) -> None:
    (here / "docs").mkdir()
    names: dict[str, Any] = {}
    exec(block("MkDocs", "python"), names)
    names["on_pre_build"]({"docs_dir": str(here / "docs")})
    folder = here / "docs/canvases"
    assert made(folder) == ["bakery.pdf", "bakery.png", "cafe.pdf", "cafe.png"]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    names["on_pre_build"]({"docs_dir": str(here / "docs")})
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.matrix
def test_mkdocs_builds_a_site_with_canvases(here: Path) -> None:
    mkdocs = program("mkdocs")
    (here / "mkdocs.yml").write_text(block("MkDocs", "yaml"), "utf-8")
    (here / "canvases.py").write_text(block("MkDocs", "python"), "utf-8")
    (here / "docs").mkdir()
    (here / "docs/index.md").write_text("[![Our canvas](canvases/cafe.png)](canvases/cafe.pdf)\n", "utf-8")
    ran(mkdocs, "build", "--strict")
    assert {"canvases/cafe.png", "canvases/cafe.pdf"} <= set(made(here / "site"))


@pytest.mark.matrix
def test_sphinx_builds_pages_with_canvases(here: Path) -> None:
    sphinx = program("sphinx-build")
    (here / "conf.py").write_text(block("Sphinx", "python"), "utf-8")
    page = "Canvas\n======\n\n.. image:: canvases/cafe.png\n"
    (here / "index.rst").write_text(page, "utf-8")
    ran(sphinx, "-W", "-q", "-b", "html", ".", "out")
    assert (here / "out/_images/cafe.png").is_file()


@pytest.mark.matrix
def test_the_hook_of_sphinx_runs_when_a_build_begins(here: Path) -> None:
    names: dict[str, Any] = {}
    exec(block("Sphinx", "python"), names)
    connected: dict[str, Any] = {}
    names["setup"](SimpleNamespace(connect=connected.__setitem__))
    connected["builder-inited"](SimpleNamespace(srcdir=str(here)))
    assert {"cafe.png", "cafe.pdf"} <= set(made(here / "canvases"))


@pytest.mark.matrix
def test_quarto_dvc_and_snakemake_run_lines_that_work(here: Path) -> None:
    project = yaml.safe_load(block("Quarto", "yaml"))["project"]
    ran(*shlex.split(project["pre-render"]))
    assert all(list(here.glob(pattern)) for pattern in project["resources"])
    (line,) = block("DVC and Snakemake", "sh").splitlines()
    ran(*shlex.split(line.partition("-o build ")[2]))
    assert made(here / "build") == ["bakery.pdf", "bakery.pptx", "cafe.pdf", "cafe.pptx"]
    rule = dict(re.findall(r"^    (\w+): (.*)$", block("DVC and Snakemake", "python"), re.MULTILINE))
    shutil.rmtree(here / "build")
    ran("sh", "-c", json.loads(rule["shell"]).format(input="canvases/cafe.yaml"))
    outputs = [one.format(name="cafe") for one in re.findall(r'"([^"]+)"', rule["output"])]
    assert [f"build/{name}" for name in made(here / "build")] == outputs


def test_python_gives_the_bytes_of_a_poster(here: Path) -> None:
    names: dict[str, Any] = {}
    exec(block("Python", "python"), names)
    assert names["poster"](here / "canvases/cafe.yaml").startswith(b"%PDF-")


# -- editors and links ------------------------------------------------------------------------------------


def test_schemas_are_written_for_editors(here: Path) -> None:
    ran("sh", "-ec", block("Editors", "sh"))
    named = json.loads(block("Editors", "json"))["yaml.schemas"]
    for file, patterns in named.items():
        assert json.loads((here / file).read_text("utf-8"))["$schema"]
        assert patterns
    taken = [one for one in named["./canvas.schema.json"] if fnmatch("canvases/cafe.yaml", one)]
    assert taken == ["canvases/*.yaml"]


@pytest.mark.parametrize("page", ["recipes.md", "project-file.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+\.md)", text)
    assert [one for one in links if not (ROOT / "docs" / one).exists()] == []


def test_the_example_of_a_project_file_is_one() -> None:
    from jsonschema import Draft7Validator

    text = (ROOT / "docs/project-file.md").read_text("utf-8")
    example = yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    schema = json.loads((ROOT / "schemas/project.schema.json").read_text("utf-8"))
    assert list(Draft7Validator(schema).iter_errors(example)) == []
    told = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)))
    assert set(told) == set(schema["properties"])
