"""The way through the API: which route, whose signature, how many calls left, what it costs, and then the endpoint."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from quizbot.core.errors import one_line
from quizbot.platforms.sandbox import (
    clips,
    limits,
    money,
    oauth2,
    people,
    problems,
    reads,
    subtitles,
    token_routes,
    writes,
)
from quizbot.platforms.sandbox.ask import Ask
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.limits import Window
from quizbot.platforms.sandbox.problems import Refused, forbidden, unauthorized
from quizbot.platforms.sandbox.wire import Answer, Call
from quizbot.platforms.sandbox.world import World

Endpoint = Callable[[Ask], Answer]

ENDPOINTS: Mapping[str, Endpoint] = {
    "POST /2/tweets": writes.create_post,
    "DELETE /2/tweets/{id}": writes.delete_post,
    "GET /2/tweets/search/recent": reads.search_recent,
    "GET /2/tweets/{id}": reads.get_post,
    "GET /2/tweets": reads.get_posts,
    "GET /2/users/me": reads.get_me,
    "GET /2/users/{id}/tweets": reads.user_posts,
    "GET /2/users/{id}/mentions": reads.user_mentions,
    "GET /2/users": reads.get_users,
    "POST /2/media/upload": writes.upload_media,
    "GET /2/media/upload": writes.media_status,
    "POST /2/media/upload/initialize": clips.initialize,
    "POST /2/media/upload/{id}/append": clips.append,
    "POST /2/media/upload/{id}/finalize": clips.finalize,
    "POST /2/media/subtitles": subtitles.create,
    "POST /2/media/metadata": writes.describe_media,
}
FOR_BEARERS = frozenset({"GET /2/users/me"})
"""The endpoints that the scopes a person can grant open."""
_PATTERNS = {name: re.compile(name.replace("{id}", r"(?P<id>[^/]+)")) for name in ENDPOINTS}


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint that a call found; ``name`` such as ``GET /2/tweets/{id}``."""

    name: str
    path: Mapping[str, str]


def find_route(method: str, path: str) -> Route | None:
    """The endpoint of a call, or None."""
    for name, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(f"{method} {path}"):
            return Route(name, match.groupdict())
    return None


class Gateway:
    """Answers calls. Safe to use from several threads."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, call: Call) -> Answer:
        """Do what a verified call asks for, all of it or nothing."""
        if token_routes.is_token_route(call):
            return token_routes.answer(self._world, call)
        route = find_route(call.method, call.path)
        if route is None:
            return self._refusal(Refused(problems.NO_SUCH_ROUTE), "no such route")
        try:
            user_id = self._caller(call, route)
        except Refused as refused:
            return self._with_window(self._refusal(refused, route.name), self._admit(route, count=False))
        window = self._admit(route, user_id=user_id)
        if not window.allowed:
            return self._with_window(self._refusal(Refused(problems.TOO_MANY), route.name), window)
        return self._with_window(self._perform(route, call, user_id), window)

    def count_fault(self, call: Call, outcome: str) -> None:
        """Put a call that a fault swallowed on the counters."""
        route = find_route(call.method, call.path)
        self._count(route.name if route else "no such route", outcome)

    def window_headers(self, call: Call) -> Mapping[str, str]:
        """The rate-limit headers of a call that is not counted."""
        route = find_route(call.method, call.path)
        if route is None:
            return {}
        return self._admit(route, count=False).headers

    def _admit(self, route: Route, *, user_id: int | None = None, count: bool = True) -> Window:
        user = f" of {user_id}" if user_id not in (None, self._world.bot_id) else ""
        with self._world.db.transaction() as tx:
            return limits.hit(tx, route.name, self._world.dials.limits, self._world.now_ms(), user=user, count=count)

    def _caller(self, call: Call, route: Route) -> int:
        """Whose call it is: a person's, by a bearer token, or the bot's, by its signature.

        Raises:
            Refused: 401; nobody's.
        """
        authorization = call.headers.get("authorization", "")
        if route.name not in FOR_BEARERS or not authorization.lower().startswith("bearer "):
            self._world.verifier.check(call)
            return self._world.bot_id
        with self._world.db.transaction() as tx:
            user_id = oauth2.bearer(tx, authorization, self._world.machine_now())
        if user_id is None:
            raise unauthorized("unknown or expired bearer token")
        return user_id

    def _perform(self, route: Route, call: Call, user_id: int) -> Answer:
        account, now_ms = str(self._world.bot_id), self._world.now_ms()
        try:
            with self._world.db.transaction() as tx:
                self._check_account(tx, user_id)
                money.check_open(money.balance(tx))
                answer = ENDPOINTS[route.name](Ask(self._world, tx, call, now_ms, route.path, user_id))
                money.charge(tx, answer.bills, now_ms)
                _count(tx, route.name, str(answer.status))
                return answer
        except Refused as refused:
            return self._refusal(refused, route.name)
        except money.CreditsGoneError:
            return self._refusal(problems.credits_depleted(account), route.name)
        except money.CapReachedError:
            return self._refusal(problems.spend_cap_reached(account), route.name)

    def _check_account(self, tx: Tx, user_id: int) -> None:
        caller = people.by_id(tx, user_id)
        if caller is None or caller.suspended:
            raise forbidden("Your account is suspended and is not permitted to access this feature.", 64)

    def _refusal(self, refused: Refused, route: str) -> Answer:
        self._count(route, str(refused.problem.status))
        content_type, body = problems.body(refused.problem, self._world.options.dialect)
        reason = one_line(refused.reason).encode("ascii", "replace").decode()
        hint = {"x-sandbox-reason": reason} if reason else {}
        return Answer(refused.problem.status, body, content_type, hint)

    def _with_window(self, answer: Answer, window: Window) -> Answer:
        return replace(answer, headers={**window.headers, **answer.headers})

    def _count(self, route: str, outcome: str) -> None:
        with self._world.db.transaction() as tx:
            _count(tx, route, outcome)


def _count(tx: Tx, route: str, outcome: str) -> None:
    tx.execute(
        "INSERT INTO calls VALUES (?, ?, 1) ON CONFLICT (route, outcome) DO UPDATE SET number = number + 1",
        (route, outcome),
    )
