"""What the public may see of a round, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizbot.core.case import Answer, Case, Kind, Reference, Review
from quizbot.rounds.answers import Alike, Answers, distribution
from quizbot.rounds.estimates import Estimate, measured
from quizbot.rounds.media import Kept, kept_media
from quizbot.rounds.retract import Why
from quizbot.rounds.shown import SHOWN, is_told, is_visible
from quizbot.rounds.states import State
from quizbot.store import Round, Session, Store
from quizbot.store.boards import round_tally
from quizbot.store.pages import askings, media_length, media_part, picture_sizes, shown_names, with_points
from quizbot.store.rounds import media_of, newest_quiz, round_of
from quizbot.web.ranges import File

PEOPLE_A_PAGE = 15
MOST_PAGES = 100_000  # nobody has as many followers


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a round. ``alt``: before the reveal as posted, afterwards the full description if there is one."""

    number: int
    alt: str
    credit: str | None
    graphic: bool
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """The clip of a pearl or link; width and height in pixels, None if what was kept of it is gone."""

    alt: str
    credit: str | None
    graphic: bool
    captions: bool
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One of the rounds that asked the same diagnosis, each with another image; ``share``: of right answers."""

    id: str
    opened_at: datetime
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a quiz shows once its answer is out."""

    answer: Answer
    pearl: str | None
    references: tuple[Reference, ...]
    certainty: str | None
    proof: str | None
    author: str
    reviewed: Review | None
    tags: tuple[str, ...]
    answers: Answers
    difficulty: Estimate | None
    askings: tuple[Asking, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round as the public sees it; ``revealed`` is None until the answer was posted."""

    id: str
    kind: Kind
    prompt: str
    pictures: list[Picture]
    clip: Clip | None
    opened_at: datetime | None
    closes_at: datetime | None
    post_id: str
    is_quiz: bool
    closed: bool
    references: tuple[Reference, ...]
    revealed: Revealed | None
    correction: str | None = None
    voided: bool = False

    @property
    def can_be_asked(self) -> bool:
        """Whether "quiz me" asks it: a quiz that was revealed, and whose answer still stands."""
        return self.revealed is not None and not self.voided


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with points in a round; ``after``: from the post to the reply."""

    handle: str | None
    points: int
    after: timedelta


@dataclass(frozen=True, slots=True)
class People:
    """A page of those with points in a round, best and quickest first; ``more``: whether another page follows."""

    shown: list[Person]
    number: int
    more: bool


class Rounds:
    """The rounds of one account as the public sees them."""

    def __init__(self, store: Store, account: str, *, joined_only: bool) -> None:
        self._store, self._account, self._joined_only = store, account, joined_only

    def row(self, round_id: str) -> Round | None:
        """A round that may be shown."""
        with self._store.read() as session:
            row = round_of(session, self._account, round_id)
        return row if row is not None and is_visible(row) else None

    def current(self) -> PublicRound | None:
        """The newest quiz that was posted."""
        with self._store.read() as session:
            row = newest_quiz(session, self._account, SHOWN)
        return self._public(row) if row is not None and is_visible(row) else None

    def one(self, round_id: str) -> PublicRound | None:
        """A round by its id, if it was posted."""
        row = self.row(round_id)
        return self._public(row) if row else None

    def is_taken_back(self, round_id: str) -> bool:
        """Whether there was such a round, and it was taken back for privacy: nothing of it is shown."""
        with self._store.read() as session:
            row = round_of(session, self._account, round_id)
        return row is not None and row.retraction == Why.PRIVACY

    def picture(self, round_id: str, number: int) -> tuple[bytes, str, str] | None:
        """An image of a posted round with its type and digest; ``number`` counts from 1."""
        row = self.row(round_id)
        pictures = self._kept(row).pictures if row else ()
        return self._media(pictures[number - 1]) if 1 <= number <= len(pictures) else None

    def beside_clip(self, round_id: str, part: str) -> tuple[bytes, str, str] | None:
        """What belongs to a posted round's clip, with its type and digest: the ``poster`` or the ``captions``."""
        row = self.row(round_id)
        kept = self._kept(row) if row else Kept()
        digest = {"poster": kept.poster, "captions": kept.captions}[part]
        return self._media(digest) if digest else None

    def clip_file(self, round_id: str) -> tuple[File, str] | None:
        """The clip of a posted round, read as far as it is asked for, and its digest."""
        row = self.row(round_id)
        digest = self._kept(row).clip if row else None
        if digest is None:
            return None
        with self._store.read() as session:
            size = media_length(session, self._account, digest)

        def read(start: int, end: int) -> bytes:
            with self._store.read() as session:
                return media_part(session, self._account, digest, start, end)

        return None if size is None else (File(size, read), digest)

    def _kept(self, row: Round) -> Kept:
        return kept_media(Case.model_validate_json(row.case_json), row.media)

    def _media(self, digest: str) -> tuple[bytes, str, str] | None:
        with self._store.read() as session:
            media = media_of(session, self._account, digest)
        return (media.data, media.mime, media.digest) if media else None

    def people(self, round_id: str, page: int) -> People | None:
        """Who has points in a revealed round; None if it is not revealed."""
        row = self.row(round_id)
        if row is None or not is_told(row):
            return None
        number = min(max(1, page), MOST_PAGES)
        with self._store.read() as session:
            found = self._with_points(session, row.id, number)
            if not found and number > 1:
                number, found = 1, self._with_points(session, row.id, 1)
            shown = found[:PEOPLE_A_PAGE]
            ids = [author for author, _, _ in shown]
            names = shown_names(session, self._account, ids, joined_only=self._joined_only)
        people = [Person(names[a], points, timedelta(seconds=s)) for a, points, s in shown if a in names]
        return People(people, number, len(found) > PEOPLE_A_PAGE)

    def _with_points(self, session: Session, round_id: str, number: int) -> list[tuple[str, int, float]]:
        """The people of a page, and one more if there is another page."""
        skip = (number - 1) * PEOPLE_A_PAGE
        return with_points(
            session, self._account, round_id, joined_only=self._joined_only, skip=skip, most=PEOPLE_A_PAGE + 1
        )

    def _public(self, row: Round) -> PublicRound:
        case = Case.model_validate_json(row.case_json)
        told = is_told(row)
        return PublicRound(
            id=row.id,
            kind=case.kind,
            prompt=case.prompt,
            pictures=self._pictures(row, case, told=told),
            clip=self._clip(row, case),
            opened_at=row.opened_at,
            closes_at=row.closes_at,
            post_id=row.quiz_post_id or "",
            is_quiz=case.kind.is_quiz,
            closed=row.state != State.OPEN,
            references=() if case.kind.is_quiz else case.references,
            revealed=self._revealed(row, case) if told else None,
            correction=row.correction,
            voided=row.voided,
        )

    def _pictures(self, row: Round, case: Case, *, told: bool) -> list[Picture]:
        if case.kind is Kind.QUESTION or case.video is not None:
            return []
        with self._store.read() as session:
            sizes = picture_sizes(session, self._account, row.media)
        graphic = case.sensitive == "graphic"
        found = zip(case.images, row.media, strict=False)
        return [
            Picture(
                n,
                (image.alt_answer or image.alt) if told else image.alt,
                image.credit,
                graphic,
                *sizes.get(digest, (None, None)),
            )
            for n, (image, digest) in enumerate(found, 1)
        ]

    def _clip(self, row: Round, case: Case) -> Clip | None:
        kept = kept_media(case, row.media)
        if case.video is None or kept.clip is None:
            return None
        with self._store.read() as session:
            size = picture_sizes(session, self._account, [kept.clip]).get(kept.clip, (None, None))
        graphic = case.sensitive == "graphic"
        return Clip(case.video.alt, case.video.credit, graphic, kept.captions is not None, *size)

    def _revealed(self, row: Round, case: Case) -> Revealed | None:
        if case.answer is None:
            return None
        answers = self._answers(row.id, case)
        return Revealed(
            answer=case.answer,
            pearl=case.pearl,
            references=case.references,
            certainty=case.certainty,
            proof=case.proof,
            author=case.author,
            reviewed=case.reviewed,
            tags=case.tags,
            answers=answers,
            difficulty=measured(answers.correct, answers.people - answers.waiting),
            askings=self._askings(row),
        )

    def _askings(self, row: Round) -> tuple[Asking, ...]:
        """When the diagnosis was asked, if more than once; a round that is not revealed is no part of it."""
        with self._store.read() as session:
            rows = askings(session, self._account, row.first_case or row.case_id)
        found = tuple(Asking(one.id, one.opened_at, measured(one.correct, one.judged)) for one in rows)
        return found if len(found) > 1 else ()

    def _answers(self, round_id: str, case: Case) -> Answers:
        with self._store.read() as session:
            tally = round_tally(session, self._account, round_id)
        return distribution((Alike(*one) for one in tally.answers) if tally else (), case)
