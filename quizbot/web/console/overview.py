"""The console's first page, what waits for whom, and the log."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quizbot.rounds.views import RoundView, account_view, round_views
from quizbot.store.audit import count, entries
from quizbot.store.lock import is_held
from quizbot.store.review import waiting_by_case
from quizbot.web.console.desk import Desk
from quizbot.web.console.rights import Right
from quizbot.web.paging import page_of

_A_PAGE = 100  # entries of the log


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that holds the bot up, and what to do about it."""

    what: str
    todo: str
    href: str = ""


def router(desk: Desk) -> APIRouter:
    """The overview and the log."""
    routes = APIRouter()
    home, log = desk.area(Right.ENTER), desk.area(Right.READ_LOG)

    @home.get("", response_class=HTMLResponse)
    def overview(request: Request) -> Response:
        views = round_views(desk.store, desk.account) if desk.account else []
        with desk.store.read() as session:
            waiting = sum(waiting_by_case(session, desk.account).values())
        return desk.page(
            request,
            "home.html",
            here="home",
            waiting=waiting,
            troubles=troubles(desk, views),
            current=[view for view in views if view.round.state in ("posting", "open", "closed", "revealing")],
        )

    @log.get("/log", response_class=HTMLResponse)
    def the_log(request: Request, page: str = "1") -> Response:
        wanted = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1  # noqa: PLR2004
        with desk.store.read() as session:
            number, last = page_of(wanted, count(session, desk.account), _A_PAGE)
            shown = entries(session, desk.account, skip=(number - 1) * _A_PAGE, most=_A_PAGE)
        return desk.page(request, "log.html", here="log", entries=shown, number=number, last=last)

    routes.include_router(home)
    routes.include_router(log)
    return routes


def troubles(desk: Desk, views: list[RoundView]) -> list[Trouble]:
    """What holds the bot up now, the gravest first."""
    if not desk.account:
        return [Trouble("No bot has run on this database yet.", "Start it with `quizbot run`.")]
    row = account_view(desk.store, desk.account, desk.now())
    found = []
    if not is_held(desk.store):
        found.append(Trouble("The bot is not running.", "Start it with `quizbot run`; nothing is posted or read."))
    if row.stopped_reason:
        again = "It tries again by itself." if row.stopped_until else "Resume posting when it is mended."
        found.append(Trouble(f"Posting stopped: {row.stopped_reason}.", again, "/console/calendar"))
    if row.paused_at:
        found.append(Trouble("Posting is paused.", "Nothing goes out until it is resumed.", "/console/calendar"))
    if row.poll_error:
        found.append(Trouble(f"Replies cannot be read: {row.poll_error}.", "It is tried again by itself."))
    found += [
        Trouble(f"Round {view.round.id} waits: {view.round.halted}.", "Settle it, then resume it.", _round(view))
        for view in views
        if view.round.halted
    ]
    return found


def _round(view: RoundView) -> str:
    return f"/console/rounds/{view.round.id}"
