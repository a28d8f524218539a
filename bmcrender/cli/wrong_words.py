"""What click finds wrong with a command line, said in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from bmcrender.errors import Diagnostic
from bmcrender.names import suggestion

# Words that other programs have for what are options of their own here.
_OF_FORMATS = ("--format", "--type", "--to", "-f")
_DASHES = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"  # word processors make long ones of two
_ENOUGH = len("--abc")  # letters of an option that tell it from others
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def wrong_words(error: click.ClickException, words: Sequence[str]) -> Diagnostic:
    """Return the finding about a command line that cannot be parsed."""
    context = getattr(error, "ctx", None)
    told = " ".join(error.format_message().split()).rstrip(".")
    told, _, hint = _said(error, told, context, words).partition("; ")
    return Diagnostic("error", "usage", told, hint or _help(context))


def _said(error: click.ClickException, told: str, context: click.Context | None, words: Sequence[str]) -> str:
    """Return what is wrong, and after a semicolon what to do."""
    if isinstance(error, click.NoSuchOption) and context is not None:
        name = _written(error.option_name, words)
        return f"there is no option {name}; {_instead(name, context)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param)
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} {'needs a' if 'requires' in told else 'takes no'} value"
    if extra := _EXTRA.match(told):
        return f"{extra[1]} is more than this command takes"
    return told


def _help(context: click.Context | None) -> str:
    """Return where all is told about the command."""
    path = "" if context is None else context.command_path.removesuffix(" render")
    return f"see `{path or 'bmcrender'} --help`"


def _written(name: str, words: Sequence[str]) -> str:
    """Return an option as it was written: of -pdf only -p is known."""
    whole = (word for word in words if word.startswith(name) and not word.startswith("--"))
    return name if name.startswith("--") else next(whole, name)


def _instead(name: str, context: click.Context) -> str:
    """Return what to write in place of an option that there is not."""
    known = _options(context.command)
    plain = f"--{name.strip('-').replace('_', '-').lower()}"
    if plain in known:
        return f"write {plain}"
    if context.command_path.endswith(" render") and (name in _OF_FORMATS):
        return "write --pdf, --pptx, --html or --png"
    from bmcrender.cli.render import render

    if plain in _options(render):
        return f"it is for rendering: {_help(None)}"
    if len(plain) < _ENOUGH:
        return _help(context)
    begun = [one for one in known if one.startswith(plain)]
    if len(begun) == 1:
        return f"write {begun[0]}"
    if "--set" in known and plain[2:] in _keys():
        return f"write --set {plain[2:]}=…"
    near = suggestion(plain[2:], [one[2:] for one in known])
    return near.replace('"', '"--', 1) or _help(context)


def as_option(word: str) -> str:
    """Return what to write if a word was meant as an option of rendering: `pdf`, or a long dash for two."""
    from bmcrender.cli.render import render

    plain = f"--{word.lstrip(_DASHES).lower()}"
    return f"write {plain}" if plain in (*_options(render), "--version") else ""


def _options(command: click.Command) -> tuple[str, ...]:
    """Return the long names of a command's options."""
    names = (name for one in command.params for name in (*one.opts, *one.secondary_opts))
    return ("--help", *(name for name in names if name.startswith("--")))


def _keys() -> Iterable[str]:
    """Return what a canvas may hold at its top level."""
    import json

    from bmcrender.resources import library

    keys: dict[str, object] = json.loads(library().read("schemas/canvas.schema.json"))["properties"]
    return keys


def _bad_value(error: click.BadParameter, param: click.Parameter) -> str:
    """Return what a value must be."""
    name, kind = _called(param), param.type
    if isinstance(kind, click.Choice):
        there = tuple(map(str, kind.choices))
        wrong = re.match(r"'(.*)' is not one of", error.message)
        if wrong is None:
            return f"{name} is missing; there are: {', '.join(there)}"
        hint = suggestion(wrong[1], there) or f"there are: {', '.join(there)}"
        return f'{name} cannot be "{wrong[1]}"; {hint}'
    if isinstance(kind, click.IntRange | click.FloatRange) and ";" not in error.message:
        return f"{name} is a number from {kind.min or 0:g} to {kind.max or 0:,g}"
    return f"{name}: {error.message.rstrip('.')}"


def _called(param: click.Parameter) -> str:
    """Return what a user calls an option, or a word."""
    if isinstance(param, click.Argument):
        return f"the {(param.name or '').replace('_', ' ')}"
    return next((one for one in param.opts if one.startswith("--")), param.opts[0])
