"""Signing people in with X: OAuth 2.0, authorization code with PKCE (RFC 6749, RFC 7636), for a confidential client.

Messages are made and read by oauthlib. Its check that addresses are https is not used, for it knows no exception for
a sandbox on this machine; the settings hold the same check with that exception. X's access token is asked one thing,
whose it is, then given back (RFC 7009): it is never stored.
"""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import WebApplicationClient
from requests.auth import AuthBase

from quizbot.platforms.protocol import Failure, PlatformError, User
from quizbot.platforms.x.answers import read_user
from quizbot.platforms.x.client import BROKEN, CONNECT_LIMIT, HEADERS, hush_loggers, read_body
from quizbot.platforms.x.connections import connection_failure
from quizbot.platforms.x.shapes import ShapeError, decode, required
from quizbot.settings import is_loopback

SCOPES = ["tweet.read", "users.read"]
"""What ``GET /2/users/me`` asks for; no ``offline.access``, so that X gives no refresh token."""
_BODY_LIMIT = 256 * 1024  # bytes
_TOKEN, _REVOKE, _ME = "/2/oauth2/token", "/2/oauth2/revoke", "/2/users/me"


@dataclass(frozen=True, slots=True)
class XApp:
    """The app that asks, and where it asks.

    Attributes:
        client_id: OAuth 2.0 client id of the app.
        client_secret: its secret.
        authorize_url: X's page on which a person says yes.
        api_url: scheme and host of X's API.
        timeout: seconds for each answer.
    """

    client_id: str
    client_secret: str = field(repr=False)
    authorize_url: str
    api_url: str
    timeout: float


class _Bearer(AuthBase):
    """Puts the token on a request; as an ``auth`` of its own, it is not replaced by one from a ``.netrc``."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class XSignIn:
    """Sends people to X, and learns who came back.

    Args:
        app: the app that asks.
        redirect_uri: where X sends the browser back to; registered with the app.
    """

    def __init__(self, app: XApp, redirect_uri: str) -> None:
        hush_loggers()
        self._app = app
        self._redirect_uri = redirect_uri

    def address(self, state: str, verifier: str) -> str:
        """X's page for one sign-in.

        Args:
            state: comes back with the browser; ties the answer to it.
            verifier: 43 to 128 unreserved characters, kept secret until the code is redeemed.
        """
        client = WebApplicationClient(self._app.client_id)
        return str(
            add_params_to_uri(
                self._app.authorize_url,
                {
                    "response_type": "code",
                    "client_id": self._app.client_id,
                    "redirect_uri": self._redirect_uri,
                    "scope": " ".join(SCOPES),
                    "state": state,
                    "code_challenge": client.create_code_challenge(verifier, "S256"),
                    "code_challenge_method": "S256",
                }.items(),
            )
        )

    def who(self, code: str, verifier: str) -> User:
        """Whose yes a code is. Makes three calls: the token, whose it is (billed as a user read), and its end.

        Raises:
            PlatformError: X refuses the code, or cannot be reached, or answers something else.
        """
        token = self._token(code, verifier)
        try:
            return read_user(required(self._call("GET", _ME, auth=_Bearer(token)), "data", dict))
        except ShapeError as error:
            raise self._strange(_ME, error) from None
        finally:
            self._give_back(token)

    def _token(self, code: str, verifier: str) -> str:
        client = WebApplicationClient(self._app.client_id)
        body = client.prepare_request_body(
            code=code, redirect_uri=self._redirect_uri, include_client_id=True, code_verifier=verifier
        )
        answer = self._post(_TOKEN, body)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise self._strange(_TOKEN, "without a token")
        return token

    def _post(self, route: str, body: str) -> dict[str, Any]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        own = (self._app.client_id, self._app.client_secret)
        return self._call("POST", route, data=body, headers=headers, auth=own)

    def _give_back(self, token: str) -> None:
        """End the token. It ends by itself within two hours: that this fails is no reason to refuse a person."""
        try:
            self._post(_REVOKE, urlencode({"token": token, "token_type_hint": "access_token"}))
        except PlatformError:
            return

    def _call(self, method: str, route: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # what requests takes
        where = f"{urlsplit(self._app.api_url).netloc} {method} {route}"
        try:
            status, body = self._sent(method, route, **more)
        except BROKEN as error:
            raise connection_failure(where, error) from None
        if status >= 500:  # noqa: PLR2004  # HTTP's own number
            raise PlatformError(Failure.UNAVAILABLE, where, f"answered {status}", "try again later")
        if not 200 <= status < 300:  # noqa: PLR2004  # HTTP's own numbers
            todo = "check QUIZBOT_X_CLIENT_ID and _SECRET if this happens to everybody"
            raise PlatformError(Failure.REFUSED, where, f"refused the sign-in ({status})", todo)
        try:
            return decode(body)
        except ShapeError as error:
            raise self._strange(route, error) from None

    def _sent(self, method: str, route: str, **more: Any) -> tuple[int, bytes]:  # noqa: ANN401  # what requests takes
        started = time.monotonic()
        limit = self._app.timeout
        with requests.Session() as session:
            # A proxy or a .netrc of the environment is for the way to X, not for a sandbox on this machine.
            session.trust_env = not is_loopback(self._app.api_url)
            with session.request(
                method,
                self._app.api_url + route,
                timeout=(min(limit, CONNECT_LIMIT), limit),
                allow_redirects=False,
                stream=True,
                headers={**HEADERS, **more.pop("headers", {})},
                **more,
            ) as answer:
                return answer.status_code, read_body(answer, started + limit, _BODY_LIMIT)

    def _strange(self, route: str, what: object) -> PlatformError:
        where = f"{urlsplit(self._app.api_url).netloc} {route}"
        return PlatformError(Failure.NETWORK, where, f"the answer is {what}", "try again")
