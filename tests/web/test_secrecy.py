"""The answer cannot be found before the reveal by any request: every route is tried, with every way to ask."""

import re
from collections.abc import Iterator

import pytest

from quizbot.core.case import Answer, Case, Partial, Reference, Reject
from quizbot.rounds.states import State
from quizbot.store.tables import Round
from tests.web.asgi import ask
from tests.web.conftest import Filled

MARK = "quux"
BEFORE = sorted(set(State) - {State.REVEALED, State.POSTED})
TAKEN_BACK = (State.RETRACTING, State.RETRACTED)


def marked(case: Case) -> Case:
    """The case with a word that stands nowhere else in everything that may not be told yet."""
    told = {f"{name}": f"{MARK} {name} lantern" for name in ("proof", "pearl")}
    images = tuple(one.model_copy(update={"alt_answer": f"{MARK} seen"}) for one in case.images)
    answer = Answer(
        diagnosis=f"{MARK} disease",
        accept=(f"{MARK} syndrome",),
        partial=(Partial(answer=f"{MARK} in part", credit=0.5, because=f"{MARK} half"),),
        reject=(Reject(answer=f"not {MARK}", because=f"{MARK} why"),),
    )
    references = (Reference(title=f"On {MARK}", url=f"https://{MARK}.example/paper"),)
    return case.model_copy(
        update={
            **told,
            "images": images,
            "answer": answer,
            "references": references,
            "tags": (MARK,),
            "author": f"@{MARK}",
        }
    )


def routes(router: object) -> Iterator[tuple[str, str]]:
    """Every method and address pattern of an application, those of its included routers, too."""
    for route in router.routes:  # type: ignore[attr-defined]
        if hasattr(route, "original_router"):
            yield from routes(route.original_router)
        for method in getattr(route, "methods", None) or ():
            yield method, route.path


def addresses(pattern: str, round_id: str, slug: str) -> Iterator[str]:
    """A pattern's addresses with whatever of the round can be put into it, and with questions that could find it."""
    for name in (round_id, slug):
        yield re.sub(r"\{[^}]+\}", name, pattern.replace("{number}", "1"))
    first = re.sub(r"\{[^}]+\}", round_id, pattern.replace("{number}", "1"))
    for query in (
        "q=lantern",
        "season=all",
        "page=2",
        "season=2026",
        f"but={round_id}",
        "kind=image-quiz",
        "level=hard",
    ):
        yield f"{first}?{query}"


@pytest.mark.parametrize("state", BEFORE)
def test_no_request_finds_the_answer_before_the_reveal(filled: Filled, state: State):
    hidden, retraction = filled.rounds[-1], "wrong" if state in TAKEN_BACK else None
    with filled.store.write() as session:
        row = session.get_one(Round, hidden)
        row.case_json = marked(Case.model_validate_json(row.case_json)).model_dump_json()
        row.state, row.retraction, row.voided, slug = state, retraction, retraction is not None, row.case_id
    patterns = sorted(set(routes(filled.app)))
    assert len(patterns) > 15
    for method, pattern in patterns:
        for address in addresses(pattern, hidden, slug):
            answer = ask(filled.app, address, method, {"guess": "a name"} if method == "POST" else None)
            assert answer.status < 500, address
            assert MARK not in f"{answer.headers} {answer.body.decode('latin-1')}".casefold(), address
    assert filled.get(f"/quiz-me/{hidden}").status == 404
    assert "0 of 7 cases" in filled.get("/archive?q=lantern").text
    if state in (State.QUEUED, State.POSTING):
        for path in ("", "/image/1", "/card.png"):
            assert filled.get(f"/rounds/{hidden}{path}").status == 404


def test_the_mark_is_told_once_it_is_revealed(filled: Filled):
    """The test above would find what it looks for."""
    shown = filled.rounds[-2]
    with filled.store.write() as session:
        row = session.get_one(Round, shown)
        row.case_json = marked(Case.model_validate_json(row.case_json)).model_dump_json()
    for address in ("/archive", "/feed.atom", "/anki.txt", f"/rounds/{shown}"):
        assert MARK in filled.get(address).text
    assert "1 of 7 cases" in filled.get("/archive?q=lantern").text
