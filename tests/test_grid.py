"""Areas become rectangles that tile the canvas; rows move together to give each block its height."""

from __future__ import annotations

import pytest
from canvases import KIND
from hypothesis import given
from hypothesis import strategies as st

from bmcrender.layout.grid import (
    least_overfull_heights,
    mirrored_areas,
    rectangles,
    row_heights,
    spans,
)
from bmcrender.model import Areas
from bmcrender.sheets import Rect

CANVAS = Rect(10, 20, 400, 200)
SMALL = Areas((1, 3), (1, 1), (("a", "b"), ("c", "b")))
BOUNDS = (0.76, 1.24)


@pytest.mark.parametrize("areas", [KIND.landscape, KIND.portrait, mirrored_areas(KIND.landscape), SMALL])
@pytest.mark.parametrize("gap", [0.0, 3.5])
def test_the_rectangles_tile_the_canvas(areas: Areas, gap: float) -> None:
    rects = list(rectangles(areas, CANVAS, gap).values())
    assert min(rect.x for rect in rects) == pytest.approx(CANVAS.x)
    assert max(rect.right for rect in rects) == pytest.approx(CANVAS.right)
    assert max(rect.bottom for rect in rects) == pytest.approx(CANVAS.bottom)
    for index, one in enumerate(rects):
        for other in rects[index + 1 :]:
            beside = one.right <= other.x - gap + 1e-6 or other.right <= one.x - gap + 1e-6
            above = one.bottom <= other.y - gap + 1e-6 or other.bottom <= one.y - gap + 1e-6
            assert beside or above
    if not gap:
        assert sum(rect.w * rect.h for rect in rects) == pytest.approx(CANVAS.w * CANVAS.h)


def test_a_block_covers_the_tracks_that_carry_its_name() -> None:
    found = rectangles(SMALL, Rect(0, 0, 40, 20))
    assert found == {"a": Rect(0, 0, 10, 10), "b": Rect(10, 0, 30, 20), "c": Rect(0, 10, 10, 10)}
    assert spans(SMALL)["b"].right == 2


def test_the_mirror_image_has_the_same_sizes_at_the_other_side() -> None:
    plain = rectangles(KIND.landscape, CANVAS)
    mirrored = rectangles(mirrored_areas(KIND.landscape), CANVAS)
    assert plain["key_partners"].x == CANVAS.x
    assert mirrored["key_partners"].right == pytest.approx(CANVAS.right)
    for name, rect in plain.items():
        assert mirrored[name].w == pytest.approx(rect.w)
        assert mirrored[name].x - CANVAS.x == pytest.approx(CANVAS.right - rect.right)


def test_rows_stay_at_their_share_while_everything_fits() -> None:
    needs = dict.fromkeys(KIND.blocks, 10.0)
    assert row_heights(KIND.landscape, needs, 200, 0, BOUNDS) == pytest.approx([75, 75, 50])


def test_a_full_row_takes_height_from_rows_with_room() -> None:
    needs = dict.fromkeys(KIND.blocks, 10.0) | {"channels": 85.0}
    heights = row_heights(KIND.landscape, needs, 200, 0, BOUNDS)
    assert heights is not None
    assert heights[1] == pytest.approx(85)
    assert sum(heights) == pytest.approx(200)
    assert heights[0] < 75
    assert heights[2] < 50


def test_no_row_grows_beyond_its_bound() -> None:
    needs = dict.fromkeys(KIND.blocks, 10.0)
    assert row_heights(KIND.landscape, needs | {"channels": 75 * 1.24}, 200, 0, BOUNDS) is not None
    assert row_heights(KIND.landscape, needs | {"channels": 75 * 1.24 + 0.1}, 200, 0, BOUNDS) is None
    assert row_heights(KIND.landscape, needs | {"value_propositions": 163.0}, 200, 0, BOUNDS) is None


@given(st.lists(st.floats(5, 170), min_size=9, max_size=9), st.sampled_from([0.0, 2.0]))
def test_heights_that_are_given_hold_every_block(values: list[float], gap: float) -> None:
    needs = dict(zip(KIND.blocks, values, strict=True))
    heights = row_heights(KIND.landscape, needs, 200, gap, BOUNDS)
    if heights is None:
        return
    assert sum(heights) + 2 * gap == pytest.approx(200)
    own = [(200 - 2 * gap) * share / 100 for share in KIND.landscape.rows]
    for height, share in zip(heights, own, strict=True):
        assert share * BOUNDS[0] - 1e-6 <= height <= share * (1 + 2 * (1 - BOUNDS[0])) + 1e-6
    rects = rectangles(KIND.landscape, CANVAS, gap, heights)
    assert all(rects[name].h >= need - 1e-6 for name, need in needs.items())


def test_when_nothing_fits_the_heights_lose_the_least() -> None:
    needs = dict.fromkeys(KIND.blocks, 10.0) | {"channels": 120.0}
    heights = least_overfull_heights(KIND.landscape, needs, 200, 0, BOUNDS)
    assert heights[1] == pytest.approx(75 * BOUNDS[1])
    assert sum(heights) == pytest.approx(200)
    even = least_overfull_heights(KIND.landscape, dict.fromkeys(KIND.blocks, 10.0), 200, 0, BOUNDS)
    assert even == pytest.approx([75, 75, 50])
