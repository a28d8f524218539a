"""`bmcrender new [FILE]`: a canvas to begin with."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from bmcrender.cli.completing import files, languages
from bmcrender.cli.helped import Helped
from bmcrender.cli.options import data_options
from bmcrender.cli.outputs import SUFFIXES
from bmcrender.cli.reporting import Reporter
from bmcrender.cli.streams import put_bytes, put_name
from bmcrender.errors import MachineError, UsageError
from bmcrender.folders import is_folder
from bmcrender.project import is_project, not_a_canvas

_SCHEMA = "canvas.schema.json"


@click.command(cls=Helped, help="Write a canvas to begin with: every block with its guiding questions.")
@click.argument("file", default="canvas.yaml", shell_complete=files)
@click.option(
    "-l",
    "--language",
    metavar="TAG",
    default="en",
    shell_complete=languages,
    help="Language of the questions: en, fa, de …",
)
@click.option("--kind", metavar="NAME", default="bmc", help="Which canvas; bmc.")
@data_options
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def new(file: str, language: str, kind: str, data: str | None, force: bool, quiet: bool) -> int:
    """Write a starter canvas and return the exit code."""
    from bmcrender.given import read_files
    from bmcrender.starter import starter

    with read_files(data=data).library() as known:
        chosen = known.kind(kind)
        words, doubts = known.language(language, chosen)
    reporter = Reporter(quiet=quiet)
    reporter.show(one.in_file(f"--language {language}") for one in doubts)
    if file == "-":
        put_bytes(starter(words, chosen, schema_ref(Path())).encode())
        return 0
    path = Path(file, "canvas.yaml") if file.endswith(("/", os.sep)) or is_folder(file) else Path(file)
    _checked_name(path)
    _write(path, starter(words, chosen, schema_ref(path.parent)), force)
    if not quiet:
        put_name(path)
    name = shlex.quote(str(path))
    reporter.note(f"Answer the questions in {path}, each answer a line that begins with a dash; then:")
    reporter.note(f"  bmcrender {name} --pdf --pptx")
    return 0


def _checked_name(path: Path) -> None:
    """Refuse names of canvases that are those of other files."""
    if is_project(path):
        raise not_a_canvas(path)
    if path.suffix.lower() in SUFFIXES:
        hint = f"write `bmcrender new {shlex.quote(str(path.with_suffix('.yaml')))}`"
        raise UsageError.of("bad-name", f"{path} is the name of an output, not of a canvas", hint)


def _write(path: Path, text: str, force: bool) -> None:
    from bmcrender.cli.writing import write_all

    if os.path.lexists(path) and not force:
        hint = "choose another name, or overwrite it with --force"
        raise MachineError.of("exists", "is there already", hint, str(path))
    write_all({path: text.encode()})


def schema_ref(folder: Path, name: str = _SCHEMA) -> str:
    """Return where an editor finds a schema, seen from the folder of a file that keeps it.

    A schema beside the file comes first (it goes along when the file is shared), then one in the
    same source tree; else it is the installed one, by its full address.
    """
    from bmcrender.resources import schemas_folder

    if (folder / name).is_file():
        return name
    installed = schemas_folder() / name
    home, here = installed.parent.parent, Path(os.path.realpath(folder))
    if (home / "pyproject.toml").is_file() and here.is_relative_to(home):
        return Path(os.path.relpath(installed, here)).as_posix()
    return installed.as_uri()
