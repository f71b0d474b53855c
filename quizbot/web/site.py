"""What all pages share: where their data comes from, the templates, and what each template is given.

A room of pages (the public ones, people's own, the console) is a module with a function ``router(site)``; ``app.py``
includes it. Its templates extend ``base.html``; a room with templates of its own gives their folder to
``Site.with_templates``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from quizbot.core.clock import Clock
from quizbot.store import Store

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
    templates.env.globals |= {"static": static_address, "nav": NAV, "foot": FOOT}
    templates.env.globals["parts"] = templates.env.get_template("parts.html").module
    return templates


@cache
def static_address(name: str) -> str:
    """The address of a file of ``static/``; it changes with the file, so that browsers may keep it for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Site:
    """The pages of one account.

    Attributes:
        store: the database.
        account: gives the account shown; None while no bot has run yet.
        clock: for the time left and the running season.
        season: the length of a season, ``quarter`` or ``year``.
        x_site: where posts are shown, as ``{x_site}/status/{id}``.
        public_url: the pages' address as people see it, without a slash at its end; empty: that of the request.
        templates: what pages are made of.
    """

    store: Store
    account: Callable[[], str | None]
    clock: Clock
    season: str
    x_site: str
    public_url: str = ""
    templates: Jinja2Templates = field(default_factory=templates_in)

    def page(self, request: Request, name: str, status: int = 200, **context: object) -> Response:
        """A page made of a template; ``here`` in its context marks an entry of the navigation."""
        given = {"now": self.clock.now(), "site": self, "here": "", **context}
        return self.templates.TemplateResponse(request, name, given, status_code=status)

    def with_templates(self, *folders: Path) -> "Site":
        """The same site for a room with templates of its own."""
        return replace(self, templates=templates_in(*folders))

    def address(self, request: Request, path: str) -> str:
        """A whole address of a page, for feeds and for sharing."""
        return (self.public_url or str(request.base_url).rstrip("/")) + path
