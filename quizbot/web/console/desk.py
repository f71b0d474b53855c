"""What every page of the console works with: who is signed in, whether they may, and the log of what they do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from quizbot.core.person import Person
from quizbot.desk.shelf import Checked
from quizbot.rounds.bot import Bot
from quizbot.store.audit import Action, note
from quizbot.store.people import person_named
from quizbot.store.tries import Limit
from quizbot.web.brake import Brake
from quizbot.web.console.office import Office
from quizbot.web.console.rights import Right, may, rights_of
from quizbot.web.session import CONSOLE, SAFE, Sessions, Visitor, form_of, require_own_form
from quizbot.web.site import Site

PREFIX = "/console"
_NAV = (
    (Right.ENTER, "home", "", "Overview"),
    (Right.RULE, "review", "/review", "Review"),
    (Right.READ_CASES, "cases", "/cases", "Cases"),
    (Right.SEE_CALENDAR, "calendar", "/calendar", "Calendar"),
    (Right.SEE_ROUNDS, "rounds", "/rounds", "Rounds"),
    (Right.ANALYSE, "items", "/items", "Items"),
    (Right.LEAD_COHORTS, "cohorts", "/cohorts", "Cohorts"),
    (Right.CLEAR_NAMES, "names", "/names", "Names"),
    (Right.SEE_MONEY, "money", "/money", "Money"),
    (Right.READ_LOG, "log", "/log", "Log"),
)
FORMS = Limit(1200, timedelta(minutes=10))  # of a person: four hands on a queue send fewer


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in to the console."""

    person: Person
    visitor: Visitor

    @property
    def name(self) -> str:
        """What they are called in records."""
        return self.person.name

    def may(self, right: Right | str) -> bool:
        """Whether they may do something."""
        return may(self.person, Right(right))


class Desk:
    """The console of one site.

    Args:
        site: what all pages share.
        office: what the console needs besides.
    """

    def __init__(self, site: Site, office: Office) -> None:
        self.site = site.with_templates(Path(__file__).parent / "templates")
        self.office = office
        self.store = site.store
        self.sessions = Sessions(site.store, CONSOLE, office.clock, office.seal, secure=office.secure)
        self.brake = Brake(site.store, office.clock, office.seal)
        self.checked = Checked(office.policy.require_consent)
        self._bot: Bot | None = None

    @property
    def account(self) -> str:
        """The account that the console is about; empty while no bot has run."""
        return self.site.account() or ""

    def now(self) -> datetime:
        """The present instant of the bot's clock."""
        return self.site.clock.now()

    def onlooker(self) -> Bot:
        """A bot that only looks; it remembers what it has read of the case folders."""
        if self._bot is None or self._bot.account != self.account:
            self._bot = self.office.onlooker(self.store, self.account, self.site.clock)
        return self._bot

    def area(self, right: Right, prefix: str = "") -> APIRouter:
        """An empty router for what needs a right: nobody without it gets past, and no form from elsewhere."""
        return APIRouter(prefix=PREFIX + prefix, dependencies=[Depends(self.gate(right))])

    def gate(self, right: Right) -> Callable[..., None]:
        """A dependency that lets a request pass only if its sender may; carries its right, for the tests."""

        def gate(request: Request, form: Annotated[FormData, Depends(form_of)]) -> None:
            refuse_nul(request, form)
            staff = self._signed_in(request)
            if not staff.may(right):
                raise HTTPException(403)
            if request.method not in SAFE:
                require_own_form(request, staff.visitor, form)
                self.brake.require(self.account, "console form", staff.name, FORMS)
            request.state.staff = staff

        gate.right = right  # type: ignore[attr-defined]  # read by the test that walks the routes
        return gate

    def staff(self, request: Request) -> Staff | None:
        """Who sent a request; None if nobody is signed in whose account is still open."""
        visitor = self.sessions.visitor(request)
        if visitor is None:
            return None
        with self.store.read() as session:
            person = person_named(session, visitor.subject)
        return None if person is None else Staff(person, visitor)

    def _signed_in(self, request: Request) -> Staff:
        staff = self.staff(request)
        if staff is not None:
            return staff
        if request.method not in SAFE:
            raise HTTPException(401)
        raise HTTPException(303, headers={"Location": f"{PREFIX}/login?next={quote(request.url.path)}"})

    def page(self, request: Request, name: str, status: int = 200, **context: object) -> Response:
        """A page for whoever sent the request."""
        staff = staff_of(request)
        rights = rights_of(staff.person)
        nav = [(key, PREFIX + path, text) for right, key, path, text in _NAV if right in rights]
        given = {"staff": staff, "csrf": staff.visitor.csrf, "nav": nav, "zone": self.office.zone, **context}
        return self.site.page(request, name, status, given)

    def note(self, request: Request, action: Action, about: str = "", detail: str = "") -> None:
        """Write an act of the sender's into the log."""
        with self.store.write() as session:
            note(session, self.account, self.now(), staff_of(request).name, action, about, detail)


def refuse_nul(request: Request, form: FormData) -> None:
    """Nobody types a NUL, and PostgreSQL stores none.

    Raises:
        HTTPException: 400, there is one.
    """
    named = (*request.path_params.values(), *request.query_params.values())
    sent = (value for _, value in form.multi_items())
    if any("\0" in str(one) for one in (*named, *sent)):
        raise HTTPException(400)


def staff_of(request: Request) -> Staff:
    """Who sent a request that has passed a gate."""
    staff = request.state.staff
    assert isinstance(staff, Staff)  # noqa: S101  # the gate has put it there
    return staff


def back(path: str, note: str = "") -> Response:
    """To a page of the console, after something was done; ``note`` says what, as a key of that page."""
    mark = "&" if "?" in path else "?"
    return RedirectResponse(f"{PREFIX}{path}{mark}note={quote(note)}" if note else PREFIX + path, 303)
