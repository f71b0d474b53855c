"""The record of sign-offs: entries in canonical JSON, each sealed together with the one before. Pure.

A seal is a keyed hash over the hash of the entry before and the entry's own letters, so that nothing can be changed,
left out of the middle, moved or added without the installation's key, which the database does not hold. An entry names
what was signed by digests, and what was found by keyed hashes: no text, no name of a patient, no date of a picture.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quizbot.core.keyed import KeyedHash
from quizbot.deid.finding import Box, Decision, Finding

GENESIS = "0" * 64
"""What stands before the first entry."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SignedPicture(_Model):
    """A picture as it was signed: digests only (SHA-256, hexadecimal).

    ``data`` is that of the file; empty for one that the project drew, which passes by its pixels in any file.
    """

    source: str = ""
    pixels: str
    data: str = ""
    origin: str
    photo: bool = False
    drawn: bool = False

    def same(self, other: "SignedPicture") -> bool:
        """Whether it is the same picture in the same file, shown as the same kind of thing."""
        return self.model_copy(update={"source": other.source}) == other


class SignedClip(_Model):
    """A clip as it was signed: digests of the very bytes that go out (SHA-256, hexadecimal).

    ``data`` is that of the MP4, and the same bytes are the same frames; ``captions`` that of the SubRip file, empty
    without one. ``sound``: it has a track of sound.
    """

    source: str = ""
    data: str
    captions: str = ""
    origin: str
    sound: bool = False

    def same(self, other: "SignedClip") -> bool:
        """Whether it is the same clip with the same captions, shown as the same kind of thing."""
        return self.model_copy(update={"source": other.source}) == other


class Noted(_Model):
    """A finding without its text.

    ``picture`` counts from 1; for the case's own words and its clip it is None, and ``key`` says where they stand.
    ``seconds``: of a clip, when it was first seen.
    """

    picture: int | None = None
    seconds: float | None = None
    key: str = ""
    layer: str
    kind: str
    box: Box | None = None
    hash: str
    decision: Decision
    ruling: str = ""


class Entry(_Model):
    """A person's decision on a case."""

    at: datetime
    by: str
    role: str
    case: str
    text: str = Field(description="Digest of everything in case.yaml.")
    pictures: tuple[SignedPicture, ...]
    clip: SignedClip | None = None
    versions: dict[str, str]
    findings: tuple[Noted, ...]
    checklist: dict[str, bool]
    consent: str
    consent_ref: str | None
    codes: tuple[str, ...] = Field((), description="DICOM PS3.15, by the codes of PS3.16 CID 7050.")
    released: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in the chain: its number from 1, the hash before, its own, and its letters."""

    seq: int
    previous: str
    hash: str
    body: str


class Linked(Protocol):
    """What a link looks like, wherever it is kept."""

    @property
    def seq(self) -> int: ...  # noqa: D102  # as in Link
    @property
    def previous(self) -> str: ...  # noqa: D102  # as in Link
    @property
    def hash(self) -> str: ...  # noqa: D102  # as in Link
    @property
    def body(self) -> str: ...  # noqa: D102  # as in Link


def noted(  # a finding and its place
    finding: Finding,
    seal: KeyedHash,
    *,
    picture: int | None = None,
    seconds: float | None = None,
    key: str = "",
    ruling: str = "",
) -> Noted:
    """A finding as the record and the claim file keep it."""
    return Noted(
        picture=picture,
        seconds=seconds,
        key=key,
        layer=finding.layer,
        kind=finding.kind,
        box=finding.box,
        hash=seal.of("finding", finding.text.casefold().strip()),
        decision=finding.decision,
        ruling=ruling,
    )


def canonical(model: BaseModel) -> str:
    """The one way to write a model as JSON: sorted keys, no blanks, ASCII."""
    return json.dumps(model.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


def linked(entry: Entry, last: Linked | None, seal: KeyedHash) -> Link:
    """An entry as the next link of a chain."""
    seq, previous, body = (last.seq + 1, last.hash, canonical(entry)) if last else (1, GENESIS, canonical(entry))
    return Link(seq, previous, _hash(seal, seq, previous, body), body)


def first_broken(links: Iterable[Linked], seal: KeyedHash) -> int | None:
    """The number of the first entry that is not as it was sealed, or not in its place; None if all are."""
    previous = GENESIS
    for seq, link in enumerate(links, start=1):
        whole = (link.seq, link.previous, link.hash) == (seq, previous, _hash(seal, seq, previous, link.body))
        if not whole or _entry(link.body) is None:
            return seq
        previous = link.hash
    return None


def entries(links: Iterable[Linked]) -> tuple[Entry, ...]:
    """The entries of a chain that ``first_broken`` found whole."""
    return tuple(entry for link in links if (entry := _entry(link.body)) is not None)


def _hash(seal: KeyedHash, seq: int, previous: str, body: str) -> str:
    return seal.of("sign-off", f"{seq}\n{previous}\n{body}")


def _entry(body: str) -> Entry | None:
    try:
        return Entry.model_validate_json(body)
    except ValidationError:
        return None
