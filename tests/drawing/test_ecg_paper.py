"""The picture: to scale, legible, without a word that names anybody or the answer."""

from io import BytesIO
from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from PIL import Image, ImageDraw  # noqa: E402  # after the check for numpy

from quizbot.drawing.ecg import paper  # noqa: E402
from quizbot.drawing.ecg.diagnoses import DIAGNOSES  # noqa: E402
from quizbot.drawing.ecg.leads import LEADS  # noqa: E402
from quizbot.drawing.ecg.tracing import RATE, Tracing, record  # noqa: E402


def dark(image: Image.Image) -> Any:  # an array, of a module that may be missing
    """Where ink is, rather than grid."""
    return np.asarray(image.convert("L")) < 110


def blank() -> Tracing:
    return Tracing(np.zeros((12, 10 * RATE)), RATE)


def test_it_is_of_a_size_for_a_post() -> None:
    image = paper.draw(record("normal", 1))
    file = BytesIO()
    image.save(file, "PNG")
    assert image.mode == "RGB"
    assert 1600 <= image.width <= 2000
    assert len(file.getvalue()) < 1_000_000


def test_the_same_tracing_gives_the_same_picture() -> None:
    assert paper.draw(record("normal", 1)).tobytes() == paper.draw(record("normal", 1)).tobytes()


def test_the_grid_has_a_line_each_millimetre_and_a_stronger_one_each_fifth() -> None:
    row = np.asarray(paper.draw(blank()).convert("L")).astype(int)[-3]
    lines = [x for x in range(len(row)) if row[x] < row.max() - 10]
    assert lines == list(range(0, len(row), paper.MM))
    strong = [x for x in lines if row[x] < 200]
    assert strong == list(range(0, len(row), 5 * paper.MM))


def test_a_millivolt_is_ten_millimetres_and_a_second_twenty_five() -> None:
    """A step of 1 mV, one second into the rhythm strip: found where ruler and clock say."""
    leads = np.zeros((12, 10 * RATE))
    leads[LEADS.index("II"), RATE : 2 * RATE] = 1.0
    changed = dark(paper.draw(Tracing(leads, RATE))) & ~dark(paper.draw(blank()))
    strip = changed[paper._baseline(3) * paper.MM - 12 * paper.MM :]
    rows, columns = np.nonzero(strip)
    assert columns.min() == pytest.approx((paper._LEFT + 25) * paper.MM, abs=2)
    assert columns.max() == pytest.approx((paper._LEFT + 50) * paper.MM, abs=2)
    assert rows.min() == pytest.approx(2 * paper.MM, abs=2)


def test_the_calibration_pulse_is_one_millivolt_high_and_a_fifth_of_a_second_wide() -> None:
    ink = dark(paper.draw(blank()))[:, : (paper._LEFT - 1) * paper.MM]
    top = (paper._baseline(0) - 10) * paper.MM
    columns = np.nonzero(ink[top])[0]
    assert columns.max() - columns.min() == pytest.approx(5 * paper.MM, abs=3)
    assert not ink[: top - 3].any()


def test_its_words_are_the_recorder_s_and_nobody_s_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name, date, place or number of a device, and no diagnosis."""
    written: list[str] = []
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda self, xy, text, **options: written.append(text))
    paper.draw(blank())
    assert sorted(written) == sorted([*LEADS, "II", "25 mm/s   10 mm/mV   0.05-150 Hz"])


@pytest.mark.parametrize("diagnosis", sorted(set(DIAGNOSES) - {"normal"}))
def test_no_trace_leaves_the_paper(diagnosis: str) -> None:
    for seed in range(10):
        ink = dark(paper.draw(record(diagnosis, seed)))
        edge = 2 * paper.MM
        assert not ink[:edge].any()
        assert not ink[-edge:].any()
        assert not ink[:, -edge:].any()
