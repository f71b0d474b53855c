"""How much may be sent: forms are small, and nobody may fill the memory with one."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000  # more than any form of ours with every field filled


class _TooMuch(Exception):  # noqa: N818  # caught where it is raised
    """More was sent than was announced."""


class SmallBodies:
    """ASGI middleware that answers 413 to whoever sends more than ``MOST_BYTES``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, as long as it is small."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        left, begun = MOST_BYTES, False

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooMuch
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooMuch:
            if not begun:
                await PlainTextResponse("That is too much to send.\n", 413)(scope, receive, send)
