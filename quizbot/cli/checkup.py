"""The checks of `quizbot doctor`."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests

from quizbot.cli.wiring import bring_up, make_bot, make_policy, missing_keys, opened_store, x_keys
from quizbot.core.errors import QuizbotError
from quizbot.platforms.x import XPlatform
from quizbot.rounds.scan import candidates
from quizbot.settings import DEFAULT_X_API_URL, Settings
from quizbot.store import open_store
from quizbot.store.migrate import versions

MOST_SKEW = timedelta(seconds=60)  # X refuses signatures that are minutes off
LEAST_FREE = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Check:
    """A finding. ``ok``: True, False, or None for something to know."""

    name: str
    ok: bool | None
    message: str


def checkup(settings: Settings) -> list[Check]:
    """Look at everything that the bot needs; a check that breaks is a finding, not a crash."""
    found: list[Check] = []
    for name, look in (
        ("settings", _settings),
        ("database", _database),
        ("disk", _disk),
        ("clock", _clock),
        ("keys", _keys),
        ("cases", _cases),
    ):
        found += _guarded(name, look, settings)
    return found


def _guarded(name: str, look: Callable[[Settings], Iterator[Check]], settings: Settings) -> list[Check]:
    try:
        return list(look(settings))
    except QuizbotError as error:
        return [Check(name, ok=False, message=str(error))]


def _settings(settings: Settings) -> Iterator[Check]:
    policy = make_policy(settings)
    yield Check("calendar", ok=True, message=f"quizzes {settings.post_at}, pearls {settings.pearl_at or 'never'}")
    if not policy.quiz_times.times:
        yield Check(
            "calendar", ok=False, message="QUIZBOT_POST_AT is empty: no quiz is ever posted; write mon,thu 12:00"
        )
    if settings.joined_only and settings.x_client_id is None:
        told = "QUIZBOT_BOARD=opt-in, but nobody can sign in to join a board; set QUIZBOT_X_CLIENT_ID and _SECRET"
        yield Check("boards", ok=False, message=told)
    if settings.x_api_url != DEFAULT_X_API_URL:
        yield Check("X", ok=None, message=f"not X itself but {settings.x_api_url}")


def _database(settings: Settings) -> Iterator[Check]:
    store = open_store(settings.database_url)
    try:
        changed = bring_up(store)
        store.require_writable()
        found, _ = versions(store)
        yield Check("database", ok=True, message=f"{store.where}, version {found}{', just made' if changed else ''}")
    finally:
        store.close()


def _disk(settings: Settings) -> Iterator[Check]:
    place = Path(settings.database_url.removeprefix("sqlite:///")).resolve().parent
    folder = place if settings.database_url.startswith("sqlite") and place.is_dir() else Path.cwd()
    free = shutil.disk_usage(folder).free
    yield Check("disk", ok=free > LEAST_FREE, message=f"{free // 2**20} MiB free at {folder}; 200 are needed")


def _clock(settings: Settings) -> Iterator[Check]:
    try:
        answer = requests.head(settings.x_api_url, timeout=settings.x_timeout, allow_redirects=False)
    except requests.RequestException as error:
        reason = type(error).__name__
        yield Check("network", ok=False, message=f"{settings.x_api_url} cannot be reached ({reason}); mend the network")
        return
    yield Check("network", ok=True, message=f"{settings.x_api_url} answers")
    told = answer.headers.get("Date")
    if told is None:
        yield Check("clock", ok=None, message="the server tells no time to compare with")
        return
    skew = abs(datetime.now(UTC) - parsedate_to_datetime(told))
    message = f"differs from X's by {skew.total_seconds():.0f} s"
    yield Check("clock", ok=skew < MOST_SKEW, message=message + ("" if skew < MOST_SKEW else "; set it (NTP)"))


def _keys(settings: Settings) -> Iterator[Check]:
    missing = missing_keys(settings)
    if missing:
        message = f"{', '.join(missing)} not set; make them in X's developer portal with read and write permission"
        yield Check("keys", ok=False, message=message)
        return
    with XPlatform(x_keys(settings), settings.x_api_url, settings.x_timeout) as platform:
        user, level = platform.me_with_access()
    yield Check("keys", ok=True, message=f"they belong to @{user.handle} (id {user.id})")
    if level is None:
        yield Check("permissions", ok=None, message="X did not tell; the first post will")
    else:
        fine = "write" in level
        todo = "" if fine else "; give the app read and write permission, then make the access token anew"
        yield Check("permissions", ok=fine, message=level + todo)
    yield Check(
        "app owner",
        ok=None,
        message=f"X tells no program who owns the app. Sign in to its developer portal as @{user.handle} and see that"
        " the app is listed there: only then are replies read at the owned price (a fifth)",
    )


def _cases(settings: Settings) -> Iterator[Check]:
    if missing_keys(settings):
        yield Check("cases", ok=None, message="which are ready can be told once the keys are set; see `quizbot check`")
        return
    with opened_store(settings, upgrading=True) as store:
        found = candidates(make_bot(settings, store))
    waiting = {slug: one.problem for slug, (_, one) in found.items() if one.problem is not None}
    for slug, problem in waiting.items():
        yield Check("case", ok=None, message=f"{slug}: {problem}")
    ready = len(found) - len(waiting)
    message = f"{ready} of {len(found)} in {settings.cases_dir} are ready to be posted"
    yield Check("cases", ok=ready > 0, message=message + ("" if ready else "; see `quizbot check`"))
