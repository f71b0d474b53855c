"""What the own pages work with, and the steps of a sign-in. Nothing is stored before X has said who it is."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from quizbot.core.clock import Clock
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.protocol import User
from quizbot.platforms.x import XSignIn
from quizbot.rounds.forget import Memory, people
from quizbot.store import Store
from quizbot.store.accounts import bill
from quizbot.store.sessions import Owner
from quizbot.store.tries import Limit
from quizbot.web.brake import EVERYBODY, Brake, sender
from quizbot.web.session import RESPONDENT, Sessions

CALLBACK = "/sign-in/callback"
_TIME_TO_SIGN_IN = timedelta(minutes=10)
_SIGN_INS = Limit(20, timedelta(minutes=10))  # of one sender
_ALL_SIGN_INS = Limit(300, timedelta(hours=1))  # of everybody: each costs the operator a user read
CODES = Limit(10, timedelta(hours=1))  # of cohorts, tried by one person
APPEALS = Limit(20, timedelta(hours=1))  # of one person


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: X's page, and what this browser keeps until it comes back."""

    address: str
    cookie: str


class People:
    """The own pages' means.

    Args:
        store: the database.
        x: sends people to X and learns who came back.
        memory: knows those again who asked to be forgotten, and has the installation's key.
        clock: the machine's own.
        secure: whether people come by https.
    """

    def __init__(self, store: Store, x: XSignIn, memory: Callable[[], Memory], clock: Clock, *, secure: bool) -> None:
        self.store = store
        self.memory = memory
        self.clock = clock
        self.sessions = Sessions(store, RESPONDENT, clock, self._seal, secure=secure)
        self.brake = Brake(store, clock, self._seal)
        self._x = x
        self._secure = secure

    def begin(self, request: Request, account: str) -> Begun:
        """Begin a sign-in.

        Raises:
            HTTPException: 429, too many were begun.
        """
        self.brake.require(account, "sign-in", sender(request), _SIGN_INS)
        until = int((self.clock.now() + _TIME_TO_SIGN_IN).timestamp())
        cookie = f"{until}.{secrets.token_urlsafe(32)}"
        return Begun(self._x.address(self._made("state", cookie), self._made("verifier", cookie)), cookie)

    def keep(self, response: Response, begun: Begun) -> None:
        """Let this browser keep what it has begun."""
        age = int(_TIME_TO_SIGN_IN.total_seconds())
        response.set_cookie(self._cookie, begun.cookie, max_age=age, **self._flags())

    def is_begun(self, request: Request, state: str) -> bool:
        """Whether this very browser began the sign-in that a state is of, not too long ago."""
        cookie = request.cookies.get(self._cookie, "")
        until = cookie.partition(".")[0]
        if not (until.isascii() and until.isdecimal()) or int(until[:12]) < self.clock.now().timestamp():
            return False
        return hmac.compare_digest(self._made("state", cookie).encode(), state.encode())

    def finish(self, request: Request, account: str, code: str) -> User | None:
        """Who came back; None if they asked to be forgotten.

        Raises:
            HTTPException: 429, too many sign-ins.
            PlatformError: X refuses the code or cannot be reached.
        """
        self.brake.require(account, "all sign-ins", EVERYBODY, _ALL_SIGN_INS)
        user = self._x.who(code, self._made("verifier", request.cookies.get(self._cookie, "")))
        with self.store.write() as session:
            bill(session, account, self.clock.now().date(), "user_read", 1)
            return user if people(session, account, [user.id], self.memory()) else None

    def sign_in(self, response: Response, account: str, user: User) -> None:
        """Sign a person in."""
        self.sessions.begin(response, Owner(account, RESPONDENT.name, user.id), user.handle)

    def drop(self, response: Response) -> None:
        """Let this browser forget what it began: it is good once."""
        response.delete_cookie(self._cookie, **self._flags())

    @property
    def _cookie(self) -> str:
        return "__Host-quizbot_sign_in" if self._secure else "quizbot_sign_in"

    def _flags(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._secure, "httponly": True, "samesite": "lax"}

    def _made(self, what: str, cookie: str) -> str:
        """A secret that only this installation can make of a cookie: 64 digits, as PKCE's verifiers may be."""
        return self._seal().of(f"sign-in: {what}", cookie)

    def _seal(self) -> KeyedHash:
        return self.memory().keyed
