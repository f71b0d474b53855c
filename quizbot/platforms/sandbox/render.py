"""Posts, users and media as X's JSON, in either dialect, with the fields that were asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from quizbot.core.entities import Mark, displayed, expanded
from quizbot.platforms.sandbox import params, words
from quizbot.platforms.sandbox.options import Dialect
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.pictures import Picture
from quizbot.platforms.sandbox.posts import StoredPost
from quizbot.platforms.sandbox.words import Entity, Handed

_EDIT_WINDOW = timedelta(hours=1)
_EDITS = 5


@dataclass(frozen=True, slots=True)
class Names:
    """What the two dialects call differently."""

    fields: str
    references: str
    history: str
    note: str
    posts: str
    reposts: str
    post_count: str
    referenced_expansion: str


NAMES = {
    Dialect.POST: Names(
        "post.fields",
        "referenced_posts",
        "edit_history_post_ids",
        "note_post",
        "posts",
        "repost_count",
        "post_count",
        "referenced_posts",
    ),
    Dialect.TWEET: Names(
        "tweet.fields",
        "referenced_tweets",
        "edit_history_tweet_ids",
        "note_tweet",
        "tweets",
        "retweet_count",
        "tweet_count",
        "referenced_tweets.id",
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call asks for, in its dialect's names."""

    dialect: Dialect
    post: frozenset[str]
    user: frozenset[str]
    media: frozenset[str]
    expansions: frozenset[str]

    @property
    def names(self) -> Names:
        """The dialect's names."""
        return NAMES[self.dialect]


def wanted(query: Mapping[str, str], dialect: Dialect, *, strict: bool) -> Wanted:
    """Read what a call asks for. An expansion brings the field that it expands.

    Args:
        query: the parameters; those of the other dialect mean nothing.
        dialect: the one spoken.
        strict: the letter of OpenAPI 2.167: author, references and the answered user by expansion only.
    """
    names = NAMES[dialect]
    asked, expansions = params.names(query, names.fields), params.names(query, "expansions")
    if strict and dialect is Dialect.POST:
        asked -= {"author_id", "in_reply_to_user_id", names.references}
    brought = {expansion.split(".")[0] for expansion in expansions}
    user = params.names(query, "user.fields") | {"id", "name", "username"}
    media = params.names(query, "media.fields") | {"media_key", "type"}
    return Wanted(dialect, asked | brought | {"id", "text", names.history}, user, media, expansions)


def instant(milliseconds: int) -> str:
    """An instant as X writes it."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def web_address(post: StoredPost) -> str:
    """Where X would show the post."""
    return f"https://x.com/{post.handle}/status/{post.id}"


@lru_cache(maxsize=20_000)
def handed_text(post: StoredPost) -> Handed:
    """The text as X hands it out: a long one cut, a picture's link at the end."""
    tail = [(f"{web_address(post)}/{'video' if media.is_clip else 'photo'}/1", media.key) for media in post.media[:1]]
    text = post.text
    if post.is_long:
        text = words.cut(text)
        tail.insert(0, (web_address(post), ""))
    return words.hand_out(post.prefix + text, post.id, tail)


def handed_note(post: StoredPost) -> Handed:
    """The whole text of a long post."""
    return words.hand_out(post.prefix + post.text, post.id)


def post_json(post: StoredPost, want: Wanted) -> dict[str, object]:
    """A post with the fields that were asked for, where it has them."""
    found = {name: _POST_FIELDS[name](post, want) for name in want.post if name in _POST_FIELDS}
    if want.names.references in want.post and (references := _references(post)):
        found[want.names.references] = references
    if want.names.note in want.post and post.is_long:
        note = handed_note(post)
        found[want.names.note] = {"text": note.text} | _present(entities=entities_json(note.entities))
    found[want.names.history] = [str(version) for version in post.history]
    return {name: value for name, value in found.items() if value is not None}


def created_json(post: StoredPost, dialect: Dialect) -> dict[str, object]:
    """What the call that makes a post answers."""
    plain: dict[str, object] = {"id": str(post.id), "text": handed_text(post).text}
    if dialect is Dialect.POST:
        plain[NAMES[dialect].history] = [str(version) for version in post.history]
    return plain


def _references(post: StoredPost) -> list[dict[str, str]]:
    kinds = (("retweeted", post.reposted_id), ("quoted", post.quoted_id), ("replied_to", post.parent_id))
    return [{"type": kind, "id": str(number)} for kind, number in kinds if number is not None]


def _text_id(number: int | None) -> str | None:
    return None if number is None else str(number)


def _metrics(post: StoredPost, want: Wanted) -> dict[str, int]:
    nothing = dict.fromkeys((want.names.reposts, "like_count", "quote_count", "bookmark_count", "impression_count"), 0)
    return nothing | {"reply_count": post.replies}


