"""The control endpoint over HTTP: JSON in and out, for programs on this machine only."""

import json
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from quizbot.core.errors import InputError
from quizbot.platforms.sandbox.asgi import BodyTooLargeError, read_body
from quizbot.platforms.sandbox.control import DEEDS, Deed
from quizbot.platforms.sandbox.world import World

PREFIX = "/_control"
_BODY_LIMIT = 256 * 1024  # bytes


def control_routes(world: World) -> list[BaseRoute]:
    """A route for each deed."""
    return [
        Route(f"{PREFIX}/{path}", _endpoint(world, deed), methods=[method]) for (method, path), deed in DEEDS.items()
    ]


def _endpoint(world: World, deed: Deed) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def endpoint(request: Request) -> JSONResponse:
        if not _is_local(request):
            return _error(403, "control: is open to this machine only")
        # A page of another site can send plain forms here, but JSON only with a permission that nobody gives it.
        if request.method == "POST" and request.headers.get("content-type", "").split(";")[0] != "application/json":
            return _error(415, "control: send application/json")
        try:
            record = await _record(request)
            return JSONResponse(await run_in_threadpool(deed, world, record))
        except InputError as error:
            return _error(422, str(error))
        except BodyTooLargeError:
            return _error(413, "control: the body is too large")

    return endpoint


async def _record(request: Request) -> dict[str, object]:
    """The body of a POST, the query of a GET."""
    if request.method != "POST":
        return dict(request.query_params)
    try:
        record = json.loads(await read_body(request.receive, _BODY_LIMIT))
    except (ValueError, RecursionError) as error:
        raise InputError("body", "is not JSON", "send an object") from error
    if not isinstance(record, dict):
        raise InputError("body", "is no object", "send one")
    return record


def _is_local(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
