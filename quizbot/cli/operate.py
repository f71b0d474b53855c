"""Running the bot and looking at it: run, status, schedule, leaderboard, pause, resume."""

import csv
import sys
import threading
from collections.abc import Iterable
from typing import Annotated

import typer

from quizbot.cli.frame import JsonLines, app, print_json, progress, say
from quizbot.cli.logs import set_up_logs
from quizbot.cli.stopping import stop_event
from quizbot.cli.tables import print_table
from quizbot.cli.wiring import account_of, local, make_bot, make_policy, opened_store, remember_handle
from quizbot.core.errors import InputError, OutsideError
from quizbot.rounds.alarm import WAKE_EVERY, WAKE_EVERY_COMPRESSED, run_until
from quizbot.rounds.board import season_of
from quizbot.rounds.boards import BoardLine, board
from quizbot.rounds.bot import Bot
from quizbot.rounds.counting import rebuild
from quizbot.rounds.forget import merge
from quizbot.rounds.late import lateness
from quizbot.rounds.money import Purse
from quizbot.rounds.money import purse as purse_of
from quizbot.rounds.once import advance_once
from quizbot.rounds.outbox import resume_round
from quizbot.rounds.planning import pause as pause_posting
from quizbot.rounds.planning import resume as resume_posting
from quizbot.rounds.reading import PAGE
from quizbot.rounds.scan import candidates, queues
from quizbot.rounds.views import Planned, RoundView, account_view, round_views, schedule
from quizbot.settings import Settings, load_settings
from quizbot.store import Account, Store
from quizbot.store.accounts import waiting_cases
from quizbot.store.lock import is_held, sole_runner

Once = Annotated[bool, typer.Option("--once", help="Do what is due and exit.")]
Web = Annotated[bool, typer.Option("--web", help="Serve the pages from this process too.")]
Season = Annotated[str, typer.Option(help="Such as 2026Q4, or all; the running one if left out.")]
Csv = Annotated[bool, typer.Option("--csv", help="As CSV.")]
RoundId = Annotated[str, typer.Argument(metavar="[ROUND]", help="A halted round, to try it again.")]


@app.command(epilog="Example: quizbot run --web")
def run(
    *,
    once: Once = False,
    web: Web = False,
) -> None:
    """The bot: schedule, post, collect, reveal, score, until stopped."""
    stop = stop_event()
    settings = load_settings()
    set_up_logs(settings)
    with opened_store(settings, upgrading=True) as store, sole_runner(store):
        store.require_writable()
        bot = make_bot(settings, store)
        remember_handle(bot)
        erased = merge(store, bot.account, bot.memory) if bot.memory else 0
        if erased:
            bot.log.warning("erased again after a restore", people=erased)
        if once:
            said = advance_once(bot)
            _report_trouble(bot)
            progress.print(said, markup=False, soft_wrap=True)
            return
        _run(bot, settings, store, stop, web=web)


def _run(bot: Bot, settings: Settings, store: Store, stop: threading.Event, *, web: bool) -> None:
    stopped = bot.account_row().stopped_reason
    if stopped:
        bot.log.error("posting is stopped", reason=stopped, todo="`quizbot resume` when it is mended")
    bot.log.info("running", cases=str(settings.cases_dir), database=store.where, x=settings.x_api_url)
    if web:
        from quizbot.cli.serving import pages_in_background  # noqa: PLC0415  # the web server is loaded only if asked for

        pages_in_background(settings, store)
    run_until(bot, stop, WAKE_EVERY_COMPRESSED if settings.clock else WAKE_EVERY)
    bot.log.info("stopped")


def _report_trouble(bot: Bot) -> None:
    if bot.complaint:
        raise InputError("", bot.complaint)
    row = bot.account_row()
    trouble = row.stopped_reason or row.poll_error
    if trouble:
        raise OutsideError("quizbot run --once", trouble)


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


@app.command(epilog="Example: quizbot leaderboard --season 2026Q4 --csv")
def leaderboard(
    *,
    season: Season = "",
    as_csv: Csv = False,
    as_json: JsonLines = False,
    recount: Annotated[bool, typer.Option("--recount", help="Count every board anew from all attempts first.")] = False,
) -> None:
    """The table of a season: the best k of its n rounds, ties by median time."""
    settings = load_settings()
    with opened_store(settings) as store:
        if recount:
            rebuild(store, account_of(settings, store))
        name = season or season_of(settings.make_clock().now(), settings.season)
        account = account_of(settings, store)
        try:
            shown = board(store, account, name, joined_only=settings.joined_only)
        except ValueError:
            raise InputError("--season", f"{season!r} is no season", "write 2026Q4, 2026, or all") from None
    _print_board(name, shown.rounds, shown.lines, as_csv=as_csv, as_json=as_json)


_COLUMNS = ("rank", "handle", "points", "rounds", "median_minutes")


def _print_board(name: str, rounds: int, lines: list[BoardLine], *, as_csv: bool, as_json: bool) -> None:
    records = [
        (
            line.standing.rank,
            line.handle or "(account gone)",
            line.standing.points,
            line.standing.rounds,
            round(line.standing.median_seconds / 60, 1),
        )
        for line in lines
    ]
    if as_json:
        for record in records:
            print_json(dict(zip(_COLUMNS, record, strict=True)))
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(_COLUMNS)
        writer.writerows(records)
    else:
        say(f"season {name}: {rounds} revealed rounds")
        print_table(_COLUMNS, ([str(value) for value in record] for record in records))


@app.command(epilog="Example: quizbot pause")
def pause() -> None:
    """Stop posting; replies are still read. Goes on with `quizbot resume`."""
    settings = load_settings()
    with opened_store(settings) as store:
        pause_posting(store, account_of(settings, store), settings.make_clock().now())
    say("paused: nothing is posted until `quizbot resume`")


@app.command(epilog="Example: quizbot resume")
def resume(round_id: RoundId = "") -> None:
    """Go on posting, after `pause` or after the bot stopped by itself; with a round, take up that halted round."""
    settings = load_settings()
    with opened_store(settings) as store:
        account, now = account_of(settings, store), settings.make_clock().now()
        if not round_id:
            resume_posting(store, account, now)
        else:
            with store.write() as session:
                if not resume_round(session, account, round_id, now):
                    raise InputError(round_id, "no halted round has that id", "see `quizbot status`")
    say("posting goes on")
