"""A whole round as a list of steps: posted with its picture, answered in a thread, corrected, taken back."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, func, select

from quizbot.core.case import Answer, Case
from quizbot.core.ruling import Decision, Ruling
from quizbot.rounds.engine import advance
from quizbot.rounds.forget import forget
from quizbot.rounds.retract import Why, correction_text, take_back
from quizbot.rounds.rulings import decided, rule
from quizbot.rounds.views import round_views
from quizbot.store.attempts import attempts_of
from tests.crash.life import Step, Teller

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)
_TIME = re.compile(r"\b\d\d:\d\d(?= UTC)")
ODD = "the widowmaker waves of doom"


class At:
    """A step that the bot makes: it is woken at some minute of the story."""

    def __init__(self, minute: int) -> None:
        self.minute = minute

    def __call__(self, teller: Teller) -> None:
        teller.clock.set(T0 + timedelta(minutes=self.minute))
        advance(teller.bot)


def replies(teller: Teller) -> None:
    """Six people reply."""
    (quiz,) = own_posts(teller)
    for handle, text in (
        ("ann", "Wellens syndrome"),
        ("ben", "NSTEMI"),
        ("cy", "great case"),
        ("di", "wellens"),
        ("ed", ODD),
        ("flo", "Wellens"),
    ):
        teller.control.post(handle, text, reply_to=quiz["id"])
        teller.clock.sleep(5)


def second_thoughts(teller: Teller) -> None:
    """One deletes, one edits, one says stop."""
    posts = {post["text"]: post["id"] for post in teller.control.posts()}
    teller.control.delete(posts["wellens"])
    teller.control.edit(posts["NSTEMI"], "Wellens, on second thought")
    teller.control.post("flo", "stop", reply_to=own_posts(teller)[0]["id"])


def ruling(teller: Teller) -> None:
    """An educator accepts a phrase; killed meanwhile, the educator looks first whether it is done."""
    if not decided(teller.bot.store, teller.account):
        phrase = round_phrase(teller)
        now = teller.clock.now()
        rule(teller.bot.store, teller.account, "wellens-syndrome", Ruling(phrase, Decision.ACCEPT), "dr", now)


def round_phrase(teller: Teller) -> str:
    """What waits for a ruling."""
    with teller.bot.store.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT phrase FROM verdict WHERE phrase IS NOT NULL").scalar())


def forgetting(teller: Teller) -> None:
    """Ed asks to be forgotten."""
    (ed,) = [user["id"] for user in teller.control.users() if user["handle"] == "ed"]
    assert teller.bot.memory
    forget(teller.bot.store, teller.account, str(ed), teller.bot.memory, teller.clock.now())


def correcting(teller: Teller) -> None:
    """The operator finds the key to be wrong: it is NSTEMI."""
    row = round_views(teller.bot.store, teller.account)[0].round
    case = Case.model_validate_json(row.case_json)
    mended = case.model_copy(update={"answer": Answer(diagnosis="NSTEMI", partial=(), reject=())})
    text = correction_text("", row, mended)
    take_back(teller.bot.store, row, Why.WRONG, teller.clock.now(), text=text, case=mended)


def removing(teller: Teller) -> None:
    """And then that a patient can be recognised."""
    row = round_views(teller.bot.store, teller.account)[0].round
    take_back(teller.bot.store, row, Why.PRIVACY, teller.clock.now())


def own_posts(teller: Teller) -> list[dict[str, Any]]:
    """The bot's posts that stand."""
    posts = teller.control.posts()
    return [post for post in posts if post["author_id"] == teller.account and not post["deleted"]]


class Look:
    """A step that writes down what must not depend on crashes; ids and times may."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, teller: Teller) -> None:
        found = {"x": _on_x(teller), "rounds": _rounds(teller), "rows": _rows(teller)}
        (teller.setting.folder / f"{self.name}.json").write_text(json.dumps(found, indent=1, default=str))


def _on_x(teller: Teller) -> list[list[object]]:
    """Every post that the bot ever made, deleted ones too: twice would be seen. The quiz's minute may differ."""
    posts = [post for post in teller.control.posts() if post["author_id"] == teller.account]
    places = {post["id"]: n for n, post in enumerate(posts)}
    return [
        [_TIME.sub("--:--", p["text"]), places.get(p["reply_to"]), p["deleted"], [media["alt"] for media in p["media"]]]
        for p in posts
    ]


def _rounds(teller: Teller) -> list[dict[str, object]]:
    names = {user["id"]: user["handle"] for user in teller.control.users()}
    found = []
    for view in round_views(teller.bot.store, teller.account):
        with teller.bot.store.read() as session:
            points = {names[a.author_id]: a.points for a in attempts_of(session, view.round.id)}
        row = view.round
        halted = row.halted or row.gone_at
        found.append({"state": row.state, "stopped": halted, "verdicts": view.verdicts, "points": points})
    return found


def _rows(teller: Teller) -> dict[str, int]:
    """How many rows there are of what is not made anew on every try."""
    wanted = ("reply", "verdict", "attempt", "ruling", "media", "forgotten", "respondent")
    with teller.bot.store.engine.connect() as connection:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name in wanted]
        return {t.name: int(connection.execute(select(func.count()).select_from(t)).scalar_one()) for t in tables}


def _times(*minutes: int) -> list[Step]:
    return [At(minute) for minute in minutes]


STORY: list[Step] = [
    *_times(0, 3, 6, 9),
    replies,
    *_times(30, 60),
    second_thoughts,
    *_times(120, 1440, 1443, 1446, 1449, 1452, 1455, 1458, 1470),
    Look("revealed"),
    ruling,
    Look("ruled"),
    forgetting,
    *_times(1500, 1690),
    Look("forgotten"),
    correcting,
    *_times(1700, 1703, 1706, 1709),
    Look("corrected"),
    removing,
    *_times(1720, 1723, 1726, 1729, 1760, 2000),
    Look("removed"),
]
LOOKS = tuple(step.name for step in STORY if isinstance(step, Look))
