"""X's way of saying no.

A refusal whose type the OpenAPI file names goes out as ``application/problem+json``. For the others (wrong keys, rate
limit, credits, duplicate…) X answers a problem of type ``about:blank``, which OpenAPI 2.165 knows and 2.167 no longer
does; in the post dialect they carry ``code`` and ``message`` besides, the other form of error that the file allows.
The numbers are those of X's older API, where each refusal had one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizbot.platforms.sandbox.options import Dialect

BLANK = "about:blank"
_TYPED = frozenset({"invalid-request", "resource-not-found", "not-authorized-for-resource"})
_HOSTS = {Dialect.POST: "https://api.x.com", Dialect.TWEET: "https://api.twitter.com"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal.

    Attributes:
        status: the HTTP status.
        title: X's title.
        detail: X's sentence.
        kind: ``about:blank`` or the last part of the type's address.
        code: the number in X's older list of errors.
        more: further members.
    """

    status: int
    title: str
    detail: str
    kind: str = BLANK
    code: int = 0
    more: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818  # it is an answer, not a fault of the program
    """The call is refused with this problem.

    Attributes:
        problem: what X says.
        reason: for a developer's eyes only, in the header ``x-sandbox-reason``.
    """

    def __init__(self, problem: Problem, reason: str = "") -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.reason = reason


def address(kind: str, dialect: Dialect) -> str:
    """A problem's ``type``."""
    return kind if kind == BLANK else f"{_HOSTS[dialect]}/2/problems/{kind}"


def partial(problem: Problem, dialect: Dialect) -> dict[str, object]:
    """A problem as a member of ``errors``, beside data."""
    return {
        "title": problem.title,
        "detail": problem.detail,
        "type": address(problem.kind, dialect),
        **problem.more,
    }


def body(problem: Problem, dialect: Dialect) -> tuple[str, dict[str, object]]:
    """A problem as a whole answer: its content type and its members."""
    record = partial(problem, dialect) | {"status": problem.status}
    if problem.kind in _TYPED or dialect is Dialect.TWEET:
        return "application/problem+json", record
    return "application/json", {"code": problem.code, "message": problem.detail} | record


def invalid(name: str, value: str, message: str) -> Refused:
    """400 for a parameter or a member of the body."""
    errors = [{"parameters": {name: [value[:200]]}, "message": message}]
    detail = "One or more parameters to your request was invalid."
    return Refused(Problem(400, "Invalid Request", detail, "invalid-request", more={"errors": errors}), message)


def forbidden(detail: str, code: int) -> Refused:
    """403 in X's words."""
    return Refused(Problem(403, "Forbidden", detail, code=code))


def unauthorized(reason: str) -> Refused:
    """401; X does not say why, the sandbox's header does."""
    return Refused(Problem(401, "Unauthorized", "Unauthorized", code=32), reason)


def not_found(kind: str, identifier: str, parameter: str) -> Problem:
    """A post or a user that is not there. ``kind`` is ``tweet`` or ``user``."""
    return Problem(
        404,
        "Not Found Error",
        f"Could not find {kind} with {parameter}: [{identifier}].",
        "resource-not-found",
        more=_resource(kind, identifier, parameter),
    )


def not_visible(kind: str, identifier: str, parameter: str) -> Problem:
    """A post or a user that is there, but not for this reader."""
    return Problem(
        403,
        "Authorization Error",
        f"Sorry, you are not authorized to see the {kind} with {parameter}: [{identifier}].",
        "not-authorized-for-resource",
        more=_resource(kind, identifier, parameter) | {"section": "data"},
    )


def _resource(kind: str, identifier: str, parameter: str) -> dict[str, object]:
    return {"value": identifier, "resource_id": identifier, "resource_type": kind, "parameter": parameter}


def credits_depleted(account: str) -> Refused:
    """402: the account's credits are gone."""
    detail = f"Your enrolled account [{account}] does not have any credits to fulfill this request."
    return Refused(Problem(402, "CreditsDepleted", detail, "credits", more={"account_id": int(account)}))


def spend_cap_reached(account: str) -> Refused:
    """403: the account's spending limit is reached."""
    detail = f"Your enrolled account [{account}] has reached its billing cycle spend cap."
    return Refused(Problem(403, "SpendCapReached", detail, "credits", more={"account_id": int(account)}))


TOO_MANY = Problem(429, "Too Many Requests", "Too Many Requests", code=88)
NO_SUCH_ROUTE = Problem(404, "Not Found", "Not Found", code=34)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
REPLY_NOT_ALLOWED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author "
    "of the post you are replying to."
)
QUOTE_NOT_ALLOWED = "You can only reply to or quote posts where you are mentioned or are the author."
REPLY_TO_NOTHING = "You attempted to reply to a Tweet that is deleted or not visible to you."
