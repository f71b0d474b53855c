"""The item analysis, as pages: charts in SVG with a table behind each.

Adding up a million attempts takes seconds. It is done once for a state of the data, and kept for all who look.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from quizbot.core.case import Case
from quizbot.rounds.answers import LEAST_PEOPLE
from quizbot.rounds.estimates import LEAST, STABLE
from quizbot.rounds.items import (
    OTHER_ROUNDS,
    Confusion,
    Item,
    Repeat,
    askings,
    confusions,
    items,
    items_stamp,
    kinds,
    repeats,
    seasons,
)
from quizbot.rounds.retract import find_round
from quizbot.web.console.desk import Desk
from quizbot.web.console.rights import Right

_CHARTED = 40  # the newest items
_RULES = {"least": LEAST, "stable": STABLE, "others": OTHER_ROUNDS, "given_by": LEAST_PEOPLE}


@dataclass(frozen=True, slots=True)
class Closer:
    """What only an item's own page tells.

    Attributes:
        kinds: how many attempts have each verdict.
        wrong: what many answered instead.
        asked: every asking of its diagnosis, the oldest first; empty if it was asked once.
        repeats: how those who answered two askings in a row did in both.
    """

    kinds: dict[str, int]
    wrong: list[Confusion]
    asked: list[Item]
    repeats: list[Repeat]


def router(desk: Desk) -> APIRouter:
    """All items, and one of them."""
    routes = desk.area(Right.ANALYSE, "/items")

    @routes.get("", response_class=HTMLResponse)
    def all_items(request: Request) -> Response:
        _, shown = analysed(desk)
        return desk.page(
            request,
            "items.html",
            here="items",
            items=shown,
            charted=[one for one in shown if one.right][:_CHARTED],
            suspicious=[one for one in shown if one.suspicious],
            asked_again=askings(shown),
            seasons=seasons(shown, desk.site.season),
            rules=_RULES,
        )

    @routes.get("/{round_id}", response_class=HTMLResponse)
    def one_item(request: Request, round_id: str) -> Response:
        stamp, shown = analysed(desk)
        item = next((one for one in shown if one.round_id == round_id), None)
        if item is None:
            raise HTTPException(404)
        case = Case.model_validate_json(find_round(desk.store, desk.account, round_id).case_json)
        closer = desk.site.memo.get(("item", desk.account, round_id), stamp, lambda: _closer(desk, item, shown))
        return desk.page(request, "item.html", here="items", item=item, case=case, closer=closer, rules=_RULES)

    return routes


def analysed(desk: Desk) -> tuple[object, list[Item]]:
    """Every item, computed once for a state of the data; and the stamp of that state."""
    stamp = items_stamp(desk.store, desk.account)
    return stamp, desk.site.memo.get(("items", desk.account), stamp, lambda: items(desk.store, desk.account))


def _closer(desk: Desk, item: Item, shown: list[Item]) -> Closer:
    asked = askings(shown).get(item.first, [])
    return Closer(
        kinds(desk.store, desk.account, item.round_id),
        confusions(desk.store, desk.account, item),
        asked,
        repeats(desk.store, desk.account, asked),
    )
