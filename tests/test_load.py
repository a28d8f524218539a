"""How YAML becomes plain data with places, and how everything else is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bmcrender import limits
from bmcrender.characters import forbidden
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.events import events
from bmcrender.load import loaded
from bmcrender.source import Mark, Source
from bmcrender.syntax import friendly

PERSIAN = """\
title: نقشهٔ نشان
blocks:
  channels:
    - فروشگاه در «تهران»
    - text: 'it''s'
      note: |
        یک
        دو
"""


def read(text: str) -> Source:
    return loaded(text.encode(), "canvas.yaml")


def refused(data: bytes | str) -> tuple[Diagnostic, ...]:
    try:
        found = loaded(data.encode() if isinstance(data, str) else data, "canvas.yaml").found
    except CanvasError as error:
        found = error.diagnostics
    assert found
    return found


def test_data_is_what_the_file_says() -> None:
    assert read(PERSIAN).data == {
        "title": "نقشهٔ نشان",
        "blocks": {"channels": ["فروشگاه در «تهران»", {"text": "it's", "note": "یک\nدو\n"}]},
    }


def test_places_count_code_points_from_one() -> None:
    source = read(PERSIAN)
    assert source.keys["blocks", "channels"] == Mark(3, 3)
    assert source.values["blocks", "channels", 0] == Mark(4, 7)
    assert source.values["blocks", "channels", 1, "note"] == Mark(6, 13)
    assert read("{نام: x, b: y}").keys[("b",)] == Mark(1, 10)


@pytest.mark.parametrize("marks", [1, 2])
def test_a_byte_order_mark_shifts_no_column(marks: int) -> None:
    source = loaded(marks * b"\xef\xbb\xbf" + b"title: x\n", "canvas.yaml")
    assert source.data == {"title": "x"}
    assert source.values[("title",)] == Mark(1, 8)


def test_a_wrong_sign_after_byte_order_marks_is_told_at_its_place() -> None:
    with pytest.raises(CanvasError) as raised:
        loaded(2 * b"\xef\xbb\xbf" + b"!\n\t", "canvas.yaml")
    (one,) = raised.value.diagnostics
    assert (one.line, one.column, one.message) == (2, 1, "a tab stands where spaces are expected")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one_line(end: str) -> None:
    source = read(f"title: x{end}{end}date: y{end}")
    assert source.keys[("date",)] == Mark(3, 1)
    assert source.lines[2] == "date: y"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("12", 12), ("-7", -7), ("0o14", 12), ("0x1F", 31), ("014", 14),
        ("1.10", 1.1), (".5", 0.5), ("1e3", 1000.0),
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"), ("2024-13-45", "2024-13-45"), (".inf", ".inf"), (".nan", ".nan"),
        ("+98912-1", "+98912-1"), ("'12'", "12"), ('"true"', "true"), ("۱۲", "۱۲"), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_unquoted_scalars_follow_yaml_1_2(written: str, value: object) -> None:
    found = read(f"a: {written}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_a_number_of_5000_digits_stays_text() -> None:
    assert read(f"a: {'9' * 5000}\n").data["a"] == "9" * 5000


def test_the_written_form_of_a_scalar_is_kept() -> None:
    source = read("version: 1.10\ndate: 0x10\n")
    assert source.data["version"] == 1.1
    assert source.scalars[("version",)].text == "1.10"
    assert source.scalars[("date",)].text == "0x10"


def test_keys_are_texts_as_written() -> None:
    assert read("yes: 1\n1.10: 2\nnull: 3\ntrue: 4\n").data == {"yes": 1, "1.10": 2, "null": 3, "true": 4}


def test_all_findings_of_one_pass_are_reported_in_order() -> None:
    found = refused("a: &x 1\nb: *x\na: !t 2\nc: {<<: 1}\n")
    assert [(one.line, one.column, one.code) for one in found] == [
        (1, 4, "anchor"),
        (2, 4, "alias"),
        (3, 1, "duplicate-key"),
        (3, 4, "tag"),
        (4, 5, "merge-key"),
    ]


def test_a_finding_shows_its_line() -> None:
    (found,) = refused("title: x\nsubtitle: نان \u202e\n")
    assert found.source == "subtitle: نان \u202e"
    assert found.file == "canvas.yaml"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_colon_without_its_space_is_told_in_its_own_line(end: str) -> None:
    (found,) = refused(f"kind: bmc{end}title:Bakery{end}blocks: {{}}{end}")
    assert (found.line, found.column, found.source) == (2, 7, "title:Bakery")


def test_a_file_too_large_is_not_read() -> None:
    (found,) = refused(b"title: " + b"x" * limits.FILE_BYTES)
    assert found.code == "file-too-large"


def test_too_many_values_end_the_reading() -> None:
    (found,) = refused("a: [" + "b," * limits.NODES + "]")
    assert (found.code, found.line, found.column) == ("too-many-nodes", 1, 5 + 2 * (limits.NODES - 3))


@pytest.mark.parametrize("bomb", ["[" * 200_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_deep_nesting_is_refused_at_once(bomb: str) -> None:
    start = time.perf_counter()
    assert refused(bomb)[0].code in ("too-deep", "bad-key")
    assert time.perf_counter() - start < 5


def test_sixteen_levels_are_allowed_and_seventeen_are_not() -> None:
    inner = limits.DEPTH - 1
    assert read("a: " + "[" * inner + "]" * inner).data["a"]
    assert refused("a: " + "[" * (inner + 1) + "]" * (inner + 1))[0].code == "too-deep"


def test_four_marks_on_a_letter_are_allowed_and_five_are_not() -> None:
    assert read("a: ن\u064e\u0651\u0650\u0652").data
    assert refused("a: ن\u064e\u0651\u0650\u0652\u0670")[0].code == "too-many-marks"


@pytest.mark.parametrize(
    "kept", ["\u200c", "\u200d", "\u200e", "\u2066x\u2069", "\ufe0f", "\u00ad", "\u00a0", "\ufeff"]
)
def test_invisible_characters_that_texts_need_are_kept(kept: str) -> None:
    assert read(f"a: x{kept}y\n").data["a"] == f"x{kept}y"


@pytest.mark.parametrize("region", ["gbeng", "gbsct", "gbwls", "usca"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_flags_of_regions_are_texts(region: str, quote: str) -> None:
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    assert read(f"a: {quote}{flag} x{quote}\n").data["a"] == f"{flag} x"
    escaped = "".join(f"\\U{ord(one):08x}" for one in flag)
    assert read(f'a: "{escaped}"\n').data["a"] == flag


@pytest.mark.parametrize(
    "wrong",
    [
        "\U000e0067\U000e0062\U000e007f",
        "\U0001f3f4x\U000e0067\U000e0062",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065",  # without its end
        "\U0001f3f4" + "\U000e0061" * 40 + "\U000e007f",  # hidden text
    ],
)
def test_tag_characters_elsewhere_are_one_finding_a_run(wrong: str) -> None:
    (found,) = refused(f"a: x{wrong}\n")
    assert found.code == "forbidden-character"
    assert "tag characters" in found.message


def test_wrong_characters_do_not_hide_other_faults_and_are_left_out_of_the_data() -> None:
    found = refused("a: &x x\u202e\nb: !t 'y\ufdd0'\n")
    assert [(one.line, one.column, one.code) for one in found] == [
        (1, 4, "anchor"), (1, 8, "forbidden-character"), (2, 4, "tag"), (2, 9, "forbidden-character"),
    ]  # fmt: skip
    assert found[0].source == "a: &x x\u202e"
    source = read('\u202aa: x\u202ey\nb: "\\u202ez\\ufdd0"\nc: "\ufdd0\\ufdd0"\n')
    assert source.data == {"a": "xy", "b": "z", "c": ""}
    assert [(one.line, one.column) for one in source.found] == [(1, 1), (1, 6), (2, 4), (3, 4), (3, 5)]


def test_both_parsers_of_pyyaml_give_the_same_events() -> None:
    def told(pure: bool) -> list[tuple[object, ...]]:
        return [
            (type(one).__name__, getattr(one, "value", None), one.start_mark.index, one.start_mark.line)
            for one in events(PERSIAN, pure=pure)
            if not isinstance(one, yaml.StreamStartEvent | yaml.StreamEndEvent)
        ]

    assert told(pure=True) == told(pure=False)


EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))


@given(st.text(max_size=200) | st.text(max_size=200).map("a: {}".format))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        source = loaded(text.encode("utf-8", "surrogatepass"), "f")
    except CanvasError as error:
        assert error.diagnostics
        assert all(one.line >= 1 and one.column >= 1 and one.message for one in error.diagnostics)
    else:
        assert isinstance(source.data, dict)
        assert not list(forbidden(repr(source.data)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        loaded(data, "f")
    except CanvasError as error:
        assert error.diagnostics


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return an example canvas with a few characters put in, changed or taken out."""
    text = draw(st.sampled_from(EXAMPLES)).read_text("utf-8")[:1500]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        put = draw(
            st.sampled_from(
                list("[]{}&*!|>'\"%@`:-?#, \t\n\\") + [": ", "\n  ", "- ", "<<: ", "\\u", "---\n"]
            )
        )
        text = text[:at] + put + text[at + draw(st.integers(0, 3)) :]
    return text


