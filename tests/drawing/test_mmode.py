"""M-mode of the lung: sand below the pleural line where the lung slides, lines where air lies between."""

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.waves import mmode  # noqa: E402  # after the check for numpy

MOVES, RESTS = 0.08, 0.04


@pytest.mark.parametrize("seed", range(50))
def test_motion_tells_sliding_its_absence_and_the_lung_point_apart(seed: int) -> None:
    """Lichtenstein's signs: seashore throughout, stratosphere throughout, or one and the other in turn."""
    sliding, absent, point = (mmode.motion(mmode.record(d, seed)) for d in mmode.DIAGNOSES)
    assert sliding.min() > MOVES
    assert absent.max() < RESTS
    assert point.max() > MOVES > RESTS > point.min()


@pytest.mark.parametrize("name", sorted(mmode.DIAGNOSES))
def test_the_chest_wall_rests_and_the_pleura_is_the_brightest_line(name: str) -> None:
    picture = mmode.record(name, 3)
    assert np.median(picture.grey[: picture.pleura - 5].std(axis=1)) < RESTS
    assert abs(int(np.argmax(picture.grey.mean(axis=1))) - picture.pleura) <= 4
    assert mmode.draw(picture).size == (mmode.WIDTH + 120, mmode.DEPTH + 90)


def test_the_same_seed_gives_the_same_picture_and_another_another() -> None:
    assert np.array_equal(mmode.record("pneumothorax", 3).grey, mmode.record("pneumothorax", 3).grey)
    assert not np.allclose(mmode.record("pneumothorax", 3).grey, mmode.record("pneumothorax", 4).grey, atol=0.1)
