"""Who is signed in: cookies, sessions, form tokens. For respondents and for the console alike.

A cookie holds 256 random bits and nothing else; the database holds a keyed hash of them, so that neither the database
nor a backup of it opens a session. Forms carry a token made from the cookie (CSRF), and a browser that says where a
form came from must say it came from here. Cookies are HttpOnly and SameSite; where people come by https they are
Secure and have the prefix ``__Host-``, which no other host can set.

    sessions = Sessions(store, CONSOLE, SystemClock(), seal, secure=True)
    sessions.begin(response, Owner(INSTALLATION, CONSOLE.name, "ann"), "ann")   # after the passphrase
    visitor = sessions.visitor(request)                                         # None: not signed in
    require_own_form(request, visitor, form)                                    # before anything is changed
    sessions.end(request, response)
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from fastapi import Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.keyed import KeyedHash
from quizbot.store import Store
from quizbot.store.sessions import Owner, begin, end, end_all, find, is_stale, note_use

FIELD = "csrf"
"""The form field that carries the token."""
SAFE = ("GET", "HEAD")
"""Methods that change nothing."""
_MOST_FIELDS = 2000  # of a form: a queue that is ruled on at once sends five for each phrase
_SHOWN_LIMIT = 100  # characters of what a person is called


@dataclass(frozen=True, slots=True)
class Realm:
    """A part of the pages with a sign-in of its own.

    Attributes:
        name: as the database has it.
        cookie: the cookie's name, without prefix.
        idle: a session ends when it was not used for so long.
        longest: and after so long in any case.
        same_site: ``strict`` where nobody comes in from another site, as from X's sign-in.
    """

    name: str
    cookie: str
    idle: timedelta
    longest: timedelta
    same_site: Literal["lax", "strict"]


RESPONDENT = Realm("respondent", "quizbot_you", timedelta(days=2), timedelta(days=14), "lax")
CONSOLE = Realm("console", "quizbot_console", timedelta(minutes=30), timedelta(hours=12), "strict")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in.

    Attributes:
        owner: account, realm and person.
        label: what they are called on the page.
        csrf: what each of their forms carries.
        hashed: of their cookie, as the database has it.
    """

    owner: Owner
    label: str
    csrf: str = field(repr=False)
    hashed: str = field(repr=False)

    @property
    def subject(self) -> str:
        """The user id of X, or the account's name."""
        return self.owner.subject


class Sessions:
    """The sessions of one realm.

    Args:
        store: the database.
        realm: which.
        clock: the machine's own: how long a session lasts does not depend on compressed time.
        seal: gives the installation's key.
        secure: whether people come by https.
    """

    def __init__(
        self, store: Store, realm: Realm, clock: Clock, seal: Callable[[], KeyedHash], *, secure: bool
    ) -> None:
        self._store = store
        self._clock = clock
        self._seal = seal
        self._secure = secure
        self.realm = realm

    @property
    def cookie(self) -> str:
        """The cookie's whole name."""
        return f"__Host-{self.realm.cookie}" if self._secure else self.realm.cookie

    def begin(self, response: Response, owner: Owner, label: str) -> None:
        """Sign somebody in: always with a new cookie, so that one known before opens nothing."""
        token = secrets.token_urlsafe(32)
        with self._store.write() as session:
            begin(session, self._hash(token), owner, label[:_SHOWN_LIMIT], self._clock.now(), self.realm.longest)
        response.set_cookie(self.cookie, token, max_age=int(self.realm.longest.total_seconds()), **self._flags())

    def visitor(self, request: Request) -> Visitor | None:
        """Who sent a request; None if nobody is signed in, or no longer."""
        token = request.cookies.get(self.cookie, "")
        if not token:
            return None
        hashed, now = self._hash(token), self._clock.now()
        with self._store.read() as session:
            row = find(session, hashed, self.realm.name, now, self.realm.idle)
        if row is None:
            return None
        if is_stale(row, now):
            with self._store.write() as session:
                note_use(session, hashed, now)
        owner = Owner(row.account, row.realm, row.subject)
        return Visitor(owner, row.label, self._seal().of("form", token), hashed)

    def end(self, request: Request, response: Response) -> None:
        """Sign out this browser."""
        with self._store.write() as session:
            end(session, self._hash(request.cookies.get(self.cookie, "")))
        self.drop_cookie(response)

    def end_all(self, owner: Owner) -> None:
        """Sign a person out everywhere."""
        with self._store.write() as session:
            end_all(session, owner)

    def drop_cookie(self, response: Response) -> None:
        """Let the browser forget its cookie."""
        response.delete_cookie(self.cookie, **self._flags())

    def _flags(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._secure, "httponly": True, "samesite": self.realm.same_site}

    def _hash(self, token: str) -> str:
        return self._seal().of("session", token)


async def form_of(request: Request) -> FormData:
    """What was sent, read before the route runs in its thread; nothing of a request that only asks. No files."""
    return FormData() if request.method in SAFE else await request.form(max_files=0, max_fields=_MOST_FIELDS)


def require_own_form(request: Request, visitor: Visitor, form: FormData | Mapping[str, object]) -> None:
    """Make sure that a form was sent by this person from a page of ours.

    Raises:
        HTTPException: 403, it was not.
    """
    given = str(form.get(FIELD, ""))
    if not hmac.compare_digest(given.encode(), visitor.csrf.encode()) or not from_here(request):
        raise HTTPException(403)


def from_here(request: Request) -> bool:
    """Whether a browser that says where a request comes from (Fetch Metadata) says that it comes from here."""
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
