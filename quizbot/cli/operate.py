"""Running the bot, pausing and going on: run, pause, resume."""

import threading
from typing import Annotated

import typer

from quizbot.cli.frame import app, progress, say
from quizbot.cli.logs import set_up_logs
from quizbot.cli.stopping import stop_event
from quizbot.cli.wiring import account_of, make_bot, opened_store, remember_handle
from quizbot.core.errors import InputError, OutsideError
from quizbot.rounds.alarm import WAKE_EVERY, WAKE_EVERY_COMPRESSED, run_until
from quizbot.rounds.bot import Bot
from quizbot.rounds.forget import merge
from quizbot.rounds.once import advance_once
from quizbot.rounds.outbox import resume_round
from quizbot.rounds.planning import pause as pause_posting
from quizbot.rounds.planning import resume as resume_posting
from quizbot.settings import Settings, load_settings
from quizbot.store import Store
from quizbot.store.lock import sole_runner

Once = Annotated[bool, typer.Option("--once", help="Do what is due and exit.")]
Web = Annotated[bool, typer.Option("--web", help="Serve the pages from this process too.")]
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
