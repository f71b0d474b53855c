"""Near-duplicates: a copy is found whatever was done to the file; two patients with the same diagnosis are two."""

import io
import os
import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from quizbot.casebook import Level, load_casebook
from quizbot.core.bundled import bundled
from quizbot.desk.check import check_paths
from quizbot.desk.resemblance import LIMIT, apart, fingerprint
from quizbot.drawing.catalogue import Order, draw

PICTURES = sorted(bundled("cases").glob("*/*.png"))


def jpeg(picture):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=60)
    return Image.open(file)


COPIES = {
    "as JPEG": jpeg,
    "half as large": lambda p: p.resize((p.width // 2, p.height // 2)),
    "a little smaller": lambda p: p.resize((p.width * 7 // 10, p.height * 7 // 10)),
    "brighter": lambda p: p.point([min(255, level * 27 // 25) for level in range(256)] * 3),
}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_as_good_as_the_original(copy):
    for path in PICTURES:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        assert (path.parent.name, apart(fingerprint(picture), fingerprint(COPIES[copy](picture))) <= LIMIT) == (
            path.parent.name,
            True,
        )


def test_no_two_pictures_of_the_starter_casebook_are_near_duplicates():
    """With room to spare: the limit is not set between them by a hair."""
    marks = [fingerprint(Image.open(path)) for path in PICTURES]
    assert min(apart(one, other) for one, other in combinations(marks, 2)) > LIMIT + 0.1


@pytest.mark.parametrize(
    ("kind", "diagnosis"),
    [("ecg", "wellens"), ("ecg", "complete-heart-block"), ("mmode", "pneumothorax"), ("pressure", "underdamped")],
)
def test_another_patient_with_the_same_diagnosis_is_no_duplicate(kind, diagnosis):
    pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")
    marks = [fingerprint(draw(Order(kind, diagnosis, seed))) for seed in range(5)]
    assert min(apart(one, other) for one, other in combinations(marks, 2)) > LIMIT


def test_check_warns_once_and_names_both_files(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        source = bundled("cases") / "wellens-syndrome"
        (tmp_path / name / "case.yaml").write_bytes((source / "case.yaml").read_bytes())
        picture = Image.open(source / "ecg.png")
        (picture if name == "first" else picture.reduce(2)).save(tmp_path / name / "ecg.png")
    assert len(load_casebook(tmp_path).cases) == 2
    found = [one for one in check_paths([tmp_path]).findings if "looks like" in one.message]
    assert [(one.level, one.key) for one in found] == [(Level.WARNING, "images[0].file")]
    assert "second/case.yaml" in found[0].file
    assert "first/ecg.png" in found[0].message


def put(folder, source, *, name="ecg.png", author="@an_educator"):
    """The starter case under another id and author, with a prompt of its own."""
    text = (bundled("cases") / source / "case.yaml").read_text()
    text = text.replace("prompt: >-\n", f"prompt: >-\n  {folder.name}.\n", 1).replace("@quizbot_examples", author)
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(text.replace("file: ecg.png", f"file: {name}"))
    shutil.copyfile(bundled("cases") / source / "ecg.png", folder / name)
    return folder


def look_alikes(path):
    found = [one for one in check_paths([path]).findings if "looks like" in one.message]
    return [(Path(one.file).parent.name, one.message.split(":")[0]) for one in found]


@pytest.mark.parametrize(("author", "minutes"), [("@quizbot_examples", 0), ("@an_educator", -1)])
def test_it_is_the_newer_case_that_is_to_be_changed(tmp_path, author, minutes):
    """The names of both say nothing of that; an example came before what anybody adds."""
    old = put(tmp_path / "mobitz-two", "wellens-syndrome", author=author)
    put(tmp_path / "dup-case", "wellens-syndrome", name="image.png")
    stamp = (tmp_path / "dup-case" / "image.png").stat().st_mtime + 60 * minutes
    os.utime(old / "ecg.png", (stamp, stamp))
    assert look_alikes(tmp_path) == [("dup-case", f"looks like {old / 'ecg.png'}")]


def test_the_case_that_was_read_first_is_the_older_whatever_a_clone_made_of_the_files_times(tmp_path):
    old = put(tmp_path / "mobitz-two", "wellens-syndrome", author="@an_educator")
    new = put(tmp_path / "dup-case", "wellens-syndrome", name="image.png")
    text = (old / "case.yaml").read_text()
    (old / "case.yaml").write_text(re.sub(r" on: [-\d]+", " on: 2025-01-31", text))
    stamp = (new / "image.png").stat().st_mtime + 60
    os.utime(old / "ecg.png", (stamp, stamp))
    assert look_alikes(tmp_path) == [("dup-case", f"looks like {old / 'ecg.png'}")]


def test_a_case_checked_by_itself_is_held_against_the_files_of_those_beside_it(tmp_path, monkeypatch):
    put(tmp_path / "mobitz-two", "wellens-syndrome")
    put(tmp_path / "dup-case", "wellens-syndrome", name="image.png")
    put(tmp_path / "other", "brugada")
    monkeypatch.chdir(tmp_path)
    assert look_alikes(Path("dup-case")) == [("dup-case", "looks like mobitz-two/ecg.png")]
    assert look_alikes(Path("other")) == []
    monkeypatch.chdir(tmp_path / "dup-case")
    assert look_alikes(Path()) == [("", f"looks like {tmp_path / 'mobitz-two' / 'ecg.png'}")]
