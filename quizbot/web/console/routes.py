"""The console's routes, put together."""

from fastapi import APIRouter

from quizbot.web.console import (
    appeals,
    calendar,
    cases,
    cohorts,
    items,
    login,
    money,
    names,
    overview,
    review,
    rounds,
    signing,
    x_sign_in,
)
from quizbot.web.console.desk import Desk
from quizbot.web.console.office import Office
from quizbot.web.site import Site

_PAGES = (login, x_sign_in, overview, review, appeals, cases, signing, calendar, rounds, money, items, cohorts, names)


def router(site: Site, office: Office) -> APIRouter:
    """Every route of the console, each behind its right but for the sign-in."""
    desk = Desk(site, office)
    routes = APIRouter()
    for pages in _PAGES:
        routes.include_router(pages.router(desk))
    return routes
