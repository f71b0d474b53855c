"""OAuth 1.0a (RFC 5849), HMAC-SHA1: the signature is really verified, with oauthlib's functions."""

import hmac
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from oauthlib.oauth1 import Client as OAuthClient
from oauthlib.oauth1.rfc5849 import signature
from oauthlib.oauth1.rfc5849.utils import parse_authorization_header, unescape

from quizbot.platforms.sandbox.options import Keys
from quizbot.platforms.sandbox.problems import unauthorized
from quizbot.platforms.sandbox.wire import Call

TOLERANCE_S = 300  # X: a timestamp may be five minutes off


class Verifier:
    """Verifies signatures and remembers nonces for as long as their timestamps are good.

    Args:
        keys: the four keys.
        now: the machine's own time: signers know no other, even if the sandbox's clock runs faster.
    """

    def __init__(self, keys: Keys, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._signer = OAuthClient(
            keys.consumer_key,
            client_secret=keys.consumer_secret,
            resource_owner_key=keys.access_token,
            resource_owner_secret=keys.access_token_secret,
        )
        self._now = now
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def check(self, call: Call) -> None:
        """Verify a call.

        Raises:
            Refused: 401; its reason tells the developer why.
        """
        given = _parameters(call)
        if not _same(given.get("oauth_consumer_key", ""), self._keys.consumer_key):
            raise unauthorized("unknown consumer key")
        if not _same(given.get("oauth_token", ""), self._keys.access_token):
            raise unauthorized("unknown access token")
        if given.get("oauth_signature_method") != "HMAC-SHA1" or given.get("oauth_version", "1.0") != "1.0":
            raise unauthorized("signature method is not HMAC-SHA1, or the version is not 1.0")
        self._check_time(given.get("oauth_timestamp", ""))
        if not _same(given.get("oauth_signature", ""), self._expected(call)):
            raise unauthorized("wrong signature")
        self._check_nonce(given.get("oauth_nonce", ""))

    def _expected(self, call: Call) -> str:
        form = call.body.decode("utf-8", "replace") if call.content_type == "application/x-www-form-urlencoded" else ""
        authorization = {"Authorization": call.headers.get("authorization", "")}
        try:
            pairs: Any = signature.collect_parameters(call.query_string, form, authorization)
            address = signature.base_string_uri(call.url)
        except ValueError as error:
            raise unauthorized(f"request cannot be normalised: {error}") from error
        method: Any = call.method
        base = signature.signature_base_string(method, address, signature.normalize_parameters(pairs))
        return str(signature.sign_hmac_sha1_with_client(base, self._signer))

    def _check_time(self, timestamp: str) -> None:
        if not timestamp.isdecimal() or abs(int(timestamp[:12]) - self._now().timestamp()) > TOLERANCE_S:
            raise unauthorized("timestamp is more than five minutes off")

    def _check_nonce(self, nonce: str) -> None:
        moment = self._now().timestamp()
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < moment:
                del self._seen[next(iter(self._seen))]
            if not nonce or nonce in self._seen:
                raise unauthorized("nonce missing or used before")
            self._seen[nonce] = moment + 2 * TOLERANCE_S


def _parameters(call: Call) -> dict[str, str]:
    try:
        pairs = parse_authorization_header(call.headers.get("authorization", ""))
    except ValueError as error:
        raise unauthorized("no OAuth 1.0a authorization header") from error
    return {name: unescape(value) for name, value in pairs}


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
