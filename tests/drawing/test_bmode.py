"""B-mode pictures: whatever the seed, each fulfils its own criteria and none of another's; the picture is to scale."""

import os

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.bmode import reading, screen  # noqa: E402  # after the check for numpy
from quizbot.drawing.bmode.chest import Fan  # noqa: E402
from quizbot.drawing.bmode.probe import BEAMS, SAMPLES, Probe  # noqa: E402
from quizbot.drawing.bmode.speckle import grey  # noqa: E402

EVERY = sorted(screen.DIAGNOSES)
SEEDS = range(50 if os.environ.get("QUIZBOT_TEST_FULL") == "1" else 12)


@pytest.mark.long
@pytest.mark.parametrize("name", EVERY)
def test_each_fulfils_its_own_criteria_and_no_other_s(name):
    for seed in SEEDS:
        fan = screen.record(name, seed)
        assert (seed, reading.unmet(name, fan)) == (seed, [])
        assert [other for other in EVERY if other != name and not reading.unmet(other, fan)] == []


def test_a_lines_are_as_far_apart_as_the_pleura_is_deep():
    found = reading.lung(screen.record("a-lines", 3))
    gaps = np.diff([found.pleura, *found.a_lines])
    assert gaps == pytest.approx(found.pleura, rel=0.04)


def test_an_effusion_reads_as_wide_as_it_is_drawn():
    """A band without echoes of known width before a bright line, all around."""
    probe = Probe(radius=0.7, half_angle=0.68, depth=16.0)
    depths = probe.depths * np.ones((1, BEAMS))
    strength = np.where((depths > 8.0) & (depths < 10.0), 0.0, 0.08)
    surfaces = np.exp(-0.5 * ((depths - 10.1) / 0.08) ** 2)
    fan = Fan("heart", probe, grey(np.random.default_rng(1), probe, strength, surfaces))
    found = reading.heart(fan)
    assert found.before_pericardium == pytest.approx(2.0, abs=0.3)
    assert found.behind_pericardium == 0


def test_speckle_is_fully_developed():
    """A tissue's envelope is Rayleigh distributed: its mean is 1.91 standard deviations (Burckhardt 1978)."""
    probe = Probe(radius=6.0, half_angle=0.5, depth=10.0)
    levels = grey(np.random.default_rng(2), probe, np.full((SAMPLES, BEAMS), 0.05), np.zeros((SAMPLES, BEAMS)))
    envelope = 10 ** ((levels[300:500] - 1) * 58 / 20)
    assert envelope.mean() / envelope.std() == pytest.approx(1.91, rel=0.1)


def test_what_lies_in_the_middle_beam_is_drawn_at_its_depth():
    probe = Probe(radius=6.0, half_angle=0.5, depth=10.0)
    levels = np.zeros((SAMPLES, BEAMS))
    levels[round(0.6 * (SAMPLES - 1))] = 1.0
    page = np.asarray(screen.draw(Fan("lung", probe, levels)))[:, :, 0]
    column = page[:, (page.shape[1] - screen._RULER) // 2]
    scale = screen._HEIGHT / (probe.depth - probe.brink)
    assert np.argmax(column) == pytest.approx(screen._EDGE + (6.0 - probe.brink) * scale, abs=2)


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_picture_and_another_another(name):
    assert screen.picture(name, 3).tobytes() == screen.picture(name, 3).tobytes()
    assert screen.picture(name, 3).tobytes() != screen.picture(name, 4).tobytes()
