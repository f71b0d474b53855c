"""Tiles, merging and curves: what has to hold whatever the network says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.deid.pixels import tiles

cv2 = pytest.importorskip("cv2", reason="the extra [deid] is not installed here")
np = pytest.importorskip("numpy", reason="the extra [deid] is not installed here")

from quizbot.deid.finding import Decision, Finding  # noqa: E402
from quizbot.deid.pixels import ends, findings, merge, traces, views  # noqa: E402  # after it is known to be there
from quizbot.deid.pixels.hits import Reading, Region  # noqa: E402
from quizbot.deid.pixels.legible import is_text  # noqa: E402


def region(x0: float, y0: float, x1: float, y1: float, score: float = 0.9, votes: int = 3) -> Region:
    return Region(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32), score, votes)


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(250_000, 2_000_000))
def test_tiles_cover_the_picture_and_stay_inside_it(width: int, height: int, most: int) -> None:
    pieces = tiles.cut(width, height, most)
    for start, end, length in ((0, 2, width), (1, 3, height)):
        spans = sorted({(piece[start], piece[end]) for piece in pieces})
        assert spans[0][0] == 0
        assert spans[-1][1] == length
        assert all(b[0] <= a[1] - min(100, length) for a, b in itertools.pairwise(spans))
    assert all((x1 - x0) * (y1 - y0) <= most for x0, y0, x1, y1 in pieces)


def test_one_place_in_three_views_is_one_region() -> None:
    assert (
        len(merge.distinct([region(10, 10, 200, 30), region(12, 9, 198, 31, 0.8), region(11, 11, 201, 30, 0.7)])) == 1
    )


def test_a_higher_box_around_the_same_place_is_the_same_place() -> None:
    assert len(merge.distinct([region(10, 10, 200, 30), region(10, 2, 200, 37, 0.8)])) == 1


def test_a_piece_of_a_row_is_known_as_one_and_a_row_inside_a_larger_blob_is_none() -> None:
    row, piece, blob = region(10, 100, 300, 120), region(100, 101, 160, 119, votes=1), region(0, 0, 400, 300, votes=1)
    kept = merge.distinct([row, piece, blob])
    assert {id(each) for each in kept} == {id(row), id(piece), id(blob)}
    assert merge.wholes([row, piece, blob]) == {1: [0]}


def lettered(text: str, *, at: int = 40) -> np.ndarray:
    image = np.full((80, 600, 3), 200, np.uint8)
    cv2.putText(image, text, (at, 50), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    return image


def test_a_fragment_is_followed_to_both_ends_of_its_word() -> None:
    image = lettered("Papadopoulos")
    inked = np.flatnonzero((image < 100).any(axis=(0, 2)))
    found: Region | None = region(110, 22, 190, 60)
    for _ in range(3):
        found = ends.followed(image, found) or found
    assert found.quad[0][0] <= inked[0]
    assert found.quad[1][0] >= inked[-1]
    assert ends.followed(image, found) is None


def test_what_stands_apart_is_not_followed() -> None:
    image = lettered("Age          94")
    end = int(np.flatnonzero((image[:, :150] < 100).any(axis=(0, 2)))[-1])
    assert ends.followed(image, region(38, 22, end + 2, 60)) is None


def test_letters_in_colour_on_a_grey_picture_have_a_view_of_their_own() -> None:
    image = np.random.default_rng(0).integers(0, 200, (200, 300, 1)).astype(np.uint8).repeat(3, axis=2)
    assert views.tinted(image) is None
    image[90:100, 100:160] = (60, 200, 90)
    tint = views.tinted(image)
    assert tint is not None
    assert tint[92:98, 102:158].mean() > 1.3 * tint[10:60].mean()
    assert views.tinted(np.full((50, 50, 3), (250, 190, 180), np.uint8)) is None


def finding(box: tuple[int, int, int, int], decision: Decision) -> Finding:
    return Finding("text", "unknown-text", decision, "x", box, "look")


def test_a_finding_inside_a_graver_one_is_not_told_twice() -> None:
    grave, inside, beside = (
        finding((0, 0, 200, 20), Decision.REFUSE),
        finding((20, 0, 90, 20), Decision.HOLD),
        finding((300, 0, 400, 20), Decision.HOLD),
    )
    assert findings.without_repetition([grave, inside, beside]) == [grave, beside]


def test_a_graver_finding_inside_another_stays() -> None:
    held, grave = finding((0, 0, 200, 20), Decision.HOLD), finding((20, 0, 90, 20), Decision.REFUSE)
    assert findings.without_repetition([held, grave]) == [held, grave]


@pytest.mark.parametrize(
    ("text", "sure", "width", "passes"),
    [
        ("Smith", 0.7, 100, True),
        ("MRN 447", 0.65, 140, True),
        ("92Y", 0.77, 50, True),
        ("xk", 0.8, 40, False),  # two letters by accident
        ("wmmw", 0.8, 120, False),  # a wave
        ("dede", 0.8, 400, False),  # far too wide for four letters
        ("", 0.0, 100, False),
        ("--", 0.99, 60, False),
        ("Smith", 0.4, 100, False),
    ],
)
def test_what_is_believed_to_be_text(text: str, sure: float, width: int, passes: bool) -> None:
    assert is_text(Reading(region(0, 0, width, 40), text, sure)) is passes


def paper(*, letters: str = "") -> np.ndarray:
    image = np.full((200, 700, 3), 245, np.uint8)
    x = np.arange(700)
    y = 100 - 60 * np.exp(-(((x % 140) - 60) ** 2) / 30)
    cv2.polylines(
        image, [np.stack([x, y], axis=1).astype(np.int32)[None]], isClosed=False, color=(10, 10, 10), thickness=2
    )
    if letters:
        cv2.putText(image, letters, (150, 160), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    return image


def test_a_curve_goes_and_letters_stay() -> None:
    image = paper(letters="Garcia, Elena")
    bare = traces.without(image, traces.find(image))
    assert bare[:110].min() > 200
    assert (bare[130:170].min(axis=2) < 60).sum() == pytest.approx((image[130:170].min(axis=2) < 60).sum(), rel=0.01)


def test_a_picture_without_curves_is_left_alone() -> None:
    image = paper()[150:]
    assert traces.without(image, traces.find(image)) is image
