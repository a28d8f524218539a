"""A sheet to one HTML file that needs nothing else: it prints as the sheet and is read on any screen."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence

from bmcrender.errors import UsageError
from bmcrender.fonts import Face, FontSet
from bmcrender.handouts import Handout
from bmcrender.render.assets import assets, media_type
from bmcrender.render.css import data_url, mm
from bmcrender.render.html import LOGO_URL, Alone, html_page
from bmcrender.render.web_fonts import font_rules
from bmcrender.sheets import Outline, Sheet

# Below this width of the window the blocks stand one under another.
_NARROW_PX = 800

_ASSET = re.compile(r"bmc-asset:[\w/.-]+")
_LENGTH = re.compile(r"(?<![\w.#-])(-?\d+(?:\.\d+)?)mm\b")
_STYLE_ATTRIBUTE = re.compile(r'(?<= style=")[^"]*')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def standalone_html(
    sheet: Sheet | Handout | Outline,
    fonts: FontSet,
    families: Sequence[str],
    data: Callable[[Face], bytes],
    margin: float = 0.0,
) -> bytes:
    """Return a sheet's page with pictures and fonts inside; raises UsageError for what has no such page."""
    if isinstance(sheet, Handout):
        hint = "write --layout poster or --layout outline, or --pdf"
        raise UsageError.of("no-html", "a handout cannot be made as HTML yet", hint)
    pictures = {name: data_url(data, media_type(data)) for name, data in assets(sheet).items()}
    more = font_rules(sheet, fonts, families, data) + _screen_rules(sheet, margin)

    def rules(given: str) -> str:
        return _ASSET.sub(lambda match: pictures.get(match[0], "data:,"), _elastic(given)) + more

    page = html_page(sheet, families, Alone(pictures.get(LOGO_URL, ""), rules))
    return _guarded(_STYLE_ATTRIBUTE.sub(lambda match: _elastic(match[0]), page)).encode()


def _elastic(declarations: str) -> str:
    """Return lengths in the sheet's own millimetre: a true one on paper, any other on a screen."""
    return _LENGTH.sub(r"calc(\1*var(--mm))", declarations)


def _guarded(page: str) -> str:
    """Return the page with a policy that lets it load nothing and run nothing."""
    style = _STYLE.search(page)
    if style is None or "<head>" not in page:
        message = "the theme's template has no <head> with a <style>{{ style }}</style>"
        raise UsageError.of("no-html", message, "begin with the template of _base")
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; style-src-elem 'sha256-{digest}'; "
        "style-src-attr 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    )
    return page.replace("<head>", f"<head>{head}", 1)


def _screen_rules(sheet: Sheet | Outline, margin: float) -> str:
    """Return the size of the paper, and what differs on screens: the sheet is as wide, or one column."""
    gap = ".7rem" if float(sheet.document.theme.tokens["box"]["gap"]) else "0"
    wide = f"calc((100vw - 3rem)/{sheet.width:g})"
    return (
        f"@page{{size:{mm(sheet.width + 2 * margin)} {mm(sheet.height + 2 * margin)};margin:{mm(margin)}}}"
        ":root{--mm:1mm;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
        "html{font-synthesis:none;-webkit-text-size-adjust:none;text-size-adjust:none}"
        f"@media screen and (min-width:{_NARROW_PX + 0.02}px){{:root{{--mm:{wide}}}{_WIDE}}}"
        f"@media screen and (max-width:{_NARROW_PX}px){{{_NARROW}.box+.box{{margin-top:{gap}}}}}"
        "@media print{.page{overflow:hidden}}"
    )


_WIDE = """
body{background:var(--tint);background:color-mix(in srgb,var(--page) 88%,#808080)}
.page{margin:1rem auto;background:var(--page);box-shadow:0 1px 6px rgb(0 0 0/0.3)}
"""

_NARROW = """
html{white-space:normal;background:var(--page)}
body{padding:1.2rem .9rem;overflow-wrap:break-word}
.page,.page *{position:relative!important;inset:auto!important;width:auto!important;height:auto!important}
.page div:empty:not(.icon),.page .more,br,.hyphen{display:none}
.page+.page header,.page:not(:last-child) footer{display:none}
.page .end,.page .center{text-align:start}
.logo{display:block;max-width:40vw;max-height:4rem;image-rendering:auto;margin-bottom:.8rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.4rem;padding:0 .9rem;margin-bottom:1.4rem}
header>*{min-width:0}
header h1,header>.subtitle,.outline_subtitle{flex:1 0 100%}
h1{font-size:1.75rem!important;line-height:1.25}
h2{font-size:1.25rem!important;line-height:1.35;margin-bottom:.5rem}
.subtitle,.outline_subtitle{font-size:1.05rem!important}
.field,.canvas{border:0}
.field_label,.outline_label{font-size:.75rem!important}
.field_value,.outline_value{font-size:.95rem!important}
.box{border:0;border-top:1px solid var(--grid);padding:1.1rem .9rem 1.4rem}
.box .icon{float:inline-end;width:1.8rem!important;height:1.8rem!important}
.eyebrow,.outline_kind{font-size:.8rem!important}
.items{font-size:1rem!important;margin-top:.5rem}
.items li::before{position:absolute!important}
.question{font-size:.92rem!important;margin-top:.35rem}
.list{font-size:.88rem!important;margin-top:.5rem}
main>section:not(.box){border-top:3px solid var(--branch);padding:.9rem .9rem 1.4rem}
section>[class^=outline]{font-size:.92rem!important;margin-top:.35rem}
section>h2[class^=outline]{font-size:1.25rem!important}
section>ul{list-style:disc;padding-inline-start:1.1rem}
section>ul [class^=outline]{font-size:1rem!important;margin-top:.2rem}
section>ul ul{padding-inline-start:.9rem}
.outline_pill,.outline_code{color:var(--branch)}
.outline_title{color:var(--title)}
.outline_kind,.outline_subtitle{color:var(--quiet)}
footer{border-top:1px solid var(--line);padding:.8rem .9rem 0;margin-top:1rem}
.footer{font-size:.75rem!important;margin-top:.3rem}
"""
