"""Commands that show what there is: schemas, fonts, the machine, completion scripts."""

from __future__ import annotations

import click

from bmcrender.cli.asked import template_layouts
from bmcrender.cli.completing import files
from bmcrender.cli.helped import Helped
from bmcrender.cli.options import data_options, font_options
from bmcrender.cli.streams import put
from bmcrender.model import Options

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Helped,
    help="Print a JSON Schema: of canvases, project files, or the data files kind, language, guide, theme.",
)
@click.argument(
    "schema_name",
    metavar="[canvas|project|kind|language|guide|theme]",
    type=click.Choice(["canvas", "project", "kind", "language", "guide", "theme"]),
    default="canvas",
)
@data_options
def schema(schema_name: str, data: str | None) -> int:
    """Print a schema."""
    import json

    from bmcrender.given import read_files
    from bmcrender.schema.canvas import canvas_schema

    given = read_files(data=data)
    own = schema_name == "canvas" and any(file.startswith("kinds/") for file in given.files)
    with given.library() as known:
        kinds = [known.kind(id) for id in known.kinds()] if own else []
    if kinds:
        # Kinds of one's own have blocks that the built-in schema does not know.
        made = canvas_schema(kinds)
        put(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    put(known.read(f"schemas/{schema_name}.schema.json").decode().rstrip("\n"))
    return 0


@click.command(cls=Helped, help="List the fonts that are there: family, weight, style.")
@font_options
def fonts(font_path: tuple[str, ...]) -> int:
    """List the fonts."""
    from bmcrender.given import read_files

    with read_files(font_path=font_path).library() as known:
        faces = known.font_set().faces
    for face in faces:
        put(f"{face.family}\t{face.weight}\t{'italic' if face.italic else 'upright'}")
    return 0


@click.command(cls=Helped, help="Say what this machine has and lacks, or what a template offers to decks.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--template",
    metavar="FILE",
    shell_complete=files,
    help="Say instead which layout of this presentation will serve which role of slides, and why.",
)
@click.option("--template-layout", "layouts", metavar="ROLE=NAME", multiple=True, help="As for render.")
def doctor(as_json: bool, template: str | None, layouts: tuple[str, ...]) -> int:
    """Print the report on the machine or a template; exit 4 when something needed is missing."""
    from bmcrender.choices import checked_options

    options = Options(template_layouts=template_layouts(layouts))
    checked_options(options, template is not None)
    if template is not None:
        return _examined_template(template, options.template_layouts, as_json)
    from bmcrender.doctor import examined, json_report, text_report
    from bmcrender.errors import MachineError

    findings = examined()
    put(json_report(findings) if as_json else text_report(findings))
    return MachineError.exit_code if any(one.needed and not one.well for one in findings) else 0


def _examined_template(path: str, layouts: tuple[tuple[str, str], ...], as_json: bool) -> int:
    """Print the report on a template, read where a hostile file can do no harm."""
    from bmcrender.given import read_template
    from bmcrender.supervisor import Supervisor
    from bmcrender.template_report import json_report, report, text_report

    given = read_template(path)
    with Supervisor() as worker:
        found = worker.run(report, given, layouts, formats=("pptx",))
    put(json_report(found) if as_json else text_report(found))
    return 0


@click.command(
    cls=Helped,
    help="Print the completion script of a shell (bash, zsh, fish).",
    epilog="""\b
To have commands, options, themes and files completed:
  bash  echo 'eval "$(bmcrender completion bash)"' >> ~/.bashrc
  zsh   echo 'eval "$(bmcrender completion zsh)"' >> ~/.zshrc
  fish  bmcrender completion fish > ~/.config/fish/completions/bmcrender.fish""",
)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> int:
    """Print a completion script."""
    from click.shell_completion import get_completion_class

    from bmcrender.cli.app import COMPLETE_VARIABLE, app

    made = get_completion_class(shell)
    assert made is not None
    put(made(app, {}, "bmcrender", COMPLETE_VARIABLE).source())
    return 0
