"""The structure of a PDF says its texts as they were written: Persian letter by letter, lines put together."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import faulty_pdfs
import pdf_reading
import pytest
from canvases import EXAMPLES, KIND, crowded, entry_texts, example, job, laid_out, resolved
from matrix import TYPICAL, Case

from bmcrender.checking import checked
from bmcrender.document import Document, Text
from bmcrender.layout.typeset import font_stack
from bmcrender.model import Block, Canvas, Item, Job
from bmcrender.pipeline import render
from bmcrender.supervisor import shared

pytestmark = pytest.mark.xdist_group("worker")

# Lam-alef, joiners, digits, Latin in brackets, a range and a sign, two styles.
PHRASES = (
    "سلام، کالای خلاقانه",
    "کسب‌وکار را می‌سازیم",
    "ماهی ۲۸ میلیون تومان",
    "پرداخت با API و (SMS)",
    "طرح ۱۴۰۳–۱۴۰۴: ۴۵٪ تخفیف",
    "**مشتریان** اصلی و لایه‌ها",
)
PERSIAN = Canvas(
    "بوم",
    language="fa",
    blocks=dict(zip(KIND.blocks, (Block((Item(text),)) for text in PHRASES), strict=False)),
)


def said(data: bytes) -> list[str]:
    """What each heading and paragraph says."""
    return [one.said for page in pdf_reading.pages(data) for one in page.tree.all("H1", "H2", "H3", "P")]


def written(document: Document) -> list[Text]:
    """The texts of a document that its user wrote and that hold no link."""
    texts = [document.title, *([document.subtitle] if document.subtitle else [])]
    texts += [text for block in document.blocks for text in entry_texts(block.items)]
    return [text for text in texts if not any(run.link for run in text.runs)]


def test_persian_comes_out_of_the_structure_as_it_was_written() -> None:
    found = said(render(job(PERSIAN)).outputs["pdf"])
    for phrase in PHRASES:
        assert phrase.replace("*", "") in found


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_of_an_example_comes_out_whole(name: str) -> None:
    """Lines are put together with the spaces that were dropped, without the hyphens that were added."""
    found = Counter(said(render(job_of(name)).outputs["pdf"]))
    assert Counter(text.plain for text in written(example(name))) - found == Counter()


def job_of(name: str) -> Job:
    return Job(EXAMPLES[name].read_bytes())


@pytest.mark.parametrize("layout", ["handout", "outline"])
@pytest.mark.parametrize("language", ["de", "fa"])
def test_every_text_comes_out_whole_in_other_layouts_too(layout: str, language: str) -> None:
    given = Case(layout, TYPICAL, language).job()
    document = checked(given).document
    assert document is not None
    found = Counter(said(render(given).outputs["pdf"]))
    guide = [question.plain for block in document.blocks for question in block.questions]
    own = [text.plain for text in written(document) if text is not document.title]
    assert Counter([*own, *guide]) - found == Counter()


def test_a_word_that_got_hyphens_comes_out_without_them() -> None:
    words = (
        ("Schlüssel\u00adressourcen\u00adverwaltung " * 3).strip(),
        "Kauf-Miet-Pacht-Modell-Wechsel-Bonus " * 2,
    )
    canvas = Canvas("x", blocks={"channels": Block(tuple(Item(word) for word in words))})
    data = render(job(canvas, page="a4")).outputs["pdf"]
    drawn = [piece.text.strip() for page in pdf_reading.pages(data) for piece in page.tree.all("Span")]
    hyphen = "\x02"  # PDFium's sign for one at a line's end
    assert any(piece.endswith(("Schlüssel" + hyphen, "ressourcen" + hyphen)) for piece in drawn)
    assert any(piece.endswith("Kauf-Miet" + hyphen) for piece in drawn)
    assert [one for one in said(data) if "Schlüssel" in one or "Kauf" in one] == [
        ("Schlüsselressourcenverwaltung " * 3).strip(),
        words[1].strip(),
    ]


def test_links_say_nothing_so_that_they_stay_links() -> None:
    item = Item("See [our page](https://example.org/) for more")
    data = render(job(Canvas("x", blocks={"channels": Block((item,))}))).outputs["pdf"]
    (link,) = (one for page in pdf_reading.pages(data) for one in page.tree.all("Link"))
    assert (link.text.strip(), link.actual, list(link.all("Span"))) == ("our page", "", [])


def test_programs_that_read_the_page_find_what_they_found(tmp_path: Path) -> None:
    for language in ("fa", "en"):
        document = resolved(crowded(language, 7), layout="poster")
        sheet = laid_out(document)[0]
        families = font_stack(document.theme.tokens, document.script)
        bare = shared().run(faulty_pdfs.without_actual_text, sheet, families, formats=("pdf",))
        assert not any(said(bare))
        ours = render(job(crowded(language, 7))).outputs["pdf"]
        assert extracted(ours, tmp_path) == extracted(bare, tmp_path) != ""


def extracted(data: bytes, folder: Path) -> str:
    file = folder / "x.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", file, "-"], capture_output=True, check=True)
    return done.stdout.decode()
