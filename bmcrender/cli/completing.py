"""What a shell offers for a word that is not finished: files, folders, names of themes and languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Items = list[CompletionItem[Any]]


def files(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Let the shell complete the name of a file."""
    return [_item(incomplete, "file")]


def folders(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Let the shell complete the name of a folder."""
    return [_item(incomplete, "dir")]


def themes(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Offer the themes, and folders."""
    from bmcrender.resources import library

    # In bash what comes before a folder is forgotten.
    return [_item(incomplete, "dir"), *_named(library().themes(), incomplete)]


def languages(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Offer the languages that have a guide."""
    from bmcrender.resources import library

    return _named(library().languages(), incomplete)


def _named(names: Iterable[str], incomplete: str) -> Items:
    return [_item(name) for name in names if name.startswith(incomplete)]


def _item(value: str, type: str = "plain") -> CompletionItem[Any]:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, type=type)
