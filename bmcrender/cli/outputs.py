"""What `-o` means: which formats are made, and the name of each file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bmcrender.errors import Diagnostic, MachineError, UsageError
from bmcrender.folders import is_folder
from bmcrender.model import Document, Format, Result

SUFFIXES: Mapping[str, Format] = {".pdf": "pdf", ".pptx": "pptx", ".png": "png", ".html": "html"}
_CANVAS_SUFFIXES = (".yaml", ".yml", ".json")
_PLACEHOLDERS = ("stem", "lang", "layout", "theme", "ext")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Plan:
    """The formats to make, and where the outputs go; `folders` are made when they are missing."""

    formats: tuple[Format, ...]
    where: Literal["beside", "folder", "template", "file", "stdout"]
    output: str = ""

    @property
    def makes_folders(self) -> bool:
        """Whether missing folders are made: those that the caller named as folders."""
        return self.where in ("folder", "template")

    def path(self, canvas: str, document: Document, format: Format) -> Path:
        """Return the name of one output."""
        stem = stem_of(canvas)
        if self.where == "beside":
            return Path(canvas).parent / f"{stem}.{format}"
        if self.where == "folder":
            return Path(self.output) / f"{stem}.{format}"
        if self.where == "template":
            values = {
                "stem": stem,
                "lang": document.language,
                "layout": document.layout,
                "theme": document.theme.name,
                "ext": format,
            }
            return Path(re.sub(r"\{(\w+)\}", lambda match: values[match[1]], self.output))
        return Path(self.output)


def stem_of(canvas: str) -> str:
    """Return a canvas's name without folder and suffix."""
    if canvas == STDIN:
        return "canvas"
    path = Path(canvas)
    return path.stem if path.suffix.lower() in _CANVAS_SUFFIXES else path.name


def plan(output: str | None, wanted: Sequence[Format], canvases: Sequence[str]) -> Plan:
    """Return what to make and where, or raise a UsageError that says what to write instead."""
    formats = tuple(dict.fromkeys(wanted))
    if output is None:
        return _without_output(formats or ("pdf",), canvases)
    if output == "-":
        return _to_stdout(formats or ("pdf",), canvases)
    if not output:
        raise _usage("bad-output", "-o names nothing", "write -o FILE, or -o FOLDER/")
    if "{" in output:
        return _template(output, formats or ("pdf",))
    if output.endswith(("/", os.sep)) or is_folder(output):
        return Plan(formats or ("pdf",), "folder", output)
    return _one_file(output, formats, canvases)


def _without_output(formats: tuple[Format, ...], canvases: Sequence[str]) -> Plan:
    if STDIN not in canvases:
        return Plan(formats, "beside")
    if len(canvases) > 1:
        message = "standard input and files together need a place for the outputs"
        raise _usage("bad-output", message, "write -o FOLDER/")
    return _to_stdout(formats, canvases)


def _to_stdout(formats: tuple[Format, ...], canvases: Sequence[str]) -> Plan:
    if len(formats) > 1 or len(canvases) > 1:
        what = "several formats" if len(formats) > 1 else "several canvases"
        raise _usage("bad-output", f"standard output cannot take {what}", "write -o FOLDER/")
    return Plan(formats, "stdout")


def _template(output: str, formats: tuple[Format, ...]) -> Plan:
    names = re.findall(r"\{(\w*)\}", output)
    rest = re.sub(r"\{\w*\}", "x", output)
    wrong = [f"{{{name}}}" for name in names if name not in _PLACEHOLDERS]
    if wrong or "{" in rest or "}" in rest:
        known = " ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
        raise _usage("bad-output", f"-o {output} has an unknown placeholder", f"there are {known}")
    if len(formats) > 1 and "ext" not in names:
        raise _usage("bad-output", f"-o {output} is one name for several formats", "put {ext} in it")
    if "ext" not in names:
        suffix = Path(rest).suffix.lower()
        _checked_suffix(output, SUFFIXES.get(suffix), formats, suffix)
    return Plan(formats, "template", output)


def _one_file(output: str, formats: tuple[Format, ...], canvases: Sequence[str]) -> Plan:
    suffix = Path(output).suffix.lower()
    format = SUFFIXES.get(suffix)
    if format is None:
        hint = f"write -o {output}/ for a folder, or -o {output}.{(formats or ('pdf',))[0]} for a file"
        raise _usage("bad-output", f"-o {output} is no folder and names no format", hint)
    if len(formats) > 1:
        hint = f"write -o {output[: -len(suffix)]}.{{ext}}, or -o FOLDER/"
        raise _usage("bad-output", f"-o {output} is one file for several formats", hint)
    _checked_suffix(output, format, formats, suffix)
    if len(canvases) > 1:
        hint = f"write -o FOLDER/, or -o {{stem}}{suffix}"
        raise _usage("bad-output", f"-o {output} is one file for {len(canvases)} canvases", hint)
    return Plan((format,), "file", output)


def _checked_suffix(output: str, format: Format | None, formats: tuple[Format, ...], suffix: str) -> None:
    if formats and format != formats[0]:
        hint = (
            f"write --{format}, or a name that ends in .{formats[0]}"
            if format
            else f"let it end in .{formats[0]}"
        )
        named = f"a file ending in {suffix}" if suffix else "a file without an ending"
        raise _usage("bad-output", f"-o {output} names {named}, and --{formats[0]} is wanted", hint)


def checked_names(names: Sequence[tuple[str, Path]], canvases: Sequence[str]) -> None:
    """Refuse outputs that would overwrite a canvas or each other; `names` are canvas and output."""
    inputs = {os.path.realpath(canvas): canvas for canvas in canvases if canvas != STDIN}
    taken: dict[str, str] = {}
    for canvas, path in names:
        real = os.path.realpath(path)
        if real in inputs:
            raise _usage("clash", f"{path} is a canvas and would be overwritten", "choose another -o")
        if real in taken:
            message = f"{taken[real]} and {canvas} would both be written to {path}"
            raise _usage("clash", message, "render them apart, or let -o tell them apart")
        taken[real] = canvas


def further_path(path: Path, number: int) -> Path:
    """Return the name of a page after the first, of a format that holds one page a file."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def checked_further(files: Iterable[Path], own: Collection[Path], others: Iterable[Path]) -> None:
    """Refuse further pages that would take the name of another output."""
    taken = {os.path.realpath(path) for path in others} - {os.path.realpath(path) for path in own}
    for path in files:
        if path not in own and os.path.realpath(path) in taken:
            message = f"a further page would be written to {path}, which another canvas is written to"
            hint = "render them apart, or let -o tell them apart"
            raise MachineError([Diagnostic("error", "clash", message, hint)])


def checked_single(result: Result) -> None:
    """Refuse to send several files to standard output."""
    pages = 1 + max((len(pages) for pages in result.further.values()), default=0)
    if pages > 1:
        message = f"standard output cannot take {pages} pictures, one for each page"
        raise MachineError([Diagnostic("error", "bad-output", message, "write -o FOLDER/")])


def _usage(code: str, message: str, hint: str) -> UsageError:
    return UsageError([Diagnostic("error", code, message, hint)])
