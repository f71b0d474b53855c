"""The record of sign-offs as the desk uses it: where a case stands, and one more entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizbot.core.errors import OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.core.person import INSTALLATION
from quizbot.deid.record import Entry, first_broken, linked
from quizbot.deid.standing import Consent, Rules, Standing, standing, verified
from quizbot.deid.subject import Subject
from quizbot.deid.versions import current_versions
from quizbot.store import SignOffRow, Store
from quizbot.store.people import known_people
from quizbot.store.signoffs import append, chain


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record, the key it is sealed with, and what is asked for.

    Attributes:
        store: the database.
        seal: gives the installation's key.
        require_consent: the ground that pictures of patients need.
    """

    store: Store
    seal: Callable[[], KeyedHash]
    require_consent: Consent = "written"

    def rules(self) -> Rules:
        """What is asked for now."""
        return Rules(self.require_consent, current_versions())

    def standing(self, subject: Subject) -> Standing:
        """How far a case has come.

        Raises:
            OutsideError: the database or the key cannot be read.
        """
        with self.store.read() as session:
            links, people = chain(session), known_people(session)
        return standing(subject, verified(links, self.seal()), people, self.rules())

    def add(self, entry: Entry) -> None:
        """Append an entry.

        Raises:
            OutsideError: the record is not whole, or cannot be written.
        """
        append(self.store, lambda rows: self._row(entry, rows))

    def _row(self, entry: Entry, rows: Sequence[SignOffRow]) -> SignOffRow:
        seal = self.seal()
        broken = first_broken(rows, seal)
        if broken is not None:
            what = f"the record of sign-offs is not whole: entry {broken} was changed, or sealed with another key"
            raise OutsideError(self.store.where, what, "restore a backup of database and key")
        link = linked(entry, rows[-1] if rows else None, seal)
        return SignOffRow(
            account=INSTALLATION,
            seq=link.seq,
            case_id=entry.case,
            previous=link.previous,
            hash=link.hash,
            body=link.body,
        )
