"""The archive: what is known of each case once everybody may know it, and how it is searched. Searching is pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizbot.core.case import Case, Kind
from quizbot.rounds.estimates import Estimate, measured
from quizbot.rounds.shown import is_archived
from quizbot.store import Store
from quizbot.store.boards import round_tally
from quizbot.store.pages import case_texts, round_stamps

LEVELS = ("easy", "medium", "hard")
KINDS = {Kind.IMAGE_QUIZ: "Image", Kind.QUESTION: "Question", Kind.PEARL: "Pearl", Kind.LINK: "Link"}
_SPECIALTIES = """
airway anaesthesia cardiology dermatology emergency-medicine endocrinology environment ent gastroenterology gynaecology
haematology infection infectious-disease neonatology nephrology neurology neurosurgery obstetrics oncology ophthalmology
orthopaedics paediatrics psychiatry radiology respiratory resuscitation rheumatology surgery toxicology trauma urology
vascular
"""
SPECIALTIES = frozenset(_SPECIALTIES.split())
"""Tags that name a specialty."""
# Of image questions of a journal that thousands answer, a quarter had fewer than 40 % right, a quarter more than 58 %
# (947 NEJM image challenges, multiple choice); the educator's own guess counts until enough people have answered.
_HARD_BELOW, _EASY_FROM = 0.40, 0.58
_GUESSED = {1: "easy", 2: "easy", 3: "medium", 4: "hard", 5: "hard"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A case of the archive. ``level``: one of LEVELS, measured or guessed; ``words``: what a search looks in."""

    id: str
    kind: Kind
    title: str
    prompt: str
    tags: tuple[str, ...]
    opened_at: datetime | None
    pictures: int
    clip: bool
    graphic: bool
    level: str | None
    measured: Estimate | None
    corrected: bool
    voided: bool
    words: str

    @property
    def can_be_asked(self) -> bool:
        """Whether "quiz me" asks it: a quiz whose answer still stands."""
        return self.kind.is_quiz and not self.voided


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for; empty: anything."""

    words: str = ""
    specialty: str = ""
    tag: str = ""
    kind: str = ""
    level: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not any((self.words, self.specialty, self.tag, self.kind, self.level))

    def finds(self, entry: Entry) -> bool:
        """Whether a case is what was looked for."""
        wanted = {tag.casefold() for tag in (self.specialty, self.tag) if tag}
        return (
            wanted <= {tag.casefold() for tag in entry.tags}
            and self.kind in ("", entry.kind)
            and self.level in ("", entry.level)
            and all(word in entry.words for word in self.words.casefold().split())
        )


def archived_stamps(store: Store, account: str) -> list[Any]:
    """The rounds that stand in the archive, newest first, without their cases; two equal ones have not changed."""
    with store.read() as session:
        return [row for row in round_stamps(session, account) if is_archived(row)]


def entry_of(store: Store, account: str, stamp: Any) -> Entry | None:  # noqa: ANN401  # a row of round_stamps
    """What is known of a round; None if it has gone meanwhile."""
    with store.read() as session:
        text = case_texts(session, account, [stamp.id]).get(stamp.id)
        tally = round_tally(session, account, stamp.id)
    judged, right = (tally.judged, tally.correct) if tally else (0, 0)
    return None if text is None else entry(stamp, Case.model_validate_json(text), judged, right)


def entry(row: Any, case: Case, judged: int, right: int) -> Entry:  # noqa: ANN401  # a row of round_stamps
    """What is known of a round with this case, of so many judged attempts."""
    found = measured(right, judged)
    return Entry(
        id=row.id,
        kind=case.kind,
        title=case.answer.diagnosis if case.answer else "Worth knowing",
        prompt=case.prompt,
        tags=case.tags,
        opened_at=row.opened_at,
        pictures=0 if case.kind is Kind.QUESTION else len(case.images),
        clip=case.video is not None,
        graphic=case.sensitive == "graphic",
        level=level_of(found, case.difficulty),
        measured=found,
        corrected=row.retraction is not None,
        voided=row.voided,
        words=_words(case),
    )


def level_of(share: Estimate | None, guessed: int | None) -> str | None:
    """How hard a case is: as measured where enough people answered, else as its educator guessed."""
    if share is None or not share.enough:
        return _GUESSED.get(guessed or 0)
    if share.value < _HARD_BELOW:
        return "hard"
    return "easy" if share.value >= _EASY_FROM else "medium"


def _words(case: Case) -> str:
    answer = case.answer
    names = [] if answer is None else [answer.diagnosis, *answer.accept, *(one.answer for one in answer.reject)]
    titles = [reference.title for reference in case.references]
    return " ".join([case.prompt, case.pearl or "", *names, *titles, *case.tags]).casefold()


def tags_of(found: Iterable[Entry], leave_out: Collection[str] = ()) -> list[tuple[str, int]]:
    """The tags of some cases with how often each is used, in the order of the alphabet."""
    counts = Counter(tag for one in found for tag in one.tags if tag.casefold() not in leave_out)
    return sorted(counts.items(), key=lambda pair: pair[0].casefold())


def specialties_of(found: Iterable[Entry]) -> list[tuple[str, int]]:
    """The specialties among the tags of some cases."""
    return [pair for pair in tags_of(found) if pair[0].casefold().replace(" ", "-") in SPECIALTIES]
