"""Options that several commands share, each under its heading in help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import click

from bmcrender.choices import BOUNDS, WORDS
from bmcrender.cli import completing
from bmcrender.cli.help_text import Headed
from bmcrender.cli.lengths import millimetres
from bmcrender.cli.limits import memory, seconds, workers
from bmcrender.cli.reporting import FORMS

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]


def _under(heading: str) -> Callable[..., Decorator[Any]]:
    """Return what makes options that stand under a heading."""
    return partial(click.option, cls=Headed, heading=heading)


_output, _look, _page, _deck = map(_under, ("Outputs", "Look", "Pages", "Decks"))
_own, _run, _message = map(_under, ("Own data", "Runs", "Messages"))

_DATA: tuple[Decorator[Any], ...] = (
    _own(
        "--data",
        metavar="DIR",
        shell_complete=completing.folders,
        help="Folder with kinds, languages and themes of your own.",
    ),
)

_FONT_PATH: tuple[Decorator[Any], ...] = (
    _own(
        "--font-path",
        metavar="DIR|FILE",
        multiple=True,
        shell_complete=completing.folders,
        help="Fonts of your own (TTF, OTF).",
    ),
)

_TEMPLATE: tuple[Decorator[Any], ...] = (
    _deck(
        "--template",
        metavar="FILE",
        shell_complete=completing.files,
        help="Make the deck on the layouts of this presentation: corp.pptx or corp.potx.",
    ),
    _deck(
        "--template-layout",
        "template_layouts",
        metavar="ROLE=NAME",
        multiple=True,
        help="Which layout of the template serves a role: opening, overview, block, closing.",
    ),
)

_FORMATS: tuple[Decorator[Any], ...] = (
    _output("--pdf", is_flag=True, help="Make a poster as PDF; the default."),
    _output("--pptx", is_flag=True, help="Make a deck as PowerPoint file."),
    _output("--html", is_flag=True, help="Make one HTML file for screens, which prints as the poster."),
    _output("--png", is_flag=True, help="Make pictures of the pages: NAME.png, NAME-2.png …"),
    _output(
        "-o",
        "--output",
        metavar="PATH",
        shell_complete=completing.files,
        help="File, FOLDER/, a pattern with {stem} {dir} {lang} {layout} {theme} {ext}, or - for stdout; "
        "beside the canvas if not said.",
    ),
    _page(
        "--margin",
        callback=millimetres("a margin", *BOUNDS["margin"], "10mm"),
        metavar="SIZE",
        help="Keep so much free at each edge of the page, besides the theme's own: 10mm.",
    ),
    _page("--tile", metavar="SIZE", help="Part the PDF's pages over smaller ones, to be glued: a4."),
    _page(
        "--bleed",
        callback=millimetres("bleed", *BOUNDS["bleed"], "3mm"),
        metavar="SIZE",
        help="Let colour go beyond the cut in the PDF, and draw crop marks: 3mm.",
    ),
    _page(
        "--dpi", type=click.FloatRange(*BOUNDS["dpi"]), metavar="N", help="Dots per inch of pictures; 150."
    ),
    _page("--width", type=click.IntRange(*BOUNDS["width"]), metavar="PX", help="… or their width in pixels."),
    *_TEMPLATE,
    _deck(
        "--no-embed-fonts",
        "embed_fonts",
        flag_value=False,
        default=None,
        help="Leave fonts out of the deck: smaller, but right only where they are installed.",
    ),
)

_LIMITS: tuple[Decorator[Any], ...] = (
    _run(
        "--time-limit",
        type=click.FloatRange(1, 86_400),
        callback=seconds,
        metavar="SECONDS",
        help="What drawing a canvas may take, on the clock and of the processor; 120.",
    ),
    _run("--memory-limit", callback=memory, metavar="SIZE", help="… and of memory; 2GiB. Linux holds it."),
)

_BATCH: tuple[Decorator[Any], ...] = (
    _run(
        "-j",
        "--jobs",
        callback=workers,
        default="1",
        metavar="N",
        help="Render so many canvases side by side; auto, or 0: one for each processor. 1 if not said.",
    ),
    _run("--only-changed", is_flag=True, help="Leave files untouched that are right already."),
    _run(
        "--deps",
        metavar="FILE",
        shell_complete=completing.files,
        help="Write which files outputs are made from, as rules for Make and Ninja, or as FILE.json.",
    ),
    _run("--deps-format", type=click.Choice(["make", "json"]), help="… in this form, whatever its ending."),
    _run("-w", "--watch", is_flag=True, help="Render again whenever a file changes; Ctrl-C ends."),
    _run("--dask", metavar="ADDRESS", help="Render on a Dask cluster: tcp://host:8786."),
)

_JOB: tuple[Decorator[Any], ...] = (
    _look(
        "-t",
        "--theme",
        metavar="NAME|FOLDER",
        shell_complete=completing.themes,
        help="How it looks: a theme's name, or a folder.",
    ),
    _look(
        "-l",
        "--language",
        metavar="TAG",
        shell_complete=completing.languages,
        help="Language of guide and labels: en, fa, de …",
    ),
    _look(
        "--set",
        "settings",
        metavar="KEY=VALUE",
        multiple=True,
        help="Set a value of the canvas: --set title=Draft, --set render.page=a2.",
    ),
    _page("--page-size", metavar="SIZE", help="a4 … a0, letter, legal, tabloid, or 600x400mm."),
    _page("--portrait", "orientation", flag_value="portrait", help="Page higher than wide."),
    _page("--landscape", "orientation", flag_value="landscape", help="Page wider than high."),
    _page(
        "--layout",
        type=click.Choice(WORDS["layout"]),
        help="What kind of page: the nine boxes, the guide on paper, or a mind map.",
    ),
    _page(
        "--overflow",
        type=click.Choice(WORDS["overflow"]),
        help="What does not fit goes on further pages, which is the default, or is an error.",
    ),
    _look(
        "--guide",
        type=click.Choice(WORDS["guide"]),
        help="Guiding questions: auto (poster: in empty blocks; deck: on every slide), none, questions "
        "everywhere, or full: with check-lists.",
    ),
    _deck(
        "--deck",
        type=click.Choice(WORDS["deck"]),
        help="Slides between opening and closing: full (overview, then all blocks), or one of the two.",
    ),
    _look("--mirror/--no-mirror", default=None, help="Mirror a right-to-left canvas; on by default."),
    *_FONT_PATH,
    *_DATA,
    _own(
        "--project",
        metavar="FILE",
        shell_complete=completing.files,
        help="Project file to use, instead of bmcrender.yaml beside the canvas or above.",
    ),
    _own("--no-project", "project", flag_value="", help="Use no project file."),
    _look(
        "--missing-glyphs",
        type=click.Choice(WORDS["missing_glyphs"]),
        default="error",
        help="A character that no font has is an error, which is the default, or a warning.",
    ),
)

_REPORT: tuple[Decorator[Any], ...] = (
    _message("--strict", is_flag=True, help="Warnings are failures (exit code 3)."),
    _message("-q", "--quiet", is_flag=True, help="Print errors only; under --strict warnings too."),
    _message("-v", "--verbose", is_flag=True, help="Print all findings, times, and details of bugs."),
    _message(
        "--diagnostics",
        "form",
        type=click.Choice(FORMS),
        default="human",
        help="How findings are printed.",
    ),
)


def _adding(options: Sequence[Decorator[Any]]) -> Callable[[Command], Command]:
    """Return the decorator that adds options to a command."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


data_options = _adding(_DATA)  # data of one's own
font_options = _adding(_FONT_PATH)  # fonts of one's own
template_options = _adding(_TEMPLATE)  # somebody's template for decks
format_options = _adding(_FORMATS)  # what is made and where it goes
limit_options = _adding(_LIMITS)  # what drawing may take
batch_options = _adding(_BATCH)  # runs over many canvases, and what calls them
job_options = _adding(_JOB)  # what shapes a job
report_options = _adding(_REPORT)  # what shapes messages and exit code
