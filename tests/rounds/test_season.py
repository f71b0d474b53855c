"""A season from the starter casebook on the sandbox X, time moved by hand: quizzes, pearls and links, repeats.

A sample of the casebook by default; all of it with ``QUIZBOT_TEST_FULL=1``. With ``QUIZBOT_SEASON_KEEP=DIR`` the
database stays there, for looking at the pages over it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from quizbot.cli.wiring import vet
from quizbot.core.bundled import bundled
from quizbot.core.clock import ManualClock
from quizbot.deid import known
from quizbot.demo.followers import FOLLOWERS, lines_for
from quizbot.desk.register import register
from quizbot.drawing import catalogue
from quizbot.platforms.sandbox import SandboxOptions, SandboxServer
from quizbot.rounds.again import MOST, SPACING
from quizbot.rounds.calendar import parse_times
from quizbot.rounds.engine import advance
from quizbot.rounds.scan import CachedVet
from quizbot.rounds.views import RoundView
from quizbot.settings import parse_duration
from quizbot.store import open_store
from quizbot.store.migrate import upgrade
from quizbot.web import create_app
from quizbot.web.site import Facts
from tests.rounds.world import DAY, T0, World, board, bot_on
from tests.web.asgi import ask

pytest.importorskip("numpy", reason="numpy is not installed (pip install '.[draw]')")

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
SAMPLE = ("brugada", "shark-fin", "pericardial-effusion", "boerhaave", "pearl-clonus", "link-avr")
MORE = {
    "shark-fin": catalogue.Order("capnogram", "bronchospasm", 902),
    "pericardial-effusion": catalogue.Order("bmode", "pericardial-effusion", 903),
    "wellens-syndrome": catalogue.Order("ecg", "wellens", 904),
}
ASKED_AGAIN = {"brugada": catalogue.Order("ecg", "brugada", 901)} | (MORE if FULL else {})
OFTEN = MOST + 1  # one more folder each than may be posted
DAYS = 7 * 4 * MOST + (50 if FULL else 10)
SLOTS = 10  # days on which a pearl or a link may come


def write_casebook(folder: Path, monkeypatch: pytest.MonkeyPatch, ledger: Path) -> None:
    """The starter cases and, of some diagnoses, more patients, whose pictures the gate knows as it knows the others."""
    shutil.copy(known.DRAWN, ledger)
    monkeypatch.setattr(known, "DRAWN", ledger)
    names = [path.parent.name for path in bundled("cases").glob("*/case.yaml")] if FULL else SAMPLE
    for name in names:
        shutil.copytree(bundled("cases", name), folder / name)
    for name, order in ASKED_AGAIN.items():
        for turn in range(OFTEN):
            again = folder / f"{name}-again-{turn + 1}"
            shutil.copytree(folder / name, again)
            (picture,) = again.glob("*.png")
            another = replace(order, seed=order.seed + 10 * turn)
            catalogue.draw(another).save(picture)
            register(picture, another.provenance(), [ledger])
            again.joinpath("case.yaml").write_text(another_patient(folder / name, turn), "utf-8")


def another_patient(first: Path, turn: int) -> str:
    """The case with another patient's age and another pearl, for X takes no text twice."""
    told = yaml.safe_load((first / "case.yaml").read_text("utf-8"))
    age = next(word for word in told["prompt"].split() if "year-old" in word)
    told["prompt"] = told["prompt"].replace(age, f"{int(age[:2]) - turn - 1}{age[2:]}", 1)
    told["pearl"] = f"{told['pearl'].partition('. ')[0]}: patient {turn + 2}."
    told["reviewed"] = {"on" if key is True else key: str(value) for key, value in told["reviewed"].items()}  # YAML 1.1
    return str(yaml.safe_dump(told | {"asks_again": first.name}, allow_unicode=True, sort_keys=False))


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    clock, cases = ManualClock(T0), tmp_path / "cases"
    cases.mkdir()
    write_casebook(cases, monkeypatch, tmp_path / "drawn.json")
    kept = Path(os.environ.get("QUIZBOT_SEASON_KEEP") or tmp_path)
    store = open_store(f"sqlite:///{kept / 'season.db'}")
    upgrade(store)
    with ExitStack() as stack:
        sandbox = stack.enter_context(SandboxServer(SandboxOptions(), clock))
        bot = stack.enter_context(bot_on(sandbox, clock, store, cases))
        pearls = parse_times("mon,tue,wed,thu,fri,sat,sun 18:00", ZoneInfo("UTC"), "pearl_at")
        bot.vet = CachedVet(vet)
        bot.policy = replace(bot.policy, pearl_times=pearls, read_for=parse_duration("30h"))
        for follower in FOLLOWERS:
            sandbox.control.user(follower.handle, follower.name)
        yield World(sandbox, clock, bot, store, cases)
    store.close()


