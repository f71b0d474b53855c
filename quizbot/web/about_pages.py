"""How grading works, the privacy page, and what can be subscribed to."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.rounds.board import BEST_SHARE
from quizbot.rounds.score import POINTS
from quizbot.web.site import Site

_ROBOTS = "User-agent: *\nDisallow: /quiz-me\n"


def router(site: Site) -> APIRouter:
    """The pages that explain."""
    routes = APIRouter()

    @routes.get("/how-grading-works", response_class=HTMLResponse)
    def how_grading_works(request: Request) -> Response:
        numbers: dict[str, object] = {"full": POINTS, "best": round(100 * BEST_SHARE), "least": LEAST_PEOPLE}
        return site.page(request, "how_grading_works.html", context=numbers, hours=_hours(site))

    @routes.get("/privacy", response_class=HTMLResponse)
    def privacy(request: Request) -> Response:
        return site.page(request, "privacy.html", least=LEAST_PEOPLE)

    @routes.get("/feeds", response_class=HTMLResponse)
    def feeds(request: Request) -> Response:
        return site.page(request, "feeds.html", base=site.address(request, ""))

    @routes.get("/robots.txt", response_class=PlainTextResponse)
    def robots() -> str:
        return _ROBOTS

    return routes


def _hours(site: Site) -> int:
    return round(site.facts.reveal_after.total_seconds() / 3600)
