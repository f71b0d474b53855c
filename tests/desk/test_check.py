"""All checks of some paths together."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from quizbot.casebook import Level, load_case
from quizbot.core.bundled import bundled
from quizbot.desk.check import check_case, check_paths, gather
from tests.casebook.given import PEARL, QUIZ, with_, write

STARTER = bundled("cases") / "wellens-syndrome"
PICTURE = STARTER / "ecg.png"


def drawn(folder: Path, **changes: object) -> Path:
    """A case whose image the project drew."""
    write(folder, with_(QUIZ, **changes))
    shutil.copy(PICTURE, folder / "ecg.png")
    return folder


def keys(folder: Path) -> set[tuple[str, str]]:
    return {(str(one.level), one.key) for one in check_case(load_case(folder))}


def test_the_starter_cases_have_no_findings():
    report = check_paths([bundled("cases")])
    assert (report.cases >= 3, report.findings) == (True, ())


def test_a_case_with_a_drawn_image_is_sound(tmp_path):
    assert keys(drawn(tmp_path / "c")) == set()


def test_another_synthetic_image_is_a_warning_while_there_is_no_gate_for_it(tmp_path):
    folder = drawn(tmp_path / "c")
    Image.new("RGB", (600, 400), "white").save(folder / "ecg.png")
    assert keys(folder) == {("warning", "images[0].file")}


@pytest.mark.parametrize(("origin", "consent"), [("patient", "written-consent"), ("licensed", "licence")])
def test_an_image_of_another_origin_that_is_no_output_of_the_gate_is_an_error_with_the_command(
    tmp_path, origin, consent
):
    image = QUIZ["images"][0] | {"origin": origin, "credit": "A. Author"}
    folder = drawn(tmp_path / "c", images=[image], consent=consent, consent_ref="C-1")
    Image.new("RGB", (600, 400), "white").save(folder / "ecg.png")
    (finding,) = check_case(load_case(folder))
    assert (finding.level, finding.key, "quizbot deid" in finding.message) == (Level.ERROR, "images[0].file", True)


@pytest.mark.parametrize("consent", ["licence", "not-identifiable"])
def test_a_picture_of_a_patient_needs_written_consent_unless_the_operator_says_otherwise(tmp_path, consent):
    folder = drawn(tmp_path / "c", images=[QUIZ["images"][0] | {"origin": "patient"}], consent=consent)
    (finding,) = check_case(load_case(folder))
    assert (finding.level, finding.key, "written-consent" in finding.message) == (
        Level.ERROR,
        "images[0].origin",
        True,
    )
    assert check_case(load_case(folder), "any") == ()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nnot really", b"GIF89a", b"%PDF-1.7"])
def test_an_image_that_cannot_be_decoded_is_an_error_at_its_line(tmp_path, content):
    folder = drawn(tmp_path / "c")
    (folder / "ecg.png").write_bytes(content)
    (finding,) = check_case(load_case(folder))
    assert (finding.level, finding.key) == (Level.ERROR, "images[0].file")
    assert "ecg.png" in (folder / "case.yaml").read_text().splitlines()[finding.line - 1]


def test_a_missing_image_is_told_once(tmp_path):
    folder = drawn(tmp_path / "c")
    (folder / "ecg.png").unlink()
    assert [one.key for one in check_case(load_case(folder))] == ["images[0].file"]


def test_the_grader_s_findings_are_among_them(tmp_path):
    """The case's own rules know no spelling; the grader does."""
    folder = drawn(tmp_path / "c", prompt="Could this be a wellen syndrom?")
    assert ("error", "prompt") in keys(folder)


def test_a_path_may_be_a_case_its_file_or_a_folder_of_cases_and_each_case_is_checked_once(tmp_path):
    folder = write(tmp_path / "a", PEARL)
    report = check_paths([tmp_path, folder, folder / "case.yaml"])
    assert (report.cases, report.findings) == (1, ())


def test_twins_are_found_in_paths_given_one_by_one(tmp_path):
    report = check_paths([write(tmp_path / "a", PEARL), write(tmp_path / "b", PEARL)])
    assert [(one.file, one.key) for one in report.findings] == [(str(tmp_path / "b" / "case.yaml"), "prompt")]


@pytest.mark.parametrize("name", ["missing", "file", "empty"])
def test_a_path_that_holds_no_case_is_an_error_and_the_others_are_checked(tmp_path, name):
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    report = check_paths([tmp_path / name, write(tmp_path / "a", PEARL)])
    assert (report.cases, report.count(Level.ERROR)) == (2, 1)


def test_a_loose_case_file_is_told(tmp_path):
    write(tmp_path / "a", PEARL)
    (tmp_path / "b.yaml").write_text("x")
    assert check_paths([tmp_path]).count(Level.WARNING) == 1


def test_gathering_keeps_broken_cases(tmp_path):
    write(tmp_path / "a", "a: [")
    ((case,), _) = gather([tmp_path])
    assert case.case is None


def test_a_text_that_gives_the_answer_away_is_told_once(tmp_path):
    """By the grader, which quotes the place; what only the loader sees stays."""
    folder = drawn(tmp_path / "c", prompt="54M, Wellens syndrome? What's next?", hashtags=["WellensSyndrome"])
    told = [one for one in check_case(load_case(folder)) if "gives the answer away" in one.message]
    assert sorted(one.key for one in told) == ["hashtags[0]", "prompt"]
    assert '"wellens syndrome" gives' in next(one.message for one in told if one.key == "prompt")
