"""One look of the bot, and what it did, in a line: for a timer of one's own, and for trying a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizbot.rounds.bot import Bot
from quizbot.rounds.engine import advance, recover
from quizbot.store.replies import count_replies
from quizbot.store.rounds import all_rounds


@dataclass(frozen=True, slots=True)
class Look:
    """How things stand: each round's case and state by the round's id, and the replies read so far."""

    rounds: Mapping[str, tuple[str, str]]
    replies: int


def advance_once(bot: Bot) -> str:
    """Do everything that is due now; returns what came of it, in words.

    Raises:
        OutsideError: the database failed; nothing is half done.
    """
    before = look(bot)
    recover(bot)
    advance(bot)
    return told(before, look(bot))


def look(bot: Bot) -> Look:
    """How things stand now."""
    with bot.store.read() as session:
        rows = all_rounds(session, bot.account)
        return Look(
            {row.id: (row.case_id, str(row.state)) for row in rows}, count_replies(session, [row.id for row in rows])
        )


def told(before: Look, after: Look) -> str:
    """What changed between two looks. Pure."""
    done = [
        f"{case}: {f'{was} → ' if (was := before.rounds.get(name, ('', ''))[1]) else ''}{state}"
        for name, (case, state) in after.rounds.items()
        if before.rounds.get(name) != (case, state)
    ]
    if (replies := after.replies - before.replies) > 0:
        done.append(f"{replies} {'reply' if replies == 1 else 'replies'} read")
    return "; ".join(done) if done else "nothing was due; `quizbot schedule` says what comes next, and why"
