"""Cohorts: making, renaming, closing them, their codes, and what their members did."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.core.errors import InputError
from quizbot.rounds import cohorts
from quizbot.rounds.participation import as_pdf, can_print
from quizbot.store import Cohort
from quizbot.store.audit import Action
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.rights import Right

_PATH = "/cohorts"


def router(desk: Desk) -> APIRouter:
    """The list, a cohort, and what can be done to it."""
    routes = desk.area(Right.LEAD_COHORTS, _PATH)

    @routes.get("", response_class=HTMLResponse)
    def all_of_them(request: Request) -> Response:
        return _list(desk, request)

    @routes.post("", response_class=HTMLResponse)
    def make(request: Request, name: Annotated[str, Form()] = "", supervisor: Annotated[str, Form()] = "") -> Response:
        by = staff_of(request).name
        try:
            made = cohorts.add_cohort(desk.store, _account(desk), name, supervisor, by, desk.now())
        except InputError as refused:
            return _list(desk, request, _sentence(refused), name, supervisor)
        desk.note(request, Action.COHORT_MADE, made.name)
        return back(f"{_PATH}/{made.id}", "made")

    @routes.get("/{cohort_id}", response_class=HTMLResponse)
    def one(request: Request, cohort_id: str) -> Response:
        return _cohort(desk, request, _found(desk, cohort_id))

    @routes.get("/{cohort_id}/report.csv")
    def as_csv(request: Request, cohort_id: str) -> Response:
        found = _found(desk, cohort_id)
        made = cohorts.as_csv(cohorts.report(desk.store, found, desk.now()))
        return _file(desk, request, found, made.encode(), "text/csv; charset=utf-8", "csv")

    @routes.get("/{cohort_id}/report.pdf")
    def pdf(request: Request, cohort_id: str) -> Response:
        found = _found(desk, cohort_id)
        if not can_print():
            raise HTTPException(404)
        made = as_pdf(cohorts.report(desk.store, found, desk.now()))
        return _file(desk, request, found, made, "application/pdf", "pdf")

    _add_changes(desk, routes)
    return routes


def _file(  # what it is of, and what it holds
    desk: Desk, request: Request, found: Cohort, data: bytes, mime: str, ending: str
) -> Response:
    """A file to keep; that it was taken is written down."""
    desk.note(request, Action.REPORT_TAKEN, found.name, ending.upper())
    headers = {"Content-Disposition": f"attachment; filename=participation-{desk.now():%Y-%m-%d}.{ending}"}
    return Response(data, media_type=mime, headers=headers)


def _add_changes(desk: Desk, routes: APIRouter) -> None:
    @routes.post("/{cohort_id}/rename", response_class=HTMLResponse)
    def rename(
        request: Request,
        cohort_id: str,
        name: Annotated[str, Form()] = "",
        supervisor: Annotated[str, Form()] = "",
    ) -> Response:
        found = _found(desk, cohort_id)
        try:
            cohorts.rename(desk.store, found, name, supervisor)
        except InputError as refused:
            return _cohort(desk, request, found, _sentence(refused))
        desk.note(request, Action.COHORT_CHANGED, found.name, f"now {_found(desk, cohort_id).name}")
        return back(f"{_PATH}/{cohort_id}", "renamed")

    def close(found: Cohort) -> Action:
        cohorts.close(desk.store, found, desk.now())
        return Action.COHORT_CLOSED

    def reopen(found: Cohort) -> Action:
        cohorts.close(desk.store, found, None)
        return Action.COHORT_OPENED

    def renew(found: Cohort) -> Action:
        cohorts.renew_code(desk.store, found)
        return Action.CODE_RENEWED

    for path, deed in {"close": close, "reopen": reopen, "renew": renew}.items():
        routes.post(f"/{{cohort_id}}/{path}")(_doing(desk, path, deed))


def _doing(desk: Desk, told: str, deed: Callable[[Cohort], Action]) -> Callable[[Request, str], Response]:
    def do(request: Request, cohort_id: str) -> Response:
        found = _found(desk, cohort_id)
        desk.note(request, deed(found), found.name)
        return back(f"{_PATH}/{cohort_id}", told)

    do.__name__ = told
    return do


def _account(desk: Desk) -> str:
    if not desk.account:
        raise InputError("cohort", "no bot has run on this database yet", "start it with `quizbot run`")
    return desk.account


def _found(desk: Desk, cohort_id: str) -> Cohort:
    found = cohorts.cohort_with(desk.store, desk.account, cohort_id)
    if found is None:
        raise HTTPException(404)
    return found


def _list(desk: Desk, request: Request, problem: str = "", name: str = "", supervisor: str = "") -> Response:
    rows = cohorts.all_cohorts(desk.store, desk.account)
    given = {"rows": rows, "problem": problem, "typed": name, "overseer": supervisor}
    return desk.page(request, "cohorts.html", 422 if problem else 200, here="cohorts", code=cohorts.shown_code, **given)


def _cohort(desk: Desk, request: Request, found: Cohort, problem: str = "") -> Response:
    return desk.page(
        request,
        "cohort_desk.html",
        422 if problem else 200,
        here="cohorts",
        report=cohorts.report(desk.store, found, desk.now()),
        code=cohorts.shown_code(found.code),
        join_at=desk.site.address(request, "/you"),
        least=cohorts.LEAST_PEOPLE,
        criteria=cohorts.CRITERIA,
        pdf=can_print(),
        problem=problem,
    )


def _sentence(refused: InputError) -> str:
    return f"{refused.where}: {refused.what}; {refused.todo}".replace("see `quizbot cohort list`", "choose another.")
