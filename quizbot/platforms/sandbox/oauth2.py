"""OAuth 2.0 with PKCE (RFC 6749, RFC 7636), as X offers it to confidential clients: codes and bearer tokens.

Codes are good once, for half a minute, for the address and the verifier they were asked for with; a code that comes a
second time takes its token with it (RFC 6749, section 4.1.2). The state file holds their digests only. X's addresses:
``/i/oauth2/authorize`` (a page), ``/2/oauth2/token``, ``/2/oauth2/revoke``.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from quizbot.platforms.sandbox.database import Tx

AUTHORIZE = "/i/oauth2/authorize"
CODE_LIFE = timedelta(seconds=30)
TOKEN_LIFE = timedelta(hours=2)
NEEDED_SCOPES = frozenset({"tweet.read", "users.read"})
"""What ``GET /2/users/me`` asks for in X's OpenAPI file."""
_KNOWN_SCOPES = NEEDED_SCOPES | {"offline.access"}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # RFC 7636, section 4.2: base64url of a SHA-256
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # section 4.1
_OURS = re.compile(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?(/[!$-;=?-~]*)?")  # printable, no <, >, #
_STATE_LIMIT = 500  # characters; X's own


@dataclass(frozen=True, slots=True)
class AppKeys:
    """A confidential client's id and secret."""

    client_id: str
    client_secret: str = field(repr=False)

    def settings(self, url: str) -> dict[str, str]:
        """The settings, by environment name, that let people sign in through the sandbox at ``url``."""
        return {
            "QUIZBOT_X_AUTHORIZE_URL": url + AUTHORIZE,
            "QUIZBOT_X_CLIENT_ID": self.client_id,
            "QUIZBOT_X_CLIENT_SECRET": self.client_secret,
        }


class UnusableError(Exception):
    """A wish that cannot even be answered: client or address are unknown, so the browser is sent nowhere."""


class DeclinedError(Exception):
    """A wish that is declined; ``error`` goes back to the client's address."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error


class TokenRefusedError(Exception):
    """The token endpoint says no."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.error = error


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks a person for."""

    redirect_uri: str
    state: str
    scope: str
    challenge: str

    def back(self, **parameters: str) -> str:
        """The client's address with an outcome."""
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        return f"{self.redirect_uri}{joint}{urlencode({**parameters, 'state': self.state})}"


def read_wish(app: AppKeys, query: Mapping[str, str]) -> Wish:
    """What the authorize page was opened with.

    Raises:
        UnusableError: the client is unknown, or its address is not one on this machine.
    """
    address = query.get("redirect_uri", "")
    if not _same(query.get("client_id", ""), app.client_id):
        raise UnusableError("no app has this client_id")
    if not _OURS.fullmatch(address):
        raise UnusableError("redirect_uri is not an address on this machine")
    return Wish(address, query.get("state", ""), query.get("scope", ""), query.get("code_challenge", ""))


def check_wish(wish: Wish, query: Mapping[str, str]) -> None:
    """Make sure that a wish can be granted.

    Raises:
        DeclinedError: it cannot.
    """
    if query.get("response_type") != "code":
        raise DeclinedError("unsupported_response_type", "response_type is not code")
    if not 0 < len(wish.state) <= _STATE_LIMIT:
        raise DeclinedError("invalid_request", "state is missing or longer than 500 characters")
    if query.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(wish.challenge):
        raise DeclinedError("invalid_request", "code_challenge is no S256 challenge")
    scopes = set(wish.scope.split())
    if not scopes >= NEEDED_SCOPES or not scopes <= _KNOWN_SCOPES:
        raise DeclinedError("invalid_scope", "scope does not hold tweet.read and users.read, or holds unknown ones")


def issue_code(tx: Tx, wish: Wish, user_id: int, now: datetime) -> str:
    """A code for a wish that a person has granted."""
    code = secrets.token_urlsafe(48)
    until = (now + CODE_LIFE).timestamp()
    row = (_digest(code), user_id, wish.redirect_uri, wish.scope, wish.challenge, until)
    tx.execute(
        "INSERT INTO codes (digest, user_id, redirect_uri, scope, challenge, until) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    return code


def redeem(tx: Tx, form: Mapping[str, str], now: datetime) -> dict[str, object]:
    """The answer of the token endpoint to a client that has shown its secret.

    The code is used up by the first try, whatever comes of it; the caller keeps the transaction even if this raises.

    Raises:
        TokenRefusedError: the grant is not one that was given.
    """
    if form.get("grant_type") != "authorization_code":
        raise TokenRefusedError(400, "unsupported_grant_type", "grant_type is not authorization_code")
    digest = _digest(form.get("code", ""))
    row = tx.execute("SELECT * FROM codes WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        raise _invalid("Value passed for the authorization code was invalid.")
    if row["used"]:
        tx.execute("DELETE FROM tokens WHERE code = ?", (digest,))
        raise _invalid("Value passed for the authorization code was used before.")
    tx.execute("UPDATE codes SET used = 1 WHERE digest = ?", (digest,))
    if now.timestamp() >= row["until"]:
        raise _invalid("Value passed for the authorization code has expired.")
    if form.get("redirect_uri") != row["redirect_uri"]:
        raise _invalid("Value passed for the redirect uri did not match the uri of the authorization code.")
    if not verifies(form.get("code_verifier", ""), row["challenge"]):
        raise _invalid("Value passed for the code verifier did not match the code challenge.")
    return _issue_token(tx, row["user_id"], row["scope"], digest, now)


def _issue_token(tx: Tx, user_id: int, scope: str, code: str, now: datetime) -> dict[str, object]:
    token = secrets.token_urlsafe(60)
    row = (_digest(token), user_id, scope, code, (now + TOKEN_LIFE).timestamp())
    tx.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", row)
    return {
        "token_type": "bearer",
        "expires_in": int(TOKEN_LIFE.total_seconds()),
        "access_token": token,
        "scope": scope,
    }


def revoke(tx: Tx, form: Mapping[str, str]) -> dict[str, object]:
    """End a token (RFC 7009); one that nobody knows is no error."""
    tx.execute("DELETE FROM tokens WHERE digest = ?", (_digest(form.get("token", "")),))
    return {"revoked": True}


def bearer(tx: Tx, authorization: str, now: datetime) -> int | None:
    """Whose bearer token an ``Authorization`` header holds; None if it is none that is good."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer":
        return None
    row = tx.execute("SELECT user_id, until FROM tokens WHERE digest = ?", (_digest(token.strip()),)).fetchone()
    return None if row is None or now.timestamp() >= row["until"] else int(row["user_id"])


def check_client(app: AppKeys, authorization: str) -> None:
    """Make sure that a client is who it says (HTTP Basic, as X asks of confidential clients).

    Raises:
        TokenRefusedError: 401, it is not.
    """
    kind, _, value = authorization.partition(" ")
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        name, secret = "", ""
    if kind.lower() != "basic" or not (_same(name, app.client_id) and _same(secret, app.client_secret)):
        raise TokenRefusedError(401, "unauthorized_client", "Missing valid authorization header")


def verifies(verifier: str, challenge: str) -> bool:
    """Whether a verifier is the one behind an S256 challenge (RFC 7636, section 4.6)."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode("ascii", "replace"))


def _invalid(description: str) -> TokenRefusedError:
    return TokenRefusedError(400, "invalid_request", description)  # X's word for what RFC 6749 calls invalid_grant


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
