"""Beginning a case: its folder with what is known filled in, and a picture that may stand in it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from quizbot.casebook.finding import Key
from quizbot.casebook.folder import CASE_FILE
from quizbot.casebook.scaffold import Given, new_case
from quizbot.core.case import Kind
from quizbot.core.errors import InputError

FILE: Key = ("images", 0, "file")
ORIGIN: Key = ("images", 0, "origin")
CONSENT: Key = ("consent",)


@dataclass(frozen=True, slots=True)
class Begun:
    """A case that was begun.

    Attributes:
        file: its case.yaml.
        next: what to do next, each a sentence, in order.
    """

    file: Path
    next: tuple[str, ...]


def begin(cases: Path, slug: str, kind: Kind, given: Given, picture: Path | None = None) -> Begun:
    """Make a case folder. A picture that the project drew is copied into it, any other has to pass the gate first.

    Raises:
        InputError: as ``new_case``; or there is no such picture, or it is none.
    """
    known = {**kind_facts(kind), **given, **picture_facts(picture)}
    folder = new_case(cases, slug, kind, known)
    drawn = FILE in known
    if picture is not None and drawn:
        shutil.copyfile(picture, folder / str(known[FILE]))
    return Begun(folder / CASE_FILE, tuple(_next(folder, kind, None if drawn else picture)))


def kind_facts(kind: Kind) -> Given:
    """What needs no asking of a kind: a case without a picture shows nobody."""
    return {} if kind is Kind.IMAGE_QUIZ else {CONSENT: "synthetic"}


def picture_facts(picture: Path | None) -> Given:
    """What needs no asking of a picture: of one that the project drew its name in the folder, origin and consent.

    Raises:
        InputError: there is no such picture, or it is none.
    """
    if picture is None or not _is_drawn(picture):
        return {}
    return {FILE: _plain_name(picture), ORIGIN: "synthetic", CONSENT: "synthetic"}


def _is_drawn(picture: Path) -> bool:
    from quizbot.deid import is_known  # noqa: PLC0415  # Pillow loads slowly

    if picture.suffix.lower() == ".dcm" and picture.is_file():
        return False  # the gate is the place for it
    return is_known(picture)


def _plain_name(picture: Path) -> str:
    """A name of its own: the picture's may say what it shows."""
    return f"image{picture.suffix.lower()}"


def _next(folder: Path, kind: Kind, picture: Path | None) -> list[str]:
    steps = []
    if picture is not None:
        where = os.fspath(picture)
        steps.append(f"`quizbot deid {where} -o {folder}` (your picture was not copied: the project did not draw it)")
        steps.append("name the file that it writes under images, as file")
    elif kind is Kind.IMAGE_QUIZ and not any(one.name != CASE_FILE for one in folder.iterdir()):
        steps.append(f"put the picture into {folder} by `quizbot deid PICTURE -o {folder}`, and name it under images")
    return [
        *steps,
        f"fill in the blanks that `quizbot check {folder}` names",
        f"look at it: `quizbot preview {folder}`",
    ]


def require_free(cases: Path, slug: str) -> None:
    """Refuse a name that is taken before anybody answers ten questions.

    Raises:
        InputError: the folder exists.
    """
    if (cases / slug).exists():
        raise InputError(str(cases / slug), "exists already", "choose another name, or edit what is there")
