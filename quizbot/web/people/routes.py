"""The routes of the own pages. Each page shows only what is the visitor's; each form is checked before it acts."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from quizbot.core.errors import InputError, OutsideError
from quizbot.rounds import cohorts, own
from quizbot.rounds.forget import forget
from quizbot.rounds.participation import as_pdf, can_print
from quizbot.store import Cohort
from quizbot.web.people.desk import APPEALS, CALLBACK, CODES, People
from quizbot.web.session import FIELD, Visitor, form_of, require_own_form
from quizbot.web.site import NAV, Site

_HERE = Path(__file__).parent
_DONE = {
    "appealed": "Your appeal is with the educators. Their answer appears here.",
    "named": "The boards show your new name.",
    "handle": "The boards show your handle again.",
    "on": "You are on the boards.",
    "off": "You are off the boards. Your points stay yours.",
    "stopped": "You are out. Your replies no longer count and their text is gone.",
    "back": "Welcome back. Your replies count again.",
    "joined": "You joined the cohort.",
    "left": "You left the cohort.",
}
Deed = Callable[[Visitor, FormData], str]


def router(site: Site, people: People) -> APIRouter:
    """The own pages."""
    own_site = site.with_templates(_HERE / "templates")
    for one in (site, own_site):
        one.templates.env.globals["nav"] = [*NAV, ("you", "/you", "You")]
    routes = APIRouter()
    _add_sign_in(routes, own_site, people)
    _add_page(routes, own_site, people)
    _add_deeds(routes, own_site, people)
    _add_erasing(routes, own_site, people)
    _add_cohorts(routes, own_site, people)
    return routes


def _account(site: Site) -> str:
    account = site.account()
    if account is None:
        raise HTTPException(404)
    return account


def _visitor(site: Site, people: People, request: Request) -> Visitor | None:
    """Who is signed in to the account that is shown."""
    visitor = people.sessions.visitor(request)
    return visitor if visitor is not None and visitor.owner.account == site.account() else None


def _signed_in(site: Site, people: People, request: Request) -> Visitor:
    visitor = _visitor(site, people, request)
    if visitor is None:
        raise HTTPException(403)
    return visitor


def _to(path: str) -> Response:
    return RedirectResponse(path, 303)


def _add_sign_in(routes: APIRouter, site: Site, people: People) -> None:
    def told(request: Request, status: int, why: str) -> Response:
        response = site.page(request, "signed_out.html", status, here="you", why=why)
        people.handshake.drop(response)
        return response

    @routes.get("/sign-in")
    def begin(request: Request) -> Response:
        begun = people.begin(request, _account(site))
        response = _to(begun.address)
        people.handshake.keep(response, begun)
        return response

    @routes.get(CALLBACK, response_class=HTMLResponse)
    def finish(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
        if not people.handshake.is_begun(request, state):
            return told(request, 400, "stale")
        if error or not code:
            return told(request, 400, "denied")
        try:
            user = people.finish(request, _account(site), code)
        except OutsideError:
            return told(request, 502, "x")
        if user is None:
            return told(request, 403, "forgotten")
        response = _to("/you")
        people.handshake.drop(response)
        people.sign_in(response, _account(site), user)
        return response


def _add_page(routes: APIRouter, site: Site, people: People) -> None:
    @routes.get("/you", response_class=HTMLResponse)
    def you(request: Request, done: str = "") -> Response:
        visitor = _visitor(site, people, request)
        if visitor is None:
            return site.page(request, "signed_out.html", here="you", why="")
        return _own_page(site, request, visitor, done=_DONE.get(done, ""))


def _own_page(
    site: Site, request: Request, visitor: Visitor, status: int = 200, done: str = "", problem: str = "", at: str = ""
) -> Response:
    account, user_id = visitor.owner.account, visitor.subject
    rounds = own.own_rounds(site.store, account, user_id)
    mine = cohorts.own_cohorts(site.store, account, user_id)
    return site.page(
        request,
        "you.html",
        status,
        here="you",
        visitor=visitor,
        rounds=rounds,
        points=own.points_of(rounds),
        record=own.own_record(site.store, account, user_id),
        cohorts=mine,
        note_limit=own.NOTE_LIMIT,
        joined_only=site.facts.joined_only,
        done=done,
        problem=problem,
        at=at,
    )


def _add_deeds(routes: APIRouter, site: Site, people: People) -> None:
    store = site.store

    def appeal(visitor: Visitor, form: FormData) -> str:
        account = visitor.owner.account
        people.brake.require(account, "appeal", visitor.subject, APPEALS)
        post_id, note = str(form.get("post", "")), str(form.get("note", ""))
        own.file_appeal(store, account, visitor.subject, post_id, note, site.clock.now())
        return "appealed"

    def name(visitor: Visitor, form: FormData) -> str:
        wanted = str(form.get("pseudonym", ""))
        own.rename(store, visitor.owner.account, visitor.subject, wanted)
        return "named" if wanted.strip() else "handle"

    def board(visitor: Visitor, form: FormData) -> str:
        on = form.get("on") == "1"
        account, now = visitor.owner.account, site.clock.now()
        own.show_on_board(store, account, visitor.subject, on=on, handle=visitor.label, now=now)
        return "on" if on else "off"

    def stop(visitor: Visitor, form: FormData) -> str:  # noqa: ARG001  # a deed like the others
        own.stop(store, visitor.owner.account, visitor.subject, site.clock.now())
        return "stopped"

    def back(visitor: Visitor, form: FormData) -> str:  # noqa: ARG001  # a deed like the others
        own.take_part_again(store, visitor.owner.account, visitor.subject, site.clock.now())
        return "back"

    def join(visitor: Visitor, form: FormData) -> str:
        account, code = visitor.owner.account, str(form.get("code", ""))
        people.brake.require(account, "cohort code", visitor.subject, CODES)
        cohorts.join(store, account, visitor.subject, visitor.label, code, site.clock.now())
        return "joined"

    def leave(visitor: Visitor, form: FormData) -> str:
        cohorts.leave(store, visitor.owner.account, visitor.subject, str(form.get("cohort", "")))
        return "left"

    deeds: dict[str, Deed] = {"appeal": appeal, "name": name, "board": board, "stop": stop, "back": back}
    for path, deed in (deeds | {"join": join, "leave": leave}).items():
        routes.post(f"/you/{path}", response_class=HTMLResponse)(_acting(site, people, path, deed))


def _acting(site: Site, people: People, at: str, deed: Deed) -> Callable[..., Response]:
    def act(request: Request, form: Annotated[FormData, Depends(form_of)]) -> Response:
        visitor = _signed_in(site, people, request)
        require_own_form(request, visitor, form)
        try:
            return _to(f"/you?done={deed(visitor, form)}")
        except InputError as refused:
            return _own_page(site, request, visitor, 422, problem=refused.what, at=at)

    return act


def _add_erasing(routes: APIRouter, site: Site, people: People) -> None:
    @routes.post("/you/erase", response_class=HTMLResponse)
    def erase(request: Request, form: Annotated[FormData, Depends(form_of)]) -> Response:
        visitor = _signed_in(site, people, request)
        require_own_form(request, visitor, form)
        typed = str(form.get("handle", "")).strip().removeprefix("@")
        if typed.casefold() != visitor.label.casefold():
            problem = f"Type your handle, {visitor.label}, to say that you mean it."
            return _own_page(site, request, visitor, 422, problem=problem, at="erase")
        try:
            forget(site.store, visitor.owner.account, visitor.subject, people.memory(), site.clock.now())
        except InputError as refused:
            return _own_page(site, request, visitor, 422, problem=refused.what, at="erase")
        response = site.page(request, "signed_out.html", here="you", why="erased")
        people.sessions.end(request, response)
        return response

    @routes.post("/sign-out")
    def sign_out(request: Request, form: Annotated[FormData, Depends(form_of)]) -> Response:
        visitor = _signed_in(site, people, request)
        require_own_form(request, visitor, form)
        response = _to("/you")
        if form.get("everywhere"):
            people.sessions.end_all(visitor.owner)
        people.sessions.end(request, response)
        return response


def _add_cohorts(routes: APIRouter, site: Site, people: People) -> None:
    def own_cohort(visitor: Visitor, cohort_id: str) -> Cohort:
        """A cohort that the visitor is in; of others it is not even told that they are there."""
        mine = cohorts.own_cohorts(site.store, visitor.owner.account, visitor.subject)
        found = next((one for one in mine if one.id == cohort_id), None)
        if found is None:
            raise HTTPException(404)
        return found

    @routes.get("/cohorts/{cohort_id}", response_class=HTMLResponse)
    def cohort(request: Request, cohort_id: str) -> Response:
        visitor = _signed_in(site, people, request)
        whole = cohorts.report(site.store, own_cohort(visitor, cohort_id), site.clock.now())
        mine = cohorts.only(whole, visitor.subject).lines[0]
        context: dict[str, object] = {"visitor": visitor, "report": whole, "mine": mine, "field": FIELD}
        context["pdf"] = can_print()
        return site.page(
            request, "cohort.html", context=context, here="you", criteria=cohorts.CRITERIA, least=cohorts.LEAST_PEOPLE
        )

    @routes.get("/cohorts/{cohort_id}/report.csv")
    def as_csv(request: Request, cohort_id: str) -> Response:
        visitor = _signed_in(site, people, request)
        whole = cohorts.report(site.store, own_cohort(visitor, cohort_id), site.clock.now())
        return _file(cohorts.as_csv(cohorts.only(whole, visitor.subject)).encode(), "text/csv; charset=utf-8", "csv")

    @routes.get("/cohorts/{cohort_id}/report.pdf")
    def pdf(request: Request, cohort_id: str) -> Response:
        visitor = _signed_in(site, people, request)
        whole = cohorts.report(site.store, own_cohort(visitor, cohort_id), site.clock.now())
        if not can_print():
            raise HTTPException(404)
        return _file(as_pdf(cohorts.only(whole, visitor.subject)), "application/pdf", "pdf")


def _file(data: bytes, mime: str, ending: str) -> Response:
    disposition = f"attachment; filename={quote('participation.' + ending)}"
    return Response(data, media_type=mime, headers={"Content-Disposition": disposition})
