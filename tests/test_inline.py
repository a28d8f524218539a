"""Inline Markdown becomes runs; everything else stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmcrender import inline
from bmcrender.document import Run
from bmcrender.inline import direction, paragraphs, runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Run("plain")]),
        ("**bold** words", [Run("bold", bold=True), Run(" words")]),
        ("an *important* word", [Run("an "), Run("important", italic=True), Run(" word")]),
        ("***both***", [Run("both", bold=True, italic=True)]),
        ("as `.csv` file", [Run("as "), Run(".csv", code=True), Run(" file")]),
        (
            "see [the shop](https://shop.example/a?b=1)!",
            [Run("see "), Run("the shop", link="https://shop.example/a?b=1"), Run("!")],
        ),
        ("[write](mailto:a@b.example)", [Run("write", link="mailto:a@b.example")]),
        ("[**loud** link](http://a.example)", [
            Run("loud", bold=True, link="http://a.example"), Run(" link", link="http://a.example"),
        ]),
        ("**نشان** و *راه*", [Run("نشان", bold=True), Run(" و "), Run("راه", italic=True)]),
        (r"\*literal\* stars", [Run("*literal* stars")]),
    ],
)  # fmt: skip
def test_marked_words_get_their_style(text: str, expected: list[Run]) -> None:
    assert list(runs(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "snake_case_name",
        "a ** b",
        "[x] done",
        "[shop](javascript:alert(1))",
        "[file](file:///etc/passwd)",
        "[data](data:text/html,x)",
        "[away](//evil.example)",
        "[broken](https://[::1/)",
        "[nowhere](https:///shop)",
        "![picture](https://a.example/x.png)",
        "<b>bold</b> & <script>alert(1)</script>",
        "&amp; &lt; &#65;",
        "<https://a.example>",
        "https://a.example/bare_link_of_ours",
        "# no heading",
        "- no list",
        "> no quote",
        "~~not struck~~",
        "| a | b |",
        "“curly” -- (c) ... 'as written'",
        "12\u00a0000\u202f€",
        "trailing \\",
    ],
)
def test_everything_else_stays_as_written(text: str) -> None:
    assert runs(text) == (Run(text),)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="*_`[\\\\"), max_size=60))
def test_text_without_marks_is_never_altered(text: str) -> None:
    assert runs(text) == (Run(text),)


@given(st.text("ab *_`[]()\\\\!<>&نش", max_size=40))
def test_no_letter_is_lost_whatever_the_marks(text: str) -> None:
    shown = "".join(run.text for run in runs(text))
    for letter in "abنش<>&!":
        # The address of a link is not shown.
        assert shown.count(letter) <= text.count(letter)
        assert "](" in text or shown.count(letter) == text.count(letter)


def test_a_blank_line_parts_paragraphs_and_a_line_break_is_a_space() -> None:
    assert paragraphs("one\ntwo  \n three\n\n  four\n \t \n\n five") == ("one two three", "four", "five")
    assert paragraphs(" \n\n ") == ()
    assert paragraphs("keeps\u00a0its\u202fspaces\u00a0\n") == ("keeps\u00a0its\u202fspaces\u00a0",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "ltr"),
        ("سلام", "rtl"),
        ("שלום", "rtl"),
        ("API برای رانندگان شهری", "rtl"),
        ("The word سلام in English", "ltr"),
        ("وب‌سایت harbourbread.example", "rtl"),
        ("۱۲ 🎯 →", "rtl"),
        ("", "rtl"),
        ("12", "rtl"),
    ],
)
def test_a_text_turns_from_its_documents_direction_if_its_first_and_most_letters_do(
    text: str, expected: str
) -> None:
    assert direction(text, "rtl") == expected


def test_a_foreign_name_does_not_turn_a_text() -> None:
    assert direction("فروشگاه is what we call a shop", "ltr") == "ltr"
    assert direction("نان گرم تا ساعت ۷ صبح", "ltr") == "rtl"


def test_a_text_without_letters_follows_its_document() -> None:
    assert (direction("12 – 30 %", "ltr"), direction("12 – 30 %", "rtl")) == ("ltr", "rtl")


_SEGMENTS = st.tuples(
    st.sampled_from(["", "*", "**", "***"]),
    st.sampled_from(["ab", "é1", "نان", "²", "x\u200cy", "a b", "i\u0301", "a,b", "q!", "_", ""]),
    st.sampled_from(["", "*", "**"]),
    st.sampled_from([" ", "", ".", "، ", "؟", "\u00a0", "`", "\\"]),
)


@given(st.lists(_SEGMENTS, min_size=1, max_size=4))
def test_what_is_read_without_the_parser_is_what_it_reads(segments: list[tuple[str, ...]]) -> None:
    text = "".join(f"{stars}{words}{stars or end}{after}" for stars, words, end, after in segments)
    simple = inline._emphasised(text)
    if simple:
        assert list(inline._joined(simple)) == list(inline._joined(parsed(text)))


def parsed(text: str) -> list[Run]:
    return inline._styled(inline._markdown().parseInline(text)[0].children or [])


def test_usual_emphasis_needs_no_parser() -> None:
    for text in ("**online** booking", "ready, *not* perfect", "**نان** و *راه*؟", "a **b c**, d"):
        assert inline._emphasised(text) == parsed(text) != []
    for text in ("2 * 3", "a*b*c", "***both***", "**a** `code`", "[**x**](https://a.example)"):
        assert inline._emphasised(text) == []
