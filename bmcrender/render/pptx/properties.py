"""The properties of the document and of its views: title, language, dates, licence."""

from __future__ import annotations

from datetime import UTC, datetime

from bmcrender.render.pptx.markup import MAIN, NAMESPACES, escaped
from bmcrender.slides import Deck

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
PROGRAM = "bmcrender"

VIEW_XML = f"<p:viewPr {NAMESPACES}/>"
SHOW_XML = f"<p:presentationPr {NAMESPACES}/>"
# The default names a style that PowerPoint knows without a definition.
TABLES_XML = f'<a:tblStyleLst xmlns:a="{MAIN}" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>'


def core_xml(deck: Deck, created: datetime) -> str:
    """Return title, subject, authors, licence, language and dates; a date without a zone is UTC."""
    moment = created if created.tzinfo is None else created.astimezone(UTC)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    texts = (
        ("dc:title", deck.title),
        ("dc:subject", deck.subject),
        ("dc:creator", "; ".join(deck.authors)),
        ("dc:description", deck.licence),
        ("cp:lastModifiedBy", PROGRAM),
        ("cp:revision", "1"),
    )
    inner = "".join(f"<{tag}>{escaped(text)}</{tag}>" for tag, text in texts if text)
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{inner}<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{escaped(deck.language)}</dc:language></cp:coreProperties>"
    )


def extended_xml(deck: Deck) -> str:
    """Return the program's name, the numbers of slides, notes, paragraphs and words, the titles of slides."""
    notes = sum(bool(slide.notes) for slide in deck.slides)
    shown = [one.text.plain for slide in deck.slides for shape in slide.shapes for one in shape.paragraphs]
    words = sum(len(text.split()) for text in shown)
    wide = round(deck.width * 9) == round(deck.height * 16)
    return (
        f'<Properties xmlns="{_EXTENDED}" xmlns:vt="{_VARIANTS}"><TotalTime>0</TotalTime>'
        f"<Words>{words}</Words><Application>{PROGRAM}</Application>"
        f"<PresentationFormat>{'Widescreen' if wide else 'Custom'}</PresentationFormat>"
        f"<Paragraphs>{len(shown)}</Paragraphs><Slides>{len(deck.slides)}</Slides><Notes>{notes}</Notes>"
        f"<HiddenSlides>0</HiddenSlides><MMClips>0</MMClips><ScaleCrop>false</ScaleCrop>"
        f"{_titles(deck)}<LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc>"
        "<HyperlinksChanged>false</HyperlinksChanged></Properties>"
    )


def _titles(deck: Deck) -> str:
    """Return the titles of the slides, as programs and search engines list them."""
    count = len(deck.slides)
    titles = "".join(f"<vt:lpstr>{escaped(slide.title)}</vt:lpstr>" for slide in deck.slides)
    return (
        '<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>Slide Titles</vt:lpstr>'
        f"</vt:variant><vt:variant><vt:i4>{count}</vt:i4></vt:variant></vt:vector></HeadingPairs>"
        f'<TitlesOfParts><vt:vector size="{count}" baseType="lpstr">{titles}</vt:vector></TitlesOfParts>'
    )
