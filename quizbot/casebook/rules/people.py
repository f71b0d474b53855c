"""The second reader, and the ground on which a picture may be shown."""

import re
from collections.abc import Iterator

from quizbot.casebook.finding import Key, Problem, error, warning
from quizbot.core.case import Case

# Six digits in a row, a number grouped like a national patient number, a date of birth, or the name of such a thing.
_RECORD_NUMBER = re.compile(
    r"\d{6}|\b\d{3}[ -]\d{3}[ -]\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b(?:mrn|nhs|ssn|dob|hospital number|record number)\b",
    re.ASCII | re.IGNORECASE,
)


def advised_of_all(case: Case) -> Iterator[Problem]:
    """A case may lack its second reader, but no quiz is posted without."""
    if case.reviewed is None:
        yield warning("is missing; the bot posts no quiz that a second person has not read", "reviewed")


def read_by_a_second(case: Case) -> Iterator[Problem]:
    """Somebody other than the author has read the case, and it is to be read again later."""
    if case.reviewed is None:
        return
    if case.reviewed.by.casefold() == case.author.casefold():
        yield error("is the author; a second person has to read the case", "reviewed", "by")
    if case.reviewed.again_by is not None and case.reviewed.again_by <= case.reviewed.on:
        yield error("is not after the day it was read", "reviewed", "again_by")


def consent_fits(case: Case) -> Iterator[Problem]:
    """The consent covers where each picture comes from; which ground a patient's needs is the operator's choice."""
    for key, origin in _origins(case):
        if case.consent == "synthetic" and origin != "synthetic":
            yield error(
                f'is "{origin}", and "consent: synthetic" covers only what was drawn; correct one of them', *key
            )


def licence_is_credited(case: Case) -> Iterator[Problem]:
    """Nearly every licence wants its source named."""
    for n, image in enumerate(case.images):
        if image.origin == "licensed" and image.credit is None:
            yield warning("is missing; name the source and the licence", "images", n, "credit")
    if case.video is not None and case.video.origin == "licensed" and case.video.credit is None:
        yield warning("is missing; name the source and the licence", "video", "credit")


def consent_can_be_found(case: Case) -> Iterator[Problem]:
    """A written consent has a reference, and that leads nobody to a patient's record."""
    if case.consent == "written-consent" and case.consent_ref is None:
        yield error("is missing; say where the written consent is kept, in words that name no patient", "consent_ref")
    if case.consent_ref is not None and _RECORD_NUMBER.search(case.consent_ref):
        yield error("looks like a record number; use a reference that only the keeper can resolve", "consent_ref")


def _origins(case: Case) -> Iterator[tuple[Key, str]]:
    for n, image in enumerate(case.images):
        yield ("images", n, "origin"), image.origin
    if case.video is not None:
        yield ("video", "origin"), case.video.origin


RULES = (
    (frozenset({"reviewed"}), advised_of_all),
    (frozenset({"author", "reviewed"}), read_by_a_second),
    (frozenset({"images", "video", "consent"}), consent_fits),
    (frozenset({"images", "video"}), licence_is_credited),
    (frozenset({"consent", "consent_ref"}), consent_can_be_found),
)
