"""Whatever anybody sends to any address of the OpenAPI document, on either database, is no failure of the server.

schemathesis makes requests that fit the document and requests that do not; some of their words are then replaced by
words that lead further in: names of cases that are there, decisions, dates, markup, another database's quotes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizbot.core.clock import ManualClock
from quizbot.rounds import cohorts
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from quizbot.store.tries import Limit
from quizbot.store.x_links import link
from tests.postgres import fresh_database
from tests.web.console.client import FORM, Answer, Client
from tests.web.console.given import ACCOUNT, CASES, PASSPHRASE, STAFF, T0, FakeX, Scene, make_scene, unknown

pytestmark = pytest.mark.long
FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
EXAMPLES = 60 if FULL else 3  # requests to each address
SHARING = ("ada", "rae", "opi")
"""They have some rights each of "all": unless in full, they share the addresses among them."""
NOBODY, RESPONDENT = "nobody", "respondent"
ROOM = (*CASES, "r1", "r2", "0", "1", "2", "-1", "99999999999999999999", "١", "all", "2026Q1", "0000Q1", "yes", "no")
WORDS = ("accept", "partial", "reject", "no_guess", "stands", "wrong", "privacy", "release", "top", "up", "bottom")
DATES = ("2026-07-01T09:30", "0001-01-01T00:00", "0.5", "nan", "1e999")
TEXTS = (PASSPHRASE, "", " ", "/", "..", "%00", "a\x00b", "\ud7ff", "<script>", "' OR 1=1 --", "{{7*7}}", "x" * 3000)
LIKELY = st.sampled_from([*ROOM, *WORDS, *DATES, *TEXTS, *unknown(3)])
NO_LIMIT = Limit(10**9, timedelta(minutes=1))


FIELDS = (
    "post",
    "note",
    "pseudonym",
    "on",
    "code",
    "cohort",
    "handle",
    "decision",
    "reason",
    "seen",
    "f1",
    "confirmed",
)
"""Of forms that a route reads by itself: the document does not know them."""
ENDS_THE_WALK = ("/console/logout", "/sign-out", "/you/erase")


@dataclass
class Site:
    """Every page there is, what can be asked of it, and somebody's browser."""

    scene: Scene
    operations: list[Any]
    who: str
    client: Client


