"""The exact texts of the posts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.core.case import Answer, Case, Image, Kind, Reference
from quizbot.core.compose import Planned, Role, answer_posts, quiz_posts
from quizbot.core.weight import POST_LIMIT, links_in, weighted_length

IMAGE = Image(file="ecg.png", alt="An ECG.", origin="synthetic")
FIRST = Reference(title="One", url="https://doi.org/10.1000/1")
SECOND = Reference(title="Two", url="https://doi.org/10.1000/2")


def case(**changes) -> Case:
    given = {
        "kind": Kind.IMAGE_QUIZ,
        "prompt": "What is it?",
        "images": (IMAGE,),
        "answer": Answer(diagnosis="Gout"),
        "pearl": "Tap the joint.",
        "references": (FIRST, SECOND),
        "author": "@someone",
        "consent": "synthetic",
        "hashtags": ("FOAMed", "ECG"),
    }
    return Case(**(given | changes))


def test_a_quiz_is_its_prompt_and_its_hashtags_on_the_last_line_with_the_images():
    assert quiz_posts(case()) == (Planned(Role.QUIZ, 1, "What is it?\n\n#FOAMed #ECG", images=True),)


def test_a_quiz_without_hashtags_is_its_prompt_alone():
    assert quiz_posts(case(hashtags=()))[0].text == "What is it?"


def test_a_question_goes_out_without_images():
    assert quiz_posts(case(kind=Kind.QUESTION, images=()))[0].images is False


def test_the_answer_is_diagnosis_pearl_and_first_address_in_one_post():
    assert answer_posts(case()) == (
        Planned(Role.ANSWER, 1, "Answer: Gout\n\nTap the joint.\n\nhttps://doi.org/10.1000/1"),
    )


def test_an_answer_without_a_pearl():
    assert answer_posts(case(pearl=None))[0].text == "Answer: Gout\n\nhttps://doi.org/10.1000/1"


def test_the_address_stands_in_a_second_post_exactly_when_it_does_not_fit():
    room = POST_LIMIT - weighted_length("Answer: Gout\n\n") - weighted_length("\n\n" + FIRST.url)
    assert len(answer_posts(case(pearl="x" * room))) == 1
    first, second = answer_posts(case(pearl="x" * (room + 1)))
    assert (first.role, second) == (Role.ANSWER, Planned(Role.REFERENCE, 1, f"Reference (Gout): {FIRST.url}"))
    assert links_in(first.text) == []


def test_two_diagnoses_with_the_same_guideline_make_different_reference_posts():
    """X refuses a text it has seen."""
    posts = [answer_posts(case(answer=Answer(diagnosis=d), pearl="x" * 250))[1].text for d in ("Gout", "Pseudogout")]
    assert posts[0] != posts[1]


@pytest.mark.parametrize(("asked", "posts"), [(0, 1), (1, 1), (2, 2), (5, 2)])
def test_more_references_are_posted_only_if_asked_for_each_in_a_post_of_its_own(asked, posts):
    made = answer_posts(case(), references=asked)
    assert len(made) == posts
    assert sum(len(links_in(post.text)) for post in made) == min(asked, 2)


def test_reference_posts_are_numbered():
    made = answer_posts(case(pearl="x" * 250), references=2)
    assert [(post.role, post.part) for post in made] == [(Role.ANSWER, 1), (Role.REFERENCE, 1), (Role.REFERENCE, 2)]


@pytest.mark.parametrize(("kind", "role"), [(Kind.PEARL, Role.PEARL), (Kind.LINK, Role.LINK)])
def test_a_pearl_and_a_link_are_posted_once_with_the_first_address_and_have_no_answer(kind, role):
    one = case(kind=kind, answer=None, pearl=None)
    assert quiz_posts(one) == (Planned(role, 1, f"What is it?\n\n#FOAMed #ECG\n\n{FIRST.url}", images=True),)
    assert answer_posts(one) == ()


def test_a_pearl_may_have_no_reference():
    assert quiz_posts(case(kind=Kind.PEARL, answer=None, references=()))[0].text == "What is it?\n\n#FOAMed #ECG"


def test_the_address_of_a_long_pearl_follows_in_a_second_post():
    first, second = quiz_posts(case(kind=Kind.PEARL, answer=None, prompt="x" * 250))
    assert (first.images, second.images) == (True, False)
    assert (links_in(first.text), links_in(second.text)) == ([], [FIRST.url])


# No control or format characters and no replacement signs: a case with one of them is refused.
PRINTED = st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="\ufffc\ufffd")
TEXT = st.text(PRINTED | st.sampled_from("\n \u0301"), min_size=1)


@given(TEXT.filter(str.strip), TEXT.filter(str.strip))
def test_every_text_is_in_nfc_without_trailing_blanks_and_of_a_quiz_at_most_one_post_holds_the_reference(prompt, pearl):
    one = case(prompt=prompt[:1000], pearl=pearl[:1000])
    posts = (*quiz_posts(one), *answer_posts(one))
    for post in posts:
        assert unicodedata.is_normalized("NFC", post.text)
        assert post.text == "\n".join(line.rstrip() for line in post.text.split("\n")).strip()
    assert sum(FIRST.url in post.text for post in posts) == 1
