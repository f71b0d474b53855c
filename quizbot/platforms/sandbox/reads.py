"""The endpoints that read: lookups, timelines, mentions, search, users."""

from collections.abc import Sequence
from dataclasses import replace

from quizbot.platforms.sandbox import lists, params, people, posts, problems, render, rules
from quizbot.platforms.sandbox.ask import Ask
from quizbot.platforms.sandbox.money import Bill, Item
from quizbot.platforms.sandbox.params import SEARCH_DAYS_MS, Sizes
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.posts import Bounds, StoredPost
from quizbot.platforms.sandbox.problems import Problem
from quizbot.platforms.sandbox.render import Wanted
from quizbot.platforms.sandbox.wire import Answer

_TIMELINE = Sizes(5, 100, 10)
_SEARCH = Sizes(10, 100, 10)


def get_post(ask: Ask) -> Answer:
    """``GET /2/tweets/{id}``."""
    found, missing = _look_up(ask, [ask.path_id()], "id")
    body: dict[str, object] = {}
    if found:
        body["data"] = render.post_json(found[0], ask.wanted())
    return _with_errors(ask, body, found, missing, _bills(Item.POST_READ, found))


def get_posts(ask: Ask) -> Answer:
    """``GET /2/tweets?ids=``."""
    found, missing = _look_up(ask, params.identifiers(ask.query, "ids"), "ids")
    want = ask.wanted()
    body: dict[str, object] = {}
    if found:
        body["data"] = [render.post_json(post, want) for post in found]
    return _with_errors(ask, body, found, missing, _bills(Item.POST_READ, found))


def user_posts(ask: Ask) -> Answer:
    """``GET /2/users/{id}/tweets``."""
    owner = _owner(ask)
    if isinstance(owner, Problem):
        return _with_errors(ask, {}, [], [owner], ())
    bounds = params.bounds(ask.query, _TIMELINE, ask.now_ms)
    exclude = params.names(ask.query, "exclude")
    found = lists.timeline(
        ask.tx, owner.id, bounds, replies="replies" not in exclude, reposts="retweets" not in exclude
    )
    return _page(ask, found, bounds, _owned_item(ask, owner))


def user_mentions(ask: Ask) -> Answer:
    """``GET /2/users/{id}/mentions``."""
    owner = _owner(ask)
    if isinstance(owner, Problem):
        return _with_errors(ask, {}, [], [owner], ())
    bounds = params.bounds(ask.query, _TIMELINE, ask.now_ms)
    return _page(ask, lists.mentions(ask.tx, owner.id, bounds), bounds, _owned_item(ask, owner))


def search_recent(ask: Ask) -> Answer:
    """``GET /2/tweets/search/recent``."""
    search = rules.read_search(ask.query.get("query", ""))
    params.check_recent(ask.query, ask.now_ms)
    bounds = params.bounds(ask.query, _SEARCH, ask.now_ms)
    bounds = replace(bounds, from_ms=max(bounds.from_ms, ask.now_ms - SEARCH_DAYS_MS))
    found = lists.conversation(
        ask.tx, search.conversation_id, bounds, not_from=_handle_id(ask, search.not_from), to=_handle_id(ask, search.to)
    )
    return _page(ask, found, bounds, Item.POST_READ)


def get_users(ask: Ask) -> Answer:
    """``GET /2/users?ids=``."""
    wanted = params.identifiers(ask.query, "ids")
    known = people.by_ids(ask.tx, wanted)
    found = [known[i] for i in wanted if i in known and not known[i].suspended]
    missing = [problems.not_found("user", str(i), "ids") for i in wanted if i not in known or known[i].suspended]
    body: dict[str, object] = {}
    if found:
        body["data"] = [_user(ask, person) for person in found]
    return _with_errors(ask, body, [], missing, tuple(Bill(Item.USER_READ, str(person.id)) for person in found))


def get_me(ask: Ask) -> Answer:
    """``GET /2/users/me``; X bills it like any other user."""
    me = people.by_ids(ask.tx, [ask.user_id])[ask.user_id]
    return Answer(200, {"data": _user(ask, me)}, bills=(Bill(Item.USER_READ, str(me.id)),))


def _user(ask: Ask, person: Person) -> dict[str, object]:
    want = ask.wanted()
    numbers = people.metrics(ask.tx, person.id) if "public_metrics" in want.user else {}
    return render.user_json(person, want, numbers)


