"""What a sign-off is about: a case's words and pictures, by their digests. Pure."""

import hashlib
import json
from dataclasses import dataclass

from quizbot.core.case import Case
from quizbot.deid.record import SignedClip, SignedPicture

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
        clip: the video of a pearl or a link.
    """

    case: str
    text: str
    author: str
    consent: str
    consent_ref: str | None
    pictures: tuple[SignedPicture, ...]
    clip: SignedClip | None = None

    @property
    def by_machine(self) -> bool:
        """Whether nobody has to sign it: it has no clip, and no picture but those that the project drew."""
        return self.clip is None and all(picture.drawn for picture in self.pictures)

    @property
    def of_patient(self) -> bool:
        """Whether its clip or any picture of it is of a patient."""
        return (self.clip is not None and self.clip.origin == "patient") or any(
            picture.origin == "patient" for picture in self.pictures if not picture.drawn
        )

    def needed(self, *, photo: bool) -> int:
        """How many people have to sign: two for clips, patients' and licensed pictures and photographs, else one."""
        if self.by_machine:
            return 0
        if self.clip is not None:
            return 2
        undrawn = [picture for picture in self.pictures if not picture.drawn]
        return 2 if photo or any(picture.photo or picture.origin in TWO_PEOPLE for picture in undrawn) else 1


def text_digest(case: Case) -> str:
    """SHA-256, hexadecimal, over everything that a case.yaml says; what it leaves out stays out."""
    said = case.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
