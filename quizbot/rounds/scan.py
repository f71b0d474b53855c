"""The case folders as the queue sees them, kept fresh while the bot runs."""

from datetime import datetime
from pathlib import Path

from quizbot.casebook import Casebook, LoadedCase, load_casebook
from quizbot.rounds.again import history
from quizbot.rounds.bot import Bot, Vet
from quizbot.rounds.queue import Candidate, Place, Wish, missed, order, spaced, unready
from quizbot.rounds.signed import SignOffs, unsigned
from quizbot.store import CaseSeen
from quizbot.store.accounts import note_cases, seen_cases
from quizbot.store.queue import places
from quizbot.store.rounds import asked_rounds

Signature = tuple[tuple[str, int, int], ...]


class CachedScan:
    """Loads the casebook again only when a file in it changed (by name, time of change or size)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: Signature | None = None
        self._book: Casebook | None = None

    def __call__(self) -> Casebook:
        """The casebook as it is now.

        Raises:
            InputError: the folder is missing or is none.
        """
        signature = _signature(self.folder)
        if self._book is None or signature != self._seen:
            self._book = load_casebook(self.folder)
            self._seen = signature
        return self._book


def _signature(folder: Path) -> Signature:
    entries: list[tuple[str, int, int]] = []
    for path in sorted(folder.glob("*/*")) if folder.is_dir() else []:
        try:
            facts = path.lstat()
        except OSError:
            continue  # it went away while we looked; the next look is right
        entries.append((str(path), facts.st_mtime_ns, facts.st_size))
    return tuple(entries)


class CachedVet:
    """Vets a case again only when its content changed; the checks decode images and run the grader."""

    def __init__(self, vet: Vet) -> None:
        self._vet = vet
        self._known: dict[str, tuple[str, str | None]] = {}

    def __call__(self, loaded: LoadedCase) -> str | None:
        """Why the case cannot be posted, or None."""
        known = self._known.get(loaded.slug)
        if known is None or known[0] != loaded.digest:
            known = (loaded.digest, self._vet(loaded))
            self._known[loaded.slug] = known
        return known[1]


def candidates(bot: Bot) -> dict[str, tuple[LoadedCase, Candidate]]:
    """Every case folder with what the queue needs to know of it, by slug."""
    found: dict[str, tuple[LoadedCase, Candidate]] = {}
    sign_offs, wishes = SignOffs(bot), _wishes(bot)
    for loaded in bot.scan().cases:
        wish = wishes.get(loaded.slug, Wish())
        problem = bot.vet(loaded)
        if problem is None and loaded.case is not None:
            problem = unready(loaded.case, post_examples=bot.policy.post_examples)
            problem = problem or missed(loaded.case, bot.now() - bot.policy.post_within, wish)
            problem = problem or unsigned(bot, loaded, sign_offs)
        found[loaded.slug] = (loaded, Candidate(loaded.slug, loaded.case, problem, wish))
    return found


def _wishes(bot: Bot) -> dict[str, Wish]:
    with bot.store.read() as session:
        return {slug: Wish(row.rank, row.pinned_at) for slug, row in places(session, bot.account).items()}


def queues(bot: Bot, found: dict[str, tuple[LoadedCase, Candidate]], now: datetime) -> tuple[list[Place], list[Place]]:
    """The queue of quizzes, and that of the rest; notes new folders and new problems."""
    with bot.store.read() as session:
        seen = seen_cases(session, bot.account)
        rounds = asked_rounds(session, bot.account)
    if any(slug not in seen or seen[slug].problem != c.problem for slug, (_, c) in found.items()):
        seen = _noted(bot, found, now)
    posted = {slug for slug, _, _ in rounds}
    waiting = [candidate for slug, (_, candidate) in found.items() if slug not in posted]
    waiting = spaced(waiting, history(rounds), now)
    since = {slug: row.first_seen_at for slug, row in seen.items()}
    return order(waiting, since, posted, quiz=True), order(waiting, since, posted, quiz=False)


def _noted(bot: Bot, found: dict[str, tuple[LoadedCase, Candidate]], now: datetime) -> dict[str, CaseSeen]:
    """Write down new folders and new problems, and say the problems; returns what is written down."""
    with bot.store.write() as session:
        fresh = note_cases(session, bot.account, {slug: c.problem for slug, (_, c) in found.items()}, now)
        seen = seen_cases(session, bot.account)
    for slug in fresh:
        bot.log.warning("case not ready", case=slug, reason=found[slug][1].problem)
    return seen
