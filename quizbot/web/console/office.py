"""What the console needs besides the pages' own: the operator's choices, the case folders, the key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from quizbot.core.clock import Clock, SystemClock
from quizbot.core.keyed import KeyedHash
from quizbot.rounds.bot import Bot, Vet
from quizbot.rounds.onlooker import NoPlatform
from quizbot.rounds.policy import Policy
from quizbot.rounds.scan import CachedScan, CachedVet
from quizbot.store import Store
from quizbot.web.handshake import SignInWithX


@dataclass(frozen=True)
class Office:
    """Parts of the console.

    Attributes:
        policy: the operator's choices.
        cases_dir: the folder of case folders.
        seal: gives the installation's key.
        vet: says why a loaded case cannot be posted, or None.
        zone: in which times are shown and typed.
        secure: whether people come by https.
        clock: the machine's own: sessions and waits do not depend on compressed time.
        x: signing in with X, for who is on the allow-list; None: with passphrases alone.
    """

    policy: Policy
    cases_dir: Path
    seal: Callable[[], KeyedHash]
    vet: Vet
    zone: ZoneInfo
    secure: bool = False
    clock: Clock = field(default_factory=SystemClock)
    x: SignInWithX | None = None
    _vetted: CachedVet = field(init=False, repr=False)
    _scan: CachedScan = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_vetted", CachedVet(self.vet))
        object.__setattr__(self, "_scan", CachedScan(self.cases_dir))

    def onlooker(self, store: Store, account: str, clock: Clock) -> Bot:
        """A bot that only looks, for the queue and the calendar."""
        platform = NoPlatform(account)
        return Bot(store, platform, clock, self.policy, self._scan, self._vetted, seal=self.seal)
