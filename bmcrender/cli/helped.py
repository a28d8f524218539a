"""The class of all our commands: help is written like other output, and empty words are refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

from bmcrender.cli.help_text import write_options
from bmcrender.cli.streams import put
from bmcrender.errors import UsageError


class Helped(click.Command):
    """Prints its help through `put`; an empty value is no way to leave an option out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse empty words, which variables of a shell make that are not set."""
        if not ctx.resilient_parsing:
            _checked_words(args, self.params)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings."""
        write_options([one for one in self.get_params(ctx) if isinstance(one, click.Option)], ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return click's option with a callback of ours."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _print_help
        return option


def _checked_words(words: Sequence[str], params: Sequence[click.Parameter]) -> None:
    """Raise a UsageError for an option with an empty value, and for a file without name."""
    options = (one for one in params if isinstance(one, click.Option) and not one.is_flag)
    takers = {name for one in options for name in one.opts}
    for before, word in pairwise(("", *words)):
        if word == "" and before in takers:
            raise _empty(before)
        if word.endswith("=") and word[:-1] in takers:
            raise _empty(word[:-1])
        if word == "" and any(isinstance(one, click.Argument) for one in params):
            hint = "leave it out; is a variable of the shell empty?"
            raise UsageError.of("empty-value", "an empty word names nothing", hint)


def _empty(option: str) -> UsageError:
    return UsageError.of("empty-value", f"{option} names nothing", "write a value after it, or leave it out")


def _print_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        put(ctx.get_help())
        ctx.exit()
