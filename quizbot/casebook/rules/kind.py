"""Which keys a case of each kind has, and has not."""

from collections.abc import Iterator

from quizbot.casebook.finding import Problem, error, warning
from quizbot.core.case import Case, Kind


def answer_of_a_quiz(case: Case) -> Iterator[Problem]:
    """Quizzes have an answer; pearls and links gather no guesses, so they have none."""
    if case.kind.is_quiz and case.answer is None:
        yield error("is missing; a quiz needs it, its diagnosis at least", "answer")
    if not case.kind.is_quiz and case.answer is not None:
        yield error(f"a {case.kind} asks for nothing and has no answer; take it out, or choose another kind", "answer")


def images_of_the_kind(case: Case) -> Iterator[Problem]:
    """An image-quiz has images, a question has none."""
    if case.kind is Kind.IMAGE_QUIZ and not case.images:
        yield error('is missing; an image-quiz has 1 to 4 (one without an image is "kind: question")', "images")
    if case.kind is Kind.QUESTION and case.images:
        yield error('a question has no image; take it out, or write "kind: image-quiz"', "images")


def references_of_the_kind(case: Case) -> Iterator[Problem]:
    """A quiz ends with a reference, a link leads to one."""
    if case.references or case.kind is Kind.PEARL:
        return
    why = "it is what the link leads to" if case.kind is Kind.LINK else "the answer is posted with it"
    yield error(f"is missing; at least one is needed, {why}", "references")


def video_of_the_kind(case: Case) -> Iterator[Problem]:
    """Quizzes never have a video; a post of X shows pictures or a video, never both."""
    if case.video is None:
        return
    if case.kind.is_quiz:
        yield error("only a pearl or a link has a video; take it out", "video")
    elif case.images:
        yield error("a post shows images or a video, not both; take one of them out", "video")


def certainty_of_a_quiz(case: Case) -> Iterator[Problem]:
    """A quiz may lack its certainty, but is not posted without."""
    if case.kind.is_quiz and case.certainty is None:
        yield warning("is missing; the bot posts no quiz without it: probable, almost-certain or certain", "certainty")


def lesson_of_a_quiz(case: Case) -> Iterator[Problem]:
    """A quiz may lack its pearl, but then teaches little."""
    if case.kind.is_quiz and case.pearl is None:
        yield warning("is missing; it is the lesson that is posted with the answer", "pearl")


def pearl_of_a_quiz(case: Case) -> Iterator[Problem]:
    """The key ``pearl`` goes out with an answer; the text of ``kind: pearl`` stands in ``prompt``."""
    if not case.kind.is_quiz and case.pearl is not None:
        yield warning(f"is never posted with a {case.kind}; what is posted stands in prompt", "pearl")


RULES = (
    (frozenset({"kind", "answer"}), answer_of_a_quiz),
    (frozenset({"kind", "images"}), images_of_the_kind),
    (frozenset({"kind", "references"}), references_of_the_kind),
    (frozenset({"kind", "video", "images"}), video_of_the_kind),
    (frozenset({"kind", "certainty"}), certainty_of_a_quiz),
    (frozenset({"kind", "pearl"}), lesson_of_a_quiz),
    (frozenset({"kind", "pearl"}), pearl_of_a_quiz),
)