@settings(deadline=None, max_examples=150)
@given(damaged())
def test_damaged_canvases_are_read_or_refused_inside_the_file(text: str) -> None:
    try:
        loaded(text.encode(), "f")
    except CanvasError as error:
        lines = text.split("\n")
        for one in error.diagnostics:
            assert 1 <= one.line <= len(lines)
            assert 1 <= one.column <= len(lines[one.line - 1]) + 1


plain = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12).map(lambda text: "x" + text)


@given(st.dictionaries(plain, st.lists(plain, max_size=4), min_size=1, max_size=4))
def test_every_scalar_stands_where_its_place_says(data: dict[str, list[str]]) -> None:
    source = loaded(yaml.safe_dump(data, allow_unicode=True, width=10_000).encode(), "f")
    assert source.data == data
    for path, scalar in source.scalars.items():
        mark = source.values[path]
        line = source.lines[mark.line - 1][mark.column - 1 :]
        assert line.lstrip("'\"").startswith(scalar.text)


# -- what only odd files meet: together with tests/wrong every branch of the reading is walked ---------------


def test_a_place_that_is_not_there_is_that_of_the_nearest_node_around_it() -> None:
    source = read("title: x\nblocks:\n  channels: [a]\n")
    assert source.mark(("blocks", "channels", 0)) == Mark(3, 14)
    assert source.mark(("blocks", "channels", 7)) == Mark(3, 3)
    assert source.mark(("blocks", "channels", 0), key=True) == Mark(3, 14)
    assert source.mark(("nowhere", 1, 2)) == Mark(1, 1)
    assert Source("f", "", None, {}).mark(("a", 1)) == Mark(1, 1)