@pytest.fixture(scope="session")
def operations(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Every operation of the document."""
    import schemathesis  # noqa: PLC0415  # it loads slowly, and only this needs it

    document = _document(tmp_path_factory.mktemp("document"))
    return [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]


def _document(folder: Path) -> dict[str, Any]:
    store = open_store(f"sqlite:///{folder / 'q.db'}")
    upgrade(store)
    document = make_scene(store, folder, ManualClock(T0), staff=False, x=FakeX()).app.openapi()
    store.close()
    return document


@cache
def requests_to(operation: Any, *, fitting: bool) -> st.SearchStrategy[Any]:
    """Requests that fit the document, or such as do not."""
    from schemathesis import GenerationMode  # noqa: PLC0415  # as above

    mode = GenerationMode.POSITIVE if fitting else GenerationMode.NEGATIVE
    made: st.SearchStrategy[Any] = operation.as_strategy(generation_mode=mode)
    return made


def can_be_broken(operation: Any) -> bool:
    """Whether there is something of a request that may not fit: a query or a form; a path takes any word."""
    return bool(operation.query or operation.body)


@pytest.fixture
def site(
    request: pytest.FixtureRequest, operations: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    who, database = request.param
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("quizbot.store.people._hasher", lambda: quick)
    for limit in ("console.desk.FORMS", "console.login.TRIES", "people.desk.SIGN_INS", "people.desk.ALL_SIGN_INS"):
        monkeypatch.setattr(f"quizbot.web.{limit}", NO_LIMIT)
    store = open_store(fresh_database() if database == "postgresql" else f"sqlite:///{tmp_path / 'q.db'}")
    upgrade(store)
    scene = make_scene(store, tmp_path, ManualClock(T0), x=FakeX())
    scene.replies(scene.round(), [*unknown(3), "Wellens"])
    scene.round("brugada", "r2", lane="other", state="open", revealed_at=None)
    cohorts.add_cohort(store, ACCOUNT, "yes", None, "rae", T0)
    link(store, "ada", "4711", T0)
    yield Site(scene, operations, who, _signed_in(scene, who))
    store.close()


def _signed_in(scene: Scene, who: str) -> Client:
    if who in STAFF:
        return scene.client(who)
    client = Client(scene.app)
    if who == RESPONDENT:
        state = client.get("/sign-in").to.partition("state=")[2]
        assert client.get(f"/sign-in/callback?code=yes&state={state}").status == 303
        client.get("/you")
    return client


def sent(client: Client, case: Any) -> Answer:
    """Send a request as schemathesis made it, with the cookies and the form's token of whoever sends it."""
    if isinstance(case.body, dict) and client.csrf:
        case.body = case.body | {"csrf": client.csrf}
    made = requests.Request(**case.as_transport_kwargs(base_url="http://quiz.test")).prepare()
    headers = {name: value for name, value in made.headers.items() if name.lower() not in ("cookie", "content-length")}
    body = made.body.encode() if isinstance(made.body, str) else made.body or b""
    target = (made.url or "").removeprefix("http://quiz.test")
    return client.send_raw(made.method or "GET", target, body, headers)


@pytest.mark.parametrize(
    "site",
    [(who, "sqlite") for who in (NOBODY, RESPONDENT, *STAFF)] + [("all", "postgresql")],
    indirect=True,
    ids="-".join,
)
def test_no_request_is_a_failure_of_the_server(site: Site) -> None:
    shared = site.who in SHARING and not FULL
    mine = site.operations[SHARING.index(site.who) :: len(SHARING)] if shared else site.operations
    for operation in mine:
        if operation.path not in ENDS_THE_WALK:
            _walk(site.client, operation)


def _walk(client: Client, operation: Any) -> None:
    """Send requests to an address."""

    @settings(max_examples=EXAMPLES, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def walk(data: st.DataObject) -> None:
        fitting = not can_be_broken(operation) or data.draw(st.booleans())
        case = data.draw(requests_to(operation, fitting=fitting))
        case.path_parameters = {name: _or_likely(data, value) for name, value in (case.path_parameters or {}).items()}
        if case.method == "POST" and not operation.body:
            case.body, case.media_type = data.draw(st.dictionaries(st.sampled_from(FIELDS), LIKELY)), FORM
        elif isinstance(case.body, dict):
            case.body = {name: _or_likely(data, value) for name, value in case.body.items()}
        answer = sent(client, case)
        assert answer.status < 500, (case.method, case.formatted_path, case.query, case.body, answer.status)

    walk()


def _or_likely(data: st.DataObject, value: Any) -> Any:
    if not data.draw(st.booleans()):
        return value
    word = data.draw(LIKELY)
    return [word] if isinstance(value, list) else word


def test_the_document_has_every_form_with_its_fields(tmp_path: Path) -> None:
    document = _document(tmp_path)
    retraction = _fields(document, "/console/rounds/{round_id}/retract")
    assert {"why", "text", "void", "passphrase"} <= retraction
    assert {"case", "phrase", "decision"} <= _fields(document, "/console/review/rulings")
    assert len(document["paths"]) > 55


def _fields(document: dict[str, Any], path: str) -> set[str]:
    content = document["paths"][path]["post"]["requestBody"]["content"]
    schema = next(iter(content.values()))["schema"]
    name = str(schema.get("$ref", schema.get("allOf", [{}])[0].get("$ref", ""))).rsplit("/", 1)[-1]
    return set(document["components"]["schemas"][name]["properties"])
