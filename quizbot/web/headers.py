"""The headers of every answer: what a browser may do with a page, and how long it may keep it.

Pages are kept but asked after each time: an ETag made of their bytes answers an unchanged one with 304. An answer that
says by itself how it may be kept is left alone; one that sets a cookie, or is somebody's own, is never kept.
"""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_SHOWN_ALONE = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
PICTURE = {"Content-Security-Policy": _SHOWN_ALONE}
"""Of a picture or clip that is opened by itself: the browser makes a page of it, with a style of its own."""
_KEPT_LONGEST = "public, max-age=31536000, immutable"
_ASKED_AFTER = "no-cache"
_ERROR = 400  # statuses from here on are errors
_PRIVATE = ("/console", "/you", "/sign-in", "/sign-out", "/cohorts")  # what is somebody's own is kept nowhere


class SafeHeaders:
    """ASGI middleware; it holds an answer back until it is whole, so nothing here may stream without end."""

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:  # noqa: FBT001, FBT002  # Starlette passes it by name
        self.app = app
        self.more = {"Strict-Transport-Security": "max-age=31536000"} if secure else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and what comes back, with headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                headers = MutableHeaders(raw=start["headers"])
                picture = PICTURE if headers.get("content-type", "").startswith(("image/", "video/")) else {}
                for name, value in (HEADERS | picture | self.more).items():
                    headers.setdefault(name, value)
                _say_how_long(headers, scope, start["status"])
                if _unchanged(headers, scope, start["status"], bytes(body)):
                    start["status"] = 304
                    body.clear()
                    del headers["content-length"]
                await send(start)
                await send({"type": "http.response.body", "body": bytes(body)})

        await self.app(scope, receive, hold)


def _say_how_long(headers: MutableHeaders, scope: Scope, status: int) -> None:
    if "cache-control" in headers:
        return
    private = scope["path"].startswith(_PRIVATE)
    if private or status >= _ERROR or scope["method"] not in ("GET", "HEAD") or "set-cookie" in headers:
        headers["Cache-Control"] = "no-store"
    elif scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v="):
        headers["Cache-Control"] = _KEPT_LONGEST
    else:
        headers["Cache-Control"] = _ASKED_AFTER


def _unchanged(headers: MutableHeaders, scope: Scope, status: int, body: bytes) -> bool:
    """Whether the reader has these very bytes; gives them their ETag by the way."""
    if status != 200 or scope["method"] != "GET" or "no-store" in headers["cache-control"]:  # noqa: PLR2004  # of HTTP
        return False
    tag = headers.setdefault("ETag", f'"{sha256(body).hexdigest()[:32]}"')
    wanted = Headers(scope=scope).get("if-none-match", "")
    return tag in [one.strip().removeprefix("W/") for one in wanted.split(",")] or wanted.strip() == "*"
