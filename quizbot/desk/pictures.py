"""Whether the pictures of a case can be posted: drawn by the project, or outputs of the gate that people signed."""

from collections.abc import Callable, Iterator

from quizbot.casebook import Finding, LoadedCase, Problem, error, warning
from quizbot.core.case import Case, Image
from quizbot.core.errors import QuizbotError
from quizbot.deid import is_known
from quizbot.deid.claim import CLAIM_FILE, Claims
from quizbot.deid.standing import Consent, Standing
from quizbot.deid.subject import Subject
from quizbot.desk.signoff.looked import read_claim_file

Ask = Callable[[Subject], Standing]
"""Says how far a case has come with its sign-offs."""


def picture_findings(loaded: LoadedCase, ask: Ask | None) -> Iterator[Finding]:
    """What is wrong with the pictures that are there; those that are not, the loader has reported."""
    if loaded.case is None or not loaded.case.images:
        return
    reported = {finding.key for finding in loaded.findings}
    claims = read_claim_file(loaded.path)
    for line in claims.bad_lines:
        yield loaded.locate(warning(f"{CLAIM_FILE}, line {line}, is none that `quizbot deid` wrote; take it out"))
    present = [(n, image) for n, image in enumerate(loaded.case.images) if f"images[{n}].file" not in reported]
    problems = [problem for n, image in present if (problem := _picture(loaded, n, image, claims)) is not None]
    yield from map(loaded.locate, problems)
    if ask is not None and not problems and len(present) == len(loaded.case.images):
        yield from unsigned_findings(loaded, loaded.case, ask, "images")


def consent_findings(case: Case, require: Consent) -> Iterator[Problem]:
    """A picture or clip of a patient stands on written consent, unless the operator takes any ground that covers it."""
    if require != "written" or case.consent in ("written-consent", "synthetic"):
        return  # of a drawing's ground under a patient's picture, the case's own rules speak
    message = f'is "patient", which needs "consent: written-consent" and its consent_ref, not "{case.consent}"'
    for n, image in enumerate(case.images):
        if image.origin == "patient":
            yield error(message, "images", n, "origin")
    if case.video is not None and case.video.origin == "patient":
        yield error(message, "video", "origin")


def _picture(loaded: LoadedCase, n: int, image: Image, claims: Claims) -> Problem | None:
    from quizbot.deid.bare import bare_picture, digest_of, mime_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # likewise

    key = ("images", n, "file")
    path = loaded.path / image.file
    try:
        if is_known(path):
            return None
        data = read_file(path)
        if digest_of(data) in claims.by_digest:
            bare_picture(data, mime_of(data), image.file)
            return None
    except QuizbotError as refused:
        return error(f'"{image.file}" {refused.what}; {refused.todo}', *key)
    command = f"`quizbot deid ORIGINAL -o {loaded.path}`"
    if image.origin == "synthetic":
        message = (
            "is not on the list of this project's drawings, and did not pass the privacy gate: not posted; if `quizbot"
            f" draw` made it, draw it again with --register in a clone of quizbot, otherwise run {command}"
        )
        return warning(f'"{image.file}" {message}', *key)
    message = f'is "{image.origin}" and no output of the privacy gate; take it out of the folder and run {command}'
    return error(f'"{image.file}" {message}', *key)


def unsigned_findings(loaded: LoadedCase, case: Case, ask: Ask, key: str) -> Iterator[Finding]:
    """A warning under ``key`` for each thing that is missing before the pictures or the clip of a case may leave."""
    from quizbot.deid.reading import subject_in  # noqa: PLC0415  # Pillow loads slowly

    try:
        problems = ask(subject_in(loaded.slug, case, loaded.path)).problems
    except QuizbotError as refused:
        problems = (refused.what,)
    for problem in problems:
        yield loaded.locate(warning(f"not posted yet: {problem}; `quizbot sign-off {loaded.path}`", key))
