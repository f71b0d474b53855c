"""The model: laws of the lead system hold exactly, the geometry is the body's, the seed decides everything."""

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from quizbot.drawing.ecg.diagnoses import DIAGNOSES  # noqa: E402  # after the check for numpy
from quizbot.drawing.ecg.leads import CHEST, LEADS, REGIONS, lead_field, twelve  # noqa: E402
from quizbot.drawing.ecg.model import Wave, project  # noqa: E402
from quizbot.drawing.ecg.noise import to_leads  # noqa: E402
from quizbot.drawing.ecg.tracing import RATE, SECONDS, record  # noqa: E402

EVERY = sorted(DIAGNOSES)


@pytest.mark.parametrize("diagnosis", EVERY)
@pytest.mark.parametrize("seed", [1, 7, 400])
def test_einthoven_and_goldberger_hold_for_signal_and_noise_alike(diagnosis: str, seed: int) -> None:
    ecg = record(diagnosis, seed, mains=0.05)
    assert ecg.leads.shape == (12, SECONDS * RATE)
    assert np.allclose(ecg["I"] + ecg["III"], ecg["II"], atol=1e-12)
    assert np.allclose(ecg["aVR"] + ecg["aVL"] + ecg["aVF"], 0, atol=1e-12)
    assert np.allclose(ecg["aVF"], (ecg["II"] + ecg["III"]) / 2, atol=1e-12)
    assert np.allclose(ecg["aVL"], (ecg["I"] - ecg["III"]) / 2, atol=1e-12)


@pytest.mark.parametrize("diagnosis", EVERY)
def test_the_same_seed_gives_the_same_tracing_and_another_another(diagnosis: str) -> None:
    assert np.array_equal(record(diagnosis, 3).leads, record(diagnosis, 3).leads)
    assert not np.allclose(record(diagnosis, 3).leads, record(diagnosis, 4).leads, atol=0.1)


@pytest.mark.parametrize("diagnosis", EVERY)
def test_amplitudes_are_a_person_s(diagnosis: str) -> None:
    leads = record(diagnosis, 5).leads
    assert 0.8 < np.abs(leads).max() < 3
    assert np.abs(leads.mean(axis=1)).max() < 0.3


def test_what_all_electrodes_share_is_seen_by_no_lead() -> None:
    """Leads are differences: a hum of the whole body cancels, in the chest leads against Wilson's terminal."""
    shared = np.sin(np.arange(100)) * np.ones((9, 1))
    assert np.allclose(to_leads(shared), 0)


def seen(vector: tuple[float, float, float], region: str = "centre") -> dict[str, float]:
    """Each lead's amplitude of a dipole."""
    peak = twelve(project((Wave(0, 10, 10, vector, region),), np.array([0.0])))[:, 0]
    return dict(zip(LEADS, peak, strict=True))


def test_a_vector_to_the_left_is_up_in_lateral_leads_and_down_in_the_right_arm_s() -> None:
    left = seen((1, 0, 0))
    assert left["I"] > 0.5
    assert left["V6"] > 0.5
    assert left["aVR"] < -0.3
    assert left["V1"] < 0


def test_a_vector_to_the_feet_is_up_in_the_inferior_leads_and_down_in_the_left_arm_s() -> None:
    down = seen((0, 1, 0))
    assert min(down[lead] for lead in ("II", "III", "aVF")) > 1
    assert down["aVL"] < -0.5


def test_a_current_of_the_posterior_wall_is_reciprocal_in_the_leads_before_it() -> None:
    """An injury that points out of the back is a depression in V1 to V3, and hardly anything in the limb leads."""
    back = seen((0, 0, 1), "posterior")
    assert max(back[lead] for lead in ("V1", "V2", "V3")) < -0.5
    assert max(abs(back[lead]) for lead in ("I", "II", "aVF")) < 0.2


def test_an_inferior_injury_is_reciprocal_in_the_left_arm_s_lead() -> None:
    inferior = seen((0, 1, 0), "inferior")
    assert inferior["III"] > 0 > inferior["aVL"]


@pytest.mark.parametrize(
    ("region", "near", "far"), [("anteroseptal", "V2", "V6"), ("lateral", "V6", "V1"), ("apical", "V4", "V1")]
)
def test_a_region_is_seen_better_by_the_electrode_over_it(region: str, near: str, far: str) -> None:
    gain = lead_field(region)[2:] / lead_field("centre")[2:]
    assert gain[CHEST.index(near), 0] > 1.2
    assert gain[CHEST.index(near), 0] > gain[CHEST.index(far), 0]


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_a_region_changes_nothing_in_the_limb_leads(region: str) -> None:
    assert np.array_equal(lead_field(region)[:2], lead_field("centre")[:2])