def _edit_controls(post: StoredPost, _: Wanted) -> dict[str, object]:
    return {
        "edits_remaining": max(0, _EDITS - len(post.history) + 1),
        "is_edit_eligible": True,
        "editable_until": instant(post.created_ms + int(_EDIT_WINDOW.total_seconds() * 1000)),
    }


def _attachments(post: StoredPost, _: Wanted) -> dict[str, object] | None:
    return {"media_keys": [media.key for media in post.media]} if post.media else None


def _display_range(post: StoredPost, _: Wanted) -> list[int]:
    handed = handed_text(post)
    end = handed.entities[-1].start - 1 if post.media else len(handed.text)
    return [len(post.prefix), max(len(post.prefix), end)]


_POST_FIELDS: Mapping[str, Callable[[StoredPost, Wanted], object]] = {
    "id": lambda post, _: str(post.id),
    "text": lambda post, _: handed_text(post).text,
    "author_id": lambda post, _: str(post.author_id),
    "conversation_id": lambda post, _: str(post.conversation_id),
    "created_at": lambda post, _: instant(post.created_ms),
    "in_reply_to_user_id": lambda post, _: _text_id(post.parent_author_id),
    "entities": lambda post, _: entities_json(handed_text(post).entities) or None,
    "attachments": _attachments,
    "display_text_range": _display_range,
    "edit_controls": _edit_controls,
    "public_metrics": _metrics,
    "possibly_sensitive": lambda post, _: any(media.warnings for media in post.media),
    "reply_settings": lambda *_: "everyone",
    "lang": lambda *_: "en",
}


def entities_json(entities: tuple[Entity, ...]) -> dict[str, object]:
    """X's ``entities``: by kind, each with its place in the text."""
    found: dict[str, list[dict[str, object]]] = {}
    for entity in entities:
        found.setdefault(entity.mark.value, []).append(_entity_json(entity))
    return dict(found)


def _entity_json(entity: Entity) -> dict[str, object]:
    place: dict[str, object] = {"start": entity.start, "end": entity.end}
    if entity.mark is Mark.MENTION:
        return place | {"username": entity.value}
    if entity.mark is not Mark.URL:
        return place | {"tag": entity.value}
    display = f"pic.x.com/{entity.short[-10:]}" if entity.media_key else displayed(entity.value)
    link = {"url": entity.short, "expanded_url": expanded(entity.value), "display_url": display}
    return place | link | _present(media_key=entity.media_key)


def _present(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value}


def user_json(person: Person, want: Wanted, metrics: Mapping[str, int]) -> dict[str, object]:
    """A user with the fields that were asked for."""
    every: dict[str, object] = {
        "id": str(person.id),
        "name": person.name,
        "username": person.handle,
        "created_at": instant(person.created_ms),
        "protected": person.protected,
        "verified": False,
        "description": "",
        "public_metrics": {
            "followers_count": metrics.get("followers", 0),
            "following_count": metrics.get("following", 0),
            want.names.post_count: metrics.get("posts", 0),
            "listed_count": 0,
        },
    }
    return {name: value for name, value in every.items() if name in want.user}


def media_json(picture: Picture, want: Wanted, base: str) -> dict[str, object]:
    """Media as ``includes`` shows it. ``base``: the sandbox's address."""
    every: dict[str, object] = {
        "media_key": picture.key,
        "type": "video" if picture.is_clip else "photo",
        "url": f"{base}/media/{picture.id}",
        "width": picture.width,
        "height": picture.height,
        "alt_text": picture.alt,
    }
    return {name: value for name, value in every.items() if name in want.media and value != ""}


def upload_json(picture: Picture, dialect: Dialect, now_ms: int, slow_ms: int = 0) -> dict[str, object]:
    """What an upload, or a question after it, answers; ``slow_ms``: how long pictures are processed."""
    plain: dict[str, object] = {
        "id": str(picture.id),
        "media_key": picture.key,
        "size": picture.size,
        "expires_after_secs": picture.seconds_left(now_ms),
    }
    state = picture.processing(now_ms, slow_ms)
    if state:
        waiting = {"check_after_secs": 1} if state in ("pending", "in_progress") else {}
        plain["processing_info"] = {"state": state, **waiting} | ({"type": "x"} if dialect is Dialect.TWEET else {})
    if dialect is Dialect.POST and picture.is_clip:
        plain["video"] = {"video_type": picture.mime}
        return {"data": plain}
    if dialect is Dialect.POST and not picture.is_captions:
        plain["image"] = {"image_type": picture.mime, "w": picture.width, "h": picture.height}
    if dialect is Dialect.POST:
        return {"data": plain}
    return {"data": plain, "meta": {}}  # 2.165 demands "meta" without saying what is in it
