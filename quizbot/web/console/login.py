"""Signing in and out, by the accounts of ``quizbot user``.

Guessing is slowed twice: an account that fails waits longer each time (``store.people.authenticate``), and an address
has so many tries in ten minutes, whatever names it gives. Hashing takes 64 MiB and some tenths of a second; two at a
time are enough for everybody, and too few to fill the machine's memory.
"""

import threading
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from quizbot.core.person import Person
from quizbot.store.audit import Action, note
from quizbot.store.people import NotAuthenticated, authenticate, console_owner, people, person_named
from quizbot.store.tries import Limit
from quizbot.web.brake import sender
from quizbot.web.console.desk import PREFIX, Desk, back, refuse_nul
from quizbot.web.console.rights import Right
from quizbot.web.session import form_of, from_here

TRIES = Limit(20, timedelta(minutes=10))  # of an address
_WHAT = "console sign-in"
_HASHING = threading.BoundedSemaphore(2)


def router(desk: Desk) -> APIRouter:
    """The pages that need no sign-in."""
    routes = APIRouter(prefix=PREFIX)

    @routes.get("/login", response_class=HTMLResponse)
    def login(request: Request) -> Response:
        return back("") if desk.staff(request) else login_page(desk, request)

    @routes.post("/login", response_class=HTMLResponse)
    def sign_in(
        request: Request,
        form_sent: Annotated[FormData, Depends(form_of)],
        name: Annotated[str, Form()] = "",
        passphrase: Annotated[str, Form()] = "",
        next_page: Annotated[str, Form(alias="next")] = "",
    ) -> Response:
        refuse_nul(request, form_sent)
        if not from_here(request):
            raise HTTPException(403)
        desk.brake.require(desk.account, _WHAT, sender(request), TRIES)
        try:
            person = _authenticated(desk, name, passphrase)
        except NotAuthenticated as refused:
            note_refused(desk, _known(desk, name))
            problem = f"{refused.what}; {refused.todo}.".capitalize()
            return login_page(desk, request, 422, problem=problem, typed=name[:60], next=next_page)
        desk.brake.release(desk.account, _WHAT, sender(request))
        response = RedirectResponse(own_page(next_page), 303)
        let_in(desk, request, response, person)
        return response

    out = desk.area(Right.ENTER)

    @out.post("/logout")
    def sign_out(request: Request) -> Response:
        desk.note(request, Action.SIGNED_OUT)
        response = back("/login")
        desk.sessions.end(request, response)
        return response

    routes_and_out = APIRouter()
    routes_and_out.include_router(routes)
    routes_and_out.include_router(out)
    return routes_and_out


def _authenticated(desk: Desk, name: str, passphrase: str) -> Person:
    with _HASHING:
        return authenticate(desk.store, name, passphrase, desk.office.clock.now())


def login_page(desk: Desk, request: Request, status: int = 200, **more: object) -> Response:
    """The page on which one signs in; ``problem`` says why one is not."""
    wanted = request.query_params.get("next", "")
    given = {"nav": [], "problem": "", "typed": "", "next": wanted, "anybody": _has_people(desk)}
    return desk.site.page(request, "login.html", status, given | {"with_x": desk.office.x is not None} | more)


def let_in(desk: Desk, request: Request, response: Response, person: Person, how: str = "") -> None:
    """Begin a session, in the place of one that this browser had."""
    with desk.store.write() as session:
        note(session, desk.account, desk.now(), person.name, Action.SIGNED_IN, detail=how)
    if desk.staff(request):
        desk.sessions.end(request, response)
    desk.sessions.begin(response, console_owner(person.name), person.name)


def own_page(path: str) -> str:
    """Where to go after signing in: a page of the console, or its first one; never another site."""
    plain = path.isascii() and path.isprintable() and "\\" not in path and ".." not in path
    return path if plain and path.startswith(f"{PREFIX}/") else PREFIX


def note_refused(desk: Desk, whom: str) -> None:
    """Write down that somebody was not let in."""
    with desk.store.write() as session:
        note(session, desk.account, desk.now(), "", Action.REFUSED, whom)


def _known(desk: Desk, name: str) -> str:
    """A name, if it is somebody's: people type a passphrase into the wrong field."""
    with desk.store.read() as session:
        person = person_named(session, name[:60])
    return person.name if person else "(no such account)"


def _has_people(desk: Desk) -> bool:
    with desk.store.read() as session:
        return bool(people(session))
