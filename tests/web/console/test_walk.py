"""Whatever somebody with every right sends to the console, on either database, it is no failure of the server."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.console.client import Client
from tests.web.console.given import CASES, PASSPHRASE, Scene, unknown

pytestmark = pytest.mark.long
EXAMPLES = 3000 if os.environ.get("QUIZBOT_TEST_FULL") == "1" else 80
LIKELY = st.sampled_from(
    [
        *(
            *CASES,
            "r1",
            "r2",
            "1",
            "2",
            "0",
            "-1",
            "99999999999999999999",
            "١",
            "accept",
            "partial",
            "reject",
            "no_guess",
        ),
        *(
            "stands",
            "wrong",
            "privacy",
            "top",
            "up",
            "down",
            "2026-07-01T09:30",
            "0001-01-01T00:00",
            "0.5",
            "nan",
            "1e999",
        ),
        *(PASSPHRASE, "", " ", "/", "..", "%00", "a\x00b", "\ud7ff", "<script>", "' OR 1=1 --", "{{7*7}}", "x" * 3000),
        *unknown(3),
    ]
)
WORDS = LIKELY | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@pytest.fixture
def walker(scene: Scene) -> tuple[Client, list[tuple[str, str, dict[str, Any]]]]:
    """Somebody with every right, and every address of the console with the fields that it takes."""
    scene.replies(scene.round(), [*unknown(3), "Wellens"])
    scene.round("brugada", "r2", lane="other", state="open", revealed_at=None)
    return scene.client("all"), list(operations(scene.app.openapi()))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items() if path.startswith("/console") else ():
            if path.endswith("/logout"):
                continue  # it would end the walk
            yield method.upper(), path, fields_of(document, operation)


def fields_of(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind in content.values():
        name = str(kind["schema"].get("$ref", kind["schema"].get("allOf", [{}])[0].get("$ref", ""))).rsplit("/", 1)[-1]
        found: dict[str, Any] = document["components"]["schemas"][name]["properties"]
        return found
    return {}


@pytest.mark.parametrize("scene", ["sqlite", "postgresql"], indirect=True)
@given(data=st.data())
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_breaks_the_server(walker, data):
    client, known = walker
    method, path, fields = data.draw(st.sampled_from(known))
    for name in ("slug", "round_id", "number", "post_id"):
        word = data.draw(WORDS) if f"{{{name}}}" in path else ""
        path = path.replace(f"{{{name}}}", word.replace("?", "").replace("#", ""))
    given_fields = {
        name: data.draw(st.lists(WORDS, max_size=3) if kind.get("type") == "array" else WORDS)
        for name, kind in fields.items()
    }
    answer = client.post(path, **given_fields) if method == "POST" else client.send("GET", path)
    assert answer.status < 500, (method, path, given_fields, answer.status)


def test_the_walk_knows_the_fields_of_the_forms(walker):
    _, known = walker
    fields = {path: set(names) for method, path, names in known if method == "POST"}
    assert {"why", "text", "void", "passphrase"} <= fields["/console/rounds/{round_id}/retract"]
    assert {"case", "phrase", "decision"} <= fields["/console/review/rulings"]
    assert len(known) > 25
