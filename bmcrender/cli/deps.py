"""`--deps`: which files each output was made from, as rules for Make and Ninja, or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bmcrender.errors import UsageError

Form = Literal["make", "json"]
STDOUT = "-"
# Backslashes are doubled only before what they would otherwise escape.
_SPECIAL = re.compile(r"(\\*)([ \t#:])")


@dataclass(frozen=True, slots=True)
class Made:
    """What one canvas was made into, and from which files, the canvas itself first."""

    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


@dataclass
class Deps:
    """What a run, or round after round of one, has made; `place` is the file to write, or "-"."""

    place: str
    form: Form
    made: dict[str, Made] = field(default_factory=dict)

    @property
    def path(self) -> Path | None:
        """The file to write; None for standard output."""
        return None if self.place == STDOUT else Path(self.place)

    def check(self, files: Iterable[str]) -> None:
        """Refuse names that rules cannot hold, before anything is written."""
        for file in files:
            if self.form == "make" and ("\n" in file or "\r" in file):
                message = f"{file!r} has a line break, which rules cannot hold"
                raise UsageError.of("bad-deps", message, "write --deps-format json")

    def with_one(self, canvas: str, outputs: Iterable[Path], inputs: Iterable[str]) -> Deps:
        """Return the same with one canvas more, or known anew."""
        more = Deps(self.place, self.form, dict(self.made))
        more.add(canvas, outputs, inputs)
        return more

    def add(self, canvas: str, outputs: Iterable[Path], inputs: Iterable[str]) -> None:
        """Keep what one canvas was made into, and from which files."""
        self.made[canvas] = Made(tuple(map(str, outputs)), tuple(dict.fromkeys(inputs)))

    @property
    def text(self) -> str:
        """The text in the wanted form, sorted by canvases, whichever was done first."""
        made = {canvas: self.made[canvas] for canvas in sorted(self.made)}
        return make_rules(made.values()) if self.form == "make" else json_text(made)

    @property
    def data(self) -> bytes:
        """The text's bytes: in rules the very bytes of names that are not UTF-8, which JSON escapes."""
        return self.text.encode("utf-8", "surrogateescape" if self.form == "make" else "backslashreplace")


def deps_of(place: str | None, form: Form | None) -> Deps | None:
    """Return what `--deps` and `--deps-format` ask for: JSON where the name ends so, else rules."""
    if place is None:
        if form is not None:
            raise UsageError.of(
                "bad-deps", "--deps-format is for --deps", "write --deps FILE, or leave it out"
            )
        return None
    return Deps(place, form or ("json" if place.lower().endswith(".json") else "make"))


def make_rules(made: Iterable[Made]) -> str:
    """Return a rule for each canvas, and an empty one for each other file, which may then be removed."""
    made = tuple(made)
    rules = [f"{_joined(one.outputs)}: {_joined(one.inputs)}".rstrip() for one in made]
    others = dict.fromkeys(file for one in made for file in one.inputs[1:])
    return "".join(f"{line}\n" for line in (*rules, *(f"{_escaped(file)}:" for file in others)))


def json_text(made: Mapping[str, Made]) -> str:
    """Return all inputs and outputs, and those of each canvas."""
    inputs = list(dict.fromkeys(file for one in made.values() for file in one.inputs))
    outputs = [file for one in made.values() for file in one.outputs]
    each = [{"canvas": canvas, "inputs": one.inputs, "outputs": one.outputs} for canvas, one in made.items()]
    data = {"inputs": inputs, "outputs": outputs, "canvases": each}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _joined(files: Iterable[str]) -> str:
    return " \\\n  ".join(map(_escaped, files))


def _escaped(file: str) -> str:
    """Return a file's name as Make and Ninja read it."""
    escaped = _SPECIAL.sub(lambda match: match[1] * 2 + "\\" + match[2], file)
    return escaped.replace("$", "$$")
