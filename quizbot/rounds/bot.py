"""What every step of a round works with."""

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from quizbot.casebook import Casebook, LoadedCase
from quizbot.core.clock import Clock
from quizbot.core.errors import QuizbotError
from quizbot.core.keyed import KeyedHash
from quizbot.deid.subject import Subject
from quizbot.platforms.protocol import Failure, Platform, PlatformError
from quizbot.rounds.forget import Memory
from quizbot.rounds.money import Purse, purse
from quizbot.rounds.policy import Policy
from quizbot.store import Account, Round, Store
from quizbot.store.accounts import account_if_known, account_row

LONGEST_STOP = timedelta(hours=1)  # the bot itself never stops for longer without looking again
Vet = Callable[[LoadedCase], str | None]


def process_name() -> str:
    """A name for this process that no other one has, alive or dead."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Bot:
    """One running bot: its parts, and nothing that must survive it.

    Attributes:
        scan: gives the case folders as they are now.
        vet: says why a loaded case cannot be posted, or None; the desk's checks are given here.
        owner: this process, for claims.
        seal: gives the installation's key, which sign-offs are sealed with; without it none counts.
        subjects: what sign-offs have to be about, by case id and content, so that pictures are read once.
        memory: by which those are known again who asked to be forgotten; None only where nobody can have.
        beat_at: when this process last said that it is awake.
        look_up_after: no handles are looked up before then.
        named_up_to: respondents of rounds scored before then all have their handles.
        recheck_after: no deleted replies are searched for before then.
        pace: replies a minute, at least, if the last reading found that X's list was too short.
        glance: replies a minute, the most that was seen lately, and when.
        listen_after: mentions are not read between quizzes before then.
        complaint: what is wrong with the casebook or the budget, said once.
        dead: says why an address is dead for certain, or None; without it no address is tried.
        trouble: why the last advance broke off, said once.
    """

    store: Store
    platform: Platform
    clock: Clock
    policy: Policy
    scan: Callable[[], Casebook]
    vet: Vet
    owner: str = field(default_factory=process_name)
    memory: Memory | None = None
    beat_at: datetime | None = None
    look_up_after: datetime | None = None
    named_up_to: datetime | None = None
    recheck_after: datetime | None = None
    pace: float = 0.0
    glance: tuple[float, datetime] | None = None
    listen_after: datetime | None = None
    complaint: str = ""
    seal: Callable[[], KeyedHash] | None = None
    subjects: dict[str, tuple[str, Subject | QuizbotError]] = field(default_factory=dict)
    dead: Callable[[str], str | None] | None = None
    trouble: str = ""

    @property
    def account(self) -> str:
        """The bot's own user id."""
        return self.platform.account

    @property
    def log(self) -> Any:  # noqa: ANN401  # structlog's bound loggers are typed so
        """The log, with the account bound."""
        return structlog.get_logger("quizbot").bind(account=self.account)

    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    def account_row(self) -> Account:
        """What is remembered of the account."""
        with self.store.read() as session:
            known = account_if_known(session, self.account)
        if known is not None:
            return known
        with self.store.write() as session:
            return account_row(session, self.account, self.now())

    def purse(self) -> Purse:
        """How the month's money stands."""
        with self.store.read() as session:
            return purse(session, self.account, self.policy, self.now())

    def allows(self, cost: float) -> bool:
        """Whether something new may be paid, in US$; without a budget nothing has to be added up for that."""
        return self.policy.budget is None or self.purse().allows(cost)

    def may_post(self, row: Account | None = None) -> bool:
        """Whether nothing forbids posting: neither the operator's pause nor a stop of the bot's own.

        Args:
            row: what is remembered of the account, if it was just read.
        """
        row = row or self.account_row()
        if row.paused_at is not None:
            return False
        return row.stopped_reason is None or self._stop_is_over(row)

    def _stop_is_over(self, row: Account) -> bool:
        """A stop with an end is tried again at its end, or if the clock was put back since."""
        now = self.now()
        return row.stopped_until is not None and not now < row.stopped_until <= now + LONGEST_STOP

    def stop_posting(self, error: PlatformError, until: datetime | None) -> None:
        """Stop posting for a reason that concerns the whole account; reading goes on."""
        with self.store.write() as session:
            row = account_row(session, self.account, self.now(), lock=True)
            known = row.stopped_reason == str(error)
            row.stopped_reason, row.stopped_until = str(error), until
        if not known:
            self.log.error("stopped posting", reason=str(error), until=str(until or "resumed by hand"))

    def go_on_posting(self) -> None:
        """An effect was made: what had stopped the bot for a time is over."""
        if self.account_row().stopped_until is None:
            return
        with self.store.write() as session:
            row = account_row(session, self.account, self.now(), lock=True)
            if row.stopped_until is not None:
                row.stopped_reason = row.stopped_until = None
        self.log.info("posting goes on")

    def complain(self, reason: str) -> None:
        """Log why no case can be started when it changes, not at every look; empty: one can."""
        if reason and reason != self.complaint:
            self.log.error("no case is started", error=reason)
        self.complaint = reason

    def halt(self, round_id: str, reason: str) -> None:
        """Let a round wait for the operator; the others go on."""
        with self.store.write() as session:
            row = session.get(Round, round_id, with_for_update=True)
            if row is not None:
                row.halted = reason
        self.log.error("round halted", round=round_id, reason=reason)


ACCOUNT_WIDE = frozenset({Failure.UNAUTHORIZED, Failure.FORBIDDEN, Failure.NO_CREDIT})
