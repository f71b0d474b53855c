"""X's own OpenAPI files know every request that the client makes: 2.167 in one dialect, 2.165 in the other."""

import email
import email.policy
from collections.abc import Mapping

import pytest

from quizbot.platforms.protocol import Draft
from quizbot.platforms.x import Dialect, XPlatform
from tests.platforms.openapi import Spec, check_request, load
from tests.platforms.x.local import Asked, serving
from tests.platforms.x.tour import any_answer, everything

FILES = {Dialect.POST: "2.167", Dialect.TWEET: "2.165"}

# X's list of `post.fields` leaves out what its description of a post holds: these come by `expansions`, by the letter.
UNLISTED = {"author_id", "edit_history_post_ids", "referenced_posts"}


def body_of(asked: Asked) -> object:
    """A body as the files describe it: JSON, or the fields of a form."""
    kind = asked.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return asked.json if asked.body else None
    whole = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + asked.body
    parts = email.message_from_bytes(whole, policy=email.policy.HTTP).iter_parts()
    return {part.get_param("name", header="content-disposition"): part.get_payload() for part in parts}


def listed_fields(spec: Spec, params: Mapping[str, str]) -> dict[str, str]:
    """The query, without the field names that the file's list is known to lack."""
    query = dict(params)
    if spec.version == FILES[Dialect.POST] and "post.fields" in query:
        query["post.fields"] = ",".join(set(query["post.fields"].split(",")) - UNLISTED)
    return query


def everything_more(platform: XPlatform) -> None:
    """The variants that ``everything`` leaves out."""
    platform.post(Draft("a", "1000"))
    platform.describe("5", "An ECG", graphic=False)
    list(platform.mentions())
    list(platform.own_posts("999"))


@pytest.mark.parametrize("dialect", Dialect)
def test_x_knows_every_request(dialect: Dialect) -> None:
    spec = load(FILES[dialect])
    with serving(answer=any_answer, dialect=dialect) as (server, platform):
        everything(platform)
        everything_more(platform)
    assert len(server.asked) == 13
    for asked in server.asked:
        check_request(spec, asked.method, asked.path, listed_fields(spec, asked.query), body_of(asked))


def test_what_the_list_lacks_the_post_has() -> None:
    """The exception above is as small as it can be: once X lists a name, or drops it, this fails."""
    document = load(FILES[Dialect.POST]).document
    asked_for = set(Dialect.POST.fields["post.fields"].split(","))
    known = set(document["components"]["parameters"]["PostFieldsParameter"]["schema"]["items"]["enum"])
    assert asked_for - known == UNLISTED
    assert document["components"]["schemas"]["Post"]["properties"].keys() >= asked_for
