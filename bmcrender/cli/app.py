"""The commands, each loaded when it is asked for; a first word that is no command is a canvas."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from bmcrender.cli.help_text import write_options
from bmcrender.cli.helped import Helped
from bmcrender.cli.reporting import FORMS, Form, Reporter
from bmcrender.cli.streams import put, tell
from bmcrender.errors import BmcrenderError, MachineError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Command -> the module it lives in, as a function of the same name, and what it does.
COMMANDS = {
    "render": ("render", "Render canvases as posters (PDF) and decks (PowerPoint)."),
    "new": ("new", "Write a canvas to begin with: every block with its guiding questions."),
    "blank": ("blank", "Make sheets to write on, without any canvas."),
    "check": ("check", "Find everything that is wrong with canvases, without rendering."),
    "schema": ("shows", "Print a JSON Schema, for editors and programs."),
    "themes": ("themes", "List the themes, or begin one of your own."),
    "fonts": ("shows", "List the fonts."),
    "doctor": ("shows", "Say what this machine has and lacks."),
    "completion": ("shows", "Print the completion script of a shell."),
}
COMPLETE_VARIABLE = "_BMCRENDER_COMPLETE"

_VERBOSE = {"-v", "--verbose"}
_EXAMPLES = (
    ("bmcrender new cafe.yaml -l de", "write a canvas to fill in"),
    ("bmcrender cafe.yaml --pdf --pptx", "make cafe.pdf and cafe.pptx beside it"),
    ("bmcrender canvases/ -o build/ -j 2", "render a folder, two at a time"),
    ("bmcrender check canvases/", "find every fault, render nothing"),
    ("bmcrender blank -l fa --page-size a0", "make a sheet for the wall"),
)


class Commands(Helped, click.Group):
    """A group whose commands are imported late, and whose default is `render`."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands, in the order of help."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"bmcrender.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front where none is named."""
        if args and args[0] == "--version":
            del args[1:]  # -v among them was seen already
        elif args and args[0] not in COMMANDS and args[0] not in ("-h", "--help"):
            args.insert(0, "render")
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Offer the commands, canvases, and the options of the default command."""
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return [CompletionItem(incomplete, type="file"), *found]
        render = self.get_command(ctx, "render")
        assert render is not None
        with click.Context(render, info_name="render", parent=ctx, resilient_parsing=True) as inner:
            more = render.shell_complete(inner, incomplete)
        there = {one.value for one in found}
        return [*found, *(one for one in more if one.value not in there)]

    def format_usage(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write both ways to call the program."""
        formatter.write_usage("bmcrender", "[render] CANVAS... [OPTIONS]")
        formatter.write_usage("bmcrender", "COMMAND [OPTIONS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, the commands, and the options of the default command."""
        render = self.get_command(ctx, "render")
        assert render is not None
        version = ("--version", "Print the version and exit; with -v of all that decides bytes.")
        with formatter.section("Examples"):
            formatter.write_dl(_EXAMPLES, col_max=40)
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])
        with click.Context(render, info_name="render", parent=ctx) as inner:
            options = [one for one in render.get_params(inner) if isinstance(one, click.Option)]
            write_options(options, inner, formatter, [version])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from bmcrender import __version__

        if _VERBOSE & set(sys.argv):
            from bmcrender.versions import versions

            for name, version in versions():
                put(f"{name} {version}")
        else:
            put(f"bmcrender {__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    name="bmcrender",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    help="Business model canvases from YAML: posters as PDF, decks for PowerPoint, with guiding questions.",
    epilog="A first word that is no command is a canvas: a file, a folder with all below it, or a pattern in "
    "quotes; `-` is standard input.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def app() -> None:
    """The root of all commands."""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code."""
    if not arguments and COMPLETE_VARIABLE not in os.environ:
        tell(
            "bmcrender: which canvas? `bmcrender canvas.yaml --pdf`; `bmcrender new` writes one to begin with"
        )
        tell("`bmcrender --help` tells all")
        return UsageError.exit_code
    form, verbose = _form(arguments), bool(_VERBOSE & set(arguments))
    try:
        return int(
            app.main(
                args=list(arguments),
                prog_name="bmcrender",
                complete_var=COMPLETE_VARIABLE,
                standalone_mode=False,
            )
            or 0
        )
    except click.exceptions.Exit as wanted:
        return wanted.exit_code
    except click.ClickException as error:
        from bmcrender.cli.wrong_words import wrong_words

        return _reported(UsageError([wrong_words(error, arguments)]), form)
    except BmcrenderError as error:
        return _reported(error, form)
    except FileNotFoundError as error:
        return _bug(error, form, verbose) if _has_folder() else _reported(_no_folder(), form)
    except Exception as error:  # noqa: BLE001 (the last line of defence: a message instead of a traceback)
        return _bug(error, form, verbose)


def _form(arguments: Sequence[str]) -> Form:
    """Return how findings are wanted, also when the command line cannot be parsed."""
    for index, word in enumerate(arguments):
        if word.startswith("--diagnostics"):
            value = word.partition("=")[2] or "".join(arguments[index + 1 : index + 2])
            return next((form for form in FORMS if form == value), "human")
    return "human"


def _reported(error: BmcrenderError, form: Form) -> int:
    reporter = Reporter(form)
    reporter.show(error.diagnostics)
    reporter.summary(1)
    return error.exit_code


def _has_folder() -> bool:
    """Whether the working directory is there; paths are told from it."""
    try:
        os.getcwd()  # noqa: PTH109 (the same question without a path to make of it)
    except FileNotFoundError:
        return False
    return True


def _no_folder() -> MachineError:
    message = "the working directory is no longer there"
    return MachineError.of("no-folder", message, "change into a folder that is there")


def _bug(error: Exception, form: Form, verbose: bool) -> int:
    """Report a mistake of ours."""
    from bmcrender.cli.run import BUG, report_bug

    report_bug(Reporter(form), error, "", verbose)
    return BUG
