"""Each way in which X refuses is told apart from the others; tables of statuses and X's own words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from quizbot.platforms.protocol import Failure
from quizbot.platforms.x import failures
from quizbot.platforms.x.failures import Action, action_of, failed, retry_at, rule_for
from quizbot.platforms.x.problems import Problem, partial_status, read_problem, showable


def problem(**members: object) -> Problem:
    return read_problem({"type": "about:blank", "title": "Forbidden", "status": 403, **members})


NOT_ENGAGED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author"
    " of the post you are replying to."
)
NOT_AUTHOR = "You can only reply to or quote posts where you are mentioned or are the author."
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."


@pytest.mark.parametrize(
    ("action", "status", "words", "kind"),
    [
        (Action.READ, 429, problem(title="Too Many Requests"), Failure.RATE_LIMITED),
        (Action.READ, 429, None, Failure.RATE_LIMITED),
        (Action.READ, 429, problem(title="UsageCapExceeded"), Failure.NO_CREDIT),
        (Action.POST, 402, problem(title="CreditsDepleted"), Failure.NO_CREDIT),
        (Action.POST, 402, None, Failure.NO_CREDIT),
        (Action.READ, 403, problem(title="SpendCapReached"), Failure.NO_CREDIT),
        (Action.POST, 403, problem(type="https://api.x.com/2/problems/usage-capped"), Failure.NO_CREDIT),
        (Action.POST, 401, problem(title="Unauthorized"), Failure.UNAUTHORIZED),
        (Action.POST, 401, None, Failure.UNAUTHORIZED),
        (Action.POST, 500, problem(), Failure.UNAVAILABLE),
        (Action.POST, 503, None, Failure.UNAVAILABLE),
        (Action.UPLOAD, 504, None, Failure.UNAVAILABLE),
        (Action.POST, 408, None, Failure.UNAVAILABLE),
        (
            Action.POST,
            403,
            problem(detail="You are not allowed to create a Tweet with duplicate content."),
            Failure.DUPLICATE,
        ),
        (Action.POST, 403, problem(detail=NOT_ENGAGED), Failure.REPLY_REFUSED),
        (Action.POST, 403, problem(detail=NOT_AUTHOR), Failure.REPLY_REFUSED),
        (Action.POST, 403, {"errors": [{"message": NOT_AUTHOR}]}, Failure.REPLY_REFUSED),
        (Action.POST, 403, problem(detail=GONE), Failure.NOT_FOUND),
        (Action.POST, 400, problem(detail="Your media IDs are invalid."), Failure.MEDIA),
        (Action.POST, 403, problem(detail="Your account is suspended"), Failure.FORBIDDEN),
        (Action.POST, 403, problem(type="https://api.x.com/2/problems/oauth1-permissions"), Failure.FORBIDDEN),
        (Action.POST, 403, problem(reason="client-not-enrolled"), Failure.FORBIDDEN),
        (Action.POST, 403, problem(detail="You are not permitted to perform this action."), Failure.FORBIDDEN),
        (Action.POST, 403, problem(detail={"nested": True}), Failure.FORBIDDEN),
        (Action.DELETE, 404, problem(title="Not Found Error"), Failure.NOT_FOUND),
        (Action.READ, 410, problem(title="Gone"), Failure.NOT_FOUND),
        (Action.UPLOAD, 400, problem(title="Invalid Request"), Failure.MEDIA),
        (Action.UPLOAD, 413, None, Failure.MEDIA),
        (Action.UPLOAD, 415, problem(), Failure.MEDIA),
        (Action.UPLOAD, 403, problem(), Failure.FORBIDDEN),
        (Action.STATE, 400, problem(title="Invalid Request"), Failure.NOT_FOUND),
        (Action.DESCRIBE, 400, problem(title="Invalid Request"), Failure.MEDIA),
        (Action.DESCRIBE, 404, problem(), Failure.MEDIA),
        (Action.POST, 400, problem(title="Invalid Request"), Failure.REFUSED),
        (Action.READ, 400, problem(detail="`max_results` [5000] and duplicate content"), Failure.REFUSED),
        (Action.READ, 422, problem(), Failure.REFUSED),
        (Action.POST, 301, None, Failure.UNAVAILABLE),
        (Action.POST, 302, problem(), Failure.UNAVAILABLE),
    ],
)
def test_kinds(action: Action, status: int, words: Problem | dict[str, Any] | None, kind: Failure) -> None:
    read = read_problem(words) if isinstance(words, dict) else words
    assert rule_for(action, status, read).kind is kind


@pytest.mark.parametrize("status", [400, 403, 404, 410, 422])
def test_a_page_that_is_not_xs_proves_nothing(status: int) -> None:
    """A gateway's 404 in HTML is no proof that a post is gone, nor its 403 that X refused."""
    assert rule_for(Action.DELETE, status, None).kind is Failure.UNAVAILABLE


