"""The public pages: the current case, revealed cases, the board. Read-only.

Nothing here tells an answer before the reveal: pages are built from ``PublicRound``, which holds an answer only once
its round is revealed, and addresses and file names are made of the round's random id.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.errors import OutsideError
from quizbot.rounds.board import counted_rounds, season_of
from quizbot.rounds.score import points
from quizbot.rounds.views import season_board
from quizbot.store import Store
from quizbot.store.accounts import only_account
from quizbot.web.public import PublicRound, current_round, is_taken_back, public_picture, public_round, revealed_rounds

_HERE = Path(__file__).parent
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Handler = Callable[[Request], Awaitable[Response]]


def create_app(store: Store, account: Callable[[], str | None], clock: Clock, season: str, x_site: str) -> FastAPI:
    """The pages of one account.

    Args:
        store: the database.
        account: gives the account shown; None while no bot has run yet.
        clock: for the time left and the running season.
        season: the length of a season, ``quarter`` or ``year``.
        x_site: where posts are shown, as ``{x_site}/status/{id}``.
    """
    app = FastAPI(title="quizbot", docs_url=None, redoc_url=None, openapi_url=None)
    templates = Jinja2Templates(directory=_HERE / "templates")
    templates.env.globals |= {"points": points, "counted_rounds": counted_rounds, "x_site": x_site}
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")

    def page(request: Request, name: str, status: int = 200, **context: object) -> Response:
        return templates.TemplateResponse(request, name, {"now": clock.now(), **context}, status_code=status)

    _add_headers(app)
    _add_errors(app, page)
    _add_files(app, store, account)

    @app.get("/", response_class=HTMLResponse)
    def today(request: Request) -> Response:
        who = account()
        shown = current_round(store, who) if who else None
        return page(request, "round.html" if shown else "empty.html", round=shown, here="today")

    @app.get("/rounds/{round_id}", response_class=HTMLResponse)
    def one_round(request: Request, round_id: str) -> Response:
        return page(request, "round.html", round=_found(store, account(), round_id), here="round")

    @app.get("/archive", response_class=HTMLResponse)
    def archive(request: Request) -> Response:
        who = account()
        return page(request, "archive.html", rounds=revealed_rounds(store, who) if who else [], here="archive")

    @app.get("/board", response_class=HTMLResponse)
    def the_board(request: Request) -> Response:
        who, name = account(), season_of(clock.now(), season)
        count, lines = season_board(store, who, name) if who else (0, [])
        return page(request, "board.html", season=name, count=count, lines=lines, here="board")

    return app


def _found(store: Store, account: str | None, round_id: str) -> PublicRound:
    found = public_round(store, account, round_id) if account else None
    if found is None:
        raise HTTPException(410 if account and is_taken_back(store, account, round_id) else 404)
    return found


def _add_files(app: FastAPI, store: Store, account: Callable[[], str | None]) -> None:
    @app.get("/rounds/{round_id}/image/{number}")
    def picture(round_id: str, number: int) -> Response:
        found = public_picture(store, account() or "", round_id, number)
        if found is None:
            raise HTTPException(404)
        data, mime = found
        return Response(data, media_type=mime, headers={"Cache-Control": "public, max-age=3600"})

    @app.get("/health", response_class=PlainTextResponse)
    def health() -> str:
        with store.read() as session:
            only_account(session)  # a session alone would not touch the database
        return "ok\n"


def _add_headers(app: FastAPI) -> None:
    @app.middleware("http")
    async def headers(request: Request, call_next: Handler) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response


def _add_errors(app: FastAPI, page: Callable[..., Response]) -> None:
    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return page(request, "error.html", error.status_code, code=error.status_code, here="")

    @app.exception_handler(OutsideError)
    async def outside(request: Request, error: OutsideError) -> Response:  # noqa: ARG001  # the log has it
        return page(request, "error.html", 503, code=503, here="")
