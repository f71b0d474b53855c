"""Appeals beside the review queue."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from quizbot.core.errors import InputError, QuizbotError
from quizbot.rounds.protests import decide
from quizbot.store.audit import Action
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.review import queue_page, ruling_from
from quizbot.web.console.rights import Right

STANDS = "stands"


def router(desk: Desk) -> APIRouter:
    """Deciding an appeal."""
    routes = desk.area(Right.RULE, "/review/appeals")

    @routes.post("/{post_id}")
    def decide_one(
        request: Request,
        post_id: str,
        decision: Annotated[str, Form()] = "",
        credit: Annotated[str, Form()] = "",
        because: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            changed = None if decision == STANDS else ruling_from("as appealed", decision, credit, because)
            answer = _reason(because)
            by = staff_of(request).name
            row = decide(desk.store, desk.account, post_id, changed, answer, by, desk.now())
        except QuizbotError as refused:
            return queue_page(desk, request, "", 422, f"{refused.what}; {refused.todo}")
        desk.note(request, Action.APPEAL_DECIDED, row.case_id, decision)
        return back("/review", "appeal")

    return routes


def _reason(because: str) -> str:
    """Who appealed is owed a reason.

    Raises:
        InputError: there is none.
    """
    reason = " ".join(because.split())
    if not reason:
        raise InputError("because", "an appeal needs an answer", "say why, in a sentence")
    return reason[:500]
