"""A call and its answer as plain data, so that everything between them needs no web server."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizbot.platforms.sandbox.money import Bill


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API.

    Attributes:
        method: upper case.
        path: without the query.
        url: scheme, host and path, as the client signed it.
        query_string: raw, as signed.
        query: decoded, the last of a name wins.
        headers: names in lower case.
        body: the raw body.
        form: the fields of a multipart body.
    """

    method: str
    path: str
    url: str
    query_string: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    form: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The body's type, without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, and what it costs."""

    status: int
    body: Mapping[str, object]
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    bills: tuple[Bill, ...] = ()
