"""A command whose help is written like all other output: a full disk or a closed pipe is borne."""

from __future__ import annotations

import click

from bmcrender.cli.streams import put


class Helped(click.Command):
    """Prints its help through `put`."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return click's option with a callback of ours."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _print_help
        return option


def _print_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        put(ctx.get_help())
        ctx.exit()
