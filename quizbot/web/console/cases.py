"""The case folders: what is wrong with each, what its posts will look like, and how it grades."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.casebook import Level, LoadedCase
from quizbot.core.errors import InputError, QuizbotError
from quizbot.core.verdict import Verdict
from quizbot.core.weight import ALT_LIMIT, POST_LIMIT
from quizbot.deid import CLIP_MIME
from quizbot.deid.video.captions import as_webvtt
from quizbot.desk.captions import caption_cues
from quizbot.desk.check import count
from quizbot.desk.due import Reading, reading_of
from quizbot.desk.preview import preview
from quizbot.desk.shown_clip import passed
from quizbot.rounds.grade import in_force
from quizbot.rounds.scan import candidates
from quizbot.store import Round
from quizbot.store.rounds import all_rounds
from quizbot.web.console.desk import Desk
from quizbot.web.console.rights import Right
from quizbot.web.ranges import in_memory, ranged

_MOST_REPLIES, _LONGEST_REPLY = 200, 4000  # of one try: lines, and characters of a line


@dataclass(frozen=True, slots=True)
class Shown:
    """A case folder in the list.

    Attributes:
        loaded: the folder.
        problem: why it cannot be posted now; None if it may.
        errors: how many of its findings are errors.
        warnings: how many are warnings.
        rounds: those it has had.
        reading: when it has to be read again.
    """

    loaded: LoadedCase
    problem: str | None
    errors: int
    warnings: int
    rounds: tuple[Round, ...]
    reading: Reading | None

    @property
    def state(self) -> str:
        """One word for the list's filter."""
        if self.rounds:
            return "posted"
        return "waiting" if self.problem else "ready"


def router(desk: Desk) -> APIRouter:
    """The list, a case, its pictures, and trying replies out."""
    routes = desk.area(Right.READ_CASES, "/cases")

    @routes.get("", response_class=HTMLResponse)
    def shelf(request: Request, show: str = "") -> Response:
        try:
            cases = shown(desk)
        except InputError as missing:
            return desk.page(request, "cases.html", here="cases", cases=[], problem=str(missing), show="", counts={})
        kinds = {"ready": 0, "waiting": 0, "posted": 0, "due": 0}
        for one in cases:
            kinds[one.state] += 1
            kinds["due"] += bool(one.reading and one.reading.due)
        kept = [one for one in cases if show not in kinds or show in (one.state, "due" if _is_due(one) else "")]
        return desk.page(request, "cases.html", here="cases", cases=kept, counts=kinds, show=show, problem="")

    @routes.get("/{slug}", response_class=HTMLResponse)
    def one_case(request: Request, slug: str) -> Response:
        return _case(desk, request, slug)

    @routes.post("/{slug}/try", response_class=HTMLResponse)
    def try_out(request: Request, slug: str, replies: Annotated[str, Form()] = "") -> Response:
        return _case(desk, request, slug, replies)

    @routes.get("/{slug}/clip.mp4")
    def clip(request: Request, slug: str) -> Response:
        return ranged(request, in_memory(_clip(found(desk, slug))), CLIP_MIME)

    @routes.get("/{slug}/captions.vtt")
    def captions(slug: str) -> Response:
        return Response(_captions(found(desk, slug)), media_type="text/vtt")

    @routes.get("/{slug}/picture/{number}")
    def picture(slug: str, number: str) -> Response:
        data, mime = _picture(found(desk, slug), number)
        return Response(data, media_type=mime)

    return routes


def _is_due(one: Shown) -> bool:
    return one.reading is not None and one.reading.due


def shown(desk: Desk) -> list[Shown]:
    """Every case folder.

    Raises:
        InputError: the folder of case folders is missing.
    """
    bot = desk.onlooker()
    with desk.store.read() as session:
        rounds = all_rounds(session, desk.account)
    return [_shown(desk, loaded, one.problem, rounds) for loaded, one in candidates(bot).values()]


def _shown(desk: Desk, loaded: LoadedCase, problem: str | None, rounds: Sequence[Round]) -> Shown:
    findings = desk.checked(loaded)
    had = tuple(row for row in rounds if row.case_id == loaded.slug)
    errors, warnings = count(findings, Level.ERROR), count(findings, Level.WARNING)
    return Shown(loaded, problem, errors, warnings, had, reading_of(loaded.case, _today(desk)))


def _today(desk: Desk) -> date:
    return desk.now().astimezone(desk.office.zone).date()


def found(desk: Desk, slug: str) -> LoadedCase:
    """A case folder by its name.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        cases = desk.onlooker().scan().cases
    except InputError:
        cases = ()
    for loaded in cases:
        if loaded.slug == slug:
            return loaded
    raise HTTPException(404)


def _case(desk: Desk, request: Request, slug: str, replies: str = "") -> Response:
    loaded = found(desk, slug)
    findings = desk.checked(loaded)
    tried, problem = _tried(desk, loaded, replies)
    with desk.store.read() as session:
        rounds = [row for row in all_rounds(session, desk.account) if row.case_id == slug]
    one = _shown(desk, loaded, candidates(desk.onlooker())[slug][1].problem, rounds)
    return desk.page(
        request,
        "case.html",
        422 if problem else 200,
        here="cases",
        one=one,
        case=loaded.case,
        findings=findings,
        preview=preview(loaded, desk.office.policy.references, findings),
        limits={"post": POST_LIMIT, "alt": ALT_LIMIT},
        replies=replies,
        tried=tried,
        problem=problem,
    )


def _tried(desk: Desk, loaded: LoadedCase, replies: str) -> tuple[list[tuple[str, Verdict]], str]:
    """What the grader says of some replies, one a line, with the rulings in force; or why it says nothing."""
    from quizbot import grading  # noqa: PLC0415  # the lexicon loads only where it is used

    lines = [line.strip()[:_LONGEST_REPLY] for line in replies.splitlines() if line.strip()]
    if not lines:
        return [], ""
    if loaded.case is None or loaded.case.answer is None:
        return [], "This case has no answer to grade by."
    if len(lines) > _MOST_REPLIES:
        return [], f"At most {_MOST_REPLIES} replies can be tried at a time."
    key = grading.prepare(loaded.case, list(in_force(desk.store, desk.account, loaded.slug).values()))
    return list(zip(lines, grading.grade_many(key, lines), strict=True)), ""


def _clip(loaded: LoadedCase) -> bytes:
    """The clip of a case, if it is an output of the gate: nothing else is shown."""
    if loaded.case is None or loaded.case.video is None:
        raise HTTPException(404)
    try:
        return passed(loaded.path, loaded.case.video)
    except QuizbotError:
        raise HTTPException(404) from None


def _captions(loaded: LoadedCase) -> str:
    if loaded.case is None or loaded.case.video is None or loaded.case.video.captions is None:
        raise HTTPException(404)
    try:
        return as_webvtt(caption_cues(loaded.path, loaded.case.video.captions))
    except QuizbotError:
        raise HTTPException(404) from None


def _picture(loaded: LoadedCase, number: str) -> tuple[bytes, str]:
    """A picture of a case as it stands in the folder, and its type; ``number`` counts from 1."""
    from quizbot.deid.bare import mime_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.reading import picture_file  # noqa: PLC0415  # likewise

    images = loaded.case.images if loaded.case else ()
    if number not in [str(n) for n in range(1, len(images) + 1)]:
        raise HTTPException(404)
    try:
        data = picture_file(loaded.path / images[int(number) - 1].file)
        return data, mime_of(data)
    except QuizbotError:
        raise HTTPException(404) from None
