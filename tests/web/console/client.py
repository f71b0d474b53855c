"""A browser without a screen: talks to the application in this process, keeps its cookies, sends a page's own forms."""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI

from tests.web.asgi import apart

FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Client:
    """Sends requests as one person does."""

    app: FastAPI
    address: str = "192.0.2.7"
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def send(self, method: str, target: str, fields: Any = None, headers: dict[str, str] | None = None) -> Answer:
        body = urlencode(fields, doseq=True).encode() if fields is not None else b""
        return self.send_raw(method, target, body, {"content-type": FORM} | (headers or {}))

    def send_raw(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = (self.app, method, target, body, self._headers(headers), self.address)
        answer = apart(lambda: _call(*given))
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, target: str) -> Answer:
        answer = self.send("GET", target)
        token = re.search(r'name="csrf" value="([^"]+)"', answer.text)
        self.csrf = token[1] if token else self.csrf
        return answer

    def post(self, target: str, **fields: Any) -> Answer:
        """With the token of the page last seen."""
        return self.send("POST", target, {"csrf": self.csrf} | fields)

    def sign_in(self, name: str, passphrase: str) -> Answer:
        answer = self.send("POST", "/console/login", {"name": name, "passphrase": passphrase})
        if answer.status == 303:
            self.get("/console")
        return answer

    def _headers(self, more: dict[str, str]) -> list[tuple[bytes, bytes]]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        given = {"host": "quiz.test"} | ({"cookie": jar} if jar else {}) | more
        return [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in given.items()]


async def _call(
    app: FastAPI, method: str, target: str, body: bytes, headers: list[tuple[bytes, bytes]], address: str
) -> Answer:
    parts = urlsplit(target)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": (address, 1),
        "server": ("quiz.test", 80),
    }
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(one for one in sent if one["type"] == "http.response.start")
    pairs = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
    whole = b"".join(one.get("body", b"") for one in sent if one["type"] == "http.response.body")
    return Answer(start["status"], dict(pairs), [value for name, value in pairs if name == "set-cookie"], whole)