def play(world: World) -> None:
    """Day after day: the quiz at noon, people's replies, the pearl at six, the answer at noon the next day."""
    answered: set[str] = set()
    for day in range(DAYS):
        wake(world, day, 0, answered)
        if day < SLOTS or any(view.round.state not in ("posted", "revealed") for view in world.views()):
            for minutes in (4, 12, 370, 720):
                wake(world, day, minutes, answered)


def wake(world: World, day: int, minutes: int, answered: set[str]) -> None:
    """The bot, and then the people, at so many minutes after noon."""
    world.clock.at = T0 + day * DAY + timedelta(minutes=minutes)
    advance(world.bot)
    for view in world.views():
        if view.round.state == "open" and view.round.id not in answered:
            answered.add(view.round.id)
            speak(world, view)


def speak(world: World, view: RoundView) -> None:
    """What the followers say, each a minute after the one before."""
    assert view.case.answer is not None
    for line in lines_for(view.case.answer):
        if line.moment < 1:
            world.sandbox.control.post(line.handle, line.text, reply_to=view.round.quiz_post_id or "")
            world.clock.sleep(5)


def rounds_by_case(world: World) -> dict[str, RoundView]:
    views = world.views()
    assert len({view.round.case_id for view in views}) == len(views)  # nothing is begun twice
    return {view.round.case_id: view for view in views}


@pytest.mark.timeout(1800 if FULL else 300)
@pytest.mark.long
def test_a_season_of_quizzes_pearls_links_and_repeats_and_its_pages(season: World) -> None:
    play(season)
    rounds = rounds_by_case(season)
    every_case_was_posted_once(season, rounds)
    repeats_came_in_time(rounds)
    everybody_scored(season, rounds)
    the_pages_show_it(season, rounds)


def every_case_was_posted_once(world: World, rounds: dict[str, RoundView]) -> None:
    """Every folder but the one repeat too many; quizzes revealed, pearls and links posted, none halted."""
    folders = {path.name for path in world.cases.iterdir() if path.is_dir()}
    left = {f"{name}-again-{OFTEN}" for name in ASKED_AGAIN}
    assert folders - set(rounds) == left
    states = {name: view.round.state for name, view in rounds.items()}
    quiz = {name for name, view in rounds.items() if view.case.answer}
    assert {name for name in quiz if states[name] != "revealed"} == set()
    assert {name for name in set(rounds) - quiz if states[name] != "posted"} == set()
    texts = [post["text"] for post in world.own_posts()]
    assert len(set(texts)) == len(texts)
    assert all(len(view.round.media) == len(view.case.images) for view in rounds.values())


def repeats_came_in_time(rounds: dict[str, RoundView]) -> None:
    """Four weeks after the last asking or more, with another picture each time, three times at most."""
    for name in ASKED_AGAIN:
        asked = [rounds[name], *(rounds[f"{name}-again-{turn + 1}"] for turn in range(MOST))]
        times = [view.round.opened_at for view in asked if view.round.opened_at]
        assert all(later - earlier >= SPACING for earlier, later in pairwise(times))
        assert len({tuple(view.round.media) for view in asked}) == MOST + 1
        assert {view.case.asks_again for view in asked[1:]} == {name}


def everybody_scored(world: World, rounds: dict[str, RoundView]) -> None:
    """Whoever says the diagnosis has ten points in every quiz; the board says so."""
    quizzes = [view for view in rounds.values() if view.case.answer]
    counted, lines = board(world)
    assert counted == len(quizzes)
    best = -(-7 * counted // 10)
    points = {line.handle: line.standing.points for line in lines}
    assert points["@night_reg_jo"] == 10 * best
    assert points["@second_look"] == 10 * best
    assert "@sure_but_wrong" not in points


def the_pages_show_it(world: World, rounds: dict[str, RoundView]) -> None:
    """The archive has each diagnosis, the board the best, the calendar, the feed and the deck their cases."""
    times = parse_times("daily 12:00", ZoneInfo("UTC"), "post_at")
    app = create_app(
        world.store, lambda: world.bot.account, world.clock, "quarter", "https://x.com/i", Facts(times=times)
    )
    pages = "".join(ask(app, f"/archive?page={n}").text for n in range(1, 8))
    deck = ask(app, "/anki.txt").text
    for name, view in rounds.items():
        if view.case.answer:
            assert view.case.answer.diagnosis in deck, name
            assert f"/rounds/{view.round.id}" in pages, name
            assert ask(app, f"/rounds/{view.round.id}").status == 200
    for name in ASKED_AGAIN:
        first = ask(app, f"/rounds/{rounds[name].round.id}").text
        assert all(f"/rounds/{rounds[f'{name}-again-{turn + 1}'].round.id}" in first for turn in range(MOST))
    assert "@night_reg_jo" in ask(app, "/board?season=all").text
    assert "@sure_but_wrong" not in ask(app, "/board?season=all").text
    assert "BEGIN:VCALENDAR" in ask(app, "/schedule.ics").text
    assert ask(app, "/feed.atom").status == 200
