"""Signing in to the console with X, for who is on the allow-list (``quizbot user link``). Never makes an account.

It opens the console, and no more: signing a case off and taking a round back ask for the passphrase in any case.
"""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from quizbot.core.errors import OutsideError
from quizbot.core.person import Person
from quizbot.platforms.protocol import User
from quizbot.store.accounts import bill
from quizbot.store.x_links import person_of_x
from quizbot.web.brake import EVERYBODY, sender
from quizbot.web.console.desk import PREFIX, Desk
from quizbot.web.console.login import let_in, login_page, note_refused, own_page
from quizbot.web.handshake import Handshake
from quizbot.web.people.desk import ALL_SIGN_INS, SIGN_INS

BEGIN = "/sign-in"
CALLBACK = "/sign-in/callback"
COOKIE = "quizbot_console_sign_in"
_WHY = {
    "stale": "This sign-in is over: it took longer than ten minutes, or began in another browser. Begin again.",
    "denied": "X was not allowed to say who you are. Nothing was stored.",
    "x": "X refused, or cannot be reached at the moment. Try again in a minute, or use your passphrase.",
    "unknown": "This account of X is on no list here. Sign in with your passphrase, or ask the operator.",
}


def router(desk: Desk) -> APIRouter:
    """The way to X and back; no routes where it is not set up."""
    routes = APIRouter(prefix=PREFIX)
    office = desk.office
    if office.x is None:
        return routes
    handshake = Handshake(office.x, COOKIE, office.clock, office.seal, secure=office.secure)

    def told(request: Request, status: int, why: str) -> Response:
        response = login_page(desk, request, status, problem=_WHY[why])
        handshake.drop(response)
        return response

    @routes.get(BEGIN)
    def begin(request: Request, to: str = "") -> Response:
        desk.brake.require(desk.account, "console sign-in with X", sender(request), SIGN_INS)
        begun = handshake.begin(own_page(to))
        response = RedirectResponse(begun.address, 303)
        handshake.keep(response, begun)
        return response

    @routes.get(CALLBACK, response_class=HTMLResponse)
    def finish(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
        if not handshake.is_begun(request, state):
            return told(request, 400, "stale")
        if error or not code:
            return told(request, 400, "denied")
        desk.brake.require(desk.account, "all console sign-ins with X", EVERYBODY, ALL_SIGN_INS)
        try:
            user = handshake.who(request, code)
        except OutsideError:
            return told(request, 502, "x")
        person = _whose(desk, user, office.clock.now())
        if person is None:
            note_refused(desk, "(an account of X that is on no list)")
            return told(request, 403, "unknown")
        response = _on(desk, request, own_page(handshake.note(request)))
        handshake.drop(response)
        let_in(desk, request, response, person, "with X")
        return response

    return routes


def _whose(desk: Desk, user: User, now: datetime) -> Person | None:
    """Whose account it is; the look-up at X is on the bill."""
    with desk.store.write() as session:
        if desk.account:
            bill(session, desk.account, now.date(), "user_read", 1)
        return person_of_x(session, user.id, user.handle, now)


def _on(desk: Desk, request: Request, page: str) -> Response:
    """A page that leads on by itself: a redirect would still come from X, and the strict cookie would stay away."""
    return desk.site.page(request, "signed_in.html", context={"nav": [], "page": page})
