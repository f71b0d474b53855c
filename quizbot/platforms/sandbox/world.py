"""Everything a running sandbox has at hand: its state, its clock, its options, its bot."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from quizbot.core.clock import Clock, SystemClock
from quizbot.core.errors import UsageError
from quizbot.platforms.sandbox import money, people
from quizbot.platforms.sandbox.database import Database, Tx, get_meta, set_meta
from quizbot.platforms.sandbox.faults import FaultBoard
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.oauth import Verifier
from quizbot.platforms.sandbox.oauth2 import AppKeys
from quizbot.platforms.sandbox.options import Keys, SandboxOptions
from quizbot.platforms.sandbox.posts import Delays


@dataclass(slots=True)
class Dials:
    """What may be turned while the sandbox runs."""

    delays: Delays
    limits: dict[str, int]


@dataclass(frozen=True, slots=True)
class World:
    """A running sandbox. ``secret`` signs the page's cookies; ``app`` may ask people to sign in.

    ``machine_now`` is the machine's own time, by which codes, tokens and signatures live: a client knows no other.
    """

    db: Database
    clock: Clock
    options: SandboxOptions
    dials: Dials
    bot_id: int
    keys: Keys
    secret: str
    verifier: Verifier
    app: AppKeys
    machine_now: Callable[[], datetime]
    faults: FaultBoard = field(default_factory=FaultBoard)

    def now_ms(self) -> int:
        """The present instant of the sandbox's clock, in milliseconds since 1970."""
        return int(self.clock.now().timestamp() * 1000)

    def close(self) -> None:
        """Close the state file."""
        self.db.close()


def open_world(state: Path | str, clock: Clock, options: SandboxOptions) -> World:
    """Open a state file, or begin one with the bot's account, its keys and its credit.

    Raises:
        OutsideError: the file cannot be used.
        UsageError: the keys given are another account's.
    """
    db = Database(state)
    now_ms = int(clock.now().timestamp() * 1000)
    try:
        with db.transaction() as tx:
            bot_id = _bot(tx, options, now_ms)
            keys = _keys(tx, options, bot_id)
            app = _app(tx)
            secret = get_meta(tx, "secret") or secrets.token_hex(32)
            set_meta(tx, "secret", secret)
    except BaseException:
        db.close()
        raise
    dials = Dials(Delays(options.lag, options.late_share, options.late_by, options.processing), dict(options.limits))
    machine_now = SystemClock().now
    return World(db, clock, options, dials, bot_id, keys, secret, Verifier(keys, machine_now), app, machine_now)


def _bot(tx: Tx, options: SandboxOptions, now_ms: int) -> int:
    """The bot's id; its account and its money are made in a new file, and stay as they are in an old one."""
    known = get_meta(tx, "bot_id")
    if known:
        return int(known)
    if options.keys:
        # The next id has to be the tokens' own: count from just before it, at the beginning of time.
        set_meta(tx, "last_id", str(_owner(options.keys) - 1))
    bot = people.create(tx, options.handle, options.name, "bot", 0 if options.keys else now_ms)
    set_meta(tx, "bot_id", str(bot.id))
    money.set_credit(tx, options.credit)
    money.set_cap(tx, options.spend_cap)
    return bot.id


def _owner(keys: Keys) -> int:
    number = parse_id(keys.access_token.split("-")[0])
    if not number or "-" not in keys.access_token:
        raise UsageError("access token", "does not begin with a user id and a hyphen", "give one such as 123-abc")
    return number


def _keys(tx: Tx, options: SandboxOptions, bot_id: int) -> Keys:
    """The keys given, or those of the state file, or new ones."""
    if options.keys:
        if _owner(options.keys) != bot_id:
            raise UsageError("access token", "is not of the state file's bot", f"give one that begins with {bot_id}-")
        return options.keys
    known = get_meta(tx, "keys")
    keys = Keys(**json.loads(known)) if known else _new_keys(bot_id)
    set_meta(tx, "keys", json.dumps(asdict(keys)))
    return keys


def _app(tx: Tx) -> AppKeys:
    """The app's own id and secret for sign-ins; made in a new file, kept in an old one."""
    known = get_meta(tx, "app")
    app = AppKeys(**json.loads(known)) if known else AppKeys(secrets.token_urlsafe(25), secrets.token_urlsafe(37))
    set_meta(tx, "app", json.dumps(asdict(app)))
    return app


def _new_keys(bot_id: int) -> Keys:
    return Keys(
        secrets.token_urlsafe(18), secrets.token_urlsafe(36), f"{bot_id}-{secrets.token_hex(20)}", secrets.token_hex(22)
    )
