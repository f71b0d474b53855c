"""A case of a patient that passed a gate of the tests' own, and people to sign it off."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from quizbot.core.keyed import KeyedHash
from quizbot.core.person import Role
from quizbot.deid.examination import Examination, Options, Output, Status
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.known import pixel_digest
from quizbot.desk.outputs import write_new
from quizbot.desk.signoff.act import Answers, sign
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import Review, review
from quizbot.store import Store
from quizbot.store.people import add_person
from tests.casebook.given import QUIZ, with_, write

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEAL = KeyedHash(b"k" * 32)
PASSPHRASE = "seven grey herons on a wet roof"
AUTHOR = "@an_educator"
HOLD = Finding("text", "unknown-text", Decision.HOLD, text="LVOT", box=(20, 20, 90, 44), todo="say what it is")
NAME = Finding("text", "name", Decision.REFUSE, text="DOE JANE", box=(150, 20, 260, 44), todo="fill its box")


def patient_picture(size: tuple[int, int] = (320, 200), *, spot: int = 0) -> Image.Image:
    """Something like an ultrasound sector with writing above it; ``spot`` changes one pixel."""
    image = Image.new("RGB", size, (8, 10, 12))
    draw = ImageDraw.Draw(image)
    draw.pieslice((40, 30, 280, 270), 230, 310, fill=(70, 72, 76))
    draw.ellipse((130, 110, 190, 150), fill=(22, 22, 26))
    draw.text((22, 24), "LVOT", fill=(230, 230, 210))
    draw.text((152, 24), "DOE JANE", fill=(230, 230, 210))
    image.putpixel((5, 5), (spot, 0, 0))
    return image


def png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@dataclass
class Gate:
    """Stands in for the layers: finds what it is told to, but where a box was filled."""

    findings: list[Finding] = field(default_factory=lambda: [HOLD])
    examined: list[Options] = field(default_factory=list)

    def examine(self, path: Path, *, options: Options = Options()) -> Examination:  # noqa: B008  # frozen
        data = path.read_bytes()
        image = Image.open(BytesIO(data)).convert("RGB")
        for box in options.redact:
            ImageDraw.Draw(image).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=(0, 0, 0))
        self.examined.append(options)
        found = tuple(
            one for one in self.findings if one.box is None or image.crop(one.box).convert("L").getextrema()[1]
        )
        rebuilt = png(image)
        refused = any(one.decision is Decision.REFUSE for one in found)
        return Examination(
            Status.REFUSED if refused else Status.NEEDS_SIGNOFF if found else Status.CLEAN,
            found,
            picture=image,
            output=None if refused else Output(rebuilt, "image/png", image.size),
            source_digest=hashlib.sha256(data).hexdigest(),
            pixel_digest=pixel_digest(image),
            digest="" if refused else hashlib.sha256(rebuilt).hexdigest(),
            original_size=image.size,
            versions={"gate": "test"},
            codes=(("113100", "DCM", "Basic Application Confidentiality Profile"),),
        )


def patient_case(cases: Path, gate: Gate, slug: str = "outflow", **changes: Any) -> Path:
    """A case folder with one picture of a patient, written by the gate as ``quizbot deid`` does."""
    folder = cases / slug
    folder.mkdir(parents=True)
    original = cases.parent / f"{slug}-original.png"
    original.write_bytes(png(patient_picture()))
    made = write_new(gate.examine(original), folder, SEAL)
    assert made is not None
    image = {"file": made.name, "alt": "Ultrasound of the heart.", "origin": "patient"}
    given = {"images": [image], "consent": "written-consent", "consent_ref": "C-2026-0042"}
    write(folder, with_(QUIZ, **(given | changes)), "unused")
    (folder / "unused").unlink()
    return folder


def ledger_of(store: Store) -> Ledger:
    return Ledger(store, lambda: SEAL)


def people(store: Store) -> None:
    """Two reviewers, the author (a reviewer, too), and an operator."""
    for name, handle, roles in (
        ("ann", "@ann_reads", [Role.REVIEWER]),
        ("ben", "@ben_reads", [Role.REVIEWER, Role.AUTHOR]),
        ("edu", AUTHOR, [Role.REVIEWER, Role.AUTHOR]),
        ("opi", None, [Role.OPERATOR]),
    ):
        add_person(store, name, handle, roles, PASSPHRASE, T0)


def yes(shown: Review, **changes: Any) -> Answers:
    """Answers that release a case, if it can be."""
    rulings = dict.fromkeys(shown.findings, "clinical")
    given = {"rulings": rulings, "checklist": frozenset(shown.checklist), "release": True, "reason": ""}
    return Answers(**(given | {"seen": shown.seen} | changes))


def signed(store: Store, folder: Path, by: Iterable[str] = ("ann", "ben"), now: datetime = T0) -> None:
    """Let people release a case."""
    ledger = ledger_of(store)
    for name in by:
        shown = review(folder, ledger)
        sign(ledger, shown, yes(shown), name, PASSPHRASE, now)
