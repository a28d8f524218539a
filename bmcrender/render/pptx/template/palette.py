"""Our tokens in the colours of a template: names of its scheme that can be read where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bmcrender.contrast import LEAST, contrast
from bmcrender.frozen import dataclass
from bmcrender.render.pptx.template.colors import lightened
from bmcrender.render.pptx.template.ground import Ground, Palette, readable
from bmcrender.render.pptx.template.nodes import nodes
from bmcrender.render.pptx.template.places import Holder
from bmcrender.sheets import Rect

LARGE = 3.0  # contrast of large type, and of lines and fills that say something
_INKS = ("tx1", "bg1", "tx2", "bg2")
_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
_LIGHT, _DARK = "#ffffff", "#000000"
_SOFT = (65, 35)  # share and offset of luminance for secondary text, in %
_FAINT = (50, 50)
_TEXT = ("ink", "heading", "title", "cover_ink", "on_group")
_SOFT_TEXT = ("ink2", "quiet", "head2", "cover_ink2")
_ACCENT_TEXT = ("accent_text", "cover_accent")
_PAPER = ("page", "cover")
_PAPERS = ("bg1", "tx1", "bg2", "tx2")


@dataclass(frozen=True)
class Ink:
    """Chooses colours of one layout's scheme for what stands on a ground."""

    palette: Palette

    def tokens(self, names: Iterable[str], ground: Ground) -> dict[str, str]:
        """Return each token's name in the scheme, as it can be read on a ground."""
        ink = self._first(_INKS, ground, LEAST)
        accent = self._first(_ACCENTS, ground, LARGE, ink)
        soft = self._softer(ink, _SOFT, ground, LEAST)
        paper, tint = self._paper(ground)
        found = {
            **dict.fromkeys(_TEXT, ink),
            **dict.fromkeys(_SOFT_TEXT, soft),
            **dict.fromkeys(_ACCENT_TEXT, self._first(_ACCENTS, ground, LEAST, ink)),
            **dict.fromkeys(_PAPER, paper),
            "accent": accent,
            "grid": accent,
            "line": self._softer(ink, _FAINT, ground, 2.0),
            "tint": tint,
        }
        # Colours that only some themes have are those of groups, and their tints.
        others = [name for name in names if name not in found]
        hues = [name for name in others if not name.endswith("_tint")]
        for name in others:
            if name.endswith("_tint"):
                found[name] = tint
            else:
                turned = _ACCENTS[hues.index(name) % 6 :] + _ACCENTS[: hues.index(name) % 6]
                found[name] = self._first(turned, ground, LARGE, ink)
        return found

    def _paper(self, ground: Ground) -> tuple[str, str]:
        """Return the colours of boxes and of panels: a ground of the scheme, light or dark as the slide's."""
        dark = readable(_LIGHT, ground) > readable(_DARK, ground)

        def alike(name: str) -> bool:
            return (contrast(_LIGHT, self.shown(name)) > contrast(_DARK, self.shown(name))) is dark

        paper = next(filter(alike, _PAPERS), "bg1")
        light = contrast(self.shown(paper), _DARK) > LEAST
        return paper, f"{paper}/95" if light else f"{paper}/85/15"

    def shown(self, name: str) -> str:
        """Return a colour of the scheme, changed in luminance or not, as #rrggbb."""
        base, *changes = name.split("/")
        share, offset = (int(part) / 100 for part in (*changes, "100", "0")[:2]) if changes else (1.0, 0.0)
        return lightened(self.palette.scheme.get(base, "#ffffff"), share, offset if len(changes) > 1 else 0.0)

    def inherits(self, holder: Holder, ground: Ground) -> bool:
        """Whether the colour that a placeholder has by itself can be read on a ground, or none better."""
        own = self._own(holder)
        if own and not self.palette.trusted(holder.rect):
            return True  # who made the template knows what is there
        least = LARGE if holder.is_title or holder.kind == "subTitle" else LEAST
        color = own or self.palette.scheme.get("tx1", _DARK)
        return readable(color, ground) >= min(least, self.clarity(ground))

    def behind(self, place: Rect) -> Ground:
        """Return what stands behind a place; if that is not sure, what the nearest text's colour tells."""
        texts = [one for one in self.palette.source.holders if one.is_title or one.is_body]
        nearest = min(texts, key=lambda one: abs(one.rect.y + one.rect.h / 2 - place.y - place.h / 2))
        color = self._own(nearest)
        if not color or self.palette.trusted(place):
            return self.palette.under(place)
        return (max(_LIGHT, _DARK, key=lambda ground: contrast(color, ground)),)

    def clarity(self, ground: Ground) -> float:
        """Return the contrast of the best colour for texts to a ground."""
        return readable(self.shown(self._first(_INKS, ground, LEAST)), ground)

    def _own(self, holder: Holder) -> str:
        """Return the colour that a template gives text of the first level in a placeholder, "" for none."""
        own = (node for style in holder.styles() for node in nodes(style, "a:defRPr/a:solidFill/*"))
        return next(filter(None, map(self.palette.color, own)), "")

    def _first(self, names: Iterable[str], ground: Ground, least: float, otherwise: str = "") -> str:
        """Return the first of some colours with a contrast, else another one, else that with the most."""
        scheme = self.palette.scheme
        there = {name: readable(scheme[name], ground) for name in names if name in scheme}
        found = next((name for name, value in there.items() if value >= least), otherwise)
        return found or max(there, key=lambda name: there[name], default="tx1")

    def _softer(self, name: str, change: tuple[int, int], ground: Ground, least: float) -> str:
        """Return a colour nearer to the ground, if it is dark and stays readable."""
        softer = f"{name}/{change[0]}/{change[1]}"
        return softer if readable(self.shown(softer), ground) >= least else name


def primary(names: Mapping[str, str]) -> dict[str, str]:
    """Return colours with those of main texts left to what a placeholder has by itself."""
    return dict(names) | dict.fromkeys(_TEXT, "")
