"""The review queue: phrases that the grader could not place, each decided once, with one key or one button."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from quizbot.core.case import Answer, Case
from quizbot.core.errors import InputError, QuizbotError
from quizbot.core.ruling import Decision, Ruling
from quizbot.rounds.protests import protests
from quizbot.rounds.rulings import rule_waiting, undo, waiting
from quizbot.store.audit import Action
from quizbot.store.review import rulings_of, waiting_by_case
from quizbot.store.rounds import rounds_of_case
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.rights import Right

SHOWN = 60  # phrases a page: more come when these are decided
_MOST_AT_ONCE = 200
_LONGEST_REASON = 500  # characters of a reason, as the case format has it, with room
_DECIDED_SHOWN = 200
HALF = 0.5

Wanted = tuple[str, Ruling]


def router(desk: Desk) -> APIRouter:
    """The queue, ruling, undoing, and the rulings made."""
    routes = desk.area(Right.RULE, "/review")

    @routes.get("", response_class=HTMLResponse)
    def queue(request: Request, case: str = "") -> Response:
        return queue_page(desk, request, case)

    @routes.post("/rule", response_class=HTMLResponse)
    def rule_one(  # one field for each part of a ruling
        request: Request,
        case: Annotated[str, Form()] = "",
        phrase: Annotated[str, Form()] = "",
        decision: Annotated[str, Form()] = "",
        credit: Annotated[str, Form()] = "",
        because: Annotated[str, Form()] = "",
        only: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            wanted = (case, ruling_from(phrase, decision, credit, because))
        except InputError as bad:
            return queue_page(desk, request, only, 422, problem=f"{bad.what}; {bad.todo}")
        if _rule(desk, request, [wanted]) == [None]:
            problem = f"“{phrase[:80]}” does not wait any more: somebody else was quicker."
            return queue_page(desk, request, only, 409, problem=problem)
        return back(_here(only), "ruled")

    _add_batch(desk, routes)
    _add_undo(desk, routes)
    return routes


def _add_batch(desk: Desk, routes: APIRouter) -> None:
    """What the keyboard sends: several rulings at once, as many fields of each name as there are rulings."""

    @routes.post("/rulings")
    def rule_many(
        request: Request,
        case: Annotated[list[str], Form()] = [],  # noqa: B006  # FastAPI copies it
        phrase: Annotated[list[str], Form()] = [],  # noqa: B006  # as above
        decision: Annotated[list[str], Form()] = [],  # noqa: B006  # as above
        credit: Annotated[list[str], Form()] = [],  # noqa: B006  # as above
        because: Annotated[list[str], Form()] = [],  # noqa: B006  # as above
    ) -> Response:
        fields = (case, phrase, decision, credit, because)
        if len({len(one) for one in fields}) != 1 or len(case) > _MOST_AT_ONCE:
            return JSONResponse({"problem": "the fields do not belong together"}, 422)
        try:
            wanted = [(of, ruling_from(*rest)) for of, *rest in zip(*fields, strict=True)]
        except InputError as bad:
            return JSONResponse({"problem": f"{bad.what}; {bad.todo}"}, 422)
        return JSONResponse({"rulings": _rule(desk, request, wanted)})


def _add_undo(desk: Desk, routes: APIRouter) -> None:
    @routes.post("/undo", response_class=HTMLResponse)
    def undo_one(
        request: Request,
        ruling: Annotated[str, Form()] = "",
        to: Annotated[str, Form()] = "",
        only: Annotated[str, Form()] = "",
    ) -> Response:
        number = int(ruling) if ruling.isascii() and ruling.isdigit() and len(ruling) <= 9 else 0  # noqa: PLR2004
        try:
            row = undo(desk.store, desk.account, number, staff_of(request).name, desk.now())
        except QuizbotError as refused:
            return _decided(desk, request, 409, problem=f"Ruling {ruling[:20]} {refused.what}.")
        desk.note(request, Action.RULING_UNDONE, row.case_id, f"ruling {row.id}")
        return back("/review/decided" if to == "decided" else _here(only), "undone")

    @routes.get("/decided", response_class=HTMLResponse)
    def decided(request: Request) -> Response:
        return _decided(desk, request)


def _decided(desk: Desk, request: Request, status: int = 200, problem: str = "") -> Response:
    with desk.store.read() as session:
        rows = rulings_of(session, desk.account)[:_DECIDED_SHOWN]
    return desk.page(request, "decided.html", status, here="review", rulings=rows, problem=problem)


def queue_page(desk: Desk, request: Request, only: str, status: int = 200, problem: str = "") -> Response:
    """The queue, of one case or of all, with the appeals beside it."""
    with desk.store.read() as session:
        by_case = waiting_by_case(session, desk.account)
        last = next((row for row in rulings_of(session, desk.account)[:20] if row.undone_at is None), None)
    items = waiting(desk.store, desk.account, only if only in by_case else "", SHOWN)
    return desk.page(
        request,
        "review.html",
        status,
        here="review",
        items=items,
        appeals=protests(desk.store, desk.account),
        by_case=by_case,
        total=sum(by_case.values()),
        only=only if only in by_case else "",
        answers=_answers(desk, {item.case_id for item in items}),
        last=last if last is not None and last.ruled_by == staff_of(request).name else None,
        problem=problem,
    )


def _answers(desk: Desk, cases: set[str]) -> dict[str, Answer]:
    """The answers of some cases, as they were posted last."""
    found: dict[str, Answer] = {}
    with desk.store.read() as session:
        for case_id in cases:
            rows = rounds_of_case(session, desk.account, case_id)
            answer = Case.model_validate_json(rows[-1].case_json).answer if rows else None
            if answer is not None:
                found[case_id] = answer
    return found


def ruling_from(phrase: str, decision: str, credit: str, because: str) -> Ruling:
    """A ruling from what a form says. Pure.

    Raises:
        InputError: it is none.
    """
    try:
        made = Decision(decision)
    except ValueError:
        raise InputError("decision", "no decision was made", "press one of the four buttons") from None
    if not phrase:
        raise InputError("phrase", "no phrase was given", "load the page again")
    worth = _credit(credit) if made is Decision.PARTIAL else None
    reason = " ".join(because.split())
    if len(reason) > _LONGEST_REASON:
        raise InputError("because", f"the reason is longer than {_LONGEST_REASON} characters", "shorten it")
    return Ruling(phrase, made, worth, reason or None)


def _credit(text: str) -> float:
    try:
        worth = float(text.replace(",", ".")) if text.strip() else HALF
    except ValueError:
        worth = 0.0
    if not 0 < worth < 1:
        raise InputError("credit", "a partial answer is worth more than 0 and less than 1", "such as 0.5")
    return min(max(round(worth, 2), 0.01), 0.99)


def _rule(desk: Desk, request: Request, wanted: Sequence[Wanted]) -> list[int | None]:
    numbers = rule_waiting(desk.store, desk.account, wanted, staff_of(request).name, desk.now())
    for number, (case_id, ruling) in zip(numbers, wanted, strict=True):
        if number is not None:
            desk.note(request, Action.RULED, case_id, f"ruling {number}: {ruling.decision}")
    return numbers


def _here(only: str) -> str:
    return f"/review?case={quote(only)}" if only else "/review"
