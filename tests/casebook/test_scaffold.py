"""A new case: its blanks are what `check` names, and filled in it is sound."""

import pytest

from quizbot.casebook import Level, load_case
from quizbot.casebook.messages import known_keys
from quizbot.casebook.scaffold import case_text, new_case
from quizbot.core.case import Kind
from quizbot.core.errors import InputError
from tests.casebook.given import PNG

BLANKS = {
    Kind.IMAGE_QUIZ: {"prompt", "images[0].file", "images[0].alt", "images[0].origin", "answer.diagnosis", "pearl"},
    Kind.QUESTION: {"prompt", "answer.diagnosis", "pearl"},
    Kind.PEARL: {"prompt"},
    Kind.LINK: {"prompt"},
}
REFERENCE = {"references[0].title", "references[0].url"}
FILLED = {
    "prompt: >-": "54M: pain-free now. #1 diagnosis?",
    "  - file:": "ecg.png",
    "    alt: >-": "12-lead ECG: 25 mm/s.",
    "    origin:": "synthetic",
    "  diagnosis:": "Wellens syndrome",
    "certainty:": "certain",
    "pearl: >-": "No stress test: angiography.",
    "  - title: >-": "A paper: its title",
    "    url:": "https://doi.org/10.1016/0002-8703(82)90480-X",
    "author:": '"@an_educator"',
    "consent:": "synthetic",
}


@pytest.mark.parametrize("kind", Kind)
def test_check_points_at_the_blanks_and_at_nothing_else(tmp_path, kind):
    found = load_case(new_case(tmp_path, "a-case", kind)).findings
    blanks = BLANKS[kind] | {"author", "consent"} | (set() if kind is Kind.PEARL else REFERENCE)
    assert {one.key for one in found if one.level is Level.ERROR} == blanks
    advised = {"reviewed", "certainty"} if kind.is_quiz else {"reviewed"}
    assert {one.key for one in found if one.level is Level.WARNING} == advised


@pytest.mark.parametrize("kind", Kind)
def test_filled_in_as_its_comments_say_it_is_a_sound_case(tmp_path, kind):
    folder = new_case(tmp_path, "a-case", kind)
    lines = []
    for line in (folder / "case.yaml").read_text(encoding="utf-8").splitlines():
        blank, _, comment = line.partition(" #")
        value = FILLED.get(blank)
        if value is None:
            lines.append(line.removeprefix("# ") if line.startswith("# reviewed:") else line)
        elif blank.endswith(">-"):
            indent = len(blank) - len(blank.lstrip(" -")) + 2
            lines += [line, " " * indent + value]
        else:
            lines.append(f"{blank} {value} #{comment}")
    (folder / "case.yaml").write_text("\n".join(lines), encoding="utf-8")
    if kind is Kind.IMAGE_QUIZ:
        (folder / "ecg.png").write_bytes(PNG)
    loaded = load_case(folder)
    assert loaded.findings == ()
    assert loaded.case is not None
    assert loaded.case.prompt == FILLED["prompt: >-"]


def test_an_image_quiz_s_scaffold_names_every_key_but_the_video():
    names = {name for names in known_keys().values() for name in names} - {"video", "captions", "unconfirmed"}
    assert {name for name in names if f"{name}:" not in case_text(Kind.IMAGE_QUIZ)} == set()


@pytest.mark.parametrize("slug", ["Wellens", "../x", "a b", "", "a/b", ".", "-a"])
def test_a_name_that_is_no_id_is_refused_and_nothing_is_made(tmp_path, slug):
    with pytest.raises(InputError):
        new_case(tmp_path / "cases", slug, Kind.PEARL)
    assert not (tmp_path / "cases").exists()


def test_what_exists_is_left_alone(tmp_path):
    (tmp_path / "a-case").mkdir()
    with pytest.raises(InputError, match="exists already"):
        new_case(tmp_path, "a-case", Kind.PEARL)
    assert list((tmp_path / "a-case").iterdir()) == []


def test_the_folder_of_cases_is_made_if_it_is_missing(tmp_path):
    assert new_case(tmp_path / "new" / "cases", "a", Kind.LINK).is_dir()


def test_a_folder_of_cases_that_is_a_file(tmp_path):
    (tmp_path / "cases").write_text("x")
    with pytest.raises(InputError):
        new_case(tmp_path / "cases", "a", Kind.LINK)
