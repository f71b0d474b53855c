"""The calendar: what is posted next and when; reordering, pinning, pausing."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from quizbot.core.errors import InputError
from quizbot.rounds.planning import lanes, local_time, move, pause, pin, resume, unpin
from quizbot.rounds.views import account_view
from quizbot.store.audit import Action
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.rights import Right

_PATH = "/calendar"


def router(desk: Desk) -> APIRouter:
    """The calendar, its order and pins, and the pause."""
    routes = APIRouter()
    seen = desk.area(Right.SEE_CALENDAR, _PATH)

    @seen.get("", response_class=HTMLResponse)
    def calendar(request: Request, moved: str = "") -> Response:
        return _calendar(desk, request, moved=moved)

    for area in (seen, _planning(desk), _pausing(desk)):
        routes.include_router(area)
    return routes


def _planning(desk: Desk) -> APIRouter:
    routes = desk.area(Right.PLAN, _PATH)

    @routes.post("/move", response_class=HTMLResponse)
    def move_one(
        request: Request,
        slug: Annotated[str, Form()] = "",
        to: Annotated[str, Form()] = "",
        seen: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            move(desk.onlooker(), slug, to, seen, staff_of(request).name)
        except InputError as refused:
            return _calendar(desk, request, refused)
        desk.note(request, Action.QUEUE_MOVED, slug, to)
        return back(f"{_PATH}?moved={slug}", "moved")

    @routes.post("/pin", response_class=HTMLResponse)
    def pin_one(request: Request, slug: Annotated[str, Form()] = "", at: Annotated[str, Form()] = "") -> Response:
        try:
            instant = local_time(at, desk.office.zone)
            pin(desk.onlooker(), slug, instant, staff_of(request).name)
        except InputError as refused:
            return _calendar(desk, request, refused)
        desk.note(request, Action.PINNED, slug, instant.isoformat())
        return back(_PATH, "pinned")

    @routes.post("/unpin", response_class=HTMLResponse)
    def unpin_one(request: Request, slug: Annotated[str, Form()] = "") -> Response:
        try:
            unpin(desk.onlooker(), slug, staff_of(request).name)
        except InputError as refused:
            return _calendar(desk, request, refused)
        desk.note(request, Action.UNPINNED, slug)
        return back(_PATH, "unpinned")

    return routes


def _pausing(desk: Desk) -> APIRouter:
    routes = desk.area(Right.PAUSE, _PATH)

    @routes.post("/pause")
    def pause_posting(request: Request) -> Response:
        pause(desk.store, desk.account, desk.now())
        desk.note(request, Action.PAUSED)
        return back(_PATH, "paused")

    @routes.post("/resume")
    def resume_posting(request: Request) -> Response:
        resume(desk.store, desk.account, desk.now())
        desk.note(request, Action.RESUMED)
        return back(_PATH, "resumed")

    return routes


def _calendar(desk: Desk, request: Request, refused: InputError | None = None, moved: str = "") -> Response:
    problem = f"{refused.where}: {refused.what}; {refused.todo}." if refused else ""
    given: dict[str, object] = {"here": "calendar", "problem": problem, "moved": moved, "lanes": (), "missing": ""}
    try:
        given["lanes"] = lanes(desk.onlooker())
    except InputError as missing:
        given["missing"] = str(missing)
    given["row"] = account_view(desk.store, desk.account, desk.now())
    return desk.page(request, "calendar.html", 409 if refused else 200, **given)
