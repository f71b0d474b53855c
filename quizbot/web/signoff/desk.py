"""One case on the desk: looked at once for each state of its folder, by every layer of the gate."""

import threading
from collections.abc import Sequence
from pathlib import Path

from quizbot.casebook import load_case
from quizbot.core.clock import Clock
from quizbot.deid.finding import Box
from quizbot.deid.record import Entry
from quizbot.deid.standing import Standing
from quizbot.desk.signoff.act import Answers, sign
from quizbot.desk.signoff.cover import cover
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import Review, review


class SignOffDesk:
    """A case folder, the record, and what was found when the folder was as it is now."""

    def __init__(self, folder: Path, ledger: Ledger, clock: Clock) -> None:
        self.folder = folder
        self.ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: tuple[str, Review] | None = None

    def review(self) -> Review:
        """What is to be looked at.

        Raises:
            InputError: the case cannot be understood, or a picture of it cannot be read.
        """
        with self._lock:  # several images of a page are asked for at once
            digest = load_case(self.folder).digest
            if self._looked is None or self._looked[0] != digest:
                self._looked = (digest, review(self.folder, self.ledger))
            return self._looked[1]

    def standing(self) -> Standing:
        """How far the case has come."""
        return self.ledger.standing(self.review().subject)

    def sign(self, answers: Answers, name: str, passphrase: str) -> Entry:
        """See ``quizbot.desk.signoff.act.sign``."""
        return sign(self.ledger, self.review(), answers, name, passphrase, self._clock.now())

    def cover(self, number: int, boxes: Sequence[Box]) -> None:
        """See ``quizbot.desk.signoff.cover.cover``."""
        cover(self.ledger, self.review(), number, boxes)
