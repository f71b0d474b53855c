"""The ASGI application: the routers of the rooms of pages, their headers and their errors.

Nothing public tells an answer before the reveal: pages are built from ``PublicRound``, which holds an answer only once
its round is revealed, and addresses and file names are made of the round's random id.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.errors import OutsideError
from quizbot.store import Store
from quizbot.web import public_pages
from quizbot.web.headers import SafeHeaders
from quizbot.web.site import STATIC, Site


def create_app(
    store: Store, account: Callable[[], str | None], clock: Clock, season: str, x_site: str, public_url: str = ""
) -> FastAPI:
    """The pages of one account; the arguments are those of ``Site``."""
    site = Site(store, account, clock, season, x_site, public_url.rstrip("/"))
    app = FastAPI(title="quizbot", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SafeHeaders, secure=site.public_url.startswith("https://"))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_errors(app, site)
    app.include_router(public_pages.router(site))
    return app


def _add_errors(app: FastAPI, site: Site) -> None:
    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return site.page(request, "error.html", error.status_code, code=error.status_code)

    @app.exception_handler(OutsideError)
    async def outside(request: Request, error: OutsideError) -> Response:  # noqa: ARG001  # the log has it
        return site.page(request, "error.html", 503, code=503)
