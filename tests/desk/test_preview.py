"""What the preview shows is what is sent."""

from decimal import Decimal

import pytest

from quizbot.casebook import load_case
from quizbot.core.compose import answer_posts, quiz_posts
from quizbot.core.weight import weighted_length
from quizbot.desk.preview import as_record, as_text, preview
from tests.casebook.given import PEARL, QUIZ, with_, write


def shown(tmp_path, case, references=1):
    return preview(load_case(write(tmp_path / "c", case)), references)


def test_each_post_is_shown_as_it_is_sent_with_its_weight(tmp_path):
    made = shown(tmp_path, QUIZ)
    case = load_case(tmp_path / "c").case
    assert [post.text for post in made.posts] == [post.text for post in (*quiz_posts(case), *answer_posts(case))]
    assert all(post.weight == weighted_length(post.text) for post in made.posts)


@pytest.mark.parametrize(
    ("case", "references", "cost"),
    [
        (QUIZ, 1, "0.220"),  # 0.015 for the quiz, 0.005 for the alt text, 0.200 for the answer with its link
        (with_(QUIZ, pearl="x" * 240), 1, "0.235"),  # the link in a post of its own
        (with_(QUIZ, references=[*QUIZ["references"], {"title": "x", "url": "https://a.org/b"}]), 2, "0.420"),
        (PEARL, 1, "0.015"),
        (with_(PEARL, references=QUIZ["references"]), 1, "0.200"),
    ],
)
def test_it_costs_what_x_s_list_says(tmp_path, case, references, cost):
    assert shown(tmp_path, case, references).cost == Decimal(cost)


def test_the_text_shows_weights_links_prices_and_alt_texts(tmp_path):
    text = "\n".join(as_text(shown(tmp_path, QUIZ)))
    for part in ("quiz: ", " of 280, 0 links, US$ 0.020", "1 link, US$ 0.200", "12-lead ECG at 25 mm/s.", "#FOAMed"):
        assert part in text


def test_a_post_that_is_too_long_is_marked_and_the_finding_shown(tmp_path):
    text = "\n".join(as_text(shown(tmp_path, with_(PEARL, prompt="word " * 60))))
    assert "TOO LONG" in text
    assert "error: prompt" in text


def test_of_a_case_that_cannot_be_understood_only_the_findings_are_shown(tmp_path):
    made = shown(tmp_path, "kind: quiz\n")
    assert (made.posts, made.cost) == ((), 0)
    assert "error: kind" in "\n".join(as_text(made))


def test_no_character_of_a_case_steers_the_terminal(tmp_path):
    """Those that could are refused in a file; the preview does not rely on it."""
    case = load_case(write(tmp_path / "c", PEARL))
    hostile = case.case.model_copy(update={"prompt": "a\x1b[2Jb\u202ec\nd"})
    lines = list(as_text(preview(type(case)("c", case.path, hostile, (), ""))))
    assert all(line.isprintable() for line in lines)


def test_the_record_has_the_exact_texts(tmp_path):
    record = as_record(shown(tmp_path, QUIZ))
    assert record["case"] == "c"
    assert [post["text"] for post in record["posts"]] == [post.text for post in shown(tmp_path, QUIZ).posts]
    assert record["posts"][0]["images"][0]["alt"] == "12-lead ECG at 25 mm/s."
