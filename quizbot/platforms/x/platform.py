"""X as the bot sees it: the ``Platform`` protocol, kept by ``XClient``."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar

from quizbot.core.media import CleanMedia
from quizbot.core.weight import links_in
from quizbot.platforms.protocol import Draft, Failure, Page, PlatformError, Upload, User
from quizbot.platforms.x import clips
from quizbot.platforms.x.answers import new_id, read_processing, read_user, read_users, understood, was_deleted
from quizbot.platforms.x.client import XClient
from quizbot.platforms.x.dialect import Dialect
from quizbot.platforms.x.keys import XKeys
from quizbot.platforms.x.readings import Billable, PostReader, Reading
from quizbot.platforms.x.shapes import JsonObject, is_id, required

USERS_A_CALL = 100  # X's largest
MEDIA_ROUTE = "/2/media/upload"
_LEVEL = re.compile(r"[a-z][a-z-]{0,39}")
T = TypeVar("T")


class XPlatform:
    """The bot's account on X.

    Each call makes one request, one a page for the readings; once per change of dialect a page is read twice. None
    waits or retries. All raise ``PlatformError``, and nothing else whatever X answers.

    Args:
        keys: the account's keys.
        api_url: scheme and host of X's API, or of a sandbox's.
        timeout: seconds to wait for an answer.
        dialect: the field names to begin with; the one remembered, if any.
        on_dialect: told when the other dialect was found to be the right one, to remember it.
        on_read: told a ``Billable`` and how many, for each answer that X bills. A call whose outcome is unknown is
            not reported. Neither callback may raise.
    """

    def __init__(
        self,
        keys: XKeys,
        api_url: str,
        timeout: float,
        dialect: Dialect = Dialect.POST,
        on_dialect: Callable[[Dialect], None] | None = None,
        on_read: Callable[[str, int], None] | None = None,
    ) -> None:
        self._client = XClient(keys, api_url, timeout)
        self._account = keys.user_id
        self._on_read = on_read or (lambda _kind, _count: None)
        self._reader = PostReader(self._client, dialect, on_dialect or (lambda _dialect: None), self._on_read)

    def __repr__(self) -> str:
        return f"XPlatform(account={self._account!r}, client={self._client!r}, dialect={self.dialect.value!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.session.close()

    @property
    def account(self) -> str:
        """The bot's own user id, the first part of its access token."""
        return self._account

    @property
    def dialect(self) -> Dialect:
        """The field names in use."""
        return self._reader.dialect

    def post(self, draft: Draft) -> str:
        """Publish; returns the new post's id."""
        body: JsonObject = {"text": draft.text}
        if draft.reply_to:
            body["reply"] = {"in_reply_to_tweet_id": draft.reply_to}
        if draft.media_ids:
            body["media"] = {"media_ids": list(draft.media_ids)}
        post_id = self._call(new_id, "POST", "/2/tweets", json=body)
        self._on_read(Billable.POST_CREATE_LINK if links_in(draft.text) else Billable.POST_CREATE, 1)
        return post_id

    def delete(self, post_id: str) -> None:
        """Take a post back; one that is gone already is no error."""
        route = f"/2/tweets/{self._checked(post_id, 'DELETE /2/tweets')}"
        try:
            deleted = self._call(was_deleted, "DELETE", route)
        except PlatformError as error:
            if error.kind is Failure.NOT_FOUND:
                return
            raise
        if not deleted:
            where = self._client.where("DELETE", route)
            raise PlatformError(Failure.REFUSED, where, "X did not delete the post", "delete it by hand on X")
        self._on_read(Billable.POST_DELETE, 1)

    def upload(self, media: CleanMedia) -> Upload:
        """Bring a picture or a clip; its media id is good for about a day, once X has processed it."""
        if media.mime == clips.MIME:
            return self._uploaded("POST", clips.bring(self._client, media))
        return self._uploaded("POST", self._client.upload_media(media.data, media.mime))

    def processed(self, media_id: str) -> Upload:
        """How far X is with what was brought; free."""
        params = {"command": "STATUS", "media_id": self._checked(media_id, f"GET {MEDIA_ROUTE}")}
        return self._uploaded("GET", self._client.call("GET", MEDIA_ROUTE, params))

    def _uploaded(self, method: str, answer: JsonObject) -> Upload:
        where = self._client.where(method, MEDIA_ROUTE)
        state = understood(where, read_processing, answer)
        if state.state == "failed":
            what = "X took the picture or clip and could not process it"
            raise PlatformError(Failure.PROCESSING, where, what, "make another from the original")
        return Upload(understood(where, new_id, answer), 0 if state.done else state.wait)

    def caption(self, media_id: str, captions: CleanMedia) -> str:
        """Give a clip its captions; returns their own media id."""
        return clips.caption(self._client, self._checked(media_id, "POST /2/media/subtitles"), captions)

    def describe(self, media_id: str, alt: str, *, graphic: bool) -> None:
        """Give uploaded media its alt text (empty: none), and the warning for graphic content.

        Of X's three warnings it is ``other``: a wound or an operation is neither violence nor adult content, and
        these two say something untrue of the patient. Viewers get the same screen to click through.
        """
        metadata: JsonObject = {"alt_text": {"text": alt}} if alt else {}
        if graphic:
            metadata["sensitive_media_warning"] = {"other": True}
        self._client.create_media_metadata(media_id, metadata)
        self._on_read(Billable.MEDIA_METADATA, 1)

    def own_posts(self, since_id: str | None = None) -> Iterator[Page]:
        """The bot's own timeline, newest first, as far as ``since_id`` (excluded)."""
        return self._timeline(f"/2/users/{self._account}/tweets", since_id)

    def mentions(self, since_id: str | None = None, until: datetime | None = None) -> Iterator[Page]:
        """Posts that mention the bot, newest first, of those dated before ``until``; X keeps the newest 800."""
        return self._timeline(f"/2/users/{self._account}/mentions", since_id, until)

    def search_replies(
        self, conversation_id: str, since_id: str | None = None, until_id: str | None = None
    ) -> Iterator[Page]:
        """The conversation's posts of the last seven days, newest first, at five times the price of mentions."""
        call = "GET /2/tweets/search/recent"
        bounds = {"since_id": since_id, "until_id": until_id}
        params = {name: self._checked(value, call) for name, value in bounds.items() if value is not None}
        params["query"] = f"conversation_id:{self._checked(conversation_id, call)}"
        return self._reader.pages(
            Reading("/2/tweets/search/recent", params, Billable.POST_READ, page_parameter="next_token")
        )

    def stands(self, post_id: str) -> bool:
        """Whether a post is still there; billed as a post read if it is."""
        try:
            self._client.call("GET", f"/2/tweets/{self._checked(post_id, 'GET /2/tweets')}")
        except PlatformError as error:
            if error.kind is Failure.NOT_FOUND:
                return False
            raise
        self._on_read(Billable.POST_READ, 1)
        return True

    def users(self, ids: Sequence[str]) -> list[User]:
        """Look accounts up; those that are gone are left out.

        Raises:
            ValueError: more than 100 ids.
        """
        if len(ids) > USERS_A_CALL:
            raise ValueError(f"{len(ids)} users in a call that takes {USERS_A_CALL}")
        if not ids:
            return []
        params = {"ids": ",".join(self._checked(user_id, "GET /2/users") for user_id in ids)}
        try:
            found = self._call(read_users, "GET", "/2/users", params)
        except PlatformError as error:
            if error.kind is Failure.NOT_FOUND:
                return []
            raise
        if found:
            self._on_read(Billable.USER_READ, len(found))
        return found

    def me(self) -> User:
        """The account the keys belong to, as X sees it."""
        return self.me_with_access()[0]

    def me_with_access(self) -> tuple[User, str | None]:
        """The account the keys belong to, and what they allow, for ``quizbot doctor``; billed as one user.

        Returns:
            The user, and X's ``x-access-level`` header: posting needs ``read-write`` or more. None if there was none.
        """
        response = self._client.request("GET", "/2/users/me")
        answer = self._client.json_of("GET", "/2/users/me", response)
        where = self._client.where("GET", "/2/users/me")
        user = understood(where, lambda found: read_user(required(found, "data", dict)), answer)
        self._on_read(Billable.USER_READ, 1)
        level = response.headers.get("x-access-level", "")
        return user, level if _LEVEL.fullmatch(level) else None

    def _call(
        self,
        reader: Callable[[JsonObject], T],
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: JsonObject | None = None,
    ) -> T:
        return understood(self._client.where(method, route), reader, self._client.call(method, route, params, json))

    def _checked(self, text: str, call: str) -> str:
        """An id fit to stand in a path or a query."""
        if not is_id(text):
            raise PlatformError(Failure.REFUSED, f"X {call}", "what should be an id is none", "report it")
        return text

    def _timeline(self, route: str, since_id: str | None, until: datetime | None = None) -> Iterator[Page]:
        params = {} if since_id is None else {"since_id": self._checked(since_id, f"GET {route}")}
        if until is not None:
            params["end_time"] = until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._reader.pages(Reading(route, params, Billable.OWNED_READ))
