"""The theme part: the deck's tokens as a colour scheme, its families as theme fonts, flat shapes."""

from __future__ import annotations

from collections.abc import Mapping

from bmcrender.render.pptx.colors import scheme, srgb
from bmcrender.render.pptx.markup import MAIN, escaped
from bmcrender.slides import Deck

# Scripts that programs take from the complex-script family; LibreOffice reads <a:cs> only, others these.
_SCRIPTS = ("Arab", "Hebr")

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
# Three of each are mandatory; all alike and flat, so that a shape added later has no gradient or shadow.
_FORMATS = (
    f'<a:fmtScheme name="Flat"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}'
    f"</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def theme_xml(deck: Deck, name: str) -> str:
    """Return a theme part; `name` is what a program shows for it."""
    return (
        f'<a:theme xmlns:a="{MAIN}" name="{escaped(name)}"><a:themeElements>'
        f'<a:clrScheme name="{escaped(name)}">{_color_scheme(deck.colors)}</a:clrScheme>'
        f'<a:fontScheme name="{escaped(name)}">'
        f"<a:majorFont>{_families(deck.fonts, 'heading_')}</a:majorFont>"
        f"<a:minorFont>{_families(deck.fonts, '')}</a:minorFont></a:fontScheme>"
        f"{_FORMATS}</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _color_scheme(colors: Mapping[str, str]) -> str:
    """Return the twelve colours."""
    return "".join(f"<a:{slot}>{srgb(value)}</a:{slot}>" for slot, value in scheme(colors).items())


def _families(fonts: Mapping[str, str], prefix: str) -> str:
    """Return the families of one theme font; `heading_latin`, `heading_cs` are optional in `fonts`."""
    latin = escaped(fonts.get(f"{prefix}latin", fonts["latin"]))
    cs = fonts.get(f"{prefix}cs", fonts["cs"])
    scripts = "".join(f'<a:font script="{s}" typeface="{escaped(fonts.get(s, cs))}"/>' for s in _SCRIPTS)
    return f'<a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface="{escaped(cs)}"/>{scripts}'
