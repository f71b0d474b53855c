"""The control endpoint's deeds: what tests, the demo and developers may do that X's API has no call for.

Each deed takes the request's JSON object and gives a JSON object back. ``__init__.py`` documents them for users.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from quizbot.core.errors import InputError
from quizbot.platforms.sandbox import limits, lists, money, people, pictures, posts, render, subtitles, words
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.faults import parse_fault
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.people import Origin, Person
from quizbot.platforms.sandbox.pictures import Picture
from quizbot.platforms.sandbox.posts import NewPost, StoredPost
from quizbot.platforms.sandbox.world import World

Record = Mapping[str, object]
Deed = Callable[[World, Record], dict[str, object]]
TEXT_LIMIT = 4000  # characters that a person may post; the bot's own limit is X's 280
_LIST_LIMIT = 1000


def make_user(world: World, record: Record) -> dict[str, object]:
    """Make an account, or change an old one: handle, name, protected, suspended."""
    handle = _text(record, "handle").removeprefix("@")
    with world.db.transaction() as tx:
        person = _person(tx, handle, "control", world.now_ms(), _text(record, "name", ""))
        people.set_state(tx, person.id, protected=_flag(record, "protected"), suspended=_flag(record, "suspended"))
        return person_json(people.by_ids(tx, [person.id])[person.id])


def make_post(world: World, record: Record) -> dict[str, object]:
    """Post as anybody: handle, text, and reply_to, quote or repost (an id)."""
    with world.db.transaction() as tx:
        return post_json(posts.in_order(tx, [_post_of(tx, world, record)])[0])


def make_posts(world: World, record: Record) -> dict[str, object]:
    """Post as many people at one instant, all or nothing: posts (up to 1,000 in 256 KB, as above). Gives the ids."""
    records = record.get("posts")
    if not isinstance(records, list) or not 0 < len(records) <= _LIST_LIMIT:
        raise InputError("posts", "has to be a list", f"give 1 to {_LIST_LIMIT:,} posts")
    with world.db.transaction() as tx:
        return {"ids": [str(_post_of(tx, world, one)) for one in records]}


def _post_of(tx: Tx, world: World, record: object) -> int:
    if not isinstance(record, dict):
        raise InputError("posts", "holds what is no object", "give objects with handle and text")
    author = _person(tx, _text(record, "handle").removeprefix("@"), "control", world.now_ms())
    return post_as(tx, world, author, record)


def post_as(tx: Tx, world: World, author: Person, record: Record) -> int:
    """Store an account's post; people may write up to 4,000 characters.

    Raises:
        InputError: it is empty or too long, or answers what is not there.
    """
    parent = _standing(tx, record, "reply_to")
    quoted = _standing(tx, record, "quote")
    reposted = _standing(tx, record, "repost")
    text = post_text(record, f"RT @{reposted.handle}: {reposted.text}"[:TEXT_LIMIT] if reposted else "")
    new = NewPost(text, parent, quoted.id if quoted else None, reposted.id if reposted else None)
    return posts.create(tx, author, new, world.dials.delays, world.now_ms())


def edit_post(world: World, record: Record) -> dict[str, object]:
    """Put a new version in a post's place: id, text. Gives the new version, which has an id of its own."""
    with world.db.transaction() as tx:
        post = _required(tx, record)
        if post.replaced_by is not None:
            raise InputError("id", "was edited already", f"edit {post.replaced_by}")
        number = posts.edit(tx, post, post_text(record), world.dials.delays, world.now_ms())
        return post_json(posts.in_order(tx, [number])[0])


def delete_post(world: World, record: Record) -> dict[str, object]:
    """Take anybody's post back: id."""
    with world.db.transaction() as tx:
        posts.delete(tx, _required(tx, record), world.now_ms())
    return {"deleted": True}


def list_posts(world: World, record: Record) -> dict[str, object]:
    """Every post there ever was, oldest first, at most 1,000: after (an id)."""
    after = parse_id(_text(record, "after", "0")) or 0
    with world.db.transaction() as tx:
        return {"posts": [post_json(post) for post in lists.everything(tx, after, _LIST_LIMIT)]}


def list_users(world: World, _: Record) -> dict[str, object]:
    """Every account."""
    with world.db.transaction() as tx:
        return {"users": [person_json(person) for person in people.everyone(tx)]}


def list_media(world: World, _: Record) -> dict[str, object]:
    """Every upload, with its alt text and warnings, posted or not; of a clip the id of its captions."""
    with world.db.transaction() as tx:
        words = subtitles.of_clips(tx)
        every = pictures.everything(tx)
        return {"media": [media_json(one) | {"captions": _id_text(words.get(one.id))} for one in every]}


def list_ledger(world: World, _: Record) -> dict[str, object]:
    """What was billed: each resource, and totals by item. ``mills`` are thousandths of a US$."""
    with world.db.transaction() as tx:
        return {"entries": money.entries(tx), "totals": money.totals(tx)}


def total_ledger(world: World, _: Record) -> dict[str, object]:
    """What was billed, by item alone."""
    with world.db.transaction() as tx:
        return {"totals": money.totals(tx)}


def show_state(world: World, _: Record) -> dict[str, object]:
    """The clock, the account's money, the dials, and how often each route was called, by outcome."""
    with world.db.transaction() as tx:
        now = money.balance(tx)
        rows = tx.execute("SELECT route, outcome, number FROM calls ORDER BY route, outcome").fetchall()
    calls: dict[str, dict[str, int]] = {}
    for row in rows:
        calls.setdefault(row["route"], {})[row["outcome"]] = row["number"]
    return {
        "now": render.instant(world.now_ms()),
        "bot_id": str(world.bot_id),
        "dialect": world.options.dialect.value,
        "money": {"left_mills": now.left, "spent_mills": now.spent, "cap_mills": now.cap},
        "dials": asdict(world.dials),
        "calls": calls,
    }


