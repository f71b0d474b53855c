"""Ids like X's: they grow with time, and the time can be read back from them.

The layout (milliseconds since 4 November 2010 above 22 bits) is the one that Twitter published as "Snowflake".
"""

import re

EPOCH_MS = 1_288_834_974_657
_SHIFT = 22
MAX_ID = 2**63 - 1
_ID = re.compile(r"[0-9]{1,19}")


def next_id(last: int, now_ms: int) -> int:
    """The next id: of the present instant, and greater than the last one even if the clock stands or runs back."""
    return max(last + 1, (now_ms - EPOCH_MS) << _SHIFT)


def made_at_ms(identifier: int) -> int:
    """When an id was given out, in milliseconds since 1970."""
    return (identifier >> _SHIFT) + EPOCH_MS


def parse_id(text: str) -> int | None:
    """An id as a number, or None if it is not 1 to 19 decimal digits."""
    if not _ID.fullmatch(text):
        return None
    number = int(text)
    return number if number <= MAX_ID else None
