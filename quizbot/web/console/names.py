"""The names that people chose for the boards, and taking one away that must not stand there."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from quizbot.core.errors import InputError
from quizbot.rounds.names import clear_pseudonym
from quizbot.store.names import count_pseudonyms, pseudonyms
from quizbot.store.own import ids_by_pseudonym
from quizbot.web.console.desk import Desk, back, staff_of
from quizbot.web.console.rights import Right
from quizbot.web.paging import page_of

_A_PAGE = 100
_LONGEST = 60  # characters of a search


def router(desk: Desk) -> APIRouter:
    """The names, and taking one away. A name stands for its person: who it is, nobody has to know for this."""
    routes = desk.area(Right.CLEAR_NAMES, "/names")

    @routes.get("", response_class=HTMLResponse)
    def names(request: Request, q: str = "", page: str = "1") -> Response:
        return _names(desk, request, q, page)

    @routes.post("/clear", response_class=HTMLResponse)
    def clear(request: Request, name: Annotated[str, Form()] = "", bar: Annotated[str, Form()] = "") -> Response:
        try:
            _clear(desk, name, staff_of(request).name, bar=bool(bar))
        except InputError as refused:
            return _names(desk, request, problem=f"{refused.what}; {refused.todo}.")
        return back("/names", "barred" if bar else "cleared")

    return routes


def _clear(desk: Desk, name: str, by: str, *, bar: bool) -> None:
    with desk.store.read() as session:
        found = ids_by_pseudonym(session, desk.account, name) if name else ()
    if len(found) != 1:
        raise InputError("name", "nobody is called so any more", "look at the names again")
    clear_pseudonym(desk.store, desk.account, found[0], by, desk.now(), bar=bar)


def _names(desk: Desk, request: Request, q: str = "", page: str = "1", problem: str = "") -> Response:
    wanted = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1  # noqa: PLR2004  # no such page
    holding = q[:_LONGEST].strip()
    with desk.store.read() as session:
        total = count_pseudonyms(session, desk.account, holding)
        number, last = page_of(wanted, total, _A_PAGE)
        shown = pseudonyms(session, desk.account, holding, (number - 1) * _A_PAGE, _A_PAGE)
    given = {"names": shown, "total": total, "number": number, "last": last, "q": holding, "problem": problem}
    return desk.page(request, "names.html", 422 if problem else 200, here="names", **given)
