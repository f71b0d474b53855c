"""The helper that holds requests and answers against X's OpenAPI files finds what is wrong with them."""

import pytest

from tests.platforms.openapi import check_request, check_response, load

VERSIONS = ["2.165", "2.167"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_right_request_passes(version: str) -> None:
    spec = load(version)
    check_request(spec, "GET", "/2/users/12/mentions", {"max_results": "100", "since_id": "5"}, None)
    check_request(spec, "POST", "/2/tweets", {}, {"text": "a", "reply": {"in_reply_to_tweet_id": "1"}})
    check_request(spec, "POST", "/2/media/upload", {}, {"media": "…", "media_category": "tweet_image"})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/2/users/12/mentions", {"max_results": "101"}, None),
        ("GET", "/2/users/12/mentions", {"no_such": "1"}, None),
        ("GET", "/2/users/x/mentions", {}, None),
        ("GET", "/2/tweets", {}, None),
        ("GET", "/2/nothing", {}, None),
        ("POST", "/2/tweets", {}, None),
        ("POST", "/2/tweets", {}, {"text": "a", "in_reply_to": "1"}),
        ("POST", "/2/tweets", {}, {"text": "a", "media": {"media_ids": []}}),
        ("GET", "/2/users/me", {}, {"text": "a"}),
    ],
)
def test_a_wrong_request_fails(version: str, method: str, path: str, query: dict[str, str], body: object) -> None:
    with pytest.raises(AssertionError):
        check_request(load(version), method, path, query, body)


def test_a_field_of_the_other_dialect_fails() -> None:
    check_request(load("2.165"), "GET", "/2/tweets", {"ids": "1", "tweet.fields": "referenced_tweets"}, None)
    with pytest.raises(AssertionError, match=r"unknown parameter tweet\.fields"):
        check_request(load("2.167"), "GET", "/2/tweets", {"ids": "1", "tweet.fields": "referenced_tweets"}, None)


@pytest.mark.parametrize(("version", "host"), [("2.165", "https://api.twitter.com"), ("2.167", "https://api.x.com")])
def test_problems_are_checked_by_their_type(version: str, host: str) -> None:
    spec = load(version)
    problem = {"type": f"{host}/2/problems/resource-not-found", "title": "Not Found Error", "detail": "gone"}
    whole = problem | {"parameter": "id", "value": "1", "resource_id": "1", "resource_type": "tweet"}
    check_response(spec, "DELETE", "/2/tweets/1", 404, whole)
    with pytest.raises(AssertionError):
        check_response(spec, "DELETE", "/2/tweets/1", 404, problem)
    with pytest.raises(AssertionError):
        check_response(spec, "DELETE", "/2/tweets/1", 404, {"oops": 1})


def test_a_misspelt_member_of_an_answer_fails() -> None:
    spec = load("2.167")
    check_response(spec, "GET", "/2/tweets/1", 200, {"data": {"id": "1", "text": "a"}})
    with pytest.raises(AssertionError, match="referenced_tweets"):
        check_response(spec, "GET", "/2/tweets/1", 200, {"data": {"id": "1", "text": "a", "referenced_tweets": []}})
    with pytest.raises(AssertionError):
        check_response(spec, "GET", "/2/tweets/1", 200, {"data": {"id": "1", "created_at": "yesterday"}})
