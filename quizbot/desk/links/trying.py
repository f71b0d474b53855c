"""Trying one address: HEAD, then GET where that is refused, along redirects, within bounds; never raises."""

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urljoin, urlsplit

from urllib3 import Retry, Timeout
from urllib3.exceptions import HTTPError

from quizbot import __version__
from quizbot.desk.links.public import Allowed, PrivateAddressError, is_public, pool_for

MOST_HOPS = 10  # as many as curl's and most browsers' users ever meet; browsers stop at 20
_FIRST_ERROR = 400
_TOO_MANY = 429
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_ADDRESS = 2000  # characters of a redirect's target
_AGENT = f"quizbot/{__version__} (checks that references can be reached)"


class Failure(StrEnum):
    """Why an address gave no answer."""

    PRIVATE = "private"
    NO_HOST = "no-host"
    NO_NETWORK = "no-network"
    UNTRUSTED = "untrusted"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    CIRCLE = "circle"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an address.

    Attributes:
        url: the address that was tried.
        hops: the status of each redirect, and where it led.
        status: the last answer's status; None without an answer.
        failure: why there was none.
        doi: it is a DOI, of which only its registration was asked.
    """

    url: str
    hops: tuple[tuple[int, str], ...] = ()
    status: int | None = None
    failure: Failure | None = None
    doi: bool = False

    @property
    def end(self) -> str:
        """Where it led in the end."""
        return self.hops[-1][1] if self.hops else self.url


@dataclass(frozen=True, slots=True)
class Reach:
    """How addresses are tried.

    Attributes:
        allowed: which IP addresses may be connected to.
        doi_hosts: hosts that resolve DOIs: a redirect from there is the registry's answer. Following it would ask
            publishers, many of whom refuse programs.
        connect: seconds for a connection.
        read: seconds between two pieces of an answer.
    """

    allowed: Allowed = is_public
    doi_hosts: frozenset[str] = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
    connect: float = 10.0
    read: float = 20.0


def try_address(url: str, reach: Reach | None = None) -> Tried:
    """Try an address; every end is a ``Tried``."""
    reach = reach or Reach()
    here, doi = url, False
    hops: list[tuple[int, str]] = []
    for _ in range(MOST_HOPS + 1):
        parts = _parts(here)
        if parts is None:
            return Tried(url, tuple(hops), failure=Failure.NO_ADDRESS, doi=doi)
        doi = doi or _is_doi(parts, reach)
        try:
            status, target = _answer(parts, reach)
        except Exception as error:  # noqa: BLE001  # servers and resolvers find ever new ways to fail
            return Tried(url, tuple(hops), failure=_failure(error), doi=doi)
        target = _joined(here, target)
        if status not in _REDIRECTS or not target or (doi and not _is_doi(_parts(target), reach)):
            return Tried(url, tuple(hops), status=status, doi=doi)
        here = target
        hops.append((status, here))
    return Tried(url, tuple(hops), failure=Failure.CIRCLE, doi=doi)


def _joined(here: str, target: str) -> str:
    """Where a redirect leads; as it stands there if that is nothing that could be joined, empty if to nowhere."""
    try:
        return urljoin(here, target[:_MOST_ADDRESS]) if target else ""
    except ValueError:
        return target[:_MOST_ADDRESS]


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _is_doi(parts: SplitResult | None, reach: Reach) -> bool:
    return parts is not None and parts.hostname in reach.doi_hosts and parts.path.startswith("/10.")


def _answer(parts: SplitResult, reach: Reach) -> tuple[int, str]:
    """Status and redirect of an address; some servers answer HEAD with an error and GET with the page."""
    status, target = _ask("HEAD", parts, reach)
    if status >= _FIRST_ERROR and status != _TOO_MANY:
        status, target = _ask("GET", parts, reach)
    return status, target


def _ask(method: str, parts: SplitResult, reach: Reach) -> tuple[int, str]:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with pool_for(parts.scheme, parts.hostname or "", parts.port, reach.allowed) as pool:
        answer = pool.request(
            method,
            path,
            headers={"User-Agent": _AGENT, "Accept": "*/*"},
            timeout=Timeout(connect=reach.connect, read=reach.read),
            retries=Retry(0, redirect=False, raise_on_status=False),
            redirect=False,
            preload_content=False,  # the body is never read
        )
        answer.close()
        return answer.status, str(answer.headers.get("Location", ""))


def _failure(error: BaseException) -> Failure:
    causes = list(_causes(error))
    kinds: tuple[tuple[type[BaseException], Failure], ...] = (
        (PrivateAddressError, Failure.PRIVATE),
        (ssl.SSLCertVerificationError, Failure.UNTRUSTED),
        (TimeoutError, Failure.TIMEOUT),
    )
    for kind, failure in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return failure
    if any(_no_such_name(cause) for cause in causes):
        return Failure.NO_HOST
    return Failure.NO_NETWORK if any(_no_network(cause) for cause in causes) else Failure.BROKEN


def _no_such_name(error: BaseException) -> bool:
    """The name server says that there is no such name; so does a machine that has no name server."""
    return isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME


def _no_network(error: BaseException) -> bool:
    """No name server could be asked, or no way leads out of this machine."""
    return isinstance(error, socket.gaierror) or getattr(error, "errno", None) in (errno.ENETUNREACH, errno.ENETDOWN)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it wraps, in whichever of urllib3's ways."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or one in seen:
            continue
        seen.append(one)
        yield one
        waiting += [one.__cause__, one.__context__, *one.args]
        if isinstance(one, HTTPError):
            waiting.append(getattr(one, "reason", None))
