"""Pressure curves: whatever the seed, each fulfils its own criteria and none of another's; the picture is to scale."""

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.waves import bedside, pressure, swings  # noqa: E402  # after the check for numpy
from quizbot.drawing.waves.pressure import Tube  # noqa: E402

EVERY = sorted(pressure.DIAGNOSES)
SEEDS = range(50)


@pytest.mark.parametrize("name", EVERY)
def test_each_fulfils_its_own_criteria_and_no_other_s(name):
    for seed in SEEDS:
        trace = pressure.record(name, seed)
        assert (seed, swings.unmet(name, trace)) == (seed, [])
        assert [other for other in EVERY if other != name and not swings.unmet(other, trace)] == []


@pytest.mark.parametrize("damping", [0.1, 0.2, 0.3])
def test_a_tube_swings_as_its_damping_says(damping):
    """The overshoot of a step through a second-order system is exp(-pi z / sqrt(1 - z^2))."""
    step = np.concatenate([np.full(100, 100.0), np.full(400, 0.0)])
    shown = pressure.through(step, Tube(8.0, damping))
    expected = 100 * np.exp(-np.pi * damping / np.sqrt(1 - damping**2))
    assert -shown.min() == pytest.approx(expected, rel=0.06)


def test_the_mean_passes_a_tube_unchanged_and_the_peak_does_not():
    """Why the mean pressure can be trusted when the systolic cannot."""
    true, swung = pressure.record("artery", 3), pressure.record("underdamped", 3)
    quiet = slice(250, 900)
    assert true.mmhg[quiet].mean() == pytest.approx(swung.mmhg[quiet].mean(), abs=3)
    assert swung.mmhg[quiet].max() > true.mmhg[quiet].max() + 12


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_picture_and_another_another(name):
    assert bedside.picture(name, 3).tobytes() == bedside.picture(name, 3).tobytes()
    assert bedside.picture(name, 3).tobytes() != bedside.picture(name, 4).tobytes()


def test_the_curve_stands_where_the_scale_says():
    flat = pressure.Trace("CVP", np.full(2250, 20.0), np.zeros(2250), np.array([1.0]))
    pixels = np.asarray(bedside.draw(flat)).astype(int)
    blue = (pixels[:, 800, 2] > 200) & (pixels[:, 800, 0] < 140)
    assert np.flatnonzero(blue).mean() == pytest.approx((bedside._TOP + bedside._BOTTOM) / 2, abs=2)


@pytest.mark.parametrize("seed", range(50))
def test_from_the_junction_p_comes_upside_down_behind_the_qrs_and_nothing_before_it(seed):
    before, behind = _around_the_qrs("cannon-waves", seed)
    assert np.abs(before).max() < 0.05
    assert behind.min() < -0.05


@pytest.mark.parametrize("seed", range(50))
def test_with_normal_veins_p_comes_first(seed):
    before, behind = _around_the_qrs("veins", seed)
    assert before.max() > 0.08
    assert behind.min() > -0.05


def _around_the_qrs(name, seed):
    """The mean beat's millivolts from 0.2 to 0.05 s before its QRS complex, and from 0.10 to 0.16 s after its onset."""
    trace = pressure.record(name, seed)
    starts = [round(b * trace.rate) for b in trace.beats if 0.3 < b < pressure.SECONDS - 0.3]
    beat = np.mean([trace.ecg[at - 50 : at + 50] for at in starts], axis=0)
    return beat[:38], beat[75:90]
