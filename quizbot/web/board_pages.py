"""The leaderboard, as a page and as a picture to be posted."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.rounds.board import counted_rounds, season_of
from quizbot.rounds.boards import ALL_TIME, Board, board, seasons
from quizbot.web.cards import board_card
from quizbot.web.paging import page_of
from quizbot.web.site import Site

A_PAGE = 50
ON_CARD = 10
_Name = Annotated[str, Query(max_length=10)]
_TEN_MINUTES = "public, max-age=600"


def router(site: Site) -> APIRouter:
    """The leaderboard."""
    routes = APIRouter()

    @routes.get("/board", response_class=HTMLResponse)
    def page_of_board(request: Request, season: _Name = "", page: int = 1) -> Response:
        name = _name(site, season)
        number, pages = page_of(page, _board(site, name, 0, 0).people, A_PAGE)
        shown = _board(site, name, (number - 1) * A_PAGE, A_PAGE)
        given: dict[str, object] = {
            "season": name,
            "count": shown.rounds,
            "best": counted_rounds(shown.rounds),
            "lines": shown.lines,
        }
        where: dict[str, object] = {"number": number, "pages": pages, "people": shown.people, "seasons": _seasons(site)}
        where |= {"running": season_of(site.clock.now(), site.season), "base": site.address(request, "")}
        return site.page(request, "board.html", context=given | where, here="board", all_time=ALL_TIME)

    @routes.get("/board.png")
    def picture(season: _Name = "") -> Response:
        name = _name(site, season)
        shown = _board(site, name, 0, ON_CARD)
        stamp = (shown.rounds, *((line.standing, line.handle) for line in shown.lines))
        card = site.memo.get(("board card", name), stamp, lambda: board_card(name, shown.lines, shown.rounds))
        return Response(card, media_type="image/png", headers={"Cache-Control": _TEN_MINUTES})

    return routes


def _name(site: Site, season: str) -> str:
    if season == ALL_TIME:
        return season
    return season.upper() or season_of(site.clock.now(), site.season)


def _board(site: Site, name: str, skip: int, most: int) -> Board:
    account = site.account()
    try:
        return board(site.store, account or "", name, joined_only=site.facts.joined_only, skip=skip, most=most)
    except ValueError:
        raise HTTPException(404) from None


def _seasons(site: Site) -> list[str]:
    account, now = site.account(), site.clock.now()
    return seasons(site.store, account, now, site.season) if account else [season_of(now, site.season)]
