"""What the public may see of a round, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizbot.core.case import Answer, Case, Kind, Reference
from quizbot.rounds.retract import Why, is_answered
from quizbot.rounds.states import State
from quizbot.rounds.views import RoundView, find_round, newest_quiz_view, people_with_points, round_views
from quizbot.store import Store
from quizbot.store.rounds import media_of

_SHOWN = frozenset(set(State) - {State.QUEUED, State.POSTING})


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a round. ``alt``: before the reveal as posted, afterwards the full description if there is one."""

    number: int
    alt: str
    credit: str | None
    graphic: bool


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a quiz shows once its answer is out."""

    answer: Answer
    pearl: str | None
    references: tuple[Reference, ...]
    certainty: str | None
    proof: str | None
    author: str
    people: list[tuple[str, int, timedelta]]
    replies: int


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round as the public sees it; ``revealed`` is None until the answer was posted."""

    id: str
    prompt: str
    pictures: list[Picture]
    opened_at: datetime | None
    closes_at: datetime | None
    post_id: str
    is_quiz: bool
    closed: bool
    references: tuple[Reference, ...]
    revealed: Revealed | None
    correction: str | None = None
    voided: bool = False


def current_round(store: Store, account: str) -> PublicRound | None:
    """The newest quiz that was posted."""
    view = newest_quiz_view(store, account, _SHOWN)
    return _public(store, account, view) if view else None


def revealed_rounds(store: Store, account: str) -> list[PublicRound]:
    """Every revealed quiz, and every pearl and link, newest first."""
    return [
        _public(store, account, view)
        for view in round_views(store, account)
        if _visible(view) and (view.round.state == State.POSTED or _answered(view) or _lost(view))
    ]


def is_taken_back(store: Store, account: str, round_id: str) -> bool:
    """Whether there was such a round, and it was taken back for privacy: nothing of it is shown."""
    view = find_round(store, account, round_id)
    return view is not None and view.round.retraction == Why.PRIVACY


def _answered(view: RoundView) -> bool:
    return view.round.state == State.REVEALED or (view.round.retraction == Why.WRONG and is_answered(view.round))


def _lost(view: RoundView) -> bool:
    """A pearl or link that was corrected."""
    return view.round.retraction == Why.WRONG and not view.case.kind.is_quiz


def public_round(store: Store, account: str, round_id: str) -> PublicRound | None:
    """A round by its id, if it was posted."""
    view = find_round(store, account, round_id)
    return _public(store, account, view) if view is not None and _visible(view) else None


def public_picture(store: Store, account: str, round_id: str, number: int) -> tuple[bytes, str] | None:
    """An image of a posted round with its type; ``number`` counts from 1."""
    view = find_round(store, account, round_id)
    if view is None or not _visible(view) or not 1 <= number <= len(view.round.media):
        return None
    with store.read() as session:
        row = media_of(session, account, view.round.media[number - 1])
    return (row.data, row.mime) if row else None


def _visible(view: RoundView) -> bool:
    row = view.round
    if row.retraction == Why.PRIVACY or State(row.state) not in _SHOWN:
        return False
    return row.retraction is None or row.quiz_post_id is not None


def _public(store: Store, account: str, view: RoundView) -> PublicRound:
    row, case = view.round, view.case
    revealed = _answered(view)
    return PublicRound(
        id=row.id,
        prompt=case.prompt,
        pictures=_pictures(case, revealed=revealed),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        post_id=row.quiz_post_id or "",
        is_quiz=case.kind.is_quiz,
        closed=row.state != State.OPEN,
        references=() if case.kind.is_quiz else case.references,
        revealed=_revealed(store, account, view) if revealed else None,
        correction=row.correction,
        voided=row.voided,
    )


def _pictures(case: Case, *, revealed: bool) -> list[Picture]:
    if case.kind is Kind.QUESTION:
        return []
    graphic = case.sensitive == "graphic"
    return [
        Picture(n, (image.alt_answer or image.alt) if revealed else image.alt, image.credit, graphic)
        for n, image in enumerate(case.images, 1)
    ]


def _revealed(store: Store, account: str, view: RoundView) -> Revealed | None:
    case = view.case
    if case.answer is None:
        return None
    return Revealed(
        answer=case.answer,
        pearl=case.pearl,
        references=case.references,
        certainty=case.certainty,
        proof=case.proof,
        author=case.author,
        people=people_with_points(store, view.round.id, account),
        replies=view.replies,
    )
