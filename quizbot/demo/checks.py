"""Whether every stage was really reached: looked up in the database and in the sandbox, which must agree."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import requests

from quizbot.core.weight import links_in
from quizbot.platforms.sandbox import ControlClient
from quizbot.rounds.boards import ALL_TIME, board
from quizbot.rounds.states import State
from quizbot.rounds.views import RoundView, round_views
from quizbot.store import Store


@dataclass
class Summary:
    """What the demo did. ``missed``: the stages that were not reached, in words; empty if all were."""

    cases_posted: int = 0
    images_uploaded: int = 0
    alt_texts: int = 0
    replies_seen: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    answers_posted: int = 0
    reference_links: int = 0
    leaderboard: list[dict[str, object]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The summary that ``--json`` prints."""
        record = asdict(self)
        del record["missed"]
        return record


def summarise(store: Store, control: ControlClient, account: str, pages: Sequence[str], cases: int) -> Summary:
    """Count what is there, and name what is not."""
    views = [view for view in round_views(store, account) if view.case.kind.is_quiz]
    posts = [post for post in control.posts() if not post["deleted"]]
    summary = Summary(pages=[*pages, *(f"{pages[1]}rounds/{view.round.id}" for view in views)])
    for view in views:
        _count_round(summary, view, posts, account)
    summary.leaderboard = [
        {"rank": line.standing.rank, "handle": (line.handle or "").removeprefix("@"), "points": line.standing.points}
        for line in board(store, account, ALL_TIME, joined_only=False).lines
    ]
    _name_what_is_missing(summary, views, cases)
    return summary


def _count_round(summary: Summary, view: RoundView, posts: list[dict[str, Any]], account: str) -> None:
    quiz = next((post for post in posts if post["id"] == view.round.quiz_post_id), None)
    if quiz is None:
        return
    summary.cases_posted += 1
    summary.images_uploaded += len(quiz["media"])
    summary.alt_texts += sum(1 for media in quiz["media"] if media["alt"])
    for kind, count in view.verdicts.items():
        summary.verdicts[kind] = summary.verdicts.get(kind, 0) + count
    replies = [post for post in posts if post["reply_to"] == quiz["id"] and post["author_id"] != account]
    summary.replies_seen += view.replies
    if view.replies != len(replies):
        summary.missed.append(f"replies: X has {len(replies)} to {quiz['id']}, the bot has {view.replies}")
    thread = [post for post in posts if post["conversation_id"] == quiz["id"] and post["author_id"] == account]
    answers = [post for post in thread if post["reply_to"] == quiz["id"]]
    expected = f"Answer: {view.case.answer.diagnosis}" if view.case.answer else ""
    summary.answers_posted += sum(1 for post in answers if post["text"].startswith(expected))
    summary.reference_links += sum(1 for post in thread if view.case.references[0].url in links_in(post["text"]))


def _name_what_is_missing(summary: Summary, views: list[RoundView], cases: int) -> None:
    images = sum(len(view.case.images) for view in views)
    for stage, reached in (
        ("cases posted", summary.cases_posted == cases > 0),
        ("images uploaded", summary.images_uploaded == images > 0),
        ("alt texts", summary.alt_texts == images),
        ("replies seen", summary.replies_seen > 0),
        ("verdicts", sum(summary.verdicts.values()) == summary.replies_seen),
        ("answers posted as replies to the quiz", summary.answers_posted == cases),
        ("reference links", summary.reference_links == cases),
        ("rounds revealed", all(view.round.state == State.REVEALED for view in views)),
        ("leaderboard with handles", bool(summary.leaderboard) and all(row["handle"] for row in summary.leaderboard)),
    ):
        if not reached:
            summary.missed.append(stage)
    summary.missed += [f"page {page}" for page in summary.pages if not _answers(page)]


def _answers(page: str) -> bool:
    try:
        return requests.get(page, timeout=20).ok
    except requests.RequestException:
        return False
