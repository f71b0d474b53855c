"""Taking a case back: retract."""

from pathlib import Path
from typing import Annotated

import typer

from quizbot.cli.data import tell_backups
from quizbot.cli.frame import app, say
from quizbot.cli.logs import set_up_logs
from quizbot.cli.wiring import account_of, make_bot, opened_store, vet
from quizbot.core.errors import OutsideError, UsageError
from quizbot.rounds.correct import correct
from quizbot.rounds.outbox import recover
from quizbot.rounds.retract import Why, find_round, take_back
from quizbot.rounds.retracting import go_on
from quizbot.rounds.states import State
from quizbot.settings import Settings, load_settings
from quizbot.store import Round, Store
from quizbot.store.lock import is_held, sole_runner

_THEN = "A restore takes the case back again, if the database of that day can be read."
RoundId = Annotated[str, typer.Argument(metavar="ROUND", help="The round, as `quizbot status` names it.")]
Wrong = Annotated[bool, typer.Option("--wrong", help="Post a correction; grade anew, or void.")]
Private = Annotated[bool, typer.Option("--privacy", help="Delete the posts, and all that is stored of the case.")]
Correction = Annotated[str, typer.Option(metavar="TEXT", help="With --wrong: the correction to post.")]
Void = Annotated[bool, typer.Option("--void", help="With --wrong: the points do not count.")]


@app.command(epilog='Example: quizbot retract 3f2a9c --wrong --void --correction "The troponin was not normal."')
def retract(
    round_id: RoundId,
    *,
    wrong: Wrong = False,
    privacy: Private = False,
    correction: Correction = "",
    void: Void = False,
) -> None:
    """Take a case back, at any time of its life: because it is wrong, or because it shows what it must not."""
    if wrong == privacy:
        raise UsageError("quizbot retract", "needs one of --wrong and --privacy", "see `quizbot retract --help`")
    if privacy and (correction or void):
        raise UsageError("quizbot retract", "--correction and --void go with --wrong", "leave them out")
    settings = load_settings()
    set_up_logs(settings)
    with opened_store(settings) as store:
        row = find_round(store, account_of(settings, store), round_id)
        if privacy:
            take_back(store, row, Why.PRIVACY, settings.make_clock().now())
        else:
            now, folder = settings.make_clock().now(), settings.cases_dir / row.case_id
            correct(store, row, folder, vet, now, correction, void=void)
        _carry_out(settings, store, round_id)
        if privacy:
            _tell_what_is_left(settings, store, row)


def _carry_out(settings: Settings, store: Store, round_id: str) -> None:
    """Do it here, or leave it to the bot that runs.

    Raises:
        OutsideError: it could not be finished; what is left is done by the next `quizbot run`, or by this command.
    """
    if is_held(store):
        say("written down; the running bot does it within seconds: see `quizbot status`")
        return
    with sole_runner(store):
        bot = make_bot(settings, store)
        recover(bot)
        row = find_round(store, bot.account, round_id)
        go_on(bot, row)
        row = find_round(store, bot.account, round_id)
    if row.state != State.RETRACTED:
        why = row.halted or "not all of it could be made now"
        todo = "see `quizbot status`; `quizbot run` goes on with it, and so does the same command"
        raise OutsideError(round_id, f"is being taken back, but not done yet: {why}", todo)
    say("taken back" if row.retraction == Why.PRIVACY else f"corrected: {row.correction}")


def _tell_what_is_left(settings: Settings, store: Store, row: Round) -> None:
    tell_backups(
        store,
        row.created_at,
        settings,
        _THEN,
    )
    folder = Path(settings.cases_dir) / row.case_id
    if folder.exists():
        say(f"the case folder still holds it: {folder}; remove it, and its history if it is kept in a repository")
    say("copies that others made, and caches (of X and of browsers: an hour for our pictures), are out of our reach")
