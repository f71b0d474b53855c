"""The exact texts of a case's posts. Pure: a case in, texts out.

Of the posts of a quiz exactly one holds a link, the first reference's, since a post with a link costs 13 times as much
as one without (X's price list, 2026). A text ends in no blank and is in NFC, so that X stores what was sent.
"""

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from quizbot.core.case import Case, Kind, Reference
from quizbot.core.weight import POST_LIMIT, weighted_length


class Role(StrEnum):
    """What a post is for."""

    QUIZ = "quiz"
    ANSWER = "answer"
    REFERENCE = "reference"
    PEARL = "pearl"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Planned:
    """One post as it will be sent; each of a tuple of them replies to the one before.

    Attributes:
        role: what it is for.
        part: 1 for the first post of its role, then counting up.
        text: the exact text.
        images: whether the case's images go with it.
        video: whether the case's clip goes with it.
    """

    role: Role
    part: int
    text: str
    images: bool = False
    video: bool = False


def quiz_posts(case: Case) -> tuple[Planned, ...]:
    """The posts that open a round: a quiz's question, or all there is of a pearl or a link."""
    text = _tidy(f"{case.prompt}\n\n{_hashtags(case)}")
    images = bool(case.images)
    if case.kind.is_quiz:
        return (Planned(Role.QUIZ, 1, text, images=images),)
    role = Role.PEARL if case.kind is Kind.PEARL else Role.LINK
    opening = Planned(role, 1, text, images=images, video=case.video is not None)
    return _with_references(opening, case.references[:1], label="Reference")


def answer_posts(case: Case, references: int = 1) -> tuple[Planned, ...]:
    """The posts of the answer: the diagnosis, the pearl and as many references as asked for; none for other kinds.

    Args:
        case: any case; of a quiz it has the answer.
        references: how many of its references are posted, each in a post of its own after the first.
    """
    if case.answer is None:
        return ()
    text = _tidy(f"Answer: {case.answer.diagnosis}\n\n{case.pearl or ''}")
    # X refuses a text that it has seen before, and two cases may cite the same guideline: the label tells them apart.
    label = f"Reference ({case.answer.diagnosis})"
    return _with_references(Planned(Role.ANSWER, 1, text), case.references[:references], label)


def described(case: Case) -> int:
    """How many calls describe what goes with the first post: alt texts and warnings of pictures, a clip's warning."""
    return len(case.images) + (case.video is not None and case.sensitive == "graphic")


def _with_references(post: Planned, references: tuple[Reference, ...], label: str) -> tuple[Planned, ...]:
    """The first reference goes into the post if it fits, every other one into a post of its own."""
    if not references:
        return (post,)
    joined = _tidy(f"{post.text}\n\n{references[0].url}")
    fits = weighted_length(joined) <= POST_LIMIT
    first = replace(post, text=joined) if fits else post
    rest = references[1:] if fits else references
    return (first, *(_reference_post(part, one, label) for part, one in enumerate(rest, start=1)))


def _reference_post(part: int, reference: Reference, label: str) -> Planned:
    return Planned(Role.REFERENCE, part, _tidy(f"{label}: {reference.url}"))


def _hashtags(case: Case) -> str:
    return " ".join(f"#{tag}" for tag in case.hashtags)


def _tidy(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()
