"""Slowing down who tries too often: sign-ins, codes, appeals. Who it is is a keyed hash, kept for the window only."""

import math
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request
from starlette.exceptions import HTTPException

from quizbot.core.clock import Clock
from quizbot.core.keyed import KeyedHash
from quizbot.store import Store
from quizbot.store.tries import Limit, count_try, forget_tries, sweep_tries

EVERYBODY = "everybody"
"""Whom a limit is for that all visitors share."""
_NETWORK = 64  # bits of an IPv6 address that belong to one household or one machine


class Brake:
    """Counts tries for one account of the installation.

    Args:
        store: the database.
        clock: the machine's own.
        seal: gives the installation's key.
    """

    def __init__(self, store: Store, clock: Clock, seal: Callable[[], KeyedHash]) -> None:
        self._store = store
        self._clock = clock
        self._seal = seal

    def require(self, account: str, what: str, who: str, limit: Limit) -> None:
        """Count a try before anything else is done.

        Raises:
            HTTPException: 429 with ``Retry-After``; it is one too many.
        """
        now = self._clock.now()
        with self._store.write() as session:
            sweep_tries(session, now)
            wait = count_try(session, account, what, self._hash(what, who), limit, now)
        if wait is not None:
            raise HTTPException(429, headers={"Retry-After": str(math.ceil(wait.total_seconds()))})

    def release(self, account: str, what: str, who: str) -> None:
        """Count anew, after a success."""
        with self._store.write() as session:
            forget_tries(session, account, what, self._hash(what, who))

    def _hash(self, what: str, who: str) -> str:
        return self._seal().of(f"tries: {what}", who)


def sender(request: Request) -> str:
    """Where a request comes from: the address, of IPv6 the network; behind a proxy what uvicorn takes from it."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _NETWORK), strict=False))
    return str(address)
