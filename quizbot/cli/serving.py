"""Serving the pages, for `quizbot web` and for `run --web`. Loads the web server: imported only where it is wanted."""

import threading
from collections.abc import Callable
from functools import cache, partial

import uvicorn

from quizbot.cli.frame import progress
from quizbot.cli.wiring import account_of, make_memory, make_policy, sealer, vet
from quizbot.core.clock import SystemClock
from quizbot.core.errors import OutsideError
from quizbot.core.ports import listening_socket
from quizbot.platforms.x import XApp, XSignIn
from quizbot.rounds.calendar import parse_times
from quizbot.settings import Settings, is_loopback
from quizbot.store import Store
from quizbot.web import create_app
from quizbot.web.console.desk import PREFIX
from quizbot.web.console.office import Office
from quizbot.web.console.x_sign_in import CALLBACK as CONSOLE_CALLBACK
from quizbot.web.people import People
from quizbot.web.people.desk import CALLBACK
from quizbot.web.site import Facts


def pages_in_background(settings: Settings, store: Store) -> None:
    """Serve the pages from a thread of this process until it ends.

    Raises:
        OutsideError: the port is in use.
    """
    socket = listening_socket(settings.web_host, settings.web_port)
    server = _server(
        settings, store, socket.getsockname()[1]
    )  # in a thread uvicorn leaves the signals to whoever has them
    threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True, name="pages").start()
    progress.print(f"pages at {address(settings, socket.getsockname()[1])}")


def address(settings: Settings, port: int) -> str:
    """Where people find the pages."""
    return settings.public_url or f"http://{settings.web_host}:{port}/"


def _facts(settings: Settings) -> Facts:
    return Facts(
        public_url=settings.public_url.rstrip("/"),
        times=parse_times(settings.post_at, settings.zone, "QUIZBOT_POST_AT"),
        reveal_after=settings.reveal_after,
        keep_text_days=settings.keep_text_days,
        contact=settings.contact,
        joined_only=settings.joined_only,
    )


def _sign_in(settings: Settings, port: int) -> Callable[[str], XSignIn] | None:
    """Gives the sign-in with X that comes back to a page, where it is set up and cookies would not travel readable."""
    if settings.x_client_id is None or settings.x_client_secret is None:
        return None
    base = address(settings, port).rstrip("/")
    if not (base.startswith("https://") or is_loopback(base)):
        progress.print("sign-in is off: set QUIZBOT_PUBLIC_URL to the https address of the pages")
        return None
    app_of_x = XApp(
        settings.x_client_id.get_secret_value(),
        settings.x_client_secret.get_secret_value(),
        settings.x_authorize_url,
        settings.x_api_url,
        settings.x_timeout,
    )
    return lambda path: XSignIn(app_of_x, base + path)


def _people(settings: Settings, store: Store, x: XSignIn) -> People:
    memory = cache(lambda: make_memory(settings))
    return People(store, x, memory, SystemClock(), secure=settings.public_url.startswith("https://"))


def _server(settings: Settings, store: Store, port: int) -> uvicorn.Server:
    def account() -> str | None:
        try:
            return account_of(settings, store)
        except OutsideError:
            return None

    x_site = settings.x_api_url if is_loopback(settings.x_api_url) else "https://x.com/i"
    sign_in = _sign_in(settings, port)
    people = _people(settings, store, sign_in(CALLBACK)) if sign_in else None
    office = make_office(settings, sign_in(PREFIX + CONSOLE_CALLBACK) if sign_in else None)
    clock = settings.make_clock()
    pages = create_app(store, account, clock, settings.season, x_site, _facts(settings), office, people)
    return uvicorn.Server(
        uvicorn.Config(pages, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2)
    )


def make_office(settings: Settings, x: XSignIn | None = None) -> Office:
    """What the console needs besides the pages' own; with ``x``, people may sign in with X.

    Raises:
        UsageError: a time of the calendar is none.
    """
    return Office(
        policy=make_policy(settings),
        cases_dir=settings.cases_dir,
        seal=sealer(settings),
        vet=partial(vet, require_consent=settings.require_consent),
        zone=settings.zone,
        secure=settings.public_url.startswith("https://"),
        x=x,
    )
