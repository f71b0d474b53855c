"""The files of a case folder."""

import pytest

from quizbot.casebook import load_case
from tests.casebook.given import PNG, QUIZ, brief, findings_of, with_, write

IMAGE = QUIZ["images"][0]


def strays(tmp_path, name, content=PNG, case=QUIZ):
    folder = write(tmp_path / "c", case)
    (folder / name).write_bytes(content)
    return [(str(one.level), one.message) for one in load_case(folder).findings if one.file == str(folder / name)]


@pytest.mark.parametrize(
    ("there", "word"), [("other.txt", "there is no file"), ("ECG.png", 'the nearest is "ECG.png"')]
)
def test_a_missing_image_is_an_error_at_its_key(tmp_path, there, word):
    found = [one for one in findings_of(tmp_path / "c", QUIZ, there) if one.key == "images[0].file"]
    assert [(str(one.level), word in one.message) for one in found] == [("error", True)]


def test_an_image_that_is_a_link_is_an_error_even_inside_the_folder(tmp_path):
    folder = write(tmp_path / "c", QUIZ, "real.png")
    (folder / "ecg.png").symlink_to("real.png")
    assert ("error", "images[0].file") in brief(load_case(folder).findings)


def test_an_image_that_is_a_folder_is_an_error(tmp_path):
    folder = write(tmp_path / "c", QUIZ, "x.png")
    (folder / "ecg.png").mkdir()
    assert ("error", "images[0].file") in brief(load_case(folder).findings)


def test_a_picture_is_named_once_whatever_the_case_of_its_letters(tmp_path):
    content = with_(QUIZ, images=[IMAGE, IMAGE | {"file": "ECG.png"}])
    found = {one.key: one.message for one in findings_of(tmp_path / "c", content, "ecg.png", "ECG.png")}
    assert "named twice" in found["images[1].file"]


@pytest.mark.parametrize("name", ["ecg.gif", "ecg.pdf", "ecg"])
def test_an_image_of_another_type_is_an_error(tmp_path, name):
    found = findings_of(tmp_path / "c", with_(QUIZ, images=[IMAGE | {"file": name}]))
    assert ("error", "images[0].file") in brief(found)


@pytest.mark.parametrize("name", ["notes.txt", ".DS_Store", "case.yaml~", "spare.png"])
def test_a_file_that_the_case_does_not_name_is_a_warning(tmp_path, name):
    assert [level for level, _ in strays(tmp_path, name)] == ["warning"]


def test_a_folder_in_the_folder_is_a_warning(tmp_path):
    (write(tmp_path / "c", QUIZ) / "more").mkdir()
    assert [str(one.level) for one in load_case(tmp_path / "c").findings] == ["warning"]


def test_marked_examples_may_stand_beside_the_case(tmp_path):
    assert strays(tmp_path, "replies.jsonl") == []


@pytest.mark.parametrize("name", ["ecg-original.png", "raw_ecg.jpg", "IMG_1.heic", "scan.DNG", "uncropped.tiff"])
def test_what_looks_like_an_original_is_an_error(tmp_path, name):
    assert [level for level, _ in strays(tmp_path, name)] == ["error"]


def test_any_other_picture_beside_one_of_a_patient_is_an_error(tmp_path):
    patient = with_(QUIZ, images=[IMAGE | {"origin": "patient"}], consent="written-consent", consent_ref="C-1")
    assert [level for level, _ in strays(tmp_path, "second.png", case=patient)] == ["error"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.dcm", b""), ("IM.IMA", b""), ("DICOMDIR", b""), ("harmless.txt", b"\0" * 128 + b"DICM" + b"x")],
)
def test_a_dicom_file_is_an_error_whatever_its_name(tmp_path, name, content):
    ((level, message),) = strays(tmp_path, name, content)
    assert (level, "DICOM" in message) == ("error", True)


def test_a_dicom_file_under_the_name_of_an_image_is_an_error(tmp_path):
    found = strays(tmp_path, "ecg.png", b"\0" * 128 + b"DICM")
    assert [level for level, _ in found] == ["error"]


def test_of_a_case_that_cannot_be_read_only_the_dangerous_files_are_told(tmp_path):
    folder = write(tmp_path / "c", "a: [", "x.png", "y.dcm")
    assert [one.file for one in load_case(folder).findings] == [str(folder / "case.yaml"), str(folder / "y.dcm")]


def test_a_folder_full_of_files_is_told_once(tmp_path):
    folder = write(tmp_path / "c", QUIZ)
    for n in range(150):
        (folder / f"f{n}").touch()
    assert len([one for one in load_case(folder).findings if one.file == str(folder)]) == 1
