"""The fault matrix: each endpoint of X times each way to fail, before and after the effect, once and lasting.

Whatever happens, every post goes out exactly once and every reply counts; and while a fault lasts, either all goes on
or the status says what stops it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from quizbot.platforms.sandbox.problems import DUPLICATE, REPLY_NOT_ALLOWED, REPLY_TO_NOTHING
from quizbot.rounds.engine import advance
from quizbot.rounds.outbox import push, resume_round
from quizbot.rounds.plan import Action
from quizbot.store import OutboxRow
from quizbot.store.accounts import account_row
from quizbot.store.rounds import outbox_of
from tests.rounds.world import T0, World

SUSPENDED = "Your account is suspended and is not permitted to access this feature."
FAILED_PICTURE = '{"data": {"id": "1", "media_key": "3_1", "processing_info": {"state": "failed"}}}'
OPENING = (0, 1, 2, 4, 7, 12, 20, 40, 70, 110)  # minutes
CLOSING = (1440, 1442, 1443, 1445, 1448, 1452, 1460, 1480, 1520, 1600)
AFTERWARDS = (1, 2, 4, 7, 12, 20, 31, 45, 70, 100, 160)


@dataclass(frozen=True)
class Endpoint:
    """A call of the bot's. ``moment``: when it fails; ``writes``: it can take effect and fail all the same."""

    name: str
    method: str
    path: str
    moment: str
    writes: bool = False


