"""`bmcrender themes`: the themes there are, and a folder to begin one's own with."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bmcrender.cli.completing import folders
from bmcrender.cli.helped import Helped
from bmcrender.cli.options import data_options
from bmcrender.cli.reporting import Reporter
from bmcrender.cli.streams import put, put_name
from bmcrender.errors import MachineError, UsageError
from bmcrender.names import is_name

if TYPE_CHECKING:
    from bmcrender.resources import Library

_SCHEMA = "theme.schema.json"


@click.command(cls=Helped, help="List the themes, with what they look like; or begin one of your own.")
@click.option(
    "--create",
    "folder",
    metavar="FOLDER",
    shell_complete=folders,
    help="Write a folder with a theme of your own.",
)
@click.option(
    "--from", "under", metavar="NAME", help="What it looks like to begin with; classic if not said."
)
@data_options
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def themes(folder: str | None, under: str | None, data: str | None, quiet: bool) -> int:
    """List the themes, or create one; return the exit code."""
    from bmcrender.given import read_files

    with read_files(data=data).library() as known:
        if folder is not None:
            return _create(folder, under or "classic", known, quiet)
        if under is not None:
            hint = f"write `bmcrender themes --create FOLDER --from {under}`"
            raise UsageError.of("nothing-to-create", "--from alone creates nothing", hint)
        for name in known.themes():
            said = known.data(f"themes/{name}/theme.yaml", "theme").get("description", "")
            put(f"{name}\t{said}" if said else name)
    return 0


def _create(folder: str, under: str, known: Library, quiet: bool) -> int:
    """Write the folder of a new theme, never over one that is there."""
    from bmcrender.cli.new import schema_ref
    from bmcrender.cli.writing import write_all
    from bmcrender.theme_starter import theme_starter

    place = Path(folder)
    name = place.resolve().name
    if not is_name(name):
        hint = "its name must be letters, digits, _ and -"
        raise UsageError.of("bad-name", f'"{name}" cannot be a theme', hint, "--create")
    file = place / "theme.yaml"
    if os.path.lexists(file):
        hint = "choose another name; a theme that is there is never overwritten"
        raise MachineError.of("exists", "is there already", hint, str(file))
    text = theme_starter(name, known.theme(under), schema_ref(place, _SCHEMA))
    write_all({file: text.encode()}, make_folders=True)
    reporter = Reporter(quiet=quiet)
    if not quiet:
        put_name(file)
    shown = folder if os.sep in folder or "/" in folder else f".{os.sep}{folder}"
    reporter.note(f"Change {file}; then:")
    reporter.note(f"  bmcrender canvas.yaml --theme {shlex.quote(shown)}")
    return 0
