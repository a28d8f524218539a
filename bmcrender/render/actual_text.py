"""What each text in a PDF's structure says, letter by letter as it was written.

Glyphs stand in the file as they are drawn: right-to-left from the left, without joiners, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Document as LaidOut

# Classes of a line break: in a word that got a hyphen there, and where nothing stood between the lines.
HYPHENATED, JOINED = "hyphenated", "joined"


def say_texts(laid_out: LaidOut, pdf: pydyf.PDF) -> None:
    """Let the structure say each piece of text by its /ActualText, a space at a line's end included.

    It stands above the element that holds the drawn text: MuPDF would turn it around if it stood there.
    Texts of links are left: replacing them could hide the link.
    """
    texts = [text for page in laid_out.pages for text in _texts(page._page_box)]
    pieces = [one for one in pdf.objects if _is_piece(one)]
    assert len(texts) == len(pieces), "the structure is not what WeasyPrint 70 makes of the boxes"
    families: dict[bytes, dict[bytes, str]] = {}
    for piece, text in zip(pieces, texts, strict=True):
        families.setdefault(piece["P"], {})[piece.reference] = text
    for parent, said in families.items():
        _say(pdf, _element(pdf, parent), said)


def _say(pdf: pydyf.PDF, parent: pydyf.Dictionary, said: Mapping[bytes, str]) -> None:
    """Let an element say its texts, which it has by the piece; where it has more, one above each does."""
    import pydyf

    if all(kid in said or _is_empty(pdf, kid) for kid in parent["K"]):
        parent["ActualText"] = pydyf.String("".join(said.values()))
        if parent["S"] == "/NonStruct":  # which is there for what it holds alone
            parent["S"] = "/Span"
        return
    for at, kid in enumerate(parent["K"]):
        if kid in said:
            above = pydyf.Dictionary({**_element(pdf, kid), "K": pydyf.Array([kid])})
            above["ActualText"] = pydyf.String(said[kid])
            pdf.add_object(above)
            parent["K"][at] = _element(pdf, kid)["P"] = above.reference


def _element(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the element of the structure that is referred to."""
    return pdf.objects[int(reference.split()[0])]


def _is_empty(pdf: pydyf.PDF, kid: Any) -> bool:
    """Whether a part of an element holds nothing, as line breaks do."""
    element = _element(pdf, kid) if isinstance(kid, bytes) else {}
    return "K" in element and all(_is_empty(pdf, one) for one in element["K"])


def _is_piece(element: Any) -> bool:
    """Whether an object is an element of the structure that holds nothing but drawn text."""
    import pydyf

    if not isinstance(element, pydyf.Dictionary) or element.get("S") != "/Span":
        return False
    return len(element["K"]) == 1 and isinstance(element["K"][0], int)


def _texts(page_box: Any) -> Iterator[str]:
    """Yield the texts of a page in the order in which WeasyPrint tags them."""
    texts: list[str] = []
    tagged: list[bool] = []
    for parent, box in _parts(page_box):
        if _tag(box) != "br":
            texts.append(box.text)
            tagged.append(_tag(parent) != "a")
        elif texts:
            texts[-1] = _before_end(texts[-1], box.element.get("class"))
    return (text for text, own in zip(texts, tagged, strict=True) if own)


def _parts(box: Any) -> Iterator[tuple[Any, Any]]:
    """Yield text boxes and line breaks, each after the box it is tagged in: a line is none."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    for child in getattr(box, "children", ()):
        for part in child.children if isinstance(child, boxes.LineBox) else (child,):
            if isinstance(part, boxes.TextBox) or _tag(part) == "br":
                yield box, part
            else:
                yield from _parts(part)


def _tag(box: Any) -> str:
    """Return the name of a box's element, none for what it has before or after."""
    return "" if box.element is None else str(box.element_tag)


def _before_end(text: str, how: str | None) -> str:
    """Return a text with what stood at the end of its line."""
    if how == JOINED:
        return text
    return text.removesuffix("-") if how == HYPHENATED else text + " "
