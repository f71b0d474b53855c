"""The sandbox as one ASGI application: the API under ``/2/``, the control endpoint, and the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from quizbot.core.clock import Clock
from quizbot.platforms.sandbox.asgi import ApiApp
from quizbot.platforms.sandbox.control_routes import control_routes
from quizbot.platforms.sandbox.options import SandboxOptions
from quizbot.platforms.sandbox.page.routes import page_routes
from quizbot.platforms.sandbox.world import World, open_world


class SandboxApp:
    """The application. ``world`` is its state, closed when the server shuts down."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._api = ApiApp(world)
        self._pages = Starlette(routes=[*control_routes(world), *page_routes(world)], lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        self.world.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the API or to the pages."""
        if scope["type"] == "http" and not _is_own_host(Request(scope).headers.get("host", "")):
            await PlainTextResponse("Wrong host: open this page by 127.0.0.1 or localhost.", 421)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/2/"):
            await self._api(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


def _is_own_host(host: str) -> bool:
    """Whether a browser came by this machine's address, and not by a foreign name that was pointed at it."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def create_app(state: Path | str, clock: Clock, options: SandboxOptions) -> SandboxApp:
    """Make the ASGI application.

    Args:
        state: the SQLite file; made if it is not there. ``:memory:`` for none.
        clock: the time of everything but the check of OAuth timestamps.
        options: how it behaves; handle, keys and credit matter to a new file only.

    Raises:
        OutsideError: the file cannot be used.
        UsageError: the keys are of another account than the file's bot.
    """
    return SandboxApp(open_world(state, clock, options))
