"""The claim file ``deid.jsonl``: what ``quizbot deid`` wrote into a folder, by digest. It travels with a case folder.

By it ``quizbot check`` knows an output of the gate again. It is a claim and no authority: whether something is
published is decided by the record in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from quizbot.deid.finding import Box
from quizbot.deid.record import Noted, canonical

CLAIM_FILE = "deid.jsonl"
MAX_CLAIM_BYTES = 4 * 1024 * 1024


class Claim(BaseModel):
    """One output: digests (SHA-256, hexadecimal), versions, findings without their text, boxes that were filled.

    ``pixels`` of a clip is over all its frames.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: str
    source: str
    pixels: str
    data: str
    versions: dict[str, str]
    findings: tuple[Noted, ...]
    redacted: tuple[Box, ...] = ()
    codes: tuple[str, ...] = ()

    def line(self) -> bytes:
        """The claim as a line of the file."""
        return canonical(self).encode("ascii") + b"\n"


@dataclass(frozen=True, slots=True)
class Claims:
    """A claim file as it was read: claims by the digest of the output, and the lines that are none."""

    by_digest: dict[str, Claim]
    bad_lines: tuple[int, ...] = ()


def read_claims(data: bytes) -> Claims:
    """Read a claim file; never raises for what stands in it."""
    found: dict[str, Claim] = {}
    bad: list[int] = []
    for number, line in enumerate(_lines(data), start=1):
        try:
            claim = Claim.model_validate_json(line)
        except ValidationError:
            bad.append(number)
        else:
            found[claim.data] = claim
    return Claims(found, tuple(bad))


def _lines(data: bytes) -> Iterable[bytes]:
    return data[:MAX_CLAIM_BYTES].split(b"\n")[: data.count(b"\n") + (0 if data.endswith(b"\n") else 1)]
