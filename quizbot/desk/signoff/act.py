"""Signing: a person's answers become an entry of the record, or a list of what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from quizbot.casebook import load_case
from quizbot.core.errors import InputError
from quizbot.core.person import Person, Role
from quizbot.deid.record import Entry
from quizbot.deid.standing import may_release, same_shown, versions_for
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import Review, loaded_subject
from quizbot.desk.signoff.rulings import DECLINES, IDENTIFIES, RULINGS, choices
from quizbot.store.people import authenticate


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said.

    Attributes:
        rulings: on each finding, by its number.
        checklist: the keys that were confirmed.
        release: whether the case may leave; None if nothing was chosen.
        reason: why not, if it may not.
        seen: ``Review.seen`` of the page that was filled in.
    """

    rulings: Mapping[int, str]
    checklist: frozenset[str]
    release: bool | None
    reason: str
    seen: str


class Unsigned(InputError):  # noqa: N818  # it is an answer, and reads as one where it is caught
    """Nothing was signed; ``problems`` says why, each in a sentence."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("", "; ".join(problems))


def sign(  # who, what, when
    ledger: Ledger, review: Review, answers: Answers, name: str, passphrase: str, now: datetime
) -> Entry:
    """Write a person's decision into the record.

    Raises:
        Unsigned: something is missing, or this person may not decide on this case.
        NotAuthenticated: name and passphrase do not belong together, or the next try has to wait.
        OutsideError: the record cannot be written.
    """
    problems = list(missing(review, answers))
    if not (name.strip() and passphrase):
        problems.append("Give your name and your passphrase.")
    if problems:
        raise Unsigned(*problems)
    person = authenticate(ledger.store, name, passphrase, now)
    barred = may_release(person, review.subject.author)
    if barred:
        raise Unsigned(f"{person.name} {barred}.")
    _require_unchanged(review)
    entry = _entry(ledger, review, answers, person, now)
    ledger.add(entry)
    return entry


def missing(review: Review, answers: Answers) -> Iterator[str]:
    """What an answer lacks, in sentences. A refusal needs a reason and nothing else."""
    if answers.seen != review.seen:
        yield "The case was changed since this page was opened. Look at it again."
        return
    if answers.release is None:
        yield "Choose whether to release the case."
    elif not answers.release:
        if answers.reason not in DECLINES:
            yield "Choose why it is not to be released."
    else:
        yield from _missing_for_release(review, answers)


def _missing_for_release(review: Review, answers: Answers) -> Iterator[str]:
    yield from (f"Nobody can release it as it is: {block}." for block in review.blocks)
    for number, one in review.findings.items():
        ruling = answers.rulings.get(number, "")
        if ruling not in choices(one.finding.layer):
            yield f"Decide on finding {number}."
        elif ruling == IDENTIFIES:
            yield f"Finding {number} could identify somebody, you say: it has to go before the case may leave."
    if not set(review.checklist) <= answers.checklist:
        yield "Confirm each point of the checklist."


def _require_unchanged(review: Review) -> None:
    """Files may have been swapped while the page was read."""
    _, now = loaded_subject(load_case(review.folder))
    if not same_shown(now, review.subject):
        raise Unsigned("The case was changed since this page was opened. Look at it again.")


def _entry(ledger: Ledger, review: Review, answers: Answers, person: Person, now: datetime) -> Entry:
    seal = ledger.seal()
    return Entry(
        at=now,
        by=person.name,
        role=Role.REVIEWER,
        case=review.subject.case,
        text=review.subject.text,
        pictures=review.subject.pictures,
        clip=review.subject.clip,
        versions=versions_for(review.subject, review.rules),
        findings=tuple(one.noted(seal, _known(answers.rulings.get(n, ""))) for n, one in review.findings.items()),
        checklist={key: key in answers.checklist for key in review.checklist},
        consent=review.subject.consent,
        consent_ref=review.subject.consent_ref,
        codes=tuple(sorted({code for picture in review.pictures.values() for code in picture.codes})),
        released=bool(answers.release),
        reason="" if answers.release else answers.reason,
    )


def _known(ruling: str) -> str:
    return ruling if ruling in RULINGS else ""
