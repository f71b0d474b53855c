"""Rate limits: so many calls of a route in a window of 15 minutes that begins with the first of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizbot.platforms.sandbox.database import Tx

WINDOW_MS = 15 * 60 * 1000
# Calls a window and user. 100 posts and 300 readings of mentions are X's numbers; the rest are those of X's older table
# of limits, which a bot must not rely on: the headers tell.
LIMITS = {
    "POST /2/tweets": 100,
    "DELETE /2/tweets/{id}": 50,
    "GET /2/tweets/{id}": 900,
    "GET /2/tweets": 900,
    "GET /2/users/{id}/tweets": 900,
    "GET /2/users/{id}/mentions": 300,
    "GET /2/tweets/search/recent": 300,
    "GET /2/users": 900,
    "GET /2/users/me": 75,
    "POST /2/media/upload": 500,
    "GET /2/media/upload": 1000,
    "POST /2/media/upload/initialize": 500,
    "POST /2/media/upload/{id}/append": 5000,
    "POST /2/media/upload/{id}/finalize": 500,
    "POST /2/media/subtitles": 500,
    "POST /2/media/metadata": 500,
}


@dataclass(frozen=True, slots=True)
class Window:
    """How a route stands. ``reset`` in whole seconds since 1970 of the sandbox's clock."""

    limit: int
    remaining: int
    reset: int
    allowed: bool = True

    @property
    def headers(self) -> dict[str, str]:
        """The three headers that X puts on every answer."""
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(self.remaining),
            "x-rate-limit-reset": str(self.reset),
        }


def hit(tx: Tx, route: str, changed: Mapping[str, int], now_ms: int, *, user: str = "", count: bool = True) -> Window:
    """Count a call of a user, by default the bot; one too many is not allowed and not counted."""
    limit = changed.get(route, LIMITS[route])
    row = tx.execute("SELECT opened_ms, used FROM windows WHERE route = ?", (route + user,)).fetchone()
    fresh = row is None or not 0 <= now_ms - row["opened_ms"] < WINDOW_MS
    opened, used = (now_ms, 0) if fresh else (row["opened_ms"], row["used"])
    reset = -(-(opened + WINDOW_MS) // 1000)
    if used >= limit:
        return Window(limit, 0, reset, allowed=False)
    if count:
        used += 1
        tx.execute(
            """INSERT INTO windows VALUES (:route, :opened, :used)
               ON CONFLICT (route) DO UPDATE SET opened_ms = :opened, used = :used""",
            {"route": route + user, "opened": opened, "used": used},
        )
    return Window(limit, limit - used, reset)


def clear(tx: Tx) -> None:
    """Open all windows anew."""
    tx.execute("DELETE FROM windows")
