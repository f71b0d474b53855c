"""From a failed call to the kind of failure that the bot acts upon, and the line that a person reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.platforms.x.problems import Problem


class Action(Enum):
    """What was being done; the same status means different things for different actions."""

    READ = "read"
    POST = "post"
    DELETE = "delete"
    UPLOAD = "upload"
    STATE = "state"  # how far X is with an upload
    CLIP = "clip"  # its pieces
    CAPTION = "caption"
    DESCRIBE = "describe"


_CREATING = {
    "/2/tweets": Action.POST,
    "/2/media/upload": Action.UPLOAD,
    "/2/media/subtitles": Action.CAPTION,
    "/2/media/metadata": Action.DESCRIBE,
}


def action_of(method: str, route: str) -> Action:
    """Which action a request is."""
    if method == "DELETE":
        return Action.DELETE
    if method == "POST" and route.startswith("/2/media/upload/"):
        return Action.CLIP  # initialize, append, finalize
    if method == "GET" and route == "/2/media/upload":
        return Action.STATE
    return _CREATING.get(route, Action.READ) if method == "POST" else Action.READ


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of failure and how it is known; every condition given has to hold.

    Attributes:
        kind: the failure.
        todo: what the reader does next.
        status: the statuses, none meaning any.
        actions: the actions, none meaning any.
        codes: a pattern found in X's codes.
        wording: a pattern found in X's sentences.
    """

    kind: Failure
    todo: str
    status: frozenset[int] = frozenset()
    actions: frozenset[Action] = frozenset()
    codes: str = ""
    wording: str = ""

    def holds(self, action: Action, status: int, problem: Problem) -> bool:
        """Whether a failed call is of this kind."""
        return (
            (not self.status or status in self.status)
            and (not self.actions or action in self.actions)
            and re.search(self.codes, problem.codes) is not None
            and re.search(self.wording, problem.wording, re.IGNORECASE) is not None
        )


_SERVER_ERRORS = frozenset(range(500, 600))
_CLIENT_ERRORS = frozenset(range(400, 500))
_MEDIA_STATUS = frozenset({400, 413, 415, 422})
_RETRY = "the bot tries again; if it lasts, see whether X reports an outage"
_CREDIT = "buy credits or raise the spending limit in X's developer console"

# The first rule that holds decides. Wordings are X's of 2026; a reworded refusal falls through to the general kinds.
_RULES = (
    Rule(Failure.NO_CREDIT, _CREDIT, status=frozenset({402})),
    Rule(Failure.NO_CREDIT, _CREDIT, codes=r"creditsdepleted|spendcapreached|usagecapexceeded|usage-capped"),
    Rule(Failure.RATE_LIMITED, "the bot waits and tries again", status=frozenset({429})),
    Rule(
        Failure.UNAUTHORIZED,
        "check the four QUIZBOT_X_… keys, and this machine's clock, which signs each call (`quizbot doctor`)",
        status=frozenset({401}),
    ),
    Rule(Failure.UNAVAILABLE, _RETRY, status=_SERVER_ERRORS | {408, 425}),
    Rule(
        Failure.DUPLICATE,
        "look at the account's timeline: an earlier attempt went through, or the text was posted before",
        status=frozenset({403}),
        wording="duplicate content",
    ),
    Rule(
        Failure.REPLY_REFUSED,
        "post it without answering",
        status=frozenset({403}),
        wording="reply to this conversation is not allowed|only reply to or quote posts",
    ),
    Rule(
        Failure.NOT_FOUND,
        "see whether the post it answers was deleted",
        status=frozenset({400, 403}),
        wording="deleted or not visible to you",
    ),
    Rule(
        Failure.MEDIA,
        "upload it anew; a media id lives about a day",
        status=frozenset({400}),
        actions=frozenset({Action.POST}),
        wording=r"media ids?\b",
    ),
    Rule(
        Failure.NOT_FOUND,
        "X does not know the upload any more; it is brought anew",
        status=frozenset({400, 404}),
        actions=frozenset({Action.STATE}),
    ),
    Rule(
        Failure.MEDIA,
        "give X a PNG or JPEG of at most 5 MB",
        status=_MEDIA_STATUS,
        actions=frozenset({Action.UPLOAD}),
    ),
    Rule(
        Failure.MEDIA,
        "see that it is an MP4 of at most 140 s, as `quizbot deid` writes it; the bot brings it anew",
        status=_MEDIA_STATUS | {404},
        actions=frozenset({Action.CLIP}),
    ),
    Rule(
        Failure.MEDIA,
        "see that the captions are SubRip, as `quizbot deid` writes them; the bot brings them anew",
        status=_MEDIA_STATUS | {404},
        actions=frozenset({Action.CAPTION}),
    ),
    Rule(
        Failure.MEDIA,
        "upload the picture anew, with an alt text of at most 1000 characters",
        status=_MEDIA_STATUS | {404},
        actions=frozenset({Action.DESCRIBE}),
    ),
    Rule(
        Failure.FORBIDDEN,
        "set the app's permissions to read and write in X's developer console, then make a new access token",
        status=frozenset({403}),
        codes="oauth1-permissions",
    ),
    Rule(
        Failure.FORBIDDEN,
        "add the app to a project with access to X's API v2 in X's developer console",
        status=frozenset({403}),
        codes="client-not-enrolled|client-forbidden",
    ),
    Rule(
        Failure.FORBIDDEN,
        "sign in to the account on X and do what it asks",
        status=frozenset({403}),
        wording=r"\b(suspended|locked)\b",
    ),
    Rule(
        Failure.REFUSED,
        "shorten it, or correct what X names",
        status=frozenset({403}),
        actions=frozenset({Action.POST}),
        wording=r"\btext (is too long|holds)\b|cashtag",
    ),
    Rule(
        Failure.FORBIDDEN,
        "see that the app may read and write, and that the account is in good standing (`quizbot doctor`)",
        status=frozenset({403}),
    ),
    Rule(Failure.NOT_FOUND, "see whether it was deleted", status=frozenset({404, 410})),
    Rule(Failure.REFUSED, "the same call fails again; report it with this line", status=_CLIENT_ERRORS),
)
_ELSE = Rule(Failure.UNAVAILABLE, "check QUIZBOT_X_API_URL: it must answer itself, not point elsewhere")
_NOT_FROM_X = Rule(Failure.UNAVAILABLE, "something between here and X answered; try again later, or check the network")
# These statuses say all that matters without X's own words, which a proxy or a gateway may have replaced.
_PLAIN = frozenset({401, 402, 408, 413, 425, 429}) | _SERVER_ERRORS

