"""The settings: environment or ``.env``, prefix ``QUIZBOT_``. Secrets are ``SecretStr`` and are never printed."""

import difflib
import os
from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from quizbot.core.clock import Clock, SystemClock, parse_clock
from quizbot.core.errors import InputError, UsageError
from quizbot.core.prices import KINDS, Prices

DEFAULT_X_API_URL = "https://api.x.com"
DEFAULT_X_AUTHORIZE_URL = "https://x.com/i/oauth2/authorize"
PREFIX = "QUIZBOT_"
_FOR_TESTS = f"{PREFIX}TEST_"


_MAY_BE_EMPTY = frozenset({"post_at", "pearl_at"})


def _price(kind: str, what: str) -> Any:  # noqa: ANN401  # pydantic's Field is typed so
    return Field(Prices().of(kind), ge=0, description=f"US$ for {what}; X's price list.")


class Settings(BaseSettings):
    """Every setting of the bot. Each description is shown by ``quizbot config`` and written by ``quizbot init``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    database_url: str = Field("sqlite:///db/quizbot.db", description="SQLAlchemy URL: sqlite:///FILE or postgresql://…")
    cases_dir: Path = Field(Path("cases"), description="The folder of case folders.")

    x_api_url: str = Field(DEFAULT_X_API_URL, description="X's API; another host must be https or loopback.")
    x_consumer_key: SecretStr | None = Field(None, description="Key 1 of 4: the app's consumer (API) key.")
    x_consumer_secret: SecretStr | None = Field(None, description="Key 2 of 4: the app's consumer (API) secret.")
    x_access_token: SecretStr | None = Field(None, description="Key 3 of 4: the bot account's access token.")
    x_access_token_secret: SecretStr | None = Field(None, description="Key 4 of 4: its secret.")
    x_authorize_url: str = Field(
        DEFAULT_X_AUTHORIZE_URL, description="X's page for signing in; another must be https or loopback."
    )
    x_client_id: SecretStr | None = Field(None, description="For people to sign in: the app's OAuth 2.0 client id.")
    x_client_secret: SecretStr | None = Field(None, description="For people to sign in: its client secret.")
    x_timeout: float = Field(30, gt=0, le=300, description="Seconds to wait for an answer of X.")

    timezone: str = Field("UTC", description="IANA name, such as America/New_York, of the zone of the times below.")
    post_at: str = Field("mon,thu 12:00", description="When quizzes are posted: days and times; several with ';'.")
    pearl_at: str = Field("sat 12:00", description="When pearls and links are posted, likewise; empty: never.")
    post_within: timedelta = Field(
        timedelta(hours=6), description="A time that was missed by more than this is skipped, not made up for."
    )
    reveal_after: timedelta = Field(timedelta(hours=24), description="From a quiz's post to its close and answer.")
    read_for: timedelta = Field(timedelta(hours=48), description="How long after the post replies are looked for.")
    post_examples: bool = Field(default=False, description="Post the starter cases too (for trying out).")
    post_references: int = Field(1, ge=1, le=5, description="How many references are posted; each link costs US$ 0.20.")
    require_consent: Literal["written", "any"] = Field(
        "written", description="Pictures of patients: written consent, or any ground that the case format allows."
    )
    sweep: bool = Field(
        default=False, description="Search for missed replies before the reveal, at five times the price."
    )
    check_links: bool = Field(
        default=True,
        description="Try a case's reference before it starts and before its answer: a dead one is not posted.",
    )
    season: Literal["quarter", "year"] = Field("quarter", description="The length of a season of the leaderboard.")
    board: Literal["opt-out", "opt-in"] = Field(
        "opt-out",
        description="Who is on the boards: opt-out, all with points who did not leave them; opt-in, who chose to be.",
    )
    keep_text_days: int = Field(30, ge=1, le=3650, description="Days after which the text of replies is removed.")

    budget_month: float | None = Field(
        None,
        ge=0,
        description="US$ a month (UTC) at most: beyond, no case is begun, no reply read; answers owed go out.",
    )
    price_owned_read: float = _price("owned_read", "a post of the own mentions or timeline, read")
    price_post_read: float = _price("post_read", "a post found by search or looked up")
    price_user_read: float = _price("user_read", "a user looked up")
    price_post_create: float = _price("post_create", "a post")
    price_post_create_link: float = _price("post_create_link", "a post that holds a link")
    price_media_metadata: float = _price("media_metadata", "an alt text")
    price_post_delete: float = _price("post_delete", "a deletion")

    web_host: str = Field("127.0.0.1", description="Address the pages are served on.")
    web_port: int = Field(8080, ge=0, le=65535, description="Port of the pages.")
    public_url: str = Field("", description="Address of the pages as people see it, if it is not http://HOST:PORT.")

    contact: str = Field(
        "", max_length=200, description="Whom to write to about privacy; shown on the pages, such as an e-mail address."
    )

    secret_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="Key of the keyed hashes and sessions, 32 characters or more; unset: made once in SECRET_FILE.",
    )
    secret_file: Path = Field(Path("db/secret.key"), description="Where that key is kept. Back it up, apart.")

    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged.")
    log_format: Literal["auto", "text", "json"] = Field("auto", description="auto: text at a terminal, else JSON.")
    clock: str = Field("", description="Compressed time, for the sandbox only; empty for the machine's time.")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, data: dict[str, object]) -> dict[str, object]:
        """An empty value is the default, but where empty means something."""
        return {name: value for name, value in data.items() if value != "" or name in _MAY_BE_EMPTY}

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone; write an IANA name such as Europe/London") from error
        return value

    @field_validator("reveal_after", "read_for", "post_within", mode="before")
    @classmethod
    def _plain_duration(cls, value: object) -> object:
        return parse_duration(value) if isinstance(value, str) else value

    @field_validator("x_api_url", "x_authorize_url")
    @classmethod
    def _safe_host(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.username or parts.password:
            raise ValueError("holds a user name or a password; give the plain address")
        if parts.scheme == "https" and parts.hostname:
            return value.rstrip("/")
        if parts.scheme == "http" and is_loopback(value):
            return value.rstrip("/")
        raise ValueError("must be https, or http on this machine (127.0.0.1); the keys would travel readable")

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.clock and not is_loopback(self.x_api_url):
            raise ValueError("QUIZBOT_CLOCK compresses time, which only a sandbox on this machine can follow; unset it")
        if (self.x_client_id is None) != (self.x_client_secret is None):
            raise ValueError("QUIZBOT_X_CLIENT_ID and QUIZBOT_X_CLIENT_SECRET belong together; set both or neither")
        if self.read_for < self.reveal_after:
            raise ValueError("QUIZBOT_READ_FOR is shorter than QUIZBOT_REVEAL_AFTER; make it longer")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone of ``post_at`` and ``pearl_at``."""
        return ZoneInfo(self.timezone)

    @property
    def joined_only(self) -> bool:
        """Whether boards list only those who chose to be on them."""
        return self.board == "opt-in"

    @property
    def prices(self) -> Prices:
        """The price list."""
        return Prices(**{kind: getattr(self, f"price_{kind}") for kind in KINDS})

    def make_clock(self) -> Clock:
        """The clock in force."""
        return parse_clock(self.clock) if self.clock else SystemClock()


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine, by its literal address or the name localhost."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_LONGEST_SECONDS = 366 * 86400
_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def parse_duration(text: str) -> timedelta:
    """Read ``24h``, ``90 min``, ``2d``, ``30s`` or a number of seconds.

    Raises:
        ValueError: it is none of these, or not positive.
    """
    stripped = text.strip().lower()
    number = stripped.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = stripped[len(number) :].strip() or "s"
    try:
        seconds = float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_SECONDS:
        raise ValueError(f"{text!r} is no duration; write 24h, 90min, 2d or 30s")
    return timedelta(seconds=seconds)


def _refuse_unknown(names: Iterable[str]) -> None:
    """A mistyped setting would be ignored in silence, and the bot post at the wrong time."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in (one.upper() for one in names):
        if name.startswith(PREFIX) and not name.startswith(_FOR_TESTS) and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise UsageError(name, "is no setting", f"did you mean {near}?")


def load_settings(*, env_file: str | None = ".env") -> Settings:
    """Read the settings from the environment and the ``.env`` file.

    Raises:
        UsageError: a setting is wrong or unknown; names it, never its value if it is a secret.
        InputError: the file cannot be read.
    """
    try:
        _refuse_unknown({**(dotenv_values(env_file) if env_file else {}), **os.environ})
        return Settings(_env_file=env_file)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise InputError(str(env_file), f"cannot be read ({reason})", "mend the file or move it away") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        where = f"{PREFIX}{name}" if name else "settings"
        message = first["msg"].removeprefix("Value error, ")
        raise UsageError(where, message, "correct it in the environment or in .env") from None
