"""The rounds: where each stands, every effect on X with its errors, taking one back; and the money."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.core.errors import InputError, QuizbotError
from quizbot.rounds.advice import advice
from quizbot.rounds.correct import correct
from quizbot.rounds.outbox import resume_round
from quizbot.rounds.retract import Why, is_answered, take_back
from quizbot.rounds.views import RoundView, find_round, round_views
from quizbot.store.attempts import attempts_of
from quizbot.store.audit import Action
from quizbot.store.lock import is_held
from quizbot.store.people import authenticate
from quizbot.store.rounds import outbox_of
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.overview import troubles
from quizbot.web.console.rights import Right

_PATH = "/rounds"


def router(desk: Desk) -> APIRouter:
    """The list, a round, and what can be done to it."""
    routes = APIRouter()
    seen = desk.area(Right.SEE_ROUNDS, _PATH)

    @seen.get("", response_class=HTMLResponse)
    def all_of_them(request: Request) -> Response:
        views = round_views(desk.store, desk.account)
        return desk.page(request, "rounds.html", here="rounds", views=views, troubles=troubles(desk, views))

    @seen.get("/{round_id}", response_class=HTMLResponse)
    def one(request: Request, round_id: str) -> Response:
        return _round(desk, request, round_id)

    for area in (seen, _mending(desk), _retracting(desk)):
        routes.include_router(area)
    return routes


def _mending(desk: Desk) -> APIRouter:
    routes = desk.area(Right.MEND, _PATH)

    @routes.post("/{round_id}/resume", response_class=HTMLResponse)
    def resume_one(request: Request, round_id: str) -> Response:
        view = _found(desk, round_id)
        with desk.store.write() as session:
            resumed = resume_round(session, desk.account, view.round.id, desk.now())
        if not resumed:
            return _round(desk, request, round_id, "It is not halted.")
        desk.note(request, Action.ROUND_RESUMED, round_id)
        return back(f"{_PATH}/{round_id}", "resumed")

    return routes


def _retracting(desk: Desk) -> APIRouter:
    routes = desk.area(Right.RETRACT, _PATH)

    @routes.post("/{round_id}/retract", response_class=HTMLResponse)
    def retract(  # what, how, and the passphrase once more
        request: Request,
        round_id: str,
        why: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        void: Annotated[str, Form()] = "",
        passphrase: Annotated[str, Form()] = "",
    ) -> Response:
        view = _found(desk, round_id)
        try:
            if why not in set(Why):
                raise InputError("", "choose why it is taken back")
            authenticate(desk.store, staff_of(request).name, passphrase, desk.office.clock.now())
            _take_back(desk, view, Why(why), text, void=bool(void))
        except QuizbotError as refused:
            return _round(desk, request, round_id, _sentence(refused), text)
        desk.note(request, Action.RETRACTED, round_id, why + (", voided" if void else ""))
        return back(f"{_PATH}/{round_id}", "retracted")

    return routes


def _take_back(desk: Desk, view: RoundView, why: Why, text: str, *, void: bool) -> None:
    if why is Why.PRIVACY:
        take_back(desk.store, view.round, why, desk.now())
        return
    folder = desk.office.cases_dir / view.round.case_id
    correct(desk.store, view.round, folder, desk.office.vet, desk.now(), text, void=void)


def _found(desk: Desk, round_id: str) -> RoundView:
    view = find_round(desk.store, desk.account, round_id)
    if view is None:
        raise HTTPException(404)
    return view


def _round(desk: Desk, request: Request, round_id: str, problem: str = "", text: str = "") -> Response:
    view = _found(desk, round_id)
    with desk.store.read() as session:
        effects = [(row, advice(row)) for row in outbox_of(session, round_id)]
        attempts = attempts_of(session, round_id)
    return desk.page(
        request,
        "round_desk.html",
        422 if problem else 200,
        here="rounds",
        view=view,
        row=view.round,
        effects=effects,
        attempts=len(attempts),
        pointed=sum(one.points > 0 for one in attempts),
        running=is_held(desk.store),
        answered=is_answered(view.round),
        problem=problem,
        text=text,
    )


def _sentence(error: QuizbotError) -> str:
    """An error as the page says it: where a command has an option, the page has a box."""
    text = (f"{error.what}; {error.todo}" if error.todo else error.what).replace(" with --void", "")
    return text[:1].upper() + text[1:] + "."
