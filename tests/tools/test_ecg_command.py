"""``python -m tools.ecg``: draws, lists, measures, registers; says in one line what is wrong."""

import json
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="numpy is not installed (pip install 'quizbot[draw]')")

from PIL import Image

from quizbot.deid import clean, is_known, known
from tools.ecg import register
from tools.ecg.__main__ import main
from tools.ecg.diagnoses import DIAGNOSES


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of drawn pictures of the test's own."""
    path = tmp_path / "drawn.json"
    path.write_text(json.dumps({"about": "kept", "pictures": {}}))
    monkeypatch.setattr(known, "DRAWN", path)
    monkeypatch.setattr(register, "DRAWN", path)
    return path


def test_the_list_names_every_diagnosis(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(DIAGNOSES)


def test_it_draws_a_picture_that_holds_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "ecg.png"
    assert main(["--diagnosis", "wellens", "--seed", "7", "-o", str(path)]) == 0
    with Image.open(path) as image:
        assert not image.info


def test_only_a_registered_picture_passes_the_gate(tmp_path: Path, ledger: Path) -> None:
    path = tmp_path / "ecg.png"
    order = ["--diagnosis", "normal", "--seed", "2", "-o", str(path)]
    assert main(order) == 0
    assert not is_known(path)
    assert main([*order, "--register"]) == 0
    assert clean(path).width > 1600


def test_the_list_keeps_where_each_picture_came_from_and_loses_none(tmp_path: Path, ledger: Path) -> None:
    for extra in (["--seed", "2"], ["--seed", "3"], ["--seed", "3", "--mains", "0.02"], ["--seed", "2"]):
        assert main(["--diagnosis", "normal", *extra, "-o", str(tmp_path / "ecg.png"), "--register"]) == 0
    document = json.loads(ledger.read_text())
    assert document["about"] == "kept"
    assert list(document["pictures"].values()) == [
        {"by": "tools.ecg", "diagnosis": "normal", "seed": 2},
        {"by": "tools.ecg", "diagnosis": "normal", "seed": 3},
        {"by": "tools.ecg", "diagnosis": "normal", "seed": 3, "mains": 0.02},
    ]


def test_measure_prints_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--diagnosis", "complete-heart-block", "--measure"]) == 0
    printed = capsys.readouterr().out
    assert "P waves" in printed
    assert len(printed.splitlines()) == 16


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--diagnosis", "wellen", "-o", "x.png"], 2, 'diagnosis: "wellen" is unknown; give one of: normal, wellens'),
        (["-o", "x.png"], 2, "--diagnosis: is missing"),
        (["--diagnosis", "wellens"], 2, "-o: is missing"),
        (["--diagnosis", "wellens", "-o", "x.jpg"], 2, "x.jpg is not a .png"),
        (["--diagnosis", "wellens", "--seed", "-1", "-o", "x.png"], 2, "--seed: -1 is out of range"),
        (["--diagnosis", "wellens", "--seed", "a", "-o", "x.png"], 2, "invalid int value"),
        (["--diagnosis", "wellens", "--mains", "9", "-o", "x.png"], 2, "--mains: 9.0 is out of range"),
        (["--diagnosis", "wellens", "--register"], 2, "--register: has no file"),
        (["--diagnosis", "wellens", "-o", "/no/such/folder/x.png"], 1, "cannot be written"),
        (["--frobnicate"], 2, "unrecognized arguments"),
    ],
)
def test_a_mistake_is_one_line(arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert len(err.splitlines()) == 1
