"""The steps of a sign-in with X that this browser takes. Nothing is stored before X has said who it is.

A cookie holds a random secret for ten minutes; the state that X hands back and PKCE's verifier are made of it with the
installation's key, so that neither has to be kept, and what X sends back is good in this browser alone.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import quote, unquote

from fastapi import Request, Response

from quizbot.core.clock import Clock
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.protocol import User

_TIME_TO_SIGN_IN = timedelta(minutes=10)


class SignInWithX(Protocol):
    """What ``quizbot.platforms.x.XSignIn`` does."""

    def address(self, state: str, verifier: str) -> str:
        """X's page for one sign-in."""

    def who(self, code: str, verifier: str) -> User:
        """Whose yes a code is."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: X's page, and what this browser keeps until it comes back."""

    address: str
    cookie: str


class Handshake:
    """Sign-ins of one part of the pages.

    Args:
        x: sends people to X and learns who came back.
        cookie: the cookie's name, without prefix.
        clock: the machine's own.
        seal: gives the installation's key.
        secure: whether people come by https.
    """

    def __init__(
        self, x: SignInWithX, cookie: str, clock: Clock, seal: Callable[[], KeyedHash], *, secure: bool
    ) -> None:
        self._x = x
        self._name = cookie
        self._clock = clock
        self._seal = seal
        self._secure = secure

    def begin(self, note: str = "") -> Begun:
        """Begin a sign-in; ``note`` comes back with the browser, unchanged."""
        until = int((self._clock.now() + _TIME_TO_SIGN_IN).timestamp())
        cookie = f"{until}.{secrets.token_urlsafe(32)}.{quote(note, safe='')}"
        return Begun(self._x.address(self._made("state", cookie), self._made("verifier", cookie)), cookie)

    def keep(self, response: Response, begun: Begun) -> None:
        """Let this browser keep what it has begun."""
        age = int(_TIME_TO_SIGN_IN.total_seconds())
        response.set_cookie(self._cookie, begun.cookie, max_age=age, **self._flags())

    def is_begun(self, request: Request, state: str) -> bool:
        """Whether this very browser began the sign-in that a state is of, not too long ago."""
        cookie = request.cookies.get(self._cookie, "")
        until = cookie.partition(".")[0]
        if not (until.isascii() and until.isdecimal()) or int(until[:12]) < self._clock.now().timestamp():
            return False
        return hmac.compare_digest(self._made("state", cookie).encode(), state.encode())

    def note(self, request: Request) -> str:
        """What was noted when the sign-in began; true only where ``is_begun``."""
        return unquote(request.cookies.get(self._cookie, "").rpartition(".")[2])

    def who(self, request: Request, code: str) -> User:
        """Who came back.

        Raises:
            PlatformError: X refuses the code or cannot be reached.
        """
        return self._x.who(code, self._made("verifier", request.cookies.get(self._cookie, "")))

    def drop(self, response: Response) -> None:
        """Let this browser forget what it began: it is good once."""
        response.delete_cookie(self._cookie, **self._flags())

    @property
    def _cookie(self) -> str:
        return f"__Host-{self._name}" if self._secure else self._name

    def _flags(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._secure, "httponly": True, "samesite": "lax"}

    def _made(self, what: str, cookie: str) -> str:
        """A secret that only this installation can make of a cookie: 64 digits, as PKCE's verifiers may be."""
        return self._seal().of(f"{self._name}: {what}", cookie)
