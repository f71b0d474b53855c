"""The cases that ship: complete, within X's limits, giving nothing away, with pictures that the gate knows."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.core.case import Case, Partial, Reject
from quizbot.core.verdict import VerdictKind
from quizbot.core.weight import POST_LIMIT, links_in, weighted_length
from quizbot.deid import clean, is_known, known
from quizbot.deid.gate import open_picture
from quizbot.drawing import catalogue
from quizbot.drawing.catalogue import order
from quizbot.grading import grade, prepare

FOLDERS = sorted(path.parent for path in bundled("cases").glob("*/case.yaml"))
PICTURES = sorted(path for folder in FOLDERS for path in folder.iterdir() if path.name != "case.yaml")
QUIZZES = [folder for folder in FOLDERS if not folder.name.startswith(("pearl-", "link-"))]
# Grey levels of 255, mean absolute difference; a curve on an empty screen covers less than one on millimetre paper.
CAN_BE_REDRAWN = {"ecg": 2.0, "capnogram": 0.5, "mmode": 0.5, "pressure": 0.5, "bmode": 2.0}


@cache
def load(folder: Path) -> Case:
    """The case, which the casebook has nothing to say against."""
    loaded = load_case(folder)
    assert loaded.findings == ()
    assert loaded.case is not None
    return loaded.case


@pytest.fixture(params=QUIZZES, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]  # one of FOLDERS


@pytest.fixture
def case(folder: Path) -> Case:
    return load(folder)


def test_there_are_quizzes_with_and_without_pictures_pearls_and_links() -> None:
    kinds = Counter(load(folder).kind for folder in FOLDERS)
    assert kinds["image-quiz"] >= 31
    assert kinds["question"] >= 4
    assert kinds["pearl"] >= 4
    assert kinds["link"] >= 2
    assert len({load(folder).answer for folder in QUIZZES}) == len(QUIZZES) == kinds["image-quiz"] + kinds["question"]


@pytest.mark.parametrize("folder", sorted(set(FOLDERS) - set(QUIZZES)), ids=lambda folder: folder.name)
def test_a_pearl_or_a_link_fits_one_post_and_has_its_reference(folder: Path) -> None:
    case = load(folder)
    assert case.is_example
    assert case.answer is None
    assert case.reviewed is not None
    assert not case.references[0].unconfirmed
    text = f"{case.prompt}\n\n{' '.join('#' + tag for tag in case.hashtags)}"
    assert links_in(text) == []
    assert weighted_length(f"{text}\n\n{case.references[0].url}") <= POST_LIMIT


def test_it_is_marked_as_an_example_and_lacks_nothing(case: Case) -> None:
    assert case.is_example
    assert case.answer is not None
    assert case.certainty == "certain"
    assert case.proof
    assert case.pearl
    assert case.reviewed is not None
    assert case.reviewed.again_by is not None
    assert case.reviewed.by != case.author
    assert case.consent == "synthetic"
    assert all(image.origin == "synthetic" and image.alt_answer for image in case.images)


def test_the_quiz_and_the_answer_each_fit_one_post(case: Case) -> None:
    assert case.answer is not None
    quiz = f"{case.prompt}\n\n{' '.join('#' + tag for tag in case.hashtags)}"
    answer = f"Answer: {case.answer.diagnosis}\n\n{case.pearl}"
    assert weighted_length(quiz) <= POST_LIMIT
    assert weighted_length(f"{answer}\n\n{case.references[0].url}") <= POST_LIMIT
    assert links_in(quiz) == links_in(answer) == []


def test_nothing_shown_before_the_reveal_names_an_answer(folder: Path, case: Case) -> None:
    assert case.answer is not None
    shown = " ".join([case.prompt, *case.hashtags, *(image.alt + " " + image.file for image in case.images)]).lower()
    listed = [case.answer.diagnosis, *case.answer.accept, *(p.answer for p in case.answer.partial), folder.name]
    words = {word for answer in listed for word in re.findall(r"[a-z]{4,}", answer.lower())} - {
        "left",
        "severe",
        "high",
        "wave",
        "acute",
        "rhythm",
        "raised",
        "lead",
        "with",
    }
    assert {word for word in words if re.search(rf"\b{word}\b", shown)} == set()


def test_each_answer_is_listed_once_and_every_ruling_has_its_reason(case: Case) -> None:
    assert case.answer is not None
    rulings: list[Partial | Reject] = [*case.answer.partial, *case.answer.reject]
    listed = [case.answer.diagnosis, *case.answer.accept, *(ruling.answer for ruling in rulings)]
    assert len({answer.casefold() for answer in listed}) == len(listed)
    assert len(case.answer.accept) >= 3
    assert len(case.answer.reject) >= 5
    assert all(ruling.because for ruling in rulings)


def test_each_listed_answer_is_graded_as_it_is_listed(case: Case) -> None:
    assert case.answer is not None
    key = prepare(case)
    for text in (case.answer.diagnosis, *case.answer.accept):
        assert (text, grade(key, text).kind) == (text, VerdictKind.CORRECT)
    for partial in case.answer.partial:
        verdict = grade(key, partial.answer)
        assert (partial.answer, verdict.kind, verdict.credit) == (partial.answer, VerdictKind.PARTIAL, partial.credit)
    for reject in case.answer.reject:
        assert (reject.answer, grade(key, reject.answer).kind) == (reject.answer, VerdictKind.INCORRECT)


def test_no_other_case_s_diagnosis_is_right_here(folder: Path, case: Case) -> None:
    """Nor any other answer that it accepts; the diagnosis itself is wrong, not only doubtful, or half right by name."""
    assert case.answer is not None
    half_right = {partial.answer for partial in case.answer.partial}
    key = prepare(case)
    for other in QUIZZES:
        answer = load(other).answer
        if other != folder and answer is not None:
            expected = VerdictKind.PARTIAL if answer.diagnosis in half_right else VerdictKind.INCORRECT
            assert (other.name, grade(key, answer.diagnosis).kind) == (other.name, expected)
            assert [text for text in answer.accept if grade(key, text).kind is VerdictKind.CORRECT] == []


def test_it_has_two_references_whose_title_year_and_address_were_confirmed(case: Case) -> None:
    assert len(case.references) >= 2
    for reference in case.references:
        assert not reference.unconfirmed
        assert reference.year or reference.kind == "page"  # many pages bear no date
        assert reference.url.startswith("https://")
    assert any(reference.url.startswith("https://doi.org/10.") for reference in case.references)
    assert case.references[0].url != case.references[1].url


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_folder_holds_what_the_case_names_and_nothing_else(folder: Path) -> None:
    case = load(folder)
    assert {path.name for path in folder.iterdir()} == {"case.yaml", *(image.file for image in case.images)}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.parent.name)
def test_its_picture_passes_the_gate_unchanged(picture: Path) -> None:
    assert is_known(picture)
    media = clean(picture)
    assert (media.mime, media.width) == ("image/png", open_picture(picture).width)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.parent.name)
def test_its_picture_can_be_drawn_again(picture: Path) -> None:
    """Visually: the last bit may differ with numpy's version, the edge of a letter with Pillow's."""
    pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")
    shipped = open_picture(picture)
    origin = json.loads(known.DRAWN.read_text("utf-8"))["pictures"][known.pixel_digest(shipped)]
    assert mean_difference(shipped, redraw(origin, origin["seed"])) < CAN_BE_REDRAWN[origin["by"]]
    assert mean_difference(shipped, redraw(origin, origin["seed"] + 1)) > CAN_BE_REDRAWN[origin["by"]]


def redraw(origin: dict[str, Any], seed: int) -> Image.Image:
    """The picture that the program named in the list draws of the diagnosis."""
    return catalogue.draw(order({**origin, "seed": seed}))


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of all pixels, in grey levels."""
    return float(ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0])
