"""Capnograms: whatever the seed, each fulfils its own criteria and none of another's; the picture is to scale."""

import ast
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.waves import capnogram, reading, screen  # noqa: E402  # after the check for numpy

SEEDS = range(50)
EVERY = sorted(capnogram.DIAGNOSES)


@pytest.mark.parametrize("name", EVERY)
def test_each_fulfils_its_own_criteria_and_no_other_s(name: str) -> None:
    for seed in SEEDS:
        found = reading.read(capnogram.record(name, seed))
        assert (seed, reading.unmet(name, found)) == (seed, [])
        assert [other for other in EVERY if other != name and not reading.unmet(other, found)] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_curve_and_another_another(name: str) -> None:
    assert np.array_equal(capnogram.record(name, 3).co2, capnogram.record(name, 3).co2)
    assert not np.allclose(capnogram.record(name, 3).co2, capnogram.record(name, 4).co2, atol=2)


def test_reading_finds_what_is_put_in() -> None:
    seconds = np.arange(0, 30, 1 / capnogram.RATE)
    out = (seconds % 5 > 1) & (seconds % 5 < 3)
    found = reading.read(capnogram.Capnogram(np.where(out, 38.0, 0.0), capnogram.RATE))
    assert found.rate == pytest.approx(12, rel=0.01)
    assert found.peaks.tolist() == [38.0] * 6
    assert (found.rise, found.baseline) == (0, 0)


def test_a_flat_line_has_no_breaths() -> None:
    found = reading.read(capnogram.Capnogram(np.zeros(1000), capnogram.RATE))
    assert (found.rate, len(found.peaks)) == (0, 0)
    assert reading.unmet("normal", found)
    assert reading.unmet("bronchospasm", found)


def test_the_curve_stands_where_the_scale_says() -> None:
    curve = capnogram.Capnogram(np.full(1200, 40.0), capnogram.RATE)
    pixels = np.asarray(screen.draw(curve).convert("RGB")).astype(int)
    yellow = (pixels[:, 800, 0] > 200) & (pixels[:, 800, 2] < 120)
    assert np.flatnonzero(yellow).mean() == pytest.approx(screen._y(40), abs=2)


def test_reading_does_not_generate() -> None:
    """Else it might read the answer instead of the curve."""
    source = Path(reading.__file__).read_text("utf-8")
    names = [alias.name for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom) for alias in n.names]
    assert not {"record", "DIAGNOSES", "Breath"} & set(names)
