"""What `-o` means: which formats are made, and the name of each file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bmcrender.document import Document
from bmcrender.errors import MachineError, UsageError
from bmcrender.folders import is_folder
from bmcrender.model import Format, Result

SUFFIXES: Mapping[str, Format] = {".pdf": "pdf", ".pptx": "pptx", ".png": "png", ".html": "html"}
CANVAS_SUFFIXES = (".yaml", ".yml", ".json")
_MARK = ".bmc"  # before the suffix, it tells canvases from other files
_OF_CANVAS = ("lang", "layout", "theme")  # known only when the canvas has been checked
_PLACEHOLDERS = ("stem", "dir", *_OF_CANVAS, "ext")
STDIN = "-"
DEPS = "--deps"  # stands for a canvas where the file of dependencies is held against outputs


@dataclass(frozen=True, slots=True)
class Naming:
    """What an output's name may take from the canvas."""

    lang: str = ""
    layout: str = ""
    theme: str = ""


def naming_of(document: Document) -> Naming:
    """Return what a document gives to the names of its outputs."""
    return Naming(document.language, document.layout, document.theme.name)


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

    @property
    def asks_canvas(self) -> bool:
        """Whether the names of outputs depend on what is in the canvases."""
        return self.where == "template" and any(f"{{{name}}}" in self.output for name in _OF_CANVAS)

    def path(self, canvas: str, format: Format, naming: Naming = Naming(), folder: str = "") -> Path:
        """Return the name of one output; `folder` is the canvas's own below the one that was named."""
        stem = stem_of(canvas)
        if self.where == "beside":
            return Path(canvas).parent / f"{stem}.{format}"
        if self.where == "folder":
            return Path(self.output, folder, f"{stem}.{format}")
        if self.where == "template":
            values = {"stem": stem, "dir": folder, **asdict(naming), "ext": format}
            pattern = self.output if folder else self.output.replace("{dir}/", "")
            return Path(re.sub(r"\{(\w+)\}", lambda match: values[match[1]], pattern))
        return Path(self.output)


def stem_of(canvas: str) -> str:
    """Return a canvas's name without folder and suffix, `.bmc.yaml` as one."""
    if canvas == STDIN:
        return "canvas"
    path = Path(canvas)
    if path.suffix.lower() not in CANVAS_SUFFIXES:
        return path.name
    stem = path.stem
    return stem[: -len(_MARK)] if stem.lower().endswith(_MARK) and len(stem) > len(_MARK) else stem


def plan(output: str | None, wanted: Sequence[Format], canvases: Sequence[str]) -> Plan:
    """Return what to make and where, or raise a UsageError that says what to write instead."""
    formats = tuple(dict.fromkeys(wanted))
    if output is None:
        return _without_output(formats or ("pdf",), canvases)
    if output == "-":
        return _to_stdout(formats or ("pdf",), canvases)
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
        raise UsageError.of("bad-output", message, "write -o FOLDER/")
    return _to_stdout(formats, canvases)


def _to_stdout(formats: tuple[Format, ...], canvases: Sequence[str]) -> Plan:
    if len(formats) > 1 or len(canvases) > 1:
        what = "several formats" if len(formats) > 1 else "several canvases"
        raise UsageError.of("bad-output", f"standard output cannot take {what}", "write -o FOLDER/")
    return Plan(formats, "stdout")


def _template(output: str, formats: tuple[Format, ...]) -> Plan:
    names = re.findall(r"\{(\w*)\}", output)
    rest = re.sub(r"\{\w*\}", "x", output)
    wrong = [f"{{{name}}}" for name in names if name not in _PLACEHOLDERS]
    if wrong or "{" in rest or "}" in rest:
        known = " ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
        raise UsageError.of("bad-output", f"-o {output} has an unknown placeholder", f"there are {known}")
    if len(formats) > 1 and "ext" not in names:
        raise UsageError.of("bad-output", f"-o {output} is one name for several formats", "put {ext} in it")
    if "ext" not in names:
        suffix = Path(rest).suffix.lower()
        _checked_suffix(output, SUFFIXES.get(suffix), formats, suffix)
    return Plan(formats, "template", output)


