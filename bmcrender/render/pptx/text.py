"""Text bodies: paragraphs, runs, links and fields as DrawingML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bmcrender.document import Run, Text
from bmcrender.frozen import dataclass
from bmcrender.model import Direction
from bmcrender.render.pptx.colors import color, fill
from bmcrender.render.pptx.direction import base_direction, marks
from bmcrender.render.pptx.fonts import FontOf, pieces, theme_font
from bmcrender.render.pptx.markup import emu_pt, escaped, hundredths
from bmcrender.slides import LINE_EM, Deck, Paragraph

# Without it PowerPoint draws links in the theme's link colour, unreadable on a dark slide.
_OWN_COLOR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
# One constant for all slides, as PowerPoint does: it names the kind of field, not its place.
_NUMBER_FIELD = "{5B2C9D0E-7A41-5E0B-9C55-6D1F3A0C7E21}"
_MARKERS = {"bullet": "•", "dash": "–"}


def no_links(url: str) -> str:
    """Refuse a link where no part can hold it."""
    raise ValueError(f"a link to {url} in a text that cannot carry one")


@dataclass(frozen=True, slots=True)
class Pen:
    """What the texts of one part share; `link` gives the relationship's id of an address.

    `inherited` is what a placeholder's texts look like without saying so, by level, and `headed` whether
    they are in the fonts of headings.
    """

    deck: Deck
    font_of: FontOf = theme_font
    heading_font_of: FontOf | None = None  # where headings are in families of their own
    link: Callable[[str], str] = no_links
    inherited: Sequence[Paragraph] = ()
    headed: bool = False

    def over(self, style: Paragraph) -> Paragraph | None:
        """Return what a paragraph inherits, None outside of placeholders."""
        return self.inherited[style.level] if style.level < len(self.inherited) else None


def paragraphs_xml(pen: Pen, paragraphs: Sequence[Paragraph]) -> str:
    """Return the `a:p` elements of some paragraphs; at least one, since a body without is invalid.

    A paragraph that only breaks the line of the one before joins it if their lines are equally high;
    else it stands alone without marker, which looks the same.
    """
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if not (paragraph.break_before and groups):
            groups.append([paragraph])
        elif _line_pt(paragraph) == _line_pt(groups[-1][0]):
            groups[-1].append(paragraph)
        else:
            indent_pt = groups[-1][0].indent_pt
            groups.append([replace(paragraph, marker="", indent_pt=indent_pt, hang_pt=0.0)])
    if not groups:
        return f'<a:p><a:endParaRPr lang="{escaped(pen.deck.language)}"/></a:p>'
    return "".join(_paragraph(pen, group) for group in groups)


def number_xml(pen: Pen, style: Paragraph, shown: str) -> str:
    """Return a paragraph with the slide's number as a field, at the end edge of its place."""
    properties = run_properties(pen, style, Run("", bold=style.bold), style.text)
    return (
        f"<a:p>{paragraph_properties(pen.deck, replace(style, align='end'), over=pen.over(style))}"
        f'<a:fld id="{_NUMBER_FIELD}" type="slidenum"><a:rPr{properties}</a:rPr>'
        f"<a:t>{escaped(shown)}</a:t></a:fld>"
        f"<a:endParaRPr{properties}</a:endParaRPr></a:p>"
    )


def paragraph_properties(deck: Deck, style: Paragraph, over: Paragraph | None = None) -> str:
    """Return the element of a paragraph's properties; the marker that it inherits (`over`) is not repeated.

    Both `algn` and `rtl` are always written: LibreOffice takes `algn` as a physical side. So is `marR`:
    LibreOffice gives a paragraph without one that of the paragraph before.
    """
    base = base_direction(deck, style.text)
    if base == deck.direction:
        free = emu_pt(style.end_pt)
        place = f'marL="{emu_pt(style.indent_pt)}" marR="{free}" indent="{emu_pt(-style.hang_pt)}"'
    else:
        hang = emu_pt(style.hang_pt)
        place = f'marL="{hang}" marR="{emu_pt(style.indent_pt)}" indent="{-hang}"'
    level = f' lvl="{style.level}"' if style.level else ""
    alike = over is not None and (over.marker, over.marker_color) == (style.marker, style.marker_color)
    marked = "" if alike else marker(deck, style)
    return (
        f"<a:pPr {place}{level} {side(deck, style, base)}>"
        f'<a:lnSpc><a:spcPts val="{hundredths(_line_pt(style))}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{hundredths(style.before_pt)}"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="0"/></a:spcAft>{marked}</a:pPr>'
    )


