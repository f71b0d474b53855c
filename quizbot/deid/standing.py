"""Whether a case may leave: its sign-offs held against the rules. Pure.

A sign-off counts for exactly the words, pictures, rules and models that were signed, and only while whoever signed
has an open account, the role of a reviewer, and is not the case's author. Of each person the latest word counts, and
one who declines stops the case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quizbot.core.keyed import KeyedHash
from quizbot.core.person import Person, Role
from quizbot.deid.finding import Decision
from quizbot.deid.record import Entry, Linked, SignedClip, entries, first_broken
from quizbot.deid.subject import Subject

Consent = Literal["written", "any"]
PASSES = frozenset({"clinical", "device", "nothing", "no-person", "public", "consent", "narration", "checked"})
"""Rulings on a finding that let it pass; any other one does not."""

CHECKLIST: Mapping[str, str] = {
    "no-identifier": "No name, initials, date, place, institution or device number is left in pictures or text.",
    "not-recognisable": "The patient, or somebody near, could not recognise the case from its text and its timing.",
    "right-to-publish": "We have the right to publish it, and the consent covers a public post.",
    "not-recent": "It is not a recent event, and not in the news.",
    "not-mine": "I did not write this case.",
}
WAITED = "waited-30-days"
WAITED_TEXT = "At least 30 days have passed since the picture was taken."
WATCHED = "watched"
WATCHED_TEXT = "I have watched the whole clip, at full size, and not only the frames below it."
LISTENED = "listened"
LISTENED_TEXT = (
    "I have listened to all of its sound: one voice, the author's own, speaking for this post, that names nobody; "
    "no patient, no bystander and no alarm with a name is heard."
)
CLIP_VERSION = "clip"
"""The version that counts only for cases with a clip: a better eye for clips asks nobody to sign pictures again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked for now: the ground for pictures of patients, and the versions in force."""

    require_consent: Consent
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grant:
    """What a valid sign-off lets leave. Only this module makes one.

    Attributes:
        pictures: the digest of the file that each came from, by the digests of file and pixels.
        clips: the same of clips, by the digest of the file.
        captions: digests of the files of captions.
    """

    pictures: Mapping[tuple[str, str], str] = field(default_factory=dict)
    clips: Mapping[str, str] = field(default_factory=dict)
    captions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a case has come.

    Attributes:
        needed: how many people have to sign.
        signed: the names of those whose sign-off counts.
        problems: what is missing, and why what there is does not count.
        grant: given once nothing is missing.
    """

    needed: int
    signed: tuple[str, ...]
    problems: tuple[str, ...]
    grant: Grant | None


@dataclass(frozen=True, slots=True)
class Record:
    """The record of sign-offs as it was found.

    Attributes:
        entries: oldest first.
        broken: the number of the first entry that is not as it was sealed; None if the record is whole.
    """

    entries: tuple[Entry, ...]
    broken: int | None


def verified(links: Sequence[Linked], seal: KeyedHash) -> Record:
    """Hold a whole record, oldest entry first, against its seals."""
    return Record(entries(links), first_broken(links, seal))


def standing(subject: Subject, record: Record, people: Mapping[str, Person], rules: Rules) -> Standing:
    """Hold a case's sign-offs against the rules, if the record is whole.

    Args:
        subject: the case as it would be posted.
        record: all sign-offs.
        people: every account, by folded name.
        rules: what is asked for now.
    """
    if record.broken is None or subject.by_machine:
        return judge(subject, record.entries, people, rules)
    problem = f"the record of sign-offs is not whole: entry {record.broken} was changed, or sealed with another key"
    return Standing(subject.needed(photo=False), (), (f"{problem}; restore a backup",), None)


def judge(subject: Subject, chain: Sequence[Entry], people: Mapping[str, Person], rules: Rules) -> Standing:
    """Hold a case's sign-offs against the rules.

    Args:
        subject: the case as it would be posted.
        chain: every entry of a record that was found whole, oldest first.
        people: every account, by folded name.
        rules: what is asked for now.
    """
    if subject.by_machine:
        return Standing(0, (), (), Grant())
    own = [entry for entry in chain if entry.case == subject.case]
    latest = {entry.by.casefold(): entry for entry in own if covers(entry, subject)}
    photo = any(_saw_photo(entry) for entry in latest.values())
    needed = subject.needed(photo=photo)
    faults = {name: fault(entry, subject, people, rules) for name, entry in latest.items() if entry.released}
    signed = tuple(name for name, reason in faults.items() if reason is None)
    problems = [*consent_problems(subject, rules, photo=photo), *_declined(latest.values())]
    if len(signed) < needed:
        problems += [reason for reason in faults.values() if reason]
        problems.append(_missing(needed, signed, changed=bool(own) and not latest))
    return Standing(needed, signed, tuple(problems), None if problems else _grant(subject, latest[signed[0]]))


