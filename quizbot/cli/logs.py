"""The log: standard error, text at a terminal, JSON lines otherwise. No reply's text and no key is ever logged."""

import logging
import sys

import structlog

from quizbot.settings import Settings

_NOISY = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3", "apscheduler", "alembic")


def set_up_logs(settings: Settings) -> None:
    """Configure structlog and the standard library's loggers for this process."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    renderer = structlog.dev.ConsoleRenderer() if as_text else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    for name in _NOISY:
        # At DEBUG these write headers, and with them keys, into the log.
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    # That a wake-up is skipped while the one before is still at work is as it should be, and no warning.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
