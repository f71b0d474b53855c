"""A third look: what would hold may be a clinical line from another cut, what refuses stays, and nothing is lost."""

from dataclasses import replace

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra [deid] is not installed here")

from quizbot.deid.pixels import findings, reading, third  # noqa: E402  # after it is known to be there
from quizbot.deid.pixels.hits import Quad, Reading  # noqa: E402
from tests.deid.pixels.test_geometry import np, region, seen  # noqa: E402

BLANK = seen(np.zeros((400, 700, 3), np.uint8))


def kinds(monkeypatch: pytest.MonkeyPatch, first: Reading, text: str, sure: float = 0.9, **how: object) -> list[str]:
    """What is found where a place is read so first, and so from every other cut."""
    monkeypatch.setattr(reading, "once", lambda places, _: [(text, sure)] * len(places))
    read = third.look(BLANK, [first])
    assert [each.text for each in read] == [first.text]
    limits = {"deny": frozenset(), "kind": None} | how
    return [each.kind for each in findings.judged(read, (700, 400), **limits)]


def test_what_another_cut_reads_as_clinical_words_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Reading(region(0, 0, 140, 30), "AbnoumalEQG", 0.94)
    assert kinds(monkeypatch, first, "Abnormal ECG") == []
    assert kinds(monkeypatch, first, "AbnoumalFCG")  # letters wrong there as well
    assert kinds(monkeypatch, first, "Abnormal ECG", 0.78)  # not sure
    assert kinds(monkeypatch, first, "Oblique")  # another line
    assert kinds(monkeypatch, first, "Abnormal")  # letters left out
    assert kinds(monkeypatch, replace(first, region=region(0, 0, 140, 30, votes=0)), "Abnormal ECG")


def test_another_cut_is_judged_by_the_kind_of_picture_and_the_headers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Reading(region(0, 0, 100, 30), "FLAlB", 0.94)
    assert kinds(monkeypatch, first, "FLAIR", kind="mr") == []
    assert kinds(monkeypatch, first, "FLAIR", kind="ecg")
    assert kinds(monkeypatch, first, "FLAIR", kind="mr", deny=frozenset({"flair"}))


@pytest.mark.parametrize(("line", "other"), [("99 yn", "99 cm"), ("0928", "V 928"), ("10:22", "10.22")])
def test_what_may_be_part_of_an_identifier_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, line: str, other: str
) -> None:
    assert kinds(monkeypatch, Reading(region(0, 0, 140, 30), line, 0.9), other)


@pytest.mark.parametrize(("line", "other"), [("94 y", "94 cm"), ("Age 94", "Area 94"), ("FOV 447192", "FOV 44 mm")])
def test_what_refuses_is_not_asked_again(monkeypatch: pytest.MonkeyPatch, line: str, other: str) -> None:
    first = Reading(region(0, 0, 140, 30), line, 0.9)
    assert kinds(monkeypatch, first, other)
    assert kinds(monkeypatch, replace(first, again=(replace(first, text=other),)), "")


def test_one_cut_that_reads_clinical_words_is_enough_and_another_that_does_not_takes_no_place() -> None:
    first = Reading(region(0, 0, 140, 30), "AbnoumalEQG", 0.94)
    worse, better = replace(first, text="AbnoumalFCG"), replace(first, text="Abnormal ECG")
    both = replace(first, again=(worse, better))
    assert third.settled(both, deny=frozenset(), kind=None) is better
    assert third.settled(replace(first, again=(worse,)), deny=frozenset(), kind=None).text == first.text


def test_a_denied_word_refuses_whatever_another_cut_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Reading(region(0, 0, 140, 30), "Wollace", 0.9)
    assert kinds(monkeypatch, first, "Balance", deny=frozenset({"Wallace"})) == ["denied"]


def test_a_guess_that_another_cut_reads_surely_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Reading(region(0, 0, 140, 30), "Depth 9c", 0.7)
    assert kinds(monkeypatch, first, "Depth 9 cm", 0.9) == []
    figures = Reading(replace(region(0, 0, 60, 30), crossed=True), "2966", 0.9)
    assert kinds(monkeypatch, figures, "2966", 0.99)  # a curve hides strokes from every cut


def test_other_cuts_keep_the_middle_and_no_letter_falls_out(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[Quad] = []
    monkeypatch.setattr(reading, "once", lambda places, _: [cuts.append(quad) or ("", 0.0) for _, quad in places])
    third.look(BLANK, [Reading(region(100, 100, 240, 130), "Zwiolx", 0.9), Reading(region(0, 0, 140, 30), "ECG", 0.9)])
    assert cuts
    for quad in cuts:
        assert quad.mean(axis=0) == pytest.approx((170, 115))
        assert quad[:, 0].min() <= 100
        assert quad[:, 0].max() >= 240


def test_other_cuts_cost_no_more_than_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    widths: list[int] = []
    monkeypatch.setattr(
        reading, "_texts", lambda strips: [widths.append(strip.shape[1]) or ("", 0.0) for strip in strips]
    )
    noise = seen(np.random.default_rng(1).integers(0, 255, (700, 700, 3), dtype=np.uint8))
    third.look(noise, [Reading(region(0, y, 120, y + 24), "Zwiolx", 0.9) for y in range(0, 600, 24)])
    assert 0 < sum(widths) <= third._MOST