def covers(entry: Entry, subject: Subject) -> bool:
    """Whether an entry is about exactly these words, pictures and clip."""
    return entry.case == subject.case and same_shown(entry, subject)


def same_shown(one: Entry | Subject, other: Subject) -> bool:
    """Whether both are about the same words, pictures and clip."""
    return (
        one.text == other.text
        and _same_clip(one.clip, other.clip)
        and len(one.pictures) == len(other.pictures)
        and all(mine.same(theirs) for mine, theirs in zip(one.pictures, other.pictures, strict=True))
    )


def _same_clip(one: SignedClip | None, other: SignedClip | None) -> bool:
    return one is other if one is None or other is None else one.same(other)


def may_release(person: Person, author: str) -> str | None:
    """Why somebody may not release a case of an author, as the end of a sentence; None if they may."""
    if person.disabled:
        return "has an account that is shut"
    if Role.REVIEWER not in person.roles:
        return "has not the role of a reviewer"
    if person.wrote(author):
        return "wrote the case; somebody else has to release it"
    return None


def fault(entry: Entry, subject: Subject, people: Mapping[str, Person], rules: Rules) -> str | None:
    """Why a sign-off of these very words and pictures does not count; None if it does."""
    person = people.get(entry.by.casefold())
    barred = "has no account" if person is None else may_release(person, subject.author)
    if barred:
        return f"{entry.by} {barred}"
    if entry.versions != versions_for(subject, rules):
        return f"{entry.by} signed under other rules or models than those in force"
    if not all(entry.checklist.get(item) for item in checklist(subject)):
        return f"{entry.by} did not confirm the whole checklist"
    if any(one.decision is Decision.REFUSE or one.ruling not in PASSES for one in entry.findings):
        return f"{entry.by} signed with a finding that nobody may let pass"
    return None


def versions_for(subject: Subject, rules: Rules) -> dict[str, str]:
    """The versions that a sign-off of a case depends on."""
    return {name: one for name, one in rules.versions.items() if name != CLIP_VERSION or subject.clip is not None}


def checklist(subject: Subject) -> dict[str, str]:
    """What has to be confirmed for a case, by its key."""
    asked = {WAITED: WAITED_TEXT} if subject.of_patient else {}
    if subject.clip is not None:
        asked |= {WATCHED: WATCHED_TEXT} | ({LISTENED: LISTENED_TEXT} if subject.clip.sound else {})
    return {**CHECKLIST, **asked}


def consent_problems(subject: Subject, rules: Rules, *, photo: bool) -> Iterable[str]:
    """What is wrong with the ground on which a case may be shown."""
    written = subject.consent == "written-consent" and bool(subject.consent_ref)
    if written:
        return
    if photo or any(picture.photo for picture in subject.pictures if not picture.drawn):
        yield "a photograph needs `consent: written-consent` and its `consent_ref`"
    elif subject.of_patient and rules.require_consent == "written":
        yield "a picture of a patient needs `consent: written-consent` and its `consent_ref` here"


def _declined(latest: Iterable[Entry]) -> Iterable[str]:
    """Whoever declines has the last word, until they sign it themselves or the case is changed."""
    return (f"{entry.by} declined it: {entry.reason}" for entry in latest if not entry.released)


def _saw_photo(entry: Entry) -> bool:
    return any(one.layer == "photo" for one in entry.findings)


def _missing(needed: int, signed: Sequence[str], *, changed: bool) -> str:
    people = f"{needed} people" if needed > 1 else "a person"
    so_far = f", so far {', '.join(signed)}" if signed else ""
    since = "; text, pictures or clip were changed since it was signed" if changed else ""
    return f"{people} other than the author must sign it off{so_far}{since}"


def _grant(subject: Subject, entry: Entry) -> Grant:
    pairs = zip(subject.pictures, entry.pictures, strict=True)
    clip = subject.clip
    return Grant(
        {(one.data, one.pixels): signed.source for one, signed in pairs if not one.drawn},
        {clip.data: entry.clip.source if entry.clip else ""} if clip else {},
        frozenset({clip.captions} if clip and clip.captions else ()),
    )
