"""Failures of the connection: whether the request can have reached X at all decides what the bot may do next."""

import ssl

import requests
from urllib3 import exceptions as transport

from quizbot.platforms.protocol import Failure, PlatformError


class AnswerTooLargeError(OSError):
    """The server sends more than any answer of X holds."""


# urllib3 raises a ProxyError only while it has not got through to the proxy, or the proxy not to the host.
_NEVER_CONNECTED = (transport.NewConnectionError, transport.ConnectTimeoutError, transport.ProxyError)
_BAD_ADDRESS = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)
_CHECK_URL = "check QUIZBOT_X_API_URL"
_CHECK_NETWORK = "check the network, then QUIZBOT_X_API_URL"

# The first that fits decides. NOT_SENT stands only where no byte of the request can have left.
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], Failure, str, str], ...] = (
    (_BAD_ADDRESS, Failure.NOT_SENT, "the address is not valid", _CHECK_URL),
    ((transport.NameResolutionError,), Failure.NOT_SENT, "no such host", _CHECK_NETWORK),
    ((transport.ProxyError,), Failure.NOT_SENT, "no connection through the proxy", "check the HTTPS_PROXY variable"),
    (_NEVER_CONNECTED, Failure.NOT_SENT, "no connection", _CHECK_NETWORK),
    (
        (ssl.SSLCertVerificationError,),
        Failure.NOT_SENT,
        "the certificate is not trusted",
        "check the machine's clock and certificates, and what stands between it and X",
    ),
    (
        (transport.ReadTimeoutError, TimeoutError),
        Failure.NETWORK,
        "no answer in time",
        "try again; QUIZBOT_X_TIMEOUT sets the time",
    ),
    ((AnswerTooLargeError,), Failure.NETWORK, "the answer is too large", _CHECK_URL),
    ((BaseException,), Failure.NETWORK, "the connection broke ({cause})", "try again"),
)


def connection_failure(where: str, error: Exception) -> PlatformError:
    """The error of a call that got no answer, or only a part of one.

    ``NOT_SENT`` where nothing can have happened: no such host, connection refused or not made in time, a certificate
    that is not trusted. Everything else may have taken effect, and is ``NETWORK``.
    """
    cause = _cause(error)
    kind, what, todo = next(row[1:] for row in _CAUSES if isinstance(cause, row[0]))
    return PlatformError(kind, where, what.format(cause=type(cause).__name__), todo)


def _cause(error: BaseException) -> BaseException:
    """The innermost known cause; requests and urllib3 wrap it up to four times, in several ways."""
    for _ in range(6):
        inner = _inner(error)
        if inner is None:
            break
        error = inner
    return error


def _inner(error: BaseException) -> BaseException | None:
    if isinstance(error, _NEVER_CONNECTED + _BAD_ADDRESS):
        # These say more than the socket's or the parser's error within.
        return None
    if isinstance(error, transport.MaxRetryError):
        return error.reason
    last = error.args[-1] if error.args else None
    return last if isinstance(last, BaseException) else None
