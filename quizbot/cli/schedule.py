"""What is posted next, and why: schedule."""

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.tables import print_table
from quizbot.cli.wiring import local, make_bot, make_policy, opened_store
from quizbot.core.errors import OutsideError
from quizbot.rounds.scan import candidates, queues
from quizbot.rounds.views import Planned, schedule
from quizbot.settings import Settings, load_settings


@app.command("schedule", epilog="Example: quizbot schedule")
def show_schedule(*, as_json: JsonLines = False) -> None:
    """What is posted next and when, and why in that order; and which cases are not ready."""
    settings = load_settings()
    with opened_store(settings, upgrading=True) as store:
        bot = make_bot(settings, store) if settings.x_access_token else None
        if bot is None:
            raise OutsideError("QUIZBOT_X_ACCESS_TOKEN", "not set", "the schedule belongs to the account it names")
        now = bot.now()
        quizzes, others = queues(bot, candidates(bot), now)
    policy = make_policy(settings)
    coming = [
        *schedule(quizzes, policy.quiz_times, now, "quiz"),
        *schedule(others, policy.pearl_times, now, "pearl or link"),
    ]
    waiting = [(place.slug, place.problem) for place in [*quizzes, *others] if place.problem]
    _print_schedule(sorted(coming, key=lambda one: one.at), waiting, settings, as_json=as_json)


def _print_schedule(
    coming: list[Planned], waiting: list[tuple[str, str]], settings: Settings, *, as_json: bool
) -> None:
    if as_json:
        for one in coming:
            print_json({"at": one.at.isoformat(), "lane": one.lane, "case": one.slug, "why": one.why})
        for slug, problem in waiting:
            print_json({"at": None, "lane": None, "case": slug, "why": problem})
        return
    print_table(
        ("when", "what", "case", "why"), ((local(c.at, settings), c.lane, c.slug or "–", c.why) for c in coming)
    )
    for slug, problem in waiting:
        say(f"not ready: {slug}: {problem}")
