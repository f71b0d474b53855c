"""``asks_again`` leads to the case that asked first, and to nothing else."""

import pytest

from quizbot.core.bundled import bundled
from quizbot.desk.check import check_paths

WELLENS = (bundled("cases") / "wellens-syndrome" / "case.yaml").read_text("utf-8")


def folder(root, name, *extra, text=WELLENS):
    (root / name).mkdir()
    (root / name / "case.yaml").write_text("\n".join([text, *extra]) + "\n")


def said(root):
    return [(one.key, one.message) for one in check_paths([root]).findings if one.key == "asks_again"]


def test_the_same_diagnosis_beside_it_is_fine(tmp_path):
    folder(tmp_path, "first")
    folder(tmp_path, "second", "asks_again: first")
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothing", "no case beside this one"),
        ("second", "names this case itself"),
        ("third", "itself asks first again"),
        ("other", "whose diagnosis is another"),
    ],
)
def test_what_leads_nowhere_is_an_error_that_says_what_to_name(tmp_path, name, says):
    folder(tmp_path, "first")
    folder(tmp_path, "third", "asks_again: first")
    folder(tmp_path, "other", text=WELLENS.replace("diagnosis: Wellens syndrome", "diagnosis: Takotsubo syndrome"))
    folder(tmp_path, "second", f"asks_again: {name}")
    assert len(said(tmp_path)) == 1
    assert says in said(tmp_path)[0][1]
