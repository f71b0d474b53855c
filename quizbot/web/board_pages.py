"""The leaderboard, as a page and as a picture to be posted."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.rounds.board import counted_rounds, season_of
from quizbot.rounds.boards import (
    ALL_TIME,
    Board,
    BoardLine,
    board_lines,
    board_stamp,
    bounds_of,
    compute_board,
    seasons,
)
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
    def board(request: Request, season: _Name = "", page: int = 1) -> Response:
        name, shown = _board(site, season)
        number, pages = page_of(page, len(shown.standings), A_PAGE)
        lines = _lines(site, shown, (number - 1) * A_PAGE, A_PAGE)
        given: dict[str, object] = {
            "season": name,
            "count": shown.rounds,
            "best": counted_rounds(shown.rounds),
            "lines": lines,
        }
        where: dict[str, object] = {
            "number": number,
            "pages": pages,
            "people": len(shown.standings),
            "seasons": _seasons(site),
        }
        where |= {"running": season_of(site.clock.now(), site.season), "base": site.address(request, "")}
        return site.page(request, "board.html", context=given | where, here="board", all_time=ALL_TIME)

    @routes.get("/board.png")
    def picture(season: _Name = "") -> Response:
        name, shown = _board(site, season)
        lines = _lines(site, shown, 0, ON_CARD)
        stamp = tuple((line.standing, line.handle) for line in lines)
        card = site.memo.get(("board card", name), stamp, lambda: board_card(name, lines, shown.rounds))
        return Response(card, media_type="image/png", headers={"Cache-Control": _TEN_MINUTES})

    return routes


def _board(site: Site, season: str) -> tuple[str, Board]:
    name = season or season_of(site.clock.now(), site.season)
    account = site.account()
    try:
        bounds_of(name)
    except ValueError:
        raise HTTPException(404) from None
    if account is None:
        return name, Board(0, [])
    stamp = board_stamp(site.store, account, name)
    return name, site.memo.get(("board", account, name), stamp, lambda: compute_board(site.store, account, name))


def _lines(site: Site, shown: Board, start: int, count: int) -> list[BoardLine]:
    account = site.account()
    return board_lines(site.store, account, shown.standings[start : start + count]) if account else []


def _seasons(site: Site) -> list[str]:
    account = site.account()
    return seasons(site.store, account, site.clock.now(), site.season) if account else []
