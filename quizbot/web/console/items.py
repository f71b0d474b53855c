"""The item analysis, as pages: charts in SVG with a table behind each."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.core.case import Case
from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.rounds.estimates import LEAST, STABLE
from quizbot.rounds.items import OTHER_ROUNDS, confusions, items, kinds, seasons
from quizbot.rounds.retract import find_round
from quizbot.web.console.desk import Desk
from quizbot.web.console.rights import Right

_CHARTED = 40  # the newest items


def router(desk: Desk) -> APIRouter:
    """All items, and one of them."""
    routes = desk.area(Right.ANALYSE, "/items")
    rules = {"least": LEAST, "stable": STABLE, "others": OTHER_ROUNDS, "given_by": LEAST_PEOPLE}

    @routes.get("", response_class=HTMLResponse)
    def all_items(request: Request) -> Response:
        shown = items(desk.store, desk.account)
        return desk.page(
            request,
            "items.html",
            here="items",
            items=shown,
            charted=[one for one in shown if one.right][:_CHARTED],
            suspicious=[one for one in shown if one.suspicious],
            seasons=seasons(shown, desk.site.season),
            rules=rules,
        )

    @routes.get("/{round_id}", response_class=HTMLResponse)
    def one_item(request: Request, round_id: str) -> Response:
        shown = items(desk.store, desk.account)
        item = next((one for one in shown if one.round_id == round_id), None)
        if item is None:
            raise HTTPException(404)
        return desk.page(
            request,
            "item.html",
            here="items",
            item=item,
            case=Case.model_validate_json(find_round(desk.store, desk.account, round_id).case_json),
            kinds=kinds(desk.store, desk.account, round_id),
            wrong=confusions(desk.store, desk.account, item),
            again=[one for one in shown if one.case_id == item.case_id and one is not item],
            rules=rules,
        )

    return routes
