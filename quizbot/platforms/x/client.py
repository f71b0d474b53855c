"""The one way out to X: a ``tweepy.Client`` with a host of its own, time-outs, bounds and kinds of failure."""

import logging
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests
import tweepy
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from quizbot.platforms.protocol import Failure, PlatformError
from quizbot.platforms.x.connections import AnswerTooLargeError, connection_failure
from quizbot.platforms.x.failures import action_of, failed, retry_at, rule_for
from quizbot.platforms.x.keys import XKeys
from quizbot.platforms.x.problems import Problem, partial_status, read_problem, showable
from quizbot.platforms.x.shapes import JsonObject, ShapeError, decode
from quizbot.settings import is_loopback

ANSWER_LIMIT = 10 * 1024 * 1024  # bytes; a page of 100 long posts is some 3 MB
CONNECT_LIMIT = 10.0  # seconds for making the connection, if the time-out allows as much
_CHUNK = 64 * 1024
BROKEN = (requests.RequestException, HTTPError, OSError)
HEADERS = {
    "Accept": "application/json",
    # Unpacked, so that the bound on an answer's size holds whatever the server packs.
    "Accept-Encoding": "identity",
}
_TALKATIVE = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}

Files = Mapping[str, tuple[str | None, bytes | str] | tuple[str | None, bytes | str, str]]


def hush_loggers() -> None:
    """Hold the libraries' loggers at INFO: below it they write keys, signatures and headers into the log."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.INFO))


class XClient(tweepy.Client):  # type: ignore[misc]  # tweepy ships no types
    """X's API with OAuth 1.0a in the account's name on every call.

    ``request`` is the layer that all of tweepy's own methods go through as well. It makes one request, waits for
    nothing, tries nothing twice, follows no redirect, and raises ``PlatformError`` only.

    Args:
        keys: the account's keys.
        api_url: scheme and host of the API, without a slash at the end.
        timeout: seconds for the whole of an answer, from the request's start.
    """

    def __init__(self, keys: XKeys, api_url: str, timeout: float) -> None:
        hush_loggers()
        super().__init__(
            consumer_key=keys.consumer_key,
            consumer_secret=keys.consumer_secret,
            access_token=keys.access_token,
            access_token_secret=keys.access_token_secret,
            return_type=dict,
            wait_on_rate_limit=False,
        )
        self._api_url = api_url
        self._host = urlsplit(api_url).netloc.rpartition("@")[2]
        self._timeout = timeout
        # A proxy or a .netrc of the environment is for the way to X, not for a sandbox on this machine.
        self.session.trust_env = not is_loopback(api_url)

    def __repr__(self) -> str:
        return f"XClient(host={self._host!r})"

    def where(self, method: str, route: str) -> str:
        """How messages name a request."""
        return f"{self._host} {method} {route}"

    def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: JsonObject | None = None,
        user_auth: bool = True,  # noqa: ARG002, FBT001, FBT002  # tweepy's signature; the account always signs
        files: Files | None = None,
    ) -> requests.Response:
        """Make one request; returns its answer, a success, with the body read.

        Raises:
            PlatformError: there was none.
        """
        started = time.monotonic()
        try:
            with self.session.request(
                method,
                self._api_url + route,
                params=params,
                json=json,
                files=files,
                headers={"User-Agent": self.user_agent, **HEADERS},
                auth=self._signer(),
                timeout=(min(self._timeout, CONNECT_LIMIT), self._timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                # The body is read here, with bounds that requests has not, and put where requests keeps it.
                response._content = read_body(response, started + self._timeout)
        except BROKEN as error:
            # The cause's text is harmless, but its attributes hold the signed request: it is not passed on.
            raise connection_failure(self.where(method, route), error) from None
        return self._success(method, route, response)

    def call(
        self,
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: JsonObject | None = None,
        files: Files | None = None,
    ) -> JsonObject:
        """Make one request; returns the JSON object that X answered.

        Raises:
            PlatformError: the call failed, in whole, or the answer is no JSON object.
        """
        return self.json_of(method, route, self.request(method, route, params, json, files=files))

    def json_of(self, method: str, route: str, response: requests.Response) -> JsonObject:
        """The JSON object in a successful answer.

        Raises:
            PlatformError: it is none, or reports failure after all.
        """
        where = self.where(method, route)
        try:
            answer = decode(response.content)
        except ShapeError as error:
            todo = "check QUIZBOT_X_API_URL and what stands between here and X"
            raise PlatformError(Failure.NETWORK, where, f"the answer is {error}", todo) from None
        status = partial_status(answer)
        if status is not None:
            raise self._failure(method, route, response, status, read_problem(answer))
        return answer

    def upload_media(self, data: bytes, mime: str) -> JsonObject:
        """Upload a picture in one request; returns X's answer.

        Raises:
            PlatformError: the call failed.
        """
        name = f"image.{_SUFFIXES.get(mime, 'bin')}"
        files: Files = {"media": (name, data, mime), "media_category": (None, "tweet_image")}
        return self.call("POST", "/2/media/upload", files=files)

    def create_media_metadata(self, media_id: str, metadata: JsonObject) -> JsonObject:
        """Attach metadata to an uploaded picture; returns X's answer.

        Raises:
            PlatformError: the call failed.
        """
        return self.call("POST", "/2/media/metadata", json={"id": media_id, "metadata": metadata})

    def _signer(self) -> requests.auth.AuthBase:
        keys = (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)
        signer: requests.auth.AuthBase = tweepy.OAuth1UserHandler(*keys).apply_auth()
        return signer

    def _success(self, method: str, route: str, response: requests.Response) -> requests.Response:
        if 200 <= response.status_code < 300:  # noqa: PLR2004  # HTTP's own numbers
            return response
        try:
            problem = read_problem(decode(response.content))
        except ShapeError:
            problem = None
        raise self._failure(method, route, response, response.status_code, problem)

    def _failure(
        self, method: str, route: str, response: requests.Response, status: int, problem: Problem | None
    ) -> PlatformError:
        rule = rule_for(action_of(method, route), status, problem)
        authorization = response.request.headers.get("Authorization", "")
        shown = showable(problem.wording, _text(authorization)) if problem else ""
        reset = retry_at(response.headers) if rule.kind is Failure.RATE_LIMITED else None
        return failed(self.where(method, route), rule, status, shown, reset)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def read_body(response: requests.Response, deadline: float, most: int = ANSWER_LIMIT) -> bytes:
    """The body of an answer that is streamed; an error's is given up for nothing, for its status says what matters.

    Args:
        response: of a request made with ``stream=True`` and ``HEADERS``.
        deadline: by ``time.monotonic``.
        most: bytes.

    Raises:
        OSError: it was too much, or took too long; or what ``BROKEN`` names.
    """
    try:
        return _read(response.raw, deadline, most)
    except BROKEN:
        if response.status_code < 400:  # noqa: PLR2004  # HTTP's own number
            raise
        return b""


def _read(raw: BaseHTTPResponse, deadline: float, most: int) -> bytes:
    """Read what the server sends, as it comes, within the bound and before the deadline.

    Raises:
        OSError: it was too much, or took too long.
    """
    body = bytearray()
    while chunk := raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > most:
            raise AnswerTooLargeError
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(body)
