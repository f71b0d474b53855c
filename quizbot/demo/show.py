"""The demo itself: start everything, let people reply as time goes by, tell what happens, check that it did."""

import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizbot.core.bundled import bundled
from quizbot.core.case import Answer
from quizbot.core.clock import ScaledClock
from quizbot.core.errors import OutsideError
from quizbot.core.ports import free_port
from quizbot.demo.checks import Summary, summarise
from quizbot.demo.followers import FOLLOWERS, Line, lines_for
from quizbot.demo.processes import end, first_record, json_lines, start, start_time
from quizbot.demo.telling import Teller
from quizbot.platforms.sandbox import ControlClient
from quizbot.rounds.views import find_round
from quizbot.store import Store, open_store
from quizbot.store.migrate import upgrade

ORIGIN = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)  # a Monday, half an hour before the first case
DAY = timedelta(hours=24)
FAST_DAY_SECONDS = 8.0
SLOW_DAY_SECONDS = 180.0
SLOWEST_DAY_SECONDS = 40.0  # nobody waits longer for a demo, however slow the machine
STARTS_A_DAY = 6
CASES = 3
LISTEN_EVERY = 1.0  # real seconds between two looks for people who joined
AFTERMATH = timedelta(hours=4)  # after the last late reply: longer than the rarest interval between readings
GIVE_UP_DAYS = 3  # beyond what the demo should take: on a stuck machine it says so instead of going on for ever


@dataclass(frozen=True, slots=True)
class Options:
    """How to run the demo.

    Attributes:
        fast: days pass in seconds, and it ends by itself.
        stay: go on serving the pages after the last answer until interrupted; never if ``fast``.
        day_seconds: real seconds a day takes; 0 for the default of 8 (fast) or 180, or more on a slow machine.
    """

    fast: bool
    stay: bool
    day_seconds: float = 0.0

    def factor(self, start_seconds: float) -> float:
        """How many times as fast as the world's the demo's clock runs.

        Args:
            start_seconds: real seconds that a process took to start: on a slow or busy machine days are longer, so that
                the bot keeps up with them.
        """
        default = FAST_DAY_SECONDS if self.fast else SLOW_DAY_SECONDS
        slow = min(SLOWEST_DAY_SECONDS, STARTS_A_DAY * start_seconds)
        return DAY.total_seconds() / (self.day_seconds or max(default, slow))


@dataclass
class Stage:
    """The demo while it runs."""

    clock: ScaledClock
    control: ControlClient
    store: Store
    account: str
    teller: Teller
    pages: list[str]
    due: list[tuple[datetime, str, Line]] = field(default_factory=list)
    opened: int = 0
    revealed: int = 0
    last_line_at: datetime = ORIGIN
    listen_at: float = 0.0
    heard: set[str] = field(default_factory=set)


def run_demo(options: Options, teller: Teller) -> Summary:
    """Run a whole quiz on this machine and check that every stage was reached.

    Raises:
        OutsideError: a process did not start, died, or nothing happened for too long.
    """
    with tempfile.TemporaryDirectory(prefix="quizbot-demo-") as name, _interruptible() as interrupted:
        folder = Path(name)
        cases = _copy_cases(folder)
        with _running(folder, options, teller) as (stage, bot):
            _play(stage, bot, cases, options, interrupted)
            summary = summarise(stage.store, stage.control, stage.account, stage.pages, cases)
            if interrupted.is_set() and not options.fast:
                summary.missed.clear()  # a person who has seen enough is no failure
            return summary


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """SIGINT, SIGTERM and a closed terminal end the demo tidily."""
    event = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, lambda _number, _frame: event.set())
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _copy_cases(folder: Path) -> int:
    """The first starter quizzes, in a casebook of the demo's own; returns how many."""
    target = folder / "cases"
    target.mkdir()
    quizzes = [path for path in sorted(bundled("cases").iterdir()) if (path / "case.yaml").is_file()]
    chosen = [path for path in quizzes if "kind: image-quiz" in (path / "case.yaml").read_text(encoding="utf-8")]
    for path in chosen[:CASES]:
        shutil.copytree(path, target / path.name)
    return len(chosen[:CASES])


