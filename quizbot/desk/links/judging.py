"""What a tried address means for a case. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from quizbot.casebook import Level
from quizbot.casebook.finding import shown
from quizbot.desk.links.trying import Failure, Tried

_GONE = frozenset({404, 410})
_FIRST_ERROR = 400
_PERMANENT = frozenset({301, 308})
_SHOWN = 200  # characters of an address
_LOOK = "open it in a browser"

_FAILED = {
    Failure.PRIVATE: (Level.ERROR, "leads into a private network, which is not asked; give a public address"),
    Failure.NO_HOST: (Level.ERROR, "is dead: there is no such host; correct it, or cite another source"),
    Failure.NO_NETWORK: (Level.WARNING, f"could not be reached; {_LOOK}, or try again later"),
    Failure.UNTRUSTED: (Level.WARNING, f"has a certificate that is not trusted; {_LOOK}"),
    Failure.TIMEOUT: (Level.WARNING, f"did not answer in time; {_LOOK}, or try again later"),
    Failure.BROKEN: (Level.WARNING, f"could not be reached; {_LOOK}, or try again later"),
    Failure.CIRCLE: (Level.WARNING, f"is led in a circle; {_LOOK}"),
    Failure.NO_ADDRESS: (Level.WARNING, f"leads to something that is no web address; {_LOOK}"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding about an address: an error where it is dead for certain, a warning where a person has to look."""

    level: Level
    message: str


def judge(tried: Tried) -> Judged | None:
    """What is to be said of an address; None if it is as it should be."""
    if tried.failure is not None:
        return Judged(*_FAILED[tried.failure])
    status = tried.status or 0
    if status in _GONE:
        what = "is no registered DOI" if tried.doi else f"is dead (HTTP {status})"
        return Judged(Level.ERROR, f"{what}; correct it, or cite another source")
    if status >= _FIRST_ERROR:
        return Judged(Level.WARNING, f"was refused to this program (HTTP {status}); {_LOOK}")
    return _moved(tried) if tried.hops and not tried.doi else None


def _moved(tried: Tried) -> Judged | None:
    """A redirect is worth a word where it will stay so, or leads away."""
    before, after = urlsplit(tried.url), urlsplit(tried.end)
    if after.path in ("", "/") and before.path not in ("", "/"):
        return Judged(Level.WARNING, f"leads to the front page of {shown(after.netloc, _SHOWN)} only; {_LOOK}")
    if all(status in _PERMANENT for status, _ in tried.hops):
        return Judged(Level.WARNING, f'has moved for good; write "{shown(tried.end, _SHOWN)}"')
    if _site(before.hostname) != _site(after.hostname):
        return Judged(Level.WARNING, f"leads on to {shown(after.netloc, _SHOWN)} for now; {_LOOK}")
    return None


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")
