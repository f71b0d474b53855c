"""What a respondent says to the bot, without the bot's own handle before it.

X puts the handles of those whom a reply answers before its text. The bot's own is an address and says nothing; left
standing, "@bot calling it PE" reads as if the bot had called it so. Other people's handles stay: what follows them may
be their guess.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from quizbot.store import Store
from quizbot.store.accounts import account_if_known


def listener(store: Store, account: str) -> Callable[[str], str]:
    """What takes the account's own handle from the front of a text; as long as no handle is known, nothing is taken."""
    with store.read() as session:
        row = account_if_known(session, account)
    return unaddressed(row.handle if row else None)


@lru_cache(maxsize=8)
def unaddressed(handle: str | None) -> Callable[[str], str]:
    """The same for a handle, written without its ``@``, in any case of letters (X knows no difference)."""
    if not handle:
        return str
    address = re.compile(rf"\s*@{re.escape(handle)}(?!\w)[\s,:]*", re.IGNORECASE)
    return lambda text: address.sub("", text, count=1) if address.match(text) else text
