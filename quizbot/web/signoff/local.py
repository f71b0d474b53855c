"""The page on this machine alone: a random port, a random word in the address, and an end.

What another site in the same browser could try is shut out: the name in the address (DNS rebinding), the form's token
and the sender (CSRF), a strict content policy (nothing but our own images and style), no caching, no frame.
"""

import hmac
import secrets
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.errors import QuizbotError
from quizbot.core.ports import listening_socket
from quizbot.web.signoff.desk import SignOffDesk
from quizbot.web.signoff.routes import router

HOST = "127.0.0.1"
IDLE = timedelta(minutes=30)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[Request], Awaitable[Response]]


class LocalPage:
    """The application, its address, and whether it is over."""

    def __init__(self, desk: SignOffDesk, port: int, clock: Clock) -> None:
        self.token = secrets.token_urlsafe(32)
        self.csrf = secrets.token_urlsafe(32)
        self.over = threading.Event()
        self.used_at: datetime = clock.now()
        self._clock = clock
        self._hosts = {f"{HOST}:{port}", f"localhost:{port}"}
        self.address = f"http://{HOST}:{port}/{self.token}/"
        self.app = self._application(desk)

    def idle(self) -> bool:
        """Whether nobody has looked at it for too long."""
        return self._clock.now() - self.used_at > IDLE

    def _application(self, desk: SignOffDesk) -> FastAPI:
        app = FastAPI(title="quizbot sign-off", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

        def desk_of(request: Request) -> SignOffDesk:
            self._require_token(request)
            return desk

        def csrf_of(request: Request) -> str:
            self._require_token(request)
            return self.csrf

        app.include_router(router(desk_of, csrf_of), prefix="/{token}")
        app.middleware("http")(self._guard)

        @app.post("/{token}/done", response_class=HTMLResponse)
        async def done(request: Request) -> Response:
            form = await request.form(max_files=0)
            if not hmac.compare_digest(str(form.get("csrf", "")).encode(), csrf_of(request).encode()):
                raise HTTPException(403)
            self.over.set()
            return PlainTextResponse("This page has ended. You may close the window.\n")

        @app.exception_handler(QuizbotError)
        async def unreadable(request: Request, error: QuizbotError) -> Response:  # noqa: ARG001  # Starlette passes it
            return PlainTextResponse(f"{error}\nMend it, then load this page again.\n", 409)

        return app

    def _require_token(self, request: Request) -> None:
        given = str(request.path_params.get("token", ""))
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise HTTPException(404)

    async def _guard(self, request: Request, call_next: Handler) -> Response:
        if not self._own(request):
            return PlainTextResponse("Not for you.\n", 403, headers=HEADERS)
        self.used_at = self._clock.now()
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response

    def _own(self, request: Request) -> bool:
        """Sent to this machine's own name, and, if it changes something, from a page of our own."""
        host = request.headers.get("host", "")
        if host not in self._hosts:
            return False
        if request.method in ("GET", "HEAD"):
            return True
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        return origin in (None, f"http://{host}") and site == "same-origin"


def serve(desk: SignOffDesk, clock: Clock, stop: threading.Event, announce: Callable[[str], None]) -> None:
    """Serve the page until it is done, nobody looks at it any more, or ``stop`` is set.

    Raises:
        OutsideError: no port is free.
    """
    socket = listening_socket(HOST, 0)
    page = LocalPage(desk, int(socket.getsockname()[1]), clock)
    # The address holds the token: it is logged nowhere.
    config = uvicorn.Config(
        page.app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True, name="sign-off")
    thread.start()
    announce(page.address)
    while not (page.over.wait(0.2) or stop.is_set() or page.idle()):
        pass
    server.should_exit = True
    thread.join(10)
