"""Writes what canvases became: to files, all of a canvas or none, or to standard output."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bmcrender.cli.deps import Deps
from bmcrender.cli.outputs import (
    DEPS,
    STDIN,
    Plan,
    checked_further,
    checked_inputs,
    checked_names,
    checked_single,
    further_path,
)
from bmcrender.cli.streams import put, put_bytes
from bmcrender.errors import UsageError
from bmcrender.model import Format, Result


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files of one canvas: those written with their sizes in bytes, and those left untouched."""

    written: Mapping[Path, int] = field(default_factory=dict)
    untouched: tuple[Path, ...] = ()


@dataclass
class Delivery:
    """Writes results where the plan says; `taken` are the outputs of all canvases, by their real paths.

    Dependencies of a canvas that is `alone` are written along with its outputs, else when all are done.
    """

    planned: Plan
    only_changed: bool = False
    deps: Deps | None = None
    alone: bool = True
    taken: Mapping[str, str] = field(default_factory=dict)

    def deliver(
        self, canvas: str, result: Result, paths: Mapping[Format, Path], read: Iterable[str] = ()
    ) -> Delivered:
        """Write all outputs of one canvas, or none of them; `read` are the files that it was made from."""
        from bmcrender.cli.writing import unchanged, write_all

        if self.planned.where == "stdout":
            checked_single(result)
            put_bytes(result.outputs[self.planned.formats[0]])
            return Delivered()
        files, read = dict(_files(paths, result)), tuple(read)
        checked_inputs([*((canvas, path) for path in files), *self._deps_named()], read)
        self._checked_deps(read)
        checked_further(canvas, files, self.taken)
        untouched = unchanged(files) if self.only_changed else ()
        written = {path: data for path, data in files.items() if path not in untouched}
        write_all(written | self._deps_with(canvas, files, read), self.planned.makes_folders)
        if self.deps is not None:
            self.deps.add(canvas, files, read)
        return Delivered({path: len(data) for path, data in written.items()}, untouched)

    def _deps_with(self, canvas: str, files: Iterable[Path], read: Iterable[str]) -> dict[Path, bytes]:
        """Return the file of dependencies, if it is time to write it."""
        if self.deps is None or self.deps.path is None or not self.alone:
            return {}
        return {self.deps.path: self.deps.with_one(canvas, files, read).data}

    @property
    def lists(self) -> bool:
        """Whether standard output lists the files written, for it carries nothing else."""
        return self.deps is None or self.deps.path is not None

    def check(self) -> None:
        """Refuse dependencies where no output has a name."""
        if self.deps is not None and self.planned.where == "stdout":
            raise UsageError.of(
                "bad-deps", "--deps names outputs, and standard output has no name", "write -o FILE"
            )

    def take(self, names: Iterable[tuple[str, Path]], canvases: Collection[str]) -> None:
        """Refuse outputs that would overwrite a canvas, each other, or what was made in an earlier round.

        `names` are canvas and output.
        """
        if self.planned.where != "stdout":
            names = tuple(names)
            self._checked_deps(canvas for canvas in canvases if canvas != STDIN)
            self._checked_deps(str(path) for _, path in names)
            earlier = self._earlier(canvases)
            self.taken = checked_names([*self._deps_named(), *earlier, *names], canvases)

    def _deps_named(self) -> list[tuple[str, Path]]:
        """Return the file of dependencies as if it were an output, if there is one."""
        return [] if self.deps is None or self.deps.path is None else [(DEPS, self.deps.path)]

    def _checked_deps(self, files: Iterable[str]) -> None:
        if self.deps is not None:
            self.deps.check(files)

    def _earlier(self, canvases: Collection[str]) -> Iterator[tuple[str, Path]]:
        """Yield canvas and output of those that are there and are not rendered now."""
        for path, canvas in self.taken.items():
            if canvas not in canvases and Path(canvas).exists():
                yield canvas, Path(path)

    def finish(self) -> None:
        """Write, or print, the dependencies of all canvases."""
        from bmcrender.cli.writing import write_all

        if self.deps is None or not self.deps.made:
            return
        if self.deps.path is None:
            put(self.deps.text.rstrip())
        elif not self.alone:
            write_all({self.deps.path: self.deps.data}, self.planned.makes_folders)


def _files(paths: Mapping[Format, Path], result: Result) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a canvas: of each format its first page, or all, then the further ones."""
    for format, data in result.outputs.items():
        yield paths[format], data
        for number, page in enumerate(result.further.get(format, ()), start=2):
            yield further_path(paths[format], number), page
