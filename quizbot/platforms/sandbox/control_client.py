"""A small client of the control endpoint, for tests and the demo."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import requests

from quizbot.core.errors import OutsideError

_TIMEOUT = 30.0  # seconds


class ControlClient:
    """What X's own API has no call for. Posts, users and media are the dicts that ``sandbox.control`` describes.

    Args:
        url: the sandbox's address, ``http://127.0.0.1:8090``.
    """

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_control"
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy has no business on this machine's own address
        # The server ends idle connections after seconds; on a busy machine a call would meet one that is just ending.
        self._session.headers["Connection"] = "close"

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def user(
        self, handle: str, name: str = "", *, protected: bool | None = None, suspended: bool | None = None
    ) -> dict[str, Any]:
        """Make an account, or protect or suspend one."""
        return self._send("users", {"handle": handle, "name": name, "protected": protected, "suspended": suspended})

    def post(self, handle: str, text: str, *, reply_to: str | None = None, quote: str | None = None) -> str:
        """Post as anybody, whose account is made if need be; returns the post's id."""
        return str(self._send("posts", {"handle": handle, "text": text, "reply_to": reply_to, "quote": quote})["id"])

    def post_all(self, posts: Sequence[Mapping[str, str]]) -> list[str]:
        """Post as many people at one instant, up to 1,000 in 256 KB: each handle, text, reply_to; returns the ids."""
        return [str(post_id) for post_id in self._send("posts/batch", {"posts": list(posts)})["ids"]]

    def repost(self, handle: str, post_id: str) -> str:
        """Repost; returns the new post's id."""
        return str(self._send("posts", {"handle": handle, "repost": post_id})["id"])

    def edit(self, post_id: str, text: str) -> str:
        """Edit a post as its author; returns the new version's id."""
        return str(self._send("posts/edit", {"id": post_id, "text": text})["id"])

    def delete(self, post_id: str) -> None:
        """Take anybody's post back."""
        self._send("posts/delete", {"id": post_id})

    def dial(self, **dials: object) -> dict[str, Any]:
        """Change lag, late_share, late_by, processing (s), credit, spend_cap (US$, None: none), limits (by route)."""
        return self._send("dials", dials)

    def fault(self, kind: str, **members: object) -> int:
        """Make the next calls fail, by the members of ``sandbox.faults.Fault``; returns the fault's number."""
        return int(self._send("faults", {"kind": kind} | members)["id"])

    def faults(self) -> list[dict[str, Any]]:
        """The faults still in force."""
        return list(self._fetch("faults")["faults"])

    def clear_faults(self) -> None:
        """Be well again."""
        self._answer(self._session.delete(f"{self._url}/faults", timeout=_TIMEOUT))

    def posts(self) -> list[dict[str, Any]]:
        """Every post there ever was, oldest first, deleted and replaced ones too."""
        return list(self.every_post())

    def users(self) -> list[dict[str, Any]]:
        """Every account."""
        return list(self._fetch("users")["users"])

    def media(self) -> list[dict[str, Any]]:
        """Every upload, with its alt text, warnings and SHA-256."""
        return list(self._fetch("media")["media"])

    def ledger(self) -> dict[str, Any]:
        """What was billed: ``entries`` and, by item, ``totals``."""
        return self._fetch("ledger")

    def ledger_totals(self) -> dict[str, dict[str, int]]:
        """By item: ``resources``, ``returned`` and ``mills``."""
        totals: dict[str, dict[str, int]] = self._fetch("ledger/totals")["totals"]
        return totals

    def state(self) -> dict[str, Any]:
        """Clock, money, dials, and ``calls``: by route and outcome, how many."""
        return self._fetch("state")

    def every_post(self) -> Iterator[dict[str, Any]]:
        """The same, read page by page: for more than fit into memory."""
        page = self._fetch("posts")["posts"]
        while page:
            yield from page
            page = self._fetch("posts", {"after": page[-1]["id"]})["posts"]

    def _fetch(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        return self._answer(self._session.get(f"{self._url}/{path}", params=query, timeout=_TIMEOUT))

    def _send(self, path: str, record: Mapping[str, object]) -> dict[str, Any]:
        return self._answer(self._session.post(f"{self._url}/{path}", json=record, timeout=_TIMEOUT))

    def _answer(self, response: requests.Response) -> dict[str, Any]:
        record: dict[str, Any] = response.json()
        if not response.ok:
            raise OutsideError(self._url, str(record.get("error", response.status_code)), "correct the request")
        return record