@pytest.mark.parametrize(
    ("method", "route", "action"),
    [
        ("POST", "/2/tweets", Action.POST),
        ("DELETE", "/2/tweets/5", Action.DELETE),
        ("POST", "/2/media/upload", Action.UPLOAD),
        ("GET", "/2/media/upload", Action.STATE),
        ("POST", "/2/media/metadata", Action.DESCRIBE),
        ("GET", "/2/tweets", Action.READ),
        ("GET", "/2/users/5/mentions", Action.READ),
    ],
)
def test_actions(method: str, route: str, action: Action) -> None:
    assert action_of(method, route) is action


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-rate-limit-reset": "1785760200"}, 1785760200),
        ({}, None),
        ({"x-rate-limit-reset": "soon"}, None),
        ({"x-rate-limit-reset": "-5"}, None),
        ({"x-rate-limit-reset": "1785760200.5"}, None),
        ({"x-rate-limit-reset": "0"}, None),
        ({"x-rate-limit-reset": "9" * 5000}, None),
        ({"x-rate-limit-reset": "1785760200000"}, None),
        ({"x-rate-limit-reset": "²"}, None),
        (
            {
                "x-rate-limit-reset": "1785760200",
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": "1785800000",
            },
            1785800000,
        ),
        (
            {
                "x-rate-limit-reset": "1785760200",
                "x-user-limit-24hour-remaining": "3",
                "x-user-limit-24hour-reset": "1785800000",
            },
            1785760200,
        ),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: int | None) -> None:
    expected = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    assert retry_at(headers) == expected


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"data": [], "errors": [{"title": "x"}]}, None),
        ({"errors": []}, None),
        ({"errors": "many"}, None),
        ({"meta": {}}, None),
        ({"errors": [{"type": "https://api.x.com/2/problems/resource-not-found"}]}, 404),
        ({"errors": [{"type": "https://api.x.com/2/problems/not-authorized-for-resource"}]}, 403),
        ({"errors": [{"type": "https://api.x.com/2/problems/internal-error"}]}, 503),
        ({"errors": [{"type": "x/resource-not-found"}, {"type": "x/internal-error"}]}, 503),
        ({"errors": ["odd"]}, 503),
    ],
)
def test_a_success_with_nothing_but_errors_is_a_failure(answer: dict[str, object], status: int | None) -> None:
    assert partial_status(answer) == status


def test_the_line_says_where_what_and_what_to_do() -> None:
    rule = rule_for(Action.POST, 429, None)
    at = datetime(2026, 8, 3, 12, 30, tzinfo=UTC)
    error = failed("api.x.com POST /2/tweets", rule, 429, "slow down", at)
    assert str(error) == (
        'api.x.com POST /2/tweets: asked too often (429): "slow down";'
        " the bot waits and tries again (after 2026-08-03 12:30:00 UTC)"
    )
    assert error.retry_at == at


@pytest.mark.parametrize("kind", sorted(set(Failure) - {Failure.NETWORK, Failure.NOT_SENT, Failure.PROCESSING}))
def test_every_kind_that_x_answers_with_says_what_to_do(kind: Failure) -> None:
    rules = [rule for rule in failures._RULES if rule.kind is kind]
    assert rules
    assert all(rule.todo for rule in rules)
    assert failures._SENTENCES[kind]


AUTHORIZATION = 'OAuth oauth_nonce="123", oauth_token="5-abcdef", oauth_signature="qw%2Ber%3D"'


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("plain words", "plain words"),
        ("two\nlines \x1b[31m", "two lines  [31m"),
        ("x" * 300, "x" * 239 + "…"),
        ("your token 5-abcdef is bad", ""),
        ("signature qw%2Ber%3D", ""),
        ("signature qw+er=", ""),
        ("sent oauth_anything", ""),
    ],
)
def test_xs_words_are_shown_short_and_without_an_echo_of_the_keys(wording: str, shown: str) -> None:
    assert showable(wording, AUTHORIZATION) == shown
