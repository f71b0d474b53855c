"""What is no text, and what says nothing beside a surer reading of the same letters."""

from dataclasses import replace

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra [deid] is not installed here")

from quizbot.deid.pixels import findings  # noqa: E402  # after it is known to be there
from quizbot.deid.pixels.hits import Reading, Region  # noqa: E402
from quizbot.deid.pixels.legible import is_text, is_unread_line  # noqa: E402
from tests.deid.pixels.test_geometry import region  # noqa: E402


@pytest.mark.parametrize(
    ("text", "sure", "votes", "crossed", "passes"),
    [
        ("mrrrer", 0.67, 1, True, False),
        ("mrrrer", 0.67, 2, True, True),
        ("mrrrer", 0.67, 1, False, True),
        ("mrrrer", 0.85, 1, True, True),
        ("Smithe", 0.67, 1, True, True),
        ("112114", 0.77, 1, True, True),  # figures repeat
    ],
)
def test_the_same_few_letters_along_a_curve_are_its_beats(
    text: str, sure: float, votes: int, *, crossed: bool, passes: bool
) -> None:
    place = region(0, 0, 200, 40, votes=votes)
    found = Reading(Region(place.quad, place.score, place.votes, crossed), text, sure)
    assert is_text(found) is passes
    assert not (is_unread_line(found) and not passes)


def test_a_letter_alone_has_to_look_like_one_in_more_than_one_view() -> None:
    assert is_text(Reading(region(0, 0, 12, 14), "Y", 0.98))
    assert not is_text(Reading(region(0, 0, 12, 14, votes=1), "Y", 0.98))
    assert not is_text(Reading(region(0, 0, 12, 14, 0.5), "Y", 0.98))
    assert is_text(Reading(region(0, 0, 24, 14, 0.5), "Yx", 0.98))


def kinds(*found: Reading) -> list[str]:
    return [each.kind for each in findings.judged(found, (700, 400), deny=frozenset(), kind=None)]


def test_a_piece_of_a_surer_reading_says_nothing_beside_it() -> None:
    whole, piece = Reading(region(0, 0, 140, 30), "LATERAL", 1.0), Reading(region(60, 2, 120, 28), "ERA", 0.99)
    assert kinds(piece) == ["unknown-text"]
    assert kinds(whole, piece) == []
    assert kinds(replace(whole, sure=0.95), piece) == ["unknown-text"]  # it is less sure
    assert kinds(replace(whole, text="R"), piece) == ["unknown-text"]  # it has fewer letters
    assert kinds(replace(whole, region=region(0, 0, 300, 30)), piece) == ["unknown-text"]  # it leaves room for more
    assert kinds(whole, replace(piece, region=region(120, 2, 180, 28))) == ["unknown-text"]  # most is outside


def test_a_line_says_nothing_beside_its_pieces_read_more_surely() -> None:
    line = Reading(region(0, 0, 300, 40, votes=1), "10m0/mVFFDQ1OCM", 0.9)
    left, right = Reading(region(2, 4, 120, 36), "10 mm/mV", 0.99), Reading(region(140, 4, 298, 36), "FFD 110 cm", 0.98)
    assert kinds(line)
    assert kinds(line, left, right) == []
    assert kinds(line, left)  # half of its letters are nobody's


def test_what_refuses_is_never_explained_away() -> None:
    whole, piece = Reading(region(0, 0, 140, 30), "LATERAL", 1.0), Reading(region(20, 2, 120, 28), "12/05/61", 0.9)
    assert "date" in kinds(whole, piece)


def at(score: float, votes: int = 3) -> Region:
    return region(0, 0, 140, 30, score, votes)


def test_a_place_that_two_maps_are_sure_of_is_a_line_whatever_is_read_there() -> None:
    assert is_unread_line(Reading(at(0.95, votes=2), "", 0.0))
    assert not is_unread_line(Reading(at(0.95, votes=1), "", 0.0))
    assert not is_unread_line(Reading(at(0.9, votes=2), "", 0.0))
    assert is_unread_line(Reading(at(0.78, votes=1), "LGG-37", 0.4))
    assert not is_unread_line(Reading(region(0, 0, 140, 6, 0.95, 2), "LGG-37", 0.4))  # lower than any letter
    assert not is_unread_line(Reading(at(0.65, votes=1), "LGG-37", 0.4))


def test_the_same_letters_in_a_reading_that_is_as_sure_explain_a_box_that_sticks_out() -> None:
    whole, piece = Reading(region(0, 0, 140, 30), "LATERAL", 0.985), Reading(region(100, 2, 160, 28), "ERA", 0.99)
    assert kinds(piece) == ["unknown-text"]
    assert kinds(whole, piece) == []
    assert kinds(whole, replace(piece, text="ERO")) == ["unknown-text"]  # other letters
    assert kinds(whole, replace(piece, region=region(110, 2, 170, 28))) == ["unknown-text"]  # half of it is outside
    assert kinds(replace(whole, sure=0.97), piece) == ["unknown-text"]  # less sure