def _one_file(output: str, formats: tuple[Format, ...], canvases: Sequence[str]) -> Plan:
    suffix = Path(output).suffix.lower()
    format = SUFFIXES.get(suffix)
    if format is None:
        with_format = f"-o {output}.{(formats or ('pdf',))[0]}"
        file = f"a name that ends in {' '.join(SUFFIXES)}" if suffix else with_format
        hint = f"write -o {output}/ for a folder, or {file} for a file"
        raise UsageError.of("bad-output", f"-o {output} is no folder and names no format", hint)
    if len(formats) > 1:
        hint = f"write -o {output[: -len(suffix)]}.{{ext}}, or -o FOLDER/"
        raise UsageError.of("bad-output", f"-o {output} is one file for several formats", hint)
    _checked_suffix(output, format, formats, suffix)
    if len(canvases) > 1:
        hint = f"write -o FOLDER/, or -o {{stem}}{suffix}"
        raise UsageError.of("bad-output", f"-o {output} is one file for {len(canvases)} canvases", hint)
    return Plan((format,), "file", output)


def _checked_suffix(output: str, format: Format | None, formats: tuple[Format, ...], suffix: str) -> None:
    if formats and format != formats[0]:
        hint = (
            f"write --{format}, or a name that ends in .{formats[0]}"
            if format
            else f"let it end in .{formats[0]}"
        )
        named = f"a file ending in {suffix}" if suffix else "a file without an ending"
        raise UsageError.of("bad-output", f"-o {output} names {named}, and --{formats[0]} is wanted", hint)


def checked_names(names: Iterable[tuple[str, Path]], canvases: Collection[str]) -> dict[str, str]:
    """Refuse outputs that would overwrite a canvas or each other; `names` are canvas and output.

    Return the canvas of each output, by its real path.
    """
    inputs = _read(canvas for canvas in canvases if canvas != STDIN)
    taken: dict[str, str] = {}
    for canvas, path in names:
        real = os.path.realpath(path)
        if inputs & _names_of(path):
            message = f"{path} is a canvas and would be overwritten"
            raise UsageError.of("clash", message, _another(canvas))
        if real in taken:
            message = f"{taken[real]} and {canvas} would both be written to {path}"
            raise UsageError.of("clash", message, _apart(taken[real], canvas))
        taken[real] = canvas
    return taken


def checked_inputs(names: Iterable[tuple[str, Path]], inputs: Iterable[str]) -> None:
    """Refuse outputs that would overwrite what a canvas is made from: logo, template, fonts, theme.

    `names` are canvas and output.
    """
    read = _read(inputs)
    for canvas, path in names:
        if read & _names_of(path):
            message = f"{path} is read for this canvas and would be overwritten"
            raise MachineError.of("clash", message, _another(canvas))


def _another(canvas: str) -> str:
    """Return what to do about an output that would overwrite what is read."""
    return f"choose another {DEPS if canvas == DEPS else '-o'}"


def _apart(one: str, other: str) -> str:
    """Return what to do about two that would be written to one file."""
    if DEPS in (one, other):
        return f"name another file for {DEPS}"
    if stem_of(one) != stem_of(other):
        return "put {stem} in -o, or render them apart"
    if Path(one).parent == Path(other).parent:
        return "rename one of them, or render them apart"
    return "render them apart, or let -o tell them apart: {dir} is the folder below the one named"


def _read(files: Iterable[str]) -> frozenset[Hashable]:
    """Return all by which files are known that are read."""
    return frozenset(name for file in files for name in _names_of(file))


def _names_of(file: str | Path) -> set[Hashable]:
    """Return by what a file is known: its real path, and its number on the disk, which hard links share."""
    names: set[Hashable] = {os.path.realpath(file)}
    with suppress(OSError, ValueError):
        found = Path(file).stat()
        if found.st_nlink > 1:
            names.add((found.st_dev, found.st_ino))
    return names


def further_path(path: Path, number: int) -> Path:
    """Return the name of a page after the first, of a format that holds one page a file."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def checked_further(canvas: str, files: Iterable[Path], taken: Mapping[str, str]) -> None:
    """Refuse further pages that would take the name of another canvas's output; `taken` has those."""
    for path in files:
        if taken.get(os.path.realpath(path), canvas) != canvas:
            message = f"a further page would be written to {path}, which another canvas is written to"
            hint = "render them apart, or let -o tell them apart"
            raise MachineError.of("clash", message, hint)


def checked_single(result: Result) -> None:
    """Refuse to send several files to standard output."""
    pages = 1 + max((len(pages) for pages in result.further.values()), default=0)
    if pages > 1:
        message = f"standard output cannot take {pages} pictures, one for each page"
        raise MachineError.of("bad-output", message, "write -o FOLDER/")