ENDPOINTS = (
    Endpoint("upload", "POST", "/2/media/upload", "opening", writes=True),
    Endpoint("picture's state", "GET", "/2/media/upload", "opening"),
    Endpoint("alt text", "POST", "/2/media/metadata", "opening", writes=True),
    Endpoint("post the quiz", "POST", "/2/tweets", "opening", writes=True),
    Endpoint("post the answer", "POST", "/2/tweets", "closing", writes=True),
    Endpoint("delete", "DELETE", "/2/tweets/*", "end", writes=True),
    Endpoint("mentions", "GET", "/2/users/*/mentions", "closing"),
    Endpoint("own timeline", "GET", "/2/users/*/tweets", "opening"),
    Endpoint("search", "GET", "/2/tweets/search/recent", "closing"),
    Endpoint("look a post up", "GET", "/2/tweets/*", "closing"),
    Endpoint("look users up", "GET", "/2/users", "closing"),
)
FAULTS: dict[str, dict[str, Any]] = {
    "cut before": {"kind": "cut_before"},
    "429 with reset": {"kind": "rate_limit", "reset": 60},
    "429 without": {"kind": "rate_limit", "reset": None},
    "500": {"kind": "status", "status": 500},
    "503 as a page": {"kind": "status", "status": 503, "html": True},
    "no JSON": {"kind": "garbage"},
    "400": {"kind": "status", "status": 400, "detail": "One or more parameters to your request was invalid."},
    "401": {"kind": "status", "status": 401},
    "402": {"kind": "status", "status": 402},
    "403 cap": {"kind": "status", "status": 403, "title": "SpendCapReached"},
    "403 rights": {"kind": "status", "status": 403, "title": "Forbidden"},
    "403 suspended": {"kind": "status", "status": 403, "title": "Forbidden", "detail": SUSPENDED},
}
LATE_FAULTS: dict[str, dict[str, Any]] = {
    "cut after": {"kind": "cut_after"},
    "500 after": {"kind": "status", "status": 500, "effect": True},
    "no JSON after": {"kind": "garbage", "effect": True},
}
OWN_FAULTS: dict[str, dict[str, dict[str, Any]]] = {
    "upload": {"not processed": {"kind": "garbage", "body": FAILED_PICTURE}},
    "picture's state": {"not processed": {"kind": "garbage", "body": FAILED_PICTURE}},
    "post the quiz": {
        "403 duplicate": {"kind": "status", "status": 403, "title": "Forbidden", "detail": DUPLICATE},
        "403 duplicate after": {
            "kind": "status", "status": 403, "title": "Forbidden", "detail": DUPLICATE, "effect": True
        },
    },
    "post the answer": {
        "403 no reply": {"kind": "status", "status": 403, "title": "Forbidden", "detail": REPLY_NOT_ALLOWED},
        "403 parent gone": {"kind": "status", "status": 403, "title": "Forbidden", "detail": REPLY_TO_NOTHING},
    },
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One field of the matrix."""

    endpoint: Endpoint
    fault: str
    lasting: bool

    @property
    def members(self) -> dict[str, Any]:
        kinds = FAULTS | LATE_FAULTS | OWN_FAULTS.get(self.endpoint.name, {})
        place = {"method": self.endpoint.method, "path": self.endpoint.path}
        return {**kinds[self.fault], **place, "times": None if self.lasting else 1}

    def __str__(self) -> str:
        return f"{self.endpoint.name}, {self.fault}, {'lasting' if self.lasting else 'once'}"


def cells() -> Iterator[Cell]:
    """The whole matrix."""
    for endpoint in ENDPOINTS:
        kinds = [*FAULTS, *(LATE_FAULTS if endpoint.writes else ()), *OWN_FAULTS.get(endpoint.name, {})]
        for fault in kinds:
            for lasting in (False, True):
                yield Cell(endpoint, fault, lasting)


class Story:
    """A round with a fault in it."""

    def __init__(self, world: World, cell: Cell) -> None:
        self.world, self.cell, self.said = world, cell, ""
        if cell.endpoint.name == "search":
            world.bot.policy = replace(world.bot.policy, sweep=True)
        if cell.endpoint.name == "picture's state":
            world.sandbox.control.dial(processing=90)

    def tell(self) -> str:
        """Play it; returns how it went, in words."""
        self._fault_if("opening")
        if self.cell.endpoint.name == "own timeline":
            self.world.sandbox.control.fault("cut_after", method="POST", path="/2/tweets")
        self._live(OPENING)
        self._mend_if("opening")
        if self.cell.endpoint.name == "look a post up":
            self.world.sandbox.control.delete(self.world.own_posts()[0]["id"])
        else:
            self.world.reply("ann", "Wellens")
            self.world.reply("ben", "NSTEMI")
        self._fault_if("closing")
        opened = self.world.views()[0].round.opened_at - T0
        self._live([minute + opened / timedelta(minutes=1) for minute in CLOSING])
        self._mend_if("closing")
        if self.cell.endpoint.moment == "end":
            self._delete()
        return self._outcome()

    def _live(self, minutes: Any) -> None:
        for minute in minutes:
            self.world.clock.at = max(self.world.clock.at, T0 + timedelta(minutes=minute))
            advance(self.world.bot)

    def _fault_if(self, moment: str) -> None:
        if self.cell.endpoint.moment == moment:
            self.world.sandbox.control.fault(**self.cell.members)

    def _mend_if(self, moment: str) -> None:
        """The fault ends; what the status asks of the operator is done; and time goes on."""
        if self.cell.endpoint.moment != moment:
            return
        self.said = self.stated()
        left = bool(self.world.sandbox.control.faults())
        self.world.sandbox.control.clear_faults()
        if not left and not self.said:
            return
        if "resume" in self.said:
            self._resume()
        self._live_on()
        if "resume" in self.stated():  # it took the bot that long to be sure
            self.said = f"{self.said}, then {self.stated()}"
            self._resume()
            self._live_on()

    def _live_on(self) -> None:
        now = (self.world.clock.at - T0) / timedelta(minutes=1)
        self._live([now + minute for minute in AFTERWARDS])

    def _resume(self) -> None:
        with self.world.store.write() as session:
            row = account_row(session, self.world.bot.account, T0)
            row.stopped_reason = row.stopped_until = None
            for view in self.world.views():
                resume_round(session, self.world.bot.account, view.round.id, self.world.clock.at)

    def stated(self) -> str:
        """What the status says of trouble; empty: nothing."""
        row = self.world.bot.account_row()
        found = []
        if row.stopped_reason:
            found.append("waits, and says so" if row.stopped_until else "stops and says so: resume")
        if row.poll_error:
            found.append("reads later, and says so")
        for view in self.world.views():
            if view.round.halted:
                found.append("halts the round and says so: resume")
            elif view.waiting is not None and view.waiting.error:
                found.append("tries on, and says so")
        return ", ".join(found)

    def _delete(self) -> None:
        """Take the answer back by a row of the outbox."""
        view = self.world.views()[0]
        self.world.sandbox.control.fault(**self.cell.members)
        with self.world.store.write() as session:
            last = outbox_of(session, view.round.id)[-1]
            session.add(
                OutboxRow(
                    account=view.round.account, round_id=view.round.id, seq=last.seq + 1, role="retraction", part=1,
                    action=Action.DELETE, target_id=last.result_id,
                )
            )  # fmt: skip
        for _ in AFTERWARDS:
            self._push(view.round.id)
        self.said = self.stated()
        self.world.sandbox.control.clear_faults()
        if "resume" in self.said:
            self._resume()
        for _ in AFTERWARDS:
            self._push(view.round.id)

    def _push(self, round_id: str) -> None:
        self.world.clock.sleep(600)
        row = next(view.round for view in self.world.views() if view.round.id == round_id)
        push(self.world.bot, row)

    def _outcome(self) -> str:
        """Check what must hold whatever happened; returns how it went."""
        world, (view,) = self.world, self.world.views()
        texts = [post["text"].split()[0] for post in world.own_posts()]
        how = f"{self.said}; then done" if self.said else "done"
        if self.cell.endpoint.name == "look a post up":
            assert texts == []
            assert view.round.gone_at is not None, view.next_step
            return f"{self.said}; then gone, and says so" if self.said else "gone, and says so"
        if self.cell.endpoint.name == "delete":
            assert texts == ["61-year-old"]
            return how
        assert texts == ["61-year-old", "Answer:"], view.next_step
        assert view.round.state == "revealed", view.next_step
        assert world.points() == {"ann": 10, "ben": 0}
        (quiz, answer) = world.own_posts()
        assert [media["alt"][:11] for media in quiz["media"]] == ["12-lead ECG"]
        if answer["reply_to"] is None:
            assert f"/status/{quiz['id']}" in answer["text"]
            how = "as a plain post"
        return how
