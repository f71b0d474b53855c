"""No key, token, signature or header shows in any log, message, repr or traceback, whatever goes wrong."""

import io
import logging
import traceback
from collections.abc import Iterator

import pytest

from quizbot.platforms.protocol import Draft, PlatformError
from quizbot.platforms.x import XPlatform
from quizbot.platforms.x.client import hush_loggers
from tests.platforms.x.local import Asked, LocalServer, Reply, platform_for, rude_server
from tests.platforms.x.samples import SECRETS, raw_page, raw_post

LIBRARIES = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says at DEBUG, with the libraries' loggers as talkative as they come."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in (None, *LIBRARIES)}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def shown_of(platform: XPlatform) -> str:
    """All that a failing call shows: message, repr, and the traceback with every local variable."""
    with pytest.raises(PlatformError) as caught:
        platform.post(Draft("a"))
    error = caught.value
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join([str(error), repr(error), repr(platform), *trace.format()])


def echo(asked: Asked) -> Reply:
    """Throw the request's own header back, as a hostile or a careless server might."""
    header = asked.headers["authorization"]
    values = [part.split("=", 1)[1].strip('"') for part in header.removeprefix("OAuth ").split(", ")]
    return Reply(
        {"title": "Unauthorized", "detail": f"Bad: {' / '.join(values)}", "errors": [{"message": header}]}, 401
    )


def assert_silent(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]
    assert "OAuth " not in text


def test_a_refusal_that_echoes_the_request_shows_nothing_of_it(log: io.StringIO) -> None:
    with LocalServer(echo) as server, platform_for(server.url) as platform:
        shown = shown_of(platform)
        signature = server.asked[0].headers["authorization"].partition('oauth_signature="')[2].partition('"')[0]
    assert_silent(shown + log.getvalue())
    assert signature not in shown + log.getvalue()


def test_a_broken_connection_shows_nothing_of_the_request(log: io.StringIO) -> None:
    with rude_server(lambda _connection, _over: None) as url, platform_for(url) as platform:
        assert_silent(shown_of(platform) + log.getvalue())


def test_a_refused_connection_shows_nothing_of_the_request(log: io.StringIO) -> None:
    with platform_for("http://127.0.0.1:9") as platform:
        assert_silent(shown_of(platform) + log.getvalue())


def test_what_goes_well_is_as_silent(log: io.StringIO) -> None:
    with LocalServer(lambda _: Reply(raw_page(raw_post()))) as server, platform_for(server.url) as platform:
        list(platform.mentions())
        assert_silent(log.getvalue() + repr(platform))


def test_the_log_is_listened_to(log: io.StringIO) -> None:
    """The proof that the tests above could fail: without the client's care the signature is in the log."""
    with LocalServer(lambda _: Reply(raw_page(raw_post()))) as server, platform_for(server.url) as platform:
        for name in LIBRARIES:
            logging.getLogger(name).setLevel(logging.DEBUG)
        list(platform.mentions())
        assert "oauth_signature" in log.getvalue()


def test_loggers_are_hushed_and_quieter_ones_left_alone() -> None:
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    before = [logger.level for logger in loggers]
    try:
        for level in (logging.NOTSET, logging.DEBUG, logging.INFO):
            loggers[0].setLevel(level)
            hush_loggers()
            assert loggers[0].level == logging.INFO
        loggers[0].setLevel(logging.ERROR)
        hush_loggers()
        assert loggers[0].level == logging.ERROR
        assert not any(logger.isEnabledFor(logging.DEBUG) for logger in loggers)
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
