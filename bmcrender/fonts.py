"""Which bundled or added face draws which character, answered from a table computed at build time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from bmcrender.frozen import dataclass
from bmcrender.properties import CLUSTER, Ranges, default_ignorable, inherits_face, is_emoji, undrawn, within

EMOJI_FAMILY = "Noto Emoji"

# Tried in this order for what no family of a stack covers. The generated fontconfig holds the same
# order, so that the page and the measurement cannot disagree.
FALLBACK = (
    "Inter",
    "Vazirmatn",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Noto Sans Mono",
    "Nunito",
    "Lalezar",
    EMOJI_FAMILY,
)

# CSS weight to fontconfig's own scale, on which "nearest" is decided: 600 is close to 700, far from 500.
_WEIGHTS = (
    (0, 0), (100, 0), (200, 40), (300, 50), (350, 55), (380, 75), (400, 80), (500, 100),
    (600, 180), (700, 200), (800, 205), (900, 210), (1000, 215),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One static font file: what CSS calls it and which code points it draws.

    `file` is relative to the folder of fonts; `ranges` are sorted pairs of first and last.
    """

    file: str
    family: str
    weight: int
    italic: bool
    units_per_em: int
    ranges: Ranges = field(compare=False, repr=False)

    def covers(self, char: str) -> bool:
        """Whether the face has a glyph for one character."""
        return within(self.ranges, ord(char))


