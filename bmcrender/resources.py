"""Finds and reads kinds, languages, themes, schemas and fonts: given files over the built-in ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from bmcrender.errors import CanvasError, Diagnostic, UsageError
from bmcrender.model import Kind, Language, Theme
from bmcrender.names import FONT_ENDINGS, checked_tag, is_name, unknown
from bmcrender.packs import kind_of, language_of
from bmcrender.themes import theme_of

if TYPE_CHECKING:
    from bmcrender.fonts import FontSet

_PACKAGE = Path(__file__).resolve().parent
_BUILT = _PACKAGE / "_data"
_DATA = _BUILT if _BUILT.is_dir() else _PACKAGE.parent
_ROOTS = {name: _PACKAGE / name for name in ("kinds", "languages")} | {
    name: _DATA / name for name in ("schemas", "themes", "fonts")
}
FALLBACK_LANGUAGE = "en"


class Library:
    """The data of the product: `files` (as in `Job.files`) over what is built in; pure once made."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self.files = dict(files or {})
        for name in self.files:
            _checked_name(name)
        self._known: dict[tuple[str, ...], Any] = {}

    # -- files -----------------------------------------------------------------------------------

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names of all files under `kinds`, `themes/classic` …, sorted."""
        given = {name for name in self.files if name.startswith(folder + "/")}
        path = _built_in(folder)
        built = path.rglob("*") if path.is_dir() else ()
        found = {f"{folder}/{file.relative_to(path).as_posix()}" for file in built if file.is_file()}
        return tuple(sorted(given | found))

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.files or _built_in(name).is_file()

    def read(self, name: str) -> bytes:
        """Return a file's bytes by its name, such as `themes/classic/theme.yaml`."""
        return self.files[name] if name in self.files else _built_in(name).read_bytes()

    def data(self, name: str, schema: str, kind: Kind | None = None) -> dict[str, Any]:
        """Return a YAML file's data; a given file is checked first, the built-in ones by our tests."""
        from bmcrender.load import loaded

        try:
            source = loaded(self.read(name), name)
        except CanvasError as error:
            raise CanvasError(_of_data(one) for one in error.diagnostics) from None
        if name in self.files:
            from bmcrender.validate.packs import checked_pack

            return checked_pack(source, schema, self.schema(schema), kind)
        return dict(source.data)

    def _once(self, key: tuple[str, ...], make: Any) -> Any:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    # -- kinds -----------------------------------------------------------------------------------

    def kinds(self) -> tuple[str, ...]:
        """Return the ids of all kinds."""
        return tuple(PurePosixPath(name).stem for name in self.names("kinds") if name.endswith(".yaml"))

    def kind(self, id: str) -> Kind:
        """Return a kind by its id."""
        if not self.knows("kinds", id, ".yaml"):
            raise unknown("kind", id, self.kinds())
        made: Kind = self._once(("kind", id), lambda: kind_of(self.data(f"kinds/{id}.yaml", "kind")))
        return made

    # -- languages -------------------------------------------------------------------------------

    def languages(self) -> tuple[str, ...]:
        """Return the tags of all language packs."""
        return tuple(
            sorted({name.split("/")[1] for name in self.names("languages") if name.endswith("/common.yaml")})
        )

    def language(self, tag: str, kind: Kind) -> tuple[Language, tuple[Diagnostic, ...]]:
        """Return the pack for a tag (`de-CH` takes `de`), English with a warning where there is none."""
        found = self.language_tag(checked_tag(tag), kind)
        if found is not None:
            return self._language(found, kind), ()
        if not self.has(f"languages/{FALLBACK_LANGUAGE}/{kind.id}.yaml"):
            raise unknown("language", tag, self.languages())
        message = f'there is no guide in "{tag}" for this kind of canvas; labels and guide are English'
        hint = "there are: " + ", ".join(self.languages())
        return self._language(FALLBACK_LANGUAGE, kind), (
            Diagnostic("warning", "no-language-pack", message, hint),
        )

    def language_tag(self, tag: str, kind: Kind) -> str | None:
        """Return the pack's tag that serves a language tag, the most exact one, or None."""
        having = {one.lower(): one for one in self.languages() if self.has(f"languages/{one}/{kind.id}.yaml")}
        parts = tag.lower().split("-")
        tries = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((having[one] for one in tries if one in having), None)

    def _language(self, tag: str, kind: Kind) -> Language:
        made: Language = self._once(
            ("language", tag, kind.id),
            lambda: language_of(
                self.data(f"languages/{tag}/common.yaml", "language"),
                self.data(f"languages/{tag}/{kind.id}.yaml", "guide", kind),
                kind,
            ),
        )
        return made

    # -- themes ----------------------------------------------------------------------------------

    def themes(self) -> tuple[str, ...]:
        """Return the names of all themes that can be chosen."""
        names = {name.split("/")[1] for name in self.names("themes") if name.endswith("/theme.yaml")}
        return tuple(sorted(name for name in names if name.count("/") == 0 and not name.startswith("_")))

    def theme(self, name: str) -> Theme:
        """Return a theme with what it extends merged under it."""
        made: Theme = self._once(("theme", name), lambda: theme_of(self, name))
        return made

    def check_tokens(self, name: str, under: Mapping[str, Any]) -> None:
        """Raise all that is wrong in the tokens of a given theme over those of the themes under it."""
        file = f"themes/{name}/theme.yaml"
        if file not in self.files or not under:
            return
        from bmcrender.load import loaded
        from bmcrender.validate.faults import in_order
        from bmcrender.validate.themes import theme_faults

        own = (one for one in self.names(f"themes/{name}") if one.endswith((".css", ".j2")))
        styles = "\n".join(self.read(one).decode("utf-8", "replace") for one in own)
        source = loaded(self.read(file), file)
        if found := list(theme_faults(source, source.data, under, styles)):
            raise CanvasError(in_order(found))

    # -- schemas and fonts -----------------------------------------------------------------------

    def schema(self, name: str) -> dict[str, Any]:
        """Return a schema: canvas, kind, language or theme."""
        made: dict[str, Any] = self._once(
            ("schema", name), lambda: json.loads(self.read(f"schemas/{name}.schema.json"))
        )
        return made

    def font_files(self) -> tuple[str, ...]:
        """Return the names of all font files, the given ones too: `fonts/Inter/Inter-Regular.ttf`."""
        return tuple(name for name in self.names("fonts") if name.lower().endswith(FONT_ENDINGS))

    @property
    def fonts_folder(self) -> Path:
        """The folder of the built-in fonts."""
        return _ROOTS["fonts"]

    def font_set(self) -> FontSet:
        """Return which face draws which character: the built-in fonts and the given ones."""
        from bmcrender.fonts import FontSet

        made: FontSet = self._once(
            ("fonts",),
            lambda: FontSet.from_table(json.loads(self.read("fonts/coverage.json")), self.given_fonts()),
        )
        return made

    def given_fonts(self) -> dict[str, bytes]:
        """Return the fonts that came with the job, by name."""
        return {
            name: data
            for name, data in self.files.items()
            if name.startswith("fonts/") and name.lower().endswith(FONT_ENDINGS)
        }

    def knows(self, folder: str, name: str, end: str) -> bool:
        """Whether a name is well formed and `folder/name` + `end` is there."""
        return is_name(name) and self.has(f"{folder}/{name}{end}")


