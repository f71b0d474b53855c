"""Putting the parts together from the settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

import structlog

from quizbot.casebook import LoadedCase
from quizbot.core.clock import Clock
from quizbot.core.errors import OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.standing import Consent
from quizbot.desk.check import check_case
from quizbot.platforms.x import Dialect, XKeys, XPlatform
from quizbot.rounds.bot import Bot
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.counting import count_all_owed
from quizbot.rounds.forget import Memory
from quizbot.rounds.policy import Policy
from quizbot.rounds.scan import CachedScan, CachedVet
from quizbot.secret_key import keyed_hash
from quizbot.settings import PREFIX, Settings, is_loopback
from quizbot.store import Store, open_store
from quizbot.store.accounts import account_row, bill, only_account
from quizbot.store.migrate import require_current, upgrade

KEY_SETTINGS = ("x_consumer_key", "x_consumer_secret", "x_access_token", "x_access_token_secret")


def missing_keys(settings: Settings) -> list[str]:
    """The environment variables of the keys that are not set."""
    return [f"{PREFIX}{name.upper()}" for name in KEY_SETTINGS if getattr(settings, name) is None]


def x_keys(settings: Settings) -> XKeys:
    """The four keys.

    Raises:
        OutsideError: one is missing, or none that X could have given.
    """
    missing = missing_keys(settings)
    if missing:
        raise OutsideError(
            ", ".join(missing), "not set", "put the four keys of the bot's account into .env (`quizbot init` makes one)"
        )
    return XKeys(*(getattr(settings, name).get_secret_value() for name in KEY_SETTINGS))


def make_policy(settings: Settings) -> Policy:
    """The operator's choices.

    Raises:
        UsageError: a time of the calendar is none.
    """
    return Policy(
        quiz_times=parse_times(settings.post_at, settings.zone, "QUIZBOT_POST_AT"),
        pearl_times=parse_times(settings.pearl_at, settings.zone, "QUIZBOT_PEARL_AT"),
        post_within=settings.post_within,
        reveal_after=settings.reveal_after,
        read_for=settings.read_for,
        post_examples=settings.post_examples,
        references=settings.post_references,
        sweep=settings.sweep,
        keep_text=timedelta(days=settings.keep_text_days),
        require_consent=settings.require_consent,
        prices=settings.prices,
        budget=settings.budget_month,
        joined_only=settings.joined_only,
    )


@contextmanager
def opened_store(settings: Settings, *, upgrading: bool = False) -> Iterator[Store]:
    """The database, with this version's tables.

    Raises:
        OutsideError: it cannot be opened, or its tables are of another version and may not be changed here.
    """
    store = open_store(settings.database_url, create=upgrading)
    try:
        if upgrading:
            bring_up(store)
        else:
            require_current(store)
        yield store
    finally:
        store.close()


def bring_up(store: Store) -> bool:
    """Bring the database to this version, and count the boards if it had none; returns whether anything changed.

    Raises:
        OutsideError: the database is from a newer version, or cannot be changed.
    """
    changed = upgrade(store)
    if changed:
        count_all_owed(store)
    return changed


def make_bot(settings: Settings, store: Store) -> Bot:
    """A bot on X, or on the sandbox that the settings name.

    Raises:
        OutsideError: keys are missing.
    """
    clock = settings.make_clock()
    keys = x_keys(settings)
    account = keys.user_id
    with store.write() as session:
        remembered = account_row(session, account, clock.now()).dialect

    def remember(dialect: Dialect) -> None:
        with store.write() as session:
            account_row(session, account, clock.now()).dialect = dialect

    def note_bill(kind: str, units: int) -> None:
        try:
            with store.write() as session:
                bill(session, account, clock.now().date(), kind, units)
        except OutsideError as error:  # what was done on X must not look undone because it could not be counted
            structlog.get_logger("quizbot").error("not counted", kind=kind, units=units, error=str(error))

    platform = XPlatform(
        keys,
        settings.x_api_url,
        settings.x_timeout,
        dialect=Dialect(remembered) if remembered else Dialect.POST,
        on_dialect=remember,
        on_read=note_bill,
    )
    vetted = CachedVet(partial(vet, require_consent=settings.require_consent))
    scan = CachedScan(settings.cases_dir)
    return Bot(
        store,
        platform,
        clock,
        make_policy(settings),
        scan,
        vetted,
        memory=make_memory(settings),
        seal=sealer(settings),
        dead=dead_links(settings, clock),
    )


def dead_links(settings: Settings, clock: Clock) -> Callable[[str], str | None] | None:
    """What tells dead addresses; none where that is not wanted, or the bot talks to a sandbox and nobody follows."""
    if not settings.check_links or is_loopback(settings.x_api_url):
        return None
    from quizbot.desk.links.references import DeadLinks  # noqa: PLC0415  # urllib3 loads slowly

    return DeadLinks(clock.now)


def make_memory(settings: Settings) -> Memory:
    """What knows those again who asked to be forgotten; its file stands beside the installation's key.

    Raises:
        OutsideError: the key cannot be read or made.
    """
    return Memory(keyed_hash(settings), settings.secret_file.with_name("forgotten"))


def sealer(settings: Settings) -> Callable[[], KeyedHash]:
    """Gives the installation's key, read when it is first asked for: most commands never need it."""
    return cache(lambda: keyed_hash(settings))


def vet(loaded: LoadedCase, require_consent: Consent = "written") -> str | None:
    """Why a case cannot be posted: its first error, if a check found one."""
    errors = [finding for finding in check_case(loaded, require_consent) if finding.level == "error"]
    if not errors:
        return None
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0].key}: {errors[0].message}{more}; see `quizbot check {Path(loaded.path)}`"


def account_of(settings: Settings, store: Store) -> str:
    """The account that commands and pages speak of: the keys' own, or the one that the database knows.

    Raises:
        OutsideError: there is none yet.
    """
    if settings.x_access_token is not None:
        return settings.x_access_token.get_secret_value().partition("-")[0]
    with store.read() as session:
        account = only_account(session)
    if account is None:
        raise OutsideError(store.where, "no bot has run on this database yet", "start it with `quizbot run`")
    return account


def remember_handle(bot: Bot) -> None:
    """At the first start, ask X whose keys these are: it costs one look-up and finds wrong keys at once.

    Raises:
        PlatformError: X cannot be reached, or refuses the keys.
    """
    if bot.account_row().handle is not None:
        return
    handle = bot.platform.me().handle
    with bot.store.write() as session:
        account_row(session, bot.account, bot.now()).handle = handle


def local(at: datetime | None, settings: Settings) -> str:
    """An instant in the operator's zone, to the minute."""
    return at.astimezone(settings.zone).strftime("%a %Y-%m-%d %H:%M %Z") if at else "–"