@dataclass(frozen=True)
class FontSet:
    """All faces of one render: the bundled ones and those that came with the job.

    `added` are the faces of the job's own files, `skipped` the files of it that name a bundled face.
    """

    faces: tuple[Face, ...]
    added: tuple[Face, ...] = ()
    skipped: tuple[str, ...] = ()
    _orders: dict[tuple[tuple[str, ...], int, bool], tuple[Face, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _found: dict[tuple[tuple[str, ...], int, bool, str], Face | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _plain: dict[tuple[tuple[str, ...], int, bool], set[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def from_table(cls, table: Mapping[str, Any], user: Mapping[str, bytes] | None = None) -> FontSet:
        """Build the set from `coverage.json` and font files by name; raise CanvasError for bad files."""
        bundled = tuple(_face_from_row(row) for row in table["faces"])
        known = {_identity(face) for face in bundled}
        read: tuple[Face, ...] = ()
        if user:
            from bmcrender.font_files import added_faces

            read = added_faces(user)
        added = tuple(face for face in read if _identity(face) not in known)
        skipped = tuple(face.file for face in read if _identity(face) in known)
        return cls(bundled + added, added, skipped)

    def covers(self, char: str) -> bool:
        """Whether every code point can be drawn, or needs no drawing (spaces, format characters)."""
        return all(undrawn(point) or any(face.covers(point) for face in self.faces) for point in char)

    def face(self, stack: Sequence[str], weight: int, italic: bool, char: str) -> Face | None:
        """Return the face Pango takes for a character, or for a sequence seen as one.

        `stack` is the CSS family list. None if no face has it, or if it needs no drawing
        (`default_ignorable`) and stays in the face of its neighbours. A space is answered with the
        first face; inside a text `pieces` knows better.
        """
        key = (tuple(stack), weight, italic, char)
        if key not in self._found:
            order = self._order((EMOJI_FAMILY,) if is_emoji(char) else key[0], weight, italic)
            if inherits_face(char[0]):
                self._found[key] = None if default_ignorable(char[0]) else order[0]
            else:
                self._found[key] = next((face for face in order if face.covers(char[0])), None)
        return self._found[key]

    def pieces(
        self, text: str, stack: Sequence[str], weight: int, italic: bool
    ) -> tuple[tuple[int, int, Face], ...]:
        """Return a text's stretches (start, end, face) as Pango splits it by fonts.

        A space takes the face of that neighbour which stands earlier in the order, but never an
        emoji's. What no face has goes to the first one, which draws its empty box.
        """
        order = self._order(tuple(stack), weight, italic)
        if text and self._all_in_first(text, tuple(stack), weight, italic):
            return ((0, len(text), order[0]),)
        found: list[tuple[int, int, Face]] = []
        for start, end, face in _with_neighbours(list(self._clusters(text, stack, weight, italic)), order):
            if found and found[-1][2] == face:
                start = found.pop()[0]
            found.append((start, end, face))
        return tuple(found)

    def _all_in_first(self, text: str, stack: tuple[str, ...], weight: int, italic: bool) -> bool:
        """Whether the first face draws every character of a text, whatever stands beside it, as in most."""
        plain = self._plain.setdefault((stack, weight, italic), set())
        first = self._order(stack, weight, italic)[0]
        for char in set(text) - plain:
            own = None if inherits_face(char) else self.face(stack, weight, italic, char)
            if (own or first) != first or is_emoji(f"x{char}"):
                return False
            plain.add(char)
        return True

    def _clusters(
        self, text: str, stack: Sequence[str], weight: int, italic: bool
    ) -> Iterator[tuple[int, int, Face | None, bool]]:
        """Yield each cluster with its face (None: its neighbours') and whether it is an emoji."""
        first = self._order(tuple(stack), weight, italic)[0]
        for match in CLUSTER.finditer(text):
            cluster = match[0]
            face = None if inherits_face(cluster[0]) else self.face(stack, weight, italic, cluster) or first
            yield match.start(), match.end(), face, is_emoji(cluster)

    def _order(self, stack: tuple[str, ...], weight: int, italic: bool) -> tuple[Face, ...]:
        """Return all faces as fontconfig sorts them: family by family, upright or italic, weight."""
        key = (stack, weight, italic)
        if key not in self._orders:
            ranks: dict[str, int] = {}
            for name in (*stack, *FALLBACK):
                ranks.setdefault(_plain(name), len(ranks))

            def distance(face: Face) -> tuple[int, bool, float]:
                rank = ranks.get(_plain(face.family), len(ranks))
                return rank, face.italic != italic, abs(_scale(face.weight) - _scale(weight))

            self._orders[key] = tuple(sorted(self.faces, key=distance))
        return self._orders[key]


def _with_neighbours(
    clusters: Sequence[tuple[int, int, Face | None, bool]], order: Sequence[Face]
) -> Iterator[tuple[int, int, Face]]:
    """Give the clusters without a face that of a neighbour, the one earlier in the order."""
    after: list[Face | None] = [None]
    for _, _, face, emoji in reversed(clusters):
        after.append(after[-1] if face is None else None if emoji else face)
    before: Face | None = None
    for (start, end, face, emoji), following in zip(clusters, reversed(after[1:]), strict=True):
        if face is None:
            face = min((one for one in (before, following) if one), key=order.index, default=order[0])
        else:
            before = None if emoji else face
        yield start, end, face


def _plain(family: str) -> str:
    """Return a family name as fontconfig compares it: without blanks and case."""
    return family.replace(" ", "").casefold()


def _identity(face: Face) -> tuple[str, int, bool]:
    """Return what CSS can tell a face by."""
    return _plain(face.family), face.weight, face.italic


def _scale(weight: int) -> float:
    """Return a CSS weight on fontconfig's scale."""
    clamped = min(max(weight, 0), 1000)
    upper = next(index for index, (css, _) in enumerate(_WEIGHTS) if css >= clamped)
    (css0, own0), (css1, own1) = _WEIGHTS[max(upper - 1, 0)], _WEIGHTS[upper]
    return own0 + (own1 - own0) * (clamped - css0) / ((css1 - css0) or 1)


def _face_from_row(row: Mapping[str, Any]) -> Face:
    """Return a face from its row in the table."""
    ranges = tuple((int(first), int(last)) for first, last in row["ranges"])
    return Face(row["file"], row["family"], row["weight"], row["italic"], row["units_per_em"], ranges)


# -- the hermetic fontconfig ---------------------------------------------------------------------------


def fontconfig_xml(font_dirs: Sequence[str | Path], cache_dir: str | Path) -> str:
    """Return a fontconfig file that sees only these folders, in a fixed order of families.

    It includes nothing of the system, so no rule makes bold or italics up; the family names are
    bound strongly, so that a text's language cannot reorder them.
    """
    from html import escape

    dirs = "".join(f"  <dir>{escape(str(folder))}</dir>\n" for folder in font_dirs)
    families = "".join(f"\n      <string>{escape(name)}</string>" for name in FALLBACK)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{dirs}  <cachedir>{escape(str(cache_dir))}</cachedir>\n"
        "  <config><rescan><int>0</int></rescan></config>\n"
        # Pango asks for the family "emoji" alone where a character stands as an emoji.
        '  <match target="pattern">\n    <test name="family"><string>emoji</string></test>\n'
        f'    <edit name="family" mode="prepend" binding="strong"><string>{EMOJI_FAMILY}</string></edit>\n'
        "  </match>\n"
        '  <match target="pattern">\n'
        f'    <edit name="family" mode="append_last" binding="strong">{families}\n'
        "    </edit>\n  </match>\n"
        '  <match target="font">\n'
        '    <edit name="embeddedbitmap" mode="assign"><bool>false</bool></edit>\n'
        '    <edit name="embolden" mode="assign"><bool>false</bool></edit>\n'
        "  </match>\n</fontconfig>\n"
    )


if __name__ == "__main__":  # python -m bmcrender.fonts: rewrite the table of the checkout's fonts
    from bmcrender.font_files import rewrite_table

    rewrite_table(Path(__file__).resolve().parent.parent / "fonts")
