"""A case as a person is asked to sign it off."""

import hashlib
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from quizbot.casebook import Finding, Level, LoadedCase, load_case
from quizbot.core.case import Case
from quizbot.core.errors import InputError
from quizbot.deid.finding import Box
from quizbot.deid.record import canonical
from quizbot.deid.standing import Rules, Standing, checklist, consent_problems
from quizbot.deid.subject import Subject
from quizbot.deid.video.examination import Frame
from quizbot.desk.check import check_case
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.looked import Numbered, Picture, look_at_pictures, look_at_words, refusals
from quizbot.desk.signoff.texts import TextGroup, text_groups
from quizbot.desk.signoff.watched import Clip, boxes_in, caption_texts, clip_refusals, look_at_clip
from quizbot.desk.words import IDENTIFYING


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is shown to whoever signs.

    Attributes:
        case: the case.
        folder: its folder.
        subject: what a sign-off is about, by digests.
        rules: what was asked for when the findings were made.
        pictures: by their number.
        clip: the video, if it has one.
        findings: by their number.
        texts: the words of the case, with the marks in them.
        checklist: what has to be confirmed, by its key.
        blocks: why nobody can sign it as it is.
    """

    case: Case
    folder: Path
    subject: Subject
    rules: Rules
    pictures: dict[int, Picture]
    clip: Clip | None
    findings: dict[int, Numbered]
    texts: tuple[TextGroup, ...]
    checklist: dict[str, str]
    blocks: tuple[str, ...]

    @property
    def seen(self) -> str:
        """A digest of all that was shown: what is signed has to be what was looked at."""
        shown = [
            *map(canonical, self.subject.pictures),
            canonical(self.subject.clip) if self.subject.clip else "",
            self.subject.text,
            *(f"{n} {_shown(one)}" for n, one in self.findings.items()),
        ]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()

    def boxes(self, frame: Frame) -> list[tuple[int, Box, bool]]:
        """The boxes to be drawn in a frame of the clip: the finding's number, the box, and whether it has to go."""
        return boxes_in(frame, self.findings)

    @property
    def has_photo(self) -> bool:
        """Whether any picture is a photograph of a person or of a part of one."""
        said = any(one.photo for one in self.subject.pictures if not one.drawn)
        return said or any(one.finding.layer == "photo" for one in self.findings.values())


def review(folder: Path, ledger: Ledger) -> Review:
    """Look at a case folder with every layer of the gate. Takes some seconds for each picture.

    Raises:
        InputError: the case cannot be understood, or a picture of it cannot be read.
    """
    loaded = load_case(folder)
    case, subject = loaded_subject(loaded)
    rules = ledger.rules()
    looked = list(look_at_pictures(case, loaded.path, subject))
    pictures = {picture.number: picture for picture, _ in looked}
    clip, in_clip = look_at_clip(case, loaded.path, subject.clip)
    found = chain(chain.from_iterable(numbered for _, numbered in looked), in_clip, look_at_words(case))
    findings = {number: replace(one, number=number) for number, one in enumerate(found, start=1)}
    made = Review(
        case=case,
        folder=loaded.path,
        subject=_with_sources(subject, pictures, clip),
        rules=rules,
        pictures=pictures,
        clip=clip,
        findings=findings,
        texts=(*caption_texts(clip, findings.values()), *text_groups(case, findings.values())),
        checklist=checklist(subject),
        blocks=(),
    )
    return replace(made, blocks=_blocks(made, loaded))


def loaded_subject(loaded: LoadedCase) -> tuple[Case, Subject]:
    """A loaded case, and what a sign-off of it is about.

    Raises:
        InputError: it cannot be understood, or a picture of it cannot be read.
    """
    from quizbot.deid.reading import subject_in  # noqa: PLC0415  # brings Pillow along

    if loaded.case is None:
        first = str(loaded.findings[0]) if loaded.findings else "cannot be read"
        raise InputError(str(loaded.path), first, f"see `quizbot check {loaded.path}`")
    return loaded.case, subject_in(loaded.slug, loaded.case, loaded.path)


def standing_in(folder: Path, ledger: Ledger) -> Standing:
    """How far a case folder has come, without looking for findings.

    Raises:
        InputError: the case cannot be understood, or a picture of it cannot be read.
        OutsideError: the database or the key cannot be read.
    """
    return ledger.standing(loaded_subject(load_case(folder))[1])


def _shown(one: Numbered) -> str:
    place = "" if one.seconds is None else f" {one.place}"
    return f"{one.finding.layer} {one.finding.kind} {one.finding.box}{place}"


def _with_sources(subject: Subject, pictures: dict[int, Picture], clip: Clip | None) -> Subject:
    """The claim's word for where each file came from goes into the record; it is never compared."""
    sourced = (
        signed.model_copy(update={"source": pictures[number].source})
        for number, signed in enumerate(subject.pictures, start=1)
    )
    source = clip.source if clip else ""
    signed = subject.clip.model_copy(update={"source": source}) if subject.clip else None
    return replace(subject, pictures=tuple(sourced), clip=signed)


def _blocks(made: Review, loaded: LoadedCase) -> tuple[str, ...]:
    return (
        *refusals(made.findings.values(), made.pictures),
        *clip_refusals(made.clip),
        *consent_problems(made.subject, made.rules, photo=made.has_photo),
        *(str(one) for one in check_case(loaded, made.rules.require_consent) if _is_other_error(one)),
    )


def _is_other_error(finding: Finding) -> bool:
    """An error that the findings, the pictures and the consent have not told already."""
    told = finding.key.endswith((".file", ".origin", ".captions")) or finding.message.startswith(IDENTIFYING)
    return finding.level is Level.ERROR and not told
