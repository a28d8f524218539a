"""Page sizes by name and by measure."""

from __future__ import annotations

import pytest

from bmcrender.pages import SIZES, page_size


def test_a_name_gives_the_long_side_as_width_unless_upright() -> None:
    assert page_size("a3") == (420, 297)
    assert page_size("A0", "portrait") == (841, 1189)
    assert page_size("letter") == (279.4, 215.9)
    assert page_size("tabloid", "portrait") == (279.4, 431.8)


@pytest.mark.parametrize("name", SIZES)
def test_every_named_size_is_longer_than_wide(name: str) -> None:
    short, long = SIZES[name]
    assert 200 <= short < long <= 1500
    assert page_size(name) == (long, short)


@pytest.mark.parametrize(
    ("smaller", "larger"), [("a4", "a3"), ("a3", "a2"), ("a2", "a1"), ("a1", "a0"), ("b2", "b1")]
)
def test_each_iso_size_is_the_next_one_halved(smaller: str, larger: str) -> None:
    short, long = SIZES[larger]
    assert SIZES[smaller] == pytest.approx((long / 2, short), abs=0.6)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_a_measured_size_stays_as_it_is_written(orientation: str) -> None:
    assert page_size("600x200mm", orientation) == (600, 200)  # type: ignore[arg-type]
    assert page_size(" 210.5 x 900 MM ", orientation) == (210.5, 900)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a9", "", "600x200", "600x200cm", "-5x200mm", "x", "1e3x200mm"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a page size") as caught:
        page_size(name)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["99x200mm", "200x3001mm", "0x0mm"])
def test_a_size_out_of_bounds_says_the_bounds(name: str) -> None:
    with pytest.raises(ValueError, match="between 100 and 3000 mm"):
        page_size(name)
