"""A bot that only looks: it knows whose account it is, and has no keys. For pages served apart from the bot."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NoReturn

from quizbot.core.media import CleanMedia
from quizbot.platforms.protocol import Draft, Failure, Page, PlatformError, Upload, User


class NoPlatform:
    """The platform of somebody without keys: every call is refused before it is made.

    Args:
        account: the bot's own user id.
    """

    def __init__(self, account: str) -> None:
        self._account = account

    @property
    def account(self) -> str:
        """See ``Platform``."""
        return self._account

    def post(self, draft: Draft) -> str:  # noqa: ARG002  # refused whatever it is
        """Refused."""
        _refuse()

    def delete(self, post_id: str) -> None:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def upload(self, media: CleanMedia) -> Upload:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def processed(self, media_id: str) -> Upload:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def caption(self, media_id: str, captions: CleanMedia) -> str:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def describe(self, media_id: str, alt: str, *, graphic: bool) -> None:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def own_posts(self, since_id: str | None = None) -> Iterator[Page]:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def mentions(self, since_id: str | None = None, until: datetime | None = None) -> Iterator[Page]:  # noqa: ARG002
        """Refused."""
        _refuse()

    def search_replies(
        self,
        conversation_id: str,  # noqa: ARG002  # as above
        since_id: str | None = None,  # noqa: ARG002  # as above
        until_id: str | None = None,  # noqa: ARG002  # as above
    ) -> Iterator[Page]:
        """Refused."""
        _refuse()

    def stands(self, post_id: str) -> bool:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def users(self, ids: Sequence[str]) -> list[User]:  # noqa: ARG002  # as above
        """Refused."""
        _refuse()

    def me(self) -> User:
        """Refused."""
        _refuse()


def _refuse() -> NoReturn:
    raise PlatformError(Failure.UNAUTHORIZED, "the pages", "hold no keys and ask X for nothing")
