"""What the bot has cost, what it owes, and what the queue will cost."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quizbot.core.errors import InputError
from quizbot.rounds.costs import forecast, spent, sum_of, users_read
from quizbot.rounds.planning import lanes_of
from quizbot.rounds.scan import candidates
from quizbot.web.console.desk import Desk
from quizbot.web.console.rights import Right


def router(desk: Desk) -> APIRouter:
    """One page."""
    routes = desk.area(Right.SEE_MONEY)

    @routes.get("/money", response_class=HTMLResponse)
    def money(request: Request) -> Response:
        bot = desk.onlooker()
        so_far = spent(desk.store, desk.account, bot.policy, desk.now())
        try:
            found = candidates(bot)
            ready = [place.slug for lane in lanes_of(bot, found) for place in (*lane.pinned, *lane.free)]
        except InputError:
            found, ready = {}, []
        cases = [(slug, case) for slug in ready if (case := found[slug][1].case)]
        coming = forecast(cases, so_far, bot.policy, users_read(desk.store, desk.account))
        rounds = list(reversed(so_far.rounds))
        return desk.page(
            request,
            "money.html",
            here="money",
            so_far=so_far,
            purse=so_far.purse,
            coming=coming,
            rounds=rounds,
            ahead=sum_of(coming),
        )

    return routes
