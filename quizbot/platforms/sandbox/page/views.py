"""The pages to look at: timelines, a thread, a profile. Each takes a visit and gives a response."""

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from quizbot.platforms.sandbox import lists, people, pictures, posts
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.page import present
from quizbot.platforms.sandbox.page.present import Shown
from quizbot.platforms.sandbox.page.visit import Visit, back
from quizbot.platforms.sandbox.posts import Bounds, StoredPost

_PAGE = 30
_THREAD = 100
_ANCESTORS = 20


def home(visit: Visit) -> Response:
    """The bot's posts, newest first."""
    return _timeline(visit, "home")


def latest(visit: Visit) -> Response:
    """Everybody's posts, newest first."""
    return _timeline(visit, "latest")


def _timeline(visit: Visit, tab: str) -> Response:
    with visit.world.db.transaction() as tx:
        feed = _feed(visit, tx, tab, visit.world.bot_id)
        frame = visit.frame(tx, tab) | {"feed": feed}
    return visit.page("timeline.html", frame, 422 if visit.error else 200)


@dataclass(frozen=True, slots=True)
class Feed:
    """A stretch of a list. ``more``: where the rest is, or empty; ``newest``: the id after which posts are new."""

    posts: list[Shown]
    more: str
    newest: int
    scope: str


def _feed(visit: Visit, tx: Tx, tab: str, author: int) -> Feed:
    before = parse_id(visit.query.get("before", ""))
    bounds = Bounds(2**62, size=_PAGE + 1) if before is None else Bounds(2**62, before_id=before, size=_PAGE + 1)
    found = lists.latest(tx, bounds) if tab == "latest" else lists.timeline(tx, author, bounds)
    page = found[:_PAGE]
    more = f"?before={page[-1].id}" if len(found) > _PAGE else ""
    return Feed(_shown(visit, tx, page), more, page[0].id if page else 0, "" if before else tab)


def _shown(visit: Visit, tx: Tx, found: list[StoredPost]) -> list[Shown]:
    return present.shown(tx, found, visit.viewer(tx), visit.world.bot_id, visit.world.now_ms())


def profile(visit: Visit) -> Response:
    """An account and what it posted."""
    with visit.world.db.transaction() as tx:
        person = people.by_handle(tx, visit.path["handle"])
        if person is None:
            return _nothing_here(visit, tx)
        shown = present.profile(tx, person, visit.viewer(tx), visit.world.bot_id)
        hidden = person.hidden and not shown.is_me
        feed = Feed([], "", 0, "") if hidden else _feed(visit, tx, "profile", person.id)
        frame = visit.frame(tx, "profile") | {"feed": feed, "profile": shown}
    return visit.page("profile.html", frame)


def status(visit: Visit) -> Response:
    """A post, what it answers, and the answers to it in their order."""
    with visit.world.db.transaction() as tx:
        post = posts.by_id(tx, parse_id(visit.path["id"]) or 0)
        if post is None or post.deleted_ms is not None or post.hidden:
            return _nothing_here(visit, tx)
        if post.replaced_by is not None:
            return back(f"/status/{post.history[-1]}")
        frame = visit.frame(tx, "status") | _thread(visit, tx, post)
    return visit.page("status.html", frame, 422 if visit.error else 200)


def _thread(visit: Visit, tx: Tx, post: StoredPost) -> dict[str, object]:
    after = parse_id(visit.query.get("after", "")) or 0
    found = lists.replies(tx, post.history, after, _THREAD + 1)
    page = found[:_THREAD]
    newest = page[-1].id if page else max(after, post.id)
    return {
        "ancestors": _shown(visit, tx, _ancestors(tx, post)),
        "post": _shown(visit, tx, [post])[0],
        "replies": _shown(visit, tx, page),
        "more": f"?after={newest}" if len(found) > _THREAD else "",
        "newest": newest,
    }


def _ancestors(tx: Tx, post: StoredPost) -> list[StoredPost]:
    """What a post answers, and what that answers, oldest first; it ends where one is gone."""
    found: list[StoredPost] = []
    at = post.parent_id
    while at is not None and len(found) < _ANCESTORS:
        parent = posts.by_id(tx, at)
        if parent is None or parent.deleted_ms is not None or parent.hidden:
            break
        found.append(parent)
        at = parent.parent_id
    return found[::-1]


def poll(visit: Visit) -> Response:
    """How many posts are newer than what the browser shows: JSON for the page's script."""
    scope, after = visit.query.get("scope", ""), parse_id(visit.query.get("after", "")) or 0
    with visit.world.db.transaction() as tx:
        bounds = Bounds(2**62, after_id=after, size=_PAGE)
        if scope == "home":
            number = len(lists.timeline(tx, visit.world.bot_id, bounds))
        elif scope == "latest":
            number = len(lists.latest(tx, bounds))
        else:
            post = posts.by_id(tx, parse_id(scope) or 0)
            number = len(lists.replies(tx, post.history, after, _PAGE)) if post else 0
    return JSONResponse({"new": number}, headers={"cache-control": "no-store"})


def media(visit: Visit) -> Response:
    """A picture that a standing post shows."""
    with visit.world.db.transaction() as tx:
        found = pictures.shown_bytes(tx, parse_id(visit.path["id"]) or 0)
    if found is None:
        return Response("Not here", 404, media_type="text/plain")
    headers = {
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'",
        "cache-control": "private, max-age=3600",
    }
    return Response(found[1], media_type=found[0], headers=headers)


def _nothing_here(visit: Visit, tx: Tx) -> Response:
    """The page for what is not there, or no more."""
    return visit.page("nothing.html", visit.frame(tx, "nothing"), 404)