def turn_dials(world: World, record: Record) -> dict[str, object]:
    """Change lag, late_share, late_by, processing (s), credit, spend_cap (US$; null: none), limits while running."""
    unknown = record.keys() - {"lag", "late_share", "late_by", "processing", "credit", "spend_cap", "limits"}
    if unknown:
        raise InputError("dials", f"there is no {min(unknown)[:40]}", "see the sandbox's documentation")
    delays = {name: _number(record, name) for name in ("lag", "late_share", "late_by", "processing") if name in record}
    world.dials.delays = replace(world.dials.delays, **{k: v for k, v in delays.items() if v is not None})
    with world.db.transaction() as tx:
        if "credit" in record:
            money.set_credit(tx, _number(record, "credit"))
        if "spend_cap" in record:
            money.set_cap(tx, _number(record, "spend_cap"))
        if "limits" in record:
            world.dials.limits.update(_limits(record["limits"]))
            limits.clear(tx)
    return show_state(world, {})


def add_fault(world: World, record: Record) -> dict[str, object]:
    """Make the next calls fail: the members of ``Fault``."""
    return {"id": world.faults.add(parse_fault(record))}


def list_faults(world: World, _: Record) -> dict[str, object]:
    """The faults still in force."""
    return {"faults": [{"id": number} | asdict(fault) for number, fault in world.faults.listed().items()]}


def clear_faults(world: World, _: Record) -> dict[str, object]:
    """Be well again."""
    world.faults.clear()
    return {"cleared": True}


DEEDS: Mapping[tuple[str, str], Deed] = {
    ("POST", "users"): make_user,
    ("GET", "users"): list_users,
    ("POST", "posts"): make_post,
    ("POST", "posts/batch"): make_posts,
    ("GET", "posts"): list_posts,
    ("POST", "posts/edit"): edit_post,
    ("POST", "posts/delete"): delete_post,
    ("GET", "media"): list_media,
    ("GET", "ledger"): list_ledger,
    ("GET", "ledger/totals"): total_ledger,
    ("GET", "state"): show_state,
    ("POST", "dials"): turn_dials,
    ("POST", "faults"): add_fault,
    ("GET", "faults"): list_faults,
    ("DELETE", "faults"): clear_faults,
}


def person_json(person: Person) -> dict[str, object]:
    """An account as the control endpoint shows it."""
    return asdict(person) | {"id": str(person.id)}


def post_json(post: StoredPost) -> dict[str, object]:
    """A post as it really is: the text as written, whatever the API makes of it."""
    return {
        "id": str(post.id),
        "author_id": str(post.author_id),
        "handle": post.handle,
        "text": post.text,
        "created_at": render.instant(post.created_ms),
        "conversation_id": str(post.conversation_id),
        "reply_to": _id_text(post.parent_id),
        "quote": _id_text(post.quoted_id),
        "repost": _id_text(post.reposted_id),
        "history": [str(number) for number in post.history],
        "replaced_by": _id_text(post.replaced_by),
        "deleted": post.deleted_ms is not None,
        "media": [media_json(picture) for picture in post.media],
    }


def media_json(picture: Picture) -> dict[str, object]:
    """An upload as the control endpoint shows it."""
    return asdict(picture) | {"id": str(picture.id), "owner_id": str(picture.owner_id)}


def _id_text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _person(tx: Tx, handle: str, origin: Origin, now_ms: int, name: str = "") -> Person:
    return people.by_handle(tx, handle) or people.create(tx, handle, name, origin, now_ms)


def _standing(tx: Tx, record: Record, name: str) -> StoredPost | None:
    """The post that a member names, if it names one; it has to stand."""
    if record.get(name) is None:
        return None
    post = posts.by_id(tx, parse_id(str(record[name])) or 0)
    if post is None or post.deleted_ms is not None:
        raise InputError(name, "there is no such post", "give the id of one that stands")
    return post


def _required(tx: Tx, record: Record) -> StoredPost:
    post = _standing(tx, record, "id")
    if post is None:
        raise InputError("id", "is missing", "give a post's id")
    return post


def post_text(record: Record, default: str = "") -> str:
    """The text of somebody's post.

    Raises:
        InputError: it is empty, or has more than 4,000 characters.
    """
    text = words.clean(_text(record, "text", default))
    if not text or len(text) > TEXT_LIMIT:
        raise InputError("text", f"has {len(text)} characters", f"write 1 to {TEXT_LIMIT}")
    return text


def _text(record: Record, name: str, default: str | None = None) -> str:
    value = record.get(name, default)
    if not isinstance(value, str):
        raise InputError(name, "is not a text", "give one")
    return value


def _flag(record: Record, name: str) -> bool | None:
    value = record.get(name)
    if value is not None and not isinstance(value, bool):
        raise InputError(name, "is neither true nor false", "give one of them")
    return value


def _number(record: Record, name: str) -> float | None:
    value = record[name]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e9:  # noqa: PLR2004  # sane
        raise InputError(name, "is not a number from 0 up", "give one")
    return float(value)


def _limits(value: object) -> dict[str, int]:
    if not isinstance(value, dict) or not all(k in limits.LIMITS and isinstance(v, int) for k, v in value.items()):
        raise InputError("limits", "is not calls by route", f'write such as {{"{next(iter(limits.LIMITS))}": 5}}')
    return value
