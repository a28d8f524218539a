"""Canvas, kind, language and theme to a `Document`: every text chosen, every token final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bmcrender import inline
from bmcrender.dates import shown_date
from bmcrender.document import CheckList, Document, DocumentBlock, Entry, Field, Image, ListItem, Run, Text
from bmcrender.model import (
    Block,
    Canvas,
    Direction,
    Guide,
    GuideBlock,
    GuideItem,
    GuideList,
    Item,
    Kind,
    KindBlock,
    Language,
    Options,
    Orientation,
    Theme,
    in_digits,
)
from bmcrender.pages import page_size

_LAYOUT = "poster"


def document(
    canvas: Canvas, kind: Kind, language: Language, theme: Theme, options: Options, logo: Image | None = None
) -> Document:
    """Return the document that a canvas, its data and the caller's options make together.

    Raises ValueError, with a sentence for the user, for a page size that does not exist.
    """
    script = theme.tokens["scripts"].get(language.script, {})
    words = _Words(canvas, language, upright=not script.get("italics", True))
    chosen = _chosen(canvas.render, options)
    layout = str(chosen.get("layout") or _LAYOUT)
    page = _page(canvas.render, options, layout, theme)
    page = page[0] - 2 * options.margin, page[1] - 2 * options.margin
    lies = page[0] >= page[1] or theme.tokens[layout].get("canvas") == "landscape"
    guide: Guide = chosen.get("guide") or "auto"
    return Document(
        kind=kind.id,
        language=language.tag,
        direction=language.direction,
        script=language.script,
        digits=language.digits,
        labels=language.labels,
        kind_title=words.ours("kind", language.kind_title),
        title=words.users("title", canvas.title),
        subtitle=words.users("subtitle", canvas.subtitle) if canvas.subtitle else None,
        fields=tuple(_fields(canvas, language, words, keep_empty=options.blank)),
        footer=words.users("footer", canvas.footer) if canvas.footer else None,
        logo=logo,
        attribution=words.ours("attribution", language.attribution),
        licence_url=kind.licence_url,
        authors=canvas.authors,
        blocks=tuple(
            _block(block, number, len(kind.blocks), canvas.blocks.get(block.id, Block()), language, words)
            for number, block in enumerate(kind.blocks.values(), start=1)
        ),
        areas=kind.landscape if lies else kind.portrait,
        slide_areas=kind.landscape,
        mirrored=_mirrored(chosen.get("mirror"), language.direction),
        guide=guide,
        layout=layout,
        page=page,
        breaks=language.breaks,
        theme=_dressed(theme, canvas.theme_tokens),
        overflow=options.overflow,
        sticky=options.sticky,
        deck=chosen.get("deck") or "full",
    )


class _Words:
    """Makes texts: the product's own in its language, the user's as they are written."""

    def __init__(self, canvas: Canvas, language: Language, upright: bool) -> None:
        self._default: Direction = language.direction
        self._upright = upright
        same = canvas.language.split("-")[0].lower() == language.tag.split("-")[0].lower()
        self._users_language = "" if same else canvas.language

    def ours(self, node: str, text: str) -> Text:
        return Text(node, (Run(text),), self._default)

    def users(self, node: str, text: str) -> Text:
        """A line of the user's without inline Markdown (titles, fields)."""
        return self._text(node, (Run(" ".join(inline.paragraphs(text))),))

    def names(self, node: str, texts: Sequence[str], separator: str) -> Text:
        """Several short texts in one line, a run for each."""
        shown = [" ".join(inline.paragraphs(text)) for text in texts]
        parts = [text + separator for text in shown[:-1]] + shown[-1:]
        return self._text(node, tuple(Run(part) for part in parts or [""]))

    def paragraphs(self, node: str, text: str) -> tuple[Text, ...]:
        """A text of the user's with inline Markdown, paragraph by paragraph."""
        parts = (inline.runs(part) for part in inline.paragraphs(text))
        return tuple(
            self._text(f"{node}.p{index}", tuple(map(self._emphasised, runs)))
            for index, runs in enumerate(parts)
        )

    def _emphasised(self, run: Run) -> Run:
        """A script without italics emphasises by weight."""
        return replace(run, bold=True, italic=False) if run.italic and self._upright else run

    def _text(self, node: str, runs: tuple[Run, ...]) -> Text:
        plain = "".join(run.text for run in runs)
        return Text(node, runs, inline.direction(plain, self._default), self._users_language)


