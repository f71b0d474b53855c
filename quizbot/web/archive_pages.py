"""The archive with its search, and "quiz me": a case of it answered on the page. Nothing of an answer is stored."""

import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from quizbot import grading
from quizbot.core.verdict import Verdict
from quizbot.rounds.archive import KINDS, LEVELS, Entry, Search, archived_stamps, entry_of, specialties_of, tags_of
from quizbot.rounds.grade import key_of
from quizbot.rounds.score import points
from quizbot.web.paging import page_of
from quizbot.web.public import PublicRound
from quizbot.web.public_pages import found
from quizbot.web.site import Site

A_PAGE = 24
LONGEST_GUESS = 500  # characters: as long as a reply may be, and some more
LONGEST_SEARCH = 100
_NEVER_KEPT = {"Cache-Control": "no-store"}
_Word = Annotated[str, Query(max_length=LONGEST_SEARCH)]


def router(site: Site) -> APIRouter:
    """The archive and "quiz me"."""
    routes = APIRouter()
    _add_archive(routes, site)
    _add_quiz(routes, site)
    return routes


def archived(site: Site) -> list[Entry]:
    """Every case of the archive, newest first; only those that changed since are read again."""
    account = site.account()
    if account is None:
        return []
    every = [_entry(site, account, stamp) for stamp in archived_stamps(site.store, account)]
    return [one for one in every if one is not None]


def _entry(site: Site, account: str, stamp: Any) -> Entry | None:  # noqa: ANN401  # a row of round_stamps
    return site.memo.get(("entry", stamp.id), tuple(stamp), lambda: entry_of(site.store, account, stamp))


def _add_archive(routes: APIRouter, site: Site) -> None:
    @routes.get("/archive", response_class=HTMLResponse)
    def archive(
        request: Request,
        q: _Word = "",
        specialty: _Word = "",
        tag: _Word = "",
        kind: _Word = "",
        level: _Word = "",
        page: int = 1,
    ) -> Response:
        every, wanted = archived(site), Search(q, specialty, tag, kind, level)
        hits = [one for one in every if wanted.finds(one)]
        number, pages = page_of(page, len(hits), A_PAGE)
        shown: dict[str, object] = {
            "hits": hits[(number - 1) * A_PAGE : number * A_PAGE],
            "count": len(hits),
            "every": len(every),
        }
        where = {"number": number, "pages": pages, "query": _query(wanted)}
        return site.page(
            request, "archive.html", context=shown | where | _choices(every), here="archive", wanted=wanted
        )


def _query(wanted: Search, **more: str) -> str:
    """The search as the query of an address."""
    given = asdict(wanted)
    return urlencode({name: value for name, value in {"q": given.pop("words"), **given, **more}.items() if value})


def _choices(every: Sequence[Entry]) -> dict[str, object]:
    """What there is to choose from in the search's form."""
    kinds = [(kind.value, text) for kind, text in KINDS.items() if any(one.kind is kind for one in every)]
    specialties = specialties_of(every)
    tags = tags_of(every, {name.casefold() for name, _ in specialties})
    return {"kinds": kinds, "specialties": specialties, "tags": tags, "levels": LEVELS}


def _add_quiz(routes: APIRouter, site: Site) -> None:
    @routes.get("/quiz-me")
    def any_case(request: Request, specialty: _Word = "", level: _Word = "", but: _Word = "") -> Response:
        wanted = Search(specialty=specialty, level=level)
        every = [one for one in archived(site) if one.can_be_asked]
        fitting = [one for one in every if wanted.finds(one)]
        if not fitting:
            return site.page(request, "quiz_none.html", context=_choices(every), here="quiz", wanted=wanted)
        chosen = random.choice([one for one in fitting if one.id != but] or fitting)  # noqa: S311  # no secret
        query = _query(wanted)
        return RedirectResponse(f"/quiz-me/{chosen.id}" + (f"?{query}" if query else ""), 303, _NEVER_KEPT)

    @routes.get("/quiz-me/{round_id}", response_class=HTMLResponse)
    def ask(request: Request, round_id: str, specialty: _Word = "", level: _Word = "") -> Response:
        wanted = Search(specialty=specialty, level=level)
        return _quiz_page(site, request, _askable(site, round_id), wanted)

    @routes.post("/quiz-me/{round_id}", response_class=HTMLResponse)
    def answer(
        request: Request,
        round_id: str,
        guess: Annotated[str, Form(max_length=LONGEST_GUESS)] = "",
        specialty: Annotated[str, Form(max_length=LONGEST_SEARCH)] = "",
        level: Annotated[str, Form(max_length=LONGEST_SEARCH)] = "",
    ) -> Response:
        asked, wanted = _askable(site, round_id), Search(specialty=specialty, level=level)
        verdict = judged(site, round_id, guess) if guess.strip() else None
        shown = _quiz_page(site, request, asked, wanted, verdict=verdict, guess=guess)
        shown.headers.update(_NEVER_KEPT)
        return shown


def judged(site: Site, round_id: str, guess: str) -> Verdict:
    """What the grader says of a guess by the key in force; stored nowhere.

    Raises:
        HTTPException: the round is not there.
    """
    rounds = site.rounds()
    row = rounds.row(round_id) if rounds else None
    if row is None:
        raise HTTPException(404)
    stamp = (row.scored_at, row.retracted_at)
    return grading.grade(site.memo.get(("key", row.id), stamp, lambda: key_of(site.store, row)), guess)


def _askable(site: Site, round_id: str) -> PublicRound:
    one = found(site, round_id)
    if not one.can_be_asked:
        raise HTTPException(404)
    return one


def _quiz_page(  # what a template is given
    site: Site, request: Request, asked: PublicRound, wanted: Search, *, verdict: Verdict | None = None, guess: str = ""
) -> Response:
    every = [one for one in archived(site) if one.can_be_asked]
    known = next((one for one in every if one.id == asked.id), None)
    shown: dict[str, object] = {
        "round": _as_asked(asked),
        "revealed": asked.revealed,
        "verdict": verdict,
        "guess": guess,
    }
    shown |= {"wanted": wanted, "next": _query(wanted, but=asked.id), "level": known.level if known else None}
    shown |= {"here": "quiz", "longest": LONGEST_GUESS, "credit": points(verdict.credit) if verdict else None}
    return site.page(request, "quiz_me.html", context=shown | _choices(every))


def _as_asked(asked: PublicRound) -> PublicRound:
    """The round as it was before its reveal."""
    return replace(asked, revealed=None)
