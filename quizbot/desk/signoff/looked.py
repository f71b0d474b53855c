"""What a person has to look at before a case may leave: pictures and texts, each finding with its number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizbot import deid
from quizbot.core.case import Case
from quizbot.core.errors import QuizbotError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.claim import CLAIM_FILE, MAX_CLAIM_BYTES, Claim, Claims, read_claims
from quizbot.deid.examination import Examination, Options
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.record import Noted, noted
from quizbot.deid.subject import Subject
from quizbot.deid.words import Marked
from quizbot.desk.words import case_marks


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding as it is shown and decided on.

    Attributes:
        number: from 1, over the whole case.
        finding: what was found.
        picture: which picture, from 1; None for the case's words.
        key: for words, where they stand, such as ``answer.accept[2]``.
        mark: for words, the letters concerned.
        claimed: it was found when the file was made and is not found now; its text is not known any more.
        seconds: of a clip, when it was first seen.
    """

    number: int
    finding: Finding
    picture: int | None = None
    key: str = ""
    mark: Marked | None = None
    claimed: Noted | None = None
    seconds: float | None = None

    @property
    def place(self) -> str:
        """Where it stands, if it is in no picture: the key, and the second of a clip."""
        return self.key if self.seconds is None else f"{self.key} at {self.seconds:.1f} s"

    def noted(self, seal: KeyedHash, ruling: str) -> Noted:
        """As the record keeps it."""
        if self.claimed is not None:
            return self.claimed.model_copy(update={"picture": self.picture, "ruling": ruling})
        return noted(self.finding, seal, picture=self.picture, seconds=self.seconds, key=self.key, ruling=ruling)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a case, as it would be posted.

    Attributes:
        number: from 1, in the order posted.
        path: its file.
        data: its bytes.
        size: width and height in pixels.
        drawn: the project drew it: nothing is to be decided.
        notes: what the gate says besides its findings.
        problem: why it cannot be signed off whatever anybody decides; empty if it can.
        codes: DICOM PS3.15's, of what was done to it.
        source: the digest of the file it was made from, as its claim says.
    """

    number: int
    path: Path
    data: bytes
    size: tuple[int, int]
    drawn: bool
    notes: tuple[str, ...] = ()
    problem: str = ""
    codes: tuple[str, ...] = ()
    source: str = ""


def read_claim_file(folder: Path) -> Claims:
    """The claims that travel with a case folder; none if there is no such file."""
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # brings Pillow along

    try:
        return read_claims(read_file(folder / CLAIM_FILE, MAX_CLAIM_BYTES))
    except QuizbotError:
        return Claims({})


def look_at_pictures(case: Case, folder: Path, subject: Subject) -> Iterator[tuple[Picture, list[Numbered]]]:
    """Every picture with what is found in it; the numbers are given later."""
    claims = read_claim_file(folder)
    for number, (image, signed) in enumerate(zip(case.images, subject.pictures, strict=True), start=1):
        data, size = _bytes(folder / image.file)
        shown = Picture(number, folder / image.file, data, size, signed.drawn)
        if signed.drawn:
            yield shown, []
            continue
        claim = claims.by_digest.get(signed.data)
        yield _examined(shown, claim, signed.pixels, Options(photo=image.photo, rebuilt=True))


def look_at_words(case: Case) -> list[Numbered]:
    """What is found in the texts of a case."""
    return [Numbered(0, mark.finding, key=key, mark=mark) for key, mark in case_marks(case)]


def _examined(shown: Picture, claim: Claim | None, pixels: str, options: Options) -> tuple[Picture, list[Numbered]]:
    examination, problem = _examine(shown.path, options)
    fresh = list(examination.findings) if examination else []
    found = [Numbered(0, finding, shown.number) for finding in fresh]
    found += [Numbered(0, found_before(one), shown.number, claimed=one) for one in only_claimed(claim, fresh)]
    if claim is None:
        problem = "is no output of `quizbot deid`, or was changed since; run it on the original"
    elif examination and examination.pixel_digest not in ("", pixels):
        problem = "was examined with other pixels than it shows; run `quizbot deid` on the original again"
    picture = Picture(
        shown.number,
        shown.path,
        shown.data,
        shown.size,
        drawn=False,
        notes=tuple(examination.notes) if examination else (),
        problem=problem,
        codes=claim.codes if claim else (),
        source=claim.source if claim else "",
    )
    return picture, found


def _examine(path: Path, options: Options) -> tuple[Examination | None, str]:
    try:
        return deid.examine(path, options=options), ""
    except QuizbotError as refused:
        return None, f"{refused.what}; {refused.todo}" if refused.todo else refused.what


def only_claimed(claim: Claim | None, fresh: Sequence[Finding]) -> Iterable[Noted]:
    """What a claim says was found when its file was made, and is not found now."""
    now = {(one.layer, one.kind, one.box) for one in fresh}
    return (one for one in claim.findings if (one.layer, one.kind, one.box) not in now) if claim else ()


def found_before(one: Noted) -> Finding:
    """Such a finding, as it is shown."""
    return Finding(one.layer, one.kind, one.decision, box=one.box, todo="found when the file was made; look there")


def _bytes(path: Path) -> tuple[bytes, tuple[int, int]]:
    from quizbot.deid.bare import bare_size, mime_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.reading import picture_file  # noqa: PLC0415  # likewise

    data = picture_file(path)
    return data, bare_size(data, mime_of(data), str(path))


def refusals(findings: Iterable[Numbered], pictures: Mapping[int, Picture]) -> Iterator[str]:
    """What nobody may sign off, in words."""
    for one in findings:
        if one.finding.decision is Decision.REFUSE:
            where = f"picture {one.picture}" if one.picture else one.place
            todo = one.finding.todo or ("take another picture" if one.picture else "reword it in case.yaml")
            yield f"finding {one.number} ({one.finding.kind}, {where}) cannot be signed off: {todo}"
    for picture in pictures.values():
        if picture.problem:
            yield f"picture {picture.number} ({picture.path.name}) {picture.problem}"
