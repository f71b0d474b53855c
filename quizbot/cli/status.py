"""What the bot is doing, and what holds it up: status."""

from collections.abc import Iterable

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.tables import print_table
from quizbot.cli.wiring import account_of, local, make_policy, opened_store
from quizbot.rounds.late import lateness
from quizbot.rounds.money import Purse
from quizbot.rounds.money import purse as purse_of
from quizbot.rounds.reading import PAGE
from quizbot.rounds.views import RoundView, account_view, round_views
from quizbot.settings import Settings, load_settings
from quizbot.store import Account
from quizbot.store.accounts import waiting_cases
from quizbot.store.lock import is_held


@app.command(epilog="Example: quizbot status --json")
def status(*, as_json: JsonLines = False) -> None:
    """The rounds and where they stand, newest first, and whatever holds the bot up."""
    settings = load_settings()
    with opened_store(settings) as store:
        account = account_of(settings, store)
        row = account_view(store, account, settings.make_clock().now())
        views = round_views(store, account)
        running = is_held(store)
        with store.read() as session:
            waiting = waiting_cases(session, account)
            purse = purse_of(session, account, make_policy(settings), settings.make_clock().now())
    # A folder that went away since the bot last looked waits for nobody.
    waiting = {slug: problem for slug, problem in waiting.items() if (settings.cases_dir / slug).is_dir()}
    if as_json:
        _print_account(row, running, purse)
        for view in views:
            print_json(_round_record(view))
        for slug, problem in waiting.items():
            print_json({"case": slug, "waiting": problem})
        return
    say(f"bot: @{row.handle or row.id}, last awake {local(row.heartbeat_at, settings)}{_RUNNING[running]}")
    for line in _holdups(row, purse, settings):
        say(line)
    for slug, problem in waiting.items():
        say(f"not ready: {slug}: {problem}")
    if not views:
        say("no case has been posted yet; `quizbot schedule` says what comes next")
        return
    print_table(
        ("round", "case", "state", "posted", "replies", "review", "next"),
        (
            (
                view.round.id,
                view.round.case_id,
                view.round.state,
                local(view.round.opened_at, settings),
                str(view.replies),
                str(view.verdicts.get("review", 0)),
                view.next_step,
            )
            for view in views
        ),
    )


def _round_record(view: RoundView) -> dict[str, object]:
    row = view.round
    return {
        "round": row.id,
        "case": row.case_id,
        "kind": row.kind,
        "state": row.state,
        "halted": row.halted,
        "gone_at": row.gone_at and row.gone_at.isoformat(),
        "unread": row.unread,
        "late_seconds": late.total_seconds() if (late := lateness(row)) else None,
        "opened_at": row.opened_at and row.opened_at.isoformat(),
        "closes_at": row.closes_at and row.closes_at.isoformat(),
        "post": row.quiz_post_id,
        "replies": view.replies,
        "verdicts": view.verdicts,
        "next": view.next_step,
    }


_RUNNING = {True: ", running", False: ", NOT RUNNING now: start it with `quizbot run`"}


def _print_account(row: Account, running: bool, purse: Purse) -> None:  # noqa: FBT001  # one fact
    print_json(
        {
            "bot": row.handle or row.id,
            "running": running,
            "awake_at": row.heartbeat_at and row.heartbeat_at.isoformat(),
            "paused": row.paused_at is not None,
            "posting_stopped": row.stopped_reason,
            "posting_again_at": row.stopped_until and row.stopped_until.isoformat(),
            "replies_unreadable": row.poll_error,
            "replies_read_at": row.polled_at and row.polled_at.isoformat(),
            "spent_this_month": round(purse.spent, 3),
            "budget": purse.budget,
        }
    )


def _holdups(row: Account, purse: Purse, settings: Settings) -> Iterable[str]:
    if row.paused_at is not None:
        yield "PAUSED: nothing is posted, answers owed neither; go on with `quizbot resume`"
    if row.stopped_reason and row.stopped_until:
        yield f"POSTING STOPPED: {row.stopped_reason}; tried again by itself {local(row.stopped_until, settings)}"
    elif row.stopped_reason:
        yield f"POSTING STOPPED: {row.stopped_reason}; when it is mended, `quizbot resume`"
    if row.poll_error:
        yield f"REPLIES UNREADABLE: {row.poll_error}; tried again {local(row.next_poll_at, settings)}"
    if purse.left < settings.price_owned_read * PAGE:
        yield f"BUDGET: {purse}; no new case is begun and no reply read, answers owed go out"
