"""What the own pages work with, and how a person signs in. Nothing is stored before X has said who it is."""

from collections.abc import Callable
from datetime import timedelta

from fastapi import Request, Response

from quizbot.core.clock import Clock
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.protocol import User
from quizbot.rounds.forget import Memory, people
from quizbot.store import Store
from quizbot.store.accounts import bill
from quizbot.store.sessions import Owner
from quizbot.store.tries import Limit
from quizbot.web.brake import EVERYBODY, Brake, sender
from quizbot.web.handshake import Begun, Handshake, SignInWithX
from quizbot.web.session import RESPONDENT, Sessions

CALLBACK = "/sign-in/callback"
SIGN_INS = Limit(20, timedelta(minutes=10))  # of one sender
ALL_SIGN_INS = Limit(300, timedelta(hours=1))  # of everybody: each costs the operator a user read
CODES = Limit(10, timedelta(hours=1))  # of cohorts, tried by one person
APPEALS = Limit(20, timedelta(hours=1))  # of one person


class People:
    """The own pages' means.

    Args:
        store: the database.
        x: sends people to X and learns who came back.
        memory: knows those again who asked to be forgotten, and has the installation's key.
        clock: the machine's own.
        secure: whether people come by https.
    """

    def __init__(
        self, store: Store, x: SignInWithX, memory: Callable[[], Memory], clock: Clock, *, secure: bool
    ) -> None:
        self.store = store
        self.memory = memory
        self.clock = clock
        self.sessions = Sessions(store, RESPONDENT, clock, self._seal, secure=secure)
        self.brake = Brake(store, clock, self._seal)
        self.handshake = Handshake(x, "quizbot_sign_in", clock, self._seal, secure=secure)

    def begin(self, request: Request, account: str) -> Begun:
        """Begin a sign-in.

        Raises:
            HTTPException: 429, too many were begun.
        """
        self.brake.require(account, "sign-in", sender(request), SIGN_INS)
        return self.handshake.begin()

    def finish(self, request: Request, account: str, code: str) -> User | None:
        """Who came back; None if they asked to be forgotten.

        Raises:
            HTTPException: 429, too many sign-ins.
            PlatformError: X refuses the code or cannot be reached.
        """
        self.brake.require(account, "all sign-ins", EVERYBODY, ALL_SIGN_INS)
        user = self.handshake.who(request, code)
        with self.store.write() as session:
            bill(session, account, self.clock.now().date(), "user_read", 1)
            return user if people(session, account, [user.id], self.memory()) else None

    def sign_in(self, response: Response, account: str, user: User) -> None:
        """Sign a person in."""
        self.sessions.begin(response, Owner(account, RESPONDENT.name, user.id), user.handle)

    def _seal(self) -> KeyedHash:
        return self.memory().keyed
