"""The public pages: the current case, one round, the archive, the board. They only read."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from quizbot.rounds.board import counted_rounds, season_of
from quizbot.rounds.score import points
from quizbot.rounds.views import season_board
from quizbot.store.accounts import only_account
from quizbot.web.public import PublicRound, current_round, is_taken_back, public_picture, public_round, revealed_rounds
from quizbot.web.site import Site


def router(site: Site) -> APIRouter:
    """The pages that anybody may read."""
    routes = APIRouter()
    _add_pages(routes, site)
    _add_files(routes, site)
    return routes


def _add_pages(routes: APIRouter, site: Site) -> None:
    @routes.get("/", response_class=HTMLResponse)
    def today(request: Request) -> Response:
        who = site.account()
        shown = current_round(site.store, who) if who else None
        return site.page(request, "round.html" if shown else "empty.html", round=shown, here="today", points=points)

    @routes.get("/rounds/{round_id}", response_class=HTMLResponse)
    def one_round(request: Request, round_id: str) -> Response:
        return site.page(request, "round.html", round=_found(site, round_id), here="round", points=points)

    @routes.get("/archive", response_class=HTMLResponse)
    def archive(request: Request) -> Response:
        who = site.account()
        rounds = revealed_rounds(site.store, who) if who else []
        return site.page(request, "archive.html", rounds=rounds, here="archive")

    @routes.get("/board", response_class=HTMLResponse)
    def the_board(request: Request) -> Response:
        who, name = site.account(), season_of(site.clock.now(), site.season)
        count, lines = season_board(site.store, who, name) if who else (0, [])
        best = counted_rounds(count)
        return site.page(request, "board.html", season=name, count=count, best=best, lines=lines, here="board")


def _found(site: Site, round_id: str) -> PublicRound:
    account = site.account()
    found = public_round(site.store, account, round_id) if account else None
    if found is None:
        raise HTTPException(410 if account and is_taken_back(site.store, account, round_id) else 404)
    return found


def _add_files(routes: APIRouter, site: Site) -> None:
    @routes.get("/rounds/{round_id}/image/{number}")
    def picture(round_id: str, number: int) -> Response:
        found = public_picture(site.store, site.account() or "", round_id, number)
        if found is None:
            raise HTTPException(404)
        data, mime = found
        return Response(data, media_type=mime, headers={"Cache-Control": "public, max-age=3600"})

    @routes.get("/health", response_class=PlainTextResponse)
    def health() -> str:
        with site.store.read() as session:
            only_account(session)  # a session alone would not touch the database
        return "ok\n"
