"""The way to X: signed, bounded in time and size, to one host only, and honest about what may have happened."""

import base64
import hmac
import socket
import threading
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest

from quizbot.platforms.protocol import Draft, Failure, PlatformError
from quizbot.platforms.x import Dialect, client
from quizbot.platforms.x.client import XClient
from tests.platforms.x.local import Asked, LocalServer, Reply, head, platform_for, rude_server, serving
from tests.platforms.x.samples import KEYS, bare_post, raw_page
from tests.platforms.x.tour import CREATED, any_answer, everything

Behaviour = Callable[[socket.socket, threading.Event], None]


def failure_of(url: str, *, timeout: float = 5) -> PlatformError:
    """How posting fails against this server."""
    with platform_for(url, timeout=timeout) as platform, pytest.raises(PlatformError) as caught:
        platform.post(Draft("a"))
    return caught.value


def is_signed(asked: Asked, url: str) -> bool:
    """Whether the request carries a right OAuth 1.0a signature (RFC 5849) over its method, address and query."""
    pairs = (part.split("=", 1) for part in asked.headers["authorization"].removeprefix("OAuth ").split(", "))
    given = {name: unquote(value.strip('"')) for name, value in pairs}
    signed = {name: value for name, value in (given | asked.query).items() if name != "oauth_signature"}
    params = "&".join(sorted(f"{escaped(name)}={escaped(value)}" for name, value in signed.items()))
    base = "&".join(map(escaped, (asked.method, url + asked.path, params)))
    key = f"{escaped(KEYS.consumer_secret)}&{escaped(KEYS.access_token_secret)}"
    right = base64.b64encode(hmac.digest(key.encode(), base.encode(), "sha1")).decode()
    return given["oauth_signature"] == right and given["oauth_token"] == KEYS.access_token


def escaped(text: str) -> str:
    return quote(text, safe="~")


def test_every_call_is_signed_in_the_accounts_name() -> None:
    with serving(answer=any_answer) as (server, platform):
        everything(platform)
    assert len(server.asked) == 9
    assert all(is_signed(asked, server.url) for asked in server.asked)


def test_tweepys_own_methods_go_through_the_same_layer() -> None:
    with serving(answer=any_answer) as (server, _), LocalServer(any_answer) as other:
        x = XClient(KEYS, other.url, 5)
        assert x.create_tweet(text="a", user_auth=True) == CREATED
        x.session.close()
    assert [asked.path for asked in other.asked] == ["/2/tweets"]
    assert not server.asked


def test_a_redirect_is_not_followed() -> None:
    """Neither to another host, which would get the signed request, nor to another path."""
    with LocalServer(any_answer) as elsewhere:
        for target in (f"{elsewhere.url}/2/tweets", "/2/users/me"):
            for status in (301, 302, 303, 307, 308):
                with serving(Reply({}, status, {"Location": target})) as (server, platform):
                    with pytest.raises(PlatformError, match="QUIZBOT_X_API_URL") as caught:
                        platform.post(Draft("a"))
                    assert caught.value.kind is Failure.UNAVAILABLE
                    assert len(server.asked) == 1
        assert elsewhere.asked == []


def test_no_connection_means_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = failure_of(f"http://127.0.0.1:{port}")
    assert error.kind is Failure.NOT_SENT
    assert not error.ambiguous
    assert "no connection" in str(error)


def test_no_such_host_means_not_sent() -> None:
    error = failure_of("https://no-such-host.invalid")
    assert error.kind is Failure.NOT_SENT
    assert "no such host" in str(error)


def test_a_proxy_that_is_not_there_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    error = failure_of("https://no-such-host.invalid")
    assert error.kind is Failure.NOT_SENT
    assert "proxy" in str(error)


def test_a_proxy_is_not_used_for_a_sandbox_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving(Reply(CREATED, 201)) as (_, platform):
        assert platform.post(Draft("a")) == "1000"


def hang(connection: socket.socket, over: threading.Event) -> None:
    over.wait()


def drip(connection: socket.socket, over: threading.Event) -> None:
    """Send a byte whenever the client might give up waiting for one."""
    connection.sendall(head("Content-Length: 100000"))
    while not over.wait(0.02):
        connection.sendall(b" ")


@pytest.mark.parametrize("behave", [hang, drip])
def test_a_server_that_hangs_runs_into_the_time_out(behave: Behaviour) -> None:
    """Also one that sends a byte now and then: the whole answer has to come in time."""
    with rude_server(behave) as url:
        error = failure_of(url, timeout=0.2)
    assert error.kind is Failure.NETWORK
    assert error.ambiguous
    assert "in time" in str(error)