def test_a_finding_in_another_file_or_beyond_the_last_line_shows_no_line() -> None:
    source = read("title: x\n")
    assert source.finding("error", "c", "m", mark=Mark(1, 1)).source == "title: x"
    assert source.finding("error", "c", "m", mark=Mark(1, 1, "other")).source == ""
    assert source.finding("error", "c", "m", mark=Mark(9, 1)).source == ""


@pytest.mark.parametrize("empty", ["&x : 1", "a: [&x : 1]", "a: {!t : 1}"])
def test_a_key_that_is_missing_beside_an_anchor_or_a_tag_is_told(empty: str) -> None:
    assert [one.message for one in refused(empty)][1:] == ["there is no key before the colon"]


def test_a_document_mark_inside_quotes_is_told_whichever_parser_finds_it() -> None:
    (found,) = refused('title\t: "a\n---\nb"\n')
    assert (found.line, found.column) == (1, 9)
    assert found.message == "the quotes opened here are not closed before ---"


def test_what_one_parser_alone_finds_wrong_before_deep_nesting_is_told_at_once() -> None:
    start = time.perf_counter()
    (found,) = refused("!]\n" + "[" * 100_000)
    assert (found.code, found.line) == ("syntax", 1)
    assert time.perf_counter() - start < 5


def test_what_has_no_sentence_of_its_own_is_told_in_the_parser_s_words() -> None:
    found = friendly(read("title: x\n"), yaml.scanner.ScannerError(None, None, "something new"))
    assert (found.code, found.message) == ("syntax", "this is not YAML: something new")


@pytest.mark.parametrize(
    "text", ['a: "\\U0011FFFF"', 'a: "\\UFFFFFFFF"', "a: !<%ff> b", "%YAML " + "9" * 5000]
)
def test_what_the_parsers_stumble_over_is_told_as_a_syntax_error(text: str) -> None:
    assert refused(text)[0].code in ("syntax", "tag")
