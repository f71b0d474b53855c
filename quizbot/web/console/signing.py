"""Sign-off in the console: the pages of ``web/signoff``, mounted at each case; what is done there stands in the log."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from quizbot.core.errors import QuizbotError
from quizbot.deid.finding import Box
from quizbot.deid.record import Entry
from quizbot.desk.signoff.act import Answers, Unsigned
from quizbot.desk.signoff.cover import THE_CLIP
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import Review
from quizbot.store.audit import Action
from quizbot.web.console.cases import found
from quizbot.web.console.desk import PREFIX, Desk, back, staff_of
from quizbot.web.console.rights import Right
from quizbot.web.signoff.desk import SignOffDesk
from quizbot.web.signoff.routes import router as signoff_routes

_KEPT = 8  # cases whose pictures were looked at; each look takes seconds


class Looks:
    """The sign-off desks of cases, each looked at once for each state of its folder."""

    def __init__(self, desk: Desk) -> None:
        policy = desk.office.policy
        self._ledger = Ledger(desk.store, desk.office.seal, policy.require_consent)
        self._clock = desk.site.clock
        self._kept: dict[Path, SignOffDesk] = {}
        self._lock = Lock()

    def at(self, folder: Path) -> SignOffDesk:
        """The desk of a case folder."""
        with self._lock:
            known = self._kept.pop(folder, None) or SignOffDesk(folder, self._ledger, self._clock)
            self._kept[folder] = known
            while len(self._kept) > _KEPT:
                self._kept.pop(next(iter(self._kept)))
            return known


class LoggedDesk(SignOffDesk):
    """The desk of a case as one person uses it: what they do is written down."""

    def __init__(self, looked: SignOffDesk, desk: Desk, request: Request) -> None:
        self.folder = looked.folder
        self.ledger = looked.ledger
        self._looked_at = looked
        self._desk = desk
        self._request = request

    def review(self) -> Review:
        """What is to be looked at; a case that cannot be understood is told about on its own page."""
        try:
            return self._looked_at.review()
        except QuizbotError:
            where = f"{PREFIX}/cases/{self.folder.name}?note=unreadable"
            raise HTTPException(303, headers={"Location": where}) from None

    def sign(self, answers: Answers, name: str, passphrase: str) -> Entry:
        """Sign, if whoever is signed in may."""
        if not staff_of(self._request).may(Right.SIGN_OFF):
            raise Unsigned("You are signed in without the right to sign off: that takes a reviewer.")
        self.review()
        entry = self._looked_at.sign(answers, name, passphrase)
        action = Action.SIGNED_OFF if entry.released else Action.DECLINED
        self._desk.note(self._request, action, self.folder.name, f"by {entry.by}")
        return entry

    def cover(self, number: int, boxes: Sequence[Box]) -> None:
        """Fill boxes."""
        self.review()
        self._looked_at.cover(number, boxes)
        what = "the clip" if number == THE_CLIP else f"picture {number}"
        self._desk.note(self._request, Action.COVERED, self.folder.name, what)


def router(desk: Desk) -> APIRouter:
    """The sign-off pages of every case."""
    routes = desk.area(Right.READ_CASES, "/cases/{slug}/sign-off")
    looks = Looks(desk)

    def desk_of(request: Request) -> SignOffDesk:
        loaded = found(desk, str(request.path_params["slug"]))
        return LoggedDesk(looks.at(loaded.path), desk, request)

    @routes.post("/done")
    def done(slug: str) -> Response:
        return back(f"/cases/{slug}")

    routes.include_router(signoff_routes(desk_of, lambda request: staff_of(request).visitor.csrf))
    return routes