def _chosen(render: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """The canvas's render settings, with the caller's options over them."""
    names = ("page", "layout", "guide", "mirror", "deck")
    given = {name: getattr(options, name) for name in names}
    return {**render, **{name: value for name, value in given.items() if value is not None}}


def _page(render: Mapping[str, Any], options: Options, layout: str, theme: Theme) -> tuple[float, float]:
    """Return width and height: of the options, of the canvas, of the theme for such a layout.

    What the canvas says about its page holds for its own layout, not for another one asked for.
    """
    own: Mapping[str, Any] = theme.tokens[layout]
    said = render if layout == (render.get("layout") or _LAYOUT) else {}
    orientation: Orientation = options.orientation or said.get("orientation") or own["orientation"]
    return page_size(str(options.page or said.get("page") or own["page"]), orientation)


def _mirrored(wish: bool | None, direction: Direction) -> bool:
    return direction == "rtl" if wish is None else wish and direction == "rtl"


def _dressed(theme: Theme, colors: Mapping[str, Any]) -> Theme:
    if not colors:
        return theme
    return replace(theme, tokens={**theme.tokens, "colors": {**theme.tokens["colors"], **colors}})


def _fields(canvas: Canvas, language: Language, words: _Words, keep_empty: bool) -> Iterator[Field]:
    calendar = str(canvas.render.get("calendar") or language.calendar)
    values = {
        "designed_for": (canvas.organization,),
        "designed_by": canvas.authors,
        "date": (shown_date(canvas.date, language, calendar),),
        "version": (canvas.version,),
    }
    for name, value in values.items():
        if any(value) or keep_empty:
            label = words.ours(f"field.{name}.label", language.labels[name])
            yield Field(name, label, words.names(f"field.{name}", value, language.separator))


def _block(
    block: KindBlock, number: int, total: int, filled: Block, language: Language, words: _Words
) -> DocumentBlock:
    guide = language.blocks[block.id]
    shown, of = (in_digits(one, language.digits) for one in (number, total))
    step = language.labels["step_of"].format(n=shown, m=of)
    ordinal = language.steps[number - 1] if number <= len(language.steps) else ""
    title = guide.title if filled.title is None else filled.title
    make = words.ours if filled.title is None else words.users
    return DocumentBlock(
        id=block.id,
        code=block.code,
        icon=block.icon,
        group=block.group,
        emphasis=block.emphasis,
        number=number,
        step=words.ours(f"{block.id}.step", step),
        eyebrow=words.ours(f"{block.id}.eyebrow", ordinal or language.labels["step"].format(n=shown)),
        title=make(f"{block.id}.title", title),
        meaning=words.ours(f"{block.id}.meaning", guide.meaning),
        questions=_questions(block, guide, filled, words),
        lists=tuple(_check_list(block.id, given, words, language.digits) for given in guide.lists),
        items=tuple(_entries(f"{block.id}.items", filled.items, words)),
        notes=words.paragraphs(f"{block.id}.notes", filled.notes),
    )


def _questions(block: KindBlock, guide: GuideBlock, filled: Block, words: _Words) -> tuple[Text, ...]:
    if filled.questions is None:
        return tuple(words.ours(f"{block.id}.questions.{q.id}", q.text) for q in guide.questions)
    return tuple(
        text
        for index, question in enumerate(filled.questions)
        for text in words.paragraphs(f"{block.id}.questions.{index}", question)
    )


def _check_list(block: str, given: GuideList, words: _Words, digits: str) -> CheckList:
    node = f"{block}.lists.{given.id}"
    items = tuple(
        _list_item(f"{node}.{item.id}", item, in_digits(index, digits) if given.ordered else "", words)
        for index, item in enumerate(given.items, start=1)
    )
    return CheckList(words.ours(f"{node}.heading", given.heading), items)


def _list_item(node: str, item: GuideItem, label: str, words: _Words) -> ListItem:
    return ListItem(
        text=words.ours(node, item.text),
        gloss=words.ours(f"{node}.gloss", item.gloss) if item.gloss else None,
        question=words.ours(f"{node}.question", item.question) if item.question else None,
        label=label,
    )


def _entries(node: str, items: Sequence[Item], words: _Words) -> Iterator[Entry]:
    for index, item in enumerate(items):
        here = f"{node}.{index}"
        yield Entry(
            paragraphs=words.paragraphs(here, item.text),
            items=tuple(_entries(f"{here}.items", item.items, words)),
            notes=words.paragraphs(f"{here}.note", item.note),
        )
