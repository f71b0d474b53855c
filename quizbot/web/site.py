"""What all pages share: where their data comes from, the templates, and what each template is given.

A room of pages (the public ones, people's own, the console) is a module with a function ``router(site)``; ``app.py``
includes it. Its templates extend ``base.html``; a room with templates of its own gives their folder to
``Site.with_templates``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from quizbot.core.clock import Clock
from quizbot.desk.due import is_due
from quizbot.rounds.calendar import WeeklyTimes
from quizbot.rounds.score import points
from quizbot.store import Store
from quizbot.web.memo import Memo
from quizbot.web.public import Rounds

HERE = Path(__file__).parent
STATIC = HERE / "static"

NAV = [
    ("today", "/", "Today"),
    ("archive", "/archive", "Archive"),
    ("quiz", "/quiz-me", "Quiz me"),
    ("board", "/board", "Board"),
]
"""The entries of the navigation: what a page calls itself as ``here``, address, text."""

FOOT = [("/how-grading-works", "How grading works"), ("/privacy", "Privacy"), ("/feeds", "Feeds")]


def templates_in(*folders: Path) -> Jinja2Templates:
    """Templates of these folders, first found first, and those that all pages share."""
    templates = Jinja2Templates(directory=[*folders, HERE / "templates"])
    templates.env.globals |= {
        "static": static_address,
        "nav": NAV,
        "foot": FOOT,
        "points_for": points,
        "is_due": is_due,
    }
    templates.env.filters |= {"xml": _without_controls, "count": "{:,}".format}
    templates.env.globals["parts"] = templates.env.get_template("parts.html").module
    return templates


def _without_controls(text: object) -> str:
    """A text without the characters that XML forbids."""
    return "".join(c for c in str(text) if c >= " " or c in "\t\n\r")


@cache
def static_address(name: str) -> str:
    """The address of a file of ``static/``; it changes with the file, so that browsers may keep it for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the operator decided that the pages tell.

    Attributes:
        public_url: the pages' address as people see it, without a slash at its end; empty: that of the request.
        times: when quizzes are posted; None: not known.
        reveal_after: from a quiz's post to its answer.
        keep_text_days: days after which the text of replies is removed.
        contact: whom to write to about privacy; empty: nobody is named.
        joined_only: the boards list only those who chose to be on them.
    """

    public_url: str = ""
    times: WeeklyTimes | None = None
    reveal_after: timedelta = timedelta(hours=24)
    keep_text_days: int = 30
    contact: str = ""
    joined_only: bool = False


@dataclass(frozen=True)
class Site:
    """The pages of one account.

    Attributes:
        store: the database.
        account: gives the account shown; None while no bot has run yet.
        clock: for the time left and the running season.
        season: the length of a season, ``quarter`` or ``year``.
        x_site: where posts are shown, as ``{x_site}/status/{id}``.
        facts: what the operator decided that the pages tell.
        templates: what pages are made of.
        memo: what was computed for pages.
    """

    store: Store
    account: Callable[[], str | None]
    clock: Clock
    season: str
    x_site: str
    facts: Facts = field(default_factory=Facts)
    templates: Jinja2Templates = field(default_factory=templates_in)
    memo: Memo = field(default_factory=Memo)

    def page(
        self,
        request: Request,
        name: str,
        status: int = 200,
        context: Mapping[str, object] | None = None,
        **more: object,
    ) -> Response:
        """A page made of a template; ``here`` in its context marks an entry of the navigation."""
        given = {"now": self.clock.now(), "site": self, "here": "", **(context or {}), **more}
        return self.templates.TemplateResponse(request, name, given, status_code=status)

    def with_templates(self, *folders: Path) -> "Site":
        """The same site for a room with templates of its own."""
        return replace(self, templates=templates_in(*folders))

    def address(self, request: Request, path: str) -> str:
        """A whole address of a page, for feeds and for sharing."""
        return (self.facts.public_url or str(request.base_url).rstrip("/")) + path

    def next_post(self) -> datetime | None:
        """When the next case is due by the calendar."""
        times = self.facts.times
        return next(times.after(self.clock.now()), None) if times else None

    def rounds(self) -> Rounds | None:
        """The rounds as the public sees them; None while no bot has run yet."""
        account = self.account()
        return Rounds(self.store, account, joined_only=self.facts.joined_only) if account else None
