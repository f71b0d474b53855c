"""A folder of case folders."""

import pytest

from quizbot.casebook import load_casebook
from quizbot.core.errors import InputError
from tests.casebook.given import PEARL, QUIZ, with_, write


def test_every_folder_is_a_case_in_order_and_a_broken_one_stops_none(tmp_path):
    write(tmp_path / "b", "a: [")
    write(tmp_path / "c", PEARL)
    write(tmp_path / "a", QUIZ)
    (tmp_path / "d").mkdir()
    assert [(case.slug, case.ok) for case in load_casebook(tmp_path).cases] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", False),
    ]


def test_files_and_hidden_folders_are_no_cases(tmp_path):
    for name in (".git", "_drafts"):
        write(tmp_path / name, QUIZ)
    (tmp_path / "README.md").write_text("x")
    book = load_casebook(tmp_path)
    assert (book.cases, book.findings) == ((), ())


def test_a_case_file_outside_a_folder_is_a_warning(tmp_path):
    (tmp_path / "wellens.yaml").write_text("x")
    (finding,) = load_casebook(tmp_path).findings
    assert (finding.level, "wellens/case.yaml" in finding.message) == ("warning", True)


def test_a_folder_that_is_a_link_is_an_error(tmp_path):
    write(tmp_path / "elsewhere" / "a", QUIZ)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a").symlink_to(tmp_path / "elsewhere" / "a")
    (case,) = load_casebook(tmp_path / "cases").cases
    assert (case.slug, case.case) == ("a", None)


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_casebook_that_is_none(tmp_path, kind):
    place = tmp_path / "cases"
    if kind == "file":
        place.write_text("x")
    with pytest.raises(InputError, match=str(place)):
        load_casebook(place)


def test_a_case_with_the_posts_of_an_earlier_one_is_an_error_at_the_later_one(tmp_path):
    """X would refuse the text the second time."""
    write(tmp_path / "b", QUIZ)
    write(tmp_path / "a", QUIZ)
    first, second = load_casebook(tmp_path).cases
    assert (first.ok, second.ok) == (True, False)
    assert [(one.key, '"a"' in one.message) for one in second.findings] == [("prompt", True)]


def test_the_same_answer_post_is_found_too(tmp_path):
    write(tmp_path / "a", QUIZ)
    write(tmp_path / "b", with_(QUIZ, prompt="Another story. What is it?"))
    assert [one.key for one in load_casebook(tmp_path).cases[1].findings] == ["pearl"]


def test_two_cases_may_cite_the_same_paper(tmp_path):
    long = {"pearl": "x" * 240}
    write(tmp_path / "a", with_(QUIZ, **long))
    write(tmp_path / "b", with_(QUIZ, prompt="Another.", answer__diagnosis="Gout", answer__accept=[], **long))
    assert all(case.ok for case in load_casebook(tmp_path).cases)


def test_a_twin_s_digest_changes_when_the_other_goes(tmp_path):
    """Whoever remembers findings by the digest sees that they changed."""
    write(tmp_path / "a", QUIZ)
    write(tmp_path / "b", QUIZ)
    before = load_casebook(tmp_path).cases[1]
    write(tmp_path / "a", PEARL)
    after = load_casebook(tmp_path).cases[1]
    assert (before.ok, after.ok) == (False, True)
    assert before.digest != after.digest


def test_a_case_that_appears_or_is_mended_is_seen_at_the_next_look(tmp_path):
    assert load_casebook(tmp_path).cases == ()
    write(tmp_path / "a", "a: [")
    assert not load_casebook(tmp_path).cases[0].ok
    write(tmp_path / "a", PEARL)
    assert load_casebook(tmp_path).cases[0].ok
