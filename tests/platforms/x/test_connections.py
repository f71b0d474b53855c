"""What broke decides whether a post may have gone out; wrapped errors are seen through."""

import socket
import ssl

import pytest
import requests
from urllib3 import exceptions as transport
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from quizbot.platforms.protocol import Failure
from quizbot.platforms.x.connections import connection_failure

POOL = HTTPConnectionPool("api.x.com")
LINE = HTTPConnection("api.x.com")


def wrapped(reason: Exception) -> transport.MaxRetryError:
    return transport.MaxRetryError(POOL, "/2/tweets", reason)


UNTRUSTED = transport.SSLError(ssl.SSLCertVerificationError(1, "certificate verify failed"))
TLS_CUT = transport.SSLError(ssl.SSLEOFError(8, "EOF occurred in violation of protocol"))
REFUSED = transport.NewConnectionError(LINE, "refused")
NO_NAME = transport.NameResolutionError("api.x.com", LINE, socket.gaierror("no address"))
SLOW_CONNECT = transport.ConnectTimeoutError(LINE, "timed out")
SLOW_READ = transport.ReadTimeoutError(POOL, "/2/tweets", "timed out")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.ConnectionError(wrapped(REFUSED)), Failure.NOT_SENT),
        (requests.ConnectionError(wrapped(NO_NAME)), Failure.NOT_SENT),
        (requests.ConnectTimeout(wrapped(SLOW_CONNECT)), Failure.NOT_SENT),
        (requests.exceptions.SSLError(wrapped(UNTRUSTED)), Failure.NOT_SENT),
        (requests.exceptions.ProxyError(wrapped(transport.ProxyError("no way", OSError("403")))), Failure.NOT_SENT),
        (requests.exceptions.InvalidURL("Failed to parse"), Failure.NOT_SENT),
        (requests.exceptions.SSLError(wrapped(TLS_CUT)), Failure.NETWORK),
        (requests.ReadTimeout(SLOW_READ), Failure.NETWORK),
        (SLOW_READ, Failure.NETWORK),
        (
            requests.ConnectionError(
                transport.ProtocolError("Connection aborted.", ConnectionResetError(104, "reset"))
            ),
            Failure.NETWORK,
        ),
        (transport.IncompleteRead(3, 100), Failure.NETWORK),
        (requests.RequestException("something new"), Failure.NETWORK),
        (OSError(), Failure.NETWORK),
    ],
)
def test_only_what_never_connected_was_not_sent(error: Exception, kind: Failure) -> None:
    assert connection_failure("api.x.com POST /2/tweets", error).kind is kind