def cut(connection: socket.socket, over: threading.Event) -> None:
    """Close without an answer."""


def reset(connection: socket.socket, over: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def cut_body(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(head("Content-Length: 100") + b'{"data":')


def cut_chunk(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(head("Transfer-Encoding: chunked") + b'20\r\n{"data":')


def garbage(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"\x00\xff" * 500 + b"\r\n\r\n")


def bad_gzip(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(head("Content-Encoding: gzip", "Content-Length: 4") + b"nope")


def many_headers(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(head(*(f"X-{n}: 1" for n in range(300))))


@pytest.mark.parametrize("behave", [cut, reset, cut_body, cut_chunk, garbage, bad_gzip, many_headers])
def test_a_broken_connection_is_ambiguous(behave: Behaviour) -> None:
    """The request went out; nobody knows whether X acted on it."""
    with rude_server(behave) as url:
        error = failure_of(url)
    assert error.kind is Failure.NETWORK
    assert error.ambiguous
    assert not error.permanent


@pytest.mark.parametrize("chunked", [True, False])
def test_an_answer_that_never_ends_is_refused(*, chunked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWER_LIMIT", 100_000)

    def flood(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head("Transfer-Encoding: chunked" if chunked else "Connection: close"))
        while not over.is_set():
            connection.sendall(b"2000\r\n" + b" " * 0x2000 + b"\r\n" if chunked else b" " * 0x2000)

    with rude_server(flood) as url:
        error = failure_of(url)
    assert error.kind is Failure.NETWORK
    assert "too large" in str(error)


def test_an_error_counts_even_if_its_body_breaks_off() -> None:
    def limited(connection: socket.socket, over: threading.Event) -> None:
        lines = ("HTTP/1.1 429 Too Many Requests", "Content-Length: 100", "x-rate-limit-reset: 1785760200", "", "{")
        connection.sendall("\r\n".join(lines).encode())

    with rude_server(limited) as url:
        error = failure_of(url)
    assert error.kind is Failure.RATE_LIMITED
    assert error.retry_at is not None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(b"<html>Over capacity</html>", 503, {"Content-Type": "text/html"}), Failure.UNAVAILABLE),
        (Reply(b"<html>Sign in to the hotel's network</html>", 200), Failure.NETWORK),
        (Reply(b"", 200), Failure.NETWORK),
        (Reply([], 201), Failure.NETWORK),
        (Reply({"data": {}}, 201), Failure.NETWORK),
        (Reply({"data": {"id": "x"}}, 201), Failure.NETWORK),
        (Reply({"errors": [{"type": "internal-error", "title": "Oops"}]}, 200), Failure.UNAVAILABLE),
        (Reply(b"<html>Blocked</html>", 403), Failure.UNAVAILABLE),
        (Reply({"title": "Unauthorized", "status": 401}, 401), Failure.UNAUTHORIZED),
        (Reply({"title": "CreditsDepleted"}, 402), Failure.NO_CREDIT),
        (Reply({"title": "SpendCapReached"}, 403), Failure.NO_CREDIT),
        (Reply({"detail": "You are not allowed to create a Tweet with duplicate content."}, 403), Failure.DUPLICATE),
        (Reply({"detail": "Something new"}, 400), Failure.REFUSED),
    ],
)
def test_answers_to_a_post_that_are_no_success(reply: Reply, kind: Failure) -> None:
    with serving(reply) as (server, platform), pytest.raises(PlatformError) as caught:
        platform.post(Draft("a"))
    assert caught.value.kind is kind
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(server.url.removeprefix("http://") + " POST /2/tweets: ")
    assert "; " in str(caught.value)
    assert len(server.asked) == 1


def test_answers_come_unpacked_or_are_bounded_after_unpacking() -> None:
    with serving(Reply(CREATED, 201)) as (server, platform):
        platform.post(Draft("a"))
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_the_default_host_is_named_in_messages() -> None:
    x = XClient(KEYS, "https://api.x.com", 5)
    x.session.close()
    assert x.where("GET", "/2/users/me") == "api.x.com GET /2/users/me"


@pytest.mark.parametrize("dialect", Dialect)
def test_a_timeline_without_understanding_costs_two_reads_and_is_an_error(dialect: Dialect) -> None:
    with serving(raw_page(bare_post()), raw_page(bare_post()), dialect=dialect) as (server, platform):
        with pytest.raises(PlatformError, match="author_id") as caught:
            list(platform.mentions())
        assert caught.value.kind is Failure.REFUSED
        assert platform.dialect is dialect
    assert len(server.asked) == 2