_SENTENCES = {
    Failure.RATE_LIMITED: "asked too often",
    Failure.UNAVAILABLE: "no proper answer",
    Failure.UNAUTHORIZED: "the keys are not accepted",
    Failure.FORBIDDEN: "not allowed",
    Failure.DUPLICATE: "the same text stands already",
    Failure.REPLY_REFUSED: "no reply allowed there",
    Failure.NO_CREDIT: "the credits are used up",
    Failure.NOT_FOUND: "not there",
    Failure.MEDIA: "the picture or clip is not taken",
    Failure.PROCESSING: "the picture or clip could not be processed",
    Failure.REFUSED: "refused",
}


def rule_for(action: Action, status: int, problem: Problem | None) -> Rule:
    """Which kind of failure an answer is.

    Args:
        action: what was being done.
        status: the HTTP status, not 2xx.
        problem: X's words, or None if the answer was not X's own JSON, such as a gateway's HTML page. Such a page
            proves nothing about the post: its 403 or 404 is no refusal of X.
    """
    if problem is None and status in _CLIENT_ERRORS and status not in _PLAIN:
        return _NOT_FROM_X
    words = problem or Problem()
    return next((rule for rule in _RULES if rule.holds(action, status, words)), _ELSE)


def failed(where: str, rule: Rule, status: int, shown: str, retry_at: datetime | None = None) -> PlatformError:
    """The error of a call that was answered.

    Args:
        where: host, method and route.
        rule: what ``rule_for`` found.
        status: the HTTP status.
        shown: X's words, fit to be shown, or nothing.
        retry_at: when X said to come back.
    """
    what = f"{_SENTENCES[rule.kind]} ({status})" + (f': "{shown}"' if shown else "")
    todo = f"{rule.todo} (after {retry_at:%Y-%m-%d %H:%M:%S} UTC)" if retry_at else rule.todo
    return PlatformError(rule.kind, where, what, todo, retry_at)


_LIMITS = ("x-user-limit-24hour", "x-app-limit-24hour")
_SECONDS = re.compile(r"[0-9]{1,12}")
_OLDEST_RESET, _LATEST_RESET = 1_000_000_000, 4_102_444_800  # the years 2001 and 2100, in seconds since 1970


def retry_at(headers: Mapping[str, str]) -> datetime | None:
    """When a rate limit resets, by the ``x-rate-limit-reset`` header, or a used-up daily limit's own.

    An instant far off is passed on: only the caller, who has a clock, can say what is too far.
    """
    spent = [f"{name}-reset" for name in _LIMITS if headers.get(f"{name}-remaining") == "0"]
    instants = [_instant(headers.get(name, "")) for name in ("x-rate-limit-reset", *spent)]
    return max((instant for instant in instants if instant), default=None)


def _instant(text: str) -> datetime | None:
    seconds = int(text) if _SECONDS.fullmatch(text) else 0
    return datetime.fromtimestamp(seconds, UTC) if _OLDEST_RESET <= seconds < _LATEST_RESET else None
