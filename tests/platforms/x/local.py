"""Small HTTP servers on this machine: one that answers as told and keeps the requests, one that misbehaves."""

import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from quizbot.platforms.x import Dialect, XPlatform
from tests.platforms.x.samples import KEYS


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """An answer to give: ``body`` goes out as JSON unless it is bytes."""

    body: object = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answerer = Callable[[Asked], Reply]


class LocalServer:
    """Answers each request by a function and keeps it in ``asked``."""

    def __init__(self, answer: Answerer) -> None:
        self.asked: list[Asked] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
                outer.asked.append(request)
                reply = answer(request)
                self.send_response(reply.status)
                headers = {"Content-Type": "application/json"} | reply.headers
                for name, value in (headers | {"Content-Length": str(len(reply.bytes))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.bytes)

            do_GET = do_POST = do_DELETE = handle_any  # noqa: N815  # the names http.server looks for

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's signature
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "LocalServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass
class Told:
    """What the callbacks of a platform were told."""

    dialects: list[Dialect] = field(default_factory=list)
    billed: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def platform_for(
    url: str, *, timeout: float = 5, dialect: Dialect = Dialect.POST, told: Told | None = None
) -> Iterator[XPlatform]:
    """A platform that talks to this URL, closed in the end."""
    told = told or Told()
    with XPlatform(
        KEYS, url, timeout, dialect, told.dialects.append, lambda kind, count: told.billed.append((kind, count))
    ) as platform:
        yield platform


@contextmanager
def serving(
    *replies: Reply | object, dialect: Dialect = Dialect.POST, told: Told | None = None, answer: Answerer | None = None
) -> Iterator[tuple[LocalServer, XPlatform]]:
    """A server that gives these answers one after another (or by a function), and a platform that talks to it."""
    queue: Iterable[Reply] = iter([r if isinstance(r, Reply) else Reply(r) for r in replies])
    with (
        LocalServer(answer or (lambda _asked: next(queue, Reply({"detail": "no more answers"}, 500)))) as server,  # type: ignore[call-overload]
        platform_for(server.url, dialect=dialect, told=told) as platform,
    ):
        yield server, platform


@contextmanager
def rude_server(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that reads a request's head and then does what ``behave`` does with the connection.

    ``behave`` gets the connection and an event that is set when the test is over; what it leaves open is closed.
    """
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(65536)
                    behave(connection, over)
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def head(*lines: str) -> bytes:
    """An answer's head with these header lines."""
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: application/json", *lines, "", "")).encode()
