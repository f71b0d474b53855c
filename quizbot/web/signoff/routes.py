"""The routes of the sign-off page. They stand below whatever address they are mounted at, and need no script."""

import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from quizbot.core.errors import QuizbotError
from quizbot.deid import CLIP_MIME
from quizbot.deid.finding import Decision
from quizbot.deid.video.captions import as_webvtt
from quizbot.desk.signoff.act import Unsigned
from quizbot.desk.signoff.looked import Numbered, Picture
from quizbot.desk.signoff.review import Review
from quizbot.desk.signoff.rulings import DECLINES, choices
from quizbot.desk.signoff.watched import Clip
from quizbot.web.ranges import in_memory, ranged
from quizbot.web.session import form_of
from quizbot.web.signoff import forms
from quizbot.web.signoff.desk import SignOffDesk
from quizbot.web.signoff.views import boosted, enlarged

HERE = Path(__file__).parent
LAYERS = {
    "text": "Writing in the picture",
    "barcode": "Bar code",
    "face": "Face or eye",
    "photo": "Photograph",
    "words": "Wording",
    "dicom": "DICOM",
    "file": "File",
    "sound": "Sound",
}


def router(desk_of: Callable[[Request], SignOffDesk], csrf_of: Callable[[Request], str]) -> APIRouter:
    """The page's routes.

    Args:
        desk_of: the case that a request is about; raises ``HTTPException`` if there is none for it.
        csrf_of: what a form of this visitor has to send back, so that no other site can send one.
    """
    routes = APIRouter()
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.globals |= {"choices": choices, "declines": DECLINES, "layers": LAYERS, "REFUSE": Decision.REFUSE}

    def page(request: Request, desk: SignOffDesk, status: int = 200, **more: object) -> Response:
        given: dict[str, object] = {"review": desk.review(), "standing": desk.standing(), "csrf": csrf_of(request)}
        given |= {"problems": (), "form": {}, "confirmed": (), "note": request.query_params.get("note", "")}
        return templates.TemplateResponse(request, "signoff.html", given | more, status_code=status)

    @routes.get("/", response_class=HTMLResponse)
    def show(request: Request) -> Response:
        return page(request, desk_of(request))

    _add_deeds(routes, desk_of, csrf_of, page)
    _add_pictures(routes, desk_of)
    _add_clip(routes, desk_of)
    return routes


def _add_deeds(
    routes: APIRouter,
    desk_of: Callable[[Request], SignOffDesk],
    csrf_of: Callable[[Request], str],
    page: Callable[..., Response],
) -> None:
    def checked(request: Request, form: Annotated[FormData, Depends(form_of)]) -> FormData:
        if not hmac.compare_digest(str(form.get("csrf", "")).encode(), csrf_of(request).encode()):
            raise HTTPException(403)
        return form

    @routes.post("/sign", response_class=HTMLResponse)
    def sign(request: Request, form: Annotated[FormData, Depends(checked)]) -> Response:
        desk = desk_of(request)
        try:
            entry = desk.sign(forms.answers(form), str(form.get("name", "")), str(form.get("passphrase", "")))
        except QuizbotError as refused:
            problems = refused.problems if isinstance(refused, Unsigned) else (_sentence(refused),)
            kept = {key: str(value) for key, value in form.items() if key != "passphrase"}
            return page(request, desk, 422, problems=problems, form=kept, confirmed=form.getlist("confirmed"))
        return _back("released" if entry.released else "declined")

    @routes.post("/cover", response_class=HTMLResponse)
    def cover(request: Request, form: Annotated[FormData, Depends(checked)]) -> Response:
        desk = desk_of(request)
        try:
            desk.cover(forms.picture(form), forms.boxes(form))
        except forms.BadForm as bad:
            return page(request, desk, 422, problems=(str(bad),))
        except QuizbotError as refused:
            return page(request, desk, 422, problems=(_sentence(refused),))
        return _back("covered")


def _add_pictures(routes: APIRouter, desk_of: Callable[[Request], SignOffDesk]) -> None:
    @routes.get("/picture/{number}")
    def picture(request: Request, number: int) -> Response:
        shown = _picture(desk_of(request).review(), number)
        return Response(shown.data, media_type="image/png" if shown.data[:4] == b"\x89PNG" else "image/jpeg")

    @routes.get("/contrast/{number}")
    def contrast(request: Request, number: int) -> Response:
        return Response(boosted(_picture(desk_of(request).review(), number).data), media_type="image/png")

    @routes.get("/finding/{number}")
    def finding(request: Request, number: int) -> Response:
        review = desk_of(request).review()
        found = review.findings.get(number)
        if found is None or found.finding.box is None:
            raise HTTPException(404)
        shown = _picture(review, found.picture).data if found.picture else _frame_of(review, found)
        return Response(enlarged(shown, found.finding.box), media_type="image/png")

    @routes.get("/style.css")
    def style() -> Response:
        return Response((HERE / "static" / "signoff.css").read_bytes(), media_type="text/css")


def _add_clip(routes: APIRouter, desk_of: Callable[[Request], SignOffDesk]) -> None:
    @routes.get("/clip")
    def clip(request: Request) -> Response:
        return ranged(request, in_memory(_clip(desk_of(request).review()).data), CLIP_MIME)

    @routes.get("/captions.vtt")
    def captions(request: Request) -> Response:
        return Response(as_webvtt(_clip(desk_of(request).review()).cues), media_type="text/vtt")

    @routes.get("/frame/{number}")
    def frame(request: Request, number: int) -> Response:
        frames = _clip(desk_of(request).review()).frames
        if not 0 <= number < len(frames):
            raise HTTPException(404)
        return Response(frames[number].jpeg, media_type="image/jpeg")


def _clip(review: Review) -> Clip:
    if review.clip is None:
        raise HTTPException(404)
    return review.clip


def _frame_of(review: Review, found: Numbered) -> bytes:
    """The frame that a finding was first seen in."""
    for frame in review.clip.frames if review.clip else ():
        if frame.seconds == found.seconds:
            return frame.jpeg
    raise HTTPException(404)


def _picture(review: Review, number: int) -> Picture:
    if number not in review.pictures:
        raise HTTPException(404)
    return review.pictures[number]


def _back(note: str) -> Response:
    return RedirectResponse(f"./?note={note}", 303)


def _sentence(error: QuizbotError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + "."
