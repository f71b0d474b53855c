"""The endpoints that change something: posts, deletions, media."""

import base64
import binascii

from quizbot.platforms.sandbox import params, people, pictures, posts, problems, render, rules, subtitles, words
from quizbot.platforms.sandbox.ask import Ask
from quizbot.platforms.sandbox.money import Bill, Item
from quizbot.platforms.sandbox.posts import NewPost, StoredPost
from quizbot.platforms.sandbox.problems import Problem, Refused, forbidden, invalid
from quizbot.platforms.sandbox.wire import Answer

_CATEGORIES = ("tweet_image", "subtitles")


def create_post(ask: Ask) -> Answer:
    """``POST /2/tweets``."""
    draft = rules.read_draft(ask.json_body())
    rules.check_text(draft.text, has_media=bool(draft.media_ids))
    parent = None if draft.reply_to is None else _parent(ask, draft.reply_to)
    if not pictures.usable(ask.tx, draft.media_ids, ask.world.bot_id, ask.now_ms, _slow_ms(ask)):
        raise invalid("media.media_ids", str(draft.media_ids), "Your media IDs are invalid.")
    if draft.text and posts.standing_text(ask.tx, ask.world.bot_id, draft.text) is not None:
        raise forbidden(problems.DUPLICATE, 187)
    bot = people.by_ids(ask.tx, [ask.world.bot_id])[ask.world.bot_id]
    new = NewPost(draft.text, parent, media_ids=draft.media_ids)
    number = posts.create(ask.tx, bot, new, ask.world.dials.delays, ask.now_ms)
    made = posts.in_order(ask.tx, [number])[0]
    item = Item.POST_CREATE_LINK if words.has_link(draft.text) else Item.POST_CREATE
    return Answer(201, {"data": render.created_json(made, ask.dialect)}, bills=(Bill(item, str(number)),))


def _parent(ask: Ask, number: int) -> StoredPost:
    """The post to be answered, if the bot may answer it."""
    bot = ask.world.bot_id
    parent = posts.by_id(ask.tx, number)
    if parent is None or parent.deleted_ms is not None or (parent.hidden and parent.author_id != bot):
        raise forbidden(problems.REPLY_TO_NOTHING, 385)
    quoted = posts.by_id(ask.tx, parent.quoted_id) if parent.quoted_id else None
    rules.check_reply(
        own=parent.author_id == bot,
        mentioned=posts.mentions_explicitly(ask.tx, parent.id, bot),
        quoted=quoted is not None and quoted.author_id == bot,
    )
    return parent


def delete_post(ask: Ask) -> Answer:
    """``DELETE /2/tweets/{id}``."""
    number = ask.path_id()
    post = posts.by_id(ask.tx, number)
    if post is None or post.deleted_ms is not None:
        raise Refused(problems.not_found(ask.post_word, str(number), "id"))
    if post.author_id != ask.world.bot_id:
        raise forbidden("You are not authorized to delete this Tweet.", 183)
    posts.delete(ask.tx, post, ask.now_ms)
    return Answer(200, {"data": {"deleted": True}}, bills=(Bill(Item.POST_DELETE, str(number)),))


def upload_media(ask: Ask) -> Answer:
    """``POST /2/media/upload``: one image, or captions of a clip, multipart or base64 in JSON."""
    fields = dict(ask.call.form) if ask.call.content_type == "multipart/form-data" else _from_json(ask)
    category = fields.get("media_category", b"").decode("utf-8", "replace")
    if category not in _CATEGORIES:
        raise invalid("media_category", category, f"The sandbox takes media_category={' or '.join(_CATEGORIES)} only")
    if "media" not in fields:
        raise invalid("media", "", "$.media: is missing")
    seen = pictures.look(fields["media"]) if category == _CATEGORIES[0] else subtitles.look(fields["media"])
    made = pictures.save(ask.tx, ask.world.bot_id, fields["media"], seen, ask.now_ms)
    return Answer(200, render.upload_json(made, ask.dialect, ask.now_ms, _slow_ms(ask)))


def _from_json(ask: Ask) -> dict[str, bytes]:
    record = ask.json_body()
    try:
        data = base64.b64decode(str(record.get("media", "")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("media", "", "$.media: not base64") from error
    return {"media": data, "media_category": str(record.get("media_category", "")).encode()}


def media_status(ask: Ask) -> Answer:
    """``GET /2/media/upload?command=STATUS``: how far X is with it."""
    if ask.query.get("command", "STATUS") != "STATUS":
        raise invalid("command", ask.query["command"], "The `command` query parameter value is not one of [STATUS]")
    number = params.identifier(ask.query.get("media_id", ""), "media_id")
    picture = pictures.by_ids(ask.tx, [number]).get(number)
    if picture is None or picture.owner_id != ask.world.bot_id or not picture.seconds_left(ask.now_ms):
        raise Refused(_no_media(number))
    return Answer(200, render.upload_json(picture, ask.dialect, ask.now_ms, _slow_ms(ask)))


def describe_media(ask: Ask) -> Answer:
    """``POST /2/media/metadata``: alt text and sensitive-media warning."""
    record = ask.json_body()
    description = rules.read_description(record)
    if not pictures.usable(ask.tx, [description.media_id], ask.world.bot_id, ask.now_ms):
        raise Refused(_no_media(description.media_id))
    pictures.describe(ask.tx, description.media_id, description.alt, description.warnings)
    known = ("alt_text", "sensitive_media_warning")
    metadata = record.get("metadata")
    kept = {name: value for name, value in metadata.items() if name in known} if isinstance(metadata, dict) else {}
    data = {"id": str(description.media_id), "associated_metadata": kept}
    return Answer(200, {"data": data}, bills=(Bill(Item.MEDIA_METADATA, str(description.media_id)),))


def _slow_ms(ask: Ask) -> int:
    """How long pictures are processed."""
    return round(1000 * ask.world.dials.delays.processing)


def _no_media(number: int) -> Problem:
    return problems.not_found("media", str(number), "id")
