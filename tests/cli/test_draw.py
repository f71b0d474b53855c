"""``quizbot draw``: draws, lists, measures, registers; says in one line what is wrong."""

import builtins
import json
from importlib import import_module

import pytest

pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

from PIL import Image, ImageChops

from quizbot.deid import clean, is_known, known
from quizbot.desk import register
from quizbot.drawing import catalogue
from quizbot.drawing.catalogue import KINDS, Order, diagnoses, order


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The list of drawn pictures of a quizbot that was installed as a copy."""
    path = tmp_path / "installed.json"
    path.write_text(json.dumps({"about": "kept", "pictures": {}}))
    monkeypatch.setattr(known, "DRAWN", path)
    monkeypatch.setattr(register, "DRAWN", path)
    return path


@pytest.fixture
def ledger(tmp_path, installed):
    """The list of the clone that commands run in."""
    path = tmp_path / "quizbot" / "deid" / "drawn.json"
    path.parent.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    path.write_text(installed.read_text())
    return path


def test_the_list_names_every_diagnosis_of_every_kind(quizbot):
    printed = quizbot("draw", "--list")
    named = [tuple(line.split()[:2]) for line in printed.out.splitlines()]
    assert (printed.code, named) == (0, [(kind, name) for kind in KINDS for name in diagnoses(kind)])


def test_the_list_of_one_kind(quizbot):
    assert {line.split()[0] for line in quizbot("draw", "ecg", "--list").out.splitlines()} == {"ecg"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_draws_a_picture_that_holds_nothing_else_and_no_second_time_another(quizbot, tmp_path, kind):
    name = list(diagnoses(kind))[-1]
    for file in ("one.png", "two.png"):
        assert quizbot("draw", kind, "--diagnosis", name, "--seed", 7, "-o", file).code == 0
    with Image.open(tmp_path / "one.png") as image:
        assert not image.info
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_tilted_sheet_is_the_same_sheet_askew():
    straight = catalogue.draw(Order("ecg", "normal", 3))
    askew = catalogue.draw(Order("ecg", "normal", 3, tilt=1.5))
    assert askew.size == straight.size
    assert ImageChops.difference(askew, straight).getbbox() is not None
    back = askew.rotate(-1.5, resample=Image.Resampling.BICUBIC)
    middle = (400, 200, 1400, 800)
    apart = ImageChops.difference(back.crop(middle).reduce(4), straight.crop(middle).reduce(4)).convert("L")
    assert sum(apart.histogram()[40:]) < 0.01 * apart.width * apart.height


def test_only_a_registered_picture_passes_the_gate(quizbot, tmp_path, ledger):
    path = tmp_path / "ecg.png"
    arguments = ("draw", "ecg", "--diagnosis", "normal", "--seed", 2, "-o", path)
    assert quizbot(*arguments).code == 0
    assert not is_known(path)
    said = quizbot(*arguments, "--register")
    assert (said.code, str(ledger) in said.out) == (0, True)
    assert clean(path).width > 1600


def test_what_is_drawn_only_says_how_it_may_be_posted(quizbot, tmp_path, ledger):
    arguments = ("draw", "ecg", "--diagnosis", "normal", "--seed", 2, "-o", tmp_path / "ecg.png")
    said = quizbot(*arguments)
    assert "--register" in said.err
    assert "quizbot deid" in said.err
    quizbot(*arguments, "--register")
    assert quizbot(*arguments).err == ""


def test_an_entry_is_made_in_the_clone_and_lasts_beyond_the_next_installation(quizbot, tmp_path, ledger, installed):
    arguments = ("draw", "ecg", "--diagnosis", "normal", "--seed", 2, "-o", tmp_path / "ecg.png")
    assert quizbot(*arguments, "--register").code == 0
    assert json.loads(ledger.read_text()) == json.loads(installed.read_text())
    assert len(json.loads(ledger.read_text())["pictures"]) == 1


def test_outside_a_clone_nothing_is_registered(quizbot, tmp_path, installed):
    before = installed.read_bytes()
    said = quizbot("draw", "ecg", "--diagnosis", "normal", "-o", tmp_path / "ecg.png", "--register")
    assert (said.code, "quizbot deid" in said.err) == (1, True)
    assert installed.read_bytes() == before
    assert not (tmp_path / "ecg.png").exists()


def test_the_list_keeps_where_each_picture_came_from_and_loses_none(quizbot, tmp_path, ledger):
    for extra in (["--seed", 2], ["--seed", 3], ["--seed", 3, "--mains", 0.02, "--tilt", -1], ["--seed", 2]):
        path = tmp_path / "ecg.png"
        assert quizbot("draw", "ecg", "--diagnosis", "normal", *extra, "-o", path, "--register").code == 0
    document = json.loads(ledger.read_text())
    assert document["about"] == "kept"
    assert list(document["pictures"].values()) == [
        {"by": "ecg", "diagnosis": "normal", "seed": 2},
        {"by": "ecg", "diagnosis": "normal", "seed": 3},
        {"by": "ecg", "diagnosis": "normal", "seed": 3, "mains": 0.02, "tilt": -1.0},
    ]
    for provenance in document["pictures"].values():
        assert order(provenance).provenance() == provenance


def test_a_list_that_cannot_be_written_is_said_with_the_way_that_is_left(quizbot, tmp_path, ledger, monkeypatch):
    monkeypatch.setattr(register.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(30, "Read-only")))
    said = quizbot("draw", "ecg", "--diagnosis", "normal", "-o", tmp_path / "ecg.png", "--register")
    assert said.code == 1
    assert "quizbot sign-off" in said.err
    assert len(said.err.splitlines()) == 1


def test_measure_prints_the_numbers(quizbot):
    printed = quizbot("draw", "ecg", "--diagnosis", "complete-heart-block", "--measure").out
    assert "P waves" in printed
    assert len(printed.splitlines()) == 16


def test_without_numpy_it_says_what_to_install(quizbot, monkeypatch):
    real = builtins.__import__

    def missing(name):
        if name == "numpy":
            raise ImportError
        return real(name)

    monkeypatch.setattr(catalogue, "import_module", missing)
    for arguments in (["-o", "x.png"], ["--measure"]):
        said = quizbot("draw", "ecg", "--diagnosis", "wellens", *arguments)
        assert said.code == 3
        assert said.err == "quizbot: numpy: is not installed; run `pip install '.[draw]'` in quizbot's folder\n"
    listed = quizbot("draw", "--list")  # to know what there is, nobody has to install it first
    assert (listed.code, "wellens" in listed.out) == (0, True)


def test_what_is_listed_is_what_the_modules_draw():
    for kind, where in catalogue._WHERE.items():
        assert list(catalogue.diagnoses(kind).items()) == list(import_module(where).titles().items()), kind


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-o", "x.png"], 2, "KIND: is missing; give one of: ecg, capnogram"),
        (["egg", "-o", "x.png"], 2, 'KIND: "egg" is unknown'),
        (
            ["ecg", "--diagnosis", "wellen", "-o", "x.png"],
            2,
            '"wellen" is unknown; the nearest is "wellens"; give one of',
        ),
        (["ecg", "--diagnosis", "welens", "-o", "x.png"], 2, 'the nearest is "wellens"; give one of: normal, wellens'),
        (["ecg", "--diagnosis", "gout", "-o", "x.png"], 2, '"gout" is unknown; give one of: normal, wellens'),
        (["ecg", "--diagnosis", "wellens", "-o", "none/x.png"], 1, "none: there is no such folder; make it"),
        (["ecg", "-o", "x.png"], 2, "--diagnosis: is missing"),
        (["ecg", "--diagnosis", "wellens"], 2, "-o: is missing"),
        (["ecg", "--diagnosis", "wellens", "-o", "x.jpg"], 2, "x.jpg is not a .png"),
        (["ecg", "--diagnosis", "wellens", "--seed", "-1", "-o", "x.png"], 2, "--seed: -1 is out of range"),
        (["ecg", "--diagnosis", "wellens", "--seed", "a", "-o", "x.png"], 2, '--seed: "a" is not a whole number'),
        (["ecg", "--diagnosis", "wellens", "--mains", "9", "-o", "x.png"], 2, "--mains: 9.0 is out of range"),
        (["ecg", "--diagnosis", "wellens", "--tilt", "-9", "-o", "x.png"], 2, "--tilt: -9.0 is out of range"),
        (["mmode", "--diagnosis", "lung-point", "--tilt", "1", "-o", "x.png"], 2, "--tilt: is for what is on paper"),
        (["mmode", "--diagnosis", "lung-point", "--measure"], 2, "--measure: is for an ecg"),
        (["ecg", "--diagnosis", "wellens", "--measure", "--register"], 2, "--register: has no file"),
        (["ecg", "--diagnosis", "wellens", "-o", "/no/such/folder/x.png"], 1, "there is no such folder"),
        (["ecg", "--diagnosis", "wellens", "-o", "/dev/null/x.png"], 1, "there is no such folder"),
    ],
)
def test_a_mistake_is_one_line(quizbot, arguments, code, says):
    said = quizbot("draw", *arguments)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
