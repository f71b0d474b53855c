"""What a sandbox is started with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Dialect(StrEnum):
    """Which names the API speaks."""

    POST = "post"  # post.fields, referenced_posts, edit_history_post_ids, note_post: OpenAPI 2.167
    TWEET = "tweet"  # tweet.fields, referenced_tweets, edit_history_tweet_ids, note_tweet: OpenAPI 2.165


@dataclass(frozen=True, slots=True)
class Keys:
    """The four OAuth 1.0a keys; the access token begins with the bot's user id and a hyphen."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)

    def settings(self, url: str) -> dict[str, str]:
        """The settings, by environment name, that make a bot use the sandbox at ``url``."""
        return {
            "QUIZBOT_X_API_URL": url,
            "QUIZBOT_X_CONSUMER_KEY": self.consumer_key,
            "QUIZBOT_X_CONSUMER_SECRET": self.consumer_secret,
            "QUIZBOT_X_ACCESS_TOKEN": self.access_token,
            "QUIZBOT_X_ACCESS_TOKEN_SECRET": self.access_token_secret,
        }


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How strict, how slow and how rich this X is.

    Attributes:
        dialect: which names the API speaks.
        handle: the bot's handle, without the @.
        name: the bot's display name.
        keys: the bot's keys; None: random at first, then those of the state file.
        lag: seconds of the sandbox's clock before a new post appears in mentions, timelines and searches.
        late_share: share of the posts, 0 to 1, that are indexed later still, so out of order.
        late_by: how many seconds later these are.
        processing: seconds that a picture is processed before it can be posted.
        credit: US$ that a new state file begins with; None: calls are billed but never refused.
        spend_cap: US$ that may be spent before X says ``SpendCapReached``; None: no cap.
        owned: the bot's account owns the app, so that its own mentions and posts cost the owned price.
        bill_includes: what expansions bring along is billed too; nobody could confirm whether X does.
        strict_fields: in the post dialect, author, references and the answered user come only by ``expansions``,
            as the letter of OpenAPI 2.167 has it; otherwise ``post.fields`` brings them as well.
        limits: calls per 15 minutes by route (``"GET /2/users/{id}/mentions"``) that differ from X's.
    """

    dialect: Dialect = Dialect.POST
    handle: str = "quizbot"
    name: str = "Quiz bot"
    keys: Keys | None = None
    lag: float = 0.0
    late_share: float = 0.0
    late_by: float = 0.0
    processing: float = 0.0
    credit: float | None = None
    spend_cap: float | None = None
    owned: bool = True
    bill_includes: bool = False
    strict_fields: bool = False
    limits: Mapping[str, int] = field(default_factory=dict)
