"""The measuring: it finds what is put into a signal, and does not know how the signal was made."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.ecg import beats  # noqa: E402  # after the check for numpy
from quizbot.drawing.ecg.diagnoses import DIAGNOSES, Plan  # noqa: E402
from quizbot.drawing.ecg.measure import Measurement, TShape, measure  # noqa: E402
from quizbot.drawing.ecg.model import Wave, scaled, shifted, turned  # noqa: E402
from quizbot.drawing.ecg.noise import Noise  # noqa: E402
from quizbot.drawing.ecg.rhythm import conducted, dissociated, dropping  # noqa: E402
from quizbot.drawing.ecg.tracing import SECONDS, Tracing, play, record  # noqa: E402

QUIET = Noise(wander=0.0, muscle=0.003)


def plan(seed: int = 1) -> Plan:
    """A healthy patient."""
    return replace(DIAGNOSES["normal"].plan(np.random.default_rng(seed), SECONDS), noise=QUIET)


def read(patient: Plan) -> Measurement:
    return measure(play(patient, np.random.default_rng(0)))


@pytest.mark.parametrize("rate", [45, 60, 75, 90])
@pytest.mark.parametrize("pr", [130, 170, 230])
def test_rate_and_pr_are_found(rate: float, pr: float) -> None:
    """PR is read a little short, as by eye: a P wave begins below what can be seen."""
    rhythm = conducted(np.random.default_rng(2), rate, SECONDS, pr)
    found = read(replace(plan(), rhythm=rhythm))
    assert found.rate == pytest.approx(rate, rel=0.03)
    assert found.atrial_rate == pytest.approx(rate, rel=0.03)
    assert found.pr == pytest.approx(pr, abs=15)
    assert found.pr_spread is not None
    assert found.pr_spread < 10


@pytest.mark.parametrize("ratio", [1.72, 1.8, 2.25, 2.4])
def test_two_independent_rates_are_found_though_p_waves_hide(ratio: float) -> None:
    found = read(replace(plan(), rhythm=dissociated(np.random.default_rng(3), 42 * ratio, 42, SECONDS)))
    assert found.rate == pytest.approx(42, rel=0.02)
    assert found.atrial_rate == pytest.approx(42 * ratio, rel=0.03)
    assert found.pr_spread is not None
    assert found.pr_spread > 80


@pytest.mark.parametrize("pace", [0.9, 1.2, 1.5])
def test_qrs_duration_follows_the_pace_of_the_complex(pace: float) -> None:
    patient, plain = plan(), read(plan()).qrs
    slowed = replace(patient, heart=replace(patient.heart, qrs=scaled(patient.heart.qrs, pace=pace)))
    assert read(slowed).qrs == pytest.approx(plain * pace, rel=0.06)


@pytest.mark.parametrize("later", [0, 40, 80])
def test_qt_follows_the_t_wave(later: float) -> None:
    patient, plain = plan(), read(plan()).qt
    t = tuple(replace(wave, at=wave.at + later) for wave in patient.heart.t)
    assert read(replace(patient, heart=replace(patient.heart, t=t))).qt == pytest.approx(plain + later, abs=8)


def test_the_axis_turns_with_the_heart() -> None:
    """Not degree by degree: the body is no sphere, and the limb leads do not see it turn evenly."""
    patient = plan()
    axes = [
        read(replace(patient, heart=replace(patient.heart, qrs=turned(patient.heart.qrs, turn, 0)))).axis
        for turn in (-80, -40, 0, 40)
    ]
    assert axes == sorted(axes)
    assert axes[0] < -30
    assert 30 < axes[2] < 70
    assert axes[3] > 75


def test_st_elevation_is_found_where_the_injury_is_and_depression_opposite() -> None:
    patient = plan()
    injury = Wave(190, 70, 90, (-0.05, 0.25, 0.0), "inferior")
    found = read(replace(patient, heart=replace(patient.heart, t=(*patient.heart.t, injury)))).leads
    for lead in ("II", "III", "aVF"):
        assert found[lead].st > 0.1
    assert found["aVL"].st < -0.1


def test_the_order_of_a_biphasic_t_wave_is_told() -> None:
    """Up-down is Wellens, down-up hypokalaemia: no two findings are more often confused."""
    patient = plan()
    halves = {1: TShape.UP_DOWN, -1: TShape.DOWN_UP}
    for sign, shape in halves.items():
        t = (
            Wave(280, 35, 25, (0.0, 0.0, -0.2 * sign)),
            Wave(350, 25, 25, (0.0, 0.0, 0.2 * sign)),
        )
        found = read(replace(patient, heart=replace(patient.heart, t=t))).leads
        assert {found[lead].t_shape for lead in ("V1", "V2", "V3")} == {shape}


def test_no_p_waves_are_found_where_there_are_none() -> None:
    patient = plan()
    found = read(replace(patient, heart=replace(patient.heart, p=())))
    assert (found.atrial_rate, found.pr, found.p_amplitude, found.p_count) == (None, None, 0, 0)


def test_a_slow_beginning_of_the_qrs_is_told_from_a_slow_whole() -> None:
    patient, plain = plan(), read(plan()).upstroke
    delta = Wave(25, 13, 14, (0.3, 0.15, -0.2))
    slurred = replace(patient.heart, qrs=(delta, *shifted(patient.heart.qrs[1:], 30)))
    assert plain < 30
    assert read(replace(patient, heart=slurred)).upstroke > plain + 20


@pytest.mark.parametrize("later", [60, 120])
def test_a_late_t_wave_leaves_a_long_st_segment(later: float) -> None:
    patient, plain = plan(), read(plan())
    late = tuple(replace(wave, at=wave.at + later) for wave in patient.heart.t[1:])
    found = read(replace(patient, heart=replace(patient.heart, t=late)))
    assert found.st_length > plain.st_length + later / 2
    assert found.leads["V3"].u == plain.leads["V3"].u == 0


@pytest.mark.parametrize("size", [0.1, 0.2])
def test_a_hump_after_t_is_a_u_wave_and_one_after_r_a_j_wave(size: float) -> None:
    patient = plan()
    u = Wave(500, 30, 30, (0.0, 0.0, -size / 1.387))
    j = Wave(100, 8, 10, (size / 0.831, 0.0, 0.0))
    with_u = read(replace(patient, heart=replace(patient.heart, t=(*patient.heart.t, u)))).leads
    with_j = read(replace(patient, heart=replace(patient.heart, qrs=(*patient.heart.qrs, j)))).leads
    assert with_u["V2"].u == pytest.approx(size, abs=0.04)
    assert with_u["V6"].j_wave < 0.03
    assert with_j["V6"].j_wave == pytest.approx(size, abs=0.06)
    assert with_j["V6"].u == 0


@pytest.mark.parametrize("level", [-0.1, 0.1])
def test_the_level_of_the_pr_segment_is_measured_from_before_the_p_wave(level: float) -> None:
    patient = plan()
    atrial = Wave(155, 20, 60, (0.0, level / 1.066, 0.0), point=4.0)
    found = read(replace(patient, heart=replace(patient.heart, p=(*patient.heart.p, atrial)))).leads
    assert found["II"].pr_level == pytest.approx(level, abs=0.04)
    assert found["II"].pr_level * found["aVR"].pr_level < 0


@pytest.mark.parametrize("longer", [0, 90])
def test_pr_before_and_after_a_pause_is_found(longer: float) -> None:
    groups = [[180, 180 + longer, 180 + longer]] * 5
    found = read(replace(plan(), rhythm=dropping(np.random.default_rng(5), 75, SECONDS, groups)))
    assert found.pr_before_pause is not None
    assert found.pr_after_pause is not None
    assert found.pr_before_pause - found.pr_after_pause == pytest.approx(longer, abs=15)


def test_noise_changes_no_finding_of_weight() -> None:
    quiet = read(plan(4))
    loud = measure(play(replace(plan(4), noise=Noise(wander=0.1, muscle=0.012, mains=0.02)), np.random.default_rng(0)))
    assert loud.rate == pytest.approx(quiet.rate, rel=0.01)
    assert loud.qrs == pytest.approx(quiet.qrs, abs=10)
    assert loud.qt == pytest.approx(quiet.qt, abs=16)
    assert loud.axis == pytest.approx(quiet.axis, abs=4)
    assert loud.leads["V2"].st == pytest.approx(quiet.leads["V2"].st, abs=0.04)


def test_a_flat_line_has_no_rhythm_to_measure() -> None:
    with pytest.raises(beats.UnreadableError):
        measure(Tracing(np.zeros((12, 5000)), 500))


def test_measuring_imports_nothing_that_generates() -> None:
    """Else it might read the answer instead of the signal."""
    allowed = {
        "quizbot.drawing.ecg.leads",
        "quizbot.drawing.ecg.beats",
        "quizbot.drawing.ecg.atria",
        "quizbot.drawing.ecg.waves",
        "quizbot.drawing.ecg.tracing",
    }
    room = Path(beats.__file__).parent
    reading = [room / f"{module}.py" for module in ("beats", "atria", "waves", "measure")]
    for module in (*reading, *room.glob("criteria/*.py")):
        source = module.read_text("utf-8")
        imported = {
            node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module
        }
        others = {
            name
            for name in imported
            if name.startswith("tools") and not name.startswith("quizbot.drawing.ecg.criteria")
        }
        assert others <= allowed | {"quizbot.drawing.ecg.measure"}
        assert "record(" not in source


def test_record_plays_the_plan_of_the_seed() -> None:
    assert measure(record("normal", 9)).rate == pytest.approx(measure(record("normal", 9)).rate)
