"""Today's case and one round, with their images. They only read."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from quizbot.deid import CLIP_MIME
from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.store.accounts import account_if_known, only_account
from quizbot.web.captions import webvtt
from quizbot.web.public import PublicRound
from quizbot.web.ranges import ranged
from quizbot.web.site import Site

_AN_HOUR = "public, max-age=3600"


def router(site: Site) -> APIRouter:
    """The pages of rounds, that anybody may read."""
    routes = APIRouter()
    _add_pages(routes, site)
    _add_files(routes, site)
    _add_clips(routes, site)
    return routes


def _add_pages(routes: APIRouter, site: Site) -> None:
    @routes.get("/", response_class=HTMLResponse)
    def today(request: Request, page: int = 1) -> Response:
        rounds = site.rounds()
        shown = rounds.current() if rounds else None
        told: dict[str, object] = {"here": "today", "paused": is_paused(site), "next_post": site.next_post()}
        if shown is None:
            return site.page(request, "empty.html", context=told)
        return _round_page(site, request, shown, page, told)

    @routes.get("/rounds/{round_id}", response_class=HTMLResponse)
    def one_round(request: Request, round_id: str, page: int = 1) -> Response:
        return _round_page(site, request, found(site, round_id), page, {"here": "round"})


def _round_page(site: Site, request: Request, shown: PublicRound, page: int, told: dict[str, object]) -> Response:
    rounds = site.rounds()
    people = rounds.people(shown.id, page) if rounds and shown.revealed else None
    left = shown.closes_at - site.clock.now() if shown.closes_at and not shown.closed else None
    share = site.address(request, f"/rounds/{shown.id}")
    return site.page(
        request, "round.html", context=told, round=shown, people=people, left=left, share=share, least=LEAST_PEOPLE
    )


def found(site: Site, round_id: str) -> PublicRound:
    """A round that may be shown.

    Raises:
        HTTPException: there is none, or it was taken back.
    """
    rounds = site.rounds()
    one = rounds.one(round_id) if rounds else None
    if one is None:
        raise HTTPException(410 if rounds and rounds.is_taken_back(round_id) else 404)
    return one


def is_paused(site: Site) -> bool:
    """Whether the bot posts nothing at the moment, by the operator's will or because it cannot."""
    account = site.account()
    with site.store.read() as session:
        row = account_if_known(session, account) if account else None
    return row is not None and (row.paused_at is not None or row.stopped_reason is not None)


def _add_files(routes: APIRouter, site: Site) -> None:
    @routes.get("/rounds/{round_id}/image/{number}")
    def picture(round_id: str, number: int) -> Response:
        rounds = site.rounds()
        shown = rounds.picture(round_id, number) if rounds else None
        if shown is None:
            raise HTTPException(404)
        data, mime, digest = shown
        return Response(data, media_type=mime, headers={"Cache-Control": _AN_HOUR, "ETag": f'"{digest[:32]}"'})

    @routes.get("/health", response_class=PlainTextResponse)
    def health() -> str:
        with site.store.read() as session:
            only_account(session)  # a session alone would not touch the database
        return "ok\n"


def _add_clips(routes: APIRouter, site: Site) -> None:
    @routes.get("/rounds/{round_id}/clip.mp4")
    def clip(request: Request, round_id: str) -> Response:
        rounds = site.rounds()
        shown = rounds.clip_file(round_id) if rounds else None
        if shown is None:
            raise HTTPException(404)
        file, digest = shown
        return ranged(request, file, CLIP_MIME, _kept_by(digest))

    @routes.get("/rounds/{round_id}/poster.jpg")
    def poster(round_id: str) -> Response:
        data, mime, headers = _beside_clip(site, round_id, "poster")
        return Response(data, media_type=mime, headers=headers)

    @routes.get("/rounds/{round_id}/captions.vtt")
    def captions(round_id: str) -> Response:
        data, _, headers = _beside_clip(site, round_id, "captions")
        return Response(webvtt(data), media_type="text/vtt", headers=headers)


def _kept_by(digest: str) -> dict[str, str]:
    return {"Cache-Control": _AN_HOUR, "ETag": f'"{digest[:32]}"'}


def _beside_clip(site: Site, round_id: str, part: str) -> tuple[bytes, str, dict[str, str]]:
    rounds = site.rounds()
    shown = rounds.beside_clip(round_id, part) if rounds else None
    if shown is None:
        raise HTTPException(404)
    data, mime, digest = shown
    return data, mime, _kept_by(digest)
