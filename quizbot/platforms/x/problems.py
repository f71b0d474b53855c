"""What X says when it refuses: its problem objects in all their shapes, as words to classify and to show."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from quizbot.core.errors import one_line
from quizbot.platforms.x.shapes import JsonObject

_CODE_KEYS = ("title", "type", "reason", "code")
_WORDING_KEYS = ("detail", "message", "error")
_READ_LIMIT = 2000  # characters looked at
_SHOWN_LIMIT = 240  # characters shown
_MOST_ERRORS = 10
_SERVER_CODES = ("internal-error", "hydration-failure", "resource-unavailable")
_VALUE = re.compile(r'="([^"]*)"')
_SHORTEST_SECRET = 6  # characters; shorter values, such as the version, say nothing


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal in X's words.

    Attributes:
        codes: titles, types and reasons, such as ``CreditsDepleted``; lower case.
        wording: the sentences meant for people, as they came.
    """

    codes: str = ""
    wording: str = field(default="", repr=False)  # it may echo the request


def read_problem(answer: JsonObject) -> Problem:
    """Gather the words of an answer; any shape will do, what is not understood is passed over."""
    errors = answer.get("errors")
    entries = [answer, *(errors[:_MOST_ERRORS] if isinstance(errors, list) else ())]
    found = [entry for entry in entries if isinstance(entry, dict)]
    codes, wording = (_words(found, keys) for keys in (_CODE_KEYS, _WORDING_KEYS))
    return Problem(codes.lower(), wording)


def _words(entries: list[JsonObject], keys: tuple[str, ...]) -> str:
    values = (str(entry[key]) for entry in entries for key in keys if isinstance(entry.get(key), str | int))
    return " ".join(dict.fromkeys(values))[:_READ_LIMIT]


def partial_status(answer: JsonObject) -> int | None:
    """The status that an answer deserved which came as a success, with errors and nothing else.

    X answers 200 when it could fulfil a request in part. Returns None if there is data or no error, 404 if all that
    was asked for is gone, 403 if it is withheld, 503 for everything else.
    """
    errors = answer.get("errors")
    if answer.get("data") is not None or not isinstance(errors, list) or not errors:
        return None
    codes = read_problem(answer).codes
    if any(code in codes for code in _SERVER_CODES):
        return 503
    if "resource-not-found" in codes:
        return 404
    return 403 if "not-authorized" in codes or "disallowed" in codes else 503


def showable(wording: str, authorization: str) -> str:
    """The words as they may be shown: one line, not long, and nothing if they echo the request's signature or tokens.

    Args:
        wording: X's words.
        authorization: the request's ``Authorization`` header.
    """
    values = [value for value in _VALUE.findall(authorization) if len(value) >= _SHORTEST_SECRET]
    if "oauth_" in wording.lower() or any(value in wording or unquote(value) in wording for value in values):
        return ""
    line = one_line(wording)
    return line if len(line) <= _SHOWN_LIMIT else line[: _SHOWN_LIMIT - 1] + "…"