def _look_up(ask: Ask, wanted: Sequence[int], parameter: str) -> tuple[list[StoredPost], list[Problem]]:
    """Posts that may be seen, and why the others may not."""
    known = posts.by_ids(ask.tx, wanted)
    found, missing = [], []
    for number in wanted:
        post = known.get(number)
        if post is None or post.deleted_ms is not None:
            missing.append(problems.not_found(ask.post_word, str(number), parameter))
        elif post.hidden and post.author_id != ask.world.bot_id:
            missing.append(problems.not_visible(ask.post_word, str(number), parameter))
        else:
            found.append(post)
    return found, missing


def _owner(ask: Ask) -> Person | Problem:
    """Whose list is asked for; a stranger's protected list is not shown."""
    number = ask.path_id()
    person = people.by_id(ask.tx, number)
    if person is None:
        return problems.not_found("user", str(number), "id")
    if person.hidden and person.id != ask.world.bot_id:
        return problems.not_visible("user", str(number), "id")
    return person


def _owned_item(ask: Ask, owner: Person) -> Item:
    owned = ask.world.options.owned and owner.id == ask.world.bot_id
    return Item.OWNED_READ if owned else Item.POST_READ


def _handle_id(ask: Ask, handle: str | None) -> int | None:
    """A search term's account; -1, which nobody is, for an unknown one."""
    if handle is None:
        return None
    person = people.by_handle(ask.tx, handle)
    return person.id if person else -1


def _bills(item: Item, found: Sequence[StoredPost]) -> tuple[Bill, ...]:
    return tuple(Bill(item, str(post.id)) for post in found)


def _page(ask: Ask, found: list[StoredPost], bounds: Bounds, item: Item) -> Answer:
    """One page of a list; ``found`` holds one post more if another page follows."""
    page = found[: bounds.size - 1]
    want = ask.wanted()
    meta: dict[str, object] = {"result_count": len(page)}
    body: dict[str, object] = {}
    if page:
        body["data"] = [render.post_json(post, want) for post in page]
        meta |= {"newest_id": str(page[0].id), "oldest_id": str(page[-1].id)}
    if len(found) > len(page):
        meta["next_token"] = params.make_token(page[-1].id)
    return _with_errors(ask, body | {"meta": meta}, page, [], _bills(item, page))


def _with_errors(
    ask: Ask, body: dict[str, object], page: Sequence[StoredPost], missing: Sequence[Problem], bills: tuple[Bill, ...]
) -> Answer:
    """Put ``includes`` and ``errors`` to an answer, where it has some."""
    included, extra = _includes(ask, page, ask.wanted())
    if included:
        body["includes"] = included
    if missing:
        body["errors"] = [problems.partial(problem, ask.dialect) for problem in missing]
    return Answer(200, body, bills=bills + (extra if ask.world.options.bill_includes else ()))


def _includes(ask: Ask, page: Sequence[StoredPost], want: Wanted) -> tuple[dict[str, object], tuple[Bill, ...]]:
    """What the expansions bring along, and what it would cost."""
    users = _included_users(ask, page, want)
    referenced = _included_posts(ask, page, want)
    media = [m for post in page for m in post.media] if "attachments.media_keys" in want.expansions else []
    found: dict[str, object] = {
        "users": [_user(ask, person) for person in users],
        want.names.posts: [render.post_json(post, want) for post in referenced],
        "media": [render.media_json(picture, want, ask.base) for picture in media],
    }
    bills = [Bill(Item.USER_READ, str(person.id)) for person in users]
    return {name: items for name, items in found.items() if items}, (*bills, *_bills(Item.POST_READ, referenced))


def _included_users(ask: Ask, page: Sequence[StoredPost], want: Wanted) -> list[Person]:
    authors = [post.author_id for post in page] if "author_id" in want.expansions else []
    answered = [post.parent_author_id for post in page] if "in_reply_to_user_id" in want.expansions else []
    numbers = dict.fromkeys(number for number in [*authors, *answered] if number is not None)
    if not numbers:
        return []
    known = people.by_ids(ask.tx, numbers)
    return [known[number] for number in numbers if number in known and not known[number].suspended]


def _included_posts(ask: Ask, page: Sequence[StoredPost], want: Wanted) -> list[StoredPost]:
    if want.names.referenced_expansion not in want.expansions:
        return []
    numbers = {n for post in page for n in (post.parent_id, post.quoted_id, post.reposted_id) if n is not None}
    return _look_up(ask, sorted(numbers), "id")[0]
