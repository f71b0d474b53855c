"""The API as an ASGI application: bodies read within bounds, faults played, connections really cut."""

import asyncio
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from quizbot.platforms.sandbox import problems
from quizbot.platforms.sandbox.faults import Fault, Kind
from quizbot.platforms.sandbox.gateway import Gateway
from quizbot.platforms.sandbox.options import Dialect
from quizbot.platforms.sandbox.problems import Problem
from quizbot.platforms.sandbox.wire import Answer, Call
from quizbot.platforms.sandbox.world import World

_BODY_LIMIT = 8 * 1024 * 1024  # bytes; a 5 MB image in base64 is 6.7 million
_TITLES = {401: "Unauthorized", 402: "CreditsDepleted", 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable"}


class BodyTooLargeError(Exception):
    """A request's body passes the limit."""


class ApiApp:
    """Everything under ``/2/``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._gateway = Gateway(world)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            call = await _read_call(scope, receive)
        except BodyTooLargeError:
            await _plain(413, "text/plain", "Payload Too Large")(scope, receive, send)
            return
        except MultiPartException:
            await _plain(400, "text/plain", "The multipart body cannot be read")(scope, receive, send)
            return
        fault = self._world.faults.take(call.method, call.path)
        if fault is None:
            answer = await run_in_threadpool(self._gateway.answer, call)
            await _respond(answer)(scope, receive, send)
        else:
            await self._fail(fault, call, (scope, receive, send))

    async def _fail(self, fault: Fault, call: Call, channel: tuple[Scope, Receive, Send]) -> None:
        await asyncio.sleep(fault.delay)
        answer = None
        if fault.takes_effect:
            answer = await run_in_threadpool(self._gateway.answer, call)
        if fault.kind is Kind.DELAY and answer is not None:
            await _respond(answer)(*channel)
            return
        await run_in_threadpool(self._gateway.count_fault, call, fault.kind.value)
        if fault.kind in (Kind.CUT_BEFORE, Kind.CUT_AFTER):
            await _cut(channel)
            return
        headers = await run_in_threadpool(self._gateway.window_headers, call)
        await _faulty_response(fault, headers, self._world)(*channel)


def _faulty_response(fault: Fault, window: Mapping[str, str], world: World) -> Response:
    """What a fault sends instead of the answer."""
    if fault.kind is Kind.GARBAGE:
        return _plain(200, "application/json", fault.body, window)
    if fault.kind is Kind.RATE_LIMIT:
        return _problem(problems.TOO_MANY, world.options.dialect, _limit_headers(fault, window, world))
    if fault.html:
        return _plain(fault.status, "text/html", fault.page)
    return _problem(_status_problem(fault, world.bot_id), world.options.dialect, window)


def _problem(problem: Problem, dialect: Dialect, headers: Mapping[str, str]) -> Response:
    content_type, body = problems.body(problem, dialect)
    return _plain(problem.status, content_type, json.dumps(body), headers)


def _limit_headers(fault: Fault, window: Mapping[str, str], world: World) -> Mapping[str, str]:
    if fault.reset is None:
        return {}
    reset = str(int(world.now_ms() / 1000 + fault.reset))
    return {**window, "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}


def _status_problem(fault: Fault, account: int) -> Problem:
    title = fault.title or _TITLES.get(fault.status, "Internal Server Error")
    detail = fault.detail or title
    if title in ("CreditsDepleted", "SpendCapReached"):
        return Problem(fault.status, title, detail, "credits", more={"account_id": account})
    return Problem(fault.status, title, detail)


def _respond(answer: Answer) -> Response:
    return _plain(answer.status, answer.content_type, json.dumps(answer.body), answer.headers)


def _plain(status: int, content_type: str, text: str, headers: Mapping[str, str] | None = None) -> Response:
    every = {**(headers or {}), "content-type": f"{content_type}; charset=utf-8", "cache-control": "no-store"}
    return Response(text.encode(), status, headers=every)


async def _cut(channel: tuple[Scope, Receive, Send]) -> None:
    """End the connection without an answer, as a broken line does.

    The server's own object behind ``send`` holds the connection; under a server that is not uvicorn there is none, and
    an exception has to do.
    """
    _, receive, send = channel
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("a fault cuts the connection here")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read_call(scope: Scope, receive: Receive) -> Call:
    body = await read_body(receive, _BODY_LIMIT)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    path = scope["path"]
    raw_path = scope.get("raw_path") or path.encode()
    call = Call(
        method=scope["method"],
        path=path,
        url=f"{scope['scheme']}://{headers.get('host', '')}{raw_path.decode('latin-1')}",
        query_string=query,
        query=dict(parse_qsl(query, keep_blank_values=True)),
        headers=headers,
        body=body,
        form={},
    )
    return call if call.content_type != "multipart/form-data" else await _with_form(call, scope)


async def read_body(receive: Receive, limit: int) -> bytes:
    """A request's whole body.

    Raises:
        BodyTooLargeError: it has more than ``limit`` bytes.
    """
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise BodyTooLargeError
        more = message.get("more_body", False)
    return b"".join(parts)


async def _with_form(call: Call, scope: Scope) -> Call:
    async def replay() -> Message:
        return {"type": "http.request", "body": call.body, "more_body": False}

    fields: dict[str, bytes] = {}
    async with Request(scope, replay).form(max_files=4, max_fields=16) as form:
        for name, value in form.multi_items():
            fields[name] = await value.read() if isinstance(value, UploadFile) else value.encode()
    return Call(call.method, call.path, call.url, call.query_string, call.query, call.headers, body=b"", form=fields)
