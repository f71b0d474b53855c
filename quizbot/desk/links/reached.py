"""Whether it is an address that is dead, or this machine that has no connection: without one, every host is unknown."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from quizbot.desk.links.many import Try, try_all
from quizbot.desk.links.trying import Failure, Reach, Tried

PROBE = "https://doi.org/"
"""Most cases cite a DOI: where its registry has no address, it is the connection that is missing."""
_LOST = frozenset({Failure.NO_HOST, Failure.NO_NETWORK})
_SILENT = _LOST | {Failure.PRIVATE, Failure.TIMEOUT, Failure.BROKEN, Failure.NO_ADDRESS}


def untried(tried: Mapping[str, Tried], try_one: Try) -> frozenset[str]:
    """The addresses, of those that were tried, of which nothing is known because the machine is not connected."""
    lost = frozenset(url for url, one in tried.items() if one.failure in _LOST)
    return lost if lost and not _connected(tried, try_one) else frozenset()


def _connected(tried: Mapping[str, Tried], try_one: Try) -> bool:
    """Some other host answered; or, where none did, the registry of DOIs has an address."""
    registry = [one for url, one in tried.items() if _host(url) in Reach().doi_hosts]
    if registry:
        return any(one.failure not in _LOST for one in registry)
    return _answered(tried.values()) or try_all([PROBE], try_one)[PROBE].failure not in _LOST


def _answered(tried: Iterable[Tried]) -> bool:
    return any(one.hops or one.failure not in _SILENT for one in tried)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