@contextmanager
def _running(folder: Path, options: Options, teller: Teller) -> Iterator[tuple[Stage, subprocess.Popen[str]]]:
    factor = options.factor(start_time(folder))
    clock = ScaledClock(datetime.now(UTC), ORIGIN, factor)
    sandbox_arguments = ["sandbox", "--port", "0", "--state", "x.db", "--clock", str(clock), "--json"]
    sandbox = start(sandbox_arguments, folder, {})
    processes = [sandbox]
    try:
        told = first_record(sandbox, "the sandbox X", "url")
        _drain(sandbox)
        url, port = str(told["url"]), free_port()
        database = f"sqlite:///{folder / 'quizbot.db'}"
        settings = {str(k): str(v) for k, v in dict(told["settings"]).items()}  # type: ignore[call-overload]  # our own JSON
        settings |= _bot_settings(database, clock, port)
        store = open_store(database)
        upgrade(store)  # the demo reads it too, and may be ended before a slow machine's bot got there
        bot = start(["run", "--web"], folder, settings)
        processes.insert(0, bot)
        account = settings["QUIZBOT_X_ACCESS_TOKEN"].partition("-")[0]
        pages = [url.rstrip("/") + "/", *(f"http://127.0.0.1:{port}/{page}" for page in ("", "archive", "board"))]
        try:
            teller.started(pages, options.fast)
            control = ControlClient(url)
            for follower in FOLLOWERS:
                control.user(follower.handle, follower.name)
            yield Stage(clock, control, store, account, teller, pages), bot
        finally:
            store.close()
    finally:
        for process in processes:
            end(process)


def _bot_settings(database: str, clock: ScaledClock, port: int) -> dict[str, str]:
    return {
        "QUIZBOT_DATABASE_URL": database,
        "QUIZBOT_CASES_DIR": "cases",
        "QUIZBOT_POST_AT": "daily 12:00",
        "QUIZBOT_PEARL_AT": "",
        "QUIZBOT_POST_EXAMPLES": "1",
        "QUIZBOT_POST_WITHIN": "20h",
        "QUIZBOT_WEB_PORT": str(port),
        "QUIZBOT_LOG_FORMAT": "json",
        "QUIZBOT_CLOCK": str(clock),
    }


def _drain(process: subprocess.Popen[str]) -> None:
    """Keep a process's pipe from filling up."""
    threading.Thread(target=lambda: [None for _ in json_lines(process)], daemon=True).start()


def _play(stage: Stage, bot: subprocess.Popen[str], cases: int, options: Options, interrupted: threading.Event) -> None:
    events: queue.Queue[dict[str, object]] = queue.Queue()
    threading.Thread(target=_listen, args=(bot, events.put), daemon=True).start()
    limit = ORIGIN + DAY * (cases + 1 + GIVE_UP_DAYS)
    while not interrupted.is_set():
        _hear(stage, events)
        _speak(stage)
        _overhear(stage)
        if bot.poll() is not None:
            raise OutsideError("the bot", f"ended by itself: {stage.teller.last_words or 'no reason given'}")
        if _over(stage, cases):
            if options.fast or not options.stay:
                return
            stage.teller.staying()
        elif stage.clock.now() > limit and (options.fast or not options.stay):
            return  # the checks name the stage that was not reached
        time.sleep(0.02)


def _overhear(stage: Stage) -> None:
    """Tell what people say who joined on the page."""
    if time.monotonic() < stage.listen_at:
        return
    stage.listen_at = time.monotonic() + LISTEN_EVERY
    cast = {one.handle for one in FOLLOWERS}
    for post in stage.control.posts():
        if post["id"] not in stage.heard:
            stage.heard.add(post["id"])
            if post["handle"] not in cast and post["author_id"] != stage.account:
                stage.teller.joined_in(str(post["handle"]), str(post["text"]), stage.clock.now())


def _over(stage: Stage, cases: int) -> bool:
    return stage.revealed >= cases and not stage.due and stage.clock.now() > stage.last_line_at + AFTERMATH


def _listen(bot: subprocess.Popen[str], put: Callable[[dict[str, object]], None]) -> None:
    for record in json_lines(bot):
        put(record)


def _hear(stage: Stage, events: "queue.Queue[dict[str, object]]") -> None:
    """Tell what the bot says it did; when a round opens, the followers make their plans."""
    while True:
        try:
            record = events.get_nowait()
        except queue.Empty:
            return
        stage.teller.bot_said(record, stage.clock.now())
        view = find_round(stage.store, stage.account, str(record["round"])) if "round" in record else None
        if view is None or view.case.answer is None:
            continue
        if record.get("event") == "round open":
            stage.opened += 1
            _plan(stage, view.case.answer, view.round.quiz_post_id or "", view.round.opened_at or stage.clock.now())
            stage.teller.posted(view.case)
        elif record.get("event") == "round scored":
            stage.revealed += 1
            stage.teller.revealed(view, stage.store, stage.account)


def _plan(stage: Stage, answer: Answer, post_id: str, opened_at: datetime) -> None:
    stage.due += [(opened_at + DAY * line.moment, post_id, line) for line in lines_for(answer)]
    stage.due.sort(key=lambda item: item[0])


def _speak(stage: Stage) -> None:
    """Post the replies whose time has come."""
    now = stage.clock.now()
    while stage.due and stage.due[0][0] <= now:
        _, post_id, line = stage.due.pop(0)
        stage.control.post(line.handle, line.text, reply_to=post_id)
        stage.teller.replied(line, now)
        stage.last_line_at = max(stage.last_line_at, now)