def _checked_name(name: str) -> None:
    """Refuse a given file's name that would lead out of the data."""
    parts = name.split("/")
    if (
        len(parts) < 2
        or parts[0] not in _ROOTS
        or "\\" in name
        or ":" in name
        or any(part in ("", ".", "..") for part in parts)
    ):
        hint = "such names begin with " + ", ".join(f"{root}/" for root in sorted(_ROOTS))
        raise UsageError.of("bad-data-name", f'"{name}" is no name of a data file', hint)


def _of_data(one: Diagnostic) -> Diagnostic:
    """Return a finding about a file, which is none of a canvas."""
    hints = {
        "not-a-mapping": "begin with a key and its value",
        "empty-file": "write what it is for, or leave it out",
    }
    return replace(one, hint=hints.get(one.code, one.hint))


def _built_in(name: str) -> Path:
    """Return where a file or folder would be built in."""
    _checked_name(name + "/x")
    root, _, rest = name.partition("/")
    return _ROOTS[root] / rest


_SHARED = Library()


def library(files: Mapping[str, bytes] | None = None) -> Library:
    """Return the library over given files; without any, one that is shared and keeps what it read."""
    return Library(files) if files else _SHARED


def schemas_folder() -> Path:
    """Return the folder of the built-in schemas."""
    return _ROOTS["schemas"]
