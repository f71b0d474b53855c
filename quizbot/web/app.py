"""The ASGI application: the routers of the rooms of pages, their headers and their errors.

Nothing public tells an answer before the reveal: pages are built from ``PublicRound``, which holds an answer only once
its round is revealed, and addresses and file names are made of the round's random id.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.errors import OutsideError
from quizbot.store import Store
from quizbot.web import about_pages, archive_pages, board_pages, feeds, public_pages
from quizbot.web import people as own_pages
from quizbot.web.console import routes as console
from quizbot.web.console.desk import PREFIX
from quizbot.web.console.office import Office
from quizbot.web.headers import SafeHeaders
from quizbot.web.site import STATIC, Facts, Site

_MOST_BYTES = 1_000_000  # sent at once: more than any form of ours with every field filled


def create_app(
    store: Store,
    account: Callable[[], str | None],
    clock: Clock,
    season: str,
    x_site: str,
    facts: Facts | None = None,
    office: Office | None = None,
    people: own_pages.People | None = None,
) -> FastAPI:
    """The pages of one account; the arguments are those of ``Site``.

    ``office`` opens the console; ``people`` lets respondents sign in.
    """
    site = Site(store, account, clock, season, x_site, facts or Facts())
    app = FastAPI(title="quizbot", docs_url=None, redoc_url=None, openapi_url=None, max_body_size=_MOST_BYTES)
    app.add_middleware(SafeHeaders, secure=site.facts.public_url.startswith("https://"))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_errors(app, site)
    app.include_router(public_pages.router(site))
    app.include_router(archive_pages.router(site))
    app.include_router(board_pages.router(site))
    app.include_router(feeds.router(site))
    app.include_router(about_pages.router(site))
    if people is not None:
        app.include_router(own_pages.router(site, people))
    if office is not None:
        app.include_router(console.router(site, office))
    return app


def _add_errors(app: FastAPI, site: Site) -> None:
    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        response = site.page(request, "error.html", error.status_code, code=error.status_code)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:  # noqa: ARG001  # it may quote
        return site.page(request, "error.html", 422, code=422)

    @app.exception_handler(OutsideError)
    async def outside(request: Request, error: OutsideError) -> Response:  # noqa: ARG001  # the log has it
        of_console = f"{request.url.path}/".startswith(f"{PREFIX}/")  # for people who can have the machine looked at
        return site.page(request, "error.html", 503, code=503, of_console=of_console)
