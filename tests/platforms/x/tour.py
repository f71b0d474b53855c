"""Every call of the platform once, and what X would answer."""

from quizbot.platforms.protocol import Draft
from quizbot.platforms.x import XPlatform
from tests.platforms.x.local import Asked, Reply
from tests.platforms.x.samples import BOT, picture, raw_page, raw_post

CREATED = {"data": {"id": "1000", "text": "a"}}


def everything(platform: XPlatform) -> None:
    """Make each call once."""
    platform.post(Draft("What is the diagnosis? 100 % – k&r", media_ids=("5",)))
    platform.upload(picture())
    platform.describe("5", "An ECG", graphic=True)
    list(platform.mentions("999"))
    list(platform.own_posts())
    list(platform.search_replies("1000"))
    platform.users(["77", "78"])
    platform.me()
    platform.delete("1000")


def any_answer(asked: Asked) -> Reply:
    """What X would answer to each of these calls."""
    if asked.method == "DELETE":
        return Reply({"data": {"deleted": True}})
    if asked.method == "POST":
        return Reply(CREATED, 201 if asked.path == "/2/tweets" else 200)
    if asked.path == "/2/users":
        return Reply({"data": [{"id": "77", "username": "ann", "name": "Ann"}]})
    if asked.path == "/2/users/me":
        return Reply({"data": {"id": BOT, "username": "quizbot", "name": "Quiz"}})
    return Reply(raw_page(raw_post()))
