"""No dead link is posted: asked before a round starts, and again before its answer, a day later, goes out."""

from collections.abc import Callable

from quizbot.core.case import Case, Reference
from quizbot.rounds.bot import Bot
from quizbot.rounds.states import State
from quizbot.store import Round
from quizbot.store.rounds import rounds_in


def dead_link(bot: Bot, case: Case) -> str | None:
    """Why a case cannot be started: a reference that would be posted is dead. None if none is known to be."""
    if bot.dead is None:
        return None
    for reference in case.references[: _posted(bot, case)]:
        reason = bot.dead(reference.url)
        if reason:
            return f"its reference {reference.url} {reason}"
    return None


def living_cases(bot: Bot, due: Callable[[Round], bool]) -> dict[str, Case]:
    """The cases of the closed rounds whose answer is due, by round, without the references that died since the start.

    It asks the network, so no transaction may be open.
    """
    if bot.dead is None:
        return {}
    with bot.store.read() as session:
        closed = {row.id: row.case_json for row in rounds_in(session, bot.account, [State.CLOSED]) if due(row)}
    return {round_id: _without_dead(bot, round_id, Case.model_validate_json(text)) for round_id, text in closed.items()}


def _without_dead(bot: Bot, round_id: str, case: Case) -> Case:
    living: list[Reference] = []
    for reference in case.references:
        reason = bot.dead(reference.url) if bot.dead and len(living) < bot.policy.references else None
        if reason:
            bot.log.error("dead reference, left out of the answer", round=round_id, url=reference.url, reason=reason)
        else:
            living.append(reference)
    return case.model_copy(update={"references": tuple(living)})


def _posted(bot: Bot, case: Case) -> int:
    return bot.policy.references if case.kind.is_quiz else 1
