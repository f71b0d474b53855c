"""What a sign-off is about: a case's words and pictures, by their digests. Pure."""

import hashlib
import json
from dataclasses import dataclass

from quizbot.core.case import Case
from quizbot.deid.record import SignedPicture

TWO_PEOPLE = frozenset({"patient", "licensed"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A case as it would be posted.

    Attributes:
        case: its id.
        text: digest of everything in its case.yaml.
        author: the handle it names; a claim.
        consent: the ground on which it may be shown.
        consent_ref: where a written consent is kept.
        pictures: in the order posted.
    """

    case: str
    text: str
    author: str
    consent: str
    consent_ref: str | None
    pictures: tuple[SignedPicture, ...]

    @property
    def by_machine(self) -> bool:
        """Whether nobody has to sign it: it has no picture but those that the project drew."""
        return all(picture.drawn for picture in self.pictures)

    @property
    def of_patient(self) -> bool:
        """Whether any picture of it is of a patient."""
        return any(picture.origin == "patient" for picture in self.pictures if not picture.drawn)

    def needed(self, *, photo: bool) -> int:
        """How many people have to sign: two for patients' and licensed pictures and for photographs, else one."""
        if self.by_machine:
            return 0
        undrawn = [picture for picture in self.pictures if not picture.drawn]
        return 2 if photo or any(picture.photo or picture.origin in TWO_PEOPLE for picture in undrawn) else 1


def text_digest(case: Case) -> str:
    """SHA-256, hexadecimal, over everything that a case.yaml says; what it leaves out stays out."""
    said = case.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
