"""Asks an ASGI application without a network."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

_WORKER = ThreadPoolExecutor(1)
T = TypeVar("T")


def apart(call: Callable[[], Awaitable[T]]) -> T:
    """Run what a call returns, in a thread of its own: in this one, a browser's driver may keep a loop running."""

    async def awaited() -> T:
        return await call()

    return _WORKER.submit(lambda: asyncio.run(awaited())).result()


@dataclass
class Answer:
    """What came back; header names in lower case."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(app: Any, address: str, method: str = "GET", form: dict[str, str] | None = None, **headers: str) -> Answer:
    """One request; underscores in names of headers stand for hyphens."""
    parts, body, answer = urlsplit(address), urlencode(form or {}).encode(), Answer()
    sent = {"host": "quiz.example", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if form is not None:
        sent |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "server": ("quiz.example", 80),
        "client": ("192.0.2.1", 1),
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
    }

    received = iter([body])

    async def receive() -> dict[str, Any]:
        if next(received, None) is None:
            await asyncio.Event().wait()  # a reader who stays until the answer is there
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    apart(lambda: app(scope, receive, send))
    return answer
