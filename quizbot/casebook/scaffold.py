"""A new case folder: a commented case.yaml with blanks, which ``quizbot check`` then points at."""

from pathlib import Path

from quizbot.casebook.folder import CASE_FILE
from quizbot.casebook.loader import slug_problems
from quizbot.core.case import Kind
from quizbot.core.errors import InputError

_HEAD = """\
# Fill in the blanks. `quizbot check` names those that are left, `quizbot preview` shows the posts.
# Every key is explained in docs/case-format.md.
# Below ">-" a text begins in the next line, two blanks further in than its key, and needs no quotes. Elsewhere a text
# with a colon, or one that begins with @ # * & ! % or a bracket, needs quotes around it.
kind: {kind}
prompt: >- # {prompt}

"""

_PROMPT = {
    Kind.IMAGE_QUIZ: "posted with the image: age and sex, the story in a line, and what you ask",
    Kind.QUESTION: "the whole question: age and sex, the story in a line, and what you ask",
    Kind.PEARL: "the factoid, as it will be posted",
    Kind.LINK: "what there is to watch, hear or read, and why; the address stands below, under references",
}

_IMAGES = """\
images: # 1 to 4, in the order posted; PNG, JPEG, WebP or TIFF, in this folder
  - file: # such as ecg.png
    alt: >- # describes the image, does not give the answer away

    alt_answer: # the full description, shown after the reveal
    origin: # synthetic, patient or licensed
    photo: false # true for a photograph of a person, or of a part of one
    credit: # who made it
"""

_ANSWER = """\
answer:
  diagnosis: # as it will be posted
  accept: [] # other names of it, full credit: [Wellens sign, LAD T-wave syndrome]
  partial: [] # each {answer: critical LAD stenosis, credit: 0.5, because: That is the cause.}
  reject: [] # each {answer: NSTEMI, because: Troponin is normal while the pattern shows.}
certainty: # probable, almost-certain or certain
proof: # how the diagnosis was proved, such as angiography
pearl: >- # the lesson, posted with the answer

"""

_REFERENCES = """\
references: # {why}
  - title: >-

    url: # such as https://doi.org/10.1016/0002-8703(82)90480-X
    kind: article # or guideline, podcast, video, page
    year:
"""

_NO_REFERENCES = """\
references: [] # the first is posted, if there is one: {title: Its title, url: "https://...", kind: article, year: 1982}
"""

_TAIL = """\
author: # your handle in quotes, such as "@an_educator"
# A second person reads the case, then fills this in and takes the first # away:
# reviewed: {by: "@a_second_educator", on: 2026-10-01, again_by: 2028-10-01}
consent: # synthetic, written-consent, not-identifiable or licence
consent_ref: # where a written consent is kept; never a record number
sensitive: none # or graphic: posted behind X's sensitive-media warning
difficulty: # 1 to 5, your guess
tags: [] # for the archive: [cardiology, ecg]
hashtags: [] # posted, written here without the sign: [FOAMed, ECG]
asks_again: # the id of the case whose diagnosis this one asks again with another image; four weeks after it
post_on: # a date-time with zone to pin it, such as 2026-10-05T12:00+02:00; else the queue decides
"""


def case_text(kind: Kind) -> str:
    """The text of a new case.yaml of a kind."""
    parts = [_HEAD.format(kind=kind, prompt=_PROMPT[kind])]
    if kind is Kind.IMAGE_QUIZ:
        parts.append(_IMAGES)
    if kind.is_quiz:
        parts.append(_ANSWER)
    why = "where it leads" if kind is Kind.LINK else "at least one; the first is posted with the answer"
    parts.append(_NO_REFERENCES if kind is Kind.PEARL else _REFERENCES.format(why=why))
    return "".join([*parts, _TAIL])


def new_case(cases: Path, slug: str, kind: Kind) -> Path:
    """Make a case folder with its case.yaml; returns the folder.

    Raises:
        InputError: the slug is no id, the folder exists, or it cannot be written.
    """
    for problem in slug_problems(slug):
        raise InputError(slug, problem.message)
    folder = cases / slug
    try:
        cases.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        with (folder / CASE_FILE).open("x", encoding="utf-8", newline="\n") as file:
            file.write(case_text(kind))
    except FileExistsError:
        raise InputError(str(folder), "exists already", "choose another name, or edit what is there") from None
    except OSError as problem:
        raise InputError(str(folder), f"cannot be written ({problem.strerror})", "check the folder above it") from None
    return folder