def side(deck: Deck, style: Paragraph, base: Direction) -> str:
    """Return the attributes for the side at which a paragraph's lines begin, and for its direction."""
    sides = ("r", "l") if deck.direction == "rtl" else ("l", "r")
    placed = {"start": sides[0], "center": "ctr", "end": sides[1]}[style.align]
    return f'algn="{placed}" rtl="{int(base == "rtl")}"'


def run_properties(pen: Pen, style: Paragraph, run: Run, text: Text, family: str = "") -> str:
    """Return what follows `<a:rPr` up to its end tag: language, size, weight, colour, font, link.

    Size and language are always said, weight and colour where a text does not inherit them.
    """
    colors = pen.deck.colors
    over = pen.over(style)
    # Persian, Arabic and Hebrew faces have no italic: emphasis is weight there, not a slanted fake.
    bold = style.bold or run.bold or (run.italic and text.direction == "rtl")
    italic = ' i="1"' if run.italic and text.direction == "ltr" else ""
    highlight = f"<a:highlight>{color('tint', colors)}</a:highlight>" if run.code else ""
    weight = "" if over is not None and over.bold == bold and not family else f' b="{int(bold)}"'
    painted = "" if over is not None and over.color == style.color else fill(style.color, colors)
    link = f'<a:hlinkClick r:id="{pen.link(run.link)}">{_OWN_COLOR}</a:hlinkClick>' if run.link else ""
    return (
        f' lang="{escaped(text.language or pen.deck.language)}" sz="{hundredths(style.size_pt)}"'
        f'{weight}{italic} dirty="0">{painted}{highlight}{_fonts(pen, style, family)}{link}'
    )


def theme_fonts(font: str) -> str:
    """Return the references to a theme font for Latin, East Asian and complex scripts."""
    return f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/>'


def _fonts(pen: Pen, style: Paragraph, family: str) -> str:
    """Return the fonts of a run: a family by its name, or those of headings where they are not inherited."""
    if family:
        return "".join(f'<a:{slot} typeface="{escaped(family)}"/>' for slot in ("latin", "ea", "cs", "sym"))
    return theme_fonts("mj") if style.heading and not pen.headed else ""


def _paragraph(pen: Pen, group: Sequence[Paragraph]) -> str:
    """Return one `a:p`: its first paragraph, then the others each after a line break."""
    first = group[0]
    base = base_direction(pen.deck, first.text)
    inner = [paragraph_properties(pen.deck, first, pen.over(first))]
    for style in group:
        plain = run_properties(pen, style, Run(""), style.text)
        if style is not first:
            inner.append(f"<a:br><a:rPr{plain}</a:rPr></a:br>")
        inner += [_runs(pen, style, run) for run in _marked(style.text, base)]
    inner.append(f"<a:endParaRPr{plain}</a:endParaRPr>")
    return f"<a:p>{''.join(inner)}</a:p>"


def _line_pt(style: Paragraph) -> float:
    """Return the height of a paragraph's lines.

    It is written in points: by percent LibreOffice takes each font's own metrics (Inter 1.21, Vazirmatn
    1.56), other programs about 1.2, and what was measured would not fit.
    """
    return LINE_EM * style.size_pt * style.line_spacing


def _marked(text: Text, base: Direction) -> list[Run]:
    """Return the runs of a text that have any, with the marks it needs in a paragraph of a direction."""
    runs = [run for run in text.runs if run.text]
    before, after = marks(text, base)
    if runs and before:
        runs[0] = replace(runs[0], text=before + runs[0].text)
    if runs and after:
        runs[-1] = replace(runs[-1], text=runs[-1].text + after)
    return runs


def _runs(pen: Pen, style: Paragraph, run: Run) -> str:
    """Return the `a:r` elements of one run, one for each family it needs."""
    bold = style.bold or run.bold
    headed = style.heading or pen.headed
    font_of = (pen.heading_font_of if headed else None) or pen.font_of
    return "".join(
        f"<a:r><a:rPr{run_properties(pen, style, run, style.text, family)}</a:rPr>"
        f"<a:t>{escaped(piece)}</a:t></a:r>"
        for family, piece in pieces(run.text, bold, font_of)
    )


def marker(deck: Deck, style: Paragraph) -> str:
    """Return the marker of a paragraph: a dot in a colour of its own, a dash in the text's, or none."""
    if not style.marker:
        return "<a:buNone/>"
    own = style.marker == "bullet"
    tint = f"<a:buClr>{color(style.marker_color, deck.colors)}</a:buClr>" if own else "<a:buClrTx/>"
    # Named, not left to the text: LibreOffice then takes the complex-script family, whose dots are smaller.
    family = escaped(deck.fonts.get("marker", "+mn-lt"))
    return f'{tint}<a:buFont typeface="{family}"/><a:buChar char="{_MARKERS[style.marker]}"/>'
