"""The four OAuth 1.0a keys of the bot's account, and how they are kept out of sight."""

import re
from dataclasses import dataclass, fields

from quizbot.platforms.protocol import Failure, PlatformError

_KEY = re.compile(r"[\x21-\x7e]{1,500}")
_ACCESS_TOKEN = re.compile(r"([0-9]{1,19})-[\x21-\x7e]+")
_COPY_AGAIN = "copy it again from X's developer console"


@dataclass(frozen=True, slots=True, repr=False)
class XKeys:
    """The keys of one app and of the account that it posts for. Its ``repr`` shows the account's id only.

    Raises:
        PlatformError: a key is empty or holds a space, or the access token does not start with the account's id.
    """

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str

    def __post_init__(self) -> None:
        for item in fields(self):
            if not _KEY.fullmatch(getattr(self, item.name)):
                what = f"the {item.name.replace('_', ' ')} is empty or holds a space or a letter that no key has"
                raise PlatformError(Failure.UNAUTHORIZED, "X keys", what, _COPY_AGAIN)
        if not _ACCESS_TOKEN.fullmatch(self.access_token):
            what = "the access token does not start with the account's number and a hyphen"
            raise PlatformError(Failure.UNAUTHORIZED, "X keys", what, _COPY_AGAIN)

    @property
    def user_id(self) -> str:
        """The account's user id: X writes it before the access token's first hyphen. Empty if the token is none."""
        match = _ACCESS_TOKEN.fullmatch(self.access_token)
        return match[1] if match else ""

    def __repr__(self) -> str:
        return f"XKeys(user_id={self.user_id!r})"
