"""What was computed for a page is kept until what it was made of has changed.

Each value is kept with a stamp that is cheap to read, such as when a round was last scored. While one thread computes a
value anew, the others are given the one before: a board over a million attempts takes seconds, and nobody waits for it
but the first reader of all.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Keeps the values used last; safe for threads."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, stamp: object, compute: Callable[[], T]) -> T:
        """The value of a key, computed if there is none with this stamp.

        Args:
            key: what it is.
            stamp: what it is made of; an equal stamp means an equal value.
            compute: makes it; what it raises is raised here, and nothing is kept.
        """
        kept = self._look(key)
        if kept is not None and kept[0] == stamp:
            return kept[1]  # type: ignore[no-any-return]  # what compute gave
        with self._lock:
            busy = self._busy.setdefault(key, threading.Lock())
        if not busy.acquire(blocking=kept is None):
            return kept[1]  # type: ignore[no-any-return, index]  # of before; another thread makes the new one
        try:
            again = self._look(key)
            return again[1] if again is not None and again[0] == stamp else self._make(key, stamp, compute)
        finally:
            busy.release()

    def _look(self, key: Hashable) -> tuple[object, Any] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _make(self, key: Hashable, stamp: object, compute: Callable[[], T]) -> T:
        value = compute()
        with self._lock:
            self._kept[key] = (stamp, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._busy.pop(self._kept.popitem(last=False)[0], None)
        return value
