"""Sign-offs for commands that also work where there is no database yet."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from quizbot.cli.wiring import opened_store, sealer
from quizbot.core.errors import QuizbotError
from quizbot.deid.standing import Rules, Standing, judge
from quizbot.deid.subject import Subject
from quizbot.deid.versions import current_versions
from quizbot.desk.pictures import Ask
from quizbot.desk.signoff.ledger import Ledger
from quizbot.settings import Settings, load_settings


def settings_if_any() -> Settings:
    """The settings; the defaults where they cannot be read, for a command that was told all it needs."""
    try:
        return load_settings()
    except QuizbotError:
        return Settings.model_construct()


@contextmanager
def sign_offs(settings: Settings) -> Iterator[Ask]:
    """Says how far a case has come. The database is opened when that is first asked; without one nobody has signed."""
    with ExitStack() as opened:
        ledgers: list[Ledger | None] = []

        def ask(subject: Subject) -> Standing:
            if not ledgers:
                ledgers.append(_ledger(settings, opened))
            ledger = ledgers[0]
            if ledger is not None:
                return ledger.standing(subject)
            return judge(subject, (), {}, Rules(settings.require_consent, current_versions()))

        yield ask


def _ledger(settings: Settings, opened: ExitStack) -> Ledger | None:
    try:
        store = opened.enter_context(opened_store(settings))
    except QuizbotError:
        return None
    return Ledger(store, sealer(settings), settings.require_consent)
