"""What the decoding process has said of a file, remembered: lives that are told by the hundred ask the same again.

To decode the same bytes gives the same pixels, and no life dies while it waits for them.
"""

import hashlib
from collections.abc import Iterable

from quizbot.deid.warm import Told, Warm, warm

_known: dict[tuple[str, str], Told] = {}


class DecodedBefore:
    """Stands for the decoding process, and asks the real one what was never asked before."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def ask(self, request: Iterable[bytes]) -> Told:
        """The answer for a file."""
        whole = b"".join(request)
        key = (self._kind, hashlib.sha256(whole).hexdigest())
        if key not in _known:
            _known[key] = warm(self._kind).ask([whole])
        return _known[key]


def decoded_before(kind: str) -> Warm:
    """In the place of ``quizbot.deid.decode.warm``."""
    return DecodedBefore(kind)  # type: ignore[return-value]  # it does what is asked of that one here
